"""What the finder found at a place, as words for a template: the list, what comes to the area, and where to apply."""

from dataclasses import dataclass, replace
from datetime import datetime

from data.places.place_search import Place
from data.registry.registry import Registry
from data.vocabulary import need_groups
from data.vocabulary.needs import needs
from layers.answers.finder_list import FARTHER, SURE, UNSURE, FinderList
from layers.answers.resident_filters import OPEN
from layers.answers.service_rows import Row
from layers.answers.service_today import hours_of
from layers.answers.telephones import can_be_called
from layers.site.calls import OfficePart, office_part
from layers.site.finder_card import Card, cards_of
from layers.site.finder_choices import RESULT, Choice, distance_choice, finder_url
from layers.site.finder_others import OthersPart, others_part
from layers.text import Texts
from layers.view.finder_request import MOST_SHOWN, PAGE_OF_LIST, FinderRequest
from layers.view.needed_forms import told_group
from layers.words.filter_words import filter_in_sentence, filter_name
from layers.words.nearby_words import found_words, measured_words, more_beyond_words
from layers.words.place_names import place_name
from layers.words.service_words import shared_points


@dataclass(frozen=True)
class Filters:
    """
    Filters of the list: those that can be on, the names of those that no place can answer, and what they do.

    `notes` says of what is told in words alone and so chooses nothing.
    """

    choices: tuple[Choice, ...]
    unanswered: tuple[str, ...]
    notes: tuple[str, ...]
    lines: tuple[str, ...]
    unknown: Choice | None


@dataclass(frozen=True)
class ListPart:
    """Cards of the list that stand under one heading (empty for none); `before` is how many cards precede them."""

    heading: str
    cards: tuple[Card, ...]
    before: int


@dataclass(frozen=True)
class CentrePart:
    """Where to apply: a sentence, the centres, and the office where none of them has a telephone."""

    said: str
    cards: tuple[Card, ...]
    office: OfficePart


@dataclass(frozen=True)
class Results:
    """
    The answer in words.

    Attributes
    ----------
    beyond, beyond_line
        The way to all help of the own town, and how much of it is farther.
    is_beyond_first
        Whether nothing nearer was found: then that way is the answer.
    parts
        The cards: what answers the filters, what does farther off, and what nobody knows.
    lines
        How the list is ordered and what its distances do not tell.
    nothing, ways
        Where nothing is near: what that means, and what else may be tried.
    for_others
        That what was asked for and not found stands near for other people.
    start
        Number of the first card, from 1, that a longer list begins with: `more` leads there.
    is_only_elsewhere
        Whether no list of places can help with the need: then only centres are shown.
    """

    heading: str
    measured: str
    beyond_line: str
    beyond: Choice | None
    is_beyond_first: bool
    lines: tuple[str, ...]
    filters: Filters
    parts: tuple[ListPart, ...]
    more: Choice | None
    nothing: tuple[str, ...]
    ways: tuple[Choice, ...]
    for_others: OthersPart
    somewhere: tuple[Card, ...]
    area: tuple[Card, ...]
    centres: tuple[CentrePart, ...]
    is_only_elsewhere: bool


def results_of(
    listed: FinderList,
    registry: Registry,
    request: FinderRequest,
    place: Place,
    texts: Texts,
    *,
    now: datetime,
) -> Results:
    """Return the answer to a request at a place in words; `now` is the page's clock, Polish time."""
    found = listed.found
    distance = texts.t("distance.kilometres", value=request.view.distance_km)
    middle = texts.t(f"resident.middle_{place.middle}")

    def cards(services: list[Row]) -> tuple[Card, ...]:
        return cards_of(services, registry, texts, now=now)

    return Results(
        heading=texts.t("finder.ask_there")
        if listed.is_only_elsewhere
        else found_words(found, distance, middle, texts),
        measured=measured_words(registry, place, texts),
        beyond_line=more_beyond_words(found, distance, middle, texts),
        beyond=_beyond(listed, request, texts),
        is_beyond_first=not found.near,
        lines=_lines(listed, place, now, texts),
        filters=_filters(listed, request, texts),
        parts=tuple(_parts(listed, request, cards(listed.near[: request.shown]), texts)),
        more=_more(len(listed.near), request, texts),
        nothing=_nothing(listed, registry, request, place, texts) if not found.near else (),
        ways=_ways(listed, request, texts) if not found.near else (),
        for_others=others_part(listed.for_others, request, texts),
        somewhere=cards(found.somewhere),
        area=cards(listed.area),
        centres=tuple(_centres(listed, registry, place, texts, now)),
        is_only_elsewhere=listed.is_only_elsewhere,
    )


