"""Numbers of an area in words, the same on its card, in the ranking and in exports."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from layers.area_table import AreaTable
from layers.indicators import INDICATORS, KINDS, MISSING
from layers.text import Texts

_BOUND_TEXTS: Final = {"least": "at_least", "most": "at_most", "unsure": "unsure"}
_ROUNDED_UP: Final = frozenset({"norm_missing_places", *MISSING, "places_to_keep"})
"""Half a place is no place: what is lacking is told in whole ones."""
_OF_PEOPLE: Final = frozenset(
    code for code in KINDS if code.endswith(("_per_1000", "_persons", "_change")) or code in _ROUNDED_UP
)


def figures_of(table: AreaTable) -> tuple[str, ...]:
    """
    Return the columns of an area table to show, the chosen indicator first.

    Where the people of the group are unknown, only what is known: facilities and places.
    """
    answer = table.view.indicator
    columns = [column for column in table.view.what.figures if column in table.rows]
    if table.is_people_unknown:
        columns = [column for column in columns if column not in _OF_PEOPLE]
        if table.view.needs_people:
            return tuple(columns)
    return (answer, *(column for column in columns if column != answer))


def write_figure(value: Any, column: str, texts: Texts, *, bound: str = "") -> str:
    """Return one figure in words: missing is said, and so is what is only known within a bound."""
    if pd.isna(value):
        return texts.t("no_data")
    kind = KINDS[column]
    if kind == "words":
        return texts.t(f"export_{column}_{INDICATORS[column].class_codes[int(value) - 1]}")
    if kind == "share":
        written = texts.percent(float(value))
    elif kind == "change":
        # The sign of what is written: a change that rounds to nothing has none.
        rounded = round(float(value), 1)
        written = ("+" if rounded > 0 else "−" if rounded < 0 else "") + texts.number(
            abs(rounded), decimals=1
        )
    elif kind == "rate":
        written = texts.number(float(value), decimals=1 if value else 0)
    else:
        # A hair above a whole number is rounding of floats, and not one place more.
        whole = math.ceil(round(float(value), 6)) if column in _ROUNDED_UP else float(value)
        written = texts.number(whole)
    return texts.t(_BOUND_TEXTS[bound], value=written) if bound else written


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
    Return for each area its numbers that are incomplete or unknown, as they are written; empty where all are sure.

    Of an area without a facility of its own that lacks nothing it is said that others have the places.

    Parameters
    ----------
    columns
        Columns to look at; those in words are left out, because they say it themselves.
    names
        Column → its head.
    """
    looked = [column for column in columns if KINDS.get(column, "words") != "words"]
    said = []
    for values, bounds, is_elsewhere in zip(
        table.rows[looked].to_dict("records"),
        table.bounds.loc[table.rows.index, looked].to_dict("records"),
        is_served_elsewhere(table),
        strict=True,
    ):
        if looked and all(pd.isna(value) for value in values.values()):
            said.append(texts.t("no_data"))
            continue
        parts = [
            f"{names[column]}: {write_figure(value, column, texts, bound=bounds[column])}"
            for column, value in values.items()
            if pd.isna(value) or bounds[column]
        ]
        if is_elsewhere:
            parts.insert(0, texts.t("gap_elsewhere"))
        said.append("; ".join(parts))
    return pd.Series(said, index=table.rows.index, dtype="str")
