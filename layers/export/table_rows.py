"""The rows of a table as its files have them: numbers unrounded, and a remark where one is missing."""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd

from geo.printed_numbers import LEAST, MOST, UNSURE, Bound, decimals_of, printed_number
from layers.answers.area_order import by_name, is_listed_whole
from layers.answers.area_table import AreaTable
from layers.indicators import KINDS
from layers.text import texts_of
from layers.words.area_names import names_beside
from layers.words.caption import Caption, table_columns
from layers.words.figures import OF_THE_PEOPLE, ROUNDED_UP, is_at_most_all, remarks, tells_nothing, whole_up
from layers.words.reasons import OF_KEEPING, is_nothing_to_keep

UNKNOWN: Final = "."
"""Nobody knows the number, or it is too weak to be told: as official statistics mark it."""
BOUND_SIGNS: Final[Mapping[Bound, str]] = MappingProxyType({"": "", LEAST: "≥", MOST: "≤", UNSURE: "≈"})
_ISO_LENGTHS: Final = {"day": 10, "month": 7, "year": 4}


def table_rows(table: AreaTable, caption: Caption) -> pd.DataFrame:
    """
    Return the table to print: one row per area, numbers unrounded, missing = no data.

    Namesakes of one powiat have the kind of gmina in their name. A rate or share of which only a bound is known is
    rounded as it is printed: no spreadsheet shows more than "at least" it.

    Gminas that have a class each have a row each, also where they are one area of the map.

    In the order of codes; by name where not every number is known and sure, as on the page. Columns are those
    of the view's page; `class_label` holds the words of the legend.
    """
    table = table.by_part
    rows = table.rows.sort_index() if is_listed_whole(table) else by_name(table.rows)
    rows = rows.assign(
        # No join by code may give the people of a union to one of its parts.
        area_code=["+".join(table.together.codes_of(str(code))) for code in rows.index],
        sign=_signs(table, rows),
    )
    if not table.has_symbols:
        labels = [caption.zero_label or "", *caption.class_labels]
        rows["class_label"] = [
            caption.no_data if pd.isna(number) else labels[int(number)]
            for number in table.class_of.reindex(rows.index)
        ]
    columns = table_columns(table)
    rows["remarks"] = remarks(table, columns, texts_of(caption.language), names=caption.columns)
    if table.question.is_of_knowledge:
        # As text, because a date may be known by its month or year only.
        rows["oldest_dated_on"] = [
            "" if day is None else day.isoformat()[: _ISO_LENGTHS[precision or "day"]]
            for day, precision in zip(rows["oldest_dated_on"], rows["oldest_dated_precision"], strict=True)
        ]
    rows["name"] = pd.Series(names_beside(table.rows, texts_of(caption.language)), dtype="str")
    for column in columns:
        if KINDS.get(column) in {"rate", "share", "change"}:
            rows[column] = _true_to_bounds(rows[column], table.bounds[column].reindex(rows.index))
        elif KINDS.get(column) == "count":
            bounds = table.bounds[column].reindex(rows.index)
            is_nothing = _is_nothing(column, rows, bounds) | _is_at_most_all(column, rows, bounds)
            rows[column] = _without_empty_words(rows[column], bounds).mask(is_nothing)
    for column in ROUNDED_UP.intersection(columns):
        rows[column] = rows[column].astype("Float64").astype(float).map(whole_up)
    return rows[list(columns)]


def _signs(table: AreaTable, rows: pd.DataFrame) -> list[str]:
    """Return the sign behind the view's own number of each row: how far it is to be believed, or that it is missing."""
    column = table.view.indicator
    told = zip(rows[column], table.bounds["value"].reindex(rows.index, fill_value=""), strict=True)
    return [
        UNKNOWN if pd.isna(value) or tells_nothing(value, column, bound) else BOUND_SIGNS[bound]
        for value, bound in told
    ]


def _without_empty_words(values: pd.Series, bounds: pd.Series) -> pd.Series:
    """Return counts, but none where "at least none" is all that is known: the page says so in words, as remarks do."""
    numbers = values.astype("Float64").astype(float)
    is_empty = [
        not math.isnan(number) and tells_nothing(number, str(values.name), bound)
        for number, bound in zip(numbers, bounds, strict=True)
    ]
    return values.mask(pd.Series(is_empty, index=values.index))


def _is_nothing(column: str, rows: pd.DataFrame, bounds: pd.Series) -> pd.Series:
    """Tell where no place has to be added because there is none to keep: no number, as on the page."""
    if column not in OF_KEEPING:
        return pd.Series(data=False, index=rows.index)
    is_nothing = [is_nothing_to_keep(column, row) for row in rows.to_dict("records")]
    return pd.Series(is_nothing, index=rows.index) & (bounds == "")


def _is_at_most_all(column: str, rows: pd.DataFrame, bounds: pd.Series) -> pd.Series:
    """Tell where a part of the people is at most all of them: no number, as on the page."""
    pairs = zip(rows.to_dict("records"), bounds, strict=True) if column in OF_THE_PEOPLE else ()
    found = [is_at_most_all(row, column, bound) for row, bound in pairs]
    return pd.Series(found or False, index=rows.index, dtype=bool)


def _true_to_bounds(values: pd.Series, bounds: pd.Series) -> pd.Series:
    """Return numbers unrounded, but for those at least or at most so large, which are as they are printed."""
    kind, numbers = KINDS[str(values.name)], values.astype("Float64").astype(float)
    for code in numbers.index[bounds.isin([LEAST, MOST]) & numbers.notna()]:
        printed, _ = printed_as(numbers[code], kind, bound=bounds[code])
        numbers[code] = printed / 100 if kind == "share" else printed
    return numbers


def printed_as(value: float, kind: str, *, bound: Bound = "") -> tuple[float, int]:
    """Return a rate, a change or a share, in per cent, as it is printed, with the number of its decimals."""
    value, whole = (100 * value, 100.0) if kind == "share" else (value, math.inf)
    decimals = decimals_of(value, whole=whole, bound=bound)
    return printed_number(value, whole=whole, bound=bound), decimals
