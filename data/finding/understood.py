"""What was understood of a query."""

from dataclasses import dataclass
from typing import Literal

from data.finding.whom_reader import Whom
from data.places.place_search import Place
from data.vocabulary.needs import Need

StreetAnswer = Literal["found", "not_found", "unchecked"]


@dataclass(frozen=True)
class Understood:
    """
    What somebody asked for, as far as it was understood.

    Attributes
    ----------
    place, need
        What is meant for sure; None where nothing is, or where a person has to choose.
    places, needs
        What may be meant, likeliest first, where nothing is meant for sure.
    others
        Namesakes of `place`, the largest first.
    district
        Part of the town that was named; places are no finer than the town.
    street
        Street and number that were read, empty for none; `street_answer` is whether the published addresses of the
        town have them, `unchecked` where no list of addresses is at hand.
    is_abroad
        Whether a place abroad was named: then no place is offered.
    is_near
        Whether `places` are near coordinates that were typed, instead of named.
    is_abroad_too
        Whether `places` share their name with a place abroad that may be meant as well.
    is_giving
        Whether somebody seems to give away what `needs` tell of, instead of looking for it.
    whom
        For whom a place is looked for, where a filter asks it.
    also
        Needs that help those people, too, beside `need`.
    unread
        Words of which nothing was understood, as they were typed.
    """

    place: Place | None = None
    places: tuple[Place, ...] = ()
    others: tuple[Place, ...] = ()
    need: Need | None = None
    needs: tuple[Need, ...] = ()
    district: str = ""
    street: str = ""
    street_answer: StreetAnswer = "unchecked"
    is_abroad: bool = False
    is_near: bool = False
    is_abroad_too: bool = False
    is_giving: bool = False
    whom: tuple[Whom, ...] = ()
    also: tuple[Need, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def danger(self) -> Need | None:
        """The need by which a life may be in danger, meant or only offered; None without one."""
        return next((need for need in (self.need, *self.needs) if need and need.is_danger), None)

    @property
    def is_nothing(self) -> bool:
        """Whether neither a place nor a need was understood."""
        return not (self.place or self.places or self.need or self.needs)
