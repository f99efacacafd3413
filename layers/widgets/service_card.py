"""One service as a person in a hurry reads it: name, what it is, how far, open or not, whom to call."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from data.registry.registry import Registry
from data.vocabulary import support_forms
from layers.text import Texts
from layers.view.page_addresses import place_address
from layers.widgets.plain import link, own_link, plain
from layers.words.contact_addresses import phone_address, web_address
from layers.words.service_facts import hours_line, how_to_get, public_note, text_of, vacancy_lines
from layers.words.service_words import (
    address_lines,
    confirm_words,
    detail_lines,
    distance_words,
    door_words,
    has_page,
    origin_line,
    outside_words,
    phones_of,
    unchecked_lines,
)

_MOST_LINES, _MOST_SIGNS = 2, 140
"""More than that about how to get the help is folded away, so that the next card is seen."""
_DOOR_LOOKS = {
    True: "green-badge[:material/check_circle:",
    False: "gray-badge[:material/cancel:",
    None: "orange-badge[:material/help:",
}


def show_services(
    services: pd.DataFrame,
    registry: Registry,
    texts: Texts,
    *,
    key: str,
    today: dt.date,
) -> None:
    """Draw one card per row; `services` are as `layers.answers.nearby.NearbyHelp` gives them."""
    rows: list[dict[Any, Any]] = services.to_dict("records")
    for position, service in enumerate(rows):
        _show_card(service, registry.sources, texts, key=f"{key}_{position}", today=today)


def _show_card(
    service: dict[str, Any],
    sources: pd.DataFrame,
    texts: Texts,
    *,
    key: str,
    today: dt.date,
) -> None:
    with st.container(border=True, key=key, gap="xsmall"):
        st.subheader(plain(service["facility_name"]), anchor=False)
        form = support_forms()[service["support_form"]].name[texts.lang]
        distance = plain(distance_words(service, texts, is_address_below=True))
        outside = plain(outside_words(service, texts))
        st.markdown(
            "  \n".join(filter(None, [f"**{plain(form[:1].upper() + form[1:])}**", distance, outside]))
        )
        if service["is_unconfirmed"]:
            st.markdown(plain(texts.t("origin.maybe_here")))
        _show_door(service, texts)
        _show_phones(service, texts, key=key)
        if address := address_lines(service, texts):
            st.markdown("  \n".join(map(plain, address)))
        if vacancies := vacancy_lines(service, texts):
            _show_vacancies(vacancies, is_old=service["is_vacancy_old"])
        official = set(sources.loc[sources["is_official"], "source_code"])
        lines = [plain(line) for line in detail_lines(service, texts, note=public_note(service, official))]
        if website := web_address(text_of(service, "website")):
            lines.append(link(texts.t("card.website", name=urlsplit(website).hostname or ""), website))
        if lines:
            st.markdown("  \n".join(lines))
        _show_how_to_get(how_to_get(service, texts, today), texts, key=key)
        if to_confirm := confirm_words(service, texts):
            st.badge(to_confirm, color="orange", icon=":material/error:")
        if has_page(service):
            page = place_address(service["facility_handle"], texts.lang)
            st.markdown(own_link(texts.t("site.to_place"), page))
        st.caption("  \n".join(_provenance(service, sources, texts)))


def _show_door(service: dict[str, Any], texts: Texts) -> None:
    """Draw open, closed or a holiday to ask about as sign, words and colour, and the hours."""
    badge, hours = "", plain(hours_line(service, texts))
    if door := door_words(service, texts):
        badge = f":{_DOOR_LOOKS[service['is_open']]} {plain(door)}]"
    if said := "  \n".join(filter(None, [badge, hours])):
        st.markdown(said)


def _show_phones(service: dict[str, Any], texts: Texts, *, key: str) -> None:
    """Draw the phones, large."""
    phones = phones_of(service)
    dialled = [(phone, phone_address(phone)) for phone in phones]
    if any(address for _, address in dialled):
        with st.container(horizontal=True):
            for position, (phone, address) in enumerate(dialled):
                if address:
                    label = plain(texts.t("card.call", phone=phone))
                    st.link_button(
                        label, address, icon=":material/call:", type="primary", key=f"{key}_call_{position}"
                    )
    elif phones:
        st.markdown(plain(texts.t("card.phone", phone=", ".join(phones))))
    else:
        st.markdown(plain(texts.t("card.no_phone")))


def _show_vacancies(lines: list[str], *, is_old: bool) -> None:
    if is_old:
        st.caption("  \n".join(f":material/history: {plain(line)}" for line in lines))
    else:
        st.markdown("  \n".join(f"**{plain(line)}**" for line in lines))


def _show_how_to_get(lines: dict[str, str], texts: Texts, *, key: str) -> None:
    """Draw how to apply and what it costs, folded away under its topics when it is long."""
    if not lines:
        return
    said = "\n\n".join(plain(line) for line in lines.values())
    if len(lines) <= _MOST_LINES and sum(map(len, lines.values())) <= _MOST_SIGNS:
        st.markdown(said)
        return
    topics = ", ".join(texts.t(f"card.topic_{topic}") for topic in lines)
    with st.expander(plain(texts.t("card.more", topics=topics)), key=f"{key}_more"):
        st.markdown(said)


def _provenance(service: dict[str, Any], sources: pd.DataFrame, texts: Texts) -> list[str]:
    said = plain(origin_line(service, sources, texts))
    if address := web_address(text_of(service, "source_url")):
        said = f"{said} · {link(texts.t('card.source_page'), address)}"
    return [said, *map(plain, unchecked_lines(service, texts))]
