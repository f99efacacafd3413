"""Telephones that anybody in Poland may call, whatever the registry holds: whose, when, and from where we know it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

from data.vocabulary import FOLDER, need_groups
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.lines import Line, read_lines
from data.vocabulary.needs import needs

_COLUMNS: Final = (
    "number",
    "need_groups",
    "needs",
    "hours",
    *(f"name_{language}" for language in LANGUAGES),
    "source_url",
    "as_of",
)
_NUMBER: Final = re.compile(r"[0-9]{2,3}(?: [0-9]{2,3})*")
_DAY: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
EMERGENCY: Final = "112"


@dataclass(frozen=True)
class Helpline:
    """
    A telephone.

    Attributes
    ----------
    number
        As people read it out: `116 123`.
    need_groups
        Whom it is for, `all` for everybody; none where it is for people whom no page of a group is about.
    needs
        Codes of needs that it answers by itself: there it stands first.
    hours
        As OpenStreetMap writes them.
    name
        By language: what it is for.
    as_of, precision
        The day of the source, known to a `day`, `month` or `year` (its first day then).
    """

    number: str
    need_groups: tuple[str, ...]
    needs: tuple[str, ...]
    hours: str
    name: Mapping[str, str]
    source_url: str
    as_of: date
    precision: Literal["day", "month", "year"]


@cache
def helplines(folder: Path = FOLDER) -> tuple[Helpline, ...]:
    """
    Return the telephones in the order of the file, 112 first.

    Raises
    ------
    VocabularyError
        If a line names no number, day or source, or a group or need that the vocabulary has not.
    """
    found = tuple(_helpline(line, folder) for line in read_lines(folder, "helplines", _COLUMNS))
    return tuple(sorted(found, key=lambda one: one.number != EMERGENCY))


def helplines_for(group: str, need: str = "") -> tuple[Helpline, ...]:
    """Return the telephones that fit a group or a need: those that answer the need by themselves first."""
    whom = {"all", group, *([needs()[need].need_group] if need else [])}
    fitting = [one for one in helplines() if need in one.needs or whom & set(one.need_groups)]
    return tuple(sorted(fitting, key=lambda one: need not in one.needs))


def _helpline(line: Line, folder: Path) -> Helpline:
    if not _NUMBER.fullmatch(line.text("number")):
        raise line.error("number", "digits in groups of two or three")
    if not line.text("source_url").startswith("https://"):
        raise line.error("source_url", "the address of the page that says so")
    day = _DAY.fullmatch(line.text("as_of"))
    if day is None:
        raise line.error("as_of", "a day, a month or a year, such as 2025-11")
    year, month, of_month = (int(part) if part else 0 for part in day.groups())
    return Helpline(
        number=line.text("number"),
        need_groups=line.several_of("need_groups", need_groups(folder), can_be_none=True),
        needs=line.several_of("needs", needs(folder), can_be_none=True),
        hours=line.word("hours"),
        name=line.names(),
        source_url=line.text("source_url"),
        as_of=date(year, month or 1, of_month or 1),
        precision="day" if of_month else "month" if month else "year",
    )
