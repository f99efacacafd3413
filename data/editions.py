"""What holds now or held on a day: conditions that every SELECT of the registry begins with."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Subquery, and_, func, or_, select

from data.schema import Facility, RegisterCoverage, Release, Service


def current(model: Any) -> Any:
    """Return the condition that a row of `model` belongs to a current release."""
    return model.release_id.in_(select(Release.id).where(Release.state == "current"))


def editions(day: date | None) -> Subquery:
    """
    Return the release of each source that held on a day: `source_code`, `release_id`, `as_of`, `verified_on`.

    Without a day, the current ones. A source that had no release yet is left out.
    """
    if day is None:
        held = select(Release.id).where(Release.state == "current")
    else:
        held = (
            select(func.max(Release.id))
            .where(Release.state != "withdrawn", Release.effective_on <= day)
            .group_by(Release.source_code)
        )
    return (
        select(
            Release.source_code,
            Release.id.label("release_id"),
            Release.as_of,
            Release.verified_on,
            Release.fingerprint,
            Release.is_invented,
        )
        .where(Release.id.in_(held))
        .subquery("edition")
    )


def held_from(connection: Connection, day: date) -> date:
    """
    Return the day from which the editions held that held on a day: the same for all days between two releases.

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
    """Return the condition that a claim of another source is on a service at a facility."""
    return and_(
        claim.c.support_form == Service.support_form,
        claim.c.voivodeship_code == Facility.voivodeship_code,
        claim.c.claimed_by != Facility.source_code,
    )
