"""Who reaches what along a straight line times a detour factor."""

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import require_metric
from geo.errors import FrameError, OptionError
from geo.frames import POINTS, first_labels, require_geometry
from geo.pairs import pairs_within
from geo.reach import Reach

ROUNDING_M = 1e-6
"""A cost that is a micrometre above the limit is at the limit: 3,000 m × 1.1 is 3,300.0000000000005 m."""


def straight_line_reach(
    demand: gpd.GeoDataFrame,
    facilities: gpd.GeoDataFrame,
    *,
    max_distance_m: float,
    detour_factor: float = 1.0,
) -> Reach:
    """
    Pair people and facilities by the straight line times a detour factor.

    Parameters
    ----------
    demand, facilities
        One row per demand point and per facility, points in EPSG:2180; either may be empty.
    max_distance_m
        Limit of the cost in metres, detour included; exactly at the limit counts.
    detour_factor
        What a road is longer than the straight line, 1 or more.

    Returns
    -------
    reach
        Cost in metres: straight line × `detour_factor`. Rows are positions in `demand` and `facilities`.

    Raises
    ------
    CrsError
        If a frame is not in EPSG:2180.
    FrameError
        If a row has no point, or one whose coordinates are not finite.
    OptionError
        If the limit is not a number of metres of 0 or more, or the factor is below 1.
    """
    for frame in (demand, facilities):
        require_metric(frame)
    require_geometry(demand, POINTS, what="demand")
    require_geometry(facilities, POINTS, what="facilities")
    if not (np.isfinite(max_distance_m) and max_distance_m >= 0):
        raise OptionError(
            f"expected a distance of 0 m or more, found {max_distance_m}", max_distance_m=max_distance_m
        )
    if not (np.isfinite(detour_factor) and detour_factor >= 1):
        raise OptionError(
            f"expected a detour factor of 1 or more, found {detour_factor}", detour_factor=detour_factor
        )
    first, row, cost_m = pairs_within(
        _xy(demand, what="demand"),
        _xy(facilities, what="facilities"),
        radius_m=max_distance_m / detour_factor + ROUNDING_M,
    )
    cost_m *= detour_factor
    np.minimum(cost_m, max_distance_m, out=cost_m)
    return Reach(
        first=first,
        demand=row,
        cost=cost_m,
        demand_count=len(demand),
        limit=float(max_distance_m),
        unit="m",
        is_demand_off=np.zeros(len(demand), dtype=bool),
        is_facility_off=np.zeros(len(facilities), dtype=bool),
    )


def _xy(frame: gpd.GeoDataFrame, *, what: str) -> NDArray[np.float64]:
    """Return coordinates, which must be finite: a point outside the area of a projection becomes infinite."""
    xy: NDArray[np.float64] = shapely.get_coordinates(frame.geometry.to_numpy())
    is_lost = ~np.isfinite(xy[:, 0] + xy[:, 1])
    if is_lost.any():
        raise FrameError(
            f"expected {what} with finite coordinates, found {int(is_lost.sum())} points without, "
            f"first {first_labels(frame, is_lost)}; look for swapped longitude and latitude",
            what=what,
            rows=first_labels(frame, is_lost),
        )
    return xy
