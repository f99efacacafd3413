"""Names and phrases by their beginnings, for what somebody is still typing."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from typing import Final

from data.finding.known_names import KnownNames, Named
from data.finding.sounds import sound_of
from data.finding.typed import Typed, keys_of
from data.vocabulary.needs import Need

_LEAST_LETTERS: Final = 2
_LEAST_OF_NEED: Final = 3
_LEAST_OF_DISTRICT: Final = 4
"""A part of a town is seldom meant by its first letters: "po" is Poznań before Polesie of Łódź."""
_DISTRICT_SHARE: Final = 0.1
_AFTER: Final = "\uffff"
"""Stands behind every letter: where a beginning ends in a sorted list."""


class NameBeginnings:
    """
    Places by the first letters of their names: their own, other languages', and in Cyrillic by sound.

    Parameters
    ----------
    names
        All names that a place may be called by.
    """

    def __init__(self, names: KnownNames) -> None:
        self._names, self._sounds = names.by_name(), names.by_sound()
        self._sorted_names, self._sorted_sounds = sorted(self._names), sorted(self._sounds)

    def named(self, words: Sequence[Typed], *, most: int) -> list[Named]:
        """
        Return the places whose name begins with words: those of the very name first, then the largest, each once.

        Parameters
        ----------
        most
            How many are returned.
        """
        typed = " ".join(word.key for word in words)
        if len(typed) < _LEAST_LETTERS:
            return []
        if words[0].is_cyrillic:
            typed = sound_of(" ".join(word.text for word in words))
            keys, known = self._sorted_sounds, self._sounds
        else:
            keys, known = self._sorted_names, self._names
        found: dict[str, tuple[tuple[bool, float], Named]] = {}
        for key in _beginning(keys, typed):
            for named in known[key]:
                if named.district and len(typed) < _LEAST_OF_DISTRICT:
                    continue
                persons = named.persons * _DISTRICT_SHARE if named.district else named.persons
                rank = (key != typed, -persons)
                place = named.place.key
                if place not in found or rank < found[place][0]:
                    found[place] = (rank, named)
        return [named for _, named in nsmallest(most, found.values(), key=lambda item: item[0])]


class NeedBeginnings:
    """
    Needs by the first letters of their phrases, or of a word in them.

    Parameters
    ----------
    needs
        By code (`data.vocabulary.needs`).
    """

    def __init__(self, needs: Mapping[str, Need]) -> None:
        self._phrases = [
            (need, language, keys)
            for need in needs.values()
            for language, phrases in need.phrases.items()
            for keys in map(keys_of, phrases)
        ]

    def wholly(self, words: Sequence[Typed], lang: str) -> list[Need]:
        """Return the needs of a phrase that begins with all words, those of the reader's language first."""
        typed = [word.key for word in words]
        if sum(map(len, typed)) < _LEAST_OF_NEED or all(word.is_filler for word in words):
            return []
        return _ranked(
            [(need, language != lang) for need, language, keys in self._phrases if _begins(keys, typed)]
        )

    def with_word(self, word: Typed, lang: str) -> list[Need]:
        """Return the needs of a phrase in the reader's language, or its alphabet, that has a word beginning so."""
        if len(word.key) < _LEAST_OF_NEED or word.is_filler:
            return []
        return _ranked(
            [
                (need, language != lang)
                for need, language, keys in self._phrases
                if (language == lang or word.is_cyrillic) and any(key.startswith(word.key) for key in keys)
            ]
        )


def _beginning(keys: Sequence[str], typed: str) -> Sequence[str]:
    return keys[bisect_left(keys, typed) : bisect_left(keys, typed + _AFTER)]


def _begins(keys: Sequence[str], typed: Sequence[str]) -> bool:
    """Tell whether words begin with others, of the last of which only the first letters may be there."""
    size = len(typed)
    return len(keys) >= size and [*keys[: size - 1]] == [*typed[:-1]] and keys[size - 1].startswith(typed[-1])


def _ranked(found: Sequence[tuple[Need, bool]]) -> list[Need]:
    """Return needs each once: those of the reader's language first, then those of the most phrases."""
    counts = Counter(need.code for need, _ in found)
    best: dict[str, tuple[bool, int, Need]] = {}
    for need, is_foreign in found:
        known = best.get(need.code)
        if known is None or is_foreign < known[0]:
            best[need.code] = (is_foreign, -counts[need.code], need)
    return [need for *_, need in sorted(best.values(), key=lambda item: item[:2])]
