"""Who asks, and in which language the answer should be; from the request alone."""

import hmac
from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from data.vocabulary.languages import DEFAULT_LANGUAGE, LANGUAGES

_FORWARDED: Final = (
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "via",
)


def language_of(scope: Scope) -> str:
    """Return the language of the address, of the page that the request comes from, or of the browser; else Polish."""
    headers = Headers(scope=scope)
    asked = _asked(scope.get("query_string", b"").decode("latin-1"))
    return (
        asked
        or _asked(_query_of(headers.get("referer", "")))
        or _preferred(headers.get("accept-language", ""))
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


def _asked(query: str) -> str:
    asked = parse_qs(query).get("lang", [""])[-1]
    return asked if asked in LANGUAGES else ""


def _query_of(address: str) -> str:
    try:
        return urlsplit(address).query
    except ValueError:
        return ""


def _preferred(accepted: str) -> str:
    """Return the first of our languages that the browser names; browsers write the wanted one first."""
    for part in accepted.split(","):
        language = part.split(";")[0].strip().lower()[:2]
        if language in LANGUAGES:
            return language
    return DEFAULT_LANGUAGE
