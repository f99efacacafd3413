"""A place as schema.org tells it to machines: nothing that its page does not say."""

from typing import Any

from data.store.visibility import is_public
from layers.site.place_page import PlacePage
from layers.words.service_facts import text_of


def place_data(page: PlacePage, url: str) -> dict[str, Any]:
    """
    Return a `Place` of schema.org, for JSON-LD.

    A protected place has no address but its gmina and no point; of one known only to its street or town no point is
    told either, for machines would take it for the door.
    """
    entry = page.entry
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Place",
        "@id": url,
        "name": page.name,
        "description": page.description,
        "address": _address(page),
        "url": page.website or url,
    }
    dialled = [call.address.removeprefix("tel:") for call in page.calls if call.address]
    if dialled:
        data["telephone"] = dialled[0]
    point = entry.get("geometry")
    if is_public(entry["visibility"]) and entry.get("place_grade") == "door" and point is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": round(point.y, 6),
            "longitude": round(point.x, 6),
        }
    return data


def _address(page: PlacePage) -> dict[str, str]:
    address = {"@type": "PostalAddress", "addressCountry": "PL"}
    if is_public(page.entry["visibility"]):
        named = {
            "streetAddress": "street_address",
            "postalCode": "postal_code",
            "addressLocality": "locality_name",
        }
        address |= {name: text for name, field in named.items() if (text := text_of(page.entry, field))}
    elif page.gmina_name:
        address["addressRegion"] = page.gmina_name
    return address
