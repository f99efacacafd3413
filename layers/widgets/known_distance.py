"""Why areas of a map are hatched though their own list is complete, and which distance knows more of them."""

import streamlit as st

from data.registry.registry import Registry
from layers.answers.area_table import AreaTable
from layers.answers.measures.coarse_reach import least_distance_km
from layers.cache.shared_answers import area_table
from layers.text import Texts
from layers.widgets.address import change_view
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.words.known_distance import known_count, shorter_view, unknown_for_reach
from layers.words.way_words import way_of


@in_turn
def show_known_distance(registry: Registry, table: AreaTable, texts: Texts) -> None:
    """Draw why areas are hatched for what lies in their reach, and a button for a shorter distance that knows more."""
    view, unknown = table.view, unknown_for_reach(table)
    if not unknown:
        return
    areas, now = len(table.rows), known_count(table)
    said = texts.t("known_distance.why", count=unknown, areas=areas, way=way_of(view, texts))
    shorter = shorter_view(view, least_km=least_distance_km(registry, view.question, chosen=view.chosen))
    known = now if shorter is None else known_count(area_table(registry, shorter.with_changes(chosen="")))
    if shorter is None or known <= now:
        st.caption(plain(said))
        return
    distance = texts.t("distance.kilometres", value=shorter.distance_km)
    more = texts.t("known_distance.more", distance=distance, known=known, areas=areas, now=now)
    st.caption(plain(f"{said} {more}"))
    st.button(
        texts.t("known_distance.show", distance=distance),
        on_click=change_view,
        kwargs={"distance_km": shorter.distance_km},
        key="known_distance_show",
    )
