"""One search for sites: whom a goal asks to serve, what keeps it from being reached, and the plan that comes of it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.frames import as_floats
from geo.siting.fair import FairProgram
from geo.siting.first import first_places
from geo.siting.goal import Goal, OneInEach, WorstFirst, sites_in_areas
from geo.siting.limits import SitingLimits
from geo.siting.model import SitingModel
from geo.siting.need import OpenNeed, SitingNeed, open_need, pattern
from geo.siting.plan import SITE_COLUMNS, Outcome, SitingPlan, left_over
from geo.siting.service import Service, service_of

_NOBODY = 0.5  # persons: fewer are crumbs of people spread over points


@dataclass(frozen=True, eq=False)
class SitingTask:
    """A need with limits and a goal, and the part of it where a site can change something."""

    need: SitingNeed
    limits: SitingLimits
    opened: OpenNeed
    goal: Goal

    @property
    def one_of(self) -> Sequence[NDArray[np.int64]]:
        """Positions of the sites of each area that needs one."""
        return sites_in_areas(self.goal, self.opened.site_rows)

    @classmethod
    def of(
        cls, need: SitingNeed, limits: SitingLimits, goal: Goal, *, candidates_count: int | None
    ) -> "SitingTask":
        """Open the need; candidates in areas that need a site are kept in any case."""
        in_areas = [goal.rows_in(code) for code in goal.area_codes] if isinstance(goal, OneInEach) else []
        kept = np.concatenate([np.empty(0, dtype=np.int64), *in_areas])
        opened = open_need(need, candidates_count=candidates_count, kept_candidates=kept)
        return cls(need, limits, opened, goal)

    def positions(self, plan: SitingPlan) -> NDArray[np.int64]:
        """Return the positions of a plan's sites among the open ones."""
        return np.flatnonzero(np.isin(self.opened.site_rows, plan.sites["candidate_row"]))

    def plan(
        self,
        *,
        unproven_share: float,
        time_limit_s: float,
        excluded: Sequence[NDArray[np.int64]] = (),
        at_least_persons: float = 0.0,
    ) -> SitingPlan:
        """
        Return the best plan that the time allows; see `geo.siting.siting.best_sites`.

        Parameters
        ----------
        excluded
            Sets of positions in the sites: the plan leaves out at least one site of each.
        at_least_persons
            Persons that it must gain; above 0, any plan that does is good enough.
        """
        need, limits, opened, goal = self.need, self.limits, self.opened, self.goal
        outcome = _obstacle(self)
        answer = _Answer(_no_service(opened), 0.0)
        if outcome is Outcome.FOUND:
            if isinstance(goal, WorstFirst):
                answer = _fairest(self, goal, unproven_share=unproven_share, time_limit_s=time_limit_s)
            elif opened.sites.nnz:
                answer = _most(
                    self,
                    unproven_share=unproven_share,
                    time_limit_s=time_limit_s,
                    excluded=excluded,
                    at_least_persons=at_least_persons,
                )
            else:
                answer = _Answer(_smallest(self), 0.0)
            if not len(answer.service.sites):
                outcome = Outcome.NOT_IN_TIME
        service = _moved(self, answer.service)
        gained = float(service.gained_persons.sum())
        bound = max(answer.bound_persons, gained)
        gap = (bound - gained) / bound if bound > 0 else 0.0
        if answer.lack_unproven_share is not None:
            gap = answer.lack_unproven_share
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
            unproven_share=gap,
            is_proven=outcome is not Outcome.NOT_IN_TIME and gap <= max(unproven_share, 1e-6),
            build_cost=build,
            run_cost_per_year=run,
            total_cost=build + limits.years * run,
            left_over=left_over(need, opened, service, limits),
            candidates_given=need.candidates.facility_count,
            candidates_considered=len(opened.site_rows),
            is_preselected=opened.is_preselected,
            unknown_room_count=int(np.isnan(as_floats(need.existing_places, what="existing_places")).sum()),
            areas_needed=_areas_needed(goal),
            areas_blocked=goal.without_candidate() if isinstance(goal, OneInEach) else (),
            area_shares=answer.area_shares,
        )


@dataclass(frozen=True, eq=False)
class _Answer:
    """Whom a plan serves, what no plan can exceed, and for the worst-off areas first their shares and their gap."""

    service: Service
    bound_persons: float
    area_shares: pd.DataFrame | None = None
    lack_unproven_share: float | None = None


