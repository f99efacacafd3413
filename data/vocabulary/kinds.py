"""
The kind of support of each form, by where and for how long it helps: at home, by day, housing, day and night.

Not what a lawyer calls community or institutional (`di_class`, a proposal): places of a club are not set against beds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from data.vocabulary import FOLDER, support_forms
from data.vocabulary.lines import by_code, read_lines

SUPPORT_KINDS: Final = ("home", "day", "housing", "round_the_clock", "short_stay")
"""In the order of showing: from help at home to a stay day and night, and stays for a time apart."""
NO_KIND: Final = ""
"""Of offices, meals, advice, work and things to borrow: they are no places of any kind."""
STAYS: Final = ("round_the_clock", "short_stay")
"""Kinds whose people live there, so that a gmina also pays for those of its residents who live elsewhere."""


@dataclass(frozen=True)
class SupportKind:
    """The kind of a form; `is_sure` is False where a part of its places is of another kind, `note` says which."""

    kind: str
    is_sure: bool
    note: str


@cache
def support_kinds(folder: Path = FOLDER) -> Mapping[str, SupportKind]:
    """
    Return the kind of every form of support by its code.

    Raises
    ------
    VocabularyError
        If a line is not as docs/vocabulary.md says, names no form or names one twice.
    """
    lines = read_lines(folder, "support_kinds", ("code", "kind", "is_sure", "note"))
    for line in lines:
        line.one_of("code", support_forms(folder))
    return by_code(
        lines,
        lambda line: SupportKind(
            line.one_of("kind", (*SUPPORT_KINDS, NO_KIND)), line.yes("is_sure"), line.text("note")
        ),
    )


def kind_of(form: str) -> SupportKind:
    """Return the kind of a form; a form that the list does not name is of no kind."""
    return support_kinds().get(form, SupportKind(NO_KIND, is_sure=True, note=""))
