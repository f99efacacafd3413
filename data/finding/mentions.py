"""Which words of a query name places, and in which way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from data.finding.abroad import is_abroad, is_abroad_name
from data.finding.known_names import LARGE_PERSONS, LONGEST_NAME, KnownNames, Named
from data.finding.typed import PREPOSITIONS, Typed

_LEAST_LETTERS: Final = 3
_TOWN: Final = "miasto"
_SURE_EXACT, _SURE_CASE, _SURE_SOUND, _UNSURE = 1.0, 0.99, 0.98, 0.0
SURE_SMALL: Final = 0.9
"""Of a small place that a word may be a case of, or of a town that the words only begin: never chosen."""


@dataclass(frozen=True)
class Mention:
    """
    Words that name one of several places.

    `sureness` is how surely these words mean them (0-1); `longer` are keys of towns whose name is longer than that.

    `is_abroad_too` is whether a city or country abroad has the name, and no town here.
    """

    words: tuple[Typed, ...]
    named: tuple[Named, ...]
    sureness: float
    longer: frozenset[str] = frozenset()
    is_abroad_too: bool = False

    @property
    def at(self) -> frozenset[int]:
        """Numbers of its words."""
        return frozenset(word.at for word in self.words)

    @property
    def persons(self) -> int:
        """People of its largest place."""
        return max(named.persons for named in self.named)


@dataclass(frozen=True)
class MentionsRead:
    """Mentions in order; `abroad` are the words that name a place abroad."""

    mentions: tuple[Mention, ...] = ()
    abroad: frozenset[int] = frozenset()


def find_mentions(
    words: Sequence[Typed], names: KnownNames, *, is_need_word: Callable[[Typed], bool]
) -> MentionsRead:
    """
    Return the places that are named, the longest names first; typing errors are forgiven where nothing else is named.

    Parameters
    ----------
    is_need_word
        Whether a word belongs to a need: it names no place by itself, "praca" is no village.
    """
    mentions: list[Mention] = []
    abroad: set[int] = set()
    at = 0
    while at < len(words):
        mention, size = _longest(words, at, names, is_need_word)
        if size and mention is None:
            abroad |= {word.at for word in words[at : at + size]}
        elif mention is not None:
            mentions.append(mention)
        at += size or 1
    if not mentions and not abroad:
        mentions = _misspelt(words, names, is_need_word)
    return MentionsRead(tuple(mentions), frozenset(abroad))


def follows_preposition(word: Typed, words: Sequence[Typed]) -> bool:
    """Tell whether a word stands after "w", "z", "near" and the like, or such a word and another filler."""
    before = [other for other in words if other.part == word.part and other.at < word.at][-2:]
    return any(other.key in PREPOSITIONS for other in before[-1:]) or (
        len(before) == 2 and before[1].is_filler and before[0].key in PREPOSITIONS
    )


def is_chance(mention: Mention, words: Sequence[Typed], *, is_alone: bool) -> bool:
    """Tell whether a word in lower case is a small place's name by chance: "brak" may be of Braki."""
    return (
        len(mention.words) == 1
        and mention.words[0].text[0].islower()
        and mention.sureness > 0
        and mention.persons < LARGE_PERSONS
        and not is_alone
        and not mention.is_abroad_too
        and not follows_preposition(mention.words[0], words)
    )


def is_written_as_name(mention: Mention, words: Sequence[Typed]) -> bool:
    """Tell whether a name is spelt whole, with a capital letter after words without: "zrobi zakupy Raciechowice"."""
    name = mention.words[0]
    before = [word for word in words if word.at < name.at]
    return (
        mention.sureness == 1.0
        and name.text[0].isupper()
        and bool(before)
        and not any(word.text[0].isupper() for word in before[1:])
    )


def _longest(
    words: Sequence[Typed], at: int, names: KnownNames, is_need_word: Callable[[Typed], bool]
) -> tuple[Mention | None, int]:
    """Return the longest name that begins at a word and its number of words; no name, but a number: it is abroad."""
    for size in range(min(LONGEST_NAME, len(words) - at), 0, -1):
        span = list(words[at : at + size])
        if span[0].part != span[-1].part or _is_no_name(span, is_need_word):
            continue
        mention = _mention(span, words, names)
        if is_abroad(span):
            return _here_too(mention), size
        if mention:
            return mention, size
    return None, 0


