"""The worst-off areas first: the program that fills the lowest served shares before the others."""

import time
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp

from geo.siting.cuts import Network
from geo.siting.goal import FAIR_LEVELS, LEVEL_FACTOR
from geo.siting.limits import SitingLimits
from geo.siting.need import OpenNeed, SitingNeed, full, pair_rows
from geo.siting.service import Service

_NEAR = 1e-6
_IN_PART = 1e-3  # of a site: what is opened less is left out at first
_CHEAPEST_S = 5.0  # seconds to look for lower costs once the shares are settled
_WIDTHS = np.diff([0.0, *FAIR_LEVELS])
_WEIGHTS = LEVEL_FACTOR ** np.arange(len(FAIR_LEVELS) - 1, -1, -1)


@dataclass(frozen=True, eq=False)
class FairChoice:
    """Places of each site, or None when none were found; what still lacks in areas, and what lacks with any plan."""

    places: NDArray[np.int64] | None
    lack: float
    bound: float


def lack_of(served_share: NDArray[np.float64]) -> float:
    """Return what areas of these shares lack, summed as `geo.siting.goal.WorstFirst` says; 0 when all are served."""
    filled = np.clip(served_share[:, None] - np.r_[0.0, FAIR_LEVELS[:-1]], 0.0, _WIDTHS)
    return float(((_WIDTHS - filled) * _WEIGHTS).sum())


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
    _parts: "_Parts" = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_parts", _parts(self))

    def search(self, *, unproven_share: float, time_limit_s: float) -> FairChoice:
        """
        Return the places after which the areas lack the least, as far as the time goes.

        The relaxed program comes first. The sites that it opens in part are then tried alone, which finds a good plan
        soon. A site whose reduced cost is larger than what is missing to the bound is in no better plan and is left
        out of the last run, which proves the best.
        """
        until = time.perf_counter() + time_limit_s
        parts, bound = self._parts, 0.0
        best: NDArray[np.int64] | None = None
        lack, every = np.inf, np.full(parts.site_count, self.limits.most_places)
        wanted = every
        relaxed = self._relaxed(until)
        if relaxed.status == 0:
            bound = max(float(relaxed.fun), 0.0)
            is_open = slice(parts.flow_count + parts.site_count, parts.flow_count + 2 * parts.site_count)
            half = (until - time.perf_counter()) / 2
            in_part = np.where(relaxed.x[is_open] > _IN_PART, every, 0)
            answer = self._solve(most=in_part, unproven_share=max(unproven_share, 1e-4), time_limit_s=half)
            if answer.x is not None:
                best, lack = self._places(answer), float(answer.fun)
            if lack - bound <= max(unproven_share, _NEAR) * lack:
                return FairChoice(best, lack, bound)
            reduced = relaxed.lower.marginals[is_open]
            wanted = (
                np.where(reduced <= lack - bound + _NEAR * lack, every, 0) if np.isfinite(lack) else every
            )
        answer = self._solve(
            most=wanted, unproven_share=unproven_share, time_limit_s=until - time.perf_counter()
        )
        if answer.mip_dual_bound is not None and np.isfinite(answer.mip_dual_bound):
            bound = max(bound, min(float(answer.mip_dual_bound), lack))
        if answer.x is not None and answer.fun < lack:
            best, lack = self._places(answer), float(answer.fun)
        return FairChoice(best, lack, bound)

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


@dataclass(frozen=True, eq=False)
class _Parts:
    """The program in numbers; variables are flows of pairs, places, is-open, and lacks by level and area."""

    matrix: sp.csr_array
    bottom: NDArray[np.float64]
    upper: NDArray[np.float64]
    most: NDArray[np.float64]
    costs: NDArray[np.float64]
    served: sp.csr_array
    of_sites: sp.csr_array
    of_areas: sp.csr_array
    fixed_share: NDArray[np.float64]
    area_codes: NDArray[np.object_]
    persons: NDArray[np.float64]
    flow_count: int
    site_count: int


def _parts(program: FairProgram) -> _Parts:
    need, opened, limits = program.need, program.opened, program.limits
    codes = need.demand["gmina_code"].str[: program.digits].to_numpy(dtype=object)
    area_codes, area = np.unique(codes[opened.points].astype(str), return_inverse=True)
    all_persons = pd.Series(np.nan_to_num(need.persons)).groupby(codes).sum()
    persons = np.asarray(all_persons.reindex(area_codes), dtype=np.float64)
    in_open = np.bincount(area, weights=opened.persons, minlength=len(area_codes))
    per_person = sp.csr_array(
        (1 / persons[area], (area, np.arange(len(area)))), shape=(len(area_codes), len(area))
    )
    to_existing, existing_of = pair_rows(opened.existing)
    to_sites, sites_of = pair_rows(opened.sites)
    served = sp.hstack([existing_of, sites_of], format="csr")
    count, flows = len(opened.site_rows), served.shape[1]
    each = sp.eye_array(count)
    # With all existing facilities full, a site serves no more than it gains alone (without the other sites' people).
    most_persons = Network.of(opened, limits.most_places * need.persons_per_place).gained_alone()
    rows, limit = limits.rows(count)
    of_areas = (per_person @ served).tocsr()
    fixed_share = 1 - in_open / persons
    lacks = sp.hstack([sp.eye_array(len(area_codes))] * len(_WIDTHS))
    none = sp.csr_array((count, opened.existing.nnz))
    of_sites = sp.hstack([none, to_sites], format="csr")
    matrix = sp.block_array(
        [
            [served, None, None, None],
            [
                sp.hstack([to_existing, sp.csr_array((to_existing.shape[0], opened.sites.nnz))]),
                None,
                None,
                None,
            ],
            [of_sites, -need.persons_per_place * each, None, None],
            [of_sites, None, -sp.diags_array(most_persons * (1 + _NEAR)), None],
            [None, rows[:, :count], rows[:, count:], None],
            [of_areas, None, None, lacks],
        ],
        format="csr",
    )
    upper = np.concatenate(
        [opened.persons, opened.room_persons, np.zeros(2 * count), limit, np.full(len(area_codes), np.inf)]
    )
    bottom = np.full(len(upper), -np.inf)
    first = len(opened.persons)
    bottom[first : first + len(opened.room_persons)] = full(opened.room_persons)
    bottom[len(bottom) - len(area_codes) :] = 1 - fixed_share
    return _Parts(
        matrix=matrix,
        bottom=bottom,
        upper=upper,
        most=np.r_[np.full(flows + count, np.inf), np.ones(count), np.repeat(_WIDTHS, len(area_codes))],
        costs=np.r_[np.zeros(flows + 2 * count), np.repeat(_WEIGHTS, len(area_codes))],
        served=served,
        of_sites=of_sites,
        of_areas=of_areas,
        fixed_share=fixed_share,
        area_codes=area_codes,
        persons=persons,
        flow_count=flows,
        site_count=count,
    )
