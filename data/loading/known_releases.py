"""What is loaded of a source before a load: its release in force, and the records to compare with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, or_, select

from data.loading.versions import READING, Known
from data.store.schema import Area, Facility, Release


@dataclass(frozen=True)
class KnownRelease:
    """What is loaded of a source now; `withdrawn` are fingerprints that a person took back."""

    fingerprint: str | None
    is_invented: bool
    effective_on: date | None
    withdrawn: frozenset[str] = frozenset()


def known_releases(connection: Connection) -> dict[str, KnownRelease]:
    """Return the current release of each source, and what was withdrawn of it."""
    query = select(
        Release.source_code, Release.fingerprint, Release.is_invented, Release.state, Release.effective_on
    ).where(Release.state.in_(["current", "withdrawn"]))
    current: dict[str, Any] = {}
    withdrawn: dict[str, set[str]] = {}
    invented: set[str] = set()
    for row in connection.execute(query):
        if row.is_invented:
            invented.add(row.source_code)
        if row.state == "current":
            current[row.source_code] = row
        else:
            withdrawn.setdefault(row.source_code, set()).add(row.fingerprint)
    return {
        code: KnownRelease(
            fingerprint=current[code].fingerprint if code in current else None,
            is_invented=code in invented,
            effective_on=current[code].effective_on if code in current else None,
            withdrawn=frozenset(withdrawn.get(code, ())),
        )
        for code in current.keys() | withdrawn.keys()
    }


def boundaries_in_force(engine: Engine) -> str | None:
    """Return the year of the boundaries that are loaded; None without any, and of the example region."""
    query = (
        select(Area.boundary_vintage)
        .join(Release, Area.release_id == Release.id)
        .where(Release.state == "current", Release.is_invented.is_(False))
        .limit(1)
    )
    with engine.connect() as connection:
        return connection.execute(query).scalar()


def known_records(connection: Connection, source_code: str) -> dict[str, Known]:
    """Return the facilities in force of a source by their record keys."""
    return _known(connection, Facility.source_code == source_code, Facility.ended_release_id.is_(None))


def records_of(connection: Connection, source_code: str, release_id: int | None) -> dict[str, Known]:
    """Return the facilities that a release of a source had, by their record keys; none before the first one."""
    if release_id is None:
        return {}
    return _known(
        connection,
        Facility.source_code == source_code,
        Facility.release_id <= release_id,
        or_(Facility.ended_release_id.is_(None), Facility.ended_release_id > release_id),
    )


def _known(connection: Connection, *conditions: Any) -> dict[str, Known]:
    query = select(
        Facility.record_key,
        Facility.content_hash,
        Facility.core_hash,
        Facility.changed_on,
        Facility.row_print,
        Facility.organization_key,
        *(getattr(Facility, name) for name in READING),
    ).where(*conditions)
    return {
        row.record_key: Known(
            row.content_hash,
            row.core_hash,
            row.changed_on,
            tuple(getattr(row, name) for name in READING),
            row.row_print,
            row.organization_key,
        )
        for row in connection.execute(query)
    }
