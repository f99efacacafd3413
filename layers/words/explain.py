"""
How each number was computed: what it is, its formula with the area's own numbers, what it supposes, what is missing.

The words are in `layers/text`, the formulas with numbers in `layers.words.formulas`.
"""

import math
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from data.people.people import GroupPeople
from data.store.plain_text import plain_text
from layers.answers.area_table import AreaTable
from layers.answers.measures.inputs import LEAST_ESTIMATED
from layers.indicators import COLUMNS, HOME, KINDS
from layers.indicators.facilities_count import VARIANTS
from layers.indicators.indicator import PEOPLE
from layers.text import Texts
from layers.words.area_facts.figure import Figure
from layers.words.day_words import source_day
from layers.words.figures import figures_of, write_figure
from layers.words.formulas import WHOLE_AFTER, Filled, filled_in, gives
from layers.words.reasons import missing_reasons
from layers.words.view_notes import ViewNotes
from layers.words.view_words import Wording

_MOST_DIGITS: Final = 6


@dataclass(frozen=True)
class Explanation:
    """
    One number explained, in one language.

    Attributes
    ----------
    name, value
        What is explained, and the number as it is shown.
    what
        What the number says.
    formula
        In words.
    filled
        With the numbers of this area; empty where there is nothing to calculate, or a part of it is unknown.
    assumptions, missing, sources
        Sentences; sources with their dates.
    method
        The function that computes it, as docs/method.md names it.
    column
        What is explained, as `layers.words.method` names its section.
    """

    name: str
    value: str
    what: str
    formula: str
    filled: str
    assumptions: tuple[str, ...]
    missing: tuple[str, ...]
    sources: tuple[str, ...]
    method: str
    column: str


def explanation(table: AreaTable, column: str, code: str, texts: Texts) -> Explanation:
    """
    Explain one number of a table.

    Parameters
    ----------
    column
        One of `layers.indicators.COLUMNS`; it need not be in the table, and is unknown then.
    code
        An area of the table.

    Raises
    ------
    KeyError
        If nothing is known of such a column.
    """
    if column not in COLUMNS:
        raise KeyError(f"expected a column of layers.indicators.COLUMNS, found {column!r}")
    figure = Figure(table, code, column)
    words = Wording(_about(table, column, code), texts)
    filled = filled_in(table, column, code)
    subject = COLUMNS[column].subject
    return Explanation(
        name=texts.t(f"export_column_{column}", **words.values),
        value=figure.written(texts),
        what=texts.t(f"explain.what.{subject}", **words.values),
        formula=texts.t(f"explain.formula.{subject}", **words.values),
        filled=_written(filled, figure, texts) if filled else "",
        assumptions=ViewNotes(words).all(),
        missing=_missing(figure, texts),
        sources=tuple(
            texts.t("explain.source", source=plain_text(note.name), date=day)
            if (day := source_day(note, texts))
            else texts.t("explain.source_undated", source=plain_text(note.name))
            for note in table.sources
        ),
        method=COLUMNS[column].method,
        column=column,
    )


def worked_areas(table: AreaTable, column: str, *, usual: str | None = None) -> tuple[str, ...]:
    """
    Return the areas that a column is worked for: the chosen one, and an example where that says nothing.

    An area says nothing of a number that is unknown or zero there, as long as another has a better one.
    `usual` as in `example_area`.
    """
    chosen, example = table.view.chosen, example_area(table, column, usual=usual)
    if chosen not in table.rows.index:
        return (example,)
    says_nothing = chosen not in _telling(table, column).index and example in _sure(table, column).index
    return (chosen, example) if says_nothing else (chosen,)


def example_area(table: AreaTable, column: str, *, usual: str | None = None) -> str:
    """
    Return the area that is the example of a column: the typical one unless its number shows nothing.

    A number that is unknown, unsure or zero is no example while another area has a better one; of those that nearest to
    the median. `usual` is the typical area, told by whoever asks for all columns of a table: it takes all its numbers.
    """
    usual, good = usual or typical_area(table), _sure(table, column)
    if usual in good.index or good.empty:
        return usual
    away = (good - good.median()).abs().sort_index()
    return str(away.index[int(away.to_numpy().argmin())])


def _telling(table: AreaTable, column: str) -> pd.Series:
    """Return the numbers of a column that say something: known and not zero; of words none."""
    if column not in table.rows or KINDS[column] == "words":
        return pd.Series(dtype=float)
    numbers = table.rows[column].astype("Float64").astype(float)
    return numbers[numbers.notna() & (numbers != 0)]


def _sure(table: AreaTable, column: str) -> pd.Series:
    """Return those of them that are no bounds."""
    numbers = _telling(table, column)
    return numbers if numbers.empty else numbers[table.bounds[column].reindex(numbers.index) == ""]


