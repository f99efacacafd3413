"""Siting: where new places would serve the most people who are left over, at what cost, and who still is."""

import time
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import OptionError
from geo.frames import as_floats
from geo.siting_flows import Choice
from geo.siting_left import left_over
from geo.siting_limits import SitingLimits
from geo.siting_model import SitingModel
from geo.siting_need import OpenNeed, SitingNeed, open_need
from geo.siting_plan import SITE_COLUMNS, Outcome, SitingPlan
from geo.siting_service import Service, service_of


def best_sites(
    need: SitingNeed,
    limits: SitingLimits,
    *,
    gap_share: float = 1e-4,
    time_limit_s: float = 30.0,
    candidates_count: int | None = None,
) -> SitingPlan:
    """
    Choose the sites and their places that serve the most people who are left over.

    Parameters
    ----------
    need
        People, existing facilities, candidates and the norm.
    limits
        Sites, places and money that may be used.
    gap_share
        The search may stop when the plan is at most this share from the best. 0.0001 is 3 people of 30,000.
    time_limit_s
        Seconds of the search, after which the best plan met is returned with its gap.
    candidates_count
        Consider only so many candidates, those with the most unmet people in reach; None considers all.

    Returns
    -------
    plan
        Never worse than no site at all. Of equal people gained, with no more cost than the chosen sites need.

    Raises
    ------
    FrameError, OptionError
        If the need or an option is out of range.

    Notes
    -----
    Maximum coverage with capacities (Current, Storbeck 1988; Pirkul, Schilling 1991) with people served in parts,
    existing facilities kept and everybody placed anew: existing facilities first serve as many as they can, and a
    site may take people over so that their facility has room for others. Solved by HiGHS.
    """
    _require_options(gap_share, time_limit_s, candidates_count)
    opened = open_need(need, candidates_count=candidates_count)
    return _plan(need, limits, opened, gap_share=gap_share, time_limit_s=time_limit_s)


def alternatives(
    need: SitingNeed,
    limits: SitingLimits,
    best: SitingPlan,
    *,
    within_share: float = 0.02,
    count: int = 3,
    time_limit_s: float = 30.0,
    candidates_count: int | None = None,
) -> list[SitingPlan]:
    """
    Find other sets of sites that gain nearly as many people.

    Parameters
    ----------
    best
        The plan of `best_sites` for the same need, limits and `candidates_count`.
    within_share
        How much less than the best an alternative may gain, from 0 to below 1.
    count
        How many to look for.
    time_limit_s
        Seconds for each.

    Returns
    -------
    plans
        At most `count`, by people gained. Each leaves out at least one site of `best` and of each one before it, so
        none is another one with a site added. They are near enough, not the next best: their own bound says little
        and `is_proven` is about the bound, not about being within the share.
    """
    _require_options(0.0, time_limit_s, candidates_count)
    if not 0 <= within_share < 1:
        raise OptionError(
            f"expected a share from 0 to below 1, found {within_share}", within_share=within_share
        )
    if count < 0:
        raise OptionError(f"expected a count of 0 or more, found {count}", count=count)
    opened = open_need(need, candidates_count=candidates_count)
    plans: list[SitingPlan] = []
    floor = best.gained_persons * (1 - within_share)
    if best.outcome is not Outcome.FOUND:
        return plans
    excluded = [_positions(opened, best)]
    while len(plans) < count:
        plan = _plan(
            need,
            limits,
            opened,
            gap_share=within_share,
            time_limit_s=time_limit_s,
            excluded=excluded,
            at_least_persons=floor,
        )
        # The search rounds; what is told is what was counted again.
        if plan.outcome is not Outcome.FOUND or plan.gained_persons < floor * (1 - 1e-9):
            break
        plans.append(plan)
        excluded.append(_positions(opened, plan))
    return sorted(plans, key=lambda plan: -plan.gained_persons)


