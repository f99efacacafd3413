"""The first page: one sentence, three doors, the emergency numbers, the state of the data."""

import streamlit as st

from data.vocabulary.helplines import helplines
from layers.cache.shared_answers import open_registry
from layers.text import texts_of
from layers.view.page_addresses import DOORS
from layers.widgets.address import current_view
from layers.widgets.drawing import at_once
from layers.widgets.navigation import show_door
from layers.widgets.plain import plain
from layers.words.contact_addresses import phone_address
from layers.words.helpline_words import helpline_line


@at_once
def render() -> None:
    """Draw the page."""
    view = current_view()
    texts = texts_of(view.lang)
    st.title(plain(texts.t("title")), anchor=False)
    state = open_registry().state
    st.markdown(plain(texts.t("example.sentence" if state.is_invented else "first.sentence")))

    for column, door in zip(st.columns(len(DOORS), gap="medium"), DOORS, strict=True):
        with column, st.container(border=True, key=f"door_{door}", height="stretch"):
            show_door(door, view, texts)
            st.markdown(plain(texts.t(f"first.door_{door}")))

    st.header(plain(texts.t("first.helplines")), anchor=False)
    with st.container(horizontal=True, key="helplines"):
        for position, helpline in enumerate(helplines()):
            with st.container(key=f"helpline_{position}", width=260):
                st.link_button(plain(helpline.number), phone_address(helpline.number), width="stretch")
                st.markdown(plain(helpline_line(helpline, texts)))

    sizes = texts.t(
        "first.sizes",
        facilities=texts.t("count.facilities", count=state.facilities),
        voivodeships=texts.t("count.voivodeships", count=state.voivodeships),
    )
    if state.unconfirmed:
        sizes = f"{sizes}; {texts.t('origin.apart', count=state.unconfirmed)}"
    as_of = texts.t("first.newest", date=state.as_of) if state.as_of else texts.t("as_of_unknown")
    st.caption(plain(texts.t("first.state", as_of=as_of, sizes=sizes)))


if __name__ == "__main__":
    render()
