"""One row of a list of the example: what it says of a provider, and how exactly of its place."""

import random

from data.example.ground import degrees
from data.example.providers import Provider

DAYS = ("2025-06-30", "2025-12-31", "2026-06-30")
COLUMNS = (
    "source_id", "name", "status", "facility_kind", "subtype", "operator", "street_address", "postal_code", "locality",
    "gmina_name", "gmina_code", "powiat_name", "phone", "places", "vacant", "vacant_women", "vacant_men", "waiting",
    "waiting_days", "opening_hours", "fees", "languages", "wheelchair", "areas", "stops", "visibility", "origin", "lat",
    "lon", "grade", "stated_on", "note",
)  # fmt: skip
ListRow = dict[str, str]


_DOOR_PCT, _LOCALITY_PCT = 80, 14
"""How many of a hundred facilities of the compiled list have the point of their door, of their town; others none."""


def list_row(provider: Provider, chance: random.Random | None = None) -> ListRow:
    """Return a row; with `chance` some points are those of the town only, and some are missing."""
    latitude, longitude = provider.coordinates
    row = {
        "source_id": provider.key,
        "name": provider.name,
        "facility_kind": provider.form,
        "operator": provider.operator,
        "gmina_name": provider.gmina.name,
        "gmina_code": provider.gmina.area_code,
        "powiat_name": provider.gmina.powiat_name,
        "phone": provider.phone,
        "places": "" if provider.places is None else str(provider.places),
        "opening_hours": provider.hours,
        "fees": provider.fees,
        "lat": latitude,
        "lon": longitude,
        "grade": "door",
        **provider.cells,
    }
    if provider.address is not None:
        row["street_address"] = provider.address.line
        row["postal_code"] = provider.address.postal_code
        row["locality"] = provider.address.locality.name
    drawn = 0 if chance is None else chance.randrange(100)
    if provider.address is None or drawn < _DOOR_PCT:
        return row
    if drawn < _DOOR_PCT + _LOCALITY_PCT:
        east, north = degrees(provider.address.locality.point)
        return row | {"lat": f"{north:.6f}", "lon": f"{east:.6f}", "grade": "locality"}
    return row | {"lat": "", "lon": "", "grade": ""}
