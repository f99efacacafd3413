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


def show_ranking(table: AreaTable, caption: Caption, texts: Texts) -> None:
    """Draw the table; the least served come first and, among equals, those with most people of the group."""
    shown = ranked(table)
    parents = [parent for parent, levels in PARENTS.items() if table.view.level in levels]
    if table.view.scope != COUNTRY:
        parents = [parent for parent in parents if parent != "voivodeship_name"]
    # The answer stands beside the name: on a phone nothing further is seen without scrolling.
    answer, *others = figures_of(table)
    columns = ["name", answer, *parents, *others]
    st.dataframe(
        _written(shown, columns, lower_bounds(table), texts, names=dict(caption.columns)),
        hide_index=True,
        height=_ROW_PX * (min(len(shown), _MAX_ROWS) + 1) + 3,
        placeholder=caption.no_data,
        alt=caption.title,
        key="ranking",
    )


def ranked(table: AreaTable) -> pd.DataFrame:
    """Return the rows of a table in the order of the ranking; without any value, by the number of facilities."""
    answer = "value" if table.rows["value"].notna().any() else "facilities_count"
    return table.rows.sort_values(
        [answer, "demand_persons", "name"], ascending=[True, False, True], na_position="last", kind="stable"
    )


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
