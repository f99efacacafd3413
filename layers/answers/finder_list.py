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
    is_all = request.is_unknown_shown
    return FinderList(
        found=found,
        needed=needed,
        near=narrowed.either if is_all else narrowed.matching,
        area=of_area.either if is_all else of_area.matching,
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
    )


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
