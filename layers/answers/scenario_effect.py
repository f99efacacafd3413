"""What a scenario does: the answers of two area tables of gaps, and what lies between them."""

import math
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.printed_numbers import LEAST, MOST, UNSURE, Bound
from layers.answers.area_table import AreaTable
from layers.answers.measures.gap_answer import Amount
from layers.indicators.gap_share import MISSING, SURELY_OUT, TRIAD

_HAIR_PERSONS: Final = 1e-6
"""Sums of fractions differ in their last digits: less than this is no change."""
_WORLDS: Final = ("least_gap_persons", "gap_persons", "most_gap_persons")


@dataclass(frozen=True)
class EffectFigure:
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
        One row per area, the most improved first: `name`, `powiat_name`, `closed_places` (by how much fewer places are
        missing, whole; negative for more; missing = no data), `closed_bound` (a code of
        `layers.answers.measures.measured.Bound`), `out_before`, `out_after` (people who have nothing in reach for
        certain), `is_changed`. The places add up to `closed`.
    before, after
        Sums over the areas, by column: the parts of `layers.indicators.gap_share.TRIAD`, `SURELY_OUT`, and
        `missing_places`, the two answers.
    closed
        By how much fewer places are missing in all: the first answer less the second.
    is_estimate_told
        Whether both answers tell an estimate (`layers.answers.measures.gap_answer.GapAnswer`).
    unknown_areas
        How many areas have no data in one of the tables.
    """

    areas: pd.DataFrame
    before: dict[str, Amount]
    after: dict[str, Amount]
    closed: Amount
    is_estimate_told: bool
    unknown_areas: int

    def missing_rows(self) -> dict[str, tuple[float, ...]]:
        """
        Return what is missing before and after, by column of `layers.indicators.gap_share.MISSING`.

        One number of each where both are certain, else at least, the estimate and at most, each beside its own kind:
        at least 1,085 and at least 1,083 stood beside "1 fewer", which was of the estimates. The estimate is left out
        where it is not told or says no more than the least, and the most where nobody can tell it.
        """
        pair = tuple(side["missing_places"] for side in (self.before, self.after))
        known, least, most = MISSING
        of = {
            least: tuple(amount.least for amount in pair),
            known: tuple(amount.estimate for amount in pair),
            most: tuple(amount.most for amount in pair),
        }
        if not any(amount.bound for amount in pair):
            return {known: of[known]}
        if not self.is_estimate_told or of[known] in (of[least], of[most]):
            del of[known]
        if any(math.isnan(number) for number in of[most]):
            del of[most]
        return of


def effect_of(before: AreaTable, after: AreaTable) -> Effect:
    """
    Compare two tables of `gap_share` of the same areas, people and norm, which have an answer.

    Notes
    -----
    The gap is known in three worlds: where all that is unknown is as good as it can be, as far as the lists tell, and
    where it is as bad as it can be. The effect is the difference in the second; it is *at least* or *at most* that
    where it is greater or smaller in another.
    """
    answers = [table.answer for table in (before, after)]
    if answers[0] is None or answers[1] is None:
        raise ValueError("expected two tables of gaps with an answer, found one of another indicator")
    first, second = before.rows, after.rows.reindex(before.rows.index)
    closed = answers[0].missing_places.minus(answers[1].missing_places)
    persons = first[list(_WORLDS)] - second[list(_WORLDS)]
    is_known = persons["gap_persons"].notna()
    columns = [*_WORLDS, "out_of_reach_persons", SURELY_OUT]
    is_changed = ((first[columns] - second[columns]).abs() > _HAIR_PERSONS).any(axis="columns")
    closed_places = _missing(before) - _missing(after).reindex(first.index)
    areas = pd.DataFrame(
        {
            "name": first["name"],
            "powiat_name": first["powiat_name"],
            "closed_places": closed_places,
            "closed_bound": _bounds(persons),
            "out_before": first[SURELY_OUT],
            "out_after": second[SURELY_OUT],
            "is_changed": (is_changed | closed_places.ne(0)) & is_known,
        }
    )
    return Effect(
        areas=areas.sort_values(
            ["closed_places", "name"], ascending=[False, True], na_position="last", kind="stable"
        ),
        before=_totals(before),
        after=_totals(after),
        closed=closed,
        is_estimate_told=answers[0].is_estimate_told and answers[1].is_estimate_told,
        unknown_areas=int((~is_known).sum()),
    )


def cost_per_place(cost_zl: int | None, closed: Amount, *, is_cost_at_least: bool) -> EffectFigure:
    """
    Return what one place costs that is missing no more, in zł, rounded up; missing when not one is.

    A cost that is *at least* is so for each place too; places that are *at least* make it *at most*, and the other way
    round; what goes both ways is unsure.
    """
    if cost_zl is None or math.isnan(closed.estimate) or closed.estimate <= 0:
        return EffectFigure(math.nan)
    each = float(math.ceil(round(cost_zl / closed.estimate, 6)))
    turned: dict[Bound, Bound] = {LEAST: MOST, MOST: LEAST}
    of_places = turned.get(closed.bound, closed.bound)
    of_cost: Bound = LEAST if is_cost_at_least else ""
    if of_places and of_cost and of_places != of_cost:
        return EffectFigure(each, UNSURE)
    return EffectFigure(each, of_places or of_cost)


def _missing(table: AreaTable) -> pd.Series:
    """Return the whole places missing in each area; the table tells none where it would be "at least none"."""
    rows = table.rows
    return rows["missing_places"].astype(float).fillna(0.0).where(rows["gap_persons"].notna())


def _bounds(persons: pd.DataFrame) -> pd.Series:
    """Return how far the change of each area is to be believed, from its change in the three worlds."""
    estimate = persons["gap_persons"]
    is_more = persons.max(axis="columns") - estimate > _HAIR_PERSONS
    is_less = estimate - persons.min(axis="columns") > _HAIR_PERSONS
    bound = pd.Series("", index=persons.index).mask(is_more, LEAST).mask(is_less, MOST)
    return bound.mask(is_more & is_less, UNSURE).mask(estimate.isna(), "")


def _totals(table: AreaTable) -> dict[str, Amount]:
    """Return the sums over the areas."""
    sums: dict[str, Amount] = {}
    for column in (*TRIAD, SURELY_OUT):
        value = float(table.rows[column].sum(min_count=1))
        bounds = set(table.bounds.loc[table.rows[column].notna(), column]) - {""}
        is_more, is_less = bool(bounds & {LEAST, UNSURE}), bool(bounds & {MOST, UNSURE})
        sums[column] = Amount(0.0 if is_less else value, value, math.nan if is_more else value)
    if table.answer is not None:
        sums["out_of_reach_persons"] = table.answer.out_of_reach_persons
        sums["missing_places"] = table.answer.missing_places
    return sums