def _parts(
    listed: FinderList, request: FinderRequest, cards: tuple[Card, ...], texts: Texts
) -> list[ListPart]:
    """Return the cards by what is known of them, parts without a card left out."""
    kilometres = {
        name: texts.t("distance.kilometres", value=value)
        for name, value in (("asked", request.view.distance_km), ("distance", listed.farther_km))
    }
    filters = ", ".join(filter_in_sentence(code, texts) for code in listed.only)
    headings = {
        SURE: "",
        FARTHER: texts.t("filter.farther", **kilometres),
        UNSURE: texts.t("filter.unsure", filters=filters),
    }
    parts, before = [], 0
    for kind, count in listed.parts:
        parts.append(ListPart(headings[kind], cards[before : before + count], before))
        before += count
    return [part for part in parts if part.cards]


def _beyond(listed: FinderList, request: FinderRequest, texts: Texts) -> Choice | None:
    if (beyond := listed.found.beyond) is None:
        return None
    distance = texts.t("distance.kilometres", value=beyond.distance_km)
    return distance_choice(request, beyond.distance_km, texts.t("resident.town_all", distance=distance))


def order_words(listed: FinderList, place: Place, texts: Texts) -> list[str]:
    """Say how a list of several is ordered: by the need or by distance, the own town first where it comes first."""
    near = listed.near
    if len(near) < 2:
        return []
    is_of_both = len({bool(row["is_of_other_gmina"]) for row in near}) > 1
    if listed.found.is_own_town_first and is_of_both:
        order = "finder.order_of_need_own" if listed.needed else "finder.order_of_distance_own"
        said = [texts.t(order, town=place.gmina_name)]
    else:
        said = [texts.t("finder.order_of_need" if listed.needed else "finder.order_of_distance")]
    doubtful = sum(row["suspended_beside"] is not None for row in near)
    if 0 < doubtful < len(near):
        said.append(texts.t("finder.order_suspended"))
    return said


def _lines(listed: FinderList, place: Place, now: datetime, texts: Texts) -> tuple[str, ...]:
    near, said = listed.near, order_words(listed, place, texts)
    if any(row["is_open"] is not None for row in near):
        said.append(texts.t("filter.clock", time=f"{now.hour}:{now.minute:02}"))
    if any(row["is_holiday_untold"] for row in near):
        said.append(texts.t("filter.holiday"))
    if own := sum(bool(row["same_place"]) for row in near):
        said.append(texts.t("coarse.own_unsorted", count=own))
    if shared := shared_points(near):
        said.append(texts.t("resident.same_point", count=shared))
    return tuple(said)


def _filters(listed: FinderList, request: FinderRequest, texts: Texts) -> Filters:
    """Return the filters; those that are on in the address and cannot be answered here are among the unanswered."""
    on, lines, unknown = listed.only, [], None
    is_zero = bool(on) and not listed.matching
    if on:
        lines.append(texts.t("filter.shown", shown=listed.matching, count=len(listed.found.near)))
    if is_zero and listed.unknown:
        lines.append(texts.t("filter.unknown_below", count=listed.unknown))
    elif on and listed.unknown:
        is_shown = request.is_unknown_shown
        lines.append(texts.t("filter.unknown_shown" if is_shown else "filter.unknown", count=listed.unknown))
        other = replace(request, is_unknown_shown=not is_shown)
        unknown = Choice(texts.t("filter.show_unknown"), finder_url(other, to=RESULT), is_on=is_shown)
    choices = tuple(
        Choice(
            filter_name(code, texts),
            finder_url(_with_filter(request, on, code), to=RESULT),
            is_on=code in on,
        )
        for code in listed.offered.known
    )
    known = set(listed.offered.known)
    asked = dict.fromkeys((*listed.offered.unknown, *(code for code in request.only if code not in known)))
    worded = _worded_hours(listed) if OPEN in asked else 0
    names = tuple(filter_name(code, texts) for code in asked if not (code == OPEN and worded))
    notes = (texts.t("filter.open_in_words", count=worded),) if worded else ()
    return Filters(choices, names, notes, tuple(lines), unknown)


