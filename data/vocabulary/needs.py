"""Needs in the words of people: what is typed into the search, and the forms of support that it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from data.vocabulary import FOLDER, need_groups, support_forms
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.lines import Line, by_code, read_lines

_COLUMNS: Final = (
    "code",
    "form_codes",
    "need_group",
    "is_danger",
    *(f"words_{language}" for language in LANGUAGES),
    "note",
)


@dataclass(frozen=True)
class Need:
    """
    What somebody needs.

    Attributes
    ----------
    forms
        Codes of forms that help, the one that helps first in front; needs without a form of their own have the
        office that knows (`INS-OPS`, `INS-PCPR`).
    need_group
        Whom it is most often about.
    is_danger
        Whether a life may be in danger: who reads of it is told of 112 first.
    phrases
        By language, as people type it; the first is its name.
    """

    code: str
    forms: tuple[str, ...]
    need_group: str
    is_danger: bool
    phrases: Mapping[str, tuple[str, ...]]
    note: str

    def name(self, language: str) -> str:
        """Return what the need is called in a language."""
        return self.phrases[language][0]


@cache
def needs(folder: Path = FOLDER) -> Mapping[str, Need]:
    """
    Return the needs by code, in the order of the file.

    Raises
    ------
    VocabularyError
        If a line names a form or a group that the vocabulary has not, or lacks the words of a language.
    """
    return by_code(read_lines(folder, "needs", _COLUMNS), lambda line: _need(line, folder))


def _need(line: Line, folder: Path) -> Need:
    return Need(
        code=line.text("code"),
        forms=line.several_of("form_codes", support_forms(folder)),
        need_group=line.one_of("need_group", need_groups(folder)),
        is_danger=line.yes("is_danger"),
        phrases=MappingProxyType({language: _phrases(line, f"words_{language}") for language in LANGUAGES}),
        note=line.text("note"),
    )


def _phrases(line: Line, column: str) -> tuple[str, ...]:
    phrases = tuple(phrase.strip() for phrase in line.word(column).split(";"))
    if not all(phrases) or len(set(phrases)) < len(phrases):
        raise line.error(column, "phrases parted by semicolons, each once")
    return phrases
