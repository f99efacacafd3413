"""Joins of points to areas: in which area each lies, and which points were lost."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import require_same_crs
from geo.frames import POINTS, POLYGONS, require_columns, require_geometry, require_unique


@dataclass(frozen=True, eq=False)
class AreaJoin:
    """
    In which area each point lies.

    Attributes
    ----------
    area_code
        Indexed like the points; missing where there is no area.
    outside
        Index labels of points that lie in no area.
    unlocated
        Index labels of rows that have no point at all.
    """

    area_code: pd.Series
    outside: pd.Index
    unlocated: pd.Index


def points_in_areas(points: gpd.GeoDataFrame | gpd.GeoSeries, areas: gpd.GeoDataFrame) -> AreaJoin:
    """
    Find the area of each point.

    Parameters
    ----------
    points
        One row per point; a missing or empty geometry is allowed and reported.
    areas
        One row per area: `area_code` (unique), polygons in the CRS of the points.

    Returns
    -------
    join
        A point on a shared border belongs to exactly one area, the one with the lowest code, so that counts
        add up and do not depend on the order of rows.

    Raises
    ------
    CrsError
        If the CRS differ or one is missing.
    FrameError
        If the areas repeat a code or lack a polygon, or a point is not a point.
    """
    require_same_crs(points, areas)
    require_columns(areas, "area_code", what="areas")
    require_unique(areas["area_code"], what="areas")
    require_geometry(areas, POLYGONS, what="areas")
    shapes = points.geometry.to_numpy()
    has_point = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    require_geometry(points[has_point], POINTS, what="points")

    by_code = areas.sort_values("area_code")
    codes = by_code["area_code"].to_numpy(dtype=object)
    # The tree holds the points and is asked with polygons: three times as fast as the other way round.
    area_rows, point_rows = shapely.STRtree(shapes).query(by_code.geometry.to_numpy(), predicate="intersects")
    first = np.full(len(shapes), len(codes))
    np.minimum.at(first, point_rows, area_rows)
    found = np.array([*codes, None], dtype=object)[first]
    is_outside = has_point & (first == len(codes))
    return AreaJoin(
        area_code=pd.Series(found, index=points.index, dtype="str", name="area_code"),
        outside=points.index[is_outside],
        unlocated=points.index[~has_point],
    )
