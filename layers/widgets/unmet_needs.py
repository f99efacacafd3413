"""What readers reported that they did not find, beside the numbers of a planner and never among them."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from data.corrections.unmet_needs import unmet_needs
from layers.answers.area_table import AreaTable
from layers.cache.shared_answers import last_answer
from layers.text import Texts
from layers.widgets.address import bound
from layers.widgets.plain import plain
from layers.words.unmet_words import unmet_head, unmet_lines


def show_unmet_needs(table: AreaTable, names: dict[str, str], texts: Texts) -> None:
    """Draw the areas of a view with enough reports and the switch of the map; nothing where there is none."""
    lines = unmet_lines(told_needs(table.view.level), names, table.view.group, texts)
    if lines or table.view.needs:
        st.checkbox(texts.t("unmet.switch"), **bound("needs", table.view.needs))
    if not lines:
        if table.view.needs:
            st.caption(plain(texts.t("unmet.none_on_map")))
        return
    with st.expander(plain(unmet_head(table.view.group, texts)), key="unmet_needs"):
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))
        st.caption(plain(texts.t("unmet.note")))


def told_needs(level: str) -> pd.DataFrame:
    """Return what may be told of reports of today, by area of a level."""
    return last_answer(("unmet needs", level), partial(_needs, level=level))


def _needs(connection: Connection, *, level: str) -> pd.DataFrame:
    return unmet_needs(connection, today=date.today(), level=level)  # noqa: DTZ011 - a year by the calendar
