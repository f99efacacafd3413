"""
What readers tell of places: kept without anything that names a person, and decided by somebody.

Whatever comes in goes through `take_suggestion`, which hides before it writes; nothing here is shown on a page of a
place before it was accepted, and then as a correction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select, update

from data.corrections.addresses import FindAddress
from data.corrections.correcting import Corrected, correct, require_open_words
from data.corrections.errors import FloodError, HourFloodError, SuggestionError
from data.corrections.hidden_words import without_person, without_personal_data
from data.corrections.records import record_in_force, safe_handle
from data.corrections.versions import (
    MOST_VERSIONS,
    close_replaced,
    newest_version,
    receipt_of_version,
    says_the_same,
)
from data.corrections.withheld import ProtectedStreets
from data.personal_names import names_a_person
from data.reading.record_handles import Record
from data.sources.registers.phone_text import part_phones
from data.store.schema import Correction, Suggestion
from data.store.visibility import NOT_SHOWN, is_public

MOST_AN_HOUR: Final = 120
MOST_A_DAY: Final = 600
MOST_OF_PLACE_A_DAY: Final = 10
"""Floods end here, whoever sends them; a person reads no more than this anyway."""
LONGEST_WORDS: Final = 1000
LONGEST_PROPOSAL: Final = 200
_FIELDS: Final = {"phone": "phones", "hours": "opening_hours_text", "address": "street_address"}
UNDONE: Final = "undone"
"""What a sender reads of a suggestion that was accepted, once its correction was taken back."""
_CLOSED: Final = ("status", "closed")


@dataclass(frozen=True)
class Told:
    """
    What a reader told, as it was typed.

    `record` is that of an `outdated` place; `topic` one of `data.store.schema.SUGGESTION_TOPICS`. `receipt` tells this
    form from every other one, and its sender finds the answer by it.
    """

    receipt: str
    lang: str
    kind: str
    record: Record | None = None
    gmina_code: str | None = None
    topic: str | None = None
    proposal: str = ""
    words: str = ""


@dataclass(frozen=True)
class Receipt:
    """What a sender may read of the own suggestion: its day, its state and the answer."""

    received_at: datetime
    state: str
    answer: str | None


def take_suggestion(connection: Connection, told: Told, *, now: datetime, replaced: str = "") -> str:
    """
    Keep what a reader told, without what may tell of a person; return the receipt that it is found by.

    The same form with the same content is one suggestion; with other content it is a newer version, kept as one of its
    own, and the one before is closed. Of a place that is shown by its gmina only telephones are kept: words may tell
    where it is.

    Parameters
    ----------
    now
        UTC, without a zone.
    replaced
        What the sender reads of a version that a newer one replaces.

    Raises
    ------
    FloodError
        If too much came in a while, of one form, of one place or of all.
    """
    row = _row_of(connection, told, now)
    number, newest = newest_version(connection, told.receipt)
    if newest is not None and says_the_same(newest, row):
        return str(newest["receipt"])
    if number >= MOST_VERSIONS:
        raise FloodError("expected fewer versions of one report, found as many as are taken; open a new form")
    _require_room(connection, told.record, now)
    row["receipt"] = receipt_of_version(told.receipt, number + 1)
    connection.execute(insert(Suggestion).values(row))
    if newest is not None:
        close_replaced(connection, newest, row, replaced)
    return str(row["receipt"])


def _row_of(connection: Connection, told: Told, now: datetime) -> dict[str, Any]:
    proposal, words = _kept(told, is_open=told.record is None or _is_open(connection, told.record))
    source, key = told.record or (None, None)
    return {
        "receipt": told.receipt,
        "received_at": now,
        "lang": told.lang,
        "kind": told.kind,
        "source_code": source,
        "record_key": key,
        "gmina_code": told.gmina_code,
        "topic": told.topic,
        "proposal": proposal or None,
        "words": words or None,
        "state": "open",
    }


def receipt_of(connection: Connection, receipt: str) -> Receipt | None:
    """Return what became of a suggestion; None for a receipt that nobody has."""
    query = select(Suggestion.id, Suggestion.received_at, Suggestion.state, Suggestion.answer).where(
        Suggestion.receipt == receipt
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    is_taken_back = row.state == "accepted" and _is_taken_back(connection, row.id)
    return Receipt(row.received_at, UNDONE if is_taken_back else row.state, row.answer)


def _is_taken_back(connection: Connection, number: int) -> bool:
    """Tell whether every correction that a suggestion led to was undone."""
    made = select(Correction.undone_at).where(Correction.suggestion_id == number)
    undone = connection.execute(made).scalars().all()
    return bool(undone) and all(at is not None for at in undone)


def suggestions(connection: Connection, *, is_all: bool = False) -> list[dict[str, Any]]:
    """
    Return suggestions as they may be told, oldest first; without `is_all` only those that nobody decided.

    Columns of `data.store.schema.Suggestion`, with `handle` in place of the record (None without one). Words and
    proposals of a place that is protected by now, and those that hold the address of one, are withheld.
    """
    query = select(Suggestion).order_by(Suggestion.id)
    if not is_all:
        query = query.where(Suggestion.state == "open")
    streets = ProtectedStreets(connection)
    return [_tellable(connection, row, streets) for row in connection.execute(query).mappings()]


def suggestion(connection: Connection, number: int) -> dict[str, Any]:
    """
    Return one suggestion as `suggestions` does.

    Raises
    ------
    SuggestionError
        If there is none of that number.
    """
    return _tellable(connection, _row(connection, number), ProtectedStreets(connection))


def decide(connection: Connection, number: int, *, state: str, answer: str, by: str) -> None:
    """
    Answer or close a suggestion; its sender reads the answer.

    Raises
    ------
    SuggestionError, CorrectionError
        If there is none of that number, or the answer names a private person or tells a protected address.
    """
    _row(connection, number)
    words = " ".join(answer.split())
    if names_a_person(words):
        raise SuggestionError(
            f"expected an answer that names no private person and no e-mail address, found {words[:80]!r}; leave them "
            "out. Nothing was changed."
        )
    require_open_words(connection, "answer", words)
    _set(connection, number, state=state, answer=words, by=by)


def accept(
    connection: Connection,
    number: int,
    *,
    by: str,
    reason: str | None = None,
    field: str | None = None,
    value: str | None = None,
    form: str | None = None,
    find: FindAddress | None = None,
) -> Corrected:
    """
    Make a correction of what a reader proposed, or of another field and value that the suggestion led to.

    Raises
    ------
    SuggestionError, CorrectionError
        If there is nothing to correct by, or the value cannot be; nothing was changed.
    """
    row = _row(connection, number)
    if row["state"] == "accepted":
        raise SuggestionError(
            f"expected a suggestion that nobody accepted, found {number}, which is. Nothing was changed."
        )
    if row["record_key"] is None:
        raise SuggestionError(
            f"expected a suggestion of a place, found {number}, which is of one that no list has; add it to a sheet "
            "(`python -m data template FORM --area CODE OUT.xlsx`) and answer it. Nothing was changed.",
            number=number,
        )
    meant, proposed = _proposed(row)
    name, text = field or meant, proposed if value is None else value
    if name is None or text is None:
        raise SuggestionError(
            f"expected a field and a value, found none in suggestion {number}; say them by --field and --value. "
            "Nothing was changed.",
            number=number,
        )
    done = correct(
        connection,
        (row["source_code"], row["record_key"]),
        name,
        text,
        reason=reason or f"zgłoszenie nr {number}",
        by=by,
        form=form,
        suggestion_id=number,
        find=find,
    )
    _set(connection, number, state="accepted", answer=None, by=by)
    return done


def _proposed(row: Mapping[Any, Any]) -> tuple[str | None, str | None]:
    """Return field and value that a suggestion means by itself."""
    if row["topic"] == "closed":
        return _CLOSED
    return _FIELDS.get(row["topic"]), row["proposal"]


def _require_room(connection: Connection, record: Record | None, now: datetime) -> None:
    def since(hours: int, *conditions: Any) -> int:
        query = select(func.count()).select_from(Suggestion)
        query = query.where(Suggestion.received_at > now - timedelta(hours=hours), *conditions)
        return int(connection.execute(query).scalar_one())

    is_full = since(24) >= MOST_A_DAY
    if record is not None and not is_full:
        of_place = (Suggestion.source_code == record[0], Suggestion.record_key == record[1])
        is_full = since(24, *of_place) >= MOST_OF_PLACE_A_DAY
    if is_full:
        raise FloodError(
            "expected fewer suggestions in a while, found as many as are taken; try again tomorrow"
        )
    if since(1) >= MOST_AN_HOUR:
        raise HourFloodError(
            "expected fewer suggestions in an hour, found as many as are taken; try again in an hour"
        )


def _is_open(connection: Connection, record: Record) -> bool:
    known = record_in_force(connection, record)
    return known is not None and is_public(known.visibility)


def _kept(told: Told, *, is_open: bool) -> tuple[str, str]:
    """Return what is kept of a proposal (what its topic has; of a missing place a number) and of words (no person)."""
    proposal, words = told.proposal.strip()[:LONGEST_PROPOSAL], told.words.strip()[:LONGEST_WORDS]
    if told.topic == "phone" or told.kind == "missing":
        # Whole numbers alone: whose they are stands on the page, and other digits may be of an address.
        proposal = ", ".join(whole_numbers(proposal))
    elif not is_open:
        proposal = ""
    elif told.topic in {"hours", "address"}:
        proposal = without_person(proposal, is_street=told.topic == "address")
    else:
        words, proposal = "\n".join(filter(None, (proposal, words))), ""
    return proposal, without_personal_data(words) if is_open else ""


def whole_numbers(text: str) -> list[str]:
    """Return the telephones of a text that have as many digits as one has; no words about them."""
    found = part_phones(text)
    numbers = (number.partition(" (")[0] for number in found.numbers)
    return [number for number in numbers if not number.startswith(found.doubtful)]


def _tellable(connection: Connection, row: Mapping[Any, Any], streets: ProtectedStreets) -> dict[str, Any]:
    told = {
        name: value for name, value in row.items() if name not in {"source_code", "record_key", "receipt"}
    }
    told["handle"] = None
    withheld = ("words", "proposal")
    if row["record_key"] is not None:
        record = (row["source_code"], row["record_key"])
        told["handle"] = safe_handle(connection, record)
        known = record_in_force(connection, record)
        if known is None or not is_public(known.visibility):
            is_number = known is not None and known.visibility not in NOT_SHOWN and row["topic"] == "phone"
            told |= dict.fromkeys(withheld[: 1 if is_number else 2])
    return told | {name: streets.tellable(told[name], told["gmina_code"]) for name in withheld}


def _row(connection: Connection, number: int) -> Mapping[Any, Any]:
    row = connection.execute(select(Suggestion).where(Suggestion.id == number)).mappings().first()
    if row is None:
        raise SuggestionError(
            f"expected the number of a suggestion, found {number}; `python -m data suggestions --all` lists them. "
            "Nothing was changed.",
            number=number,
        )
    return row


def _set(connection: Connection, number: int, *, state: str, answer: str | None, by: str) -> None:
    decided = {
        "state": state,
        "answer": answer,
        "decided_by": " ".join(by.split()),
        "decided_at": datetime.now(UTC).replace(tzinfo=None),
    }
    connection.execute(update(Suggestion).where(Suggestion.id == number).values(decided))
