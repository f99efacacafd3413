"""The fields of one thing out of its records: each of the most trusted record that has it, and where it came from."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from data.fields import FIELDS, together
from data.reading.own_words import is_partial, is_whole, last_words
from data.store.grades import coarseness
from data.store.origins import is_evidence
from data.store.own_sheets import SAID_BY_SHEET, is_own_sheet

RecordRow = Mapping[str, Any]
Origins = dict[str, tuple[str, ...]]
"""Field → `source_code:record_key` that its value came from; of a list, one for each of its items."""

_IDENTITY = frozenset(
    {
        "id",
        "facility_id",
        "organization_id",
        "release_id",
        "source_code",
        "record_key",
        "row_reference",
        "is_official",
        "said_fields",
    }
)
"""What a record is, not what it says."""
_LISTS = frozenset({"phone_records", *(field.name for field in FIELDS if field.is_united)})
PLACE: Final = (
    *("point", "geometry", "place_grade", "place_radius_m"),
    *("gmina_code", "gmina_name", "powiat_code", "voivodeship_code"),
)
DAY: Final = ("dated_on", "dated_precision", *together("day"), "source_url")
_TOGETHER = (
    PLACE,
    together("address"),
    DAY,
    together("capacity"),
    together("vacancy"),
)
"""
Fields that are true only together: women of one list beside the total of another would not add up, and the page of one
list does not have what another says of its day.

They come from the most trusted record that has the first of them.
"""
_PHONE_DIGITS = 9


def distrust(row: RecordRow) -> tuple[bool, bool, bool, bool, int, int, str, str]:
    """Return what records are sorted by, the most trusted first."""
    if is_own_sheet(row["source_code"]):
        # In the order in which they spoke; what says some fields alone stands behind whoever says the others.
        return (is_partial(row), not is_whole(row), False, False, 0, 0, "", "")
    day: Any = row.get("dated_on")
    age = 0 if is_missing(day) else -day.toordinal()
    return (
        False,
        True,
        not row.get("is_official"),
        is_evidence(row.get("origin")),
        age,
        coarseness(row.get("place_grade")),
        row["source_code"],
        row["record_key"],
    )


def origin_of(row: RecordRow) -> str:
    """Return `source_code:record_key` of a record."""
    return f"{row['source_code']}:{row['record_key']}"


def is_missing(value: Any) -> bool:
    """Tell whether a record says nothing in a field: empty words and lists, or no value."""
    return not value if isinstance(value, str | list | tuple | dict) else bool(pd.isna(value))


def merged_fields(rows: Sequence[RecordRow]) -> tuple[dict[str, Any], Origins]:
    """Return each field of the most trusted row that has it, or of the sheet that says it, and where it came from."""
    fields, origins = _most_trusted([row for row in rows if not is_partial(row)])
    for name, row in last_words(rows).items():
        if name in fields:
            fields[name] = row.get(name)
            origins.pop(name, None)
            if not is_missing(fields[name]):
                origins[name] = (origin_of(row),)
    return fields, origins


def _most_trusted(ordered: Sequence[RecordRow]) -> tuple[dict[str, Any], Origins]:
    names = list(dict.fromkeys(name for row in ordered for name in row if name not in _IDENTITY))
    fields: dict[str, Any] = dict.fromkeys(names)
    origins: Origins = {}
    said = SAID_BY_SHEET if ordered and is_own_sheet(ordered[0]["source_code"]) else frozenset()
    for name in names:
        if name in _LISTS:
            fields[name], found = _united(ordered[:1] if name in said else ordered, name)
            origins |= {name: found} if found else {}
            continue
        together = next((group for group in _TOGETHER if name in group), (name,))
        row = ordered[0] if name in said else _first_with(ordered, together)
        if row is not None and not is_missing(row.get(name)):
            fields[name], origins[name] = row[name], (origin_of(row),)
    return fields, origins


def _first_with(ordered: Sequence[RecordRow], together: Sequence[str]) -> RecordRow | None:
    """Return the most trusted row that has the first of the fields, or else any of them."""
    for names in (together[:1], together):
        for row in ordered:
            if any(not is_missing(row.get(name)) for name in names):
                return row
    return None


def _united(ordered: Sequence[RecordRow], name: str) -> tuple[list[Any], tuple[str, ...]]:
    """Return the items of all rows, each once, in the order of trust; telephones are told by their digits."""
    items: dict[Any, tuple[Any, str]] = {}
    for row in ordered:
        for item in row.get(name) or ():
            items.setdefault(_told_by(item, name), (item, origin_of(row)))
    return [item for item, _ in items.values()], tuple(origin for _, origin in items.values())


def _told_by(item: Any, name: str) -> str:
    """Return what makes two items one: of telephones the last digits, of other words all of them."""
    number = item["number"] if isinstance(item, Mapping) else str(item)
    digits = "".join(sign for sign in number if sign.isdigit()) if name.startswith("phone") else ""
    return digits[-_PHONE_DIGITS:] or number
