"""The page of a gmina: for each group what lists tell of it, whom to call, and what no list covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.registry.registry import Registry
from data.vocabulary import need_groups, screen_groups, support_forms
from layers.answers.gmina_help import GminaHelp, help_in_gmina
from layers.answers.service_rows import Row
from layers.site.calls import Call, OfficePart, calls_of, office_part
from layers.site.place_page import form_title
from layers.text import Texts
from layers.view.page_addresses import page_address, place_address, report_address
from layers.words.area_names import gmina_labels
from layers.words.place_words import known_to_words
from layers.words.service_words import address_lines, has_page, phones_of
from layers.words.source_words import capital


@dataclass(frozen=True)
class Line:
    """One place in a list: `url` is empty where it has no page; `maybe` says that there is only evidence of it."""

    name: str
    url: str
    about: tuple[str, ...]
    maybe: str
    calls: tuple[Call, ...]


@dataclass(frozen=True)
class Shelf:
    """Places under one heading; a form of support, or where they are from."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class GroupPart:
    """What is known for one group; `found` says how much, or that lists are silent."""

    title: str
    found: str
    shelves: tuple[Shelf, ...]
    elsewhere: tuple[Shelf, ...]
    silence: tuple[str, ...]
    finder_url: str
    need_url: str


@dataclass(frozen=True)
class GminaPage:
    """All words of the page of a gmina."""

    code: str
    name: str
    within: str
    centres: tuple[Line, ...]
    office: tuple[str, ...]
    office_calls: tuple[Call, ...]
    groups: tuple[GroupPart, ...]
    map_url: str
    report_url: str
    description: str


def gmina_page(registry: Registry, code: str, *, now: datetime, texts: Texts) -> GminaPage | None:
    """Return the page of a gmina; None for a code that no gmina has. `now` is the page's clock, Polish time."""
    labels = gmina_labels(registry, texts)
    if code not in labels:
        return None
    name, _, within = labels[code].partition(", ")
    found = {group: help_in_gmina(registry, code, group=group, now=now) for group in screen_groups()}
    centres = _centres(found, texts)
    is_asked = not any(line.calls for line in centres)
    office = office_part(registry, code, texts) if is_asked else OfficePart()
    return GminaPage(
        code=code,
        name=name,
        within=within,
        centres=centres,
        office=office.lines or ((texts.t("site.no_office"),) if is_asked else ()),
        office_calls=office.calls,
        groups=tuple(_group(group, help_, code, texts) for group, help_ in found.items()),
        report_url=report_address(texts.lang, gmina=code),
        map_url=page_address("planner", texts.lang, scope=code[:4], chosen=code),
        description=texts.t("site.gmina_description", name=name),
    )


def _centres(found: dict[str, GminaHelp], texts: Texts) -> tuple[Line, ...]:
    """Return the centres of all groups, each once."""
    lines = [_line(row, texts) for help_ in found.values() for row in help_.centres]
    return tuple(dict.fromkeys(lines))


def _group(group: str, found: GminaHelp, code: str, texts: Texts) -> GroupPart:
    count = len(found.here)
    said = texts.t("site.here", count=count) if count else texts.t("site.none_here")
    unconfirmed = sum(bool(row["is_unconfirmed"]) for row in found.here)
    silence = {
        "site.for_others": found.for_others,
        "site.none_listed": found.none_listed,
        "site.unlisted": found.unlisted,
    }
    elsewhere = {"site.coming": found.coming, "site.somewhere": found.somewhere}
    return GroupPart(
        title=_capital(need_groups()[group].name[texts.lang]),
        found=texts.t("origin.among", found=said, count=unconfirmed) if unconfirmed else said,
        shelves=_by_form(found.here, texts),
        elsewhere=tuple(Shelf(texts.t(key), _lines(rows, texts)) for key, rows in elsewhere.items() if rows),
        silence=tuple(
            texts.t(key, forms=", ".join(support_forms()[form].name[texts.lang] for form in forms))
            for key, forms in silence.items()
            if forms
        ),
        finder_url=page_address("resident", texts.lang, place=f"g:{code}", group=group),
        need_url=report_address(texts.lang, what="need", gmina=code, group=group),
    )


def _by_form(services: Sequence[Row], texts: Texts) -> tuple[Shelf, ...]:
    """Return the services of each form, forms in the order of the vocabulary."""
    of_form: dict[str, list[Row]] = {}
    for row in services:
        of_form.setdefault(row["support_form"], []).append(row)
    return tuple(
        Shelf(form_title(form, texts), _lines(of_form[form], texts))
        for form in support_forms()
        if form in of_form
    )


def _lines(services: Sequence[Row], texts: Texts) -> tuple[Line, ...]:
    return tuple(_line(row, texts) for row in services)


def _line(row: Row, texts: Texts) -> Line:
    known = known_to_words(row, texts) if row["visibility"] == "public" else ""
    return Line(
        name=capital(str(row["facility_name"])),
        url=place_address(row["facility_handle"], texts.lang) if has_page(row) else "",
        about=tuple(filter(None, [*address_lines(row, texts), known])),
        maybe=texts.t("origin.maybe_here") if row["is_unconfirmed"] else "",
        calls=calls_of(phones_of(row)),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
