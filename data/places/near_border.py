"""Points near a border: too near to say more of their gmina than the words of their list do."""

from typing import Final

import geopandas as gpd
from shapely import Point

from data.places.place_conflict import metric_shapes
from data.places.stated_area import StatedArea
from data.places.world import AreaIndex
from geo.crs import GEOGRAPHIC, to_metric

BORDER_M: Final = 300.0
"""Of official addresses, 98.4 % lie inside their own gmina; nearly all others are this near to it."""
BEYOND_BORDER_M: Final = 1_000.0
"""
How far a published door may lie beyond the drawn border of the gmina that its address, or its row with a code, states.

The address says the gmina, and our borders are drawn with fewer corners: of the 820 addresses of Rożnów 46 lie beyond
that of their gmina, by up to 600 m, and the workshop in Okuniew by 545 m. Farther away another place is meant.
"""


def believed_gmina(
    point: Point, gmina_code: str | None, stated: StatedArea, areas: AreaIndex, *, limit_m: float = BORDER_M
) -> str | None:
    """
    Return the gmina of a point: a stated one that is no further than a limit, else the one that it lies in.

    Parameters
    ----------
    gmina_code
        The gmina in which the point lies, None outside all.
    limit_m
        Metres: `BORDER_M`, or `BEYOND_BORDER_M` of a door whose list states the code of its gmina.
    """
    if not stated.gmina_codes or gmina_code in stated.gmina_codes:
        return gmina_code
    shapes = metric_shapes(areas, stated.gmina_codes)
    (metric,) = to_metric(gpd.GeoSeries([point], crs=GEOGRAPHIC))
    distances = {str(code): float(metric.distance(shape)) for code, shape in shapes.items()}
    nearest = min(sorted(distances), key=distances.__getitem__, default=None)
    return nearest if nearest is not None and distances[nearest] <= limit_m else gmina_code
