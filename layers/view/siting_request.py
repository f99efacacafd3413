"""What a planner asks for new sites, as a part of the address: short text that anybody may have written."""

import re
from dataclasses import dataclass
from typing import Final

from data.scenarios.costs import UnitCosts
from geo.siting.limits import SitingLimits

MOST, EACH, WORST = "most", "each", "worst"
GOALS: Final = (MOST, EACH, WORST)
"""Most people; at least one facility in each powiat; the worst-off areas first."""
MOST_SITES: Final = 30
MOST_SITE_PLACES: Final = 9_999
MOST_BUDGET_ZL: Final = 9_999_999_999
MOST_YEARS: Final = 30
NUMBER_FIELDS: Final = {
    "sites_count": (1, MOST_SITES),
    "least_places": (1, MOST_SITE_PLACES),
    "most_places": (1, MOST_SITE_PLACES),
    "places_count": (1, MOST_SITE_PLACES),
    "budget_zl": (1, MOST_BUDGET_ZL),
    "years": (0, MOST_YEARS),
}
"""Least and most of each number, in the order of the packed text."""
_PACKED: Final = re.compile(
    r"([0-9]{0,2})_([0-9]{0,4})_([0-9]{0,4})_([0-9]{0,4})_([0-9]{0,10})_([0-9]{0,2})_(u?w?)([pg]?)"
)
_GOAL_SIGNS: Final = {MOST: "", EACH: "p", WORST: "g"}
_GOALS_BY_SIGN: Final = {sign: goal for goal, sign in _GOAL_SIGNS.items()}


@dataclass(frozen=True, kw_only=True)
class SitingRequest:
    """
    How many sites of what size for how much money; None: not said.

    Attributes
    ----------
    sites_count, places_count, budget_zl
        New sites, new places and zł at most.
    least_places, most_places
        Places of one site; None for the usual ones of the form.
    years
        Years of running that are paid from the budget.
    is_unsure_counted
        Whether people of no data in the gap triad count as people to be served.
    is_wide
        Whether other localities than the main one of each gmina are considered.
    goal
        What the sites are for, one of `GOALS`.
    """

    sites_count: int | None = 3
    least_places: int | None = None
    most_places: int | None = None
    places_count: int | None = None
    budget_zl: int | None = None
    years: int = 5
    is_unsure_counted: bool = False
    is_wide: bool = False
    goal: str = MOST

    def limits(self, costs: UnitCosts, *, usual_places: tuple[int, int]) -> SitingLimits:
        """
        Return the limits for `geo.siting.siting`.

        A cost that nobody gave is left out of the sums, which are then *at least*. A budget
        is left out when no cost is known that it could be measured by.

        Raises
        ------
        OptionError
            If nothing is limited, or the least places are above the most.
        """
        least, most = usual_places
        least_places, most_places = self.least_places or least, self.most_places or most
        if self.least_places is None:
            least_places = min(least_places, most_places)
        if self.most_places is None:
            most_places = max(least_places, most_places)
        return SitingLimits(
            least_places=least_places,
            most_places=most_places,
            sites_count=self.sites_count,
            places_count=self.places_count,
            budget=float(self.budget_zl) if self.is_budget_used(costs) and self.budget_zl else None,
            build_per_site=float(costs.build_per_site_zl or 0),
            build_per_place=float(costs.build_per_place_zl or 0),
            run_per_place_year=float(costs.run_per_place_zl_year or 0),
            years=float(self.years),
        )

    def is_budget_used(self, costs: UnitCosts) -> bool:
        """Tell whether there is a budget and a known cost that it pays for."""
        per_place = (costs.build_per_place_zl or 0) + self.years * (costs.run_per_place_zl_year or 0)
        return self.budget_zl is not None and (costs.build_per_site_zl or 0) + per_place > 0


def pack_siting(request: SitingRequest) -> str:
    """Return a request as text for the address, `3_15_30___5_`; nothing for the default."""
    if request == SitingRequest():
        return ""
    numbers = [getattr(request, name) for name in NUMBER_FIELDS]
    flags = "u" * request.is_unsure_counted + "w" * request.is_wide + _GOAL_SIGNS[request.goal]
    return "_".join([*("" if number is None else str(number) for number in numbers), flags])


def is_siting_whole(text: str) -> bool:
    """Tell whether every number that a text says is one that a request can have."""
    match = _PACKED.fullmatch(text)
    if match is None:
        return not text
    bounds = zip(NUMBER_FIELDS.values(), match.groups()[: len(NUMBER_FIELDS)], strict=True)
    return all(not digits or least <= int(digits) <= most for (least, most), digits in bounds)


def read_siting(text: str) -> SitingRequest:
    """Return the request that an address tells; the default when it tells none. A number out of range is not said."""
    match = _PACKED.fullmatch(text)
    if match is None:
        return SitingRequest()
    *numbers, flags, sign = match.groups()
    values: dict[str, int | None] = {}
    for (name, (least, most)), digits in zip(NUMBER_FIELDS.items(), numbers, strict=True):
        number = int(digits) if digits else None
        values[name] = number if number is not None and least <= number <= most else None
    years = values.pop("years")
    return SitingRequest(
        **values,
        years=SitingRequest.years if years is None else years,
        is_unsure_counted="u" in flags,
        is_wide="w" in flags,
        goal=_GOALS_BY_SIGN[sign],
    )
