"""Who finds a place where: people allocated to facilities with room, as many as possible and by the shortest ways."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from geo.errors import FrameError
from geo.frames import as_floats, require_not_negative
from geo.reach import Reach

UNITS_PER_PERSON = 1_000_000
"""The solver counts in whole numbers: people in millionths of a person."""

STEPS_TO_LIMIT = 100_000
"""Costs are rounded to this part of the limit before they are compared: 0.15 m at 15 km."""

MOST_PERSONS = 9e7
"""Above this the total cost, people × steps, would not fit into the solver's 64 bits."""

_ROUNDING_UNITS = (
    100  # A ten-thousandth of a person left over is a sum of roundings, not somebody without a place.
)


@dataclass(frozen=True, eq=False)
class Allocation:
    """
    How many people of each demand point have a place in each facility.

    Attributes
    ----------
    reach
        The pairs that people were placed along.
    persons_of_pair
        float64, persons of each pair of `reach`, 0 or more.
    served_persons
        float64, persons of each demand point who have a place, from 0 to its people; missing where its people are
        unknown.
    used_persons
        float64, persons placed in each facility, 0 to its room; missing where its room is unknown.
    """

    reach: Reach
    persons_of_pair: NDArray[np.float64]
    served_persons: NDArray[np.float64]
    used_persons: NDArray[np.float64]


def allocate(demand_persons: pd.Series, room_persons: pd.Series, reach: Reach) -> Allocation:
    """
    Place the greatest possible number of people; among all such placings, the one with the least total person-cost.

    Parameters
    ----------
    demand_persons
        Persons of each demand point of `reach`, in its order. Missing means unknown: nobody of them is placed.
    room_persons
        How many persons each facility of `reach` has room for, in its order. Missing means unknown: it takes nobody.
    reach
        Who can reach what, and at what cost.

    Returns
    -------
    allocation
        See `Allocation`. Persons are divisible: a point may be served in part and by several facilities.

    Raises
    ------
    FrameError
        If lengths differ from those of `reach`, a number is negative or infinite, or there are more than 90 million
        people.

    Notes
    -----
    A transportation problem (Hitchcock 1941), solved as a flow of maximum size and minimum cost by cost scaling
    (Goldberg 1997) in OR-Tools. It is exact for people in millionths of a person and costs in hundred-thousandths of
    the limit.

    What is unique: the number of people placed and their total cost. Demand points that reach the same facilities at
    the same costs share what they get in proportion to their people, so an area-wide service treats all alike. Where
    other placings cost exactly the same, one of them is taken. The solver is given points and facilities sorted by
    their own numbers (people or room, pairs, costs), so the order of rows does not decide, unless these are all equal.
    """
    persons = numbers_of_rows(demand_persons, reach.demand_count, what="demand_persons")
    room = numbers_of_rows(room_persons, reach.facility_count, what="room_persons")
    total = float(np.nansum(persons))
    if total > MOST_PERSONS:
        raise FrameError(f"expected at most {MOST_PERSONS:,.0f} persons, found {total:,.0f}; check the unit")

    facility_of_pair = reach.facility
    # Unknown (NaN) is not above 0, so it has no part in the placing.
    used = np.flatnonzero((persons > 0)[reach.demand] & (room > 0)[facility_of_pair])
    used = used[np.argsort(reach.demand[used], kind="stable")]
    demand, facility = reach.demand[used], facility_of_pair[used]
    steps = np.rint(reach.cost[used] * (STEPS_TO_LIMIT / reach.limit if reach.limit > 0 else 0.0)).astype(
        np.int64
    )

    kinds = _Kinds.of(demand, facility, steps, reach.demand_count)
    persons_of_kind = np.bincount(
        kinds.kind_of_demand[kinds.is_in], weights=persons[kinds.is_in], minlength=len(kinds.begin)
    )
    units = np.maximum(np.rint(persons_of_kind * UNITS_PER_PERSON), 1).astype(np.int64)
    # No room is worth more than everybody: so it always fits into the solver's numbers.
    room_units = np.rint(np.minimum(np.nan_to_num(room), total + 1) * UNITS_PER_PERSON).astype(np.int64)
    flow = _flow(
        units,
        room_units,
        np.repeat(np.arange(len(units)), kinds.length),
        facility[kinds.pair],
        steps[kinds.pair],
    )

    served_units = np.add.reduceat(flow, np.cumsum(kinds.length) - kinds.length) if len(flow) else flow
    is_full = (units - served_units <= _ROUNDING_UNITS) & (served_units > 0)
    share_of_flow = flow / np.repeat(np.where(is_full, served_units, units), kinds.length)
    of_pair = np.zeros(len(reach.demand))
    of_pair[used] = persons[demand] * share_of_flow[kinds.flow_of_pair]
    served = np.minimum(reach.sum_by_demand(of_pair), persons)
    all_placed = np.flatnonzero(kinds.is_in)[is_full[kinds.kind_of_demand[kinds.is_in]]]
    served[all_placed] = persons[all_placed]
    in_facility = np.where(np.isnan(room), np.nan, reach.sum_by_facility(of_pair))
    return Allocation(reach=reach, persons_of_pair=of_pair, served_persons=served, used_persons=in_facility)


