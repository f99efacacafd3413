"""What a person may choose in the finder, as links: nothing is chosen by moving, and every choice is an address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from data.finding.typed import key_of
from data.finding.understood import Understood
from data.places.place_search import Place
from data.registry.registry import Registry
from data.vocabulary import forms_for_group, need_groups, screen_groups
from data.vocabulary.needs import needs
from layers.answers.listed_forms import listed_forms
from layers.answers.resident_filters import SOBER, filters_of_group
from layers.site.place_page import form_title
from layers.text import Texts
from layers.view.finder_request import FinderRequest, of_need
from layers.view.offered import DISTANCES_KM
from layers.view.page_addresses import FINDER_PATH
from layers.words.place_names import place_label

NOW = {
    "bed": "bed_tonight",
    "food": "meal",
    "wash": "wash",
    "warm": "warm_place",
    "talk": "talk_now",
}
"""Basic needs, the most urgent first: their name on screen (`finder.now_…`) → a need of the vocabulary."""
_USUAL_KM = (2, 5, 10, 15, 30, 50, 100)
"""Fewer links to read; an address may still say any of `DISTANCES_KM`."""
_MOST_PLACES = 8
RESULT = "#wynik"


@dataclass(frozen=True)
class Choice:
    """A link that chooses something, or takes the choice back where `is_on`."""

    label: str
    url: str
    is_on: bool = False


@dataclass(frozen=True)
class Question:
    """Several choices of which a person needs one; `is_folded` where one is chosen already, `note` stands below."""

    title: str
    choices: tuple[Choice, ...]
    is_folded: bool = False
    note: str = ""


def finder_url(request: FinderRequest, *, to: str = "", **others: str) -> str:
    """Return the address of a request; `to` is a part of the page, `others` are further parameters."""
    return f"{FINDER_PATH}?{urlencode({**request.to_query(), **others})}{to}"


def with_whom(request: FinderRequest, understood: Understood) -> FinderRequest:
    """
    Return the request with the filters that its words ask for, where its list has such filters.

    Who is sober may go anywhere: only who is not is kept from places that ask for it.
    """
    fitting = filters_of_group(request.view.group)
    asked = [
        one.code
        for one in understood.whom
        if one.code in fitting and (one.code != SOBER or _is_not_sober(one.text))
    ]
    return replace(request, only=tuple(dict.fromkeys((*request.only, *asked)))) if request.need else request


def now_choices(request: FinderRequest, texts: Texts) -> tuple[Choice, ...]:
    """Return the basic needs."""
    return tuple(
        Choice(
            texts.t(f"finder.now_{name}"),
            finder_url(of_need(request.with_choice(), code), to=_result_of(request)),
            is_on=request.need == code,
        )
        for name, code in NOW.items()
    )


def group_choices(request: FinderRequest, texts: Texts) -> tuple[Choice, ...]:
    """Return the groups; forms that another group has not are told as left out, so they stay in the address."""
    other = request.with_choice()
    return tuple(
        Choice(
            _capital(need_groups()[group].name[texts.lang]),
            finder_url(other, to=_result_of(request), group=group),
            is_on=group == request.view.group,
        )
        for group in screen_groups()
    )


def form_choices(registry: Registry, request: FinderRequest, texts: Texts) -> tuple[Choice, ...]:
    """Return the forms of the group that the registry knows anything of; several can be on, none means all."""
    listed, chosen = listed_forms(registry), request.view.forms
    return tuple(
        Choice(
            form_title(form, texts),
            finder_url(
                request.with_choice(view=request.view.with_choice(forms=_toggled(chosen, form))),
                to=_result_of(request),
            ),
            is_on=form in chosen,
        )
        for form in forms_for_group(request.view.group)
        if form in listed or form in chosen
    )


def distance_choices(request: FinderRequest, texts: Texts) -> tuple[Choice, ...]:
    """Return the distances."""
    chosen = request.view.distance_km
    return tuple(
        distance_choice(request, km, texts.t("distance.kilometres", value=km))
        for km in DISTANCES_KM
        if km in _USUAL_KM or km == chosen
    )


def distance_choice(request: FinderRequest, distance_km: int, label: str) -> Choice:
    """Return the link to the same search with another distance."""
    view = request.view.with_choice(distance_km=distance_km)
    wider = request.with_choice(view=view, need=request.need)
    return Choice(label, finder_url(wider, to=RESULT), is_on=distance_km == request.view.distance_km)


def need_question(understood: Understood, request: FinderRequest, texts: Texts) -> Question | None:
    """Return the needs that may be meant."""
    if not understood.needs:
        return None
    known = needs()
    return Question(
        texts.t("find.which_need"),
        tuple(
            Choice(
                _capital(known[need.code].name(texts.lang)),
                finder_url(with_whom(of_need(replace(request, need=""), need.code), understood)),
                is_on=need.code == request.need,
            )
            for need in understood.needs
        ),
    )


def also_question(understood: Understood, request: FinderRequest, texts: Texts) -> Question | None:
    """Return the needs that may help those whom the list is for, too; filters are of this list alone."""
    if not understood.also or understood.need is None or understood.need.code != request.need:
        return None
    other = request.with_choice(only=())
    return Question(
        texts.t("find.also"),
        tuple(
            Choice(
                _capital(need.name(texts.lang)), finder_url(of_need(other, need.code), to=_result_of(request))
            )
            for need in understood.also
        ),
    )


def place_question(
    understood: Understood, request: FinderRequest, place: Place | None, texts: Texts
) -> Question | None:
    """Return the places that may be meant; once one is chosen its namesakes step aside."""
    found = [understood.place, *understood.others] if understood.place else [*understood.places]
    shown = found[:_MOST_PLACES]
    keys = [match.key for match in shown]
    if not shown or (place is not None and (place.key not in keys or len(shown) == 1)):
        return None
    is_many = len(shown) == _MOST_PLACES
    last = shown[-1]
    return Question(
        texts.t("resident.other_places" if place else "resident.which_place"),
        tuple(
            Choice(
                place_label(match, texts),
                finder_url(replace(request, view=replace(request.view, place=match.key), before="")),
                is_on=place is not None and match.key == place.key,
            )
            for match in shown
        ),
        is_folded=place is not None,
        note=texts.t("resident.many_places", name=last.name, powiat=last.powiat_name) if is_many else "",
    )


def hidden_fields(request: FinderRequest) -> Mapping[str, str]:
    """Return what the form of the box sends beside its words: the choices, and the place of before."""
    kept = replace(request, typed="", shown=FinderRequest.shown, before="", has_map=False)
    query = replace(kept, view=replace(request.view, place="")).to_query()
    place = request.view.place or request.before
    return query | ({"before": place} if place else {})


def _toggled(chosen: tuple[str, ...], form: str) -> tuple[str, ...]:
    return tuple(other for other in chosen if other != form) if form in chosen else (*chosen, form)


def _result_of(request: FinderRequest) -> str:
    """Return the part of the page where the answer stands; without a place there is none yet."""
    return RESULT if request.view.place else ""


def _is_not_sober(typed: str) -> bool:
    return key_of(typed).startswith("nietrzezw")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
