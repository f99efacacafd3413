"""One service as a person in a hurry reads it: name, what it is, how far, open or not, whom to call."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from data.registry.registry import Registry
from data.store.grades import EXACT_GRADES
from data.store.own_sheets import is_own_sheet
from data.vocabulary import can_be_own, support_forms
from layers.answers.service_today import CHECKED
from layers.text import Texts
from layers.widgets.plain import link, phone_address, plain, web_address
from layers.widgets.service_facts import (
    access_lines,
    capacity_line,
    hours_line,
    how_to_get,
    public_note,
    text_of,
    vacancy_lines,
)
from layers.words.form_words import programme_notes
from layers.words.own_sheet_words import own_sheet_words
from layers.words.place_words import radius_words
from layers.words.source_words import capital, day_words

_MOST_LINES, _MOST_SIGNS = 2, 140
"""More than that about how to get the help is folded away, so that the next card is seen."""
_DOOR_LOOKS = {
    True: "green-badge[:material/check_circle:",
    False: "gray-badge[:material/cancel:",
    None: "orange-badge[:material/help:",
}
_UNSHOWN_FIELDS = frozenset({"is_counted", "is_unconfirmed", "set_aside_by"})


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


def distance_words(service: dict[str, Any], texts: Texts, *, is_address_below: bool = False) -> str:
    """
    Return how far a service is, as far as that is known; the list and the map say the same.

    From the middle of a town to the middle of the same town is no distance that anybody travels.
    """
    metres = service.get("distance_m")
    if metres is None or pd.isna(metres):
        return ""
    grade = service["place_grade"]
    if shared := service.get("same_place"):
        has_address = is_address_below and text_of(service, "street_address")
        return texts.t(f"card.same_{shared}{'_address' if has_address else ''}")
    distance = texts.distance(float(metres))
    if grade == "gmina":
        return texts.t("card.distance_gmina", distance=distance, gmina=text_of(service, "gmina_name"))
    is_exact, radius = grade in EXACT_GRADES, radius_words(service, texts)
    if radius:
        key = "card.distance_street" if is_exact else "card.distance_locality_radius"
        return texts.t(key, distance=distance, radius=radius)
    return texts.t("card.distance" if is_exact else "card.distance_locality", distance=distance)


def outside_words(service: dict[str, Any], texts: Texts) -> str:
    """Return that a club or day home of another gmina is to be asked; it is never left out for that."""
    is_outside = service.get("is_of_other_gmina", False) and can_be_own(service["support_form"])
    return texts.t("use.ask_outside") if is_outside else ""


def door_words(service: dict[str, Any], texts: Texts) -> str:
    """Tell whether a service is open, or that a holiday leaves it open; nothing when its hours do not tell."""
    if service["is_open"] is None and not service.get("is_holiday_untold"):
        return ""
    if service["is_open"] is None:
        return texts.t("card.holiday" if _phones(service) else "card.holiday_no_phone")
    return texts.t("card.open") if service["is_open"] else texts.t("card.closed")


def shared_points(services: pd.DataFrame) -> int:
    """Return how many services have a point that is only another town's middle and not theirs alone."""
    inexact = services[~services["place_grade"].isin(EXACT_GRADES) & (services["same_place"] == "")]
    return int(inexact["distance_m"].duplicated(keep=False).sum())


def confirm_words(service: dict[str, Any], texts: Texts) -> str:
    """Return why a person should call before going, and nothing for a record of an office checked in time."""
    if not service["is_to_confirm"]:
        return ""
    reason = "unofficial" if service["checked"] == CHECKED else service["checked"]
    advice = "card.confirm" if _phones(service) else "card.confirm_no_phone"
    return texts.t(advice, reason=texts.t(f"card.{reason}"))


