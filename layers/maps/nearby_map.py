"""The resident's map: the place, the distance around it and the help within."""

from collections.abc import Mapping
from math import cos, radians
from typing import ClassVar

import geopandas as gpd
from shapely import Point

from layers.maps.base import Bounds, MapPart, MapTexts, SupportMap
from layers.maps.choropleth import PlainAreas
from layers.maps.facility_points import FacilityPoints, MarkSteps
from layers.maps.legend import Legend, LegendTexts
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


_GROUND_AROUND = 2.0  # gminas are drawn as far as this many distances from the place


def nearby_map(
    services: gpd.GeoDataFrame,
    *,
    place: Point,
    place_name: str,
    distance_m: float,
    legend: LegendTexts,
    texts: MapTexts,
    geometry_urls: Mapping[str, str] | None = None,
    steps: MarkSteps | None = None,
) -> SupportMap:
    """
    Return the map beside a resident's list, with the same facilities.

    Parameters
    ----------
    services
        As `layers.maps.facility_points.FacilityPoints` takes them. May be empty.
    place, place_name
        The chosen place, EPSG:4326, and its name.
    distance_m
        Radius of the ring.
    geometry_urls
        Level → address; `gmina` gives borders and names to find one's way by, as there is no background map.
    steps
        Goes from mark to mark.
    """
    made = SupportMap(texts=texts, bounds=bounds_around(place, distance_m=distance_m))
    urls = geometry_urls or {}
    if "gmina" in urls:
        PlainAreas(
            geometry_url=urls["gmina"],
            borders_url=urls.get("voivodeship"),
            near=bounds_around(place, distance_m=distance_m * _GROUND_AROUND),
        ).add_to(made)
    PlaceMark(place, name=place_name, distance_m=distance_m).add_to(made)
    FacilityPoints(services).add_to(made)
    if steps is not None:
        steps.add_to(made)
    Legend(legend).add_to(made)
    return made
