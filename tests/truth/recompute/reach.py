"""Who has what within a straight line, and how many of them can be served at most."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow
from scipy.spatial import cKDTree

_HAIR_M = 1e-6
"""A facility exactly at the limit counts, and a computer's metres are a hair off."""


def pairs_within(homes: pd.DataFrame, facilities: np.ndarray, *, limit_m: float) -> np.ndarray:
    """Return the rows of homes and of facilities that lie within a straight line of each other, two columns."""
    if not len(facilities):
        return np.empty((0, 2), dtype=int)
    near = cKDTree(homes[["x", "y"]].to_numpy()).query_ball_point(facilities, limit_m + _HAIR_M)
    return np.array(
        [(home, facility) for facility, here in enumerate(near) for home in here], dtype=int
    ).reshape(-1, 2)


def most_served(persons: np.ndarray, room: np.ndarray, pairs: np.ndarray, *, scale: int = 1000) -> float:
    """
    Return how many people can be given room at most: the greatest flow from homes to facilities.

    Persons and room are counted in thousandths, because the flow is one of whole numbers.
    """
    homes, facilities = len(persons), len(room)
    supply = np.floor(np.asarray(persons) * scale).astype(np.int64)
    taken = np.floor(np.asarray(room) * scale).astype(np.int64)
    source, sink = homes + facilities, homes + facilities + 1
    start = np.concatenate([np.full(homes, source), pairs[:, 0], homes + np.arange(facilities)])
    end = np.concatenate([np.arange(homes), homes + pairs[:, 1], np.full(facilities, sink)])
    capacity = np.concatenate([supply, supply[pairs[:, 0]], taken])
    most = np.iinfo(np.int32).max
    graph = csr_array((np.minimum(capacity, most).astype(np.int32), (start, end)), shape=(sink + 1, sink + 1))
    return float(maximum_flow(graph.tocsr(), source, sink).flow_value) / scale


def fair_shares(persons: np.ndarray, room: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """
    Return the share of each home's people who have room when nobody is favoured: the lowest as high as can be.

    Who together cannot have the mean share are parted from the rest by a smallest cut, with all that they reach, until
    everybody has the mean of their part (Fujishige 1980); the answer is unique, so another program must find the same.
    """
    shares = np.zeros(len(persons))
    is_used = (persons[pairs[:, 0]] > 0) & (room[pairs[:, 1]] > 0)
    pairs = pairs[is_used]
    if not len(pairs):
        return shares
    home, kind, names = _alike(pairs, len(room))
    of_kind = np.zeros(len(names))
    weights = np.bincount(kind, persons[home])
    parts = [(list(range(len(names))), set(range(len(room))))]
    while parts:
        members, facilities = parts.pop()
        own = sorted({facility for kind in members for facility in names[kind] if facility in facilities})
        weight = weights[members].sum()
        mean = min(1.0, room[own].sum() / weight) if own else 0.0
        short = _short_of(mean, [names[kind] for kind in members], weights[members], own, room)
        if short.any() and not short.all():
            below = [kind for kind, is_short in zip(members, short, strict=True) if is_short]
            taken = {facility for kind in below for facility in names[kind]} & facilities
            above = [kind for kind, is_short in zip(members, short, strict=True) if not is_short]
            parts += [(below, taken), (above, facilities - taken)]
        else:
            of_kind[members] = mean
    shares[home] = of_kind[kind]
    return shares


def _alike(pairs: np.ndarray, facilities: int) -> tuple[np.ndarray, np.ndarray, list[tuple[int, ...]]]:
    """
    Return the homes in pairs, the kind of each and the facilities of each kind: homes with the same ones are one.

    Sums of a number of 64 bits by chance for each facility tell sets apart.
    """
    both = np.sort(pairs[:, 0] * facilities + pairs[:, 1])
    home, facility = np.divmod(both[np.diff(both, prepend=-1) != 0], facilities)
    begin = np.flatnonzero(np.diff(home, prepend=-1))
    end = np.append(begin[1:], len(home))
    numbers = np.random.default_rng(0).integers(0, 2**64, size=facilities, dtype=np.uint64)
    sums = np.add.reduceat(numbers[facility], begin)
    _, first, kind = np.unique(sums, return_index=True, return_inverse=True)
    return home[begin], kind, [tuple(facility[begin[row] : end[row]].tolist()) for row in first]


def _short_of(
    mean: float, names: list[tuple[int, ...]], weights: np.ndarray, own: list[int], room: np.ndarray
) -> np.ndarray:
    """Return which kinds of homes are on the short side of a smallest cut when each wants the mean share."""
    place = {facility: position for position, facility in enumerate(own)}
    count, source = len(names), len(names) + len(own)
    scale = 2e9 / max(weights.sum() * max(mean, 1e-12), room[own].sum(), 1.0) if own else 0.0
    links = [
        (kind, count + place[facility])
        for kind, name in enumerate(names)
        for facility in name
        if facility in place
    ]
    if not links:
        return np.zeros(count, dtype=bool)
    wanted = np.floor(weights * mean * scale * (1 - 1e-7)).astype(np.int64)
    taken = np.floor(room[own] * scale).astype(np.int64)
    start = np.concatenate([np.full(count, source), [link[0] for link in links], count + np.arange(len(own))])
    end = np.concatenate([np.arange(count), [link[1] for link in links], np.full(len(own), source + 1)])
    capacity = np.concatenate([wanted, np.full(len(links), 2_000_000_000), taken]).astype(np.int32)
    graph = csr_array((capacity, (start.astype(np.int32), end.astype(np.int32))), shape=(source + 2,) * 2)
    flow = maximum_flow(graph, source, source + 1)
    rest = (graph - flow.flow).tocsr()
    rest.data = np.maximum(rest.data, 0)
    rest.eliminate_zeros()
    seen = np.zeros(source + 2, dtype=bool)
    seen[breadth_first_order(rest, source, return_predecessors=False)] = True
    return seen[:count]
