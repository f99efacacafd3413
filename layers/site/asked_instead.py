"""Whom to call about a place whose telephone no list gives: the centre of its gmina, else the office, else a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.registry.registry import Registry
from data.vocabulary.helplines import helplines_for
from layers.answers.listed_services import services_at_hand
from layers.answers.support_centre import gmina_centres
from layers.site.calls import Call, calls_of, office_part
from layers.text import Texts
from layers.words.helpline_words import helpline_line
from layers.words.service_words import phones_of


@dataclass(frozen=True)
class Asked:
    """Whom to call, in words, and the telephones that a link can call."""

    lines: tuple[str, ...]
    calls: tuple[Call, ...]


def asked_instead(
    registry: Registry, area_code: str, groups: Sequence[str], texts: Texts
) -> tuple[Asked, ...]:
    """
    Return whom to call instead, the first that has a telephone; with a number for everybody where nobody else has.

    Parameters
    ----------
    registry
        Of `own_gminas`.
    area_code
        Of the gmina of the place, or as much of it as is known.
    groups
        For whom the place is.
    """
    listed = services_at_hand(registry)
    group = next(iter(groups), "all")
    for centre in gmina_centres(listed.offices_of(area_code), gmina_code=area_code, group=group):
        if calls := _called(phones_of(centre)):
            return (Asked((texts.t("site.ask_centre", name=centre["facility_name"]),), calls),)
    office = office_part(registry, area_code, texts)
    if calls := tuple(call for call in office.calls if call.address):
        return (Asked(office.lines, calls),)
    return tuple(Asked((helpline_line(one, texts),), calls_of([one.number])) for one in helplines_for(group))


def _called(phones: list[str]) -> tuple[Call, ...]:
    return tuple(call for call in calls_of(phones) if call.address)
