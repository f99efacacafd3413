"""The whole program of siting: persons from each point to each facility, places and sites, solved to a proven gap."""

import time
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp

from geo.siting.need import OpenNeed, full, pair_rows

_NEAR = 1e-6


@dataclass(frozen=True, eq=False)
class Choice:
    """Places of each site (0: not opened), or None when no plan was found; none gains more than the bound."""

    places: NDArray[np.int64] | None
    bound_persons: float


@dataclass(frozen=True, eq=False)
class FlowProgram:
    """
    Rows `bottom <= matrix @ x <= top` over persons of each pair, places of sites and is-open of sites.

    Notes
    -----
    Maximise the persons who flow to the sites; existing facilities stay full. Beside the plain rows, a site's persons
    are at most is-open times what it gains alone, which brings the relaxed answer near the whole one.
    """

    matrix: sp.csr_array
    bottom: NDArray[np.float64]
    top: NDArray[np.float64]
    most: NDArray[np.float64]
    gains: NDArray[np.float64]
    site_count: int

    @classmethod
    def of(
        cls,
        need: OpenNeed,
        limit_rows: tuple[sp.csr_array, NDArray[np.float64]],
        single_persons: NDArray[np.float64],
        *,
        persons_per_place: float,
        at_least_persons: float,
    ) -> "FlowProgram":
        """Put the program together; `single_persons` is what each site gains alone."""
        rows, upper = limit_rows
        count, site_flows = len(need.site_rows), need.sites.nnz
        each = sp.eye_array(count)
        to_existing, existing_of = pair_rows(need.existing)
        to_sites, sites_of = pair_rows(need.sites)
        matrix = sp.block_array(
            [
                [existing_of, sites_of, None, None],
                [to_existing, None, None, None],
                [None, to_sites, -persons_per_place * each, None],
                [None, to_sites, None, -sp.diags_array(single_persons * (1 + _NEAR) + _NEAR)],
                [None, None, rows[:, :count], rows[:, count:]],
                [None, sp.csr_array(np.ones((1, site_flows))), None, None],
            ],
            format="csr",
        )
        top = np.concatenate([need.persons, need.room_persons, np.zeros(2 * count), upper, [np.inf]])
        bottom = np.full(len(top), -np.inf)
        first = len(need.persons)
        bottom[first : first + len(need.room_persons)] = full(need.room_persons)
        bottom[-1] = at_least_persons * (1 - _NEAR)
        flows = need.existing.nnz + site_flows
        return cls(
            matrix=matrix,
            bottom=bottom,
            top=top,
            most=np.r_[np.full(flows + count, np.inf), np.ones(count)],
            gains=np.r_[np.zeros(need.existing.nnz), np.ones(site_flows), np.zeros(2 * count)],
            site_count=count,
        )

    def solve(self, known_gain: float, *, unproven_share: float, until: float) -> Choice:
        """
        Return the best places found that gain at least `known_gain`, and a bound for all plans.

        The relaxed program comes first. The sites that it opens in part are then tried alone, which finds a good plan
        soon. A site whose reduced cost is larger than what is missing to the bound is in no better plan and is left
        out of the last run, which proves the best.
        """
        relaxed = self._relaxed(until)
        if relaxed.status == 2:
            return Choice(None, 0.0)
        places, gain, bound = None, known_gain, np.inf
        wanted = np.ones(self.site_count, dtype=bool)
        if relaxed.status == 0:
            bound = -relaxed.fun
            opened = relaxed.x[-self.site_count :] > 1e-3
            half = time.perf_counter() + (until - time.perf_counter()) / 2
            answer = self._whole(opened, unproven_share=max(unproven_share, 1e-4), until=half)
            if answer.x is not None and -answer.fun >= gain * (1 - _NEAR):
                places, gain = self._places(answer), max(gain, -answer.fun)
            if bound - gain <= max(unproven_share, _NEAR) * bound:
                return Choice(places, bound)
            wanted = relaxed.lower.marginals[-self.site_count :] <= bound - gain + _NEAR * bound
        answer = self._whole(wanted, unproven_share=unproven_share, until=until)
        if answer.mip_dual_bound is not None and np.isfinite(answer.mip_dual_bound):
            bound = min(bound, max(-answer.mip_dual_bound, gain))
        if answer.x is not None and -answer.fun >= gain * (1 - _NEAR):
            places = self._places(answer)
        return Choice(places, bound)

    def _places(self, answer: OptimizeResult) -> NDArray[np.int64]:
        return np.asarray(np.rint(answer.x[-2 * self.site_count : -self.site_count]), dtype=np.int64)

    def _relaxed(self, until: float) -> OptimizeResult:
        has_top, has_bottom = np.isfinite(self.top), np.isfinite(self.bottom)
        return linprog(
            -self.gains,
            A_ub=sp.vstack([self.matrix[has_top], -self.matrix[has_bottom]], format="csr"),
            b_ub=np.concatenate([self.top[has_top], -self.bottom[has_bottom]]),
            bounds=np.stack([np.zeros(len(self.most)), self.most], axis=1),
            method="highs-ipm",
            options={"time_limit": max(until - time.perf_counter(), 0.1)},
        )

    def _whole(self, wanted: NDArray[np.bool_], *, unproven_share: float, until: float) -> OptimizeResult:
        """Solve with whole places and sites, among the wanted sites only."""
        most = self.most.copy()
        most[-2 * self.site_count :][~np.tile(wanted, 2)] = 0
        return milp(
            -self.gains,
            integrality=np.r_[np.zeros(len(most) - 2 * self.site_count), np.ones(2 * self.site_count)],
            bounds=Bounds(0, most),
            constraints=LinearConstraint(self.matrix, self.bottom, self.top),
            options={"mip_rel_gap": unproven_share, "time_limit": max(until - time.perf_counter(), 0.1)},
        )
