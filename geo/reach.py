"""
Who can reach what, and at what cost: the pairs of people and facilities that every measure of access is made of.

A measure does not know how the cost was found. A straight line, a road network, a service that comes to the
people: each gives a `Reach`, and coverage, access, gaps and siting are computed from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo.crs import require_metric
from geo.errors import FrameError, OptionError
from geo.frames import POINTS, require_geometry

CostUnit = Literal["m", "min"]


@dataclass(frozen=True, eq=False)
class Reach:
    """
    All pairs of a demand point and a facility whose cost is at most a limit, in the order of facilities.

    Attributes
    ----------
    first
        int64, one more than there are facilities: pairs of facility `j` are `first[j]:first[j + 1]`.
    demand
        int32, row of the demand point of each pair; within a facility in rising order, none twice.
    cost
        float64, what the trip of each pair costs, in `unit`; 0 or more.
    demand_count
        Number of demand points, those that reach nothing included.
    limit
        The greatest cost that was looked for; a pair exactly at the limit is in.
    unit
        `m` or `min`.
    is_demand_off, is_facility_off
        bool, demand points and facilities that the cost is not known for (too far from the road network): they
        are in no pair, and nothing may be said of them.
    """

    first: NDArray[np.int64]
    demand: NDArray[np.int32]
    cost: NDArray[np.float64]
    demand_count: int
    limit: float
    unit: CostUnit
    is_demand_off: NDArray[np.bool_]
    is_facility_off: NDArray[np.bool_]

    @property
    def facility_count(self) -> int:
        """Number of facilities, those that nobody reaches included."""
        return len(self.first) - 1

    @property
    def facility(self) -> NDArray[np.int32]:
        """Row of the facility of each pair."""
        return np.repeat(np.arange(self.facility_count, dtype=np.int32), np.diff(self.first))

    def sum_by_demand(self, of_pair: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up a value of pairs for each demand point; 0 where it has none."""
        return np.bincount(self.demand, weights=of_pair, minlength=self.demand_count).astype(np.float64)

    def sum_by_facility(self, of_pair: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up a value of pairs for each facility; 0 where it has none."""
        sums = np.zeros(self.facility_count)
        has_pairs = np.flatnonzero(np.diff(self.first))
        if len(has_pairs):
            sums[has_pairs] = np.add.reduceat(of_pair, self.first[has_pairs])
        return sums

    def least_cost(self) -> NDArray[np.float64]:
        """Return the cost of the nearest facility of each demand point; infinite where none is within the limit."""
        least = np.full(self.demand_count, np.inf)
        np.minimum.at(least, self.demand, self.cost)
        return least

    def within(self, limit: float) -> "Reach":
        """Return the pairs that cost at most `limit`, which is not above the present limit."""
        if not 0 <= limit <= self.limit:
            raise OptionError(
                f"expected a limit from 0 to {self.limit:g} {self.unit}, found {limit:g}", limit=limit
            )
        is_in = self.cost <= limit
        counts = self.sum_by_facility(is_in.astype(float)).astype(np.int64)
        return replace(
            self,
            first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            demand=self.demand[is_in],
            cost=self.cost[is_in],
            limit=float(limit),
        )


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
        If a row has no point.
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
    pairs = _pairs_within(_xy(demand), _xy(facilities), max_distance_m / detour_factor)
    facility, row, distance_m = pairs
    # What was within the line may be a hair beyond the limit when multiplied, so it is asked again.
    return _reach(
        facility,
        row,
        distance_m * detour_factor,
        demand_count=len(demand),
        facility_count=len(facilities),
        limit=max_distance_m,
        unit="m",
    )


def area_reach(
    demand_codes: Sequence[str], served_areas: Sequence[Sequence[str]], *, limit: float, unit: CostUnit
) -> Reach:
    """
    Pair people with services that come to them, or answer by phone, in the areas that they serve; the cost is 0.

    Parameters
    ----------
    demand_codes
        Gmina code (6 digits) of each demand point.
    served_areas
        For each service, the codes of its areas: 2, 4 or 6 digits, or `00` for the whole country.
    limit, unit
        Those of the reach that it will be joined with.

    Returns
    -------
    reach
        One facility per service, in the given order.
    """
    codes = np.asarray(demand_codes, dtype=str)
    by_length = {length: codes.astype(f"<U{length}") for length in (2, 4, 6)}
    facility, row = [], []
    for position, areas in enumerate(served_areas):
        is_served = np.zeros(len(codes), dtype=bool)
        for area in areas:
            is_served |= True if area == "00" else by_length[len(area)] == area
        served = np.flatnonzero(is_served)
        row.append(served)
        facility.append(np.full(len(served), position))
    rows = np.concatenate([*row, np.empty(0, dtype=np.int64)])
    return _reach(
        np.concatenate([*facility, np.empty(0, dtype=np.int64)]),
        rows,
        np.zeros(len(rows)),
        demand_count=len(codes),
        facility_count=len(served_areas),
        limit=limit,
        unit=unit,
    )


def joined_reach(
    parts: Sequence[Reach], facility_rows: Sequence[NDArray[np.int64]], *, facility_count: int
) -> Reach:
    """
    Put reaches of the same people together.

    Parameters
    ----------
    parts
        Reaches with the same demand points, limit and unit.
    facility_rows
        For each part, the row that each of its facilities has in the whole. Several may have the same row (the
        stops of one bus): of their pairs with one demand point the cheapest is kept.
    facility_count
        Number of facilities of the whole.

    Raises
    ------
    FrameError
        If the parts differ in demand points, limit or unit.
    """
    kinds = {(part.demand_count, part.limit, part.unit) for part in parts}
    if len(kinds) != 1:
        raise FrameError(f"expected reaches of the same people, limit and unit, found {sorted(kinds)}")
    facility = np.concatenate([rows[part.facility] for part, rows in zip(parts, facility_rows, strict=True)])
    is_off = np.ones(facility_count, dtype=bool)
    for part, rows in zip(parts, facility_rows, strict=True):
        is_off[rows[~part.is_facility_off]] = False
    whole = _reach(
        facility,
        np.concatenate([part.demand for part in parts]),
        np.concatenate([part.cost for part in parts]),
        demand_count=parts[0].demand_count,
        facility_count=facility_count,
        limit=parts[0].limit,
        unit=parts[0].unit,
    )
    is_demand_off = np.logical_or.reduce([part.is_demand_off for part in parts])
    is_demand_off[whole.demand] = False
    return replace(whole, is_demand_off=is_demand_off, is_facility_off=is_off)


def _pairs_within(
    demand_xy: NDArray[np.float64], facility_xy: NDArray[np.float64], radius_m: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return facility row, demand row and distance of every pair within the radius."""
    if not (len(demand_xy) and len(facility_xy)):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0)
    # A hair more than the radius: the limit itself is judged on the cost.
    lists = cKDTree(demand_xy).query_ball_point(facility_xy, radius_m * (1 + 1e-12) + 1e-9)
    facility = np.repeat(np.arange(len(facility_xy)), [len(rows) for rows in lists])
    row = np.concatenate([np.asarray(rows, dtype=np.int64) for rows in lists])
    return facility, row, np.hypot(*(demand_xy[row] - facility_xy[facility]).T)


