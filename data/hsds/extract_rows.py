"""The frames of an extract as plain rows, joined the way HSDS nests them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from shapely.geometry.base import BaseGeometry

from data.export.extract import Extract
from data.hsds import building
from data.hsds.identifiers import Node
from data.sources.cell_text import cell_text

_OF_FACILITY = ("verified_on", "verified_precision", "changed_on")


@dataclass(frozen=True, eq=False)
class HsdsNodes:
    """
    The nested objects of an extract, in the order of their ids.

    Attributes
    ----------
    organizations, locations
        By id.
    services
        The places of each service with the areas and stops of all places: what `service` needs.
    """

    organizations: dict[str, Node]
    locations: dict[str, Node]
    services: dict[str, list[Node]]
    areas: dict[str, list[Node]]
    stops: dict[str, list[Node]]

    def service(self, service_id: str, *, is_nested: bool) -> Node:
        """Return a service, its locations and organization inside it or only named."""
        places = self.services[service_id]
        node = building.service_node(
            places, locations=self.locations if is_nested else {}, areas=self.areas, stops=self.stops
        )
        organization = next((place["organization_id"] for place in places if place["organization_id"]), None)
        if organization is None:
            return node
        return node | (
            {"organization": self.organizations[organization]}
            if is_nested
            else {"organization_id": organization}
        )

    @property
    def idle_locations(self) -> list[Node]:
        """Facilities without any service."""
        busy = {place["facility_id"] for places in self.services.values() for place in places}
        return [node for key, node in self.locations.items() if key not in busy]


def hsds_nodes(extract: Extract) -> HsdsNodes:
    """Return the objects of HSDS that hold everything an extract has."""
    sources_of_fields = _grouped(rows_of(extract.provenance), "facility_id")
    facilities = {
        row["facility_id"]: row
        for row in sorted(rows_of(extract.facilities), key=lambda row: row["facility_id"])
    }
    services = [
        row | {name: facilities[row["facility_id"]][name] for name in _OF_FACILITY}
        for row in rows_of(extract.services)
    ]
    services.sort(key=lambda row: (row["service_id"], row["service_at_facility_id"]))
    organizations = sorted(rows_of(extract.organizations), key=lambda row: row["organization_id"])
    stops = sorted(rows_of(extract.stops), key=lambda row: row["position"])
    return HsdsNodes(
        organizations={row["organization_id"]: building.organization_node(row) for row in organizations},
        locations={
            key: building.location_node(
                row,
                sorted((found["field"], found["source_code"]) for found in sources_of_fields.get(key, ())),
            )
            for key, row in facilities.items()
        },
        services=_grouped(services, "service_id"),
        areas=_grouped(
            sorted(rows_of(extract.service_areas), key=lambda row: row["area_code"]), "service_at_facility_id"
        ),
        stops=_grouped(stops, "service_at_facility_id"),
    )


def rows_of(frame: pd.DataFrame) -> Iterator[Node]:
    """Yield rows of plain values: None for missing, texts without control characters and e-mail addresses."""
    for row in frame.to_dict("records"):
        yield {str(name): _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return cell_text(value) or None
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, BaseGeometry):
        return None if value.is_empty else value
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def _grouped(rows: Iterator[Node] | list[Node], key: str) -> dict[str, list[Node]]:
    groups: dict[str, list[Node]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return dict(groups)
