"""The services that people are told of, at hand: what a page asks of a registry is found without reading all of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import Point

from data.places.coarse_places import town_extent_m
from data.registry.once import once_for_registry
from data.registry.registry import Registry
from data.store.smallest_area import smallest_area
from data.vocabulary import has_door
from geo.crs import to_metric
from geo.teryt import COUNTRY
from layers.answers.service_rows import Row, ServiceRows
from layers.answers.support_centre import APPLIED_AT
from layers.answers.suspended_beside import suspended_beside


@dataclass(frozen=True, eq=False)
class Stop:
    """Where a service on wheels stops: `point` is in EPSG:4326, `point_m` in EPSG:2180."""

    name: str
    opening_hours: str | None
    opening_hours_text: str | None
    point: Point
    point_m: Point


@dataclass(frozen=True, eq=False)
class ListedServices:
    """
    The listed services of a registry with every gmina by itself.

    Attributes
    ----------
    rows
        Those of `listed_services`, with `town_extent_m` (`data.places.coarse_places`) and `suspended_beside` (of that
        module).
    frame
        The same as a frame.
    official
        Codes of the sources that a public office publishes.
    by_gmina, by_handle
        Positions in `rows` by the code of a gmina, and by the handle of a facility.
    offices
        Positions of the offices where a person applies, by the powiat that they stand in.
    areas
        By `service_id` the areas that a service states to cover.
    stops
        By `service_id` the stops whose point is known.
    """

    rows: ServiceRows
    frame: gpd.GeoDataFrame
    official: frozenset[str]
    by_gmina: Mapping[str, Sequence[int]]
    by_handle: Mapping[str, Sequence[int]]
    offices: Mapping[str, Sequence[int]]
    areas: Mapping[Any, Sequence[str]]
    stops: Mapping[Any, Sequence[Stop]]

    def of_gmina(self, code: str) -> list[Row]:
        """Return the services that stand in a gmina."""
        return self.rows.at(self.by_gmina.get(code, ()))

    def of_handle(self, handle: str) -> list[Row]:
        """Return the services of a facility."""
        return self.rows.at(self.by_handle.get(handle, ()))

    def offices_of(self, gmina_code: str) -> list[Row]:
        """Return the offices of the powiat of a gmina, its own among them."""
        return self.rows.at(self.offices.get(gmina_code[:4], ()))


class AreasOfHelp:
    """
    Some of the listed services by the areas that they cover, and by that in which they stand somewhere.

    Parameters
    ----------
    positions
        Which of `listed.rows`, in the order of telling.
    """

    def __init__(self, listed: ListedServices, positions: Sequence[int]) -> None:
        self._positions = positions
        self._covering: dict[str, list[int]] = defaultdict(list)
        self._somewhere: dict[str, list[int]] = defaultdict(list)
        service_ids, forms = listed.rows.column("service_id"), listed.rows.column("support_form")
        is_nowhere = listed.frame.geometry.isna() & listed.frame["gmina_code"].isna()
        nowhere, areas = is_nowhere.tolist(), smallest_area(listed.frame).tolist()
        for rank, position in enumerate(positions):
            for area in listed.areas.get(service_ids[position], ()):
                self._covering[area].append(rank)
            if nowhere[position] and has_door(forms[position]):
                self._somewhere[areas[position]].append(rank)

    def covering(self, gmina_code: str) -> list[int]:
        """Return what has a stated area that holds a gmina: itself, its powiat, voivodeship or the country."""
        holding = (gmina_code, gmina_code[:4], gmina_code[:2], COUNTRY)
        return self._in_order(self._covering, holding)

    def somewhere_around(self, gmina_code: str) -> list[int]:
        """Return what stands somewhere in the powiat or voivodeship: without a gmina no distance finds it."""
        return self._in_order(self._somewhere, (gmina_code[:4], gmina_code[:2]))

    def _in_order(self, by_area: Mapping[str, Sequence[int]], codes: Iterable[str]) -> list[int]:
        ranks = {rank for code in codes for rank in by_area.get(code, ())}
        return [self._positions[rank] for rank in sorted(ranks)]


def listed_services(registry: Registry) -> gpd.GeoDataFrame:
    """Return the services that people are told of: those that count, and those of which there is only evidence."""
    return registry.services[registry.services["is_counted"] | registry.services["is_unconfirmed"]]


def services_at_hand(registry: Registry) -> ListedServices:
    """Return the listed services of a registry, made once as long as it is in use."""
    return _listed(registry.own_gminas)


@once_for_registry
def _listed(own: Registry) -> ListedServices:
    services = listed_services(own)
    extent_m = town_extent_m(services, own.areas_by_code("gmina"))
    suspended = pd.Series(suspended_beside(own, services), index=services.index, dtype=object)
    rows = ServiceRows(services.assign(town_extent_m=extent_m, suspended_beside=suspended))
    is_office = services["support_form"].isin(APPLIED_AT)
    offices = [number for number, is_one in enumerate(is_office.tolist()) if is_one]
    areas = smallest_area(services).tolist()
    return ListedServices(
        rows=rows,
        frame=services,
        official=frozenset(own.sources.loc[own.sources["is_official"], "source_code"]),
        by_gmina=_positions(rows.column("gmina_code")),
        by_handle=_positions(rows.column("facility_handle")) if "facility_handle" in services else {},
        offices=_grouped((areas[number][:4], number) for number in offices),
        areas=_grouped(zip(own.service_areas["service_id"], own.service_areas["area_code"], strict=True)),
        stops=_located(own.stops),
    )


def _positions(values: Iterable[Any]) -> dict[str, list[int]]:
    return _grouped((value, number) for number, value in enumerate(values) if isinstance(value, str))


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    grouped: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return dict(grouped)


def _located(stops: gpd.GeoDataFrame) -> dict[Any, list[Stop]]:
    located = stops[stops.geometry.notna()] if len(stops) else stops
    if located.empty:
        return {}
    metric = to_metric(located).geometry
    return _grouped(
        (
            row["service_id"],
            Stop(row["name"], _text(row["opening_hours"]), _text(row["opening_hours_text"]), point, point_m),
        )
        for row, point, point_m in zip(
            pd.DataFrame(located).to_dict("records"), located.geometry, metric, strict=True
        )
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