def _areas_needed(goal: Goal) -> tuple[str, ...]:
    return goal.area_codes if isinstance(goal, OneInEach) else ()


def _most(
    task: SitingTask,
    *,
    unproven_share: float,
    time_limit_s: float,
    excluded: Sequence[NDArray[np.int64]],
    at_least_persons: float,
) -> _Answer:
    """Serve the most people, with a site in each area that needs one."""
    until = time.perf_counter() + time_limit_s
    persons_per_place, one_of = task.need.persons_per_place, task.one_of
    model = SitingModel(task.opened, task.limits, persons_per_place, excluded, at_least_persons, one_of)
    choice = model.search(unproven_share=unproven_share, time_limit_s=time_limit_s)
    places = choice.places
    if (places is None or not places.any()) and not excluded:
        places = first_places(task.opened, task.limits, persons_per_place=persons_per_place, one_of=one_of)
    if places is None or not places.any():
        return _Answer(_no_service(task.opened), choice.bound_persons)
    service = service_of(
        task.opened,
        places,
        limits=task.limits,
        persons_per_place=persons_per_place,
        time_limit_s=until - time.perf_counter(),
        one_of=one_of,
    )
    return _Answer(service, choice.bound_persons)


def _fairest(task: SitingTask, goal: WorstFirst, *, unproven_share: float, time_limit_s: float) -> _Answer:
    """Raise the lowest shares first."""
    until = time.perf_counter() + time_limit_s
    program = FairProgram(task.need, task.opened, task.limits, goal.digits)
    choice = program.search(unproven_share=unproven_share, time_limit_s=time_limit_s)
    everybody = float(np.nansum(task.opened.unmet_persons))
    service, shares = program.serve(choice.places, time_limit_s=until - time.perf_counter())
    gap = (choice.lack - choice.bound) / choice.lack if choice.lack > choice.bound else 0.0
    return _Answer(service, everybody, shares, gap)


def _smallest(task: SitingTask) -> Service:
    """Open the smallest site in each area that needs one, where no candidate can help anybody."""
    count = len(task.one_of)
    sites = np.array([group[0] for group in task.one_of], dtype=np.int64)
    places = np.full(count, task.limits.least_places)
    return Service(sites, places, np.zeros(count), _no_service(task.opened).unmet_persons)


def _moved(task: SitingTask, service: Service) -> Service:
    """Move the sites that gain nobody, and are there for their area alone, to where most people have them in reach."""
    sites = service.sites.copy()
    in_reach = (pattern(task.need.candidates) @ np.nan_to_num(task.need.persons))[task.opened.site_rows]
    for group in task.one_of:
        mine = np.flatnonzero(np.isin(sites, group))
        if len(mine) == 1 and service.gained_persons[mine[0]] < _NOBODY:
            sites[mine[0]] = group[np.argmax(in_reach[group])]
    order = np.argsort(sites)
    return Service(sites[order], service.places[order], service.gained_persons[order], service.unmet_persons)


def _obstacle(task: SitingTask) -> Outcome:
    """Return why no site can gain anybody or areas cannot have one each, or `FOUND`."""
    need, limits, opened = task.need, task.limits, task.opened
    if len(need.demand) and np.isnan(need.persons).all():
        return Outcome.UNKNOWN_PERSONS
    if isinstance(task.goal, OneInEach) and task.goal.area_codes:
        return _area_obstacle(task.goal, limits)
    if not np.nansum(opened.unmet_persons) > 0:
        return Outcome.NO_UNMET
    if not len(opened.site_rows):
        return Outcome.NO_CANDIDATE
    limit = limits.obstacle(np.empty(0, dtype=np.int64))
    return Outcome(limit.value) if limit is not None else Outcome.FOUND


def _area_obstacle(goal: OneInEach, limits: SitingLimits) -> Outcome:
    count = len(goal.area_codes)
    if goal.without_candidate():
        return Outcome.AREAS_CANDIDATE
    if limits.sites_count is not None and count > limits.sites_count:
        return Outcome.AREAS_SITES
    if limits.places_count is not None and count * limits.least_places > limits.places_count:
        return Outcome.AREAS_PLACES
    if limits.budget is not None and count * limits.least_cost > limits.budget * (1 + 1e-9):
        return Outcome.AREAS_BUDGET
    return Outcome.FOUND


def _no_service(opened: OpenNeed) -> Service:
    nothing = np.empty(0, dtype=np.int64)
    return Service(nothing, nothing, np.empty(0), opened.unmet_persons[opened.points])
