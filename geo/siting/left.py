"""Who is left over by a plan, and why: reasons as codes, so that a page can say them in a sentence."""

from enum import StrEnum

import numpy as np
import pandas as pd

from geo.siting.limits import SitingLimits
from geo.siting.need import OpenNeed, SitingNeed, pattern
from geo.siting.service import Service

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
