"""Siting: where new places would serve people who are left over best, at what cost, and who still is."""

import numpy as np

from geo.errors import OptionError
from geo.siting.goal import Goal, MostPeople, WorstFirst
from geo.siting.limits import SitingLimits
from geo.siting.need import SitingNeed
from geo.siting.plan import Outcome, SitingPlan
from geo.siting.task import SitingTask


def best_sites(
    need: SitingNeed,
    limits: SitingLimits,
    *,
    goal: Goal = MostPeople(),  # noqa: B008 - it never changes
    unproven_share: float = 1e-4,
    time_limit_s: float = 30.0,
    candidates_count: int | None = None,
) -> SitingPlan:
    """
    Choose the sites and their places that serve people who are left over best.

    Parameters
    ----------
    need
        People, existing facilities, candidates and the norm.
    limits
        Sites, places and money that may be used.
    goal
        What is best: the most people, at least one site in each area, or the worst-off areas first.
    unproven_share
        The search may stop when the plan is at most this share from the best. 0.0001 is 3 people of 30,000.
    time_limit_s
        Seconds of the search, after which the best plan met is returned with its gap.
    candidates_count
        Consider only so many candidates, those with the most unmet people in reach; None considers all.

    Returns
    -------
    plan
        Never worse than no site at all. Of equal people gained, with no more cost than the chosen sites need. A site
        that gains nobody is there only because its area needs one, at the candidate with most people in reach.

    Raises
    ------
    FrameError, OptionError
        If the need or an option is out of range.

    Notes
    -----
        Maximum coverage with capacities (Current, J. R., Storbeck, J. E. (1988), Capacitated covering models,
        Environment
    and Planning B: Planning and Design 15 (2), 153-163, doi 10.1068/b150153, cited after the references of spopt) with
    people served in parts, existing facilities kept and everybody placed anew: existing facilities first serve as many
    as they can, and a site may take people over so that their facility has room for others. For the worst-off areas
    first see `geo.siting.goal.WorstFirst`. Solved by HiGHS.
    """
    _require_options(unproven_share, time_limit_s, candidates_count)
    task = SitingTask.of(need, limits, goal, candidates_count=candidates_count)
    return task.plan(unproven_share=unproven_share, time_limit_s=time_limit_s)


def alternatives(
    need: SitingNeed,
    limits: SitingLimits,
    best: SitingPlan,
    *,
    goal: Goal = MostPeople(),  # noqa: B008 - it never changes
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
        The plan of `best_sites` for the same need, limits, goal and `candidates_count`.
    goal
        Not the worst-off areas first: how near another plan is to the best cannot be told in people there.
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
    if isinstance(goal, WorstFirst):
        raise OptionError("expected a goal whose plans differ by people, found the worst-off areas first")
    task = SitingTask.of(need, limits, goal, candidates_count=candidates_count)
    plans: list[SitingPlan] = []
    floor = best.gained_persons * (1 - within_share)
    if best.outcome is not Outcome.FOUND:
        return plans
    excluded = [task.positions(best)]
    while len(plans) < count:
        plan = task.plan(
            unproven_share=within_share,
            time_limit_s=time_limit_s,
            excluded=excluded,
            at_least_persons=floor,
        )
        # The search rounds; what is told is what was counted again.
        if plan.outcome is not Outcome.FOUND or plan.gained_persons < floor * (1 - 1e-9):
            break
        positions = task.positions(plan)
        # Sites that gain nobody stand where the most people are, so that another set may end as one met before.
        if any(np.array_equal(positions, known) for known in excluded):
            break
        plans.append(plan)
        excluded.append(positions)
    return sorted(plans, key=lambda plan: -plan.gained_persons)


def _require_options(unproven_share: float, time_limit_s: float, candidates_count: int | None) -> None:
    if not 0 <= unproven_share < 1:
        raise OptionError(
            f"expected an unproven share from 0 to below 1, found {unproven_share}",
            unproven_share=unproven_share,
        )
    if not time_limit_s > 0:
        raise OptionError(f"expected a time above 0 s, found {time_limit_s}", time_limit_s=time_limit_s)
    if candidates_count is not None and candidates_count < 1:
        raise OptionError(
            f"expected 1 candidate or more, or none, found {candidates_count}",
            candidates_count=candidates_count,
        )
