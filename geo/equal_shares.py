"""How many people of each point have a place when places are shared alike: as many as can be, and nobody favoured."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from ortools.graph.python.max_flow import SimpleMaxFlow
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.allocation import MOST_PERSONS, UNITS_PER_PERSON, numbers_of_rows
from geo.errors import FrameError
from geo.reach import Reach

_ALL = 1 - 1e-9
"""A share of one but for the last digits is everybody."""


def equal_shares(demand_persons: pd.Series, room_persons: pd.Series, reach: Reach) -> NDArray[np.float64]:
    """
    Return how many people of each demand point have a place in reach when the least served share is made greatest.

    Parameters
    ----------
    demand_persons
        Persons of each demand point of `reach`, in its order. Missing means unknown: nobody of them is served.
    room_persons
        How many persons each facility of `reach` has room for, in its order. Missing means unknown: it takes nobody.
    reach
        Who can reach what; the costs play no part.

    Returns
    -------
    served_persons
        Persons of each demand point, from 0 to its people; missing where these are unknown. Their sum is the greatest
        possible.

    Raises
    ------
    FrameError
        If lengths differ from those of `reach`, a number is negative or infinite, or there are more than 90 million
        people.

    Notes
    -----
    The lexicographically optimal flow (Megiddo 1974): the lowest share served is as high as it can be, then the second
    lowest, and so on. It is also a greatest flow, and unlike that it is unique at every point, whatever the order of
    rows. More room never serves fewer at any point, and more people somewhere never serve more of any other point, nor
    leave over fewer of their own (Bochet, İlkılıç, Moulin 2013): so a sum over any area moves the right way. Found by
    cutting: where people cannot all have the mean share, a smallest cut parts those who are short, with all that they
    reach, from the others (Fujishige 1980).
    """
    persons = numbers_of_rows(demand_persons, reach.demand_count, what="demand_persons")
    room = numbers_of_rows(room_persons, reach.facility_count, what="room_persons")
    total = float(np.nansum(persons))
    if total > MOST_PERSONS:
        raise FrameError(f"expected at most {MOST_PERSONS:,.0f} persons, found {total:,.0f}; check the unit")
    facility = reach.facility
    is_used = (persons > 0)[reach.demand] & (room > 0)[facility]
    share = np.zeros(reach.demand_count)
    if is_used.any():
        kind_of_point, who = _kinds(reach.demand[is_used], facility[is_used], reach)
        is_in = kind_of_point >= 0
        weight = np.bincount(kind_of_point[is_in], persons[is_in], who.shape[0]).astype(np.float64)
        # No room is worth more than everybody: so it always fits into the solver's numbers.
        share[is_in] = _shares(who, weight, np.minimum(np.nan_to_num(room), total + 1))[kind_of_point[is_in]]
    return np.where(np.isnan(persons), np.nan, persons * share)


def _kinds(
    demand: NDArray[np.int32], facility: NDArray[np.int32], reach: Reach
) -> tuple[NDArray[np.int64], csr_array]:
    """Put together points that reach the same facilities: the kind of each point (-1: none), and who reaches what."""
    shape = (reach.demand_count, reach.facility_count)
    who = csr_array((np.ones(len(demand)), (demand, facility)), shape=shape)
    who.sort_indices()
    kind_of_point = np.full(reach.demand_count, -1)
    known: dict[bytes, int] = {}
    first: list[int] = []
    for point in np.flatnonzero(np.diff(who.indptr)):
        key = who.indices[who.indptr[point] : who.indptr[point + 1]].tobytes()
        kind = known.setdefault(key, len(known))
        if kind == len(first):
            first.append(int(point))
        kind_of_point[point] = kind
    return kind_of_point, who[np.array(first)].tocsr()


def _shares(who: csr_array, weight: NDArray[np.float64], room: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of each kind that is served."""
    count = who.shape[0]
    share = np.zeros(count)
    both = csr_array(
        (np.ones(who.nnz), (np.repeat(np.arange(count), np.diff(who.indptr)), who.indices + count)),
        shape=(count + who.shape[1],) * 2,
    )
    _, part = connected_components(both, directed=False)
    order = np.argsort(part[:count], kind="stable")
    kinds_of_parts = np.split(order, np.flatnonzero(np.diff(part[:count][order])) + 1)
    todo: list[tuple[NDArray[np.int64], NDArray[np.bool_] | None]] = [
        (kinds, None) for kinds in kinds_of_parts
    ]
    while todo:
        kinds, is_open = todo.pop()
        rows = who[kinds].tocoo()
        tail, head = rows.row, rows.col
        if is_open is not None:
            is_left = is_open[head]
            tail, head = tail[is_left], head[is_left]
        facilities, head = np.unique(head, return_inverse=True)
        there, wanted = float(room[facilities].sum()), float(weight[kinds].sum())
        # Compared before it is divided: of a crumb of a person any room is more than a number can hold.
        level = 1.0 if there >= _ALL * wanted else there / wanted
        is_short = _short(tail, head, weight[kinds] * level, room[facilities]) if len(facilities) else None
        if is_short is None or is_short.all() or not is_short.any():
            share[kinds] = level
            continue
        taken = np.unique(head[is_short[tail]])
        todo.append((kinds[is_short], is_open))
        if level == 1.0:
            share[kinds[~is_short]] = 1.0
            continue
        left = np.zeros(who.shape[1], dtype=bool)
        left[facilities] = True
        left[facilities[taken]] = False
        todo.append((kinds[~is_short], left))
    return share


def _short(
    tail: NDArray[np.int64],
    head: NDArray[np.int64],
    wanted: NDArray[np.float64],
    room: NDArray[np.float64],
) -> NDArray[np.bool_] | None:
    """Return which kinds are short of what they want even with all that they reach; None when nobody is."""
    kinds, facilities = len(wanted), len(room)
    source, sink = kinds + facilities, kinds + facilities + 1
    # Rounded down and up, so that rounding alone makes nobody short.
    units = np.floor(wanted * UNITS_PER_PERSON).astype(np.int64)
    room_units = np.ceil(room * UNITS_PER_PERSON).astype(np.int64)
    solver = SimpleMaxFlow()
    solver.add_arcs_with_capacity(
        np.full(kinds, source, dtype=np.int32), np.arange(kinds, dtype=np.int32), units
    )
    solver.add_arcs_with_capacity(
        tail.astype(np.int32), (head + kinds).astype(np.int32), np.minimum(units[tail], room_units[head])
    )
    solver.add_arcs_with_capacity(
        np.arange(kinds, kinds + facilities, dtype=np.int32),
        np.full(facilities, sink, dtype=np.int32),
        room_units,
    )
    status = solver.solve(source, sink)
    if status != SimpleMaxFlow.OPTIMAL:
        raise RuntimeError(
            f"expected a greatest flow, the solver says {status}; this is an error in our numbers"
        )
    if solver.optimal_flow() >= units.sum() - kinds:
        return None
    side = np.array(solver.get_source_side_min_cut())
    is_short = np.zeros(kinds, dtype=bool)
    is_short[side[side < kinds]] = True
    return is_short
