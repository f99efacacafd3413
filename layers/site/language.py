"""In which language the answer should be; from the request alone."""

from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from data.vocabulary.languages import DEFAULT_LANGUAGE, LANGUAGES


def language_of(scope: Scope) -> str:
    """Return the language of the address, of the page that the request comes from, or of the browser; else Polish."""
    headers = Headers(scope=scope)
    asked = _asked(scope.get("query_string", b"").decode("latin-1"))
    return (
        asked
        or _asked(_query_of(headers.get("referer", "")))
        or _preferred(headers.get("accept-language", ""))
    )


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
