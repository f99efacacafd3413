"""Joins of points to areas and of tables by code; each returns its result and what was lost."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import require_same_crs
from geo.errors import FrameError
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


@dataclass(frozen=True, eq=False)
class CodeJoin:
    """
    Two tables joined by code.

    Attributes
    ----------
    joined
        Rows of the left table that found their code, in its order and with its index, with the right
        columns added.
    left_lost
        Codes of the left table that the right one lacks, sorted; missing codes are `None`, first.
    right_lost
        Codes of the right table that no left row asked for, sorted.
    boundary_vintage
        The vintage in which the codes were compared.
    """

    joined: pd.DataFrame
    left_lost: list[str | None]
    right_lost: list[str]
    boundary_vintage: str


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


def join_by_code(
    left: pd.DataFrame,
    right: pd.DataFrame,
    *,
    boundary_vintage: str,
    left_code: str = "area_code",
    right_code: str = "area_code",
) -> CodeJoin:
    """
    Add the columns of one table to another by area code, and report the codes that did not meet.

    Parameters
    ----------
    left
        One row per fact; codes may repeat or be missing.
    right
        One row per area; codes are unique. May be a GeoDataFrame: then the result is one.
    boundary_vintage
        Vintage of the codes of both tables. Where a table has a column `boundary_vintage`, it must say the
        same.
    left_code, right_code
        Columns with the codes, as text of equal length.

    Raises
    ------
    FrameError
        If a code column is missing, the right one repeats a code, other columns have the same name in both
        tables, or a table is of another vintage.
    """
    require_columns(left, left_code, what="left table")
    require_columns(right, right_code, what="right table")
    require_unique(right[right_code], what="right table")
    for table, what in ((left, "left table"), (right, "right table")):
        _require_vintage(table, boundary_vintage, what)

    added = right.set_index(right_code)
    added = added.drop(
        columns=[name for name in ("boundary_vintage",) if name in left.columns and name in added]
    )
    clashing = sorted(set(added.columns) & set(left.columns))
    if clashing:
        raise FrameError(
            f"expected columns named differently in both tables, found {clashing} twice", columns=clashing
        )

    is_met = left[left_code].isin(added.index)
    joined = left[is_met].join(added, on=left_code)
    if isinstance(right, gpd.GeoDataFrame) and not isinstance(left, gpd.GeoDataFrame):
        joined = gpd.GeoDataFrame(joined, geometry=right.geometry.name, crs=right.crs)
    lost = left.loc[~is_met, left_code]
    missing: list[str | None] = [None] if lost.isna().any() else []
    return CodeJoin(
        joined=joined,
        left_lost=missing + sorted(lost.dropna().unique()),
        right_lost=sorted(set(added.index) - set(left[left_code].dropna())),
        boundary_vintage=boundary_vintage,
    )


def _require_vintage(table: pd.DataFrame, boundary_vintage: str, what: str) -> None:
    if "boundary_vintage" not in table.columns:
        return
    others = sorted(set(table["boundary_vintage"].astype(str)) - {boundary_vintage})
    if others:
        raise FrameError(
            f"expected the {what} in boundary vintage {boundary_vintage}, found {others[:5]}; "
            "translate its codes by the crosswalk of vintages first",
            what=what,
            expected=boundary_vintage,
            found=others,
        )
