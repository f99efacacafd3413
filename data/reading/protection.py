"""
What is protected, on every day: the strictest of what a version says itself and of every reason not lifted.

Every SELECT that decides what may be shown joins `protections()` and asks `visibility_in`; nothing decides by
`Facility.visibility` alone.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Subquery, and_, case, func, insert, or_, select, update

from data.reading.record_handles import Record
from data.store.schema import Facility, Protection
from data.store.visibility import PROTECTED, PUBLIC, VISIBILITIES, secrecy, strictest

_REVISION_DIGITS = 12
_known_revisions: dict[tuple[Any, ...], str] = {}
"""Revision by address of the database and what changes with every entry and every lift; the newest few."""
_MOST_REVISIONS = 64


def protections() -> Subquery:
    """Return the records protected now: `source_code`, `record_key`, `secrecy` (place in the order of visibility)."""
    rank = case(*((Protection.visibility == word, secrecy(word)) for word in PROTECTED))
    return (
        select(Protection.source_code, Protection.record_key, func.max(rank).label("secrecy"))
        .where(Protection.lifted_at.is_(None))
        .group_by(Protection.source_code, Protection.record_key)
        .subquery("protected")
    )


def is_of_facility(protected: Subquery) -> Any:
    """Return the condition that a row of `protections()` is of the record of a facility."""
    return and_(
        protected.c.source_code == Facility.source_code, protected.c.record_key == Facility.record_key
    )


def visibility_in(protected: Subquery) -> Any:
    """Return the visibility that counts for a version of a facility outer-joined with `protections()`."""
    strictest_first = reversed(VISIBILITIES[1:])
    return case(
        *(
            (or_(Facility.visibility == word, protected.c.secrecy == secrecy(word)), word)
            for word in strictest_first
        ),
        else_=PUBLIC,
    )


def protected_records(connection: Connection, *, origin: str | None = None) -> dict[Record, str]:
    """Return the visibility of every record that is protected now, by (source, key); for one reason only, or any."""
    query = select(Protection.source_code, Protection.record_key, Protection.visibility).where(
        Protection.lifted_at.is_(None)
    )
    if origin is not None:
        query = query.where(Protection.origin == origin)
    found: dict[Record, str] = {}
    for row in connection.execute(query):
        record = (row.source_code, row.record_key)
        found[record] = strictest((found.get(record), row.visibility))
    return found


def protect(
    connection: Connection,
    records: Iterable[tuple[Record, str, Record | None]],
    *,
    origin: str,
    load_id: int | None = None,
    reason: str | None = None,
) -> list[Record]:
    """
    Enter records as protected and return those that were not so strictly protected before.

    What a person says is entered beside what was found: it decides what was only likely.

    Parameters
    ----------
    records
        (record, visibility, the record that it follows from or None). What follows from a record that a person lifted
        it from before is not entered again: that was decided. Merged records are the exception: they are one facility,
        lifted together and protected together.
    """
    known = protected_records(connection, origin="person" if origin == "person" else None)
    lifted = _lifted(connection) if origin != "merged" else set()
    now = _now()
    rows = []
    for record, visibility, cause in records:
        if secrecy(visibility) <= secrecy(known.get(record)) or (cause and (record, cause) in lifted):
            continue
        known[record] = visibility
        rows.append(
            {
                "source_code": record[0],
                "record_key": record[1],
                "visibility": visibility,
                "origin": origin,
                "load_id": load_id,
                "cause_source": cause[0] if cause else None,
                "cause_key": cause[1] if cause else None,
                "protected_at": now,
                "reason": reason,
            }
        )
    if rows:
        connection.execute(insert(Protection), rows)
    return list(dict.fromkeys((row["source_code"], row["record_key"]) for row in rows))  # type: ignore[misc]


def lift(connection: Connection, record: Record, *, reason: str) -> int:
    """Take every reason back that protects a record beyond what its versions say; return how many there were."""
    lifted = connection.execute(
        update(Protection)
        .where(
            Protection.source_code == record[0],
            Protection.record_key == record[1],
            Protection.lifted_at.is_(None),
        )
        .values(lifted_at=_now(), lift_reason=reason)
    )
    return int(lifted.rowcount)


def origins_of(connection: Connection, record: Record) -> set[str]:
    """Return the kinds of reasons for which a record is protected now."""
    query = select(Protection.origin).where(
        Protection.source_code == record[0],
        Protection.record_key == record[1],
        Protection.lifted_at.is_(None),
    )
    return set(connection.execute(query).scalars())


def following(connection: Connection, cause: Record) -> set[Record]:
    """Return the records that are protected because of another one."""
    query = select(Protection.source_code, Protection.record_key).where(
        Protection.cause_source == cause[0], Protection.cause_key == cause[1], Protection.lifted_at.is_(None)
    )
    return {(row.source_code, row.record_key) for row in connection.execute(query)}


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _lifted(connection: Connection) -> set[tuple[Record, Record]]:
    """Return (record, cause) of what a person lifted."""
    query = select(
        Protection.source_code, Protection.record_key, Protection.cause_source, Protection.cause_key
    ).where(Protection.lifted_at.is_not(None), Protection.cause_key.is_not(None))
    return {
        ((row.source_code, row.record_key), (row.cause_source, row.cause_key))
        for row in connection.execute(query)
    }


def protection_revision(connection: Connection) -> str:
    """
    Return hex digits that change with what is protected now, on whatever day it is shown; empty for nothing.

    The same on both databases. It runs with every page, so the entries are read only when one came or was lifted.
    """
    last = select(
        func.count(),
        func.count(Protection.lifted_at),
        func.max(Protection.protected_at),
        func.max(Protection.lifted_at),
    ).select_from(Protection)
    key = (str(connection.engine.url), *connection.execute(last).one())
    if key not in _known_revisions:
        while len(_known_revisions) >= _MOST_REVISIONS:
            _known_revisions.pop(next(iter(_known_revisions)), None)
        _known_revisions[key] = _revision(connection)
    return _known_revisions[key]


def _revision(connection: Connection) -> str:
    # Sorted here: databases order text by their own collation.
    lines = sorted(
        "|".join((*record, visibility)) for record, visibility in protected_records(connection).items()
    )
    whole = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return whole[:_REVISION_DIGITS] if lines else ""


def once_public(connection: Connection) -> int:
    """Return how many records had a door that everybody could see, and are protected now."""
    protected = protections()
    query = (
        select(Facility.source_code, Facility.record_key)
        .join(protected, is_of_facility(protected))
        .where(Facility.visibility == PUBLIC)
        .distinct()
        .subquery()
    )
    return int(connection.execute(select(func.count()).select_from(query)).scalar_one())
