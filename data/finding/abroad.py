"""Cities and countries abroad: no help of theirs is known here, though a hamlet may have their name."""

from functools import cache

from data.finding.cases import nominatives
from data.finding.name_files import rows_of
from data.finding.sounds import sound_of, stem_of
from data.finding.typed import Typed, key_of, keys_of


@cache
def abroad() -> frozenset[str]:
    """Return names of cities and countries abroad, as they are compared; Polish ones with the endings of cases."""
    return frozenset(" ".join(keys_of(name)) for (name,) in rows_of("abroad"))


def is_abroad_name(name: str) -> bool:
    """Tell whether a city or country abroad has the very name of a place."""
    return " ".join(keys_of(name)) in abroad()


def is_abroad(words: list[Typed]) -> bool:
    """Tell whether words name a city or country abroad, in the nominative or another case."""
    if " ".join(word.key for word in words) in abroad():
        return True
    if len(words) > 1:
        return False
    if words[0].is_cyrillic:
        stem = stem_of(sound_of(words[0].text))
        return len(stem) > 3 and any(stem == known for known in _abroad_stems())
    return any(name in abroad() for name in nominatives(words[0].key) if len(name) > 3)


@cache
def _abroad_stems() -> frozenset[str]:
    return frozenset(stem_of(sound_of(name)) for (name,) in rows_of("abroad") if key_of(name)[0] > "z")
