"""Whom a place is looked for, in plain words: what of a list a line of words asks for, beside the need."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from data.vocabulary import FOLDER
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.lines import Line, read_lines
from data.vocabulary.needs import needs

_OF_LANGUAGES: Final = tuple(f"words_{language}" for language in LANGUAGES)
_WHOM: Final = ("code", "needs", *_OF_LANGUAGES)
_GIVING: Final = ("needs", *_OF_LANGUAGES)


@dataclass(frozen=True)
class WhomWords:
    """
    Words that ask for one kind of places.

    Attributes
    ----------
    code
        Of the filter that they choose.
    needs
        Codes of needs that may help those people, too.
    words
        Phrases of all languages; `*` at the end of a word stands for any ending.
    """

    code: str
    needs: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class GivingWords:
    """Words by which a line gives away what `needs` (codes) are about, and does not look for it."""

    needs: tuple[str, ...]
    words: tuple[str, ...]


@cache
def whom_words(folder: Path = FOLDER) -> tuple[WhomWords, ...]:
    """
    Return for whom a place may be looked for, in the order of the file.

    Raises
    ------
    VocabularyError
        If a line names a need that the vocabulary has not, or has no words.
    """
    lines = read_lines(folder, "whom_words", _WHOM)
    return tuple(WhomWords(line.word("code"), _needs(line, folder), _words(line)) for line in lines)


@cache
def giving_words(folder: Path = FOLDER) -> tuple[GivingWords, ...]:
    """
    Return the words of giving, with what they are about.

    Raises
    ------
    VocabularyError
        If a line names a need that the vocabulary has not, or has no words.
    """
    lines = read_lines(folder, "giving_words", _GIVING)
    return tuple(GivingWords(_needs(line, folder), _words(line)) for line in lines)


def _needs(line: Line, folder: Path) -> tuple[str, ...]:
    return line.several_of("needs", needs(folder), can_be_none=True)


def _words(line: Line) -> tuple[str, ...]:
    words = tuple(word for column in _OF_LANGUAGES for word in line.several(column))
    if not words:
        raise line.error(_OF_LANGUAGES[0], "words in at least one language")
    return words
