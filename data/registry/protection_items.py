"""What a person should decide of protection: what was only likely, what a source no longer says, what was undone."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data.reading.protection import is_of_facility, protected_records, protections
from data.reading.record_handles import Record, protected_handles
from data.store.schema import Facility, Load, Protection
from data.store.visibility import secrecy

COLUMNS = ["kind", "source_code", "subject", "facts"]
_INFERRED = {
    "vanished": ("protected_with_successor", "successor"),
    "successor": ("protected_as_successor", "predecessor"),
    "merged": ("protected_as_merged", "other"),
}
"""Origin → kind of the work item, and what the record that it follows from is called there."""


def protection_items(connection: Connection) -> pd.DataFrame:
    """
    Return work items about protected records: `kind`, `source_code`, `subject` (a handle), `facts`.

    `protected_with_successor`, `protected_as_successor` and `protected_as_merged` follow from another record, which
    is named; `still_protected` is one whose source now says less; `protected_by_undone_load` one that a load protected
    which was taken back. Each is open until a person says `protect` or `protect --lift`.
    """
    handles = protected_handles(connection)
    known = protected_records(connection)
    decided = protected_records(connection, origin="person")
    said = _said_by_sources(connection)
    found: dict[tuple[str, Record], dict[str, Any]] = {}
    for entry in connection.execute(_entries()):
        record = (entry.source_code, entry.record_key)
        told = _told(entry, said.get(record), handles)
        if told is not None and secrecy(decided.get(record)) < secrecy(known[record]):
            kind, facts = told
            found.setdefault((kind, record), {"protected_as": known[record]} | facts)
    rows = [
        (kind, record[0], handles[record], facts)
        for (kind, record), facts in sorted(found.items(), key=_order)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _order(item: tuple[tuple[str, Record], dict[str, Any]]) -> tuple[str, Record]:
    return item[0]


def _entries() -> Any:
    return (
        select(
            Protection.source_code,
            Protection.record_key,
            Protection.visibility,
            Protection.origin,
            Protection.cause_source,
            Protection.cause_key,
            Protection.load_id,
            Load.undone_at,
        )
        .outerjoin(Load, Load.id == Protection.load_id)
        .where(Protection.lifted_at.is_(None), Protection.origin != "person")
        .order_by(Protection.id)
    )


def _told(entry: Any, said: str | None, handles: Any) -> tuple[str, dict[str, Any]] | None:
    """Return kind and facts of what is to be decided about an entry, None for nothing."""
    if entry.origin in _INFERRED:
        kind, word = _INFERRED[entry.origin]
        cause = (entry.cause_source, entry.cause_key)
        return kind, {word: f"{cause[0]}:{handles.get(cause, 'unknown')}"}
    if said is not None and secrecy(said) >= secrecy(entry.visibility):
        return None
    if entry.undone_at is not None:
        return "protected_by_undone_load", {"load": entry.load_id}
    return ("still_protected", {"source_says": said}) if said is not None else None


def _said_by_sources(connection: Connection) -> dict[Record, str]:
    """Return what sources say now of the records that are protected."""
    protected = protections()
    query = (
        select(Facility.source_code, Facility.record_key, Facility.visibility)
        .join(protected, is_of_facility(protected))
        .where(Facility.ended_release_id.is_(None))
    )
    return {(row.source_code, row.record_key): row.visibility for row in connection.execute(query)}
