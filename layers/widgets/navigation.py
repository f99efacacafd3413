"""The pages and the ways between them; links carry the view along."""

from html import escape
from pathlib import Path

import streamlit as st

from data.vocabulary.languages import LANGUAGES
from layers.text import Texts
from layers.view.page_addresses import ADDRESSES, DOORS, LIGHT_PAGES, TOOLS, address_of_view
from layers.view.view import View
from layers.widgets.address import bound

# Not named `pages`: beside the main script Streamlit takes such a folder for pages of its own kind, and the
# first visitor of a process who opens any address but the first page is told that there is no such page.
_FOLDER = Path(__file__).resolve().parent.parent / "screens"


def page_of(name: str, texts: Texts) -> st.Page:
    """Return the page of a name that Streamlit draws: `first`, a door, or `about`."""
    return st.Page(
        _FOLDER / f"{name}.py",
        title=texts.t(f"page.{name}"),
        url_path=ADDRESSES[name] or None,
        default=name == "first",
    )


def all_pages(texts: Texts) -> list[st.Page]:
    """Return every page that Streamlit draws, after the one that it has to have where nothing else is asked for."""
    return [page_of(name, texts) for name in ADDRESSES if name not in LIGHT_PAGES or name == "first"]


def show_navigation(view: View, texts: Texts) -> None:
    """Show links to all pages and the choice of language."""
    with st.container(horizontal=True, vertical_alignment="center", key="navigation"):
        for name in ("first", *DOORS, "about", "method"):
            _show_link(name, view, texts)
        st.segmented_control(
            texts.t("language"),
            LANGUAGES,
            format_func=lambda code: LANGUAGES[code].name,
            required=True,
            label_visibility="collapsed",
            width="content",
            **bound("lang", view.lang),
        )


def show_tools(view: View, texts: Texts, *, page: str) -> None:
    """Show links from a page to those behind the planner's door, itself among them."""
    with st.container(horizontal=True, vertical_alignment="center", key="tools"):
        for name in TOOLS:
            # A scenario is about gaps, whatever the map showed before; who is there already may have chosen else.
            is_about_gaps = name == "scenario" and name != page
            shown = view.with_changes(indicator="gap_share") if is_about_gaps else view
            _show_link(name, shown, texts, label=texts.t(f"tool.{name}"))


def show_light_link(name: str, view: View, texts: Texts, *, label: str = "") -> None:
    """Draw a link to a page that is written on the server; the browser goes there as to any other page."""
    address = escape(address_of_view(name, {"lang": view.lang, **view.to_query()}))
    words = escape(label or texts.t(f"page.{name}"))
    st.html(f'<a class="light-link" href="{address}">{words}</a>', width="content")


def _show_link(name: str, view: View, texts: Texts, *, label: str = "") -> None:
    if name in LIGHT_PAGES:
        show_light_link(name, view, texts, label=label)
        return
    st.page_link(
        page_of(name, texts),
        label=label or texts.t(f"page.{name}"),
        query_params=view.to_query(),
        width="content",
    )
