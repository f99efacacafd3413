"""What holds now or held on a day: conditions that every SELECT of the registry begins with."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import Connection, Subquery, and_, func, or_, select, union_all
from sqlalchemy.orm import aliased

from data.store.own_sheets import PREFIX
from data.store.schema import Facility, RegisterCoverage, Release, Service

_CLAIMING: Final = aliased(Release)

IS_EDITION: Final = Release.file_on.is_(None)
"""Tell whether a release holds from its day on; an earlier month of a file tells queues and free places alone."""

IS_REGISTER: Final = Release.source_code.in_(select(Facility.source_code)) | Release.source_code.in_(
    select(_CLAIMING.source_code).join(RegisterCoverage, RegisterCoverage.release_id == _CLAIMING.id)
)
"""
Tell whether a release is one of a register: of a source that lists facilities, or claims that it lists them all.

The database is asked and not the catalogue, which a source may have left.
"""


def current(model: Any) -> Any:
    """Return the condition that a row of `model` belongs to a current release."""
    return model.release_id.in_(select(Release.id).where(Release.state == "current"))


def editions(day: date | None) -> Subquery:
    """
    Return the releases that the registry of a day is made of: `source_code`, `release_id`, `as_of`, `stated_on`.

    Without a day, the current ones. Of an earlier day they are the releases of registers that held on it, and the
    current ones of all other sources: boundaries, people and where they live are those of now on every day
    (`data.registry.reading.read_registry`), and so are the credits that are told of them. A register that had no
    release yet is left out. Of two releases of one day the one loaded later holds; one that holds from an earlier day
    than what was loaded before it (an older file that became history) is followed by the later files read again, so
    that the largest number is right for every day.
    """
    current_ones = select(Release.id).where(Release.state == "current")
    if day is None:
        is_held = Release.id.in_(current_ones)
    else:
        of_day = (
            select(func.max(Release.id))
            .where(Release.state != "withdrawn", Release.effective_on <= day, IS_EDITION, IS_REGISTER)
            .group_by(Release.source_code)
        )
        is_held = Release.id.in_(union_all(current_ones.where(~IS_REGISTER), of_day))
    return (
        select(
            Release.source_code,
            Release.id.label("release_id"),
            Release.as_of,
            Release.stated_on,
            Release.fingerprint,
            Release.is_invented,
        )
        .where(is_held)
        .subquery("edition")
    )


class _Dated(Protocol):
    @property
    def effective_on(self) -> date: ...


_Held = TypeVar("_Held", bound=_Dated)


def in_order_of_days(releases: Iterable[_Held]) -> list[_Held]:
    """
    Return the releases of one source, given as they were loaded, that no later one of an earlier day passes over.

    What an older file passed over was read again after it.
    """
    kept: list[_Held] = []
    for release in releases:
        while kept and kept[-1].effective_on > release.effective_on:
            kept.pop()
        kept.append(release)
    return kept


def held_from(connection: Connection, day: date) -> date:
    """
    Return the day from which the editions held that held on a day: the same for all days between two releases.

    From an earlier month of a file on queues and free places are others, though the editions are the same.

    A day before the first release gives the first day of the calendar, one to come the day of the newest release.
    """
    newest = select(func.max(Release.effective_on)).where(
        Release.state != "withdrawn", Release.effective_on <= day
    )
    return connection.execute(newest).scalar_one() or date.min


def in_force(model: Any, edition: Subquery) -> Any:
    """Return the condition that a version (facility, organization) holds in the edition of its source."""
    return and_(
        model.source_code == edition.c.source_code,
        model.release_id <= edition.c.release_id,
        or_(model.ended_release_id.is_(None), model.ended_release_id > edition.c.release_id),
    )


def claims(day: date | None) -> Subquery:
    """Return what is claimed to be complete: `support_form`, `voivodeship_code`, `claimed_by` (source code)."""
    edition = editions(day)
    return (
        select(
            RegisterCoverage.support_form,
            RegisterCoverage.voivodeship_code,
            edition.c.source_code.label("claimed_by"),
        )
        .join(edition, RegisterCoverage.release_id == edition.c.release_id)
        .subquery("claim")
    )


def claim_of(claim: Subquery) -> Any:
    """
    Return the condition that a claim of another source is on a service at a facility.

    A list that is complete sets no row of an operator's own sheet aside: it speaks of what the list does not know yet.
    """
    return and_(
        Facility.source_code.not_like(f"{PREFIX}%"),
        claim.c.support_form == Service.support_form,
        claim.c.voivodeship_code == Facility.voivodeship_code,
        claim.c.claimed_by != Facility.source_code,
    )
