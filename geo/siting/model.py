"""The search for sites and places: quick bounds by cuts first, then the whole program."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from geo.siting.cuts import Network
from geo.siting.flows import Choice, FlowProgram
from geo.siting.limits import SitingLimits
from geo.siting.need import OpenNeed

_NEAR = 1e-6  # share by which a bound and a plan may differ and count as equal
_CUT_ROUNDS, _WHOLE_ROUNDS = 60, 30
_CUT_TIME_SHARE = 0.1  # of the time, after which the whole program is better at it


@dataclass(frozen=True, eq=False)
class SitingModel:
    """
    An open need with limits, the sets of sites that may not come again, and those of which one must.

    Attributes
    ----------
    excluded
        Sets of positions in the sites: a plan leaves out at least one site of each.
    at_least_persons
        Persons that a plan must gain; above 0, any plan that does is good enough.
    one_of
        Sets of positions in the sites: a plan opens at least one site of each.
    """

    need: OpenNeed
    limits: SitingLimits
    persons_per_place: float
    excluded: Sequence[NDArray[np.int64]] = ()
    at_least_persons: float = 0.0
    one_of: Sequence[NDArray[np.int64]] = ()

    @property
    def site_count(self) -> int:
        """Number of sites to choose from."""
        return len(self.need.site_rows)

    def search(self, *, unproven_share: float, time_limit_s: float) -> Choice:
        """Return the best places, found to `unproven_share` or as far as the time goes."""
        until = time.perf_counter() + time_limit_s
        network = Network.of(self.need, self.limits.most_places * self.persons_per_place)
        best, best_gain, bound = self._by_cuts(
            network, max(unproven_share, _NEAR), time.perf_counter() + _CUT_TIME_SHARE * time_limit_s
        )
        is_near = bound - best_gain <= max(unproven_share, _NEAR) * bound
        if best is not None and (is_near or self.at_least_persons > 0):
            return Choice(best, bound)
        if bound < self.at_least_persons * (1 - _NEAR):
            return Choice(None, bound)
        program = FlowProgram.of(
            self.need,
            self._limit_rows(),
            network.gained_alone(),
            persons_per_place=self.persons_per_place,
            at_least_persons=self.at_least_persons,
        )
        found = program.solve(
            best_gain if best is not None else 0.0, unproven_share=unproven_share, until=until
        )
        return Choice(best if found.places is None else found.places, min(bound, found.bound_persons))

    def _limit_rows(self) -> tuple[sp.csr_array, NDArray[np.float64]]:
        """Return limits, exclusions and sets of which one must be as rows over places and is-open of the sites."""
        rows, upper = self.limits.rows(self.site_count)
        sets = [(1.0, sites, len(sites) - 1) for sites in self.excluded]
        sets += [(-1.0, sites, -1) for sites in self.one_of]
        for sign, sites, most in sets:
            row = np.zeros((1, 2 * self.site_count))
            row[0, self.site_count + sites] = sign
            rows = sp.vstack([rows, sp.csr_array(row)], format="csr")
            upper = np.append(upper, most)
        return rows, upper

    def _by_cuts(
        self, network: Network, unproven_share: float, until: float
    ) -> tuple[NDArray[np.int64] | None, float, float]:
        """
        Choose by what sites may gain together, and learn the sums they cannot exceed; see `geo.siting.cuts`.

        Returns
        -------
        places, gained, bound
            The best plan met that gains enough, or None, and a bound for all plans.
        """
        count = self.site_count
        most = np.minimum(
            self.need.sites @ self.need.persons, self.limits.most_places * self.persons_per_place
        )
        rows, upper = self._limit_rows()
        each = sp.eye_array(count)
        fixed = sp.vstack(
            [
                sp.hstack([each, -self.persons_per_place * each, sp.csr_array((count, count))]),
                sp.hstack([each, sp.csr_array((count, count)), -sp.diags_array(most)]),
                sp.hstack([sp.csr_array((rows.shape[0], count)), rows]),
            ],
            format="csr",
        )
        fixed_upper = np.concatenate([np.zeros(2 * count), upper])
        cuts = [network.cut(np.ones(len(self.need.persons), dtype=bool))]
        best, best_gain, bound = None, 0.0, cuts[0][1]
        is_whole, rounds = False, 0
        while time.perf_counter() < until:
            sums = sp.csr_array(np.array([cut[0] for cut in cuts]))
            added = sp.hstack([sums, sp.csr_array((len(cuts), 2 * count))])
            answer = milp(
                -np.r_[np.ones(count), np.zeros(2 * count)],
                integrality=np.r_[np.zeros(count), np.full(2 * count, float(is_whole))],
                bounds=Bounds(0, np.r_[most, np.full(count, self.limits.most_places), np.ones(count)]),
                constraints=LinearConstraint(
                    sp.vstack([fixed, added], format="csr"),
                    -np.inf,
                    np.concatenate([fixed_upper, [cut[1] for cut in cuts]]),
                ),
                options={"time_limit": max(min(until - time.perf_counter(), 5.0), 0.1), "mip_rel_gap": _NEAR},
            )
            if answer.x is None:
                return best, best_gain, 0.0 if answer.status == 2 else bound
            if answer.mip_dual_bound is not None and np.isfinite(answer.mip_dual_bound):
                bound = min(bound, -answer.mip_dual_bound)
            asked = answer.x[:count]
            if is_whole:
                places = np.rint(answer.x[count : 2 * count]).astype(np.int64)
                asked = self.persons_per_place * places
            gained, new_cuts = network.gained(asked)
            if is_whole and gained > best_gain and gained >= self.at_least_persons * (1 - _NEAR):
                best, best_gain = places, gained
                if bound - best_gain <= unproven_share * bound or self.at_least_persons > 0:
                    break
            rounds += 1
            is_settled = answer.x[:count].sum() - gained <= _NEAR * max(gained, 1)
            if is_whole and (is_settled or rounds >= _WHOLE_ROUNDS):
                break
            if not is_whole and (is_settled or rounds >= _CUT_ROUNDS):
                is_whole, rounds = True, 0
            if not is_settled:
                cuts.extend(new_cuts)
        return best, best_gain, bound
