"""What measures are made of: the areas, people, services and norm of a question, gathered once for all of them."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from data.people.people import GroupPeople
from data.quality.areas import claimed_voivodeships
from data.registry.registry import Registry
from data.store.origins import SCENARIO
from data.store.smallest_area import smallest_area
from geo.forecast import summed_people
from geo.frames import is_among
from geo.norms import DefaultNorm, default_norm
from geo.supply import places_per_1000, supply_by_area
from geo.teryt import CODE_DIGITS, COUNTRY
from geo.whole_numbers import nearest_whole, whole_by_gmina
from layers.answers.measures.world import World
from layers.indicators.indicator import DISTANCE
from layers.view.question import Question

LEAST_ESTIMATED: Final = 100
"""Estimated people from whom on a rate per 1,000 is told."""


@dataclass(frozen=True)
class Norm:
    """
    Places per 1,000 people that a question measures against.

    `places_per_1000` is missing (NaN) where there is none; `default` tells of which areas it is the median, or why
    there is none, and is None when the planner has set the norm. `own_per_1000` is the same median without places that
    may be for others; None where the planner has set the norm. `people_year` is the year at whose end the people of
    that median are told, where the question is of people of another year; else 0. `is_of_first_map` says that nobody
    set it: the second of two maps is measured to the median of the first.
    """

    places_per_1000: float
    default: DefaultNorm | None
    own_per_1000: float | None = None
    people_year: int = 0
    is_of_first_map: bool = False

    @property
    def kind(self) -> Literal["median", "target", "first"]:
        """Whose it is: the median of powiats, the planner's target, or the median of the first of two maps."""
        if self.default is not None:
            return "median"
        return "first" if self.is_of_first_map else "target"

    @property
    def is_known(self) -> bool:
        """Tell whether there is a norm."""
        return not np.isnan(self.places_per_1000)


