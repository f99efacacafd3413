"""How far from its point a place may be, where the point is the middle of a village, or a street of a file's own."""

from collections.abc import Sequence
from math import ceil, pi, sqrt
from typing import Final

import geopandas as gpd
from shapely import Point

from data.places.address_index import DOOR_RADIUS_M
from data.places.place_conflict import metric_shapes
from data.places.placed import AddressRow, Placed
from data.places.stated_area import text_of
from data.places.world import AreaIndex, Gazetteer
from geo.crs import GEOGRAPHIC, to_metric

LOCALITY_SHARE: Final = 0.8
"""
Part of half the diagonal of the box of a locality's addresses within which a facility there stands.

Of 1,707 facilities in villages whose door is known 96 of 100 lie so near to the point of their village, and of all
addresses of Małopolskie 92 of 100 (docs/geocoding.md, `How far off`).
"""


def add_known_radius(placed: Sequence[Placed], rows: Sequence[AddressRow], gazetteer: Gazetteer) -> None:
    """Put in `placed` how far a public facility may be from the middle of its locality, as addresses tell."""
    for row, place in zip(rows, placed, strict=True):
        if place.grade == "locality" and place.radius_m is None and row.get("is_public") is True:
            half_m = gazetteer.half_diagonal_m(text_of(row["locality_name"]), gmina_code=place.gmina_code)
            place.radius_m = None if half_m is None else max(DOOR_RADIUS_M, round(LOCALITY_SHARE * half_m))


def bound_by_gminas(placed: Sequence[Placed], areas: AreaIndex) -> None:
    """
    Let no radius in `placed` be larger than that of a circle as large as its gmina.

    One address astray, or two streets of a name in a city, make a box larger than the gmina that holds it.
    """
    known = [place for place in placed if place.radius_m is not None and place.gmina_code is not None]
    shapes = metric_shapes(areas, {place.gmina_code for place in known if place.gmina_code is not None})
    most_m = {code: round(sqrt(shape.area / pi)) for code, shape in shapes.items()}
    for place in known:
        if place.radius_m is not None and place.gmina_code in most_m:
            place.radius_m = min(place.radius_m, most_m[place.gmina_code])


def radius_round(own: Point, found: Point, radius_m: int) -> int:
    """Return how far from a file's own point a place may be that lies within a radius of another one, in metres."""
    first, other = to_metric(gpd.GeoSeries([own, found], crs=GEOGRAPHIC))
    return ceil(float(first.distance(other))) + radius_m
