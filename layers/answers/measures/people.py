"""People of a group: their number, their part of all residents, and by how much they grow."""

import numpy as np
import pandas as pd

from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import Measured
from layers.indicators.people import GROWTH, GROWTH_YEARS

_DECIMALS = 9
"""Sums of fractions differ in their last digits: no growth would be a hair of one."""


def measure_people(inputs: MeasureInputs) -> Measured:
    """
    Return how many people of the group of a question live in each area.

    Columns: `people`, whole numbers of the year of the question, as `MeasureInputs.whole_persons`; of older people
    `residents_share`, their part of all residents of the same day, and `people_growth_YEAR`, by how many per cent their
    number is another than now (missing where nobody projects them, or nobody of them lives there now). These are of
    numbers that are not rounded, which stand beside them: `residents_persons`, `people_now`, `people_in_YEAR`.
    """
    columns = {"people": inputs.whole_persons.astype(float)}
    if inputs.question.group == "older":
        residents, now = _residents(inputs), inputs.persons_in(0)
        later = {year: inputs.persons_in(year) for year in GROWTH_YEARS}
        columns |= {
            "residents_persons": residents,
            "residents_share": inputs.persons / residents.where(residents > 0),
            "people_now": now,
            **{f"people_in_{year}": persons for year, persons in later.items()},
        }
        columns |= {
            name: (100 * (later[year] / now.where(now > 0) - 1)).round(_DECIMALS)
            for name, year in zip(GROWTH, GROWTH_YEARS, strict=True)
        }
    table = pd.DataFrame(columns, index=inputs.areas.index)
    return Measured(table, registers=frozenset(), as_of=inputs.people.counted_on)


def _residents(inputs: MeasureInputs) -> pd.Series:
    """Return all residents of each area in the year of the question; missing where only some powiats tell it."""
    if not inputs.world.is_told_of_gminas(inputs.question.people):
        return pd.Series(np.nan, index=inputs.areas.index)
    bands = inputs.world.year_of_residents(inputs.question.people).bands
    persons = bands.groupby(bands["area_code"].str[: inputs.digits])["persons"].sum()
    return persons.reindex(inputs.areas.index).astype(float)
