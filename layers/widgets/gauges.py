"""The three gauges of a scope under the planner's map: gap, queue and forecast beside each other."""

import streamlit as st

from data.registry.registry import Registry
from layers.answers.area_table import AreaTable
from layers.cache.shared_answers import area_table
from layers.text import Texts
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.words.gauges import disagreement, gauge_head, gauge_parts, has_gauges, scope_gauges


@in_turn
def show_gauges(registry: Registry, table: AreaTable, texts: Texts) -> None:
    """Draw the gauges of a view that is about places that can be missing; of others nothing."""
    if not has_gauges(table):
        return
    by_voivodeship = table.view.with_changes(level="voivodeship", indicator="places_per_1000", chosen="")
    # What is missing is one answer, whatever of it the map shows.
    of_gap = area_table(registry, table.view.with_changes(indicator="gap_share", chosen=""))
    gauges = scope_gauges(registry, of_gap, area_table(registry, by_voivodeship))
    with st.container(key="gauges"):
        st.header(plain(gauge_head(of_gap, texts)), anchor=False)
        for column, lines in zip(
            st.columns(3, gap="medium"), gauge_parts(gauges, of_gap, texts), strict=True
        ):
            column.markdown("\n\n".join(map(plain, lines)))
        if said := disagreement(gauges, of_gap, texts):
            st.markdown(plain(said))
        with st.popover(plain(texts.t("gauges.how")), type="tertiary", icon=":material/help:"):
            st.markdown(plain(texts.t("gauges.no_norm")))
            st.markdown(plain(texts.t("gauges.stock")))