def _plan(
    need: SitingNeed,
    limits: SitingLimits,
    opened: OpenNeed,
    *,
    gap_share: float,
    time_limit_s: float,
    excluded: Sequence[NDArray[np.int64]] = (),
    at_least_persons: float = 0.0,
) -> SitingPlan:
    outcome = _obstacle(need, limits, opened)
    choice, service = Choice(None, 0.0), _no_service(opened)
    if outcome is Outcome.FOUND:
        until = time.perf_counter() + time_limit_s
        model = SitingModel(opened, limits, need.persons_per_place, excluded, at_least_persons)
        choice = model.search(gap_share=gap_share, time_limit_s=time_limit_s)
        if choice.places is not None and choice.places.any():
            service = service_of(
                opened,
                choice.places,
                limits=limits,
                persons_per_place=need.persons_per_place,
                time_limit_s=until - time.perf_counter(),
            )
        if not len(service.sites):
            outcome = Outcome.NOT_IN_TIME
    gained = float(service.gained_persons.sum())
    bound = max(choice.bound_persons, gained)
    gap = (bound - gained) / bound if bound > 0 else 0.0
    sites = pd.DataFrame(
        {
            "candidate_row": opened.site_rows[service.sites],
            "places": service.places,
            "gained_persons": service.gained_persons,
            "build_cost": limits.build_per_site + limits.build_per_place * service.places,
            "run_cost_per_year": limits.run_per_place_year * service.places,
        },
        columns=list(SITE_COLUMNS),
    )
    build, run = float(sites["build_cost"].sum()), float(sites["run_cost_per_year"].sum())
    return SitingPlan(
        outcome=outcome,
        sites=sites,
        unmet_before_persons=float(np.nansum(opened.unmet_persons)),
        gained_persons=gained,
        bound_persons=bound,
        gap_share=gap,
        is_proven=outcome is not Outcome.NOT_IN_TIME and gap <= max(gap_share, 1e-6),
        build_cost=build,
        run_cost_per_year=run,
        total_cost=build + limits.years * run,
        left_over=left_over(need, opened, service, limits),
        candidates_given=need.candidates.facility_count,
        candidates_considered=len(opened.site_rows),
        is_preselected=opened.is_preselected,
        unknown_room_count=int(np.isnan(as_floats(need.existing_places, what="existing_places")).sum()),
    )


def _obstacle(need: SitingNeed, limits: SitingLimits, opened: OpenNeed) -> Outcome:
    """Return why no site can gain anybody, or `FOUND`."""
    if len(need.demand) and np.isnan(need.persons).all():
        return Outcome.UNKNOWN_PERSONS
    if not np.nansum(opened.unmet_persons) > 0:
        return Outcome.NO_UNMET
    if not len(opened.site_rows):
        return Outcome.NO_CANDIDATE
    limit = limits.obstacle(np.empty(0, dtype=np.int64))
    return Outcome(limit.value) if limit is not None else Outcome.FOUND


def _no_service(opened: OpenNeed) -> Service:
    nothing = np.empty(0, dtype=np.int64)
    return Service(nothing, nothing, np.empty(0), opened.unmet_persons[opened.points])


def _positions(opened: OpenNeed, plan: SitingPlan) -> NDArray[np.int64]:
    return np.flatnonzero(np.isin(opened.site_rows, plan.sites["candidate_row"]))


def _require_options(gap_share: float, time_limit_s: float, candidates_count: int | None) -> None:
    if not 0 <= gap_share < 1:
        raise OptionError(f"expected a gap from 0 to below 1, found {gap_share}", gap_share=gap_share)
    if not time_limit_s > 0:
        raise OptionError(f"expected a time above 0 s, found {time_limit_s}", time_limit_s=time_limit_s)
    if candidates_count is not None and candidates_count < 1:
        raise OptionError(
            f"expected 1 candidate or more, or none, found {candidates_count}",
            candidates_count=candidates_count,
        )
