"""The ranked table: the same numbers as the map, least first, no data last."""

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from data.registry import COUNTRY
from layers.area_table import AreaTable
from layers.export.caption import PARENTS, Caption
from layers.text import Texts
from layers.widgets.figures import figures_of, lower_bounds, write_figure

_ROW_PX, _MAX_ROWS = 35, 15
_NAME_PX = 150
_REMARKS = "remarks"


def show_ranking(table: AreaTable, names: dict[str, str], caption: Caption, texts: Texts) -> None:
    """
    Draw the table; the least served come first and, among equals, those with most people of the group.

    Streamlit reads a number to a screen reader without its words, and draws a missing one pale: the last column
    says in full what is "at least" and what is not known.
    """
    shown = ranked(table)
    shown["name"] = shown.index.map(names)
    parents = [parent for parent, levels in PARENTS.items() if table.view.level in levels]
    if table.view.scope != COUNTRY:
        parents = [parent for parent in parents if parent != "voivodeship_name"]
    # The answer stands beside the name: on a phone nothing further is seen without scrolling.
    answer, *others = figures_of(table)
    columns = ["name", answer, *parents, *others]
    heads = {**caption.columns, _REMARKS: texts.t("planner.remarks")}
    is_lower = lower_bounds(table)
    if table.view.is_of_knowledge:
        # Its answer is words already, and counts of records are never unknown.
        shown = _with_words(shown, texts)
        columns.append("oldest_verified_on")
        is_lower = is_lower.drop(columns=answer)
    else:
        shown[_REMARKS] = _remarks(shown, [answer, *others], is_lower, texts, names=heads)
    if _REMARKS in shown and shown[_REMARKS].any():
        columns.append(_REMARKS)
    st.dataframe(
        _written(shown, columns, is_lower, texts, names=heads),
        hide_index=True,
        column_config={heads["name"]: st.column_config.Column(width=_NAME_PX)},
        height=_ROW_PX * (min(len(shown), _MAX_ROWS) + 1) + 3,
        placeholder=caption.no_data,
        alt=caption.title,
        key="ranking",
    )


def ranked(table: AreaTable) -> pd.DataFrame:
    """
    Return the rows of a table in the order of the ranking; without any value, by the number of facilities.

    Of knowledge, the areas of which nothing is known come first, and among equals those with most to confirm.
    """
    if table.view.is_of_knowledge:
        return table.rows.sort_values(
            ["value", "overdue_count", "name"],
            ascending=[True, False, True],
            na_position="first",
            kind="stable",
        )
    answer = "value" if table.rows["value"].notna().any() else "facilities_count"
    return table.rows.sort_values(
        [answer, "demand_persons", "name"], ascending=[True, False, True], na_position="last", kind="stable"
    )


def _with_words(shown: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    """Return rows of knowledge with the class and the date in words; a date may be known by its year only."""
    return shown.assign(
        knowledge=[
            write_figure(value, "knowledge", texts, is_lower_bound=False) for value in shown["knowledge"]
        ],
        oldest_verified_on=[
            texts.t("no_data") if day is None else texts.date(day, precision=precision)
            for day, precision in zip(
                shown["oldest_verified_on"], shown["oldest_verified_precision"], strict=True
            )
        ],
    )


def _remarks(
    rows: pd.DataFrame, columns: list[str], is_lower: pd.DataFrame, texts: Texts, *, names: dict[str, str]
) -> list[str]:
    """Return for each row its numbers that are incomplete or unknown, as they are written in the table."""
    is_all_unknown = rows[columns].isna().all(axis="columns")
    bounds = is_lower.loc[rows.index, columns].to_dict("records")
    return [
        texts.t("no_data")
        if is_unknown
        else "; ".join(
            f"{names[column]}: {write_figure(values[column], column, texts, is_lower_bound=bool(bound[column]))}"
            for column in columns
            if pd.isna(values[column]) or bound[column]
        )
        for is_unknown, values, bound in zip(
            is_all_unknown, rows[columns].to_dict("records"), bounds, strict=True
        )
    ]


def _written(
    rows: pd.DataFrame, columns: list[str], is_lower: pd.DataFrame, texts: Texts, *, names: dict[str, str]
) -> Styler:
    """Return the numbers with their words: a click on a head still sorts numbers, not words."""
    styled = rows[columns].rename(columns=names).style
    for column in (column for column in columns if column in is_lower):
        for is_bound in (False, True):
            index = rows.index[is_lower.loc[rows.index, column] == is_bound]
            styled = styled.format(
                lambda value, column=column, is_bound=is_bound: write_figure(
                    value, column, texts, is_lower_bound=is_bound
                ),
                subset=(index, [names[column]]),
                na_rep=texts.t("no_data"),
            )
    return styled
