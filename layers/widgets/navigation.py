"""The pages and the ways between them; links carry the view along."""

from pathlib import Path
from types import MappingProxyType

import streamlit as st

from layers.state import View
from layers.text import LANGUAGE_NAMES, LANGUAGES, Texts
from layers.widgets.address import bound

# Not named `pages`: beside the main script Streamlit takes such a folder for pages of its own kind, and the
# first visitor of a process who opens any address but the first page is told that there is no such page.
_FOLDER = Path(__file__).resolve().parent.parent / "screens"
DOORS = ("resident", "planner", "coordinator")
_ADDRESSES = MappingProxyType(
    {"first": "", "resident": "pomoc", "planner": "planowanie", "coordinator": "raport", "about": "dane"}
)


def page_of(name: str, texts: Texts) -> st.Page:
    """Return the page of a name: `first`, one of the doors, or `about`."""
    return st.Page(
        _FOLDER / f"{name}.py",
        title=texts.t(f"page.{name}"),
        url_path=_ADDRESSES[name] or None,
        default=name == "first",
    )


def all_pages(texts: Texts) -> list[st.Page]:
    """Return every page, the first one first."""
    return [page_of(name, texts) for name in _ADDRESSES]


def show_navigation(view: View, texts: Texts, *, is_first: bool) -> None:
    """Show links to all pages and the choice of language; the first page has its doors elsewhere."""
    with st.container(horizontal=True, vertical_alignment="center", key="navigation"):
        names = ("about",) if is_first else tuple(_ADDRESSES)
        for name in names:
            st.page_link(
                page_of(name, texts),
                label=texts.t(f"page.{name}"),
                query_params=view.to_query(),
                width="content",
            )
        st.segmented_control(
            texts.t("language"),
            LANGUAGES,
            format_func=LANGUAGE_NAMES.__getitem__,
            required=True,
            label_visibility="collapsed",
            width="content",
            **bound("lang", view.lang),
        )
