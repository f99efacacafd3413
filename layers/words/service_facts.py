"""The facts of one service in words, a line each; what is not known is said or left out, never guessed."""

import datetime as dt
from collections.abc import Collection
from typing import Any

import pandas as pd
from babel import Locale

from data.opening_hours import say
from data.quality.records import asked_fields
from data.store.own_sheets import is_own_sheet
from layers.answers.resident_filters import languages_of
from layers.answers.service_today import hours_of
from layers.text import Texts
from layers.words.other_list_words import other_list_day, places_of_other_list

_STAFF_NOTE = "źródło:"
"""How notes begin that tell where a register has a row from."""
_TOPICS = ("intake", "eligibility", "documents", "fees", "interpretation")


def text_of(service: dict[str, Any], name: str) -> str:
    """Return a text of a service, empty when there is none."""
    value = service.get(name)
    return value.strip() if isinstance(value, str) else ""


def hours_line(service: dict[str, Any], texts: Texts) -> str:
    """Return the hours in words; that they are unknown is said where somebody would go at an hour."""
    hours, worded = hours_of(service)
    if hours or worded:
        return texts.t("card.hours", hours=say(hours, texts.lang) if hours else worded)
    is_asked = "opening_hours" in asked_fields(service["support_form"])
    return texts.t("card.hours_unknown") if is_asked else ""


def vacancy_lines(service: dict[str, Any], texts: Texts) -> list[str]:
    """Return vacant places, the queue and the wait with their day: of each profile of a home on a line of its own."""
    profiles = service.get("profiles") or []
    if not profiles:
        return [line] if (line := vacancy_line(service, texts)) else []
    lines = []
    for profile in profiles:
        what = _vacancy_words(profile, texts)
        if what and profile["label"]:
            what = texts.t(
                "card.profile", profile=_capital(profile["label"]), what=what[:1].lower() + what[1:]
            )
        if what:
            lines.append(_with_day(what, service, texts))
    return lines


def vacancy_line(service: dict[str, Any], texts: Texts) -> str:
    """Return vacant places, the queue and the wait with their day; expired ones say that they may be out of date."""
    said = _vacancy_words(service, texts)
    return _with_day(said, service, texts) if said else ""


def capacity_line(service: dict[str, Any], texts: Texts) -> str:
    """Return the places, of each profile where a home has several; empty when they are not known."""
    known = [
        (profile["label"], int(profile["capacity_places"]))
        for profile in service.get("profiles") or []
        if profile["label"] and not pd.isna(profile["capacity_places"])
    ]
    if known:
        said = "; ".join(texts.t("card.capacity_of", profile=label, value=value) for label, value in known)
        return texts.t("card.capacity", value=said)
    places = service.get("capacity_places")
    if pd.isna(places):
        return ""
    said = texts.t("card.capacity", value=int(places))
    for day in places_of_other_list(service):
        said = texts.t("card.capacity_other_list", said=said, date=other_list_day(day, texts))
    return said


def _vacancy_words(counted: dict[str, Any], texts: Texts) -> str:
    """Return vacant places, the queue and the wait of a service or of one profile."""
    parts = []
    vacant = counted.get("vacant_places")
    if not pd.isna(vacant):
        words = texts.t("count.vacant_places", count=int(vacant)) if vacant else texts.t("card.none_vacant")
        by_sex = [
            texts.t(f"card.{name}", value=int(counted[name]))
            for name in ("vacant_women", "vacant_men")
            if not pd.isna(counted.get(name))
        ]
        # Parts that do not make the whole are a fault of the register: which is right nobody here can tell.
        is_parted = len(by_sex) == 2 and counted["vacant_women"] + counted["vacant_men"] == vacant
        parts.append(f"{words} ({', '.join(by_sex)})" if is_parted and vacant else words)
    for name, key in (("waiting_persons", "count.waiting_persons"), ("waiting_days", "card.waiting_days")):
        value = counted.get(name)
        if not pd.isna(value) and value:
            parts.append(texts.t(key, count=int(value)))
    return "; ".join(parts)


