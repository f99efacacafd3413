"""Numbers of an area in words, the same on its card, in the ranking and in exports."""

import math
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

import pandas as pd

from data.store.plain_text import plain_text
from geo.printed_numbers import Bound
from layers.answers.area_table import AreaTable
from layers.answers.measures.inputs import LEAST_ESTIMATED
from layers.indicators import COLUMNS, INDICATORS, KINDS
from layers.indicators.balance import BALANCE
from layers.indicators.places_per_1000 import QUEUE
from layers.text import Texts
from layers.view.class_limits import ClassLimits
from layers.words.others_words import key_by_group, others_remark
from layers.words.reasons import is_not_applicable, is_nothing_to_keep, missing_reasons

BOUND_TEXTS: Final = {"least": "at_least", "most": "at_most", "unsure": "unsure"}
ROUNDED_UP: Final = frozenset(code for code, column in COLUMNS.items() if column.is_enough)
"""Half a place is no place: what is lacking is told in whole ones."""
_MAY_BE_MORE: Final = frozenset({"least", "unsure"})
OF_THE_PEOPLE: Final = frozenset({"served_persons", "over_capacity_persons", "out_of_reach_persons"})
"""Parts of the people of an area, of which there may be none and may be all."""
_HALF: Final = 0.5
_OF_PEOPLE: Final = frozenset(
    code for code in KINDS if code.endswith(("_per_1000", "_persons", "_change")) or code in ROUNDED_UP
) - {"waiting_persons"}


def figures_of(table: AreaTable) -> tuple[str, ...]:
    """
    Return the columns of an area table to show, the chosen indicator first.

    Where the people of the group are unknown, only what is known: facilities and places.
    """
    answer = table.view.indicator
    columns = figures_beside(table)
    if table.is_people_unknown:
        columns = [column for column in columns if column not in _OF_PEOPLE]
        if table.question.needs_people:
            return tuple(columns)
    return (answer, *(column for column in columns if column != answer))


def figures_beside(table: AreaTable) -> list[str]:
    """Return the figures beside the answer that a table has; what has to be added by the chosen year is told once."""
    by_year = f"places_to_keep_{table.question.people.year}"
    return [
        column
        for column in table.view.what.figures
        if column in table.rows and not (column == "places_to_keep" and by_year in table.rows)
    ]


def write_figure(value: Any, column: str, texts: Texts, *, bound: Bound = "") -> str:
    """
    Return one figure in words: missing is said, and so is what is only known within a bound.

    Rates and shares of which only a bound is known are rounded so that it stays true.
    """
    if pd.isna(value):
        return texts.t("no_data")
    kind = KINDS[column]
    if kind == "words":
        return texts.t(f"export_{column}_{INDICATORS[column].class_codes[int(value) - 1]}")
    if kind == "day":
        return texts.date(date.fromordinal(int(value)))
    if kind == "share":
        written = texts.percent(float(value), bound=bound)
    elif kind == "change":
        written = texts.change(float(value), bound=bound)
    elif kind == "rate":
        written = texts.rate(float(value), bound=bound)
    else:
        # A hair above a whole number is rounding of floats, and not one place more.
        whole = whole_up(float(value)) if column in ROUNDED_UP else float(value)
        written = texts.number(whole)
        if bound in _MAY_BE_MORE and float(value) < _HALF:
            return texts.t(_none_key(column))
        if bound == "most" and whole < _HALF:
            return texts.t("below_one")
    return texts.t(BOUND_TEXTS[bound], value=written) if bound else written


def _none_key(column: str) -> str:
    """Return the words of "at least none"; all who tell a queue or free places may tell none."""
    if column in QUEUE:
        return "listed_none"
    return "unknown_persons" if column.endswith("_persons") else "unknown_count"


def write_cell(row: Mapping[Hashable, Any], column: str, texts: Texts, *, bound: Bound = "") -> str:
    """
    Return one figure of a row of an area table in words; that there is nothing it could be of is said too.

    A class of councils is told of each gmina of an area that is several of them, unless none of theirs is known.
    """
    value = row.get(column)
    if KINDS[column] == "words" and not pd.isna(value) and isinstance(parts := row.get("parts"), tuple):
        return "; ".join(
            texts.t("map.value", name=plain_text(part.name), value=write_figure(part.value, column, texts))
            for part in parts
        )
    if is_nothing_to_keep(column, row) and not bound:
        return texts.t("nothing_to_keep")
    if is_at_most_all(row, column, bound):
        return texts.t("unknown_persons")
    if pd.isna(value) and is_not_applicable(column, row):
        return texts.t("not_applicable")
    return write_figure(value, column, texts, bound=bound)


