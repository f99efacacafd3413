"""A plan of new sites: what came of the search, what it gains and costs, and who is left over and why."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from geo.siting.limits import SitingLimits
from geo.siting.need import OpenNeed, SitingNeed, pattern
from geo.siting.service import Service

SITE_COLUMNS = ("candidate_row", "places", "gained_persons", "build_cost", "run_cost_per_year")


class Outcome(StrEnum):
    """What came of the search."""

    FOUND = "found"
    NO_UNMET = "no_unmet"  # nobody is left over whose number is known
    UNKNOWN_PERSONS = "unknown_persons"  # no demand point has a known number of persons
    NO_GAIN = "no_gain"  # no site that could be opened helps enough to be worth telling; who asks decides
    NO_CANDIDATE = "no_candidate"  # no candidate within reach of the people left over
    BUDGET = "budget"  # the money does not pay for the cheapest site
    PLACES_COUNT = "places_count"  # fewer places than the smallest site has
    NOT_IN_TIME = "not_in_time"  # the time ran out before any plan was met
    # Why not each of the areas that need a site can have one:
    AREAS_CANDIDATE = "areas_candidate"  # some of them have no candidate
    AREAS_SITES = "areas_sites"  # there are more of them than sites
    AREAS_PLACES = "areas_places"  # the places are fewer than the smallest sites of all have
    AREAS_BUDGET = "areas_budget"  # the money does not pay for the cheapest sites of all


@dataclass(frozen=True, eq=False)
class SitingPlan:
    """
    The best sites, what they gain and what they cost.

    Attributes
    ----------
    outcome
        `FOUND`, or why there is no site.
    sites
        One row per chosen site, by row of the candidate: `candidate_row`, `places`, `gained_persons`, `build_cost` and
        `run_cost_per_year` in zł. Empty when none was found.
    unmet_before_persons
        Persons left over by the existing facilities, where persons are known.
    gained_persons
        Persons served more than before: the sum over the sites.
    bound_persons
        No plan within the limits gains more, among the candidates that were considered. Where the worst-off areas come
        first, more people may be gained otherwise, and the bound is all people left over.
    unproven_share
        (bound - gained) / bound: how far the plan is from the best at most. Where the worst-off areas come first, the
        same of what areas lack (`geo.siting.fair.lack_of`).
    is_proven
        True when the gap is within the one asked for; else the time ran out.
    build_cost, run_cost_per_year, total_cost
        In zł; the total counts the years of the limits.
    left_over
        Who is still not served: one row per gmina and reason, see `left_over`.
    candidates_given, candidates_considered
        All candidates; and those that could help somebody, after the preselection if one was asked for.
    is_preselected
        True when candidates were left out to save time: the bound holds among the others.
    unknown_room_count
        Existing facilities of unknown places. They counted as having no room, so with any the gain is "at most".
    areas_needed, areas_blocked
        With one site in each area: the areas that needed one, and those of them without a candidate.
    area_shares
        Where the worst-off areas come first: `geo.siting.fair.FairProgram.serve`; else None.
    """

    outcome: Outcome
    sites: pd.DataFrame
    unmet_before_persons: float
    gained_persons: float
    bound_persons: float
    unproven_share: float
    is_proven: bool
    build_cost: float
    run_cost_per_year: float
    total_cost: float
    left_over: pd.DataFrame
    candidates_given: int
    candidates_considered: int
    is_preselected: bool
    unknown_room_count: int
    areas_needed: tuple[str, ...] = ()
    areas_blocked: tuple[str, ...] = ()
    area_shares: pd.DataFrame | None = None


LEFT_COLUMNS = ("gmina_code", "reason", "persons", "points_count")


class LeftReason(StrEnum):
    """Why people are not served."""

    UNKNOWN_PERSONS = "unknown_persons"  # how many people live there is not known
    UNKNOWN_WAY = "unknown_way"  # the cost of reaching is not known for their point
    NO_CANDIDATE = "no_candidate"  # no candidate within the limit
    NOT_CONSIDERED = "not_considered"  # only candidates that the preselection left out
    SITES_FULL = "sites_full"  # all candidates in reach were chosen and have the most places
    BUDGET = "budget"  # the money ended first
    PLACES_COUNT = "places_count"  # the places ended first
    SITES_COUNT = "sites_count"  # the sites ended first
    NOT_WORTH_A_SITE = "not_worth_a_site"  # nothing ended, but the smallest site would gain nobody more


def left_over(need: SitingNeed, opened: OpenNeed, service: Service, limits: SitingLimits) -> pd.DataFrame:
    """
    Count the people whom existing facilities and the plan leave over.

    Returns
    -------
    left_over
        One row per gmina and reason, sorted by gmina and then in the order of `LeftReason`: `gmina_code`, `reason`
        (its code), `persons` (missing for `UNKNOWN_PERSONS`), `points_count` (demand points). A point has the first
        reason in that order that is true. Where neighbours share a facility it may be chance which of them is left
        over: the sum of several gminas is firm, that of one is one possible allocation.
    """
    persons = need.persons
    unmet = opened.unmet_persons.copy()
    unmet[opened.points] = service.unmet_persons

    all_sites = pattern(need.candidates)
    considered = np.zeros(all_sites.shape[0])
    considered[opened.site_rows] = 1
    is_full = np.zeros(all_sites.shape[0])
    is_full[opened.site_rows[service.sites]] = service.places >= limits.most_places
    in_reach = np.diff(all_sites.tocsc().indptr)
    limit = limits.obstacle(service.places)
    reason = np.select(
        [
            np.isnan(persons),
            need.candidates.is_demand_off,
            in_reach == 0,
            all_sites.T @ considered == 0,
            all_sites.T @ is_full == in_reach,
        ],
        [
            LeftReason.UNKNOWN_PERSONS.value,
            LeftReason.UNKNOWN_WAY.value,
            LeftReason.NO_CANDIDATE.value,
            LeftReason.NOT_CONSIDERED.value,
            LeftReason.SITES_FULL.value,
        ],
        default=LeftReason.NOT_WORTH_A_SITE.value if limit is None else limit.value,
    )
    points = pd.DataFrame(
        {
            "gmina_code": need.demand["gmina_code"].to_numpy(dtype=object),
            "reason": pd.Categorical(reason, categories=[code.value for code in LeftReason], ordered=True),
            "persons": unmet,
        }
    )
    points = points[np.isnan(unmet) | (unmet > 0)]
    groups = points.groupby(["gmina_code", "reason"], observed=True)["persons"]
    table = groups.agg(persons=lambda values: values.sum(skipna=False), points_count="size").reset_index()
    return table.astype({"gmina_code": "str", "reason": "str", "persons": float, "points_count": int})[
        list(LEFT_COLUMNS)
    ]
