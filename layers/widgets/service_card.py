"""One service as a person reads it at arm's length: name, what it is, how far, whom to call."""

from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from data.place_search import Place
from data.registry import Registry
from data.vocabulary import support_forms
from layers.text import Texts
from layers.widgets.plain import link, phone_address, plain, web_address

_EXACT = frozenset({"door", "street"})


def show_services(
    services: pd.DataFrame, registry: Registry, texts: Texts, *, key: str, place: Place | None = None
) -> None:
    """Draw one card per row; `services` are as `layers.nearby.NearbyHelp` gives them around `place`."""
    names = registry.sources.set_index("source_code")["publisher"].to_dict()
    for position, service in enumerate(services.to_dict("records")):
        _show_card(
            service, names.get(service["source_code"], ""), texts, key=f"{key}_{position}", place=place
        )


def distance_words(service: dict[str, Any], place: Place | None, texts: Texts) -> str:
    """
    Return how far a service is, as far as that is known; the list and the map say the same.

    From the middle of a gmina to the middle of a town inside it is no distance that anybody travels.
    """
    metres = service.get("distance_m")
    if metres is None or pd.isna(metres):
        return ""
    grade = service["place_grade"]
    is_of_gmina = place is not None and place.key.startswith("g:")
    if is_of_gmina and grade not in _EXACT and service.get("gmina_code") == place.gmina_code:
        return texts.t("card.same_gmina")
    if service["is_same_place"]:
        return texts.t("card.same_place")
    distance = texts.distance(float(metres))
    if grade in _EXACT:
        return texts.t("card.distance", distance=distance)
    if grade == "gmina":
        return texts.t("card.distance_gmina", distance=distance, gmina=_text(service, "gmina_name"))
    return texts.t("card.distance_locality", distance=distance)


def shared_points(services: pd.DataFrame) -> int:
    """Return how many services have a point that is only a town's middle and not theirs alone."""
    inexact = services[~services["place_grade"].isin(_EXACT)]
    return int(inexact["distance_m"].duplicated(keep=False).sum())


def _show_card(service: dict[str, Any], source: str, texts: Texts, *, key: str, place: Place | None) -> None:
    with st.container(border=True, key=key):
        st.subheader(plain(service["facility_name"]), anchor=False)
        form = support_forms()[service["support_form"]].name[texts.lang]
        distance = plain(distance_words(service, place, texts))
        st.markdown("  \n".join(filter(None, [f"**{plain(form[:1].upper() + form[1:])}**", distance])))
        is_phone_known = _show_phones(service, texts, key=key)
        lines = [*_address(service, texts), *_details(service, texts)]
        if lines:
            st.markdown("  \n".join(lines))
        if service["is_to_confirm"]:
            to_confirm = "card.to_confirm" if is_phone_known else "card.to_confirm_no_phone"
            st.badge(texts.t(to_confirm), color="orange", icon=":material/error:")
        st.caption(_provenance(service, source, texts))


def _show_phones(service: dict[str, Any], texts: Texts, *, key: str) -> bool:
    """Draw the phones, large; return whether there are any."""
    phones = [phone for phone in service["phones"] or [] if isinstance(phone, str)]
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
    return bool(phones)


def _address(service: dict[str, Any], texts: Texts) -> list[str]:
    post = " ".join(filter(None, [_text(service, "postal_code"), _text(service, "locality_name")]))
    address = ", ".join(filter(None, [_text(service, "street_address"), post]))
    lines = [plain(address)] if address else []
    if service["visibility"] != "public":
        lines.append(plain(texts.t("card.place_protected", gmina=_text(service, "gmina_name"))))
    return lines


def _details(service: dict[str, Any], texts: Texts) -> list[str]:
    lines = []
    organization = _text(service, "organization_name")
    if organization and organization != service["facility_name"]:
        lines.append(plain(texts.t("card.organization", name=organization)))
    if service.get("subtypes"):
        lines.append(plain(texts.t("card.subtypes", subtypes="; ".join(dict.fromkeys(service["subtypes"])))))
    if hours := _text(service, "opening_hours_text"):
        lines.append(plain(texts.t("card.hours", hours=hours)))
    lines += [plain(line) for line in _vacancies(service, texts)]
    if intake := _text(service, "intake_text"):
        lines.append(plain(texts.t("card.intake", intake=intake)))
    if note := _text(service, "note"):
        lines.append(plain(texts.t("card.note", note=note)))
    if address := web_address(_text(service, "website")):
        lines.append(link(texts.t("card.website", name=urlsplit(address).hostname or ""), address))
    return lines


def _vacancies(service: dict[str, Any], texts: Texts) -> list[str]:
    capacity, vacant, waiting = (
        service.get(name) for name in ("capacity_places", "vacant_places", "waiting_persons")
    )
    day = service.get("vacancies_on")
    when = "" if day is None or pd.isna(day) else texts.t("as_of_short", date=texts.date(day))
    lines = []
    if not pd.isna(vacant):
        counted = texts.t("count.vacant_places", count=int(vacant)) if vacant else texts.t("card.none_vacant")
        by_sex = [
            texts.t(f"card.{name}", value=int(service[name]))
            for name in ("vacant_women", "vacant_men")
            if not pd.isna(service.get(name))
        ]
        lines.append(
            " ".join(filter(None, [counted, f"({', '.join(by_sex)})" if by_sex and vacant else "", when]))
        )
    if not pd.isna(waiting) and waiting:
        lines.append(" ".join(filter(None, [texts.t("count.waiting_persons", count=int(waiting)), when])))
    if not pd.isna(capacity):
        lines.append(texts.t("card.capacity", value=int(capacity)))
    return lines


def _provenance(service: dict[str, Any], source: str, texts: Texts) -> str:
    day = service["verified_on"]
    when = (
        texts.t("card.undated")
        if day is None or pd.isna(day)
        else texts.t("card.dated", date=texts.date(day, precision=service["verified_precision"]))
    )
    said = plain(texts.t("card.source", source=source or service["source_code"], when=when))
    address = web_address(_text(service, "source_url"))
    return f"{said} · {link(texts.t('card.source_page'), address)}" if address else said


def _text(service: dict[str, Any], name: str) -> str:
    value = service.get(name)
    return value.strip() if isinstance(value, str) else ""
