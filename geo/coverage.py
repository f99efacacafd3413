"""Coverage: the share of a group's people who have a facility near enough."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import require_metric
from geo.errors import FrameError, OptionError
from geo.frames import POINTS, POLYGONS, as_floats, require_geometry, require_not_negative
from geo.reach import Reach


def covered_persons(demand_persons: pd.Series, reach: Reach) -> pd.Series:
    """
    Return how many persons of each demand point have a facility in reach: all of them or none.

    Sums over any grouping of rows give the covered people of gminas, powiats, voivodeships or the country; divide
    them by `share_by_area`.

    Parameters
    ----------
    demand_persons
        Persons of the group, one row per demand point of the reach, in its order. Missing means unknown.
    reach
        Who can reach what. A point whose way is not known (`reach.is_demand_off`) reaches nothing that is known.

    Returns
    -------
    covered_persons
        Indexed like `demand_persons`; missing where they are.

    Raises
    ------
    FrameError
        If the lengths differ or a number is negative.
    """
    if len(demand_persons) != reach.demand_count:
        raise FrameError(f"expected demand_persons of {reach.demand_count} rows, found {len(demand_persons)}")
    require_not_negative(demand_persons, what="demand_persons")
    persons = as_floats(demand_persons, what="demand_persons")
    is_reached = np.zeros(reach.demand_count, dtype=bool)
    is_reached[reach.demand] = True
    covered = np.where(np.isnan(persons) | is_reached, persons, 0.0)
    return pd.Series(covered, index=demand_persons.index, name="covered_persons")


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


def _require_limit(max_distance_m: float) -> None:
    if not (np.isfinite(max_distance_m) and max_distance_m >= 0):
        raise OptionError(
            f"expected a distance of 0 m or more, found {max_distance_m}", max_distance_m=max_distance_m
        )
