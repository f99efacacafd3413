"""The addresses of pages under this host: Streamlit's, and the light ones (the first, the finder, a place, a gmina)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, urlencode

METHOD_ADDRESS: Final = "metoda"
DOORS = ("resident", "planner", "coordinator")
TOOLS = ("planner", "compare", "scenario", "costs")
"""The pages behind the planner's door."""
ADDRESSES = MappingProxyType(
    {
        "first": "",
        "resident": "pomoc",
        "planner": "planowanie",
        "coordinator": "raport",
        "about": "dane",
        "method": METHOD_ADDRESS,
        "compare": "porownanie",
        "scenario": "scenariusz",
        "costs": "koszty",
    }
)

FINDER_PATH: Final = f"/{ADDRESSES['resident']}"
FINDER_MAP_PATH: Final = f"{FINDER_PATH}/mapa"
SUGGESTIONS_PATH: Final = f"{FINDER_PATH}/podpowiedzi"
LIGHT_PAGES: Final = frozenset({"first", "resident"})
"""Of `ADDRESSES` those that are written on the server; all others are Streamlit's."""
PLACE_PATH: Final = "/placowka"
GMINA_PATH: Final = "/gmina"
REPORT_PATH: Final = "/zglos"
_BENEATH: Final = (f"{PLACE_PATH}/", f"{GMINA_PATH}/", "/sitemap/")
_EXACT: Final = frozenset(
    {
        *("/", FINDER_PATH, f"{FINDER_PATH}/", FINDER_MAP_PATH, SUGGESTIONS_PATH, REPORT_PATH),
        *("/sitemap.xml", "/robots.txt"),
    }
)


def place_address(handle: str, lang: str) -> str:
    """Return the lasting address of the page of a place; `handle` is as `data.scenarios.facility_handles` gives it."""
    return f"{PLACE_PATH}/{quote(handle, safe=':@')}?lang={lang}"


def gmina_address(code: str, lang: str) -> str:
    """Return the lasting address of the page of a gmina of a TERYT code of six digits."""
    return f"{GMINA_PATH}/{quote(code)}?lang={lang}"


def report_address(lang: str, **about: str) -> str:
    """
    Return the address of the form by which a reader reports something.

    `place=` (a handle): what is out of date there; `what="need"`, `gmina=`, `group=`, `form=`: what was not found;
    `gmina=` alone or nothing: a place that is missing.
    """
    return f"{REPORT_PATH}?{urlencode({'lang': lang, **about}, safe=':@')}"


def page_address(name: str, lang: str, **choices: str) -> str:
    """Return the address of a page of `ADDRESSES` with its language and choices of its view."""
    return f"/{ADDRESSES[name]}?{urlencode({'lang': lang, **choices})}"


def address_of_view(name: str, query: Mapping[str, str]) -> str:
    """Return the address of a page of `ADDRESSES` for the parameters of a view."""
    return f"/{ADDRESSES[name]}" + (f"?{urlencode(query)}" if query else "")


def is_light(path: str) -> bool:
    """Tell whether an address without its host is one that light pages answer, if only with 404."""
    return path in _EXACT or path.startswith(_BENEATH)
