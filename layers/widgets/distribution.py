"""
How the areas of a view spread over the values of its indicator: a histogram that is also a table.

Bars are rows of an HTML table: they can be enlarged, printed, and read row by row by a screen reader, with no picture
to be described. They have the colours of the map.
"""

import math
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from geo.printed_numbers import DECIMALS, LEAST, MOST, UNSURE, Bound, bound_of
from layers.answers.area_table import AreaTable
from layers.answers.distribution import Distribution, distribution_of, least_step
from layers.answers.value_classes import printed_values
from layers.text import Texts, style
from layers.text.style import class_colours
from layers.widgets.drawing import in_turn
from layers.words.caption import Caption
from layers.words.figures import write_cell, write_figure

STYLE = Path(__file__).with_name("compare.css")
_LONGEST_BAR_PCT = 55
"""Of the line: beside it stand its number and the marks."""
_NO_DATA_FILL = (
    f"repeating-linear-gradient(135deg, {style.NO_DATA_GROUND} 0 5px, {style.NO_DATA_LINE} 5px 6.2px)"
)


@in_turn
def show_distribution(
    table: AreaTable, caption: Caption, texts: Texts, *, chosen_name: str = "", heading: str = ""
) -> None:
    """
    Draw the distribution; the median and the chosen area (`view.chosen`) are marked on their rows.

    Parameters
    ----------
    table
        Bars have the colours of its classes: under two maps, the table that `layers.answers.shared_classes` gave.
    chosen_name
        Name of the chosen area; empty marks none.
    heading
        Title above the table; empty for none.
    """
    st.html(STYLE)
    st.html(distribution_html(table, caption, texts, chosen_name=chosen_name, heading=heading))


