"""What an operator's own sheets say of a record that lists have too: field by field, the latest word of each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from data.store.own_sheets import WHOLE, fields_said, is_own_sheet, said_of

RecordRow = Mapping[str, Any]


def said_by(row: RecordRow) -> dict[str, str]:
    """Return which columns a row says and when: of a list none, of a sheet that tells nothing of it all (`WHOLE`)."""
    if not is_own_sheet(row["source_code"]):
        return {}
    text = row.get("said_fields")
    return said_of(None if text is None or pd.isna(text) else str(text))


def is_whole(row: RecordRow) -> bool:
    """Tell whether a row is of a sheet that speaks of the whole record."""
    return WHOLE in said_by(row)


def is_partial(row: RecordRow) -> bool:
    """Tell whether a row is of a sheet that says only some of its columns; what it has in others are words of lists."""
    said = said_by(row)
    return bool(said) and WHOLE not in said


def spoken_last(row: RecordRow) -> str:
    """Return the moment of the latest word of a sheet, empty where nobody knows."""
    return max(said_by(row).values(), default="")


def as_whole(rows: Sequence[RecordRow]) -> list[RecordRow]:
    """Return rows of which sheets alone speak any more: what they took from lists that are gone is theirs."""
    if not all(map(is_partial, rows)):
        return list(rows)
    return [{**row, "said_fields": f"{WHOLE} {spoken_last(row)}"} for row in rows]


def last_words(rows: Sequence[RecordRow]) -> dict[str, RecordRow]:
    """
    Return the row of each field that a sheet says of some columns alone, after what any sheet said of the whole.

    Of two sheets that say one field it is the one that was loaded later.
    """
    found: dict[str, tuple[str, RecordRow]] = {}
    whole = max((spoken_last(row) for row in rows if is_whole(row)), default="")
    for row in rows:
        if not is_partial(row):
            continue
        for name, moment in fields_said(said_by(row)).items():
            if moment >= max(whole, found.get(name, ("", row))[0]):
                found[name] = (moment, row)
    return {name: row for name, (_, row) in found.items()}


def days_said(rows: Sequence[RecordRow]) -> dict[str, date]:
    """Return the columns that sheets say of a record (`WHOLE` for all) with the day of the latest word of each."""
    latest: dict[str, str] = {}
    for row in rows:
        for column, moment in said_by(row).items():
            latest[column] = max(moment, latest.get(column, ""))
    return {column: date.fromisoformat(moment[:10]) for column, moment in latest.items() if moment}
