"""Towns to find one's way by: dots with names, under the values of a map and never upon its words."""

from typing import ClassVar

import geopandas as gpd

from data.store.plain_text import plain_text
from layers.maps.base import MapPart
from layers.text import style

_DECIMALS = 4  # 11 m


class Towns(MapPart):
    """
    Seats and larger towns, as many as there is room for.

    Parameters
    ----------
    places
        `name`, geometry in EPSG:4326; the most important first.
    """

    call: ClassVar[str] = "towns"

    def __init__(self, places: gpd.GeoDataFrame) -> None:
        points = zip(places["name"], places.geometry, strict=True)
        super().__init__(
            {
                "places": [
                    {"name": plain_text(name), "at": [round(point.y, _DECIMALS), round(point.x, _DECIMALS)]}
                    for name, point in points
                ],
                "style": {"paper": style.PAPER, "text": style.TOWN_TEXT, "font": style.TOWN_FONT},
            }
        )
