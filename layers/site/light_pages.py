"""What each address of a light page answers."""

import logging
import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from data.opening_hours import POLISH_TIME
from data.registry.registry import Registry
from data.vocabulary.languages import LANGUAGES
from layers.cache.shared_answers import database_silent_since, open_registry
from layers.site.finder_answers import finder_answer, map_answer, repeated_of
from layers.site.first_page import first_page
from layers.site.gmina_page import gmina_page
from layers.site.language import language_of
from layers.site.place_data import place_data
from layers.site.place_page import place_page
from layers.site.short_page import short_page
from layers.site.sitemap import sitemap, sitemap_part, sitemap_paths
from layers.site.suggestions import suggestions_answer
from layers.site.written import POLICY_OF_FINDER, POLICY_WITH_SCRIPT, written
from layers.text import Texts, texts_of
from layers.view.page_addresses import (
    FINDER_MAP_PATH,
    FINDER_PATH,
    GMINA_PATH,
    PLACE_PATH,
    SUGGESTIONS_PATH,
    place_address,
)
from layers.words.last_known_words import last_known_words
from layers.words.messages import message_of

_LOG = logging.getLogger(__name__)
_HANDLE = re.compile(r"[a-z0-9-]+:(?:[0-9a-f]{16}|@p?[0-9]{1,12})")
_CODE = re.compile(r"[0-9]{6}")
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?|\[[0-9a-fA-F:]+\](?::[0-9]{1,5})?")
_PART = re.compile(r"([0-9]{1,6})\.xml")
Answer = Callable[[Request], Response]


def in_words(answer: Answer) -> Answer:
    """Let a page that cannot be made say so in words; the log gets the traceback."""

    @wraps(answer)
    def answered(request: Request) -> Response:
        try:
            return answer(request)
        except Exception as error:  # noqa: BLE001 - the last boundary, as in layers/main.py
            _LOG.exception("light page not shown")
            texts, message = texts_of(language_of(request.scope)), message_of(error)
            # Advice that ends in a command is for who runs the server.
            keys = [message.what_key, *([] if message.command else [message.advice_key])]
            said = [texts.t(key) for key in keys]
            headers = {"cache-control": "no-store"}
            title = texts.t("site.unavailable")
            return written("short.html", texts, status=503, headers=headers, title=title, lines=said)

    return answered


def _first(request: Request) -> Response:
    texts, registry = texts_of(language_of(request.scope)), open_registry()
    page = first_page(registry, repeated_of(request), texts)
    head = _head(request, registry, texts)
    return written("first.html", texts, policy=POLICY_WITH_SCRIPT, page=page, ways=page.ways, **head)


def _finder(request: Request) -> Response:
    texts, registry = texts_of(language_of(request.scope)), open_registry()
    answer = finder_answer(request, registry, texts, now=_now())
    if isinstance(answer, Response):
        return answer
    query = {"place": answer.place} if answer.place else {}
    head = _head(request, registry, texts, path=FINDER_PATH, **query)
    # A list of a place is one of thousands that say the same in other words; the finder itself is to be found.
    head["is_indexed"] = head["is_indexed"] and not request.url.query.replace(f"lang={texts.lang}", "")
    return written("finder.html", texts, policy=POLICY_OF_FINDER, page=answer, ways=answer.ways, **head)


def _finder_map(request: Request) -> Response:
    texts, registry = texts_of(language_of(request.scope)), open_registry()
    answer = map_answer(request, registry, texts, now=_now())
    return answer or short_page(request.scope, "unknown", status=404)


def _suggestions(request: Request) -> Response:
    return suggestions_answer(request, open_registry(), texts_of(language_of(request.scope)))


def _place(request: Request) -> Response:
    texts, handle = texts_of(language_of(request.scope)), request.path_params["handle"]
    registry = open_registry()
    page = place_page(registry, handle, now=_now(), texts=texts) if _HANDLE.fullmatch(handle) else None
    if page is None:
        return _moved(request, registry) or short_page(request.scope, "unknown", status=404)
    head = _head(request, registry, texts)
    head["is_indexed"] = head["is_indexed"] and page.is_sure
    data = place_data(page, head["canonical"]) if head["is_indexed"] else None
    return written("place.html", texts, page=page, data=data, **head)


