"""The programmes that forms of support were founded in, and what followed those that have ended."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.vocabulary import FOLDER, support_forms
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.lines import by_code, read_lines

_NAMES = tuple(f"{column}_{language}" for column in ("name", "successor") for language in LANGUAGES)


@dataclass(frozen=True)
class Programme:
    """
    A programme with its first and last day, and its successor; the form itself may go on after both.

    Names are by language, as the names of the forms have them.
    """

    name: Mapping[str, str]
    valid_from: dt.date
    valid_to: dt.date
    successor: Mapping[str, str]
    successor_from: dt.date
    successor_to: dt.date
    authority: str


@cache
def programmes(folder: Path = FOLDER) -> Mapping[str, Programme]:
    """
    Return the ended programme of each form that was founded in one, by the code of the form.

    Raises
    ------
    VocabularyError
        If a line names no form, lacks a name or a day, or ends before it begins.
    """
    columns = ("valid_from", "valid_to", "successor_from", "successor_to")
    lines = read_lines(folder, "programmes", ("code", *_NAMES, "authority", *columns))
    for line in lines:
        line.one_of("code", support_forms(folder))
        for column in columns:
            if line.day(column) is None:
                raise line.error(column, "a date such as 2026-01-31")
        days = [line.day(column) for column in columns]
        if days != sorted(days, key=str):
            raise line.error("valid_to", "days in order: a programme ends before its successor begins")
    return by_code(
        lines,
        lambda line: Programme(
            line.words("name"),
            dt.date.fromisoformat(line.text("valid_from")),
            dt.date.fromisoformat(line.text("valid_to")),
            line.words("successor"),
            dt.date.fromisoformat(line.text("successor_from")),
            dt.date.fromisoformat(line.text("successor_to")),
            line.word("authority"),
        ),
    )