def _reach(
    facility: NDArray[np.int64],
    row: NDArray[np.int64],
    cost: NDArray[np.float64],
    *,
    demand_count: int,
    facility_count: int,
    limit: float,
    unit: CostUnit,
) -> Reach:
    """Sort pairs, leave out those beyond the limit, and keep the cheapest of equal pairs."""
    is_in = cost <= limit
    facility, row, cost = facility[is_in], row[is_in], cost[is_in]
    order = np.lexsort((cost, row, facility))
    facility, row, cost = facility[order], row[order], cost[order]
    if len(row):
        is_new = np.concatenate([[True], (np.diff(row) != 0) | (np.diff(facility) != 0)])
        facility, row, cost = facility[is_new], row[is_new], cost[is_new]
    counts = np.bincount(facility, minlength=facility_count) if len(facility) else np.zeros(facility_count)
    return Reach(
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        demand=row.astype(np.int32),
        cost=cost.astype(np.float64),
        demand_count=demand_count,
        limit=float(limit),
        unit=unit,
        is_demand_off=np.zeros(demand_count, dtype=bool),
        is_facility_off=np.zeros(facility_count, dtype=bool),
    )


def _xy(frame: gpd.GeoDataFrame) -> NDArray[np.float64]:
    return shapely.get_coordinates(frame.geometry.to_numpy())
