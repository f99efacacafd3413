"""The office of a gmina or powiat with a button to call it, where no centre with a telephone is known."""

import streamlit as st

from data.registry.offices import office_of
from data.registry.registry import Registry
from layers.text import Texts
from layers.widgets.plain import plain
from layers.words.contact_addresses import phone_address
from layers.words.office_words import office_words


def show_office(registry: Registry, code: str, texts: Texts, *, key: str) -> None:
    """Draw the office of an area, and that it is no social assistance centre; nothing where no list names it."""
    office = office_of(registry, code)
    if office is None:
        return
    st.markdown(plain(texts.t("office.ask")))
    if office.is_of_before:
        st.markdown(plain(texts.t("office.before")))
    address = phone_address(office.phone or "")
    if not address:
        st.markdown(plain(office_words(office, texts)))
    else:
        st.markdown(plain(texts.t("office.place", name=office.name, address=office.address)))
        label = plain(texts.t("card.call", phone=office.phone))
        st.link_button(label, address, icon=":material/call:", key=f"{key}_call")
    if office.as_of:
        st.caption(plain(texts.t("office.as_of", date=office.as_of)))
