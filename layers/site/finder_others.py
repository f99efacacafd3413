"""What the finder says of places near that are for other people, and so on no list of the group."""

from dataclasses import dataclass
from typing import Final

from data.vocabulary import forms_for_group, need_groups
from layers.answers.for_others import ForOthers
from layers.site.finder_choices import RESULT, Choice, finder_url
from layers.site.place_page import form_title
from layers.text import Texts
from layers.view.finder_request import FinderRequest
from layers.view.page_addresses import place_address
from layers.words.service_words import has_page
from layers.words.source_words import capital

_NEAREST: Final = 3


@dataclass(frozen=True)
class OthersPart:
    """A sentence, empty where nothing stands near, and links: pages of the nearest, and lists of their groups."""

    said: str = ""
    ways: tuple[Choice, ...] = ()


def others_part(found: ForOthers, request: FinderRequest, texts: Texts) -> OthersPart:
    """Return that what was asked for stands near, though lists give it for others."""
    if not found.count:
        return OthersPart()
    distance = texts.t("distance.kilometres", value=request.view.distance_km)
    forms = ", ".join(form_title(form, texts) for form in found.forms)
    said = texts.t("for_others.near", count=found.count, distance=distance, forms=forms)
    return OthersPart(said, (*_places(found, texts), *_groups(found, request, texts)))


def _places(found: ForOthers, texts: Texts) -> list[Choice]:
    facilities = {row["facility_id"]: row for row in reversed(found.standing)}
    nearest = list(reversed(facilities.values()))[:_NEAREST]
    return [
        Choice(capital(str(row["facility_name"])), place_address(row["facility_handle"], texts.lang))
        for row in nearest
        if has_page(row)
    ]


def _groups(found: ForOthers, request: FinderRequest, texts: Texts) -> list[Choice]:
    ways = []
    for group, count in found.groups:
        forms = tuple(form for form in found.forms if form in forms_for_group(group))
        view = request.view.with_choice(group=group, forms=forms)
        label = texts.t("for_others.group", group=need_groups()[group].name[texts.lang], count=count)
        ways.append(Choice(label, finder_url(request.with_choice(view=view), to=RESULT)))
    return ways
