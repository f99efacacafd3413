"""One service of a resident's list, as words for a template."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from data.registry.registry import Registry
from layers.answers.listed_services import services_at_hand
from layers.answers.service_rows import Row
from layers.answers.telephones import can_be_called
from layers.site.calls import Call, calls_of
from layers.site.place_page import form_title, steps_id
from layers.text import Texts
from layers.view.page_addresses import place_address
from layers.words.contact_addresses import source_address, web_address
from layers.words.fact_words import ToldFacts, told_facts
from layers.words.hours_words import next_opening_words
from layers.words.service_facts import hours_line, how_to_get, public_note, text_of, vacancy_lines
from layers.words.service_words import (
    SourceNames,
    address_lines,
    confirm_words,
    detail_lines,
    distance_words,
    door_words,
    has_page,
    origin_line,
    outside_words,
    phones_of,
    source_names,
    suspended_words,
    unchecked_lines,
)
from layers.words.source_words import capital

_DOORS = {True: "open", False: "closed", None: "ask"}


@dataclass(frozen=True)
class Card:
    """
    A place of help in a list.

    Attributes
    ----------
    url
        Its page; empty where it has none.
    ask_url
        Where whom to call instead stands; empty where a button calls the place, or it has no page.
    door, door_kind
        Whether it is open, in words, and `open`, `closed` or `ask`; empty where its hours do not tell.
    more, more_title
        What is folded away, and the topics that it is about.
    facts, facts_title
        What its form is, costs and how one gets it, in short and in general; folded away, too.
    steps_url
        Where all steps stand; empty where it has no page, and all are among `facts`.
    """

    name: str
    url: str
    form: str
    distance: str
    notices: tuple[str, ...]
    door: str
    door_kind: str
    hours: tuple[str, ...]
    calls: tuple[Call, ...]
    no_phone: str
    ask_url: str
    address: tuple[str, ...]
    vacancies: tuple[str, ...]
    is_vacancy_old: bool
    more_title: str
    more: tuple[str, ...]
    facts_title: str
    facts: tuple[str, ...]
    steps_url: str
    website: Call | None
    source_url: str
    origin: tuple[str, ...]


def cards_of(services: Sequence[Row], registry: Registry, texts: Texts, *, now: datetime) -> tuple[Card, ...]:
    """
    Return a card for each row.

    Parameters
    ----------
    services
        As `layers.answers.nearby.NearbyHelp` has them.
    registry
        That they are of.
    now
        The page's clock, Polish time.
    """
    sources, official = source_names(registry), services_at_hand(registry).official
    return tuple(_card(row, sources, official, texts, now) for row in services)


def _card(service: Row, sources: SourceNames, official: Collection[str], texts: Texts, now: datetime) -> Card:
    phones, door = phones_of(service), door_words(service, texts)
    topics = how_to_get(service, texts, now.date())
    details = detail_lines(service, texts, note=public_note(service, official))
    maybe = texts.t("origin.maybe_here") if service["is_unconfirmed"] else ""
    notices = [
        maybe,
        suspended_words(service, texts),
        outside_words(service, texts),
        confirm_words(service, texts),
    ]
    website = web_address(text_of(service, "website"))
    url = place_address(service["facility_handle"], texts.lang) if has_page(service) else ""
    facts = told_facts(service["support_form"], texts)
    return Card(
        name=capital(str(service["facility_name"])),
        url=url,
        form=form_title(service["support_form"], texts),
        distance=distance_words(service, texts, is_address_below=True),
        notices=tuple(filter(None, notices)),
        door=door,
        door_kind=_DOORS[service["is_open"]] if door else "",
        hours=tuple(filter(None, [next_opening_words(service, now, texts), hours_line(service, texts)])),
        calls=calls_of(phones),
        no_phone="" if phones else texts.t("card.no_phone"),
        ask_url="" if can_be_called(phones) else url,
        address=tuple(address_lines(service, texts)),
        vacancies=tuple(vacancy_lines(service, texts)),
        is_vacancy_old=bool(service["is_vacancy_old"]),
        more_title=_more_title(topics, texts),
        more=(*details, *topics.values()),
        facts_title=texts.t("facts.fold" if facts.cost else "facts.fold_steps"),
        facts=_facts_lines(facts, texts, has_page=bool(url)),
        steps_url=f"{url}#{steps_id(service['support_form'])}" if url else "",
        website=Call(urlsplit(website).hostname or "", website) if website else None,
        source_url=source_address(text_of(service, "source_url")),
        origin=(origin_line(service, sources, texts), *unchecked_lines(service, texts)),
    )


def _facts_lines(facts: ToldFacts, texts: Texts, *, has_page: bool) -> tuple[str, ...]:
    """Return what a form is, costs and how one begins; all steps and the law where it has no page to read them on."""
    steps = facts.steps[:1] if has_page else facts.steps
    first = texts.t("facts.first_step", step=steps[0]) if steps else ""
    cost = texts.t("facts.cost", cost=facts.cost) if facts.cost else ""
    lines = (facts.what, cost, first, *steps[1:], facts.steps_note, "" if has_page else facts.source)
    return tuple(filter(None, lines))


def _more_title(topics: dict[str, str], texts: Texts) -> str:
    if not topics:
        return texts.t("site.about")
    return texts.t("card.more", topics=", ".join(texts.t(f"card.topic_{topic}") for topic in topics))
