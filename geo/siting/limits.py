"""What a planner allows: how many sites and places, of what size, for how much money."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from geo.errors import OptionError


class Limit(StrEnum):
    """What kept a plan from serving more people."""

    BUDGET = "budget"
    PLACES_COUNT = "places_count"
    SITES_COUNT = "sites_count"


@dataclass(frozen=True, kw_only=True)
class SitingLimits:
    """
    What a plan may use.

    Attributes
    ----------
    least_places, most_places
        Places of one site: a whole number, 1 or more.
    sites_count, places_count
        New sites and new places at most; None for no limit.
    budget
        Money at most, in zł: building, and running for `years`; None for no limit.
    build_per_site, build_per_place, run_per_place_year
        Costs in zł, 0 or more.
    years
        Years of running that are counted.

    Raises
    ------
    OptionError
        If a number is out of range, nothing is limited, or a budget is given without any cost.
    """

    least_places: int
    most_places: int
    sites_count: int | None = None
    places_count: int | None = None
    budget: float | None = None
    build_per_site: float = 0.0
    build_per_place: float = 0.0
    run_per_place_year: float = 0.0
    years: float = 0.0

    def __post_init__(self) -> None:
        if not 1 <= self.least_places <= self.most_places:
            raise OptionError(
                f"expected places of a site from 1 up, the least not above the most, "
                f"found {self.least_places} to {self.most_places}",
                least_places=self.least_places,
                most_places=self.most_places,
            )
        for name in ("sites_count", "places_count"):
            count = getattr(self, name)
            if count is not None and count < 1:
                raise OptionError(f"expected {name} of 1 or more, or none, found {count}", **{name: count})
        for name in ("budget", "build_per_site", "build_per_place", "run_per_place_year", "years"):
            amount = getattr(self, name)
            if amount is not None and not (np.isfinite(amount) and amount >= 0):
                raise OptionError(f"expected {name} of 0 or more, found {amount}", **{name: amount})
        if self.sites_count is None and self.places_count is None and self.budget is None:
            raise OptionError("expected a limit of sites, places or money, found none; give one of them")
        if self.budget is not None and self.least_cost == 0:
            raise OptionError("expected costs with a budget, found none; give what building or running costs")

    @property
    def cost_per_place(self) -> float:
        """Cost of one place in zł: building and the counted years of running."""
        return self.build_per_place + self.years * self.run_per_place_year

    @property
    def least_cost(self) -> float:
        """Cost of the cheapest site in zł."""
        return self.build_per_site + self.least_places * self.cost_per_place

    @property
    def total_places(self) -> float:
        """Places of all sites together at most: over every number of sites, what the limits leave for places."""
        most = np.inf if self.places_count is None else float(self.places_count)
        if self.budget is None or self.least_cost == 0:
            return most if self.sites_count is None else min(most, float(self.sites_count * self.most_places))
        affordable = int(self.budget * (1 + 1e-9) // self.least_cost)
        counts = np.arange(1, min(affordable, self.sites_count or affordable) + 1)
        if not len(counts):
            return 0.0
        of_counts = np.minimum(counts * float(self.most_places), most)
        if self.cost_per_place > 0:
            left = self.budget * (1 + 1e-9) - counts * self.build_per_site
            of_counts = np.minimum(of_counts, np.floor(left / self.cost_per_place))
        return float(of_counts.max())

    def obstacle(self, places: NDArray[np.int64]) -> Limit | None:
        """
        Return which limit lets no place and no site be added to a plan; None when none does.

        `places` of the chosen sites; an empty plan asks whether one site could be opened at all.
        """
        can_grow = bool((places < self.most_places).any())
        cost = self.build_per_site * len(places) + self.cost_per_place * float(places.sum())
        next_cost = min(self.least_cost, self.cost_per_place if can_grow else np.inf)
        if self.budget is not None and cost + next_cost > self.budget * (1 + 1e-9):
            return Limit.BUDGET
        next_places = 1 if can_grow else self.least_places
        if self.places_count is not None and places.sum() + next_places > self.places_count:
            return Limit.PLACES_COUNT
        if self.sites_count is not None and len(places) >= self.sites_count:
            return Limit.SITES_COUNT
        return None

    def rows(self, site_count: int) -> tuple[sp.csr_array, NDArray[np.float64]]:
        """
        Return the limits as rows of a program, `matrix @ [places of sites, is-open of sites] <= upper`.

        The first rows hold the places of a site between the least and the most, or at 0 when it is not open.
        """
        each, none = sp.eye_array(site_count), np.zeros(site_count)
        every = np.ones((1, site_count))
        parts = [[each, -self.most_places * each], [-each, self.least_places * each]]
        upper = [none, none]
        if self.sites_count is not None:
            parts.append([0 * every, every])
            upper.append(np.array([float(self.sites_count)]))
        if np.isfinite(self.total_places):
            # It follows from the others, but a solver would find it only by trying sites one by one.
            parts.append([every, 0 * every])
            upper.append(np.array([self.total_places]))
        if self.budget is not None:
            # In parts of the cheapest site: millions of zł beside single sites would blur the solver's tolerances.
            parts.append(
                [self.cost_per_place / self.least_cost * every, self.build_per_site / self.least_cost * every]
            )
            upper.append(np.array([self.budget / self.least_cost]))
        blocks = [[sp.csr_array(block) for block in row] for row in parts]
        return sp.block_array(blocks, format="csr"), np.concatenate(upper)
