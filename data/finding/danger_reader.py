"""Danger in a line: words that, said together, mean that somebody may be hurt or die, whatever stands beside them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from data.finding.typed import Typed
from data.finding.word_lists import WordLists
from data.vocabulary.danger import DangerSign
from data.vocabulary.needs import Need

_NEAR: Final = 2
"""So many words after a sign that has to stand close together, or before one, may still turn it into something else."""


@dataclass(frozen=True)
class DangerRead:
    """The need that danger means, None for no danger; `read` are the numbers of the words that tell of it."""

    need: Need | None = None
    is_sure: bool = False
    read: frozenset[int] = frozenset()


class DangerReader:
    """
    Looks for signs of danger.

    Parameters
    ----------
    words
        Code → language → words (`data.vocabulary.danger.danger_words`).
    signs
        What means danger, the first one found tells the need.
    needs
        By code.
    is_word
        Whether a word is another one, spelt right: "przenocować" is no "przemoc" with a sign wrong.
    """

    def __init__(
        self,
        words: Mapping[str, Mapping[str, Sequence[str]]],
        signs: Iterable[DangerSign],
        needs: Mapping[str, Need],
        *,
        is_word: Callable[[str], bool] = lambda _key: False,
    ) -> None:
        self._signs, self._needs = tuple(signs), needs
        languages = {language for of_language in words.values() for language in of_language}
        self._lists = [
            WordLists({code: of_language[language] for code, of_language in words.items()}, is_word=is_word)
            for language in sorted(languages)
        ]

    def has(self, key: str) -> bool:
        """Tell whether a word is one of danger, as it is written: said alone it is no danger, and no village."""
        return any(lists.has(key) for lists in self._lists)

    def read(self, words: Sequence[Typed]) -> DangerRead:
        """Return the danger that a line tells of; a sign that is sure comes before one that is not."""
        parts = [word.part for word in words]
        found = [
            (sign, at)
            for codes in self._each_language(words)
            for sign in self._signs
            if (at := _at(sign, codes, parts))
        ]
        if not found:
            return DangerRead()
        order = {sign: number for number, sign in enumerate(self._signs)}
        first = min((sign for sign, _ in found), key=lambda sign: (not sign.is_sure, order[sign]))
        read = frozenset(at for _, positions in found for at in positions)
        return DangerRead(self._needs[first.need], first.is_sure, read)

    def _each_language(self, words: Sequence[Typed]) -> Iterable[list[frozenset[str]]]:
        for lists in self._lists:
            codes = [lists.codes(word.key) for word in words]
            if any(codes):
                yield codes


def _at(sign: DangerSign, codes: Sequence[frozenset[str]], parts: Sequence[int]) -> frozenset[int]:
    """
    Return the words of a sign, none where it is not there.

    Parameters
    ----------
    codes, parts
        Of each word the lists that it stands in, and the number of commas before it.
    """
    wanted, size = frozenset(sign.words), len(codes) if sign.within is None else sign.within
    if not wanted <= frozenset().union(*codes):
        return frozenset()
    for start in range(len(codes)):
        span = range(start, min(start + size, len(codes)))
        read = frozenset(at for at in span if codes[at] & wanted)
        is_there = wanted <= frozenset().union(*(codes[at] for at in read)) and len(read) >= len(wanted)
        if is_there and not _is_turned(sign, codes, parts, read):
            return read
    return frozenset()


def _is_turned(
    sign: DangerSign, codes: Sequence[frozenset[str]], parts: Sequence[int], read: frozenset[int]
) -> bool:
    """Tell whether words turn a sign into something else: between its own and near them up to a comma, or anywhere."""
    first, last = min(read), max(read)
    after = [at for at in range(last + 1, min(last + 1 + _NEAR, len(codes))) if parts[at] == parts[last]]
    before = [at for at in range(max(first - _NEAR, 0), first) if parts[at] == parts[first]]
    near = range(len(codes)) if sign.within is None else [*range(first, last + 1), *after]
    return _has(codes, near, sign.unless) or _has(codes, before, sign.before)


def _has(codes: Sequence[frozenset[str]], places: Iterable[int], lists: Iterable[str]) -> bool:
    """Tell whether one of the words at these places stands in one of the lists."""
    return any(code in codes[at] for at in places for code in lists)