def _moved(request: Request, registry: Registry) -> Response | None:
    """
    Lead to the page of the facility that a record is part of by now; None where it is of none.

    It is asked for again each time: tomorrow a person may part the two, or protect one of them.
    """
    now = registry.moved_places.get(request.path_params["handle"])
    if now is None:
        return None
    address = place_address(now, language_of(request.scope))
    return RedirectResponse(
        address, 301, headers={"cache-control": "no-cache", "vary": "accept-language, referer"}
    )


def _gmina(request: Request) -> Response:
    texts, code = texts_of(language_of(request.scope)), request.path_params["code"]
    registry = open_registry()
    page = gmina_page(registry, code, now=_now(), texts=texts) if _CODE.fullmatch(code) else None
    if page is None:
        return short_page(request.scope, "unknown", status=404)
    return written("gmina.html", texts, page=page, **_head(request, registry, texts))


def _sitemap(request: Request) -> Response:
    return Response(sitemap(sitemap_paths(open_registry()), _host(request)), media_type="application/xml")


def _sitemap_part(request: Request) -> Response:
    number = _PART.fullmatch(request.path_params["part"])
    part = sitemap_part(sitemap_paths(open_registry()), _host(request), int(number[1])) if number else None
    if part is None:
        return short_page(request.scope, "unknown", status=404)
    return Response(part, media_type="application/xml")


def _robots(request: Request) -> Response:
    """Lead to the sitemap; what is invented is nothing for a search engine."""
    if open_registry().state.is_invented:
        return PlainTextResponse("User-agent: *\nDisallow: /\n")
    return PlainTextResponse(f"User-agent: *\nAllow: /\nSitemap: {_host(request)}/sitemap.xml\n")


def _head(
    request: Request, registry: Registry, texts: Texts, *, path: str = "", **query: str
) -> dict[str, Any]:
    """
    Return the lasting addresses of a page (in each language, and without one) and what is said above everything.

    Parameters
    ----------
    path
        Of the page, where it has several addresses.
    query
        Parameters without which it would be another page.
    """
    path = path or request.url.path
    addresses = {lang: f"{path}?{urlencode({'lang': lang, **query})}" for lang in LANGUAGES}
    return {
        "host": _host(request),
        "bare": f"{path}?{urlencode(query)}" if query else path,
        "addresses": addresses,
        "canonical": f"{_host(request)}{addresses[texts.lang]}",
        "is_indexed": not registry.state.is_invented,
        "warnings": _warnings(registry, texts),
    }


def _warnings(registry: Registry, texts: Texts) -> list[str]:
    warnings = []
    if registry.state.is_invented:
        warnings.append(f"{texts.t('example.what')} {texts.t('example.short')}")
    if (answered_at := database_silent_since()) is not None:
        warnings.append(" ".join(last_known_words(answered_at, _now(), texts)))
    return warnings


def _host(request: Request) -> str:
    """
    Return scheme and host as the request names them; nothing of a host that is none.

    A proxy that speaks TLS says so by `X-Forwarded-Proto`; whoever lies there changes only what they are told.
    """
    host = request.headers.get("host", "")
    scheme = "https" if request.headers.get("x-forwarded-proto") == "https" else request.url.scheme
    return f"{scheme}://{host}" if _HOST.fullmatch(host) else ""


def _now() -> datetime:
    return datetime.now(POLISH_TIME)


LIGHT_PAGES: Final[dict[str, Answer]] = {
    path: in_words(answer)
    for path, answer in {
        "/": _first,
        FINDER_PATH: _finder,
        f"{FINDER_PATH}/": _finder,
        FINDER_MAP_PATH: _finder_map,
        SUGGESTIONS_PATH: _suggestions,
        f"{PLACE_PATH}/{{handle:path}}": _place,
        f"{GMINA_PATH}/{{code:path}}": _gmina,
        "/sitemap.xml": _sitemap,
        "/sitemap/{part:path}": _sitemap_part,
        "/robots.txt": _robots,
    }.items()
}
"""By the pattern of their address."""
