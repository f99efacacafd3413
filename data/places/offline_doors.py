"""Finer places of facilities by published addresses, without asking anybody: never in another gmina."""

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd

from data.places.address_answers import DoorAddress
from data.places.address_index import AddressIndex, FoundAddress
from data.places.near_border import BEYOND_BORDER_M, BORDER_M
from data.places.place_conflict import metric_shapes
from data.places.place_radius import radius_round
from data.places.placed import AddressRow, Placed
from data.places.stated_area import text_of
from data.places.world import AreaIndex
from data.sources.registers.address_text import door_of
from data.store.grades import coarseness
from geo.crs import GEOGRAPHIC, to_metric

_SOLVED = frozenset({"locality_unknown"})
"""Problems of a place that a street of the address in its gmina answers."""


def find_offline(
    placed: list[Placed], rows: Sequence[AddressRow], areas: AreaIndex, index: AddressIndex
) -> None:
    """
    Put in `placed` the addresses that an index knows, where they are finer than what was found before.

    An address is looked for in the gmina in which its facility was placed, and its point must lie there or within
    `BORDER_M` of it, a door within `BEYOND_BORDER_M`: nobody moves to another gmina. Only rows whose `is_public` is
    true get one: a finer point of a protected place would serve nobody, and what is not known cannot leak.
    """
    found: dict[int, FoundAddress] = {}
    for position, (row, place) in enumerate(zip(rows, placed, strict=True)):
        if row.get("is_public") is not True or not row["has_door"] or place.gmina_code is None:
            continue
        address = address_of(row)
        at = index.find(address, gmina_code=place.gmina_code) if address is not None else None
        if at is not None and _is_finer(at, place):
            found[position] = at
        elif (
            at is not None and place.grade == at.grade == "street" and place.radius_m is None and place.point
        ):
            # The file's own point stays, and the addresses tell how long its street is.
            place.radius_m = radius_round(place.point, at.point, at.radius_m)
    distances_m = _distances_m(
        [(at, placed[position].gmina_code or "") for position, at in found.items()], areas
    )
    for (position, at), distance_m in zip(found.items(), distances_m, strict=True):
        if distance_m <= (BEYOND_BORDER_M if at.grade == "door" else BORDER_M):
            place = placed[position]
            problems = [problem for problem in place.problems if problem[0] not in _SOLVED]
            placed[position] = replace(
                place, point=at.point, grade=at.grade, radius_m=at.radius_m, problems=problems
            )


def address_of(row: AddressRow) -> DoorAddress | None:
    """Return the address of a row as an index is asked for it; None where locality, or street and number, lack."""
    locality = text_of(row["locality_name"])
    door = door_of(text_of(row["street_address"]), locality_name=locality)
    town = (door.locality_name if door else None) or locality
    return DoorAddress(town, door.street, door.house_number) if door is not None and town else None


def _is_finer(at: FoundAddress, place: Placed) -> bool:
    return coarseness(at.grade) < coarseness(place.grade)


def _distances_m(found: Sequence[tuple[FoundAddress, str]], areas: AreaIndex) -> list[float]:
    """Return how far each point lies outside the gmina that it should be in; 0 inside."""
    if not found:
        return []
    shapes = metric_shapes(areas, {code for _, code in found})
    points = to_metric(gpd.GeoSeries([at.point for at, _ in found], crs=GEOGRAPHIC))
    return [float(point.distance(shapes[code])) for point, (_, code) in zip(points, found, strict=True)]
