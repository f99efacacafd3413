"""
The registry as GeoJSON (RFC 7946): one feature per facility, its services nested in it.

A point on a map is a place, so a facility is a feature; who wants services as rows takes CSV or GeoPackage. What
RFC 7946 has no word for stands beside `features` as foreign members: licences, sources, day, snapshot, notes.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from shapely import Point

from data.export.about import TITLE, licences
from data.export.extract import Extract

_DECIMALS = 7
_WITH_FACILITY = ("facility_id", "organization_id")
"""Columns that a nested service need not repeat."""


def write_geojson(extract: Extract, path: Path) -> None:
    """Write an extract, one feature a line; the same extract gives the same bytes."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(extract))


def _lines(extract: Extract) -> Iterator[str]:
    head = {"type": "FeatureCollection", **_foreign_members(extract)}
    yield _text(head)[:-1] + ',"features":[\n'
    separator = ""
    for feature in _features(extract):
        yield separator + _text(feature)
        separator = ",\n"
    yield "\n]}\n"


def _foreign_members(extract: Extract) -> dict[str, Any]:
    return {
        "title": TITLE,
        "as_of": extract.as_of,
        "snapshot_id": extract.snapshot_id,
        "is_invented": extract.is_invented,
        "notes": list(extract.notes),
        "licences": list(licences(extract)),
        "sources": _records(extract.sources),
    }


def _features(extract: Extract) -> Iterator[dict[str, Any]]:
    organizations = {row["organization_id"]: row for row in _records(extract.organizations)}
    services = _services(extract)
    provenance: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _records(extract.provenance):
        provenance[row["facility_id"]][row["field"]] = row["source_code"]
    facilities = extract.facilities
    for row, point in zip(_records(facilities.drop(columns="geometry")), facilities.geometry, strict=True):
        facility_id = row.pop("facility_id")
        row["organization"] = organizations.get(row.pop("organization_id"))
        row["services"] = services.get(facility_id, [])
        if facility_id in provenance:
            row["source_of_field"] = provenance[facility_id]
        yield {
            "type": "Feature",
            "id": facility_id,
            "geometry": None if point is None else {"type": "Point", "coordinates": _position(point)},
            "properties": {"facility_id": facility_id, **row},
        }


def _services(extract: Extract) -> dict[str, list[dict[str, Any]]]:
    """Return the services of each facility with the areas and stops that they serve."""
    areas: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _records(extract.service_areas):
        areas[row.pop("service_at_facility_id")].append(row)
    stops: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row, point in zip(
        _records(extract.stops.drop(columns="geometry")), extract.stops.geometry, strict=True
    ):
        row["coordinates"] = None if point is None else _position(point)
        stops[row.pop("service_at_facility_id")].append(row)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _records(extract.services):
        key = row["service_at_facility_id"]
        own = {name: value for name, value in row.items() if name not in _WITH_FACILITY}
        found[row["facility_id"]].append(
            own | {"service_areas": areas.get(key, []), "stops": stops.get(key, [])}
        )
    return found


def _position(point: Point) -> list[float]:
    return [round(point.x, _DECIMALS), round(point.y, _DECIMALS)]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows of plain Python values; missing ones are None."""
    columns = {str(name): [_plain(value) for value in frame[name].astype(object)] for name in frame.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:
    return None if value is pd.NA or value is pd.NaT else value


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_iso, allow_nan=False)


def _iso(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.item()  # a number of numpy
