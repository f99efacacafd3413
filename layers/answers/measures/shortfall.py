"""
How many places fewer stand in areas than a rate gives: of a named level, or of today for the people of a later year.

Answered for the smallest areas that the form is a matter of, gminas of a form that is near and powiats of one that
people come to from anywhere (`Question.part_level`). Larger areas are sums of them, in the same whole numbers at every
level.
"""

from dataclasses import replace
from functools import cached_property
from typing import Final

import pandas as pd

from geo.forecast import places_to_keep_level
from geo.norms import places_to_norm
from geo.teryt import COUNTRY
from geo.whole_numbers import whole_beside, whole_by_gmina
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import Measured
from layers.answers.measures.reached import bounds_of
from layers.indicators.indicator import NORM
from layers.indicators.places_per_1000 import KEEP_YEARS

TO_NORM: Final = "norm_missing_places"
KEEP: Final = "places_to_keep"


def measure_shortfall(inputs: MeasureInputs) -> Measured:
    """
    Return the places that areas have fewer than a rate gives, in whole numbers.

    Columns: with a norm `norm_missing_places`; of a future year `places_to_keep`, the places to be added so that the
    rate stays what it is today; of a question with a norm also those for `KEEP_YEARS`. None for areas smaller than the
    parts that are asked.

    An area is the sum of its parts of which it is known, *at least* that where it is not known of all; missing where it
    is known of none. What is above the rate in one part is not taken off what another has fewer.
    """
    if inputs.question.is_wide_gmina:
        return Measured(pd.DataFrame(index=inputs.areas.index))
    return Shortfall(inputs).measured()


class Shortfall:
    """The parts of the areas of a question, and what they have fewer."""

    def __init__(self, inputs: MeasureInputs) -> None:
        self.inputs = inputs
        self.parts = parts_of(inputs)

    def measured(self) -> Measured:
        """Return the columns that the question asks for."""
        question, inputs = self.inputs.question, self.inputs
        wanted: dict[str, tuple[pd.Series, pd.Series] | None] = {}
        if inputs.norm.is_known:
            wanted[TO_NORM] = self.to_norm()
        if self.is_later:
            wanted[KEEP] = self.to_keep(question.people.year)
        if NORM in question.what.choices and question.group == "older":
            for year in KEEP_YEARS:
                wanted[f"{KEEP}_{year}"] = self.to_keep(year)
        told = {name: of for name, of in wanted.items() if of is not None}
        columns = pd.DataFrame({name: of[0] for name, of in told.items()}, index=inputs.areas.index)
        return Measured(columns, {name: of[1] for name, of in told.items()})

    @property
    def is_later(self) -> bool:
        """Tell whether the question is of a year to come: nobody keeps today's rate for people of before."""
        return self.inputs.question.people.year > self.inputs.registry.year_of_now

    def to_norm(self) -> tuple[pd.Series, pd.Series]:
        """Return the places fewer than the norm, and their bounds."""
        norm = self.inputs.norm.places_per_1000
        exact = _to_norm(self.parts, norm)
        today = self.inputs.world.today
        if today is self.inputs.world:
            whole = whole_by_gmina(exact["norm_missing_places"], is_enough=True)
        else:
            # What a scenario opens is told to lack nowhere more, whatever rounding does.
            base = _to_norm(replace(self.parts, world=today), norm)["norm_missing_places"]
            whole = whole_beside(
                exact["norm_missing_places"],
                base=base,
                whole_base=whole_by_gmina(base, is_enough=True),
                is_enough=True,
            )
        # Of what has closed since more is lacking; where people are none, nothing.
        supply = self.parts.supply
        is_gone = (supply["may_be_gone"] | supply["places_are_old"]) & (exact["needed_places"] > 0)
        is_fewer = supply["places_are_old"] & (exact["norm_missing_places"] > 0)
        return self._summed(
            whole, is_least=exact["is_lower_bound"] | is_gone, is_most=exact["is_upper_bound"] | is_fewer
        )

    def to_keep(self, year: int) -> tuple[pd.Series, pd.Series] | None:
        """Return the places that keep today's rate in a year, and their bounds; None where nobody projects people."""
        then = self.parts.persons_in(year)
        if then.isna().all():
            return None
        supply, now = self.parts.supply, self._people_now
        exact = places_to_keep_level(supply["capacity_places"], now, then)["extra_places"]
        # What the list does not name has to grow too, and what is for others not; where people become fewer, nothing.
        whole = whole_by_gmina(exact, is_enough=True)
        return self._summed(
            whole,
            is_least=(supply["is_lower_bound"] | supply["places_are_old"]) & (exact > 0),
            is_most=(supply["is_upper_bound"] | supply["may_be_gone"] | supply["places_are_old"])
            & (whole > 0),
        )

    @cached_property
    def _people_now(self) -> pd.Series:
        return self.parts.people_now.persons.reindex(self.parts.areas.index)

    def _summed(
        self, whole: pd.Series, *, is_least: pd.Series | None = None, is_most: pd.Series | None = None
    ) -> tuple[pd.Series, pd.Series]:
        """Add up the known parts of each area."""
        areas = self.inputs.areas.index
        codes = whole.index.str[: self.inputs.digits]

        def any_of(is_so: pd.Series) -> pd.Series:
            return is_so.astype(bool).groupby(codes).any().reindex(areas, fill_value=False)

        sums = whole.groupby(codes).sum(min_count=1).reindex(areas)
        nowhere = pd.Series(data=False, index=whole.index)
        is_more = any_of(whole.isna() | (nowhere if is_least is None else is_least))
        is_less = any_of(nowhere if is_most is None else is_most)
        return sums, bounds_of(is_more & sums.notna(), is_less & sums.notna())


def own_shortfall(inputs: MeasureInputs) -> tuple[pd.Series, pd.Series]:
    """Return how many places fewer than the norm each gmina of the country has: exactly, and whole ones."""
    gminas = inputs.registry.areas_by_code("gmina")
    exact = _to_norm(
        MeasureInputs(inputs.world, replace(inputs.question, level="gmina"), gminas),
        inputs.norm.places_per_1000,
    )
    return exact["norm_missing_places"], whole_by_gmina(exact["norm_missing_places"], is_enough=True)


def _to_norm(parts: MeasureInputs, norm_per_1000: float) -> pd.DataFrame:
    supply = parts.supply
    return places_to_norm(
        supply["capacity_places"],
        parts.persons,
        norm_per_1000=norm_per_1000,
        is_lower_bound=supply["is_lower_bound"],
        own_places=supply["own_places"],
    )


def parts_of(inputs: MeasureInputs) -> MeasureInputs:
    """Return the same question of the parts of its areas."""
    level = inputs.question.part_level
    areas = inputs.registry.areas_by_code(level)
    if inputs.question.scope != COUNTRY:
        areas = areas[areas["voivodeship_code"] == inputs.question.scope]
    return MeasureInputs(inputs.world, replace(inputs.question, level=level), areas)
