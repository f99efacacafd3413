"""The page that Streamlit has to have where nothing is asked for: the first page itself is a light one."""

import streamlit as st

from layers.text import texts_of
from layers.widgets.address import current_view
from layers.widgets.navigation import show_light_link
from layers.widgets.plain import plain


def render() -> None:
    """Draw the way to the first page."""
    view = current_view()
    texts = texts_of(view.lang)
    st.title(plain(texts.t("title")), anchor=False)
    show_light_link("first", view, texts)


if __name__ == "__main__":
    render()
