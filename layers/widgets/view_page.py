"""What the planner's and the coordinator's pages begin with: the rail of choices and the answer to them."""

from dataclasses import dataclass
from html import escape
from typing import Any, Final

import streamlit as st

from data.registry.registry import Registry
from layers.answers.area_table import AreaTable
from layers.cache.shared_answers import area_table, has_roads, open_registry
from layers.text import Texts, texts_of
from layers.view.page_addresses import TOOLS
from layers.view.reading import told_view
from layers.widgets.address import current_view
from layers.widgets.choices import show_rail
from layers.widgets.class_limits import show_class_limits
from layers.widgets.explained import show_how
from layers.widgets.navigation import show_tools
from layers.widgets.plain import plain
from layers.words.caption import Caption, build_caption
from layers.words.short_answer import heading_over_maps
from layers.words.view_notes import ViewNotes
from layers.words.view_words import Wording

_OF_TWO_MAPS: Final = frozenset({"compare"})
"""Pages that say more below than above: their maps have a line of legend and one of titles."""


@dataclass(frozen=True, eq=False)
class ViewPage:
    """
    The answer of a view and the column that the rest of the page stands in.

    `actions` is the line between the answer and the rest, for what a page offers to do with it. `is_told` says that
    the heading is the whole answer.
    """

    registry: Registry
    table: AreaTable
    caption: Caption
    texts: Texts
    column: Any
    actions: Any
    is_told: bool


def begin_view_page(name: str) -> ViewPage:
    """
    Draw the title, the choices and the sentence that answers them.

    The scope is one that the data have: the frame put another one right (`layers.widgets.address.settle_view`).
    """
    view = current_view()
    texts = texts_of(view.lang, view.date)
    registry = open_registry(view.date)
    view = told_view(view, registry)
    # In one line, for the same reason as below.
    with st.container(horizontal=True, vertical_alignment="center", key="view_head"):
        st.title(plain(texts.t(f"page.{name}")), anchor=False, width="content")
        if name in TOOLS:
            show_tools(view, texts, page=name)
    rail, column = st.columns([1, 3], gap="medium")
    with rail, st.container(key="view_rail"):
        # Only seen on a phone, where the style folds the choices below it: the answer and its map come first there.
        st.html(f'<details class="rail-fold"><summary>{escape(texts.t("choice.fold"))}</summary></details>')
        show_rail(registry, view, texts, has_roads=has_roads(registry))
    table = area_table(registry, view)
    with rail:
        show_class_limits(table, texts)
    caption = build_caption(table, texts)
    # Close together: what is above a map takes its height away.
    with column, st.container(gap="xxsmall", key="view_answer"):
        # To what places are compared, and that no law says how many there must be, is one click away.
        compared = " ".join(ViewNotes(Wording(table, texts)).norm())
        has_two_maps = name in _OF_TWO_MAPS
        heading = heading_over_maps(table, caption.title, texts) if has_two_maps else caption.title
        st.header(plain(heading), anchor=False, help=plain(compared) or None)
        if not has_two_maps:
            st.markdown(plain(f"{caption.lines} · {caption.as_of}"))
        actions = st.container(horizontal=True, vertical_alignment="center", key="view_actions")
        with actions:
            show_how(table, texts)
    is_told = heading == caption.title
    return ViewPage(registry, table, caption, texts, column, actions, is_told)
