"""The worst-off areas first: the program that fills the lowest served shares before the others."""

import time
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp

from geo.siting.fair_first import lack_gains
from geo.siting.fair_parts import WEIGHTS, WIDTHS, FairParts, parts_of
from geo.siting.first import most_allowed, serve_alike
from geo.siting.goal import FAIR_LEVELS
from geo.siting.limits import SitingLimits
from geo.siting.need import OpenNeed, SitingNeed
from geo.siting.service import Service

_NEAR = 1e-6
_IN_PART = 1e-3  # of a site: what is opened less is left out at first
_CHEAPEST_S = 5.0  # seconds to look for lower costs once the shares are settled


@dataclass(frozen=True, eq=False)
class FairChoice:
    """Places of each site; what still lacks in areas, and what lacks with any plan."""

    places: NDArray[np.int64]
    lack: float
    bound: float


def lack_of(served_share: NDArray[np.float64]) -> float:
    """Return what areas of these shares lack, summed as `geo.siting.goal.WorstFirst` says; 0 when all are served."""
    filled = np.clip(served_share[:, None] - np.r_[0.0, FAIR_LEVELS[:-1]], 0.0, WIDTHS)
    return float(((WIDTHS - filled) * WEIGHTS).sum())


@dataclass(frozen=True, eq=False)
class FairProgram:
    """
    Persons of each pair, places and is-open of sites, and what each area lacks at each level.

    Notes
    -----
    Existing facilities stay full, and everybody may be placed anew: the share of an area is the one that it has when
    places are shared as evenly as can be. Minimises the weighted lack of all areas in which a site can change
    something; since every person served makes it less, the people of the chosen places are the most as well.
    """

    need: SitingNeed
    opened: OpenNeed
    limits: SitingLimits
    digits: int = 6
    _parts: FairParts = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_parts", parts_of(self.need, self.opened, self.limits, self.digits))

    def search(self, *, unproven_share: float, time_limit_s: float) -> FairChoice:
        """
        Return the places after which the areas lack the least, as far as the time goes.

        A plan made site by site comes first and is told where the time brings no better, so that a slow machine begins
        with the worst-off areas as well. Then comes the relaxed program. The sites that it opens in part are tried
        alone, which finds a good plan soon. A site whose reduced cost is larger than what is missing to the bound is
        in no better plan and is left out of the last run, which proves the best.
        """
        until = time.perf_counter() + time_limit_s
        parts, bound = self._parts, 0.0
        best = self._first((time.perf_counter() + until) / 2)
        lack = lack_of(self._shares(self._flows(best)))
        every = np.full(parts.site_count, self.limits.most_places)
        wanted = every
        relaxed = self._relaxed(until)
        if relaxed.status == 0:
            bound = max(float(relaxed.fun), 0.0)
            is_open = slice(parts.flow_count + parts.site_count, parts.flow_count + 2 * parts.site_count)
            half = (until - time.perf_counter()) / 2
            in_part = np.where(relaxed.x[is_open] > _IN_PART, every, 0)
            answer = self._solve(most=in_part, unproven_share=max(unproven_share, 1e-4), time_limit_s=half)
            if answer.x is not None and answer.fun < lack:
                best, lack = self._places(answer), float(answer.fun)
            if lack - bound <= max(unproven_share, _NEAR) * lack:
                return FairChoice(best, lack, bound)
            reduced = relaxed.lower.marginals[is_open]
            wanted = np.where(reduced <= lack - bound + _NEAR * lack, every, 0)
        answer = self._solve(
            most=wanted, unproven_share=unproven_share, time_limit_s=until - time.perf_counter()
        )
        if answer.mip_dual_bound is not None and np.isfinite(answer.mip_dual_bound):
            bound = max(bound, min(float(answer.mip_dual_bound), lack))
        if answer.x is not None and answer.fun < lack:
            best, lack = self._places(answer), float(answer.fun)
        return FairChoice(best, lack, bound)

    def _first(self, until: float) -> NDArray[np.int64]:
        """
        Return places taken one site after another by how much less the areas then lack.

        After each site everybody is placed anew; once the time is out, only those whom it serves are taken off.
        """
        parts, limits, persons_per_place = self._parts, self.limits, self.need.persons_per_place
        places = np.zeros(parts.site_count, dtype=np.int64)
        unmet = self._unmet(places)
        while (places == 0).any():
            room = most_allowed(limits, places, int(np.argmin(places)))
            near = (self.opened.sites @ sp.diags_array(unmet) @ parts.in_areas).toarray()
            near[places > 0] = 0
            shares = 1 - parts.in_areas.T @ unmet / parts.persons
            gains = lack_gains(near, shares, parts.persons, room_persons=room * persons_per_place)
            site = int(np.argmax(gains))
            if not gains[site] > 0:
                break
            needed = int(np.ceil(near[site].sum() / persons_per_place * (1 - _NEAR)))
            places[site] = min(room, max(needed, limits.least_places))
            if time.perf_counter() < until:
                unmet = self._unmet(places)
            else:
                serve_alike(self.opened, unmet, site, places[site] * persons_per_place)
        return places

    def _unmet(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        served = self._parts.served @ self._flows(places)
        return np.asarray(np.maximum(self.opened.persons - served, 0.0), dtype=np.float64)

    def _relaxed(self, until: float) -> OptimizeResult:
        """Solve with sites opened and places given in part."""
        parts = self._parts
        has_upper, has_bottom = np.isfinite(parts.upper), np.isfinite(parts.bottom)
        return linprog(
            parts.costs,
            A_ub=sp.vstack([parts.matrix[has_upper], -parts.matrix[has_bottom]], format="csr"),
            b_ub=np.concatenate([parts.upper[has_upper], -parts.bottom[has_bottom]]),
            bounds=np.stack([np.zeros(len(parts.most)), parts.most], axis=1),
            method="highs-ipm",
            options={"time_limit": max(until - time.perf_counter(), 0.1)},
        )

    def serve(self, places: NDArray[np.int64], *, time_limit_s: float) -> tuple[Service, pd.DataFrame]:
        """
        Share chosen places as evenly as can be, and leave out those that this does not need.

        Returns
        -------
        service, shares
            One row per area that a site could help: `area_code`, `persons`, `share_before` and `share_after`.
        """
        before = self._flows(np.zeros_like(places))
        lack = lack_of(self._shares(before))
        after = self._flows(places)
        if places.any():
            lack = lack_of(self._shares(after))
            if self._site_persons(after).sum() <= self.need.persons_per_place * (places.sum() - 1):
                places = self._cheapest(places, lack, time_limit_s=time_limit_s)
                after = self._flows(places)
        parts = self._parts
        sites = np.flatnonzero(places)
        served = parts.served @ after
        unmet = np.maximum(self.opened.persons - served, 0.0)
        unmet[unmet <= 1e-6 * np.maximum(self.opened.persons, 1)] = 0.0
        shares = pd.DataFrame(
            {
                "area_code": parts.area_codes,
                "persons": parts.persons,
                "share_before": self._shares(before),
                "share_after": self._shares(after),
            }
        )
        return Service(sites, places[sites], self._site_persons(after)[sites], unmet), shares

    def _flows(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        answer = self._solve(places=places, unproven_share=_NEAR, time_limit_s=np.inf)
        if answer.x is None:
            raise RuntimeError(f"the solver gave up on an allocation that always exists: {answer.message}")
        return np.asarray(np.maximum(answer.x[: self._parts.flow_count], 0.0), dtype=np.float64)

    def _shares(self, flows: NDArray[np.float64]) -> NDArray[np.float64]:
        parts = self._parts
        return np.asarray(np.clip(parts.fixed_share + parts.of_areas @ flows, 0.0, 1.0), dtype=np.float64)

    def _site_persons(self, flows: NDArray[np.float64]) -> NDArray[np.float64]:
        persons: NDArray[np.float64] = self._parts.of_sites @ flows
        return persons

    def _places(self, answer: OptimizeResult) -> NDArray[np.int64]:
        parts = self._parts
        places = answer.x[parts.flow_count : parts.flow_count + parts.site_count]
        return np.asarray(np.rint(places), dtype=np.int64)

    def _cheapest(self, places: NDArray[np.int64], lack: float, *, time_limit_s: float) -> NDArray[np.int64]:
        """Return places, not above these, that leave as little lacking for the lowest cost."""
        parts, limits = self._parts, self.limits
        per_site, per_place = limits.build_per_site, limits.cost_per_place
        if limits.least_cost == 0:
            per_site, per_place = 0.0, 1.0
        count = parts.site_count
        costs = np.r_[np.full(count, per_place), np.full(count, per_site)] / max(per_site, per_place)
        lacks = len(parts.costs) - parts.flow_count - 2 * count
        answer = self._solve(
            most=places,
            costs=np.r_[np.zeros(parts.flow_count), costs, np.zeros(lacks)],
            most_lack=lack * (1 + 1e-9) + 1e-9,
            unproven_share=_NEAR,
            time_limit_s=min(max(time_limit_s, 1.0), _CHEAPEST_S),
        )
        return places if answer.x is None else self._places(answer)

    def _solve(
        self,
        *,
        unproven_share: float,
        time_limit_s: float,
        places: NDArray[np.int64] | None = None,
        most: NDArray[np.int64] | None = None,
        costs: NDArray[np.float64] | None = None,
        most_lack: float = np.inf,
    ) -> OptimizeResult:
        """Minimise the lack (or `costs`), with all places free, at most `most`, or fixed."""
        parts = self._parts
        least, top = np.zeros(len(parts.costs)), parts.most.copy()
        first, count = parts.flow_count, parts.site_count
        whole = np.r_[np.zeros(first), np.ones(2 * count), np.zeros(len(top) - first - 2 * count)]
        if most is not None:
            top[first : first + count] = most
            top[first + count : first + 2 * count] = most > 0
        if places is not None:
            for bound in (least, top):
                bound[first : first + count] = places
                bound[first + count : first + 2 * count] = places > 0
            whole[:] = 0
        rows, bottom, upper = parts.matrix, parts.bottom, parts.upper
        if np.isfinite(most_lack):
            rows = sp.vstack([rows, sp.csr_array(parts.costs[None])], format="csr")
            bottom, upper = np.append(bottom, -np.inf), np.append(upper, most_lack)
        options: dict[str, float] = {"mip_rel_gap": unproven_share}
        if np.isfinite(time_limit_s):
            options["time_limit"] = max(time_limit_s, 0.1)
        return milp(
            parts.costs if costs is None else costs,
            integrality=whole,
            bounds=Bounds(least, top),
            constraints=LinearConstraint(rows, bottom, upper),
            options=options,
        )
