"""The best sites of a question: no more places than are missing, no idle site, and what is missing with them."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.gaps import gap_triad
from geo.reach import joined_reach
from geo.siting.goal import MostPeople, OneInEach
from geo.siting.limits import SitingLimits
from geo.siting.plan import LeftReason, Outcome, SitingPlan
from geo.siting.siting import alternatives, best_sites
from geo.whole_gaps import whole_gaps
from geo.whole_numbers import apportion
from layers.answers.measures.coarse_reach import hanging_of
from layers.answers.measures.gap_answer import GapAnswer
from layers.answers.measures.gaps import beside_today, gap_answer, gmina_gaps
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.siting import SitingQuestion, as_supply, part_of_reach
from layers.answers.measures.supply import reach_of
from layers.answers.measures.uncertain_points import uncertain_points
from layers.view.siting_request import MOST

SECONDS: Final = {False: 4.0, True: 15.0}
"""How long the search may take, by whether it is wide."""
GOAL_SECONDS: Final = {False: 12.0, True: 20.0}
"""The same for a goal other than the most people, which takes more to find."""
OTHERS_SECONDS: Final = {False: 3.0, True: 8.0}
"""How long the search for each alternative may take."""
WITHIN_SHARE: Final = 0.02
OTHERS_COUNT: Final = 3
_LEAST_SECONDS: Final = 1.0
Basis = Literal["", "estimate", "most"]
"""What a number is counted in: exact, in the estimate, or in the world where the most are missing."""


@dataclass(frozen=True, eq=False)
class FoundSites:
    """
    A plan, and what is missing when its sites stand.

    Attributes
    ----------
    after
        The answer that the heading of the view tells once the sites are part of its scenario.
    unsure_near_persons
        People of no data in reach of the sites, who may want these places as well.
    limits
        What the plan was held to: those that were asked for, and no more places than are missing.
    closed_places
        By how many fewer places are missing with each site, whole; their sum is that of the plan.
    spare_sites
        How many more sites were tried than are in the plan: they would have lessened what is missing by no place.
    """

    plan: SitingPlan
    after: GapAnswer
    unsure_near_persons: float
    limits: SitingLimits
    closed_places: NDArray[np.int64]
    spare_sites: int = 0

    @property
    def places(self) -> int:
        """Places of all sites."""
        return int(self.plan.sites["places"].sum())


def search_seconds(*, is_wide: bool, goal: str) -> float:
    """Return how long the search for a goal may take."""
    return (SECONDS if goal == MOST else GOAL_SECONDS)[is_wide]


def missing_before(question: SitingQuestion) -> float:
    """Return how many places are missing before any site, in the world that was asked for; infinite for unknown."""
    missing = question.before.missing_places
    told = missing.most if question.is_unsure_counted else missing.estimate
    return math.inf if math.isnan(told) else told


def closed_by(question: SitingQuestion, after: GapAnswer) -> int:
    """Return by how many fewer places are missing; in the worst of worlds where that was asked for and is known."""
    before, then = question.before.missing_places, after.missing_places
    is_worst = question.is_unsure_counted and not math.isnan(before.most)
    return int(before.most - then.most if is_worst else before.estimate - then.estimate)


def basis_of(question: SitingQuestion, after: GapAnswer) -> Basis:
    """Return in which world what is told of each site is counted; empty where all worlds are one."""
    before = question.before.missing_places
    if not (before.bound or after.missing_places.bound):
        return ""
    return "most" if question.is_unsure_counted and not math.isnan(before.most) else "estimate"


def limits_within_gap(question: SitingQuestion, limits: SitingLimits) -> SitingLimits:
    """
    Return limits that allow no more places than are missing, unless a planner said how many they may be.

    The smallest site is allowed in any case, and with one in each area the smallest in each that needs one.
    """
    missing = missing_before(question)
    if limits.places_count is not None or math.isinf(missing):
        return limits
    goal = question.asked_goal.goal
    needed = len(goal.area_codes) if isinstance(goal, OneInEach) else 1
    return replace(limits, places_count=max(int(missing), limits.least_places * max(needed, 1)))


def find_sites(inputs: MeasureInputs, question: SitingQuestion, limits: SitingLimits) -> FoundSites:
    """
    Return the best plan that the time allows for a question of sites.

    Notes
    -----
    The search counts people whom the sites serve in its own sharing; what is told is the answer of the view, in which
    everybody near has a share of the new places. A site that lessens this answer by no whole place is not needed, but
    for the goal: as many sites fewer are looked for again, until each of them lessens it.
    """
    goal, within = question.asked_goal.goal, limits_within_gap(question, limits)
    seconds = (SECONDS if isinstance(goal, MostPeople) else GOAL_SECONDS)[question.is_wide]
    until = time.perf_counter() + seconds

    def search(tried: SitingLimits) -> FoundSites:
        left_s = max(until - time.perf_counter(), _LEAST_SECONDS)
        plan = best_sites(question.need, tried, goal=goal, time_limit_s=left_s)
        return _told(inputs, question, plan, tried)

    found = search(within)
    if missing_before(question) == 0 and not question.asked_goal.needs_sites:
        return _without_sites(found, question, Outcome.NO_UNMET)
    return _without_spare(found, question, search)


def find_others(inputs: MeasureInputs, question: SitingQuestion, best: FoundSites) -> list[FoundSites]:
    """Return other plans that gain at most `WITHIN_SHARE` fewer people than the best, each site of which is needed."""
    plans = alternatives(
        question.need,
        best.limits,
        best.plan,
        goal=question.asked_goal.goal,
        within_share=WITHIN_SHARE,
        count=OTHERS_COUNT,
        time_limit_s=OTHERS_SECONDS[question.is_wide],
    )
    others = [_told(inputs, question, plan, best.limits) for plan in plans]
    return [other for other in others if not _spare_sites(question, other)]


def answer_with_sites(
    inputs: MeasureInputs, sites: gpd.GeoDataFrame, places: NDArray[np.float64]
) -> GapAnswer:
    """Return what is missing in the scope when sites stand in it too, as a scenario with them tells it."""
    question, world, norm = inputs.question, inputs.world, inputs.norm.places_per_1000
    reach, supply = world.reach(question), world.supply(question.help)
    opened = reach_of(
        world.points,
        as_supply(sites, supply),
        question.way,
        network=world.network_of(question.way),
    )
    count = reach.facility_count
    triad = gap_triad(
        world.demand_persons(question.people),
        supply.group_places.with_own(places),
        joined_reach(
            [reach, opened],
            [np.arange(count), count + np.arange(len(sites))],
            facility_count=count + len(sites),
        ),
        norm_per_1000=norm,
        is_uncertain=uncertain_points(world, question),
        hanging=hanging_of(world, question),
    )
    gminas = whole_gaps(gmina_gaps(inputs, triad), norm_per_1000=norm, beside=beside_today(inputs))
    return gap_answer(inputs, gminas=gminas, triad=triad)


def _told(
    inputs: MeasureInputs, question: SitingQuestion, plan: SitingPlan, limits: SitingLimits
) -> FoundSites:
    """Tell what is missing with the sites of a plan, and who of no data is near them."""
    if plan.outcome is not Outcome.FOUND:
        return FoundSites(plan, question.before, 0.0, limits, np.empty(0, dtype=np.int64))
    rows = plan.sites["candidate_row"].to_numpy(np.int64)
    is_chosen = np.isin(np.arange(question.need.candidates.facility_count), rows)
    is_all = np.ones(question.need.candidates.demand_count, dtype=bool)
    near = np.unique(part_of_reach(question.need.candidates, is_demand=is_all, is_facility=is_chosen).demand)
    sites = question.candidates.iloc[rows].reset_index(drop=True)
    after = answer_with_sites(inputs, sites, plan.sites["places"].to_numpy(float))
    closed = _shared_out(plan.sites["gained_persons"].to_numpy(float), closed_by(question, after))
    return FoundSites(plan, after, float(np.nansum(question.unsure_persons[near])), limits, closed)


def _shared_out(gained: NDArray[np.float64], closed: int) -> NDArray[np.int64]:
    """Share out by how many fewer places are missing, by the people of each site."""
    if not (gained.sum() > 0 and closed > 0):
        return np.zeros(len(gained), dtype=np.int64)
    return apportion(gained * (closed / gained.sum()), closed).astype(np.int64)


def _spare_sites(question: SitingQuestion, found: FoundSites) -> int:
    """Return how many sites lessen what is missing by no place and are not there because their area needs one."""
    is_idle = found.closed_places == 0
    goal = question.asked_goal.goal
    if isinstance(goal, OneInEach):
        areas = pd.Series(np.array(goal.candidate_areas, dtype=object)[found.plan.sites["candidate_row"]])
        is_idle &= ~(areas.isin(goal.area_codes) & ~areas.duplicated()).to_numpy()
    return int(is_idle.sum())


def _without_spare(
    found: FoundSites, question: SitingQuestion, search: Callable[[SitingLimits], FoundSites]
) -> FoundSites:
    """Look again for as many sites fewer as are spare, until none is."""
    first = len(found.plan.sites)
    while found.plan.outcome is Outcome.FOUND and (spare := _spare_sites(question, found)):
        fewer = len(found.plan.sites) - spare
        if not fewer:
            return _without_sites(found, question, Outcome.NO_GAIN)
        found = search(replace(found.limits, sites_count=fewer))
    spare = first - len(found.plan.sites)
    if not spare or found.plan.outcome is not Outcome.FOUND:
        return found
    # It was not the number of sites that ended.
    left = found.plan.left_over.replace(
        {"reason": {LeftReason.SITES_COUNT.value: LeftReason.NOT_WORTH_A_SITE.value}}
    )
    left = left.groupby(["gmina_code", "reason"], sort=False, as_index=False).agg(
        persons=("persons", lambda persons: persons.sum(skipna=False)), points_count=("points_count", "sum")
    )
    return replace(found, plan=replace(found.plan, left_over=left), spare_sites=spare)


def _without_sites(found: FoundSites, question: SitingQuestion, outcome: Outcome) -> FoundSites:
    """Return that nothing is proposed; an outcome that says why already stays."""
    if found.plan.outcome is not Outcome.FOUND:
        return found
    plan = replace(found.plan, outcome=outcome, sites=found.plan.sites.iloc[:0])
    return FoundSites(plan, question.before, 0.0, found.limits, found.closed_places[:0])
