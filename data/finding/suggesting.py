"""What somebody may be about to type: places and needs that fit the words so far; nothing is chosen by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from data.finding.abroad import is_abroad
from data.finding.beginnings import NameBeginnings, NeedBeginnings
from data.finding.known_names import LARGE_PERSONS, LONGEST_NAME, Named
from data.finding.mentions import follows_preposition
from data.finding.query_reader import QueryReader
from data.finding.typed import PREPOSITIONS, Typed, typed_words
from data.finding.understood import Understood
from data.places.place_search import Place
from data.vocabulary.needs import Need, needs

LONGEST: Final = 80
"""Signs of a line for which anything is suggested; longer ones are sentences, and are read when they are sent."""
_MOST: Final = 7
_MOST_PLACES: Final = 5
_MOST_NEEDS: Final = 3


@dataclass(frozen=True)
class Suggested:
    """
    A place, a need, or both.

    `district` is the part of the town that was typed; `rest` are words before it that only a person can decide on.
    """

    place: Place | None = None
    need: Need | None = None
    district: str = ""
    rest: str = ""


class Suggester:
    """
    Suggests while a line is typed.

    Parameters
    ----------
    reader
        Reads what stands before the word that is being typed, and lines that begin no name: with a typing error, a
        postal code, in another case.
    """

    def __init__(self, reader: QueryReader) -> None:
        self._reader = reader
        self._names, self._needs = NameBeginnings(reader.names), NeedBeginnings(needs())

    def suggest(self, text: str, lang: str) -> list[Suggested]:
        """
        Return at most seven suggestions, likeliest first; none for a line that is too long or says nothing.

        Parameters
        ----------
        lang
            The reader's language: needs are looked for in its phrases first.
        """
        words = typed_words(text)
        if not words or len(text) > LONGEST:
            return []
        if is_abroad(words) and not self._reader.names.exact(words):
            return []
        wanted = self._needs.wholly(words, lang)
        size, named = self._being_typed(words, is_phrase=len(words) > 1 and bool(wanted))
        if not named:
            return self._of_needs(words, wanted, lang) or self._as_read(text)
        before = self._read_before(words, size)
        if before.place or before.places or before.is_abroad:
            return self._of_needs(words, wanted, lang) or self._as_read(text)
        rest = " ".join(word.text for word in words[:-size]) if before.needs or before.unread else ""
        places = [Suggested(item.place, before.need, item.district, rest) for item in named]
        if len(words) == 1:
            wanted = _each_once([*wanted, *self._needs.with_word(words[0], lang)])
        return _in_order(places, [item.persons for item in named], [Suggested(need=need) for need in wanted])

    def _being_typed(self, words: Sequence[Typed], *, is_phrase: bool) -> tuple[int, list[Named]]:
        """Return how many of the last words begin a name, and the places of it; a phrase of a need is no name."""
        for size in range(min(LONGEST_NAME, len(words)), 0, -1):
            span = list(words[-size:])
            is_name = span[0].part == span[-1].part and span[0].key not in PREPOSITIONS
            if not is_name or (is_phrase and not follows_preposition(span[0], words)):
                continue
            if found := self._names.named(span, most=_MOST_PLACES):
                return size, found
        return 0, []

    def _read_before(self, words: Sequence[Typed], size: int) -> Understood:
        before = words[:-size]
        is_telling = any(not word.is_filler for word in before)
        return self._reader.read(" ".join(word.text for word in before)) if is_telling else Understood()

    def _of_needs(self, words: Sequence[Typed], wanted: list[Need], lang: str) -> list[Suggested]:
        """Return needs that all words begin, or that the last one begins after a place: "Kraków noc"."""
        if wanted:
            return [Suggested(need=need) for need in wanted[:_MOST_NEEDS]]
        of_word = self._needs.with_word(words[-1], lang)[:_MOST_NEEDS]
        if len(words) == 1:
            return [Suggested(need=need) for need in of_word]
        place = self._read_before(words, 1).place
        return [Suggested(place, need) for need in of_word] if place else []

    def _as_read(self, text: str) -> list[Suggested]:
        """Return what the line means as it stands."""
        read = self._reader.read(text)
        if read.is_abroad:
            return []
        places = [read.place, *read.others] if read.place else [*read.places]
        if places:
            return [Suggested(place, read.need) for place in places[:_MOST_PLACES]]
        of_need = [read.need] if read.need else [*read.needs]
        return [Suggested(need=need) for need in of_need[:_MOST_NEEDS]]


def _each_once(some: Sequence[Need]) -> list[Need]:
    return [*{need.code: need for need in some}.values()]


def _in_order(
    places: Sequence[Suggested], persons: Sequence[int], of_needs: Sequence[Suggested]
) -> list[Suggested]:
    """Return towns, then needs, then villages: a word is seldom meant as the beginning of a hamlet's name."""
    both = list(zip(places, persons, strict=True))
    towns = [place for place, count in both if count >= LARGE_PERSONS]
    villages = [place for place, count in both if count < LARGE_PERSONS]
    return [*towns, *of_needs[:_MOST_NEEDS], *villages][:_MOST]
