"""How a record is named outside: by its key or, where a key may tell a protected address, by a number."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, select, tuple_, union

from data.store.schema import Facility, Protection

Record = tuple[str, str]
"""(source code, record key)."""
_MARK = "@"
_OF_PROTECTION = "p"
"""Comes before the number of an entry of protection, where the record has no version: `undo` took it back."""


def protected_handles(connection: Connection) -> Mapping[Record, str]:
    """
    Return the handles of records that are, or ever were, protected: (source, key) → `@number`.

    The number is that of the record's first version; it says nothing and stays the same as long as that is kept. A
    record without any version has `@p` and the number of its first entry of protection.
    """
    guarded = union(
        select(Facility.source_code, Facility.record_key).where(Facility.visibility != "public"),
        select(Protection.source_code, Protection.record_key),
    ).subquery("guarded")
    query = (
        select(Facility.source_code, Facility.record_key, func.min(Facility.id).label("number"))
        .join(
            guarded,
            (guarded.c.source_code == Facility.source_code) & (guarded.c.record_key == Facility.record_key),
        )
        .group_by(Facility.source_code, Facility.record_key)
    )
    entries = select(
        Protection.source_code, Protection.record_key, func.min(Protection.id).label("number")
    ).group_by(Protection.source_code, Protection.record_key)
    return {
        **{
            (row.source_code, row.record_key): f"{_MARK}{_OF_PROTECTION}{row.number}"
            for row in connection.execute(entries)
        },
        **{(row.source_code, row.record_key): f"{_MARK}{row.number}" for row in connection.execute(query)},
    }


def safe_handles(connection: Connection, records: Iterable[Record]) -> dict[Record, str]:
    """Return `source:@number` of records, protected or not: for saying which are the same place as a protected one."""
    wanted = list(dict.fromkeys(records))
    known = dict(protected_handles(connection)) if wanted else {}
    open_ones = [record for record in wanted if record not in known]
    if open_ones:
        query = (
            select(Facility.source_code, Facility.record_key, func.min(Facility.id).label("number"))
            .where(tuple_(Facility.source_code, Facility.record_key).in_(open_ones))
            .group_by(Facility.source_code, Facility.record_key)
        )
        for row in connection.execute(query):
            known[row.source_code, row.record_key] = f"{_MARK}{row.number}"
    return {record: f"{record[0]}:{known[record]}" for record in wanted}


def key_of_handle(connection: Connection, source_code: str, text: str) -> str | None:
    """Return the record key that a handle of a source means; None when the text is no handle of it."""
    number = text.removeprefix(_MARK)
    if number == text:
        return None
    table = Protection if number.startswith(_OF_PROTECTION) else Facility
    number = number.removeprefix(_OF_PROTECTION)
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    query = select(table.record_key).where(table.id == int(number), table.source_code == source_code)
    return connection.execute(query).scalar()
