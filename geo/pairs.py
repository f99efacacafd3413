"""All pairs of two sets of points that lie within a distance of each other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BANDS_PER_RADIUS = 8
"""Bands of points are this part of the radius high: thinner ones try fewer pairs in vain but ask more often."""
MOST_BANDS = 4096
"""So that a small radius in a large country does not make more bands than points."""
CHUNK_PAIRS = 100_000
"""Pairs measured at a time: what a processor core keeps in its own memory."""
SLACK_M = 0.001
"""Added to the radius where candidates are looked for, so that rounding loses none; the distance decides."""


@dataclass(frozen=True, eq=False)
class _Runs:
    """Candidates: for each facility (row) and band that its circle crosses (column), a run of sorted points."""

    begin: NDArray[np.int64]
    count: NDArray[np.int64]
    sorted_rows: NDArray[np.int32]  # row of each demand point, sorted by band and x


def pairs_within(
    demand_xy: NDArray[np.float64], facility_xy: NDArray[np.float64], *, radius_m: float
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """
    Return all pairs of a demand point and a facility that are at most a distance apart.

    Parameters
    ----------
    demand_xy, facility_xy
        Finite coordinates in metres, one row per point, two columns; either may be empty.
    radius_m
        The greatest distance, 0 or more; a pair exactly at it is in.

    Returns
    -------
    first
        int64, one more than there are facilities: pairs of facility `j` are `first[j]:first[j + 1]`.
    demand
        int32, row of the demand point of each pair, in rising order within a facility.
    distance_m
        float64, of each pair.

    Notes
    -----
    A range join. Demand points are sorted into horizontal bands, and by x within a band: what a facility may
    reach is then one run of points in each band that its circle crosses, found by bisection. The runs are
    written out, put back in the order of rows and measured, some facilities at a time. The time grows with
    the number of pairs.
    """
    first = np.zeros(len(facility_xy) + 1, dtype=np.int64)
    if not (len(demand_xy) and len(facility_xy)):
        return first, np.empty(0, dtype=np.int32), np.empty(0)
    runs = _runs(demand_xy, facility_xy, radius_m)
    tried = np.concatenate([[0], np.cumsum(runs.count.sum(axis=1))])
    # Room for all candidates; memory that is not written to is not taken.
    demand = np.empty(tried[-1], dtype=np.int32)
    distance_m = np.empty(tried[-1])
    x, y = np.ascontiguousarray(demand_xy.T)
    most_facilities = np.iinfo(np.int32).max // len(demand_xy)  # so that facility and row fit into one number
    start, found = 0, 0
    while start < len(facility_xy):
        full = np.searchsorted(tried, tried[start] + CHUNK_PAIRS, side="right") - 1
        chunk = slice(start, max(start + 1, min(int(full), start + most_facilities)))
        start = chunk.stop
        candidates = runs.count[chunk].sum(axis=1)
        row = _rows_of_runs(runs, chunk)
        apart_m = np.repeat(facility_xy[chunk, 0], candidates)
        apart_m -= x.take(row)
        apart_m *= apart_m
        dy = np.repeat(facility_xy[chunk, 1], candidates)
        dy -= y.take(row)
        dy *= dy
        apart_m += dy
        np.sqrt(apart_m, out=apart_m)
        is_in = apart_m <= radius_m
        inside = np.concatenate([[0], np.cumsum(is_in, dtype=np.int32)])
        first[chunk.start + 1 : chunk.stop + 1] = found + inside[np.cumsum(candidates)]
        part = slice(found, found + int(inside[-1]))
        demand[part], distance_m[part] = row[is_in], apart_m[is_in]
        found = part.stop
    return first, demand[:found], distance_m[:found]


def _runs(demand_xy: NDArray[np.float64], facility_xy: NDArray[np.float64], radius_m: float) -> _Runs:
    """Find the runs of points that may be within the radius; all that are within are in them."""
    west, south = demand_xy.min(axis=0)
    width_m, depth_m = demand_xy.max(axis=0) - (west, south)
    height_m = max(radius_m / BANDS_PER_RADIUS, depth_m / MOST_BANDS, 1.0)
    # Bands laid end to end make one line to search. A metre between them keeps each run in its own band.
    length_m = width_m + 1.0
    along_m = np.floor((demand_xy[:, 1] - south) / height_m) * length_m + (demand_xy[:, 0] - west)
    sorted_rows = np.argsort(along_m)
    along_m = along_m[sorted_rows]

    reach_m = radius_m + SLACK_M
    x, y = facility_xy[:, :1] - west, facility_xy[:, 1:] - south
    band = np.floor((y - reach_m) / height_m) + np.arange(int(2 * reach_m / height_m) + 2)
    away_m = np.maximum(np.maximum(band * height_m - y, y - (band + 1) * height_m), 0.0)
    half_m = np.sqrt(np.maximum(reach_m**2 - away_m**2, 0.0)) + SLACK_M
    left = np.searchsorted(along_m, band * length_m + np.clip(x - half_m, -0.25, width_m + 0.25))
    right = np.searchsorted(along_m, band * length_m + np.clip(x + half_m, -0.25, width_m + 0.25))
    return _Runs(left, right - left, sorted_rows.astype(np.int32))


def _rows_of_runs(runs: _Runs, chunk: slice) -> NDArray[np.int32]:
    """Write out the rows of the runs of some facilities, rising within each facility."""
    begin, count = runs.begin[chunk], runs.count[chunk]
    of_facility = count.sum(axis=1)
    begin, count = begin.ravel(), count.ravel()
    place = np.repeat((begin - (np.cumsum(count) - count)).astype(np.int32), count)
    place += np.arange(len(place), dtype=np.int32)
    # One number holds facility and row, because sorting numbers is much faster than sorting by two keys.
    base = np.repeat(
        np.arange(len(of_facility), dtype=np.int32) * np.int32(len(runs.sorted_rows)), of_facility
    )
    row: NDArray[np.int32] = runs.sorted_rows.take(place)
    row += base
    row.sort()
    row -= base
    return row
