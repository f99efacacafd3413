"""How corrections stand to what the registers say by now: whether one is needed any more."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection

from data.corrections.records import RecordInForce, record_in_force, safe_handle
from data.fields import FIELDS
from data.reading.corrections import OF_FACILITY, CorrectionInForce, corrections_in_force
from data.store.names import fold

Standing = Literal["needed", "caught_up", "moved_on", "gone", "overtaken"]
_COLUMNS: Final = {field.name: field.column for field in FIELDS}
_PHONE_DIGITS: Final = 9
SAID: Final = {
    "needed": "the register still says otherwise",
    "caught_up": "the register says the same by now: it can be dropped",
    "moved_on": "the register says something new: look which is right",
    "gone": "the record is no longer in force: it changes nothing",
    "overtaken": "a later correction of the same field holds",
}


@dataclass(frozen=True)
class StandingCorrection:
    """A correction in force, how its record is named outside, and how it stands to what the record says now."""

    correction: CorrectionInForce
    handle: str
    standing: Standing


def standing_corrections(connection: Connection) -> list[StandingCorrection]:
    """Return every correction in force with its standing, the oldest first."""
    found = corrections_in_force(connection)
    latest = {(one.record, one.support_form, one.field): one.number for one in found}
    return [
        StandingCorrection(
            one,
            safe_handle(connection, one.record),
            _standing(one, record_in_force(connection, one.record))
            if latest[one.record, one.support_form, one.field] == one.number
            else "overtaken",
        )
        for one in found
    ]


def caught_up_lines(connection: Connection) -> Iterator[str]:
    """Say which corrections a load made needless or doubtful; none of their values, which may be protected by now."""
    for one in standing_corrections(connection):
        if one.standing != "needed":
            number = one.correction.number
            yield (
                f"correction {number}: {one.correction.field} of {one.handle}: {SAID[one.standing]} "
                f'(`python -m data correct --undo {number} --reason "…"`)'
            )


def said_by_record(known: RecordInForce, field: str, form: str | None) -> Any:
    """Return what a record says of a field, of one form or all; None where its services do not agree."""
    column = _COLUMNS[field]
    if field in OF_FACILITY:
        return known.facility[column]
    said = [service[column] for service in known.services if form in {None, service["support_form"]}]
    return said[0] if said and all(value == said[0] for value in said) else None


def _standing(one: CorrectionInForce, known: RecordInForce | None) -> Standing:
    if known is None:
        return "gone"
    said = _comparable(one.field, said_by_record(known, one.field, one.support_form))
    if said == _comparable(one.field, one.value):
        return "caught_up"
    return "needed" if said == _comparable(one.field, one.before) else "moved_on"


def _comparable(field: str, value: Any) -> Any:
    """Return a value as it is compared: telephones by their digits, texts by their words."""
    if field == "phones":
        numbers = ("".join(filter(str.isdigit, str(one["number"]))) for one in value or [])
        return sorted(number[-_PHONE_DIGITS:] for number in numbers)
    if isinstance(value, dict):  # an address with its place
        return fold(value["street_address"])
    if isinstance(value, list):
        return sorted(map(str, value))
    return fold(value) if isinstance(value, str) else value
