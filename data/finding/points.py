"""A rounded point as a place: where somebody is, as their browser tells it, and never finer."""

import re
from math import cos, hypot, radians, sqrt
from typing import Final

import geopandas as gpd
from shapely import Point

from data.finding.known_names import persons_of
from data.finding.place_reader import KM_PER_DEGREE, RADIUS_KM
from data.places.place_search import Place, PlaceIndex

POINT: Final = "point"
"""What such a place is the kind of, and what it is the middle of."""
POINT_KEY: Final = r"p:-?[0-9]{1,2}\.[0-9]{2},-?[0-9]{1,3}\.[0-9]{2}"
"""Latitude and longitude with exactly two decimals: no address holds a finer position."""
ROUNDED_KM: Final = 0.7
"""A point rounded to 0.01° is at most so far from the true one: 556 m north and 365 m east in the south of Poland."""
_KEY: Final = re.compile(r"p:(?P<latitude>[^,]+),(?P<longitude>.+)")
_OUTSIDE_DEGREES: Final = 0.01
"""A point so near to a border may be rounded over it."""


def is_point(key: str) -> bool:
    """Tell whether a key of a place is that of a point."""
    return re.fullmatch(POINT_KEY, key) is not None


def place_at(key: str, index: PlaceIndex, gminas: gpd.GeoDataFrame) -> Place | None:
    """
    Return the place of a point; None where it is in none of the gminas.

    Parameters
    ----------
    key
        As `POINT_KEY` has it.
    gminas
        Indexed by code, EPSG:4326: `name`, `powiat_name`, `voivodeship_name`.

    Returns
    -------
    place
        In the gmina that holds the point, called after the nearest of its localities, a larger town before a hamlet at
        its edge.
    """
    match = _KEY.fullmatch(key)
    if match is None or not is_point(key):
        return None
    point = Point(float(match["longitude"]), float(match["latitude"]))
    _, found = gminas.sindex.nearest(point, return_all=False, max_distance=_OUTSIDE_DEGREES)
    if not len(found):
        return None
    gmina = gminas.iloc[found[0]]
    code = str(gminas.index[found[0]])
    here = [place for place in index.found_by_name() if place.gmina_code == code]
    nearest = min(here, key=lambda place: _beyond_km(place, point), default=None)
    return Place(
        key=key,
        name=nearest.name if nearest else gmina["name"],
        kind=POINT,
        gmina_code=code,
        gmina_name=gmina["name"],
        powiat_name=gmina["powiat_name"],
        voivodeship_name=gmina["voivodeship_name"],
        population_persons=None,
        point=point,
        middle=POINT,
    )


def _beyond_km(place: Place, point: Point) -> float:
    """Return how far a point is beyond the edge of a place, taken for as large as its people make it."""
    east = (place.point.x - point.x) * cos(radians(point.y))
    return hypot(east, place.point.y - point.y) * KM_PER_DEGREE - RADIUS_KM * sqrt(persons_of(place))