def distribution_html(
    table: AreaTable, caption: Caption, texts: Texts, *, chosen_name: str = "", heading: str = ""
) -> str:
    """Return the distribution as an HTML table, safe to show; the parameters are those of `show_distribution`."""
    spread = distribution_of(table)
    labels = _labels(table, spread, caption, texts)
    fills = class_colours(len(table.classes)) or [style.mark_of(table.view.group).colour]
    marks = _marks(table, spread, texts, chosen_name=chosen_name)
    longest = max([1, spread.zero_count, spread.no_data_count, *(one.count for one in spread.bins)])
    rows = []
    if spread.zero_count or caption.zero_label:
        zero = caption.zero_label or texts.number(0)
        rows.append(_row(zero, [(spread.zero_count, style.ZERO_COLOUR)], longest, texts, marks["zero"]))
    for i, (label, one) in enumerate(zip(labels, spread.bins, strict=True)):
        parts = [(count, fill) for count, fill in zip(one.counts, fills, strict=True) if count]
        rows.append(_row(label, parts, longest, texts, marks[str(i)]))
    if spread.no_data_count:
        parts = [(spread.no_data_count, _NO_DATA_FILL)]
        rows.append(_row(caption.no_data_legend, parts, longest, texts, marks["no_data"], is_apart=True))
    unit = caption.legend_unit or caption.legend_title
    title = f"<h3>{escape(heading)}</h3>" if heading else ""
    return (
        f'<table class="distribution"><caption>{title}{escape(summary(table, spread, texts))}</caption>'
        f'<thead><tr><th scope="col">{escape(unit)}</th>'
        f'<th scope="col">{escape(texts.t(f"compare.areas_{table.view.level}"))}</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def summary(table: AreaTable, spread: Distribution, texts: Texts) -> str:
    """Return the distribution in one or two sentences made from its numbers."""
    level, column = table.view.level, table.view.indicator
    told = [
        texts.t(f"compare.known_{level}", known=spread.known_count, total=spread.areas_count)
        if spread.no_data_count
        else texts.t(f"compare.all_known_{level}", count=spread.areas_count)
    ]
    if spread.median is not None:
        bound = _bound_of_all(table)
        median, lowest, highest = (
            write_figure(value, column, texts, bound=bound)
            for value in (spread.median, spread.lowest, spread.highest)
        )
        told.append(texts.t("compare.spread", median=median, lowest=lowest, highest=highest))
    bounded = int((table.by_part.bounds["value"] != "").sum())
    if bounded:
        told.append(texts.t("compare.bounded", count=bounded))
    if spread.is_uneven:
        told.append(texts.t("compare.uneven_bars"))
    return " ".join(told)


def _bound_of_all(table: AreaTable) -> Bound:
    """Return how far what is told of all areas is to be believed: 2.4 stood beside the map's "at least 2.3"."""
    parts = table.by_part
    bounds = set(parts.bounds["value"].reindex(parts.rows["value"].dropna().index))
    return bound_of(is_more=bool(bounds & {LEAST, UNSURE}), is_less=bool(bounds & {MOST, UNSURE}))


def _labels(table: AreaTable, spread: Distribution, caption: Caption, texts: Texts) -> Sequence[str]:
    if table.view.what.class_codes:
        return caption.class_labels
    is_count = table.view.what.kind == "count"
    ending = "%" if table.view.what.kind == "share" else ""
    decimals = 0 if is_count else DECIMALS
    labels = []
    for one in spread.bins:
        # A bar ends with the last number before those of the next one; zero and the whole have rows of their own.
        if one.high == math.inf:
            labels.append(texts.number(one.low) + ending)
            continue
        low = texts.number(max(one.low, least_step(table)) if is_count else one.low, decimals=decimals)
        high = texts.number(one.high - least_step(table), decimals=decimals)
        if one.low == 0 and not is_count:
            low = ">0"
        if ending and math.isclose(one.high, 100):
            high = f"<{texts.number(one.high)}"
        label = high if low == high else texts.t("export_class_range", low=low, high=high)
        labels.append(label + ending)
    return labels


def _marks(
    table: AreaTable, spread: Distribution, texts: Texts, *, chosen_name: str
) -> dict[str, list[tuple[str, str]]]:
    """Return for each row its marks: kind and words, so that neither colour nor place alone tells them."""
    marks: dict[str, list[tuple[str, str]]] = {
        key: [] for key in ("zero", "no_data", *map(str, range(len(spread.bins))))
    }
    column = table.view.indicator
    if spread.median is not None:
        median = write_figure(spread.median, column, texts, bound=_bound_of_all(table))
        text = texts.t("compare.median", value=median)
        marks[_row_of(table, spread, spread.median)].append(("median", text))
    code = table.view.chosen
    if chosen_name and code in table.rows.index:
        value = float(table.rows["value"].loc[code])
        written = write_cell(
            table.rows.loc[code].to_dict(), column, texts, bound=table.bound_of(code, column)
        )
        text = texts.t("map.value", name=chosen_name, value=written)
        marks[_row_of(table, spread, value)].append(("chosen", text))
    return marks


def _row_of(table: AreaTable, spread: Distribution, value: float) -> str:
    if pd.isna(value):
        return "no_data"
    position = spread.bin_of(float(printed_values(table.question, pd.Series([value])).iloc[0]))
    return "zero" if position is None else str(position)


def _row(
    label: str,
    parts: Sequence[tuple[int, str]],
    longest: int,
    texts: Texts,
    marks: Sequence[tuple[str, str]],
    *,
    is_apart: bool = False,
) -> str:
    count = sum(number for number, _ in parts)
    pieces = "".join(f'<span style="flex: {number}; background: {fill}"></span>' for number, fill in parts)
    width = _LONGEST_BAR_PCT * count / longest
    bar = f'<span class="distribution-bar" style="width: max({width:.2f}%, 5px)" aria-hidden="true">{pieces}</span>'
    apart = ' class="distribution-apart"' if is_apart else ""
    told = "".join(
        f'<span class="distribution-mark distribution-mark-{kind}">{escape(text)}</span>'
        for kind, text in marks
    )
    return (
        f"<tr{apart}>"
        f'<th scope="row">{escape(label)}</th><td><span class="distribution-line">{bar if count else ""}'
        f'<span class="distribution-count">{texts.number(count)}</span>{told}</span></td></tr>'
    )