def is_at_most_all(row: Mapping[Hashable, Any], column: str, bound: str) -> bool:
    """Tell whether a part of the people of an area is "at most" all of them: that excludes nothing."""
    value, persons = row.get(column), row.get("demand_persons")
    if bound != "most" or column not in OF_THE_PEOPLE or pd.isna(value) or pd.isna(persons):
        return False
    return bool(float(value) >= float(persons) > 0)


def tells_nothing(value: float, column: str, bound: str) -> bool:
    """
    Tell whether a number is "at least none" of something that is counted: it looks as if it told something.

    Not of a queue and free places: that all who state them state none is what registers say.
    """
    is_counted = KINDS[column] == "count" and column not in QUEUE
    return is_counted and bound in _MAY_BE_MORE and float(value) < _HALF


def write_share_of(share: float, column: str, texts: Texts, *, persons: float, bound: Bound) -> str:
    """
    Return the share of a part of the people, 0 to 1, with the bound of the part; "no data" where it tells nothing.

    Parameters
    ----------
    persons
        The part itself; missing where it is not known.
    """
    if not math.isnan(persons) and tells_nothing(persons, column, bound):
        return texts.t("no_data")
    said = texts.percent(share, bound=bound)
    return texts.t(BOUND_TEXTS[bound], value=said) if bound else said


def whole_up(value: float) -> float:
    """Return a number of places that is enough, in whole ones; NaN stays."""
    return value if math.isnan(value) else float(math.ceil(round(value, 6)))


def is_served_elsewhere(table: AreaTable) -> pd.Series:
    """Tell which areas have no facility of their own and lack no place, because others in reach have enough."""
    rows = table.rows
    if table.view.indicator != "gap_share":
        return pd.Series(data=False, index=rows.index)
    has_people = (rows["demand_persons"] > 0).fillna(value=False)
    return (has_people & rows["value"].eq(0) & rows["facilities_count"].eq(0).fillna(value=False)).astype(
        bool
    )


def remarks(table: AreaTable, columns: Sequence[str], texts: Texts, *, names: Mapping[str, str]) -> pd.Series:
    """
    Return for each area its numbers that are incomplete, and why others are unknown; empty where all are sure.

    Of an area without a facility of its own that lacks nothing it is said that others have the places; of one with
    facilities for other people than the group how many these are.

    Parameters
    ----------
    columns
        Columns to look at; those in words are left out, because they say it themselves.
    names
        Column → its head.
    """
    looked = [column for column in columns if KINDS.get(column, "words") != "words"]
    why = cache(lambda reasons: _why(reasons, texts))
    has_norm = table.norm is not None and table.norm.is_known
    said = []
    for code, row, bounds, is_elsewhere in zip(
        table.rows.index,
        table.rows.to_dict("records"),
        table.bounds.loc[table.rows.index, looked].to_dict("records"),
        is_served_elsewhere(table),
        strict=True,
    ):
        parts = [
            f"{names[column]}: {write_cell(row, column, texts, bound=bounds[column])}"
            for column in looked
            if bounds[column] and not pd.isna(row[column])
        ]
        if is_elsewhere:
            key = key_by_group(f"gap_elsewhere_{table.view.level}", table, texts)
            parts.insert(0, texts.t(key))
        unknown: dict[tuple[str, ...], list[str]] = {}
        for column in looked:
            if pd.isna(row[column]):
                unknown.setdefault(missing_reasons(column, row, has_norm=has_norm), []).append(names[column])
        parts += [f"{', '.join(of)}: {why(reasons)}" for reasons, of in unknown.items()]
        nothing = [names[of] for of in looked if is_nothing_to_keep(of, row) and not bounds[of]]
        if nothing:
            parts.append(f"{', '.join(nothing)}: {texts.t('nothing_to_keep')}")
        if others := others_remark(table, str(code), texts):
            parts.append(others)
        said.append("; ".join(parts))
    return pd.Series(said, index=table.rows.index, dtype="str")


def _why(reasons: tuple[str, ...], texts: Texts) -> str:
    """Return that there is no number, with the reasons in brackets."""
    told = [texts.t(f"explain.missing.{reason}", least=LEAST_ESTIMATED).rstrip(".") for reason in reasons]
    head = texts.t("not_applicable" if reasons == ("no_facility",) else "no_data")
    return f"{head} ({'; '.join(reason[:1].lower() + reason[1:] for reason in told)})"


def indicator_name(code: str, texts: Texts) -> str:
    """Return what an indicator is called in a list of them; the kinds of support of the balance have one name."""
    return texts.t(name_key(code))


def name_key(code: str) -> str:
    """Return the key of what an indicator is called in a list of them."""
    return "indicator.balance" if code in BALANCE else f"indicator.{code}"


def write_limits(limits: ClassLimits, texts: Texts) -> str:
    """Return limits of classes as a person writes them."""
    return "; ".join(texts.number(limit, decimals=0 if limit.is_integer() else 1) for limit in limits.limits)
