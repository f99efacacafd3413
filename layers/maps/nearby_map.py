"""The resident's map: the place, the distance around it and the help within."""

from collections.abc import Mapping

import geopandas as gpd
from shapely import Point

from layers.maps.base import MapTexts, SupportMap
from layers.maps.choropleth import PlainAreas
from layers.maps.facility_points import FacilityPoints
from layers.maps.legend import Legend, LegendTexts
from layers.maps.place_mark import PlaceMark, bounds_around

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
    Legend(legend).add_to(made)
    return made
