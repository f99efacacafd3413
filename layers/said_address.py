"""What an address asks for: its view, its page, and what of it is not shown."""

from typing import Final
from urllib.parse import parse_qs, parse_qsl, urlsplit

from data.registry.registry import Registry
from data.store.plain_text import plain_text
from geo.teryt import COUNTRY
from layers.answers.measures.applied_scenario import apply_packed
from layers.text import texts_of
from layers.view.page_addresses import ADDRESSES, is_light
from layers.view.reading import LONGEST_WRITTEN, lost_in, lost_other, misfits_in, read_address
from layers.view.view import View
from layers.words.example_words import country_name
from layers.words.loss_words import loss_lines, names_of_lost
from layers.words.scenario_words import ScenarioWords

_UNTOLD_PAGES: Final = frozenset({"resident", "about", "method", "costs"})
"""Pages whose own words are not told: of a link to one, those of its view on the planner's page are."""


def view_of_address(address: str) -> View:
    """Return the view that an address tells: a link as pages and prints show it, or what stands behind its `?`."""
    return View.from_query(dict(parse_qsl(_query_of(address))))


def page_of_address(address: str) -> str:
    """Return the name of the page that a link leads to; the planner's where it names none of ours."""
    words = urlsplit(address).path.rstrip("/").rpartition("/")[2] if "?" in address or "/" in address else ""
    return next((name for name, path in ADDRESSES.items() if path and path == words), "planner")


def unknown_page_of(address: str) -> str:
    """Return the name of the page that a link leads to where it is none of ours, plain and cut; else nothing."""
    path = urlsplit(address).path if "?" in address or "/" in address else ""
    word = "" if "=" in path else path.rpartition("/")[2]
    return "" if word in ADDRESSES.values() or is_light(path) else plain_text(word[:LONGEST_WRITTEN])


def lost_of_address(address: str, registry: Registry) -> list[str]:
    """Return in sentences what an address asks for and its view does not show."""
    reading = read_address(parse_qs(_query_of(address), keep_blank_values=True))
    page = page_of_address(address)
    losses = [*reading.losses, *lost_in(registry, reading.view, page=page)]
    if page != "compare":
        # A second view is said of every page that a link asks it of.
        losses += lost_other(reading.view, registry)
    texts, reasons = texts_of(reading.view.lang), list[str]()
    if reading.view.scenario:
        changed = apply_packed(registry, reading.view.scenario)
        losses += misfits_in("scenario", changed.misfits, of_all=len(changed.scenario.changes))
        words = ScenarioWords(registry, texts)
        reasons = words.problem_lines(changed.problems, changed.scenario)
    areas = names_of_lost(losses, registry, texts)
    areas[f"scope:{COUNTRY}"] = country_name(texts, is_example=registry.state.is_invented)
    lines = [*loss_lines(losses, reading.view, texts, areas=areas), *reasons]
    if page in _UNTOLD_PAGES:
        lines.append(texts.t("lost.page", page=texts.t(f"page.{page}")))
    if unknown := unknown_page_of(address):
        lines.append(texts.t("lost.unknown_page", page=unknown))
    return lines


def _query_of(address: str) -> str:
    """Return what stands behind the `?` of an address; a page alone asks nothing."""
    parts = urlsplit(address)
    return (
        parts.query
        if parts.query or parts.path.startswith("/") or parts.scheme
        else address.removeprefix("?")
    )
