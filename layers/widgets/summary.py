"""What a map says as a whole, below it: inequality between areas, and how far local governments are."""

import math

import streamlit as st

from data.registry.registry import Registry
from layers.answers.area_table import AreaTable
from layers.answers.measures.unequal import inequality_of, progress_of
from layers.text import Texts
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain


@in_turn
def show_summary(registry: Registry, table: AreaTable, texts: Texts) -> None:
    """Draw the lines of a view that have something to say; each has its explanation one click away."""
    unequal = inequality_lines(table, texts)
    if unequal:
        st.subheader(plain(texts.t("inequality.title")), anchor=False)
        st.markdown("\n".join(f"- {plain(line)}" for line in unequal))
        with st.popover(texts.t("inequality.how")):
            st.markdown(plain(texts.t("method.inequality.text")))
    line = progress_line(registry, table, texts)
    if line:
        st.markdown(f"**{plain(line)}**")


def inequality_lines(table: AreaTable, texts: Texts) -> list[str]:
    """Return the measures of inequality in words; one sentence when there is nothing to compare, none for no rate."""
    found = inequality_of(table)
    if found is None:
        return []
    if math.isnan(found.gini):
        return [texts.t("inequality.none")]
    lines = [texts.t("inequality.gini", value=texts.number(found.gini, decimals=2))]
    if math.isnan(found.theil_within):
        lines.append(texts.t("inequality.theil", value=texts.number(found.theil, decimals=2)))
    else:
        lines.append(
            texts.t(
                f"inequality.theil_{table.view.level}",
                value=texts.number(found.theil, decimals=2),
                within=texts.number(found.theil_within, decimals=2),
                between=texts.number(found.theil_between, decimals=2),
            )
        )
    shares = {
        "best": texts.percent(found.best_served_share),
        "worst": texts.percent(found.worst_served_share),
    }
    if math.isnan(found.palma):
        lines.append(texts.t("inequality.palma_none", **shares))
    else:
        lines.append(texts.t("inequality.palma", value=texts.number(found.palma, decimals=2), **shares))
    lines.append(texts.t("inequality.areas", counted=found.areas_counted, left_out=found.areas_left_out))
    return lines


def progress_line(registry: Registry, table: AreaTable, texts: Texts) -> str:
    """Return how many local governments of the scope are how far, as lists tell; empty where none tells of any."""
    row = progress_of(registry, table)
    if row is None or row["no_data"] == row["units"]:
        return ""
    counts = {name: int(row[name]) for name in ("reached", "preparing", "without", "no_data", "units")}
    return texts.t(f"progress.{table.view.indicator}", **counts)
