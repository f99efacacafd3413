"""
Corrections in force, and what records say by them: a source of their own, above every list.

A correction is told to the merging (`data.reading.merging`) as a row that says one field of its record and no other, as
an operator's own sheet does: of a correction and a sheet the later one holds.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
from shapely import Point
from sqlalchemy import Connection, func, select

from data.opening_hours import from_polish
from data.reading.own_words import last_words
from data.reading.record_handles import Record
from data.reading.service_queries import ONLY_WHERE_PUBLIC
from data.store.origins import is_evidence
from data.store.own_sheets import CORRECTIONS, fields_said, said_text
from data.store.query_frames import Row
from data.store.schema import Correction
from data.store.visibility import is_public

OF_FACILITY: Final = frozenset(
    {
        *("facility_name", "street_address", "phones", "website", "opening_hours_text"),
        *("languages", "wheelchair", "note"),
    }
)
OF_SERVICE: Final = frozenset(
    {
        *("status", "capacity_places", "intake_text", "eligibility_text", "fees_text"),
        *("minimum_age", "maximum_age"),
    }
)
CORRECTABLE: Final = (*sorted(OF_FACILITY), *sorted(OF_SERVICE))
"""
Names of `data.fields` that can be put right one by one.

Free places and queues are not among them: lists tell newer ones every month; and what keeps a place from sight is for
the command `protect` alone. An address is one with its town and its point.
"""
SAID_OF_PROTECTED: Final = frozenset(CORRECTABLE) - ONLY_WHERE_PUBLIC.keys() - {"facility_name"}
"""What can be put right of a place that is shown by its gmina: no text, which may tell where it is."""
_REVISION_DIGITS = 12


@dataclass(frozen=True)
class CorrectionInForce:
    """One correction that nobody undid; `support_form` is None where it is of the facility or of all its services."""

    number: int
    record: Record
    support_form: str | None
    field: str
    value: Any
    before: Any
    reason: str
    corrected_by: str
    corrected_at: datetime


def corrections_in_force(connection: Connection, day: date | None = None) -> list[CorrectionInForce]:
    """Return the corrections that hold now, or that were made by the end of a day, in the order in which they were."""
    query = (
        select(Correction)
        .where(Correction.undone_at.is_(None))
        .order_by(Correction.corrected_at, Correction.id)
    )
    rows = connection.execute(query).mappings()
    return [_in_force(row) for row in rows if day is None or row["corrected_at"].date() <= day]


def _in_force(row: Mapping[Any, Any]) -> CorrectionInForce:
    return CorrectionInForce(
        number=row["id"],
        record=(row["source_code"], row["record_key"]),
        support_form=row["support_form"],
        field=row["field"],
        value=row["value"],
        before=row["before"],
        reason=row["reason"],
        corrected_by=row["corrected_by"],
        corrected_at=row["corrected_at"],
    )


def corrections_revision(connection: Connection, day: date | None = None) -> str:
    """Return hex digits that change with every correction in force on a day; empty for none. Any page asks for it."""
    if not connection.execute(select(func.count()).select_from(Correction)).scalar_one():
        return ""
    lines = [f"{one.number} {one.corrected_at.isoformat()}" for one in corrections_in_force(connection, day)]
    whole = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return whole[:_REVISION_DIGITS] if lines else ""


def by_record(corrections: Iterable[CorrectionInForce]) -> dict[Record, list[CorrectionInForce]]:
    """Return corrections by the record that they are of."""
    found: dict[Record, list[CorrectionInForce]] = {}
    for one in corrections:
        found.setdefault(one.record, []).append(one)
    return found


def with_corrected(members: pd.DataFrame, records: Iterable[Record]) -> pd.DataFrame:
    """Return groups of records (`cluster`, `source_code`, `record_key`) with one for each other record of some."""
    known = set(members[["source_code", "record_key"]].itertuples(index=False, name=None))
    first = 0 if members.empty else int(members["cluster"].max()) + 1
    lone = [(first + number, *record) for number, record in enumerate(sorted(set(records) - known))]
    if not lone:
        return members
    own = pd.DataFrame(lone, columns=["cluster", "source_code", "record_key"])
    return own if members.empty else pd.concat([members, own], ignore_index=True)


def corrected_rows(
    rows: Sequence[Row], corrections: Mapping[Record, Sequence[CorrectionInForce]]
) -> list[Row]:
    """
    Return rows that say what was corrected of the records of one facility, to stand beside their own.

    Parameters
    ----------
    rows
        Those of the facility as they may be told: columns of `data.reading.service_queries.public_services`. What is
        masked of a protected place is not said by a correction either, whenever it was made.
    """
    return [
        said
        for record in dict.fromkeys((row["source_code"], row["record_key"]) for row in rows)
        for one in corrections.get(record, ())
        for said in _said(one, [row for row in rows if (row["source_code"], row["record_key"]) == record])
    ]


def _said(one: CorrectionInForce, rows: Sequence[Row]) -> Iterator[Row]:
    """Give the rows of a record as one correction says them, each correction a record of its own."""
    moment = one.corrected_at.isoformat()
    for row in rows:
        is_told = is_public(row["visibility"]) or one.field in SAID_OF_PROTECTED
        if not is_told or one.support_form not in {None, row["support_form"]}:
            continue
        values = _values(one, row)
        yield (
            row
            | values
            | {
                "source_code": CORRECTIONS,
                "record_key": f"{one.number}:{':'.join(one.record)}",
                "said_fields": said_text(dict.fromkeys(_columns(one.field), moment)),
            }
        )


def _columns(field: str) -> tuple[str, ...]:
    """Return what a correction says, as columns of a sheet: hours of the place are those of its services, too."""
    if field == "opening_hours_text":
        return (field, "service_opening_hours", "service_opening_hours_text")
    return (field,)


def _values(one: CorrectionInForce, row: Row) -> Row:
    """Return the columns of a row that a correction sets."""
    sets = _SETS.get(one.field)
    return sets(one.value, row) if sets is not None else {one.field: one.value}


def _phones(numbers: list[Row] | None, row: Row) -> Row:
    said = numbers or []
    if not is_public(row["visibility"]):
        # A word about a number may tell where it rings.
        said = [{name: one[name] for name in ("number", "extension") if name in one} for one in said]
    return {"phone_records": said}


def _hours(words: str | None, _row: Row) -> Row:
    own = {"service_opening_hours": None, "service_opening_hours_text": None}
    return {"opening_hours_text": words, "opening_hours": from_polish(words) if words else None} | own


def _status(status: str, row: Row) -> Row:
    is_in_use, is_doubtful = status == "active" and row["set_aside_by"] is None, is_evidence(row["origin"])
    return {
        "status": status,
        "is_counted": is_in_use and not is_doubtful,
        "is_unconfirmed": is_in_use and is_doubtful,
    }


def _places(places: int | None, _row: Row) -> Row:
    return {"capacity_places": places, "capacity_women": None, "capacity_men": None}


def _place(address: Mapping[str, Any], _row: Row) -> Row:
    """Return an address with its point: what is true only together; its gmina stays that of the record."""
    said = {name: address[name] for name in ("street_address", "postal_code", "locality_name")}
    point = Point(address["longitude"], address["latitude"])
    place = {name: address[name] for name in ("place_grade", "place_radius_m")}
    return said | place | {"geometry": point}


_SETS: Final[Mapping[str, Callable[[Any, Row], Row]]] = {
    "phones": _phones,
    "opening_hours_text": _hours,
    "street_address": _place,
    "languages": lambda codes, _row: {"languages": codes or []},
    "capacity_places": _places,
    "status": _status,
}
"""Fields that set more than the column of their name."""


def told_corrections(
    rows: Sequence[Row], of_service: Sequence[Row], corrections: Mapping[Record, Sequence[CorrectionInForce]]
) -> list[dict[str, Any]] | None:
    """
    Return what a card says of the corrections that hold: `field`, `on` (day), `reason`; None where there is none.

    Parameters
    ----------
    rows, of_service
        Rows of the facility and those of one of its services, corrections among them. A correction that a later sheet
        or correction took the place of is not told; of a protected place no reason is.
    """
    if not any(row["source_code"] == CORRECTIONS for row in rows):
        return None
    numbered = {one.number: one for of in corrections.values() for one in of}
    is_open = all(is_public(row["visibility"]) for row in rows)
    told = {}
    for field, of in [(field, rows) for field in OF_FACILITY] + [(field, of_service) for field in OF_SERVICE]:
        (shown, *_) = fields_said({field: ""})
        row = last_words(of).get(shown)
        if row is None or row["source_code"] != CORRECTIONS:
            continue
        one = numbered[int(row["record_key"].partition(":")[0])]
        if one.field == field:
            told[one.number] = {
                "field": field,
                "on": one.corrected_at.date(),
                "reason": one.reason if is_open else None,
            }
    return [told[number] for number in sorted(told)] or None
