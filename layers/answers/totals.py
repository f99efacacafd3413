"""What an area table adds up to: whole numbers only, because rates and shares of areas have no sum."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.printed_numbers import LEAST, MOST, UNSURE, Bound
from layers.answers.area_table import AreaTable
from layers.answers.measures.gap_answer import GapAnswer
from layers.answers.measures.reached import bounds_of
from layers.indicators import KINDS
from layers.indicators.gap_share import SURELY_OUT
from layers.indicators.places_per_1000 import KEEP

NOT_ADDED: Final = frozenset({"places_to_keep", *KEEP, "counted_people"})
"""Counts without a sum: levels that each area keeps are rounded up each; people of several nights are no crowd."""


@dataclass(frozen=True)
class Total:
    """The sum of a column, 0 or more, and how far it is to be believed."""

    value: float
    bound: Bound


def totals_of(table: AreaTable, columns: tuple[str, ...]) -> dict[str, Total]:
    """
    Return the sums of the counts of a table, by column; none of a column in which no area has a number.

    Of a gap the whole scope's answer is taken: the same number as in the heading, with the people of areas that tell
    none. Elsewhere an area without a number makes the sum *at least*.
    """
    counts = [column for column in columns if KINDS.get(column) == "count" and column not in NOT_ADDED]
    made = {column: _sum(table.rows[column], table.bounds[column]) for column in counts}
    made |= {column: total for column, total in _of_answer(table.answer).items() if column in counts}
    return {column: total for column, total in made.items() if not np.isnan(total.value)}


def _sum(values: pd.Series, bounds: pd.Series) -> Total:
    numbers = values.astype("Float64").astype(float)
    bounds = bounds.reindex(numbers.index)
    is_more = bool((numbers.isna() | bounds.isin([LEAST, UNSURE])).any())
    is_less = bool((numbers.notna() & bounds.isin([MOST, UNSURE])).any())
    told = bounds_of(pd.Series([is_more]), pd.Series([is_less])).iloc[0]
    return Total(float(numbers.sum(min_count=1)), told)


def _of_answer(answer: GapAnswer | None) -> dict[str, Total]:
    """Return what is missing in the whole scope by the columns of `layers.indicators.gap_share`."""
    if answer is None or not answer.is_known:
        return {}
    places, out = answer.missing_places, answer.out_of_reach_persons
    # An estimate that the heading does not name is none here either.
    is_told = not places.is_estimate_apart or answer.is_estimate_told
    return {
        "missing_places": Total(places.estimate if is_told else np.nan, places.bound),
        "least_missing_places": Total(places.least, ""),
        "most_missing_places": Total(places.most, ""),
        "out_of_reach_persons": Total(out.estimate, out.bound),
        SURELY_OUT: Total(out.least, ""),
    }
