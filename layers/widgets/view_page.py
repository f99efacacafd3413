"""What the planner's and the coordinator's pages begin with: the rail of choices and the answer to them."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.registry import Registry
from layers.area_table import AreaTable
from layers.cache import area_table, has_roads, open_registry
from layers.export.caption import Caption, build_caption
from layers.export.wording import Wording
from layers.text import Texts, texts_of
from layers.widgets.address import current_view
from layers.widgets.choices import show_rail
from layers.widgets.explained import show_how
from layers.widgets.navigation import TOOLS, show_tools
from layers.widgets.notices import show_empty_scope
from layers.widgets.plain import plain


@dataclass(frozen=True, eq=False)
class ViewPage:
    """The answer of a view and the column that the rest of the page stands in."""

    registry: Registry
    table: AreaTable
    caption: Caption
    texts: Texts
    column: Any


def begin_view_page(name: str) -> ViewPage | None:
    """
    Draw the title, the choices and the sentence that answers them.

    Returns None when the scope has no areas; the page has said so and ends.
    """
    view = current_view()
    texts = texts_of(view.lang)
    registry = open_registry(view.date)
    st.title(plain(texts.t(f"page.{name}")), anchor=False)
    if name in TOOLS:
        show_tools(view, texts)
    rail, column = st.columns([1, 3], gap="large")
    with rail:
        show_rail(registry, view, texts, has_roads=has_roads())
    table = area_table(registry, view)
    if table.rows.empty:
        show_empty_scope(texts)
        return None
    caption = build_caption(table, texts)
    with column:
        # To what places are compared, and that no law says how many there must be, is one click away.
        compared = " ".join(Wording(table, texts).norm_notes())
        st.header(plain(caption.title), anchor=False, help=plain(compared) or None)
        st.markdown(plain(f"{caption.subtitle} · {caption.as_of}"))
        show_how(table, texts)
    return ViewPage(registry, table, caption, texts, column)