def typical_area(table: AreaTable) -> str:
    """
    Return the area whose numbers are the best example: most of them known, sure and not zero, and the answer usual.

    Of equal ones that nearest to the median of their answers, then the first by code.
    """
    columns = [column for column in figures_of(table) if KINDS[column] != "words"]
    numbers = table.rows[columns].astype("Float64").astype(float)
    is_good = numbers.notna() & (numbers != 0) & (table.bounds.reindex(numbers.index)[columns] == "")
    said = is_good.sum(axis="columns") if columns else table.rows["value"].notna().astype(int)
    best = table.rows.loc[said == said.max(), "value"].astype(float).sort_index()
    away = (best - best.median()).abs().fillna(float("inf"))
    return str(away.index[int(away.to_numpy().argmin())])


def _about(table: AreaTable, column: str, code: str) -> AreaTable:
    """Return the table narrowed to one number, so that its notes are about nothing else."""
    home = HOME[column].code
    if column in {"demand_persons", *VARIANTS} and table.question.people.year:
        home = "places_per_1000"  # facilities are those of today, so their notes tell of no later year
    view = table.view.with_changes(indicator=home)
    nobody = GroupPeople(pd.Series(dtype=float), pd.Series(dtype=bool))
    rows = table.rows.loc[[code]]
    return replace(
        table,
        view=view,
        rows=rows,
        bounds=table.bounds.loc[[code]].reindex(columns=[column], fill_value=""),
        people=table.people if COLUMNS[column].needs_people else nobody,
        norm=table.norm if COLUMNS[column].needs_norm else None,
        measured_on=table.measured_on or table.as_of,
        accepted_differences=table.accepted_differences if PEOPLE in view.what.choices else (),
        together=table.together.within(rows.index),
        others=table.others.within(code),
    )


def _missing(figure: Figure, texts: Texts) -> tuple[str, ...]:
    """Return why a number is unknown."""
    if figure.is_known:
        return ()
    table = figure.table
    has_norm = table.norm is not None and table.norm.is_known
    row = table.rows.loc[figure.code].to_dict()
    return tuple(
        texts.t(f"explain.missing.{reason}", least=LEAST_ESTIMATED)
        for reason in missing_reasons(figure.column, row, has_norm=has_norm)
    )


def _written(filled: Filled, figure: Figure, texts: Texts) -> str:
    """Return the filled formula in words; the result is written as it is on the card."""
    more = _more_digits(filled, figure, texts)
    numbers = {name: _number(value, texts, more=more) for name, value in filled.numbers.items()}
    if filled.key == "sum":
        numbers = {"terms": " + ".join(numbers.values())}
    if filled.key in WHOLE_AFTER:
        numbers["exact"] = _number(gives(filled, filled.numbers), texts)
    return texts.t(f"explain.filled.{filled.key}", **numbers, result=figure.written(texts))


def _more_digits(filled: Filled, figure: Figure, texts: Texts) -> int:
    """Return how many digits more than usual numbers need, so that whoever calculates with them gets what is shown."""

    def written(value: float) -> str:
        if filled.key in WHOLE_AFTER:
            return _number(value, texts)
        return write_figure(value, figure.column, texts, bound=figure.bound)

    if math.isnan(gives(filled, filled.numbers)):
        return 0
    shown = written(gives(filled, filled.numbers))
    for more in range(_MOST_DIGITS):
        told = {name: round(value, _decimals(value) + more) for name, value in filled.numbers.items()}
        if all(told[name] or not value for name, value in filled.numbers.items()) and (
            written(gives(filled, told)) == shown
        ):
            return more
    return _MOST_DIGITS


def _number(value: float, texts: Texts, *, more: int = 0) -> str:
    """Return a number with at least three digits that count, and as many decimals more."""
    if math.isclose(value, round(value), abs_tol=1e-6):
        return texts.number(round(value))
    return texts.number(value, decimals=_decimals(value) + more)


def _decimals(value: float) -> int:
    """Return how many decimals a number has as a rule."""
    size = abs(value)
    return 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 1 else 4


def explain_residents(figure: Figure, residents_persons: float, share: float, texts: Texts) -> Explanation:
    """Explain the share of the group in all residents, which is no column of any table."""
    base = explanation(figure.table, figure.column, figure.code, texts)
    is_known = not math.isnan(share)
    written: dict[str, Any] = {
        "people": _number(figure.value, texts) if figure.is_known else "",
        "residents": _number(residents_persons, texts) if is_known else "",
        "result": texts.percent(share) if is_known else texts.t("no_data"),
    }
    return replace(
        base,
        name=texts.t("explain.residents.name"),
        value=written["result"],
        what=texts.t("explain.residents.what"),
        formula=texts.t("explain.residents.formula"),
        filled=texts.t("explain.residents.filled", **written) if is_known else "",
        missing=() if is_known else (texts.t("explain.missing.residents"),),
        method="layers.words.area_facts.people.share_of_residents",
    )