def _worded_hours(listed: FinderList) -> int:
    """Return how many places of the list tell hours in words that no program reads."""
    return sum(bool(hours_of(row)[1]) for row in (*listed.found.near, *listed.found.area))


def _with_filter(request: FinderRequest, on: tuple[str, ...], code: str) -> FinderRequest:
    only = tuple(other for other in on if other != code) if code in on else (*on, code)
    is_unknown_shown = request.is_unknown_shown and bool(only)
    return replace(request, only=only, is_unknown_shown=is_unknown_shown, shown=PAGE_OF_LIST)


def _more(count: int, request: FinderRequest, texts: Texts) -> Choice | None:
    """Return the link to a longer list, which opens it at the first card that is new."""
    left = count - request.shown
    if left <= 0 or request.shown >= MOST_SHOWN:
        return None
    longer = replace(request, shown=request.shown + PAGE_OF_LIST)
    label = texts.t("resident.more", count=min(left, PAGE_OF_LIST))
    return Choice(label, finder_url(longer, to=f"#k{request.shown + 1}"))


def _nothing(
    listed: FinderList, registry: Registry, request: FinderRequest, place: Place, texts: Texts
) -> tuple[str, ...]:
    """Say that a list is no proof that there is nothing, and what is told below."""
    middle = texts.t(f"resident.middle_{place.middle}")
    group = need_groups()[told_group(request.view.group, request.need)].name[texts.lang]
    said = [texts.t("resident.none", middle=middle, place=place_name(place, texts), group=group)]
    found = listed.found
    if len(found.area):
        said.append(texts.t("resident.none_but_area", count=len(found.area)))
    if len(found.somewhere):
        said.append(texts.t("resident.none_but_somewhere", count=len(found.somewhere)))
    # In danger the numbers above are the answer: nobody who chokes is sent to an office.
    if not found.wider and not (request.need and needs()[request.need].is_danger):
        forms = listed.needed.searched if listed.needed else request.view.forms
        is_listed = not forms or bool(registry.services["support_form"].isin(forms).any())
        said.append(texts.t("resident.none_anywhere" if is_listed else "resident.none_listed"))
    return tuple(said)


def _ways(listed: FinderList, request: FinderRequest, texts: Texts) -> tuple[Choice, ...]:
    """Return what else may be tried: a larger distance that finds something, and all forms."""
    found, ways = listed.found, []
    told_km = found.beyond.distance_km if found.beyond else None
    if found.wider and found.wider[0] != told_km:
        distance_km, count = found.wider
        distance = texts.t("distance.kilometres", value=distance_km)
        label = texts.t("resident.widen", distance=distance, count=count)
        ways.append(distance_choice(request, distance_km, label))
    if request.view.forms or request.need:
        every = request.with_choice(view=request.view.with_choice(forms=()))
        ways.append(Choice(texts.t("resident.all_forms"), finder_url(every, to=RESULT)))
    return tuple(ways)


def _centres(
    listed: FinderList, registry: Registry, place: Place, texts: Texts, now: datetime
) -> list[CentrePart]:
    """Return the powiat's centre for the chosen forms that ask for it, and the gmina's for all others."""
    parts: list[CentrePart] = []

    def add(said: str, centres: list[Row], code: str) -> None:
        has_phone = any(can_be_called(row["phones"]) for row in centres)
        office = OfficePart() if has_phone else office_part(registry, code, texts)
        parts.append(CentrePart(said, cards_of(centres, registry, texts, now=now), office))

    if (of_powiat := listed.found.powiat_centre) is not None:
        key = "resident.powiat_centre_known" if of_powiat else "resident.powiat_centre_unknown"
        said = texts.t(key, powiat=place.powiat_name)
        add(said, of_powiat, place.gmina_code[:4])
    if (centres := listed.found.support_centre) is not None:
        known = ("resident.centre_unknown", "resident.centre_known", "resident.centres_known")
        said = texts.t(known[min(len(centres), 2)], gmina=place.gmina_name)
        add(said, centres, place.gmina_code)
    return parts
