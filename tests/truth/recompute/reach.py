"""Who has what within a straight line, and how many of them can be served at most."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow
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
