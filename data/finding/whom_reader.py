"""Whom a place is looked for: the words of a line that ask for a filter of the list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.finding.typed import Typed, key_of
from data.vocabulary.whom import WhomWords


@dataclass(frozen=True)
class Whom:
    """
    What was said of whom a place is for.

    `code` is that of the filter, `text` what was typed, `at` the numbers of its words, and `needs` are codes of needs
    that may help those people, too; `is_of_need` is whether the need itself was read from these words.
    """

    code: str
    text: str
    at: frozenset[int]
    needs: tuple[str, ...] = ()
    is_of_need: bool = False


class WhomReader:
    """
    Looks for phrases, whole and in their order.

    Parameters
    ----------
    known
        As `data.vocabulary.whom.whom_words` has them.
    """

    def __init__(self, known: Iterable[WhomWords]) -> None:
        self._known = [
            (words, [[_part(part) for part in phrase.split()] for phrase in words.words]) for words in known
        ]

    def read(self, words: Sequence[Typed]) -> tuple[Whom, ...]:
        """Return what a line says, in the order of the file, each filter once."""
        found = []
        for known, phrases in self._known:
            at = frozenset(at for phrase in phrases for at in _places(phrase, words))
            if at:
                text = " ".join(word.text for word in words if word.at in at)
                found.append(Whom(known.code, text, at, known.needs))
        return tuple(found)


def _part(written: str) -> tuple[str, bool]:
    return key_of(written.removesuffix("*")), written.endswith("*")


def _places(phrase: Sequence[tuple[str, bool]], words: Sequence[Typed]) -> frozenset[int]:
    for start in range(len(words) - len(phrase) + 1):
        span = words[start : start + len(phrase)]
        pairs = zip(span, phrase, strict=True)
        if all(word.key.startswith(key) if is_stem else word.key == key for word, (key, is_stem) in pairs):
            return frozenset(word.at for word in span)
    return frozenset()
