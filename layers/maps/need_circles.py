"""What readers reported that they did not find, as circles above a map, each with its number of reports."""

import math
from typing import Any, ClassVar, Final

import geopandas as gpd

from geo.crs import require_geographic
from geo.frames import require_columns
from layers.maps.base import MapPart
from layers.text import style

LARGEST_RADIUS_PX: Final = 28.0
LEAST_RADIUS_PX: Final = 12.0
"""The number has to be read in it; where counts differ more than 5 times the smallest circles are alike."""


class NeedCircles(MapPart):
    """
    A circle for each area, on top of all else and reachable by keyboard.

    Parameters
    ----------
    needs
        One row per area that is told, EPSG:4326: `reports`, at least 1; `told`, what is said of it.

    Raises
    ------
    CrsError
        If the areas are not in EPSG:4326.
    FrameError
        If a column is missing.
    """

    call: ClassVar[str] = "needs"

    def __init__(self, needs: gpd.GeoDataFrame) -> None:
        super().__init__({"points": need_points(needs), "colour": style.NEED_COLOUR, "rim": style.MARK_RIM})


def need_radius(reports: int, highest: int) -> float:
    """Return the radius in pixels: the area of a circle grows with the number, as far as the number has room."""
    return round(max(LEAST_RADIUS_PX, LARGEST_RADIUS_PX * math.sqrt(reports / highest)), 1)


def need_points(needs: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return one entry per area: `at` (latitude, longitude), `count`, `radius` and `told`; the largest first."""
    require_columns(needs, "reports", "told", what="needs")
    require_geographic(needs)
    ordered = needs.sort_values("reports", ascending=False, kind="stable")
    highest = int(ordered["reports"].max()) if len(ordered) else 1
    return [
        {
            "at": [round(point.y, 4), round(point.x, 4)],
            "count": int(count),
            "radius": need_radius(int(count), highest),
            "told": str(told),
        }
        for point, count, told in zip(ordered.geometry, ordered["reports"], ordered["told"], strict=True)
    ]
