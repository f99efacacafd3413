"""The page of a place: what a person needs to know before calling or going there, as words for a template."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import geopandas as gpd

from data.registry.registry import Registry
from data.store.visibility import is_public
from data.vocabulary import SupportForm, has_door, has_profiles, need_groups, support_forms
from geo.teryt import CODE_DIGITS
from layers.answers.facility_entries import join_services
from layers.answers.listed_services import listed_services, services_at_hand
from layers.answers.service_today import with_today
from layers.site.asked_instead import Asked, asked_instead
from layers.site.calls import Call, calls_of
from layers.text import Texts
from layers.view.page_addresses import gmina_address, page_address, report_address
from layers.words.contact_addresses import source_address, web_address
from layers.words.fact_words import ToldFacts, told_facts
from layers.words.form_words import use_authority
from layers.words.hours_words import next_opening_words, weekday_words
from layers.words.place_words import known_to_words
from layers.words.service_facts import hours_line, how_to_get, public_note, text_of, vacancy_lines
from layers.words.service_words import (
    PAGED,
    address_lines,
    confirm_words,
    detail_lines,
    door_words,
    origin_line,
    phones_of,
    source_names,
    suspended_words,
    unchecked_lines,
)
from layers.words.source_words import capital

_EVERYBODY = "all"


@dataclass(frozen=True)
class FormPart:
    """What one form of support at a place is, in words; `rules_whom` and `facts` are of the form in general."""

    name: str
    title: str
    whom: str
    door: str
    is_open: bool | None
    hours: tuple[str, ...]
    vacancies: tuple[str, ...]
    is_vacancy_old: bool
    how: tuple[str, ...]
    details: tuple[str, ...]
    rules_whom: tuple[str, ...]
    facts: ToldFacts
    steps_id: str


@dataclass(frozen=True)
class PlacePage:
    """All words of the page of a place; `is_sure` is False where there is only evidence that it exists."""

    handle: str
    name: str
    is_sure: bool
    notices: tuple[str, ...]
    calls: tuple[Call, ...]
    no_phone: str
    asked: tuple[Asked, ...]
    today: str
    parts: tuple[FormPart, ...]
    address: tuple[str, ...]
    where: tuple[str, ...]
    website: str
    origin: tuple[str, ...]
    source_url: str
    report_url: str
    gmina_name: str
    gmina_url: str
    finder_url: str
    description: str
    entry: dict[str, Any]


def paged_services(registry: Registry) -> gpd.GeoDataFrame:
    """Return the services of places that have a page."""
    services = listed_services(registry.own_gminas)
    return services[services["visibility"].isin(PAGED) & services["facility_handle"].notna()]


def place_page(registry: Registry, handle: str, *, now: datetime, texts: Texts) -> PlacePage | None:
    """
    Return the page of a place; None for a handle that no place with a page has.

    Parameters
    ----------
    handle
        `facility_handle` of `data.registry.registry.Registry.services`: of a public record a digest of its key, of one
        that is or was protected a number that tells nothing.
    now
        The page's clock, Polish time.
    """
    listed = services_at_hand(registry)
    rows = [row for row in listed.of_handle(handle) if row["visibility"] in PAGED]
    if not rows:
        return None
    official = listed.official
    entries = with_today(join_services(rows), official, now)
    first = entries[0]
    address, phones = address_lines(first, texts), _phones_of_all(entries)
    calls = calls_of(phones)
    is_sure = not any(entry["is_unconfirmed"] for entry in entries)
    gmina_code = text_of(first, "gmina_code")
    source_url = source_address(text_of(first, "source_url"))
    return PlacePage(
        handle=handle,
        name=capital(str(first["facility_name"])),
        is_sure=is_sure,
        notices=tuple(dict.fromkeys(_notices(entries, texts))),
        calls=calls,
        no_phone="" if phones else texts.t("card.no_phone"),
        asked=() if any(call.address for call in calls) else _asked(registry, entries, texts),
        today=texts.t("site.today", day=weekday_words(now.date(), texts)),
        parts=tuple(_part(entry, official, now, texts) for entry in entries),
        address=(*(address or [texts.t("site.no_address")]), *_stops(registry, entries, texts)),
        where=_where(first, texts),
        website=web_address(text_of(first, "website")),
        origin=tuple(dict.fromkeys(_origin(entries, registry, texts))),
        source_url=source_url,
        report_url=report_address(texts.lang, place=handle),
        gmina_name=text_of(first, "gmina_name"),
        gmina_url=gmina_address(gmina_code, texts.lang) if gmina_code else "",
        finder_url=page_address(
            "resident", texts.lang, **({"place": f"g:{gmina_code}"} if gmina_code else {})
        ),
        description=_description(entries, address, phones, texts),
        entry=first,
    )


def form_title(form: str, texts: Texts) -> str:
    """Return the name of a form of support with a capital letter."""
    name = support_forms()[form].name[texts.lang]
    return name[:1].upper() + name[1:]


def steps_id(form: str) -> str:
    """Return what names the steps of a form on the page of a place, in its address."""
    return f"kroki-{form}"


def _stops(registry: Registry, entries: list[dict[Any, Any]], texts: Texts) -> list[str]:
    """Return where and when a service on wheels stops."""
    stops = registry.stops[registry.stops["service_id"].isin([entry["service_id"] for entry in entries])]
    lines = []
    for stop in stops.to_dict("records"):
        said = {"opening_hours": stop["opening_hours"], "opening_hours_text": stop["opening_hours_text"]}
        hours = hours_line(said | {"support_form": entries[0]["support_form"]}, texts)
        lines.append(" – ".join(filter(None, [texts.t("card.stop", name=stop["name"]), hours])))
    return lines


def _phones_of_all(entries: list[dict[Any, Any]]) -> list[str]:
    return list(dict.fromkeys(phone for entry in entries for phone in phones_of(entry)))


def _asked(registry: Registry, entries: list[dict[Any, Any]], texts: Texts) -> tuple[Asked, ...]:
    groups = dict.fromkeys(group for entry in entries for group in entry["need_groups"])
    area = text_of(entries[0], "gmina_code") or text_of(entries[0], "powiat_code")
    return asked_instead(registry.own_gminas, area, tuple(groups), texts)


def _notices(entries: list[dict[Any, Any]], texts: Texts) -> list[str]:
    maybe = [texts.t("origin.maybe_here")] if any(entry["is_unconfirmed"] for entry in entries) else []
    said = [words(entry, texts) for entry in entries for words in (suspended_words, confirm_words)]
    return maybe + [line for line in said if line]


def _part(entry: dict[Any, Any], official: Collection[str], now: datetime, texts: Texts) -> FormPart:
    form = support_forms()[entry["support_form"]]
    how = how_to_get(entry, texts, now.date())
    facts = told_facts(form.code, texts)
    unsaid = [] if "fees" in how else [texts.t("site.fees_unknown")]
    return FormPart(
        name=form.name[texts.lang],
        title=form_title(form.code, texts),
        whom=_whom(entry, texts),
        door=door_words(entry, texts),
        is_open=entry["is_open"],
        hours=tuple(filter(None, [next_opening_words(entry, now, texts), hours_line(entry, texts)])),
        vacancies=tuple(vacancy_lines(entry, texts)),
        is_vacancy_old=bool(entry["is_vacancy_old"]),
        how=(*how.values(), *unsaid) if how else (texts.t("site.how_unknown"),),
        details=tuple(detail_lines(entry, texts, note=public_note(entry, official))),
        rules_whom=(
            texts.t("facts.whom", whom=facts.whom),
            texts.t("site.takes_in", words=use_authority(form.code, texts)),
        ),
        facts=facts,
        steps_id=steps_id(form.code),
    )


def _whom(entry: dict[Any, Any], texts: Texts) -> str:
    """Tell for whom a place is; of a form whose every place has a type, that no list tells which this one has."""
    form = support_forms()[entry["support_form"]]
    if not entry["subtypes"] and _has_types(form) and set(entry["need_groups"]) == set(form.need_groups):
        return texts.t("site.type_unknown")
    groups = ", ".join(need_groups()[group].name[texts.lang] for group in entry["need_groups"])
    return texts.t("site.for_whom", groups=groups)


def _has_types(form: SupportForm) -> bool:
    return has_profiles(form.code) and _EVERYBODY not in form.need_groups


def _where(entry: dict[Any, Any], texts: Texts) -> tuple[str, ...]:
    """Return the gmina, and to what a place is known; of protected ones and of help without a door only the gmina."""
    gmina, code = text_of(entry, "gmina_name"), text_of(entry, "gmina_code")
    is_known = len(code) == CODE_DIGITS["gmina"]
    lines = [texts.t("site.in_gmina", gmina=gmina) if is_known else texts.t("site.no_gmina")]
    if not is_public(entry["visibility"]) or not has_door(entry["support_form"]):
        return tuple(lines)
    grade = entry.get("place_grade")
    if known := known_to_words(entry, texts):
        lines.append(f"{capital(known)}.")
    else:
        lines.append(texts.t("site.known_door" if grade == "door" else "site.known_nowhere"))
    return tuple(lines)


def _origin(entries: list[dict[Any, Any]], registry: Registry, texts: Texts) -> list[str]:
    lines = [origin_line(entry, source_names(registry), texts) for entry in entries]
    return lines + [line for entry in entries for line in unchecked_lines(entry, texts)]


def _description(entries: list[dict[Any, Any]], address: list[str], phones: list[str], texts: Texts) -> str:
    """Return the sentence that a search engine or a message shows of the page."""
    forms = ", ".join(dict.fromkeys(form_title(entry["support_form"], texts) for entry in entries))
    phone = texts.t("card.phone", phone=phones[0]) if phones else ""
    parts = [texts.t("origin.maybe_here")] if any(entry["is_unconfirmed"] for entry in entries) else []
    parts += [forms, "; ".join(address), phone]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
