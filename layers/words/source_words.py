"""What a record and a source are, in words: the day, whose it is, and the licence."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from data.store.origins import is_evidence
from data.store.plain_text import plain_text
from layers.text import Texts


def day_words(record: Mapping[str, Any], texts: Texts) -> str:
    """
    Return what day a record is of: of a check, of its register or list, or of an election.

    Parameters
    ----------
    record
        `origin`, `verified_on`, `dated_on`, `dated_precision`; days may be missing.
    """
    day, origin = record.get("dated_on"), record.get("origin")
    if is_evidence(origin):
        return _evidence_words(str(origin), None if pd.isna(day) else day, texts)
    if pd.isna(day):
        return texts.t("origin.undated")
    if not pd.isna(record.get("verified_on")):
        key = "origin.checked"
    else:
        key = "origin.register" if origin == "register" else "origin.list"
    return texts.t(key, date=texts.date(day, precision=record.get("dated_precision")))


def _evidence_words(origin: str, day: date | None, texts: Texts) -> str:
    return (
        texts.t(f"origin.{origin}_undated")
        if day is None
        else texts.t(f"origin.{origin}", year=str(day.year))
    )


def unnamed_source(code: str, texts: Texts) -> str:
    """Return what a list is called that no catalogue names any more: that it is one, and the code that tells it."""
    return texts.t("origin.unnamed", code=plain_text(code))


def capital(words: str) -> str:
    """Return words as they begin a line."""
    return words[:1].upper() + words[1:]


_IN_WORDS: Final = {
    "informacja publiczna (licencji nie podano)": "licence.public",
    "zestawienie faktów z publicznych źródeł; adres źródła przy każdym wierszu": "licence.compiled",
}


def licence_words(licence: str | None, texts: Texts) -> str:
    """Return the licence of a source for people; names of licences stay as they are, and none stays empty."""
    key = _IN_WORDS.get(licence or "")
    return texts.t(key) if key else licence or ""