def _here_too(mention: Mention | None) -> Mention | None:
    """Return the places here that share their name with one abroad: "Rzym", and "Praga", a part of Warsaw."""
    if mention is None:
        return None
    named = tuple(
        item
        for item in mention.named
        if item.district or item.place.key in mention.longer or is_abroad_name(item.place.name)
    )
    is_town = any(item.place.kind == _TOWN and not item.district for item in named)
    return replace(mention, named=named, is_abroad_too=not is_town) if named else None


def _is_no_name(span: Sequence[Typed], is_need_word: Callable[[Typed], bool]) -> bool:
    """Tell whether words cannot be a name: only fillers or numbers, or words of a need."""
    if span[0].key in PREPOSITIONS or span[-1].key in PREPOSITIONS:
        return True
    telling = [word for word in span if not word.is_filler and not is_need_word(word)]
    return not any(len(word.key) >= _LEAST_LETTERS and not word.key.isdecimal() for word in telling)


def _mention(span: list[Typed], words: Sequence[Typed], names: KnownNames) -> Mention | None:
    exact, longer = _as_spelt(span, names.exact(span)), names.of_longer_name(span)
    other = names.in_another_case(span) if not exact or follows_preposition(span[0], words) else []
    if longer:
        return Mention(
            tuple(span),
            (*exact, *longer, *other),
            _SURE_CASE if exact or _is_of_town(other, longer) else SURE_SMALL,
            frozenset(map(_key, longer)),
        )
    if exact and not other:
        return Mention(tuple(span), tuple(exact), _SURE_EXACT)
    if found := [*exact, *other]:
        is_large = max(named.persons for named in found) >= LARGE_PERSONS
        is_small_word = not is_large and not (
            span[0].text[0].isupper() and follows_preposition(span[0], words)
        )
        return Mention(tuple(span), tuple(found), SURE_SMALL if is_small_word else _SURE_CASE)
    if span[0].is_cyrillic and (found := names.of_sound(span)):
        return Mention(tuple(span), tuple(found), _SURE_SOUND)
    return None


def _as_spelt(span: Sequence[Typed], named: list[Named]) -> list[Named]:
    """Return those places that are spelt as typed, where there are some: who writes Polish letters means them."""
    text = " ".join(word.text for word in span).casefold()
    if text == " ".join(word.key for word in span):
        return named
    return [
        item for item in named if (item.district or item.place.name).casefold().replace("-", " ") == text
    ] or named


def _is_of_town(named: Sequence[Named], longer: Sequence[Named]) -> bool:
    """Tell whether a town is named that is larger than those of a longer name."""
    most = max((item.persons for item in longer), default=0)
    return any(item.place.kind == "miasto" and item.persons > most for item in named)


def _key(named: Named) -> str:
    return named.place.key


def _misspelt(
    words: Sequence[Typed], names: KnownNames, is_need_word: Callable[[Typed], bool]
) -> list[Mention]:
    """Return what unread words may name by sound or with a typing error; never sure."""
    unread = [word for word in words if not (word.is_filler or is_need_word(word) or names.is_area(word))]
    has_need = any(is_need_word(word) for word in words)
    for size in range(min(3, len(unread)), 0, -1):
        for start in range(len(unread) - size + 1):
            span = unread[start : start + size]
            is_alone = size == len(unread)
            is_place = is_alone or follows_preposition(span[0], words)
            if not is_place or (has_need and not is_alone) or span[0].key.isdecimal():
                continue
            found = names.of_sound(span) or names.mistyped(span)
            if has_need and not follows_preposition(span[0], words):
                found = [named for named in found if named.persons >= LARGE_PERSONS]
            elif not found and is_alone:
                found = names.beginning_with(span)
            if found:
                return [Mention(tuple(span), tuple(found), _UNSURE)]
    return []
