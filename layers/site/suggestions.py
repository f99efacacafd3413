"""What the box suggests while somebody types, each with the address that it leads to; nobody's words are kept."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse

from data.finding.suggesting import Suggested
from data.registry.registry import Registry
from layers.cache.query_readers import suggester_of
from layers.site.finder_answers import repeated_of
from layers.site.finder_choices import finder_url
from layers.text import Texts
from layers.view.finder_request import FinderRequest, of_need, read_request
from layers.words.place_names import place_label
from layers.words.source_words import capital

_HEADERS = {"cache-control": "no-store", "x-robots-tag": "noindex"}
"""On a computer of a library nothing is left of what somebody typed."""


def suggestions_answer(request: Request, registry: Registry, texts: Texts) -> JSONResponse:
    """
    Return what fits the words of an address that the form of the box would send.

    Returns
    -------
    answer
        `said`: how many there are, in words; `options`: of each its name, what tells it from its namesakes, and the
        address that it leads to, all as text.
    """
    asked, _ = read_request(repeated_of(request), lang=texts.lang)
    found = suggester_of(registry).suggest(asked.typed, texts.lang)
    said = texts.t("box.suggested", count=len(found)) if found else texts.t("box.no_suggestions")
    options = [_option(one, asked, texts) for one in found]
    return JSONResponse({"said": said, "options": options}, headers=_HEADERS)


def _option(one: Suggested, asked: FinderRequest, texts: Texts) -> dict[str, str]:
    name, about = _words(one, texts)
    return {"name": name, "about": about, "url": finder_url(_chosen(one, asked))}


def _chosen(one: Suggested, asked: FinderRequest) -> FinderRequest:
    """Return the request that a suggestion leads to, as the words would if they meant it for sure."""
    kept = of_need(asked, one.need.code) if one.need else asked
    # A need alone keeps the place of before; a place alone keeps the need that was chosen.
    place = one.place.key if one.place else asked.before
    typed = " ".join(filter(None, (one.rest, one.place.name if one.place else ""))) if one.rest else ""
    return replace(kept, view=replace(kept.view, place=place), typed=typed, before="", near="")


def _words(one: Suggested, texts: Texts) -> tuple[str, str]:
    """Return what a suggestion is called, and what tells it from its namesakes."""
    need = one.need.name(texts.lang) if one.need else ""
    if one.place is None:
        return capital(need), ""
    place = one.place.name
    about = place_label(one.place, texts).removeprefix(place).strip(" ,")
    if one.district:
        place = texts.t("box.district_of", district=one.district, place=place)
    return capital(texts.t("box.need_at", need=need, place=place) if need else place), about