@dataclass(frozen=True, eq=False)
class MeasureInputs:
    """
    A question with the parts of its world that it is about.

    Attributes
    ----------
    areas
        Areas of the question's level in its scope, indexed by `area_code`, with `name`, `kind`, `area_km2` and the
        other columns of `data.reading.area_queries.areas`.
    earlier
        The registry of the day `question.since`, for what has changed; None where nothing is compared.
    measured_on
        The day from which ages of records are counted; None where nobody asks for them.
    """

    world: World
    question: Question
    areas: gpd.GeoDataFrame
    earlier: Registry | None = None
    measured_on: date | None = None

    @property
    def registry(self) -> Registry:
        """The state of the registry."""
        return self.world.registry

    @property
    def digits(self) -> int:
        """Digits of the codes of the question's level."""
        return CODE_DIGITS[self.question.level]

    @cached_property
    def people(self) -> GroupPeople:
        """
        The people of the group in the year of the question, or now where the year is not told of gminas.

        Whoever is in reach is counted among the people of gminas: where those are an estimate, so is the answer, also
        of an area whose own people were counted.
        """
        people = self.world.people(self.question.people, self.question.level)
        if DISTANCE not in self.question.what.choices or people.has_estimates:
            return people
        parts = self.world.people(self.question.people, "gmina")
        if not parts.has_estimates:
            return people
        is_estimate = parts.is_estimate.groupby(parts.is_estimate.index.str[: self.digits]).any()
        return replace(
            people,
            is_estimate=is_estimate.reindex(people.persons.index, fill_value=False),
            method_key=parts.method_key,
            residents_on=parts.residents_on,
        )

    @cached_property
    def persons(self) -> pd.Series:
        """The people of the group in the year of the question, for each area; missing where unknown."""
        return self.persons_in(self.question.people.year)

    @cached_property
    def is_few(self) -> pd.Series:
        """
        Which areas have fewer people than any rate is told of, where those are an estimate from all residents.

        Nobody knows who of them is there, and one place more would move the rate by more than 10 per 1,000. A part of
        a counted band of age is no such estimate, however small.
        """
        is_spread = self.people.method_key.endswith("_by_residents")
        is_estimate = self.people.is_estimate.reindex(self.areas.index, fill_value=False).astype(bool)
        return is_estimate & is_spread & (self.persons < LEAST_ESTIMATED)

    @property
    def rate_persons(self) -> pd.Series:
        """The people that rates are of; missing where they are unknown or too few."""
        return self.persons.mask(self.is_few)

    @cached_property
    def people_now(self) -> GroupPeople:
        """The people of the group now, at the level of the question."""
        return self.world.people(self.question.people.now, self.question.level)

    def persons_in(self, year: int) -> pd.Series:
        """Return the same people in a year, 0 for now, for each area; missing where unknown."""
        people, level = self.question.people.of_year(year), self.question.level
        if self.world.is_told_of_gminas(people):
            persons = self.world.people(people, level).persons
        else:
            persons = self.world.gmina_people(people)
            if level != "gmina":
                persons = summed_people(persons, level=level)
        return persons.reindex(self.areas.index).astype(float)

    @cached_property
    def whole_persons(self) -> pd.Series:
        """
        The people in whole numbers, as they are shown: sums of gminas, which are rounded so that they add up.

        Where those of a gmina are unknown, the area's own number. Rates are made of `persons`.
        """
        world, people = self.world, self.question.people
        gminas = world.keep(("whole people", people), lambda: whole_by_gmina(world.gmina_people(people)))
        sums = gminas.groupby(gminas.index.str[: self.digits]).sum()
        sums = sums.mask(gminas.isna().groupby(gminas.index.str[: self.digits]).any())
        own = pd.Series(nearest_whole(self.persons.to_numpy()), index=self.persons.index)
        sums = sums.reindex(self.areas.index)
        # What was counted for the area itself is not changed by another count of its gminas.
        return sums.where((sums - own).abs() <= 1, own).where(own.notna())

    @cached_property
    def services(self) -> gpd.GeoDataFrame:
        """The services of the question's form for its group, in the whole country."""
        return self.world.services(self.question.help)

    @cached_property
    def in_scope(self) -> gpd.GeoDataFrame:
        """Those of them that stand in an area of the question, with its `area_code`."""
        return placed_in(self.services, self.areas.index)

    @cached_property
    def unplaced(self) -> gpd.GeoDataFrame:
        """The services of the scope of which nobody knows the area of the question's level: no row has them."""
        code = self.services["voivodeship_code"].astype("string").fillna("")
        here = self.services[code.str.startswith(self.question.scope_code).astype(bool)]
        return here[~here["service_id"].isin(self.in_scope["service_id"])]

    @cached_property
    def unconfirmed(self) -> gpd.GeoDataFrame:
        """Services in its areas of which there is only evidence, with their `area_code`; counted nowhere."""
        return placed_in(self.world.unconfirmed(self.question.help), self.areas.index)

    @cached_property
    def known_areas(self) -> pd.Series:
        """Tell whether the list is complete here."""
        is_known = self.world.known_areas(self.question.help, self.question.level)
        return is_known.reindex(self.areas.index, fill_value=False).astype(bool)

    @cached_property
    def has_no_list(self) -> bool:
        """
        Tell whether no list names a facility of the form in the scope, nor says that there is none.

        What is in reach is of the neighbours' lists then. What a scenario opens is of no list.
        """
        question, coverage, services = self.question, self.registry.register_coverage, self.registry.services
        of_form = services[services["is_counted"] & (services["support_form"] == question.form)]
        is_listed = smallest_area(of_form).str.startswith(question.scope_code) & (
            of_form["source_code"] != SCENARIO
        )
        claimed = coverage.loc[coverage["support_form"] == question.form, "voivodeship_code"]
        return not is_listed.any() and not claimed.str.startswith(question.scope_code).any()

    @cached_property
    def supply(self) -> pd.DataFrame:
        """Facilities and places of each area."""
        return supply_by_area(self.in_scope, known_areas=self.known_areas, area_codes=self.areas.index)

    @cached_property
    def point_persons(self) -> pd.Series:
        """The people at each demand point: those of the group, or all residents where these are what is asked about."""
        question = self.question
        if question.what.is_of_residents:
            return self.world.residents_at_points()
        return self.world.demand_persons(question.people)

    @cached_property
    def is_unpeopled(self) -> pd.Series:
        """Which areas have nobody to tell of: how many people live there, in the year of the question, is unknown."""
        if not self.question.what.is_of_residents:
            return self.persons.isna()
        residents = self.world.gminas.index.to_series().map(self.registry.residents)
        is_unknown = residents.isna().groupby(residents.index.str[: self.digits]).any()
        return is_unknown.reindex(self.areas.index, fill_value=True)

    @cached_property
    def point_area(self) -> pd.Series:
        """The area code of each demand point, of the question's level; also of points outside its scope."""
        return self.world.point_gminas.areas(self.digits)

    @cached_property
    def is_in_scope(self) -> pd.Series:
        """Which demand points lie in the scope."""
        return self.world.point_gminas.starting_with(self.question.scope_code)

    @cached_property
    def norm(self) -> Norm:
        """The planner's norm, or the median of the powiats of the scope."""
        if self.question.norm:
            return Norm(self.question.norm, None)
        question = self.question
        norm = self.world.keep(
            ("norm", question.scope, question.help, question.people.now), self._default_norm
        )
        return replace(norm, people_year=self._other_year_of_norm())

    def _other_year_of_norm(self) -> int:
        """Return the year of the people of now where the question is of those of another, who have another median."""
        year, day = self.question.people.year, self.people_now.counted_on
        return 0 if not year or day is None or day.year == year else day.year

    def _default_norm(self) -> Norm:
        question, today = replace(self.question, level="powiat", year=0), self.world.today
        powiats = self.registry.areas_by_code("powiat")
        claimed = claimed_voivodeships(self.registry.register_coverage, question.form)
        # For the country: where somebody lists all; the rest could not be a norm for anybody.
        wanted = claimed if question.scope == COUNTRY else {question.scope}
        powiat_inputs = MeasureInputs(today, question, powiats[powiats["voivodeship_code"].isin(wanted)])
        supply = powiat_inputs.supply
        default, own = (
            default_norm(
                places_per_1000(supply[name], powiat_inputs.rate_persons),
                is_lower_bound=supply["is_lower_bound"] | supply["places_are_old"],
            )
            for name in ("capacity_places", "own_places")
        )
        # Of the country it is told how few of all powiats these are.
        told = replace(default, areas_count=len(powiats)) if question.scope == COUNTRY else default
        own_per_1000 = 0.0 if own.reason_code == "median_is_zero" else own.places_per_1000
        return Norm(default.places_per_1000, told, own_per_1000)


def placed_in(services: gpd.GeoDataFrame, area_codes: pd.Index) -> gpd.GeoDataFrame:
    """
    Return the services in areas of one level, with their `area_code`.

    Of some it is only known in which powiat or voivodeship they stand: that is enough for areas as large.
    """
    digits = len(area_codes[0]) if len(area_codes) else 0
    own_area = smallest_area(services).str[:digits]
    is_here = is_among(own_area, area_codes)
    return services[is_here].assign(area_code=own_area[is_here])