def source_words(service: dict[str, Any], sources: pd.DataFrame, texts: Texts) -> str:
    """
    Return the publisher, or for a merged facility the names of all lists that anything on its card is from.

    What is from an own sheet is said apart (`layers.words.own_sheet_words`).
    """
    known = sources.set_index("source_code")
    origins = service.get("field_sources") or {}
    codes = list(
        dict.fromkeys(
            code
            for field, of in origins.items()
            if field not in _UNSHOWN_FIELDS
            for code in of
            if not (is_own_sheet(code) and service.get("said_on"))
        )
    )
    if len(codes) > 1:
        names = [known["name"].get(code, code) for code in codes]
        return texts.t("card.merged", sources="; ".join(names))
    code = service["source_code"]
    return texts.t("card.source", source=known["publisher"].get(code) or code)


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
        if address := _address(service, texts):
            st.markdown("  \n".join(address))
        if vacancies := vacancy_lines(service, texts):
            _show_vacancies(vacancies, is_old=service["is_vacancy_old"])
        official = set(sources.loc[sources["is_official"], "source_code"])
        if lines := _details(service, texts, note=public_note(service, official)):
            st.markdown("  \n".join(lines))
        _show_how_to_get(how_to_get(service, texts, today), texts, key=key)
        if to_confirm := confirm_words(service, texts):
            st.badge(to_confirm, color="orange", icon=":material/error:")
        st.caption("  \n".join(_provenance(service, sources, texts)))


def _show_door(service: dict[str, Any], texts: Texts) -> None:
    """Draw open, closed or a holiday to ask about as sign, words and colour, and the hours."""
    badge, hours = "", plain(hours_line(service, texts))
    if door := door_words(service, texts):
        badge = f":{_DOOR_LOOKS[service['is_open']]} {plain(door)}]"
    if said := "  \n".join(filter(None, [badge, hours])):
        st.markdown(said)


def _phones(service: dict[str, Any]) -> list[str]:
    return [phone for phone in service["phones"] or [] if isinstance(phone, str)]


def _show_phones(service: dict[str, Any], texts: Texts, *, key: str) -> None:
    """Draw the phones, large."""
    phones = _phones(service)
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


def _address(service: dict[str, Any], texts: Texts) -> list[str]:
    if stop := text_of(service, "stop_name"):
        return [plain(texts.t("card.stop", name=stop))]
    post = " ".join(filter(None, [text_of(service, "postal_code"), text_of(service, "locality_name")]))
    address = ", ".join(filter(None, [text_of(service, "street_address"), post]))
    lines = [plain(address)] if address else []
    if service["visibility"] != "public":
        lines.append(plain(texts.t("card.place_protected", gmina=text_of(service, "gmina_name"))))
    return lines


def _show_vacancies(lines: list[str], *, is_old: bool) -> None:
    if is_old:
        st.caption("  \n".join(f":material/history: {plain(line)}" for line in lines))
    else:
        st.markdown("  \n".join(f"**{plain(line)}**" for line in lines))


def _details(service: dict[str, Any], texts: Texts, *, note: str) -> list[str]:
    lines = []
    organization = text_of(service, "organization_name")
    if organization and organization != service["facility_name"]:
        lines.append(plain(texts.t("card.organization", name=organization)))
    if service.get("subtypes"):
        lines.append(plain(texts.t("card.subtypes", subtypes="; ".join(service["subtypes"]))))
    lines += [plain(note) for note in programme_notes([service["support_form"]], texts)]
    if capacity := capacity_line(service, texts):
        lines.append(plain(capacity))
    lines += [plain(line) for line in access_lines(service, texts)]
    if note:
        lines.append(plain(texts.t("card.note", note=note)))
    if address := web_address(text_of(service, "website")):
        lines.append(link(texts.t("card.website", name=urlsplit(address).hostname or ""), address))
    return lines


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
    said = f"{plain(capital(day_words(service, texts)))} · {plain(source_words(service, sources, texts))}"
    if address := web_address(text_of(service, "source_url")):
        said = f"{said} · {link(texts.t('card.source_page'), address)}"
    lines = [said]
    if own := own_sheet_words(service.get("said_on"), texts):
        lines.append(plain(own))
    verification = support_forms()[service["support_form"]].verification
    if verification != "yes":
        lines.append(plain(texts.t(f"card.form_{verification}")))
    return lines
