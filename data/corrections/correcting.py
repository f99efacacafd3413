"""Putting one field of a record right, and taking that back; the register itself stays as it is."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from data.corrections.addresses import FindAddress, read_address
from data.corrections.errors import CorrectionError
from data.corrections.records import RecordInForce, record_in_force, record_named, safe_handle
from data.corrections.standing import said_by_record
from data.corrections.values import field_named, read_value
from data.duplicates.protected_doors import WITHHELD, without_protected
from data.personal_names import names_a_person
from data.reading.corrections import OF_FACILITY, SAID_OF_PROTECTED
from data.reading.record_handles import Record
from data.store.schema import Correction
from data.store.visibility import NOT_SHOWN, is_public

LONGEST_REASON: Final = 200


@dataclass(frozen=True)
class Corrected:
    """
    A correction that was written.

    `handle` names its record; `before` is what the field said, and may only be told where the place `is_open`.
    """

    number: int
    handle: str
    field: str
    before: Any
    value: Any
    is_open: bool


def correct(
    connection: Connection,
    named: Record,
    field: str,
    text: str,
    *,
    reason: str,
    by: str,
    form: str | None = None,
    suggestion_id: int | None = None,
    find: FindAddress | None = None,
) -> Corrected:
    """
    Write that a field of a record is so, from now on, whatever its register says.

    Parameters
    ----------
    named
        The record as `data.corrections.records.record_named` reads it.
    field, text
        A name of `data.reading.corrections.CORRECTABLE`, or what people call it; and its value as a cell would have it,
        empty where what lists say is wrong and nothing better is known.
    reason
        Why; it is shown on the page of the place, so it may name nobody and no protected address.
    by
        Who says so; kept, and shown on no page.
    form
        The form of support whose service is meant, where the record has several.
    find
        As `data.corrections.addresses.addresses_at_hand` returns; without it no address can be corrected.

    Raises
    ------
    CorrectionError
        If there is no such record, field, service or value, if the place is not shown or the field is masked there, or
        if the record says so already. Nothing was changed.
    """
    record = record_named(connection, named)
    name = field_named(field)
    known = record_in_force(connection, record)
    if known is None:
        raise CorrectionError("expected a record in force, found one that ended meanwhile; try again")
    handle = safe_handle(connection, record)
    _require_shown(known, name, handle)
    _require_form(known, name, form)
    value = read_address(text, known, find) if name == "street_address" else read_value(name, text)
    told = _reason(reason)
    require_open_words(connection, name, text, told)
    before = said_by_record(known, name, form)
    if before == value:
        raise CorrectionError(
            f"{name}: expected another value than the record has, found {text!r}, which {handle} says already. Nothing "
            "was changed.",
            field=name,
        )
    row = {
        "source_code": record[0],
        "record_key": record[1],
        "support_form": form,
        "field": name,
        "value": value,
        "before": before,
        "reason": told,
        "corrected_by": " ".join(by.split()),
        "corrected_at": _now(),
        "suggestion_id": suggestion_id,
    }
    number = connection.execute(insert(Correction).values(row).returning(Correction.id)).scalar_one()
    return Corrected(number, handle, name, before, value, is_open=is_public(known.visibility))


def undo_correction(connection: Connection, number: int, *, reason: str, by: str) -> str:
    """
    Take a correction back, so that lists speak again; return the field and the handle of its record.

    Raises
    ------
    CorrectionError
        If there is none of that number in force.
    """
    query = select(Correction).where(Correction.id == number, Correction.undone_at.is_(None))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise CorrectionError(
            f"expected the number of a correction in force, found {number}; `python -m data correct` lists them. "
            "Nothing was changed.",
            number=number,
        )
    values = {"undone_at": _now(), "undone_by": " ".join(by.split()), "undo_reason": reason}
    connection.execute(update(Correction).where(Correction.id == number).values(values))
    return f"{row['field']} of {safe_handle(connection, (row['source_code'], row['record_key']))}"


def _require_shown(known: RecordInForce, field: str, handle: str) -> None:
    """Refuse what no page would show: a correction opens nothing that is kept from sight."""
    if known.visibility in NOT_SHOWN:
        raise CorrectionError(
            f"{field}: expected a place that is shown, found {handle}, which is kept from sight; correct its register. "
            "Nothing was changed.",
            field=field,
        )
    if not is_public(known.visibility) and field not in SAID_OF_PROTECTED:
        raise CorrectionError(
            f"{field}: expected a field that a protected place shows ({', '.join(sorted(SAID_OF_PROTECTED))}), found "
            f"one that {handle} does not show, because words may tell where it is; correct its register. Nothing was "
            "changed.",
            field=field,
        )


def _require_form(known: RecordInForce, field: str, form: str | None) -> None:
    """Refuse a form that the record does not have, and a value of which nobody can say whose it is."""
    forms = list(dict.fromkeys(service["support_form"] for service in known.services))
    if form is not None and (field in OF_FACILITY or form not in forms):
        expected = (
            "no --form with a field of the whole place"
            if field in OF_FACILITY
            else f"one of {', '.join(forms)}"
        )
        raise CorrectionError(
            f"{field}: expected {expected}, found --form {form}. Nothing was changed.", field=field
        )
    of_form = [service for service in known.services if form in {None, service["support_form"]}]
    if field in OF_FACILITY or field == "status" or len(of_form) == 1:
        return
    advice = (
        f"say which by --form ({', '.join(forms)})"
        if form is None and len(forms) > 1
        else ("it has several profiles, so use a sheet (`python -m data template`)")
    )
    raise CorrectionError(
        f"{field}: expected a record with one service, found {len(of_form)}; {advice}. Nothing was changed.",
        field=field,
    )


def _reason(text: str) -> str:
    words = " ".join(text.split())
    if len(words) > LONGEST_REASON or names_a_person(words):
        raise CorrectionError(
            f"--reason: expected at most {LONGEST_REASON} letters that name no private person and no e-mail address, "
            f"because the page of the place shows them, found {words[:80]!r}; say it otherwise. Nothing was changed.",
            field="reason",
        )
    return words


def require_open_words(connection: Connection, field: str, *texts: str) -> None:
    """Refuse words with the street and number of a protected place, wherever it stands; they are not repeated."""
    if WITHHELD in without_protected(connection, texts):
        raise CorrectionError(
            f"{field}: expected words that any page may show, found the address of a protected place among them; leave "
            "it out. Nothing was changed.",
            field=field,
        )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
