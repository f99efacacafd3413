"""Maximum coverage: the given number of sites that have the most people within reach, room not counted."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from geo.errors import FrameError, OptionError
from geo.frames import as_floats, require_not_negative
from geo.reach import Reach

_WHOLE = 1e-6  # how near to 0 or 1 the solver's answer counts as it


@dataclass(frozen=True, eq=False)
class CoveragePlan:
    """
    Sites that cover the most people.

    Attributes
    ----------
    sites
        Rows of the chosen candidates, rising; at most as many as asked for, without the locked ones.
    covered_persons, gained_persons
        Persons within reach of a chosen or locked site, and those of them that no locked site reaches.
    bound_persons
        Nobody can gain more than this number, whatever sites they choose.
    gap_share
        (bound - gained) / bound, 0 when the plan is proven to be the best.
    is_proven
        False when the time ran out: the best set may gain up to `gap_share` of the bound more.
    unknown_count
        Demand points whose persons are not known; they are in no sum.
    """

    sites: NDArray[np.int64]
    covered_persons: float
    gained_persons: float
    bound_persons: float
    gap_share: float
    is_proven: bool
    unknown_count: int


@dataclass(frozen=True, eq=False)
class _Cover:
    """Groups of people whom the same candidates reach, the sites to choose, and the program on both."""

    groups: sp.csr_array  # groups × sites
    persons: NDArray[np.float64]
    rows: sp.csr_array
    upper: NDArray[np.float64]
    costs: NDArray[np.float64]

    def covered(self, sites: NDArray[np.int64]) -> float:
        is_open = np.zeros(self.groups.shape[1])
        is_open[sites] = 1
        return float(self.persons[(self.groups @ is_open) > 0].sum())


def maximum_coverage(
    demand_persons: pd.Series,
    reach: Reach,
    *,
    sites_count: int,
    locked: Sequence[int] = (),
    gap_share: float = 0.0,
    time_limit_s: float = 60.0,
) -> CoveragePlan:
    """
    Choose sites so that the most people have one within reach.

    Parameters
    ----------
    demand_persons
        Persons of each demand point, in the order of `reach`; missing means unknown and is left out.
    reach
        Pairs of demand points and candidates.
    sites_count
        How many sites to choose at most, 1 or more, beside the locked ones.
    locked
        Rows of facilities in `reach` that are open whatever is chosen.
    gap_share
        Stop when the plan is at most this share from the best.
    time_limit_s
        Stop after this many seconds with the best found so far.

    Raises
    ------
    FrameError
        If the persons do not fit the reach or are negative.
    OptionError
        If the count, a locked row, the gap or the time is out of range.

    Notes
    -----
    Church, R., ReVelle, C. (1974), The maximal covering location problem, Papers of the Regional Science
    Association 32, 101-118, doi 10.1007/BF01942293: maximise the sum of d_i z_i with z_i <= sum of y_j over the
    sites in reach of i, sum of y_j <= p, y_j whole. Three things make it quick, none changes the answer: people
    whom the same candidates reach are one row; z_i need not be asked to be whole, because whole y_j make it so; and
    the program without wholeness is solved first. Its answer is often whole. Where not, sites whose reduced cost is
    larger than the distance to a plan found by exchanging sites cannot be in a better plan and are left out.
    """
    _require_options(reach, sites_count, locked, gap_share, time_limit_s)
    persons = _persons(demand_persons, reach)
    started = time.perf_counter()
    is_locked = np.zeros(reach.facility_count, dtype=bool)
    is_locked[list(locked)] = True
    pattern = sp.csr_array(
        (np.ones(len(reach.demand)), reach.demand, reach.first),
        shape=(reach.facility_count, reach.demand_count),
    )
    is_covered = (pattern.T @ is_locked.astype(float)) > 0
    of_locked = float(np.nansum(persons[is_covered]))
    weights = np.where(is_covered | np.isnan(persons), 0.0, persons)

    cover = _cover(pattern, weights, sites_count)
    sites, bound = _solved(cover, sites_count, gap_share, time_limit_s - (time.perf_counter() - started))
    gained = cover.covered(sites)
    bound = max(bound, gained)
    gap = (bound - gained) / bound if bound > 0 else 0.0
    gap = 0.0 if gap <= 1e-9 else gap
    return CoveragePlan(
        sites=np.sort(sites),
        covered_persons=of_locked + gained,
        gained_persons=gained,
        bound_persons=bound,
        gap_share=gap,
        is_proven=gap <= max(gap_share, 1e-9),
        unknown_count=int(np.isnan(persons).sum()),
    )


def _cover(pattern: sp.csr_array, weights: NDArray[np.float64], sites_count: int) -> _Cover:
    by_point = pattern.T.tocsr()
    counts = np.diff(by_point.indptr)
    used = np.flatnonzero((counts > 0) & (weights > 0))
    by_point = by_point[used]
    group_count, site_count = len(used), pattern.shape[0]
    groups: sp.csr_array = by_point
    persons: NDArray[np.float64] = weights[used]
    if group_count:
        # Two random 62-bit numbers per site: different sets of sites with equal sums are beyond all odds.
        marks = np.random.default_rng(0).integers(1, 2**62, size=(2, site_count))
        keys = np.stack([np.add.reduceat(mark[by_point.indices], by_point.indptr[:-1]) for mark in marks])
        _, first, group = np.unique(keys, axis=1, return_index=True, return_inverse=True)
        groups, persons = by_point[first], np.bincount(group.ravel(), persons).astype(np.float64)
        group_count = len(first)
    limit = sp.csr_array(np.r_[np.ones(site_count), np.zeros(group_count)][None])
    rows = sp.vstack([sp.hstack([-groups, sp.eye_array(group_count)]), limit], format="csr")
    return _Cover(
        groups=groups,
        persons=persons,
        rows=rows,
        upper=np.r_[np.zeros(group_count), float(sites_count)],
        costs=-np.r_[np.zeros(site_count), persons],
    )


def _solved(
    cover: _Cover, sites_count: int, gap_share: float, time_limit_s: float
) -> tuple[NDArray[np.int64], float]:
    """Return the best sites found and a bound of what any sites gain."""
    group_count, site_count = cover.groups.shape
    if not group_count:
        return np.empty(0, dtype=np.int64), 0.0
    started = time.perf_counter()
    # The interior point method is 1-5 times as fast here as simplex, and ends in a corner as well.
    relaxed = linprog(
        cover.costs, A_ub=cover.rows, b_ub=cover.upper, bounds=(0, 1), method="highs-ipm",
        options={"time_limit": max(time_limit_s, 0.1)},
    )  # fmt: skip
    if relaxed.x is None or relaxed.status != 0:
        largest = np.argsort(-(cover.groups.T @ cover.persons), kind="stable")[:sites_count]
        return _exchanged(cover, largest, started + time_limit_s), float(cover.persons.sum())
    share, bound = relaxed.x[:site_count], -relaxed.fun
    if np.all((share < _WHOLE) | (share > 1 - _WHOLE)):
        return np.flatnonzero(share > 0.5), bound
    best = _exchanged(cover, np.argsort(-share, kind="stable")[:sites_count], started + time_limit_s)
    slack = bound - cover.covered(best) + _WHOLE * bound
    lower, upper = np.zeros(site_count + group_count), np.ones(site_count + group_count)
    upper[:site_count][relaxed.lower.marginals[:site_count] > slack] = 0
    lower[:site_count][relaxed.upper.marginals[:site_count] < -slack] = 1
    whole = milp(
        cover.costs,
        integrality=np.r_[np.ones(site_count), np.zeros(group_count)],
        bounds=Bounds(lower, upper),
        constraints=LinearConstraint(cover.rows, -np.inf, cover.upper),
        options={
            "mip_rel_gap": gap_share,
            "time_limit": max(time_limit_s - (time.perf_counter() - started), 0.1),
        },
    )
    if whole.mip_dual_bound is not None and np.isfinite(whole.mip_dual_bound):
        # What was left out gains no more than `best`.
        bound = min(bound, max(-whole.mip_dual_bound, cover.covered(best)))
    if whole.x is not None:
        found = np.flatnonzero(whole.x[:site_count] > 0.5)
        best = found if cover.covered(found) >= cover.covered(best) else best
    return best, bound


def _exchanged(cover: _Cover, sites: NDArray[np.int64], until: float) -> NDArray[np.int64]:
    """Exchange one site for another while that covers more people: a good plan, not yet a proven one."""
    by_site = cover.groups.T.tocsr()
    chosen = list(sites)
    times = np.bincount(by_site[chosen].indices, minlength=cover.groups.shape[0])
    is_better = True
    while is_better and time.perf_counter() < until:
        most, change = _WHOLE, None
        for position, site in enumerate(chosen):
            of_site = by_site.indices[by_site.indptr[site] : by_site.indptr[site + 1]]
            times[of_site] -= 1
            gains = by_site @ np.where(times == 0, cover.persons, 0.0)
            other = int(np.argmax(gains))
            if gains[other] - gains[site] > most:
                most, change = gains[other] - gains[site], (position, other)
            times[of_site] += 1
        is_better = change is not None
        if change is not None:
            chosen[change[0]] = change[1]
            times = np.bincount(by_site[chosen].indices, minlength=cover.groups.shape[0])
    return np.unique(np.asarray(chosen, dtype=np.int64))


def _persons(demand_persons: pd.Series, reach: Reach) -> NDArray[np.float64]:
    if len(demand_persons) != reach.demand_count:
        raise FrameError(
            f"expected persons of the {reach.demand_count} demand points of the reach, "
            f"found {len(demand_persons)}; make the reach from the same rows",
            expected=reach.demand_count,
            found=len(demand_persons),
        )
    require_not_negative(demand_persons, what="demand_persons")
    return as_floats(demand_persons, what="demand_persons")


def _require_options(
    reach: Reach, sites_count: int, locked: Sequence[int], gap_share: float, time_limit_s: float
) -> None:
    if sites_count < 1:
        raise OptionError(f"expected 1 site or more, found {sites_count}", sites_count=sites_count)
    wrong = [row for row in locked if not 0 <= row < reach.facility_count]
    if wrong:
        raise OptionError(
            f"expected locked rows from 0 to {reach.facility_count - 1}, found {wrong[:5]}", locked=wrong[:5]
        )
    if not (0 <= gap_share < 1 and time_limit_s > 0):
        raise OptionError(
            f"expected a gap from 0 to below 1 and a time above 0 s, found {gap_share} and {time_limit_s} s"
        )
