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
        `served_before`, `served_after`, `out_before`, `out_after` (known to be out of reach), `is_changed`.
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
    d is how many more are served in an area, c how many fewer are in its known gap (over capacity or out of reach).

    - No part is uncertain, or all are the same in both tables: the gain is d.
    - Otherwise a newly served person may have had a place in a facility that no list names: one who was no data, or
      one over capacity where that was *at most*. The gain is *at least* min(c, d), less those over capacity where they
      were *at most*, when that is more than 0; else *at most* d when d is more than 0, and 0 when d is. Else, and
      wherever more may be served afterwards than is known (over capacity *at most* then, or more people of no data:
      a facility of unknown size was opened), unsure.

    The sum is *at least* the sum of what is sure (d or the least gain; where fewer are served without being sure, d;
    else 0) when that is more than 0. Areas without data make it unsure.
    """
    first, second = before.rows, after.rows.reindex(before.rows.index)
    parts = list(TRIAD)
    change = second[parts] - first[parts]
    served = change["served_persons"]
    gaps = [rows[list(_GAP)].sum(axis="columns", skipna=False) for rows in (first, second)]
    bounds = [table.bounds.reindex(index=first.index, columns=parts).fillna("") for table in (before, after)]
    is_above = [of_table["over_capacity_persons"].isin([MOST, UNSURE]) for of_table in bounds]
    is_same = (change.abs() < _HAIR_PERSONS).all(axis="columns")
    is_sure = is_same | ((bounds[0] == "") & (bounds[1] == "")).all(axis="columns")
    least = pd.concat([gaps[0] - gaps[1], served], axis="columns").min(axis="columns", skipna=False)
    least -= first["over_capacity_persons"].where(is_above[0], 0.0)
    is_least = ~is_sure & (least > _HAIR_PERSONS)
    is_open = is_above[1] | (change["no_data_persons"] > _HAIR_PERSONS)
    is_level = ~is_sure & ~is_open & (served.abs() < _HAIR_PERSONS)
    is_most = ~is_sure & ~is_least & ~is_open & (served > _HAIR_PERSONS)
    gained = served.mask(is_same | is_level, 0.0).mask(is_least, least)
    bound = pd.Series("", index=first.index).mask(~is_sure & ~is_level, UNSURE)
    bound = bound.mask(is_most, MOST).mask(is_least, LEAST).mask(gained.isna(), "")
    areas = pd.DataFrame(
        {
            "name": first["name"],
            "powiat_name": first["powiat_name"],
            "gained_persons": gained,
            "gained_bound": bound,
            "served_before": first["served_persons"],
            "served_after": second["served_persons"],
            "out_before": first["out_of_reach_persons"],
            "out_after": second["out_of_reach_persons"],
            "is_changed": ~is_same & gained.notna(),
        }
    )
    return Effect(
        areas=areas.sort_values(
            ["gained_persons", "name"], ascending=[False, True], na_position="last", kind="stable"
        ),
        before={column: _total(before, column) for column in _SUMMED},
        after={column: _total(after, column) for column in _SUMMED},
        gained=_total_gain(gained, served, bound),
        unknown_areas=int(gained.isna().sum()),
    )


def cost_per_person(cost_zl: int | None, gained: Figure, *, is_cost_at_least: bool) -> Figure:
    """
    Return what one more person served costs, in zł, rounded up to whole ones; missing when nobody more is served.

    A cost that is *at least* is so for each person too; people that are *at least* make it *at most*, and the other way
    round; what goes both ways is unsure.
    """
    if cost_zl is None or math.isnan(gained.value) or gained.value <= _HAIR_PERSONS:
        return Figure(math.nan)
    each = float(math.ceil(round(cost_zl / gained.value, 6)))
    of_people: Bound = {LEAST: MOST, MOST: LEAST}.get(gained.bound, gained.bound)
    of_cost: Bound = LEAST if is_cost_at_least else ""
    if of_people and of_cost and of_people != of_cost:
        return Figure(each, UNSURE)
    return Figure(each, of_people or of_cost)


def _total_gain(gained: pd.Series, served: pd.Series, bound: pd.Series) -> Figure:
    """Return the gain of all areas, see `effect_of`."""
    if gained.isna().all():
        return Figure(math.nan)
    is_open = bool(gained.isna().any())
    if not is_open and (bound == "").all():
        return Figure(float(gained.sum()))
    least = float(gained.where(bound.isin(["", LEAST]), served.clip(upper=0.0)).sum())
    if least > _HAIR_PERSONS and not is_open:
        return Figure(least, LEAST)
    most = bound.isin(["", MOST]).all() and (served >= -_HAIR_PERSONS).all() and not is_open
    return Figure(float(served.sum()), MOST if most else UNSURE)


def _total(table: AreaTable, column: str) -> Figure:
    """Return the sum over the areas; areas without data make it at least that."""
    values = table.rows[column]
    if values.isna().all():
        return Figure(math.nan)
    said = {str(code) for code in table.bounds.loc[values.notna(), column] if code}
    if values.isna().any():
        said.add(LEAST)
    bound: Bound = "" if not said else LEAST if said == {LEAST} else MOST if said == {MOST} else UNSURE
    return Figure(float(values.sum()), bound)
