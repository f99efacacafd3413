"""The day of a record in words: whose it is decides what may be said of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from data.store.origins import is_evidence
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


def capital(words: str) -> str:
    """Return words as they begin a line."""
    return words[:1].upper() + words[1:]
