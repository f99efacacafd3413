"""Who asks; from the request alone."""

import hmac
from ipaddress import ip_address
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

_FORWARDED: Final = (
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "via",
)


def is_operator(scope: Scope, token: str | None) -> bool:
    """
    Tell whether the request may see details: it comes from this machine itself, or carries the token.

    A request that a proxy passed on comes from the proxy's machine, whoever sent it, so it needs the token.
    """
    headers = Headers(scope=scope)
    kind, _, given = headers.get("authorization", "").partition(" ")
    if token and kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode()):
        return True
    return not any(name in headers for name in _FORWARDED) and _is_loopback(scope)


def _is_loopback(scope: Scope) -> bool:
    client = scope.get("client")
    try:
        return client is not None and ip_address(client[0]).is_loopback
    except ValueError:
        return False
