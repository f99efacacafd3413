"""Records that a text names: by key, handle, name or place."""

from typing import Any

from sqlalchemy import Connection, select

from data.reading.record_handles import key_of_handle, protected_handles
from data.store.declension import names_place
from data.store.names import fold
from data.store.schema import Facility


def record_keys(connection: Connection, source_code: str, text: str) -> dict[str, str]:
    """
    Return the records that a text names, key → latest name.

    The record of that key or handle; else those whose latest name holds the text, or whose place it is: the locality,
    the gmina, the street line of any version, or the locality in the name in another case. Records that are or
    ever were protected are found by key, handle and name alone, never by where they are.
    """
    query = (
        select(
            Facility.record_key,
            Facility.name,
            Facility.locality_name,
            Facility.stated_gmina_name,
            Facility.street_address,
        )
        .where(Facility.source_code == source_code)
        .order_by(Facility.record_key, Facility.release_id)
    )
    rows = connection.execute(query).all()
    names = {row.record_key: row.name for row in rows}
    key = key_of_handle(connection, source_code, text) or text
    if key in names:
        return {key: names[key]}
    wanted = fold(text)
    found = {key for key, name in names.items() if wanted in fold(name)}
    guarded = {key for source, key in protected_handles(connection) if source == source_code}
    found |= {row.record_key for row in rows if row.record_key not in guarded and _is_at(row, text)}
    return {key: name for key, name in names.items() if key in found}


def _is_at(row: Any, place: str) -> bool:
    """Tell whether a version of a record is at a place, as its address says or its name in any case."""
    wanted = fold(place)
    is_stated = wanted in {fold(name) for name in (row.locality_name, row.stated_gmina_name) if name}
    in_street = f" {wanted} " in f" {fold(row.street_address or '')} "
    return bool(wanted) and (is_stated or in_street or names_place(row.name, place))
