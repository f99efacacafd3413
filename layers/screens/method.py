"""How the figures are computed, in Polish: one section for each of them, each with an address of its own."""

import streamlit as st

from layers.text import texts_of
from layers.widgets.address import current_view
from layers.widgets.plain import plain
from layers.words.method import method_sections


def render() -> None:
    """Draw the page."""
    texts = texts_of(current_view().lang)
    st.title(plain(texts.t("page.method")), anchor=False)
    st.markdown(plain(texts.t("method_page.sentence")))
    sections = method_sections()
    st.markdown("\n".join(f"- [{section.title}](#{section.anchor})" for section in sections))
    for section in sections:
        st.header(section.title, anchor=section.anchor)
        # Our own words, and no text of a register.
        st.markdown(section.text)


if __name__ == "__main__":
    render()
