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


def believed_gmina(point: Point, gmina_code: str | None, stated: StatedArea, areas: AreaIndex) -> str | None:
    """
    Return the gmina of a point: a stated one that is no further than `BORDER_M`, else the one that it lies in.

    Parameters
    ----------
    gmina_code
        The gmina in which the point lies, None outside all.
    """
    if not stated.gmina_codes or gmina_code in stated.gmina_codes:
        return gmina_code
    shapes = metric_shapes(areas, stated.gmina_codes)
    (metric,) = to_metric(gpd.GeoSeries([point], crs=GEOGRAPHIC))
    distances = {str(code): float(metric.distance(shape)) for code, shape in shapes.items()}
    nearest = min(sorted(distances), key=distances.__getitem__, default=None)
    return nearest if nearest is not None and distances[nearest] <= BORDER_M else gmina_code