def numbers_of_rows(values: pd.Series, count: int, *, what: str) -> NDArray[np.float64]:
    """
    Return a column as floats that are 0 or more or missing, one per row of a reach.

    Raises
    ------
    FrameError
        If there are not `count` of them, or one is negative or infinite.
    """
    if len(values) != count:
        raise FrameError(f"expected {what} of {count} rows, as in the reach, found {len(values)}", what=what)
    require_not_negative(values, what=what)
    return as_floats(values, what=what)


@dataclass(frozen=True, eq=False)
class _Kinds:
    """
    Demand points put together that have the same facilities at the same costs.

    `kind_of_demand` is the kind of each demand point, `is_in` tells which have one. A kind has `length` pairs, those of
    its first point, from `begin` on; `pair` is all of them, one kind after the other, and `flow_of_pair` the position
    in `pair` that stands for each pair.
    """

    kind_of_demand: NDArray[np.int64]
    is_in: NDArray[np.bool_]
    begin: NDArray[np.int64]
    length: NDArray[np.int64]
    pair: NDArray[np.int64]
    flow_of_pair: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        demand: NDArray[np.int32],
        facility: NDArray[np.int32],
        steps: NDArray[np.int64],
        demand_count: int,
    ) -> "_Kinds":
        """Find the kinds; pairs are sorted by demand point, then facility."""
        counts = np.bincount(demand, minlength=demand_count)
        rows = np.flatnonzero(counts)
        starts = np.cumsum(counts) - counts
        what = np.stack([facility.astype(np.int64), steps], axis=1)
        known: dict[bytes, int] = {}
        kind_of_row = np.fromiter(
            (
                known.setdefault(what[begin : begin + length].tobytes(), len(known))
                for begin, length in zip(starts[rows].tolist(), counts[rows].tolist(), strict=True)
            ),
            dtype=np.int64,
            count=len(rows),
        )
        kind_of_demand = np.full(demand_count, -1)
        kind_of_demand[rows] = kind_of_row
        _, first = np.unique(kind_of_row, return_index=True)
        length = counts[rows[first]]
        begin = starts[rows[first]]
        start_of_flow = np.cumsum(length) - length
        within = np.arange(len(demand)) - starts[demand]
        return cls(
            kind_of_demand=kind_of_demand,
            is_in=counts > 0,
            begin=begin,
            length=length,
            pair=np.repeat(begin - start_of_flow, length) + np.arange(length.sum()),
            flow_of_pair=start_of_flow[kind_of_demand[demand]] + within,
        )


def _flow(
    units: NDArray[np.int64],
    room_units: NDArray[np.int64],
    tail: NDArray[np.int64],
    facility: NDArray[np.int32],
    steps: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the units that go along each arc from kind `tail` to `facility`: as many as can, as cheaply as can."""
    if not len(tail):
        return np.zeros(0, dtype=np.int64)
    kind_rank = _rank(units, tail, steps)
    facility_rank = _rank(room_units, facility, steps)
    heads, tails = facility_rank[facility] + len(units), kind_rank[tail]
    order = np.lexsort((heads, tails))
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        tails[order].astype(np.int32),
        heads[order].astype(np.int32),
        np.minimum(units[tail], room_units[facility])[order],
        steps[order],
    )
    nodes = np.concatenate([kind_rank, facility_rank + len(units)]).astype(np.int32)
    # A facility without an arc is no node of the solver.
    has_node = nodes < solver.num_nodes()
    solver.set_nodes_supplies(nodes[has_node], np.concatenate([units, -room_units])[has_node])
    status = solver.solve_max_flow_with_min_cost()
    if status != SimpleMinCostFlow.OPTIMAL:
        raise RuntimeError(
            f"expected an optimal flow, the solver says {status}; this is an error in our numbers"
        )
    flow = np.zeros(len(tail), dtype=np.int64)
    flow[order] = solver.flows(arcs)
    return flow


def _rank(
    amount: NDArray[np.int64], of_arc: NDArray[np.integer], steps: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the place of each node when they are sorted by amount, number of arcs and sum of costs."""
    count = len(amount)
    cost = np.bincount(of_arc, weights=steps.astype(float), minlength=count)
    rank = np.empty(count, dtype=np.int64)
    rank[np.lexsort((cost, np.bincount(of_arc, minlength=count), amount))] = np.arange(count)
    return rank
