"""The record that a person names: by its key, by a handle, or as the address of its page does."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from data.corrections.errors import CorrectionError
from data.reading.protection import is_of_facility, protected_records, protections
from data.reading.record_handles import Record, key_of_handle, protected_handles
from data.scenarios.scenario import digest_of_key
from data.store.schema import Facility, Service
from data.store.visibility import strictest

_DIGEST = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class RecordInForce:
    """
    The version of a record that holds now, with its services; `visibility` is what counts of it.

    Columns are those of `data.store.schema.Facility` and `Service`.
    """

    record: Record
    visibility: str
    facility: dict[str, Any]
    services: tuple[dict[str, Any], ...]


def record_named(connection: Connection, named: Record) -> Record:
    """
    Return the record (source code, key) that a person names.

    By its key, by `@12` where it is or was protected, or by the 16 digits that the address of its page has.

    Raises
    ------
    CorrectionError
        If no record in force is named so.
    """
    source, text = named
    key = key_of_handle(connection, source, text) or _key_of_digest(connection, source, text) or text
    query = select(Facility.id).where(*_is_in_force((source, key)))
    if connection.execute(query).first() is None:
        said = _said(connection, named, key)
        raise CorrectionError(
            f"expected a record in force as SOURCE:KEY, or as the address of its page names it, found "
            f"{said!r}, which is none; `python -m data history SOURCE NAME` finds records by a part of "
            "their name. Nothing was changed.",
            record=said,
        )
    return (source, key)


def record_in_force(connection: Connection, record: Record) -> RecordInForce | None:
    """Return what a record says now; None when no version of it is in force."""
    query = select(Facility).where(*_is_in_force(record))
    facility = connection.execute(query).mappings().first()
    if facility is None:
        return None
    services = select(Service).where(Service.facility_id == facility["id"]).order_by(Service.id)
    visibility = strictest((facility["visibility"], protected_records(connection).get(record)))
    rows = tuple(dict(row) for row in connection.execute(services).mappings())
    return RecordInForce(record, visibility, dict(facility), rows)


def _said(connection: Connection, named: Record, key: str) -> str:
    """Return what a person named, and of a record that is protected its handle: its key may tell the address."""
    number = protected_handles(connection).get((named[0], key))
    return f"{named[0]}:{number or named[1]}"


def safe_handle(connection: Connection, record: Record) -> str:
    """Return how a record is named outside, short and without its address: as the address of its page does."""
    number = protected_handles(connection).get(record)
    return f"{record[0]}:{number or digest_of_key(record[1])}"


def _is_in_force(record: Record) -> tuple[Any, ...]:
    source, key = record
    return Facility.source_code == source, Facility.record_key == key, Facility.ended_release_id.is_(None)


def _key_of_digest(connection: Connection, source: str, text: str) -> str | None:
    """Return the key whose page has an address of these digits; of a record that is protected there is none."""
    if not _DIGEST.fullmatch(text):
        return None
    protected = protections()
    query = (
        select(Facility.record_key)
        .outerjoin(protected, is_of_facility(protected))
        .where(
            Facility.source_code == source,
            Facility.ended_release_id.is_(None),
            protected.c.secrecy.is_(None),
        )
    )
    return next((key for key in connection.execute(query).scalars() if digest_of_key(key) == text), None)
