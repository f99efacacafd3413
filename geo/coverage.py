"""Coverage: the share of a group's people who have a facility near enough."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo.crs import require_metric
from geo.errors import OptionError
from geo.frames import POINTS, POLYGONS, as_floats, require_columns, require_geometry, require_not_negative


def coverage_share(
    demand: gpd.GeoDataFrame, facilities: gpd.GeoDataFrame, *, max_distance_m: float
) -> pd.Series:
    """
    Return the share of each gmina's demand that has a facility near enough.

    Parameters
    ----------
    demand
        One row per settlement point: `gmina_code`, `demand_persons`, point geometry, EPSG:2180.
    facilities
        One row per facility, point geometry, same CRS. May be empty.
    max_distance_m
        Straight-line limit in metres; a facility exactly at the limit counts.

    Returns
    -------
    coverage_share
        Indexed by `gmina_code`, sorted, 0 to 1. Missing where demand is zero or unknown.

    Raises
    ------
    CrsError
        If a frame is not in EPSG:2180.
    FrameError
        If a column is missing, a facility has no point or demand is negative.
    OptionError
        If the limit is not a number of metres of 0 or more.
    """
    covered = covered_persons(demand, facilities, max_distance_m=max_distance_m)
    return share_by_area(covered, demand["demand_persons"], demand["gmina_code"])


def covered_persons(
    demand: gpd.GeoDataFrame, facilities: gpd.GeoDataFrame, *, max_distance_m: float
) -> pd.Series:
    """
    Return how many persons of each demand row have a facility near enough: all of them or none.

    Sums over any grouping of rows give the covered people of powiats, voivodeships or the country; divide
    them by `share_by_area`. Parameters and errors are those of `coverage_share`.

    Returns
    -------
    covered_persons
        Indexed like `demand`; missing where its `demand_persons` are.
    """
    for frame in (demand, facilities):
        require_metric(frame)
    require_columns(demand, "gmina_code", "demand_persons", what="demand")
    require_geometry(demand, POINTS, what="demand")
    require_geometry(facilities, POINTS, what="facilities")
    require_not_negative(demand["demand_persons"].set_axis(demand["gmina_code"]), what="demand_persons")
    _require_limit(max_distance_m)
    persons = as_floats(demand["demand_persons"], what="demand_persons")
    is_covered = np.zeros(len(demand), dtype=bool)
    if len(demand) and len(facilities):
        # Not `distance_upper_bound`: it leaves out a facility exactly at the limit.
        distance_m, _ = cKDTree(_xy(facilities)).query(_xy(demand))
        is_covered = distance_m <= max_distance_m
    covered = np.where(np.isnan(persons), np.nan, persons * is_covered)
    return pd.Series(covered, index=demand.index, name="covered_persons")


def share_by_area(covered: pd.Series, demand_persons: pd.Series, area_codes: pd.Series) -> pd.Series:
    """
    Divide covered people by all people, area by area.

    Parameters
    ----------
    covered, demand_persons, area_codes
        One row per demand point, in the same order: persons covered, persons, and the code of the area to sum
        over (gmina, or its first 4 or 2 digits).

    Returns
    -------
    coverage_share
        Indexed by area code, sorted, 0 to 1. Missing where the area's demand is zero, or unknown in any row.
    """
    table = pd.DataFrame(
        {
            "covered": as_floats(covered, what="covered persons"),
            "persons": as_floats(demand_persons, what="demand_persons"),
        }
    )
    codes = pd.Series(area_codes.to_numpy(), name=area_codes.name, dtype=area_codes.dtype)
    sums = table.groupby(codes).sum()
    is_known = table.notna().groupby(codes).all().all(axis=1) & (sums["persons"] > 0)
    share = (sums["covered"] / sums["persons"].where(is_known)).clip(upper=1.0)
    return share.rename("coverage_share")


def near_areas(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, *, max_distance_m: float) -> pd.Series:
    """
    Tell which points lie within a distance of any of the areas, or inside one.

    Asked with the areas where nobody listed facilities, it finds the people whose lack of a facility is not
    certain: one may stand just beyond the border of the register.

    Parameters
    ----------
    points
        One row per point, EPSG:2180.
    areas
        One row per area, polygons, EPSG:2180. May be empty.
    max_distance_m
        Straight-line limit in metres; exactly at the limit counts.

    Returns
    -------
    is_near
        Indexed like `points`, bool.

    Raises
    ------
    CrsError
        If a frame is not in EPSG:2180.
    FrameError
        If a point or a polygon is missing.
    OptionError
        If the limit is not a number of metres of 0 or more.
    """
    for frame in (points, areas):
        require_metric(frame)
    require_geometry(points, POINTS, what="points")
    require_geometry(areas, POLYGONS, what="areas")
    _require_limit(max_distance_m)
    is_near = np.zeros(len(points), dtype=bool)
    shapes = areas.geometry.to_numpy()
    # Points inside are found by the prepared polygon; only the others need their distance to its border.
    _, inside = shapely.STRtree(points.geometry.to_numpy()).query(shapes, predicate="intersects")
    is_near[inside] = True
    outside = np.flatnonzero(~is_near)
    others = points.geometry.to_numpy()[outside]
    _, near = shapely.STRtree(others).query(
        shapely.boundary(shapes), predicate="dwithin", distance=max_distance_m
    )
    is_near[outside[near]] = True
    return pd.Series(is_near, index=points.index, name="is_near")


def _xy(frame: gpd.GeoDataFrame) -> NDArray[np.float64]:
    return shapely.get_coordinates(frame.geometry.to_numpy())


def _require_limit(max_distance_m: float) -> None:
    if not (np.isfinite(max_distance_m) and max_distance_m >= 0):
        raise OptionError(
            f"expected a distance of 0 m or more, found {max_distance_m}", max_distance_m=max_distance_m
        )
