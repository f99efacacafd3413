"""What search engines are told to read: the first page, the finder, places and gminas, and nothing that is not sure."""

from xml.sax.saxutils import escape

from data.registry.registry import Registry
from data.vocabulary.languages import DEFAULT_LANGUAGE
from layers.site.place_page import paged_services
from layers.view.page_addresses import gmina_address, page_address, place_address

MOST_ENTRIES = 50_000
"""Of one file, by sitemaps.org; beyond it the sitemap is a list of parts."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap_paths(registry: Registry) -> list[str]:
    """Return the addresses of pages without their host: the ways in, gminas, places that are more than evidence."""
    services = paged_services(registry)
    sure = services.loc[~services["is_unconfirmed"], "facility_handle"]
    gminas = registry.own_gminas.areas_by_code("gmina").index
    return [
        *(page_address(name, DEFAULT_LANGUAGE) for name in ("first", "resident")),
        *(gmina_address(code, DEFAULT_LANGUAGE) for code in sorted(gminas)),
        *(place_address(handle, DEFAULT_LANGUAGE) for handle in sorted(set(sure))),
    ]


def sitemap(paths: list[str], host: str, *, most: int = MOST_ENTRIES) -> str:
    """Return the sitemap of addresses under a host (`https://mapa.example`); a list of parts when they are many."""
    if len(paths) <= most:
        return _written("urlset", "url", [host + path for path in paths])
    parts = range(-(-len(paths) // most))
    return _written("sitemapindex", "sitemap", [f"{host}/sitemap/{part + 1}.xml" for part in parts])


def sitemap_part(paths: list[str], host: str, number: int, *, most: int = MOST_ENTRIES) -> str | None:
    """Return one part of a long sitemap, counted from 1; None where there is no such part."""
    if len(paths) <= most or number < 1:
        return None
    part = paths[(number - 1) * most : number * most]
    return _written("urlset", "url", [host + path for path in part]) if part else None


def _written(root: str, item: str, addresses: list[str]) -> str:
    entries = "".join(f"<{item}><loc>{escape(address)}</loc></{item}>\n" for address in addresses)
    return f"{_HEAD}<{root} {_NAMESPACE}>\n{entries}</{root}>\n"
