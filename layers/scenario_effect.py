"""What a scenario does for people: two area tables of the gap triad, and what lies between them."""

import math
from dataclasses import dataclass
from typing import Final

import pandas as pd

from layers.area_table import AreaTable
from layers.indicators import TRIAD
from layers.measures.measured import LEAST, MOST, UNSURE, Bound

_GAP: Final = ("over_capacity_persons", "out_of_reach_persons")
_SUMMED: Final = (*TRIAD, "missing_places")
_HAIR_PERSONS: Final = 1e-6
"""Sums of fractions differ in their last digits: less than this is no change."""


@dataclass(frozen=True)
class Figure:
    """A number and how far it is to be believed; missing (NaN) is no data."""

    value: float
    bound: Bound = ""


@dataclass(frozen=True, eq=False)
class Effect:
    """
    What is otherwise in the second of two tables.

    Attributes
    ----------
    areas
        One row per area, the most improved first: `name`, `powiat_name`, `gained_persons` (more people served,
        negative for fewer; missing = no data), `gained_bound` (a code of `layers.measures.measured.Bound`),
        `served_before`, `served_after`, `gap_before`, `gap_after` (known to be without a place), `is_changed`.
    before, after
        Sums over the areas, by column: the parts of `layers.indicators.TRIAD`, and `missing_places`.
    gained
        People served more in all.
    unknown_areas
        How many areas have no data in one of the tables.
    """

    areas: pd.DataFrame
    before: dict[str, Figure]
    after: dict[str, Figure]
    gained: Figure
    unknown_areas: int


def effect_of(before: AreaTable, after: AreaTable) -> Effect:
    """
    Compare two tables of `gap_share` of the same areas, people and norm.

    Notes
    -----
    Where the parts of an area are sure, the gain is what more are served. Where some people are no data, a newly served
    person may have had a place in a facility that no list names. There the gain is *at least* what the known gap lost to
    the served, the smaller of the two differences; where that is not more than nobody, or a part is *at most*, the
    difference of those served is told as unsure. An area whose parts are the same in both tables gains nobody for sure.
    """
    first, second = before.rows, after.rows.reindex(before.rows.index)
    parts = list(TRIAD)
    change = second[parts] - first[parts]
    served = change["served_persons"]
    gap = (
        first[list(_GAP)].sum(axis="columns", skipna=False),
        second[list(_GAP)].sum(axis="columns", skipna=False),
    )
    closed = gap[0] - gap[1]
    is_same = (change.abs() < _HAIR_PERSONS).all(axis="columns")
    bounds = pd.concat(
        [table.bounds.reindex(index=first.index, columns=parts).fillna("") for table in (before, after)],
        axis="columns",
    )
    is_sure = is_same | (bounds == "").all(axis="columns")
    is_above = bounds.isin([MOST, UNSURE]).any(axis="columns")
    sure_gain = pd.concat([closed, served], axis="columns").min(axis="columns", skipna=False)
    is_least = ~is_sure & ~is_above & (sure_gain > _HAIR_PERSONS)
    gained = served.mask(is_same, 0.0).mask(is_least, sure_gain)
    gained_bound = pd.Series("", index=first.index).mask(~is_sure, UNSURE).mask(is_least, LEAST)
    gained_bound = gained_bound.mask(gained.isna(), "")
    areas = pd.DataFrame(
        {
            "name": first["name"],
            "powiat_name": first["powiat_name"],
            "gained_persons": gained,
            "gained_bound": gained_bound,
            "served_before": first["served_persons"],
            "served_after": second["served_persons"],
            "gap_before": gap[0],
            "gap_after": gap[1],
            "is_changed": ~is_same & gained.notna(),
        }
    )
    return Effect(
        areas=areas.sort_values(
            ["gained_persons", "name"], ascending=[False, True], na_position="last", kind="stable"
        ),
        before={column: _total(before, column) for column in _SUMMED},
        after={column: _total(after, column) for column in _SUMMED},
        gained=_sum(gained, gained_bound, is_open=bool(gained.isna().any())),
        unknown_areas=int(gained.isna().sum()),
    )


def cost_per_person(cost_zl: int | None, gained: Figure, *, is_cost_at_least: bool) -> Figure:
    """
    Return what one more person served costs, in zł, rounded up to whole ones; missing when nobody more is served.

    A cost that is *at least* is so for each person too; people that are *at least* make it *at most*; both make it
    unsure.
    """
    if cost_zl is None or math.isnan(gained.value) or gained.value <= _HAIR_PERSONS:
        return Figure(math.nan)
    each = float(math.ceil(round(cost_zl / gained.value, 6)))
    if gained.bound == UNSURE or (gained.bound and is_cost_at_least):
        return Figure(each, UNSURE)
    if gained.bound == LEAST:
        return Figure(each, MOST)
    return Figure(each, LEAST if is_cost_at_least else "")


def _total(table: AreaTable, column: str) -> Figure:
    """Return the sum over the areas; areas without data make it at least that."""
    values = table.rows[column]
    return _sum(values, table.bounds[column], is_open=bool(values.isna().any()), open_bound=LEAST)


def _sum(values: pd.Series, bounds: pd.Series, *, is_open: bool, open_bound: Bound = UNSURE) -> Figure:
    if values.isna().all():
        return Figure(math.nan)
    said = {str(code) for code in bounds[values.notna()] if code}
    if is_open:
        said.add(open_bound)
    if not said:
        return Figure(float(values.sum()))
    bound: Bound = LEAST if said == {LEAST} else MOST if said == {MOST} else UNSURE
    return Figure(float(values.sum()), bound)
