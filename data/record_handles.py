"""How a record is named outside: by its key or, where a key may tell a protected address, by a number."""

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from data.schema import Facility

Record = tuple[str, str]
"""(source code, record key)."""
_MARK = "@"


def protected_handles(connection: Connection) -> Mapping[Record, str]:
    """
    Return the handles of records that are, or ever were, protected: (source, key) → `@number`.

    The number is that of the record's first version; it says nothing and stays the same as long as that is kept.
    """
    guarded = (
        select(Facility.source_code, Facility.record_key)
        .where(Facility.visibility != "public")
        .distinct()
        .subquery("guarded")
    )
    query = (
        select(Facility.source_code, Facility.record_key, func.min(Facility.id).label("number"))
        .join(
            guarded,
            (guarded.c.source_code == Facility.source_code) & (guarded.c.record_key == Facility.record_key),
        )
        .group_by(Facility.source_code, Facility.record_key)
    )
    return {(row.source_code, row.record_key): f"{_MARK}{row.number}" for row in connection.execute(query)}


def key_of_handle(connection: Connection, source_code: str, text: str) -> str | None:
    """Return the record key that a handle of a source means; None when the text is no handle of it."""
    if not text.startswith(_MARK) or not text[1:].isdigit():
        return None
    query = select(Facility.record_key).where(
        Facility.id == int(text[1:]), Facility.source_code == source_code
    )
    return connection.execute(query).scalar()
