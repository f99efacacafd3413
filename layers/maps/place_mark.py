"""The place a resident chose, and the ring of the distance around it."""

from math import cos, radians
from typing import ClassVar

from shapely import Point

from layers.maps.base import Bounds, MapPart
from layers.text import style

_M_PER_DEGREE = 111_195.0
_MARGIN = 1.08


class PlaceMark(MapPart):
    """
    A target at the place, its name, and a dashed ring.

    Parameters
    ----------
    place
        EPSG:4326.
    name
        Name written below the target.
    distance_m
        Radius of the ring.
    """

    call: ClassVar[str] = "place"

    def __init__(self, place: Point, *, name: str, distance_m: float) -> None:
        super().__init__(
            {
                "at": [place.y, place.x],
                "name": name,
                "distance": distance_m,
                "colour": style.PLACE_COLOUR,
                "rim": style.MARK_RIM,
                "text": style.TEXT,
            }
        )


def bounds_around(place: Point, *, distance_m: float) -> Bounds:
    """Return bounds in which the ring around a place (EPSG:4326) has a little air."""
    half_lat = distance_m * _MARGIN / _M_PER_DEGREE
    half_lng = half_lat / cos(radians(place.y))
    return [[place.y - half_lat, place.x - half_lng], [place.y + half_lat, place.x + half_lng]]
