"""The answers of the finder's addresses: its page, its map, and the way to the address of what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from data.registry.registry import Registry
from layers.answers.asked_place import place_of
from layers.answers.finder_list import finder_list
from layers.cache.query_readers import reader_of
from layers.site.finder_choices import finder_url
from layers.site.finder_decision import decided
from layers.site.finder_map import finder_map
from layers.site.finder_page import FinderPage, finder_page
from layers.site.losses import lines_of_losses
from layers.text import Texts
from layers.view.finder_request import FinderRequest, read_request
from layers.view.reading import Loss, lost_in, seen_on


def finder_answer(
    request: Request, registry: Registry, texts: Texts, *, now: datetime
) -> FinderPage | Response:
    """Return the page of an address, or the way to the one that says what its words mean."""
    asked, losses = _asked(request, texts)
    reader = reader_of(registry)
    if (found := decided(asked, reader)) is not None:
        return RedirectResponse(finder_url(found), status_code=303, headers={"cache-control": "no-store"})
    losses = (*_of_list(losses, asked), *lost_in(registry, asked.view, page="resident"))
    said = lines_of_losses(seen_on("resident", losses), registry, asked.view, texts)
    return finder_page(registry, reader, asked, now=now, texts=texts, losses=said)


def map_answer(request: Request, registry: Registry, texts: Texts, *, now: datetime) -> Response | None:
    """Return the map of an address; None where it names no place."""
    asked, _ = _asked(request, texts)
    place = place_of(registry, asked.view.place)
    if place is None:
        return None
    near = finder_list(registry, place, asked, now=now).near[: asked.shown]
    page = finder_map(near, registry, asked, place, texts)
    headers = {"content-language": texts.lang, "cache-control": "no-cache", "x-robots-tag": "noindex"}
    return HTMLResponse(page, headers=headers)


def repeated_of(request: Request) -> Mapping[str, Sequence[str]]:
    """Return each parameter of an address with everything that it says of it."""
    return parse_qs(request.url.query, keep_blank_values=True)


def _asked(request: Request, texts: Texts) -> tuple[FinderRequest, tuple[Loss, ...]]:
    return read_request(repeated_of(request), lang=texts.lang)


def _of_list(losses: Sequence[Loss], asked: FinderRequest) -> list[Loss]:
    """Return losses with the distance that the list is of; a map of the same view may count with another."""
    shown = str(asked.view.distance_km)
    return [
        replace(loss, shown=shown) if loss.parameter == "distance_km" else loss
        for loss in losses
        if loss.parameter != "distance_km" or loss.written != shown
    ]