def _with_day(said: str, service: dict[str, Any], texts: Texts) -> str:
    day = service.get("vacancies_on")
    if pd.isna(day):
        return texts.t("card.vacancy_undated", what=said) if service["is_vacancy_old"] else said
    if service["is_vacancy_old"]:
        return texts.t("card.vacancy_old", what=said, date=day)
    return f"{said} {texts.t('as_of_short', date=day)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def access_lines(service: dict[str, Any], texts: Texts) -> list[str]:
    """Return languages, wheelchair access, what else is free of barriers, and the way there."""
    lines = []
    if spoken := languages_of(service):
        names = ", ".join(language_name(code, texts) for code in spoken)
        lines.append(texts.t("card.languages", languages=names))
    if (wheelchair := text_of(service, "wheelchair")) in {"yes", "limited", "no"}:
        lines.append(texts.t(f"card.wheelchair_{wheelchair}"))
    if barrier_free := _list(service, "barrier_free"):
        lines.append(texts.t("card.barrier_free", list="; ".join(barrier_free)))
    if way := text_of(service, "transportation_text"):
        lines.append(texts.t("card.transportation", text=way))
    return lines


def how_to_get(service: dict[str, Any], texts: Texts, today: dt.date) -> dict[str, str]:
    """Return how to apply, who can, with which documents, for what fee and in which languages, as far as known."""
    documents, fees = _list(service, "required_documents"), _fees(service, texts, today)
    who = "; ".join(filter(None, [text_of(service, "eligibility_text"), _age(service, texts)]))
    intake, interpretation = text_of(service, "intake_text"), text_of(service, "interpretation_text")
    lines = {
        "intake": texts.t("card.intake", text=intake) if intake else "",
        "eligibility": texts.t("card.eligibility", text=who) if who else "",
        "documents": texts.t("card.documents", list="; ".join(documents)) if documents else "",
        "fees": texts.t("card.fees", text=fees) if fees else "",
        "interpretation": texts.t("card.interpretation", text=interpretation) if interpretation else "",
    }
    return {topic: lines[topic] for topic in _TOPICS if lines[topic]}


def public_note(service: dict[str, Any], official: Collection[str]) -> str:
    """
    Return the note when it is for people: written by an office, and not about where the office has the row from.

    Whoever fills in a sheet of their own is told that its notes are public. Notes of compiled lists are their
    compilers' own remarks ("adres poza odczytanym fragmentem"). In a merged
    facility the note may be from another list than its first.
    """
    note = text_of(service, "note")
    origins = (service.get("field_sources") or {}).get("note") or [service["source_code"]]
    is_of_office = all(code in official or is_own_sheet(code) for code in origins)
    return note if is_of_office and not note.lower().startswith(_STAFF_NOTE) else ""


def language_name(code: str, texts: Texts) -> str:
    """Return the name of a language in the language of the page; a code without a name stays a code."""
    return str(Locale.parse(texts.lang).languages.get(code, code))


def _age(service: dict[str, Any], texts: Texts) -> str:
    least, most = service.get("minimum_age"), service.get("maximum_age")
    if pd.isna(least):
        return "" if pd.isna(most) else texts.t("card.age_to", most=int(most))
    if pd.isna(most):
        return texts.t("card.age_from", least=int(least))
    return texts.t("card.age_between", least=int(least), most=int(most))


def _fees(service: dict[str, Any], texts: Texts, today: dt.date) -> str:
    said = [text_of(service, "fees_text")]
    listed = service.get("fees")
    for fee in listed if isinstance(listed, list) else []:
        # ISO days compare as text; a fee of another year is not what a person pays today.
        if not (fee.get("valid_from") or "") <= today.isoformat() <= (fee.get("valid_to") or "9999"):
            continue
        amount = _amount(fee, texts)
        name = " – ".join(filter(None, [fee.get("option"), fee.get("description")]))
        said.append(f"{name}: {amount}" if name and amount else name or amount)
    return "; ".join(filter(None, said))


def _amount(fee: dict[str, Any], texts: Texts) -> str:
    amount = fee.get("amount")
    if amount is None:
        return ""
    if float(amount) == 0:
        return texts.t("card.free")
    currency = fee.get("currency") or ""
    number = texts.number(float(amount), decimals=0 if float(amount).is_integer() else 2)
    return f"{number} {'zł' if currency == 'PLN' else currency}".strip()


def _list(service: dict[str, Any], name: str) -> list[str]:
    value = service.get(name)
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
