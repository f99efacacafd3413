"""Names of places in the cases of Polish: "w Harbutowicach" names Harbutowice."""

import re
from functools import cache, lru_cache

import morfeusz2

from data.store.names import fold

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_SHARED = 4
_LONGEST_OWN_ENDING = 2
_LONGEST_ENDING = 3


def names_place(text: str, place: str) -> bool:
    """
    Return whether a text names a place, in the nominative or in another case.

    Words that the dictionary does not know (small villages) are compared by their beginnings: "Makietowie" may be
    Makietowo, and is not Makieta.
    """
    wanted = [word.capitalize() for word in _WORD.findall(place)]
    words = _WORD.findall(text)
    return bool(wanted) and any(
        all(_is_form_of(word, own) for word, own in zip(words[start:], wanted, strict=False))
        for start in range(len(words) - len(wanted) + 1)
    )


def _is_form_of(word: str, own: str) -> bool:
    if fold(word) == fold(own):
        return True
    if not word[0].isupper():
        return False
    known = _lemmas(word)
    return bool(known & _lemmas(own)) if known else _has_same_stem(fold(word), fold(own))


def _has_same_stem(word: str, own: str) -> bool:
    shared = next(
        (at for at, pair in enumerate(zip(word, own, strict=False)) if pair[0] != pair[1]),
        min(len(word), len(own)),
    )
    return (
        shared >= _LEAST_SHARED
        and len(own) - shared <= _LONGEST_OWN_ENDING
        and len(word) - shared <= _LONGEST_ENDING
    )


@lru_cache(maxsize=50_000)
def _lemmas(word: str) -> frozenset[str]:
    """Return the nominatives that a word may be a form of, folded; none when the dictionary does not know it."""
    found = _dictionary().analyse(word)
    return frozenset(fold(lemma.split(":")[0]) for _, _, (_, lemma, tag, *_) in found if tag != "ign")


@cache
def _dictionary() -> morfeusz2.Morfeusz:
    return morfeusz2.Morfeusz(generate=False)
