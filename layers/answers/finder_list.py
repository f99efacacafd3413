"""The list that a resident's search shows: what is near, in the order that helps with the need, and narrowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.places.place_search import Place
from data.registry.registry import Registry
from data.vocabulary.needs import needs
from layers.answers.for_others import ForOthers, near_for_others
from layers.answers.nearby import NearbyHelp, find_help
from layers.answers.resident_filters import Offered, narrow, offered_filters
from layers.answers.service_rows import Row
from layers.answers.telephones import can_be_called
from layers.view.finder_request import FinderRequest
from layers.view.needed_forms import NeededForms, needed_forms
from layers.view.offered import DISTANCES_KM

SURE, FARTHER, UNSURE = "sure", "farther", "unsure"
"""Parts of a list that filters are on."""
_OPEN_FIRST = {True: 0, None: 1, False: 2}


@dataclass(frozen=True, eq=False)
class FinderList:
    """
    The answer to a request at a place.

    Attributes
    ----------
    found
        Everything that was found, as `layers.answers.nearby` has it.
    needed
        The forms of the need that was asked for; None where a person chose forms.
    near, area
        What of it is shown after the filters.
    offered
        The filters of this list.
    only
        The filters that are on; one that no place can answer is none of them.
    for_others
        What stands near of the forms that were asked for and not found, for other people than the group.
    matching, unknown
        How many places of `found.near` answer all filters with yes, and of how many it is not known.
    parts
        How `near` is divided, in its order, as (kind, count): `SURE` answers all filters with yes, `FARTHER` does and
        stands beyond the distance that was asked for, of `UNSURE` nobody knows it.
    farther_km
        Out to which distance those that stand farther were looked for; 0 for none.
    """

    found: NearbyHelp
    needed: NeededForms | None
    near: list[Row]
    area: list[Row]
    offered: Offered
    only: tuple[str, ...]
    for_others: ForOthers
    matching: int
    unknown: int
    parts: tuple[tuple[str, int], ...]
    farther_km: int

    @property
    def is_only_elsewhere(self) -> bool:
        """Whether no list of places can help with the need: an office knows who can."""
        return self.needed is not None and not self.needed.searched


def finder_list(registry: Registry, place: Place, request: FinderRequest, *, now: datetime) -> FinderList:
    """Return what a request finds at a place; `now` is the page's clock, Polish time."""
    view = request.view
    needed = needed_forms(needs()[request.need], view.group) if request.need else None
    forms = needed.searched if needed else view.forms
    found = find_help(registry, place, group=view.group, forms=forms, distance_km=view.distance_km, now=now)
    near = in_order_of_need(found.near, forms) if needed else found.near
    offered = offered_filters([*near, *found.area], group=view.group)
    only = tuple(code for code in request.only if code in offered.known)
    narrowed, of_area = narrow(near, only), narrow(found.area, only)
    # A list that nothing is known to match never ends empty beside what may match.
    is_all = request.is_unknown_shown or not narrowed.matching
    farther: list[Row] = []
    farther_km = 0
    if only and near and not narrowed.matching:
        farther, farther_km = _farther(registry, place, request, forms=forms, only=only, now=now)
    parts = [(SURE, narrowed.matching), (UNSURE, narrowed.unknown if is_all else [])]
    # In the own town it goes before what nobody knows; sixty kilometres off it does not.
    is_of_town = any(not row["is_of_other_gmina"] for row in farther)
    parts.insert(1 if is_of_town else 2, (FARTHER, farther))
    return FinderList(
        found=found,
        needed=needed,
        near=[row for _, rows in parts for row in rows],
        area=[*of_area.matching, *of_area.unknown] if is_all else of_area.matching,
        offered=offered,
        only=only,
        for_others=near_for_others(
            registry,
            place,
            group=view.group,
            forms=set(forms).difference(row["support_form"] for row in (*found.near, *found.area)),
            distance_km=view.distance_km,
        ),
        matching=len(narrowed.matching),
        unknown=len(narrowed.unknown),
        parts=tuple((kind, len(rows)) for kind, rows in parts),
        farther_km=farther_km,
    )


def _farther(
    registry: Registry,
    place: Place,
    request: FinderRequest,
    *,
    forms: tuple[str, ...],
    only: tuple[str, ...],
    now: datetime,
) -> tuple[list[Row], int]:
    """Return what surely answers the filters within the next distance that finds any, and that distance in km."""
    view = request.view
    for distance_km in DISTANCES_KM:
        if distance_km <= view.distance_km:
            continue
        found = find_help(registry, place, group=view.group, forms=forms, distance_km=distance_km, now=now)
        near = in_order_of_need(found.near, forms) if request.need else found.near
        if matching := narrow(near, only).matching:
            return matching, distance_km
    return [], 0


def in_order_of_need(near: Sequence[Row], forms: Sequence[str]) -> list[Row]:
    """
    Return a list in the order that helps with a need.

    The form that helps first, then what can be called, then what is open, then what is not known to be closed; places
    that are alike in all of it stay as `layers.answers.nearby` orders them: the own town first, then by distance.
    Behind them all are those that a newer list calls suspended.

    Parameters
    ----------
    forms
        Those of the need, the one that helps first in front.
    """
    rank = {form: number for number, form in enumerate(forms)}
    return sorted(
        near,
        key=lambda row: (
            row["suspended_beside"] is not None,
            rank.get(row["support_form"], len(rank)),
            not can_be_called(row["phones"]),
            _OPEN_FIRST[row["is_open"]],
        ),
    )
