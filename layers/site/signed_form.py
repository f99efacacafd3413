"""A form that this server wrote, for this subject, not a moment ago and not last week: nobody else's is taken."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Final, Literal

LEAST_S: Final = 3
"""Nobody reads and fills in a form faster; programs do."""
MOST_S: Final = 24 * 3600
"""A page may lie open in a library for a day."""
_TOKEN: Final = re.compile(r"(?P<at>[0-9]{1,12})\.(?P<receipt>[0-9a-f]{20})\.(?P<sign>[0-9a-f]{64})")

Fault = Literal["forged", "fast", "old"]


@dataclass(frozen=True)
class SignedForm:
    """What a form proves: its number, or why it is not taken (`fault`)."""

    receipt: str = ""
    fault: Fault | None = None


def new_token(key: bytes, subject: str, now_s: float) -> str:
    """Return the hidden field of a new form; `subject` is what it is about, `now_s` seconds since 1970."""
    said = f"{int(now_s)}.{secrets.token_hex(10)}"
    return f"{said}.{_sign(key, said, subject)}"


def read_token(key: bytes, token: str, subject: str, now_s: float) -> SignedForm:
    """Return what the hidden field of a form that came back proves."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return SignedForm(fault="forged")
    sign = _sign(key, f"{found['at']}.{found['receipt']}", subject)
    if not hmac.compare_digest(sign, found["sign"]):
        return SignedForm(fault="forged")
    age_s = now_s - int(found["at"])
    if age_s < LEAST_S:
        return SignedForm(found["receipt"], "fast")
    return SignedForm(found["receipt"], "old" if age_s > MOST_S else None)


def _sign(key: bytes, said: str, subject: str) -> str:
    return hmac.new(key, f"{said}|{subject}".encode(), hashlib.sha256).hexdigest()
