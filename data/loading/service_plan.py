"""Planning the services of a facility: their keys, hours, the areas that they cover and their stops."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import geopandas as gpd
from shapely import Point

from data.fields import OF_SERVICE
from data.loading.plan import ServicePlan
from data.opening_hours import from_polish
from data.places.placed import Placed
from data.places.world import AreaIndex
from data.store.names import fold
from data.store.query_frames import Row
from data.vocabulary import has_door, need_groups_of
from geo.crs import GEOGRAPHIC
from geo.joins import points_in_areas

_TAKEN_OF_SERVICE: Final = {field.column: field.name for field in OF_SERVICE if field.is_taken}


def plan_services(
    key: str, rows: list[Row], placed: Placed, areas: AreaIndex, *, day: date | None
) -> Iterator[ServicePlan]:
    """
    Give the plans of the services of one facility, each under a key of its own.

    Parameters
    ----------
    key, rows
        The facility's key, and the rows that share it.
    day
        The day of the list: its codes of areas are of that day.
    """
    taken: set[str] = set()
    for row in rows:
        form = row["support_form"]
        own_key = row["service_key"] or "|".join(filter(None, (key, form, fold(row["subtype"] or ""))))
        while own_key in taken:
            own_key += "+"
        taken.add(own_key)
        service = {column: row[name] for column, name in _TAKEN_OF_SERVICE.items()} | {
            "service_key": own_key,
            # Without a profile of its own, a name may state one: "DPS dla osób przewlekle psychicznie chorych".
            "need_groups": row["need_groups"]
            or list(need_groups_of(form, row["subtype"] or row["facility_name"])),
            "opening_hours": understood_hours(
                row["service_opening_hours"], row["service_opening_hours_text"]
            ),
        }
        covered = _covered(row["service_area_codes"], areas, day)
        if not covered and not has_door(form):
            covered = (placed.gmina_code or placed.stated.narrowest,)
        yield ServicePlan(service, covered, tuple(_stop(stop, areas) for stop in row["stops"]))


def _covered(codes: Sequence[str], areas: AreaIndex, day: date | None) -> tuple[str, ...]:
    """Return the areas that a service covers, with all parts of a gmina that was divided after the day of its list."""
    parts = areas.whole_of(frozenset(codes), day) - set(codes)
    return (*codes, *sorted(parts))


def understood_hours(stated: str | None, words: str | None) -> str | None:
    """Return hours in OpenStreetMap's form; Polish words only when they are understood whole."""
    return stated or (from_polish(words) if words else None)


def _stop(stop: Row, areas: AreaIndex) -> Row:
    """Return a row of `mobile_stop`; a stop without coordinates has no point, and no invented one."""
    is_located = stop.get("latitude") is not None and stop.get("longitude") is not None
    point = Point(stop["longitude"], stop["latitude"]) if is_located else None
    return {
        "name": stop["name"],
        "locality_name": stop.get("locality_name"),
        "gmina_code": _gmina_at(point, areas) if point is not None else None,
        "point": point,
        "opening_hours": stop.get("opening_hours"),
        "opening_hours_text": stop.get("opening_hours_text"),
    }


def _gmina_at(point: Point, areas: AreaIndex) -> str | None:
    frame = gpd.GeoDataFrame(geometry=[point], crs=GEOGRAPHIC)
    codes: list[str] = points_in_areas(frame, areas.gminas).area_code.dropna().tolist()
    return codes[0] if codes else None
