"""A need in plain words: which needs of the vocabulary a line of words names, and how surely."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.finding.people_words import PEOPLE
from data.finding.typed import FILLERS, Typed, keys_of
from data.vocabulary.needs import Need

_EXACT: Final = 1.0
_OTHER_FORM: Final = 0.95
_MISTYPED: Final = 0.85
_LONGEST_ENDING: Final = 3
_LONG_ENDINGS_FROM: Final = 6
"""Letters that two words must share before endings may be four letters long."""
_LEAST_SHARED: Final = 4
_SHORT_ENDING: Final = re.compile(r"(?:em|om|ie|ow|ej|ach|ami|owi|[aeiouys]|[аеиіоуюя]|ом|ам|ою)?")
"""Of words that share three letters: "syn", "synem"; "hotel" is no "hot"."""
_ABBREVIATION: Final = 4
"""A phrase of one word of at most so many letters is compared letter by letter: "cis", "dps", "wtz"."""
_LEAST_FUZZY: Final = 5
_TWO_WRONG_FROM: Final = 9
_DECIDED: Final = 0.8
"""Share of a phrase's weight that must have been typed before its need is chosen."""
_OFFERED: Final = 0.5
_OFFERED_IF_ALL_READ: Final = 0.3
_CLOSE: Final = 0.95
"""Of two needs of which one scores less than this part of the other, the other is meant."""
SHOWN: Final = 3
_WEIGHT_OF_PEOPLE: Final = 0.25


@dataclass(frozen=True)
class NeedMatch:
    """
    A need that was named.

    `score` ranks, `share` is how much of its phrase was typed (0-1), `read` which words.

    `is_whole` is whether all of its words but those of people were typed, and at least two of a longer phrase.
    """

    need: Need
    score: float
    share: float
    read: frozenset[int]
    is_whole: bool


@dataclass(frozen=True)
class NeedsRead:
    """What was read: one need that is meant, or several of which a person chooses; `read` are the words it used."""

    need: Need | None = None
    offered: tuple[Need, ...] = ()
    read: frozenset[int] = frozenset()


