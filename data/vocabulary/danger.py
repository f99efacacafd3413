"""Signs of danger in plain words: which words, said together, mean that somebody may be hurt or die."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from data.vocabulary import FOLDER
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.lines import Line, by_code, read_lines
from data.vocabulary.needs import needs

_WORDS: Final = ("code", *(f"words_{language}" for language in LANGUAGES))
_SIGNS: Final = ("need", "words", "unless", "before", "within", "is_sure", "example")


@dataclass(frozen=True)
class DangerSign:
    """
    Words that mean danger when they are said together.

    Attributes
    ----------
    need
        Code of the need that is meant.
    words
        Codes of `danger_words`: one word of each has to be there, all of one language, in any order.
    unless
        Codes of `danger_words` of which no word may be there: "boję się o męża" is no fear of him.
    before
        Codes of `danger_words` of which no word may stand close before a sign: "ten upał mnie zabije".
    within
        From the first of the words to the last are at most so many words; None for any number.
    is_sure
        Whether the need is meant; else it is offered, and 112 is told all the same.
    example
        A line with the sign.
    """

    need: str
    words: tuple[str, ...]
    unless: tuple[str, ...]
    before: tuple[str, ...]
    within: int | None
    is_sure: bool
    example: str


@cache
def danger_words(folder: Path = FOLDER) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """
    Return the words of each code by language, as written; `*` at the end stands for any ending.

    Raises
    ------
    VocabularyError
        If a code has no word at all, or one twice.
    """
    return by_code(read_lines(folder, "danger_words", _WORDS), _words)


@cache
def danger_signs(folder: Path = FOLDER) -> tuple[DangerSign, ...]:
    """
    Return the signs in the order of the file: the first one found tells the need.

    Raises
    ------
    VocabularyError
        If a line names a need or words that the vocabulary has not.
    """
    return tuple(_sign(line, folder) for line in read_lines(folder, "danger_signs", _SIGNS))


def _words(line: Line) -> Mapping[str, tuple[str, ...]]:
    of_language = {language: line.several(f"words_{language}") for language in LANGUAGES}
    if not any(of_language.values()):
        raise line.error("words_pl", "words in at least one language")
    return MappingProxyType(of_language)


def _sign(line: Line, folder: Path) -> DangerSign:
    known = danger_words(folder)
    within = line.text("within")
    if within and not within.isdecimal():
        raise line.error("within", "a number of words, or nothing")
    return DangerSign(
        need=line.one_of("need", needs(folder)),
        words=line.several_of("words", known),
        unless=line.several_of("unless", known, can_be_none=True),
        before=line.several_of("before", known, can_be_none=True),
        within=int(within) if within else None,
        is_sure=line.yes("is_sure"),
        example=line.word("example"),
    )
