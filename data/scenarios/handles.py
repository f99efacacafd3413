"""How a facility is named in a scenario: a handle that outlives a reload and tells no address."""

import hashlib
from collections.abc import Mapping

import pandas as pd

from data.reading.record_handles import Record
from geo.frames import require_columns

_DIGITS = 16


def facility_handles(records: pd.DataFrame, protected: Mapping[Record, str]) -> pd.Series:
    """
    Return the handle of the facility of each row.

    Parameters
    ----------
    records
        One row per service: `source_code`, `record_key`, `visibility`.
    protected
        As `data.reading.record_handles.protected_handles` returns: (source, key) → `@number` of every record that is,
        or ever was, protected.

    Returns
    -------
    facility_handle
        Indexed like `records`: `source:digest` of a public record, `source:@number` of one that is or was
        protected. Missing for a place shown as protected without a number of its own (another list protects it):
        scenarios cannot name it.

    Notes
    -----
    `facility_id` is of a version: it changes with every edit of the record. The key does not, but it may hold the name
    and street, up to 154 characters of the mirror's registers, so 16 hex digits of its SHA-256 stand for it: 60
    changes fit into a link, and two of 100,000 records of a source share them once in 3.7 billion registries. Whoever
    has a list of addresses can compute such digests; so a protected record is never named by one, as in
    `data.export.identifiers`. A record that becomes protected changes its handle: scenarios that named it say that it
    is gone. So do those of a facility whose lists are merged anew under another record.
    """
    require_columns(records, "source_code", "record_key", "visibility", what="records")
    handles: dict[Record, str] = {}
    found: list[str | None] = []
    for source, key, visibility in zip(
        records["source_code"], records["record_key"], records["visibility"], strict=True
    ):
        record = (str(source), str(key))
        number = protected.get(record)
        if number is None and visibility != "public":
            found.append(None)
            continue
        if record not in handles:
            handles[record] = f"{record[0]}:{number or _digest(record[1])}"
        found.append(handles[record])
    return pd.Series(found, index=records.index, name="facility_handle", dtype=object)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:_DIGITS]
