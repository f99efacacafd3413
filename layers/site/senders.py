"""How much one address sends: counted in this process alone, under a name that tells nobody the address."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

from layers.site.turns import Turns

MOST_AN_HOUR: Final = 20
"""A library or an office is one address."""
_AN_HOUR_S: Final = 3600.0


class Senders:
    """Counts what each address sent within an hour; a restart forgets it all."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._key = secrets.token_bytes(32)
        self.turns = Turns(MOST_AN_HOUR, _AN_HOUR_S, clock=clock)

    def take_turn(self, address: str) -> bool:
        """Count one report of an address (empty: not known, and not counted), unless there were too many."""
        if not address:
            return True
        # Under a key of this process: nobody can try addresses on it.
        return self.turns.take(hmac.new(self._key, address.encode(), hashlib.sha256).hexdigest())


def address_of(scope: Scope, *, is_behind_proxy: bool) -> str:
    """Return the address that sends a request; empty where a proxy that nobody vouches for may stand between."""
    if is_behind_proxy:
        # The nearest proxy writes the last one; those before it anybody could have written.
        passed = Headers(scope=scope).getlist("x-forwarded-for")
        return passed[-1].rsplit(",", 1)[-1].strip() if passed else ""
    client = scope.get("client")
    try:
        return "" if client is None or ip_address(client[0]).is_loopback else str(client[0])
    except ValueError:
        return ""