class NeedReader:
    """
    Needs by the words of their phrases, of all languages at once.

    Parameters
    ----------
    needs
        By code (`data.vocabulary.needs`).
    is_left
        Whether a phrase of a need is read by somebody else, and parts of it are none: "chcę żyć" is no "nie chcę żyć".
    """

    def __init__(
        self,
        needs: Mapping[str, Need],
        *,
        is_left: Callable[[Need, str], bool] = lambda _need, _phrase: False,
    ) -> None:
        self._phrases: list[tuple[Need, tuple[str, ...]]] = []
        of_word: dict[str, set[str]] = defaultdict(set)
        self._exact_only: set[str] = set()
        for need in needs.values():
            for phrase in (phrase for phrases in need.phrases.values() for phrase in phrases):
                if is_left(need, phrase):
                    continue
                words = _telling(keys_of(phrase))
                self._phrases.append((need, words))
                if len(words) == 1 and len(words[0]) <= _ABBREVIATION:
                    self._exact_only.add(words[0])
                for word in words:
                    of_word[word].add(need.code)
        self._words = sorted(of_word)
        self._beginning: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            self._beginning[word[:3]].append(word)
        self._weights = {word: self._weight(word, of_word, len(needs)) for word in self._words}
        self._phrases_of: dict[str, list[int]] = defaultdict(list)
        for number, (_, words) in enumerate(self._phrases):
            for word in words:
                self._phrases_of[word].append(number)
        self._meant = lru_cache(maxsize=4096)(self._find_meant)

    def _weight(self, word: str, of_word: Mapping[str, set[str]], count: int) -> float:
        """Return how much a word tells of which need is meant: the more, the fewer needs have it in any form."""
        codes = set().union(
            *(of_word[known] for known in self._beginning[word[:3]] if self._is_other_form(word, known)),
            of_word[word],
        )
        return log(1 + count / len(codes)) * (_WEIGHT_OF_PEOPLE if word in PEOPLE else 1.0)

    def knows(self, key: str) -> bool:
        """Tell whether a word, or another form of it, stands in a phrase; typing errors are none."""
        return key in PEOPLE or any(quality >= _OTHER_FORM for quality in self._meant(key).values())

    def has(self, key: str) -> bool:
        """Tell whether this very word stands in a phrase."""
        return key in self._weights

    def is_of_people(self, key: str) -> bool:
        """Tell whether a word says whom a need is about, in any form: of that nothing is to be understood."""
        return any(self._is_other_form(key, known) or key == known for known in PEOPLE)

    def read(self, words: Sequence[Typed]) -> NeedsRead:
        """Return the need that a line names for sure, else those that it may name, best first."""
        found = self._matches([word for word in words if not word.is_filler and not word.key.isdecimal()])
        if not found:
            return NeedsRead()
        best = found[0]
        if danger := _whole_danger(found):
            others = [
                match.need for match in found if match.need is not danger.need and not match.need.is_danger
            ]
            return NeedsRead(None, (danger.need, *others)[:SHOWN], danger.read | best.read)
        close = [match for match in found[1:] if match.score >= best.score * _CLOSE]
        if best.is_whole and best.share >= _DECIDED and not close:
            return NeedsRead(best.need, (), best.read)
        return NeedsRead(None, tuple(match.need for match in found[:SHOWN]), best.read)

    def _matches(self, words: Sequence[Typed]) -> list[NeedMatch]:
        typed = {word.at: self._meant(word.key) for word in words}
        numbers = {
            number for meant in typed.values() for known in meant for number in self._phrases_of[known]
        }
        best: dict[str, NeedMatch] = {}
        for number in sorted(numbers):
            match = self._match(number, typed)
            if match is not None and (
                match.need.code not in best or match.score > best[match.need.code].score
            ):
                best[match.need.code] = match
        return sorted(best.values(), key=lambda match: -match.score)

    def _match(self, number: int, typed: Mapping[int, Mapping[str, float]]) -> NeedMatch | None:
        """Return how well a phrase fits what was typed; None where too little of it was, or only whom it is about."""
        need, words = self._phrases[number]
        whole = sum(self._weights[word] for word in words)
        said, read = 0.0, set()
        is_telling, is_whole = False, True
        for word in words:
            at, quality = max(
                ((at, meant.get(word, 0.0)) for at, meant in typed.items()), key=lambda pair: pair[1]
            )
            if quality:
                said += self._weights[word] * quality
                read.add(at)
                is_telling = is_telling or word not in PEOPLE
            else:
                is_whole = is_whole and word in PEOPLE
        share = said / whole
        least = _OFFERED_IF_ALL_READ if len(read) == len(typed) else _OFFERED
        if share < least or (least == _OFFERED and 2 * len(read) < len(words)):
            return None
        if not is_telling and not (set(words) <= PEOPLE and share >= _DECIDED):
            return None
        score = said * (0.5 + 0.5 * share) * (0.8 + 0.2 * share)
        is_whole = is_whole and len(read) >= min(2, len(words))
        if is_whole and len(read) < len(words) and not self._tells_alone(need, words):
            is_whole = False
        return NeedMatch(need, score, share, frozenset(read), is_whole)

    def _tells_alone(self, need: Need, words: Sequence[str]) -> bool:
        """Tell whether the words of a phrase but those of people mean this need alone: "mieszkanie" is of many."""
        telling = [word for word in words if word not in PEOPLE]
        if (need, tuple(telling)) in self._phrases:
            return True
        others = (set(self._phrases_of[word]) for word in telling)
        shared = set.intersection(*others) if telling else set()
        return all(self._phrases[number][0] is need for number in shared)

    def _find_meant(self, key: str) -> Mapping[str, float]:
        """Return the words of phrases that a typed one may be, with how surely (0-1)."""
        meant = {
            known: _OTHER_FORM
            for known in self._beginning.get(key[:3], ())
            if self._is_other_form(key, known)
        }
        if not meant and len(key) >= _LEAST_FUZZY:
            wrong = 2 if len(key) >= _TWO_WRONG_FROM else 1
            similar = process.extract(key, self._words, scorer=OSA.distance, score_cutoff=wrong, limit=5)
            meant = {
                known: _MISTYPED
                for known, _, _ in similar
                if known[0] == key[0] and len(known) >= _LEAST_FUZZY
            }
        if key in self._weights:
            meant[key] = _EXACT
        return meant

    def _is_other_form(self, key: str, known: str) -> bool:
        if known in self._exact_only or len(key) < 3 or len(known) < 3 or key.isdecimal():
            return key == known
        shared = _shared(key, known)
        if shared < _LEAST_SHARED:
            return bool(
                shared == _LEAST_SHARED - 1
                and _SHORT_ENDING.fullmatch(key[shared:])
                and _SHORT_ENDING.fullmatch(known[shared:])
            )
        ending = _LONGEST_ENDING + (shared >= _LONG_ENDINGS_FROM)
        return max(len(key), len(known)) - shared <= (ending if shared > _LEAST_SHARED else 2)


def _whole_danger(found: Sequence[NeedMatch]) -> NeedMatch | None:
    """Return the danger of which a whole phrase was typed, where a need without danger fits better."""
    if found[0].need.is_danger:
        return None
    return next(
        (match for match in found if match.need.is_danger and match.is_whole and match.share >= _DECIDED),
        None,
    )


def _telling(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words of a phrase without those that name nothing, all of them where none is left."""
    all_words = tuple(dict.fromkeys(words))
    return tuple(word for word in all_words if word not in FILLERS) or all_words


def _shared(first: str, second: str) -> int:
    """Return how many letters two words begin with alike."""
    return next(
        (at for at, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]),
        min(len(first), len(second)),
    )
