"""The finder: one box, what people need first, and the list with telephones, as words for a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from data.finding.points import POINT, is_point
from data.finding.query_reader import QueryReader
from data.finding.understood import Understood
from data.places.place_search import Place
from data.registry.registry import Registry
from data.vocabulary import need_groups
from data.vocabulary.helplines import EMERGENCY
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.needs import Need, needs
from layers.answers.asked_place import place_of
from layers.answers.finder_list import finder_list
from layers.site.calls import Call, calls_of
from layers.site.finder_choices import (
    Choice,
    Question,
    also_question,
    distance_choices,
    finder_url,
    form_choices,
    group_choices,
    hidden_fields,
    need_question,
    now_choices,
    place_question,
)
from layers.site.finder_helplines import HelplineLine, page_helplines
from layers.site.finder_results import Results, results_of
from layers.site.finder_whom import whom_lines
from layers.site.place_page import form_title
from layers.text import Texts
from layers.view.finder_request import FinderRequest
from layers.view.needed_forms import needed_forms, told_group
from layers.view.page_addresses import FINDER_MAP_PATH, FINDER_PATH, report_address
from layers.words.example_words import place_hint
from layers.words.place_names import place_label, place_name
from layers.words.point_words import rounded_words
from layers.words.query_words import elsewhere_words, understood_words
from layers.words.source_words import capital


@dataclass(frozen=True)
class FinderPage:
    """
    All words of the finder.

    Attributes
    ----------
    ways
        The same page in each language.
    place
        Key of the chosen place, empty without one; `place_name` tells it from its namesakes.
    point_rounded, point_gmina
        Of a rounded point: how much distances may be off, and whose gmina it is; empty for other places.
    typed, hidden
        What stands in the box, and what is sent beside it.
    danger, danger_helplines
        Where a life may be in danger, by what was typed or chosen, also by a need that is only offered: before all
        else 112 is told, and then who answers it.
    emergency
        112, where no danger was read but the words or the list leave something open: no list of words holds all.
    losses
        What the address asked for and the page does not show.
    warnings, said
        What was not understood, and what was.
    summary
        What is chosen, for the line that the choices are folded under.
    also
        Needs that help those whom the list is for, too.
    first_helplines, other_helplines
        Those that answer the need by themselves, and the others that fit; none of those of danger.
    is_asked
        Whether a need has to be chosen first: then there is no list, of whatever was not asked for, but whom to call.
    not_found_url
        Where somebody tells that the help was not found; empty without a place.
    map_url, frame_url
        The page with the map, or without it where it is shown; and the address of the map where it was asked for.
    """

    title: str
    ways: Mapping[str, str]
    place: str
    place_name: str
    point_rounded: str
    point_gmina: str
    typed: str
    hint: str
    hidden: Mapping[str, str]
    danger: str
    danger_helplines: tuple[HelplineLine, ...]
    emergency: Call | None
    losses: tuple[str, ...]
    warnings: tuple[str, ...]
    said: tuple[str, ...]
    needs: Question | None
    also: Question | None
    places: Question | None
    now: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    forms: tuple[Choice, ...]
    distances: tuple[Choice, ...]
    summary: str
    results: Results | None
    is_asked: bool
    first_helplines: tuple[HelplineLine, ...]
    other_helplines: tuple[HelplineLine, ...]
    map_url: str
    frame_url: str
    map_title: str
    description: str
    not_found_url: str


def finder_page(
    registry: Registry,
    reader: QueryReader,
    request: FinderRequest,
    *,
    now: datetime,
    texts: Texts,
    losses: Sequence[str] = (),
) -> FinderPage:
    """
    Return the page of a request.

    Parameters
    ----------
    reader
        Reads what was typed, for the places of the registry.
    now
        The page's clock, Polish time.
    losses
        What the address says and the page does not show, in words.
    """
    view = request.view
    place = place_of(registry, view.place)
    understood = reader.read(request.typed) if request.typed else Understood()
    listed, results, is_at_point = None, None, place is not None and place.kind == POINT
    if place is not None:
        listed = finder_list(registry, place, request, now=now)
        results = results_of(listed, registry, request, place, texts, now=now)
    need = needs()[request.need] if request.need else None
    danger = understood.danger or (need if need and need.is_danger else None)
    of_danger, first, others = page_helplines(request, need, danger, is_list=place is not None, texts=texts)
    title = texts.t("finder.title_at", place=place.name) if place else texts.t("page.resident")
    return FinderPage(
        title=title,
        ways={lang: finder_url(replace(request, view=replace(view, lang=lang))) for lang in LANGUAGES},
        place=view.place if place else "",
        place_name=place_label(place, texts) if place else "",
        point_rounded=rounded_words(texts) if is_at_point else "",
        point_gmina=texts.t("box.point_gmina", gmina=place.gmina_name) if place and is_at_point else "",
        typed=request.typed or (place.name if place and not is_at_point else ""),
        hint=place_hint(registry, texts),
        hidden=hidden_fields(request),
        danger=texts.t("find.danger") if danger else "",
        danger_helplines=of_danger,
        emergency=calls_of([EMERGENCY])[0]
        if not danger and _is_open(request, understood, results, first)
        else None,
        losses=tuple(losses),
        warnings=tuple(_warnings(request, understood, place, texts)),
        said=(
            *_said(understood, request, need, place, texts),
            *whom_lines(understood, request, listed.offered if listed else None, texts),
        ),
        needs=need_question(understood, request, texts),
        also=also_question(understood, request, texts),
        places=place_question(understood, request, place, texts),
        now=now_choices(request, texts),
        groups=group_choices(request, texts),
        forms=form_choices(registry, request, texts),
        distances=distance_choices(request, texts),
        summary=_summary(request, need, texts),
        results=results,
        is_asked=bool(understood.needs and not (request.need or view.forms)),
        first_helplines=first,
        other_helplines=others,
        map_url=finder_url(replace(request, has_map=not (request.has_map and place)), to="#mapa"),
        frame_url=finder_url(replace(request, has_map=False)).replace(FINDER_PATH, FINDER_MAP_PATH, 1)
        if request.has_map and place
        else "",
        map_title=_map_title(request, place, texts) if place else "",
        description=texts.t("finder.description"),
        not_found_url=report_address(view.lang, what="need", gmina=place.gmina_code, group=view.group)
        if place
        else "",
    )


def _is_open(
    request: FinderRequest,
    understood: Understood,
    results: Results | None,
    first: Sequence[HelplineLine],
) -> bool:
    """Tell whether the page leaves open what was typed, or has neither a card nor a helpline that answers."""
    is_unread = bool(understood.unread or understood.needs or understood.is_nothing or results is None)
    return (bool(request.typed) and is_unread) or (results is not None and not (results.parts or first))


def _map_title(request: FinderRequest, place: Place, texts: Texts) -> str:
    distance = texts.t("distance.kilometres", value=request.view.distance_km)
    return texts.t("resident.map_label", place=place_name(place, texts), distance=distance)


def _warnings(request: FinderRequest, understood: Understood, place: Place | None, texts: Texts) -> list[str]:
    said = []
    if request.view.place and place is None:
        said.append(texts.t("box.point_outside" if is_point(request.view.place) else "resident.place_gone"))
    if request.typed and understood.is_nothing and not understood.is_abroad:
        said.append(texts.t("find.nothing", typed=request.typed))
    return said


def _said(
    understood: Understood, request: FinderRequest, need: Need | None, place: Place | None, texts: Texts
) -> list[str]:
    """Return what was understood, and where a need has help that no list here shows."""
    said = understood_words(understood, texts, place=place)
    if need is not None and not understood.need:
        # Chosen by a link: the words of the box are of something else, or there are none.
        said.insert(0, texts.t("finder.need", need=need.name(texts.lang)))
    is_asked = understood.places or understood.is_abroad or texts.t("find.ask_place") in said
    if place is None and (need or request.view.forms) and not is_asked:
        said.append(texts.t("find.ask_place"))
    if need is None:
        return said
    if texts.has(f"find.outside_{need.code}"):
        said.append(texts.t(f"find.outside_{need.code}"))
    elif elsewhere := elsewhere_words(needed_forms(need, request.view.group), texts):
        said.append(elsewhere)
    return said


def _summary(request: FinderRequest, need: Need | None, texts: Texts) -> str:
    view = request.view
    if need and not needed_forms(need, view.group).searched:
        return capital(need.name(texts.lang))
    group = need_groups()[told_group(view.group, request.need)].name[texts.lang]
    forms = [form_title(form, texts) for form in view.forms]
    wanted = need.name(texts.lang) if need else ", ".join(forms) or texts.t("finder.any_form")
    distance = texts.t("distance.kilometres", value=view.distance_km)
    return texts.t("finder.summary", group=group, wanted=wanted, distance=distance)
