"""The table of areas: the numbers of the map, the worst first and no data last; by name where not all is known."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from geo.teryt import COUNTRY
from layers.answers.area_order import by_name, is_listed_whole
from layers.answers.area_table import AreaTable
from layers.indicators import KINDS
from layers.indicators.places_per_1000 import QUEUE
from layers.text import Texts, style
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.words.caption import PARENTS, Caption
from layers.words.figures import OF_THE_PEOPLE, figures_of, remarks, write_cell, write_figure

_ROW_PX, _MAX_ROWS = 35, 15
_NAME_PX, _BAR_PX, _LINE_PX = 150, 120, 140
# With the name, the width of a phone: a long head made the column wider than the screen, its numbers out of sight.
_ANSWER_PX = 190
_REMARKS, _BAR, _LINE, _CHANGE = "remarks", "bar", "line", "change"


@in_turn
def show_ranking(
    table: AreaTable,
    names: dict[str, str],
    caption: Caption,
    texts: Texts,
    *,
    series: pd.DataFrame | None = None,
    series_name: str = "",
) -> None:
    """
    Draw the table; the worst served come first and, among equals, those with most people of the group.

    Where not every number is known and sure, areas stand by name (`layers.answers.area_order`).

    Streamlit reads a number to a screen reader without its words, and draws a missing one pale: the last column
    says in full what is "at least" and what is not known. A bar repeats the answer, and a line is summed up by the
    change from its first to its last year: neither says anything that is not also a number.

    Parameters
    ----------
    series
        Indexed by `area_code`, one column for each year, ascending; None for no line.
    series_name
        What the series is of; needed with it.
    """
    shown = ranked(table)
    shown["name"] = shown.index.map(names)
    parents = [parent for parent, levels in PARENTS.items() if table.view.level in levels]
    if table.view.scope != COUNTRY:
        parents = [parent for parent in parents if parent != "voivodeship_name"]
    # The answer stands beside the name: on a phone nothing further is seen without scrolling.
    answer, *others = figures_of(table)
    heads = {**caption.columns, _REMARKS: texts.t("planner.remarks"), _BAR: texts.t("compare.bar")}
    charts: dict[str, Any] = {}
    beside = []
    longest = longest_bar(table, answer)
    if longest:
        shown[_BAR] = shown[answer].astype("Float64").astype(float)
        charts[heads[_BAR]] = st.column_config.ProgressColumn(
            width=_BAR_PX, format=" ", min_value=0.0, max_value=longest, color=style.ACCENT
        )
        beside.append(_BAR)
    if series is not None and len(series.columns) > 1:
        first, last = series.columns[0], series.columns[-1]
        heads[_LINE] = series_name
        heads[_CHANGE] = texts.t("compare.change", first=str(first), last=str(last))
        shown[_LINE] = lines(series, shown.index)
        shown[_CHANGE] = changes(series).reindex(shown.index)
        charts[heads[_LINE]] = st.column_config.LineChartColumn(width=_LINE_PX, y_min=0.0, color=style.ACCENT)
        beside += [_LINE, _CHANGE]
    columns = ["name", answer, *beside, *parents, *others]
    if table.question.is_of_knowledge:
        shown["oldest_dated_on"] = _days(shown, texts)
        columns.append("oldest_dated_on")
    shown[_REMARKS] = remarks(table, [answer, *others], texts, names=heads).reindex(shown.index)
    if shown[_REMARKS].any():
        columns.append(_REMARKS)
    st.dataframe(
        _written(table, shown, columns, texts, names=heads),
        hide_index=True,
        column_config={
            heads["name"]: st.column_config.Column(width=_NAME_PX),
            heads[answer]: st.column_config.Column(width=_ANSWER_PX, help=plain(heads[answer])),
            **charts,
        },
        height=_ROW_PX * (min(len(shown), _MAX_ROWS) + 1) + 3,
        placeholder=caption.no_data,
        alt=caption.title,
        key="ranking",
    )


def ranked(table: AreaTable) -> pd.DataFrame:
    """
    Return the rows of a table in the order of the ranking, or by name where not every number is known and sure.

    The least comes first, or the most where more is worse or where areas only show what stands there. Of knowledge,
    the areas of which nothing is known come first, and among equals those with most to confirm.
    """
    if table.question.is_of_knowledge:
        return table.rows.sort_values(
            ["value", "overdue_count", "name"],
            ascending=[True, False, True],
            na_position="first",
            kind="stable",
        )
    if not is_listed_whole(table):
        return by_name(table.rows)
    # Where facilities stand and where people live nothing is worse: the most come first.
    is_most_first = (
        table.view.what.is_more_worse or table.question.is_what_stands or table.view.indicator == "people"
    )
    return table.rows.sort_values(
        ["value", "demand_persons", "name"],
        ascending=[not is_most_first, False, True],
        na_position="last",
        kind="stable",
    )


def longest_bar(table: AreaTable, column: str) -> float:
    """
    Return the number that a full bar stands for: all of a share, else the highest number; 0 for no bars.

    Words and changes, which may go down, have no bars.
    """
    kind = KINDS.get(column, "words")
    known = table.rows[column].dropna()
    if kind in {"words", "change"} or known.empty or not float(known.max()) > 0:
        return 0.0
    return 1.0 if kind == "share" else float(known.max())


def lines(series: pd.DataFrame, areas: pd.Index) -> pd.Series:
    """Return the numbers of each area over the years as a list; None where any is missing, for a line has no gaps."""
    rows = series.reindex(areas).to_numpy(dtype=float)
    listed = [None if np.isnan(row).any() else row.tolist() for row in rows]
    return pd.Series(listed, index=areas, dtype=object)


def changes(series: pd.DataFrame) -> pd.Series:
    """
    Return the change of each area from the first to the last year, as a part of the first (0.5 is half more).

    Missing where one of them is missing or the first is zero.
    """
    first, last = (series[column].astype("Float64").astype(float) for column in series.columns[[0, -1]])
    return (last / first.mask(first == 0) - 1).rename(_CHANGE)


def _days(shown: pd.DataFrame, texts: Texts) -> Sequence[str]:
    """Return dates in words; a date may be known by its month or year only."""
    return [
        texts.t("no_data") if day is None else texts.date(day, precision=precision)
        for day, precision in zip(shown["oldest_dated_on"], shown["oldest_dated_precision"], strict=True)
    ]


def _worded(numbers: pd.DataFrame, words: dict[str, list[str]]) -> Styler:
    """
    Return numbers with their words by column.

    Streamlit takes nothing but pandas' own Styler, and asks it for a class, an address and words of each cell: half a
    second of Python for the country. This one gives only what Streamlit then uses: the words, by row and column.
    """
    styler = numbers.style
    places = [numbers.columns.get_loc(name) for name in words]
    body = [
        [
            {"id": f"row{row}_col{place}", "display_value": word}
            for place, word in zip(places, line, strict=True)
        ]
        for row, line in enumerate(zip(*words.values(), strict=True))
    ]
    vars(styler).update(_compute=lambda: styler, _translate=lambda *_: {"body": body})
    return styler


def _written(
    table: AreaTable, rows: pd.DataFrame, columns: list[str], texts: Texts, *, names: dict[str, str]
) -> Styler:
    """Return the numbers with their words: a click on a head still sorts numbers, not words."""
    numbers = rows[columns].rename(columns=names)
    bounds = table.bounds.reindex(rows.index)
    words = {
        names[column]: _words(rows, bounds[column], column, texts) for column in columns if column in KINDS
    }
    if _CHANGE in columns:
        words[names[_CHANGE]] = [
            texts.t("no_data") if pd.isna(change) else write_change(change, texts) for change in rows[_CHANGE]
        ]
    return _worded(numbers, words)


def _words(rows: pd.DataFrame, bounds: pd.Series, column: str, texts: Texts) -> list[str]:
    """Return figures in words; many areas have the same."""
    word = cache(lambda value, bound: write_figure(value, column, texts, bound=bound))
    if column in (*QUEUE, *OF_THE_PEOPLE) or "parts" in rows:
        records = rows.to_dict("records")
        return [
            write_cell(row, column, texts, bound=bound) for row, bound in zip(records, bounds, strict=True)
        ]
    return [word(value, bound) for value, bound in zip(rows[column], bounds, strict=True)]


def write_change(share: float, texts: Texts) -> str:
    """Return a change in per cent with its sign."""
    return texts.t("compare.percent_change", change=texts.change(100 * share))
