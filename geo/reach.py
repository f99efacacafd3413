"""
Who can reach what, and at what cost: the pairs of people and facilities that every measure of access is made of.

A measure does not know how the cost was found. A straight line, a road network, a service that comes to the
people: each gives a `Reach`, and coverage, access, gaps and siting are computed from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.errors import FrameError, OptionError
from geo.teryt import COUNTRY

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

    def matrix(self, of_pair: NDArray[np.float64]) -> csr_array:
        """Return a value of pairs as a sparse matrix: facilities are rows, demand points are columns."""
        # Numbers of one kind, or the demand rows are copied into wider ones.
        begin = self.first.astype(np.int32) if len(self.demand) <= np.iinfo(np.int32).max else self.first
        return csr_array((of_pair, self.demand, begin), shape=(self.facility_count, self.demand_count))

    def sum_by_demand(self, of_pair: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up a value of pairs for each demand point; 0 where it has none."""
        sums: NDArray[np.float64] = self.matrix(of_pair).T @ np.ones(self.facility_count)
        return sums

    def sum_by_facility(self, of_pair: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up a value of pairs for each facility; 0 where it has none."""
        return _sums_of_runs(of_pair, self.first)

    def blocks(self, *, most_pairs: int = 1_000_000) -> Iterator[tuple[slice, "Reach"]]:
        """
        Cut the reach into runs of facilities, so that values of pairs need not all be in memory at once.

        Yields the rows of the facilities and their reach, which shares memory with this one. A block has at
        most so many pairs, unless a single facility has more.
        """
        start = 0
        while start < self.facility_count:
            full = np.searchsorted(self.first, self.first[start] + most_pairs, side="right") - 1
            rows = slice(start, max(start + 1, int(full)))
            pairs = slice(self.first[rows.start], self.first[rows.stop])
            yield (
                rows,
                replace(
                    self,
                    first=self.first[rows.start : rows.stop + 1] - pairs.start,
                    demand=self.demand[pairs],
                    cost=self.cost[pairs],
                    is_facility_off=self.is_facility_off[rows],
                ),
            )
            start = rows.stop

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
        return replace(self.where(self.cost <= limit), limit=float(limit))

    def where(self, is_kept: NDArray[np.bool_]) -> "Reach":
        """Return some of the pairs; whoever loses all of them is out of reach, which is known and not off."""
        return replace(
            self,
            first=_first(_sums_of_runs(is_kept, self.first, dtype=np.int64)),
            demand=self.demand[is_kept],
            cost=self.cost[is_kept],
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
    rows = [np.empty(0, dtype=np.int32)]
    for areas in served_areas:
        is_served = np.zeros(len(codes), dtype=bool)
        for area in areas:
            is_served |= True if area == COUNTRY else by_length[len(area)] == area
        rows.append(np.flatnonzero(is_served).astype(np.int32))
    demand = np.concatenate(rows)
    return Reach(
        first=_first(np.array([len(served) for served in rows[1:]], dtype=np.int64)),
        demand=demand,
        cost=np.zeros(len(demand)),
        demand_count=len(codes),
        limit=float(limit),
        unit=unit,
        is_demand_off=np.zeros(len(codes), dtype=bool),
        is_facility_off=np.zeros(len(served_areas), dtype=bool),
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

    Returns
    -------
    reach
        A demand point is off where the cost of a part is not known for it and no other part reaches it; a
        facility is off where all its stops are, or where it has none.

    Raises
    ------
    FrameError
        If the parts differ in demand points, limit or unit.
    """
    kinds = {(part.demand_count, part.limit, part.unit) for part in parts}
    if len(kinds) != 1:
        raise FrameError(f"expected reaches of the same people, limit and unit, found {sorted(kinds)}")
    first, pair = _runs_together([part.first for part in parts], facility_rows, facility_count)
    demand = np.concatenate([part.demand for part in parts])[pair]
    cost = np.concatenate([part.cost for part in parts])[pair]

    stops = np.bincount(np.concatenate(facility_rows).astype(np.int64), minlength=facility_count)
    counts = np.diff(first)
    several = np.flatnonzero(np.repeat(stops > 1, counts))
    if len(several):
        facility = np.repeat(np.arange(facility_count), counts)[several]
        order = np.lexsort((cost[several], demand[several], facility))
        demand[several], cost[several] = demand[several][order], cost[several][order]
        is_kept = np.ones(len(demand), dtype=bool)
        is_kept[several[1:]] = (np.diff(demand[several]) != 0) | (np.diff(facility) != 0)
        first = _first(_sums_of_runs(is_kept, first, dtype=np.int64))
        demand, cost = demand[is_kept], cost[is_kept]

    is_facility_off = np.ones(facility_count, dtype=bool)
    for part, rows in zip(parts, facility_rows, strict=True):
        is_facility_off[rows[~part.is_facility_off]] = False
    is_demand_off = np.logical_or.reduce([part.is_demand_off for part in parts])
    is_demand_off[demand] = False
    return replace(
        parts[0],
        first=first,
        demand=demand,
        cost=cost,
        is_demand_off=is_demand_off,
        is_facility_off=is_facility_off,
    )


def _runs_together(
    firsts: Sequence[NDArray[np.int64]], facility_rows: Sequence[NDArray[np.int64]], facility_count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the pairs of each facility of the whole begin, and the place of each among the parts' pairs."""
    row = np.concatenate(facility_rows).astype(np.int64)
    count = np.concatenate([np.diff(first) for first in firsts])
    order = np.argsort(row, kind="stable")
    begin, count_in_order = (np.cumsum(count) - count)[order], count[order]
    ends = np.cumsum(count_in_order)
    pair = np.repeat(begin - (ends - count_in_order), count_in_order)
    pair += np.arange(len(pair))
    counts = np.bincount(row, weights=count, minlength=facility_count).astype(np.int64)
    return _first(counts), pair


def _first(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the pairs of each facility begin, from how many there are."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _sums_of_runs(
    of_pair: NDArray[Any], first: NDArray[np.int64], dtype: type[np.generic] = np.float64
) -> NDArray[Any]:
    """Add up a value of pairs from each place of `first` to the next; 0 where there are none."""
    sums = np.zeros(len(first) - 1, dtype=dtype)
    has_pairs = np.flatnonzero(np.diff(first))
    if len(has_pairs):
        sums[has_pairs] = np.add.reduceat(of_pair, first[has_pairs], dtype=dtype)
    return sums
