"""Every name that a place may be called by, and how many people live in the places that share it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.finding.cases import nominatives
from data.finding.name_files import rows_of
from data.finding.sounds import sound_of, stem_of
from data.finding.typed import Typed, keys_of
from data.places.place_search import Place, PlaceIndex
from data.store.names import fold

LONGEST_NAME: Final = 4
"""Words of the longest name that is looked for."""
_CITY_PERSONS: Final = 300_000
_TOWN_PERSONS: Final = 3_000
_VILLAGE_PERSONS: Final = 300
"""People of a city that is a powiat, a town and a village of which no number is known: Poland's 43,000 villages have 15
million people, the middle one about 200."""
_LEAST_FUZZY: Final = 5
_LEAST_BEGINNING: Final = 4
_VILLAGE_FUZZY: Final = 7
_CITY_FUZZY: Final = 6
_CITY_FROM: Final = 50_000
LARGE_PERSONS: Final = 3_000
"""A name of a smaller place is often a word of something else: it counts only where a place is looked for."""
_TWO_WRONG_FROM: Final = 8


@dataclass(frozen=True)
class Named:
    """A place under the name that it was called by; `district` where the name is that of a part of the town."""

    place: Place
    district: str = ""

    @property
    def persons(self) -> int:
        """How many people live there, of villages and a few towns a guess: it orders namesakes and is never shown."""
        return persons_of(self.place)


def persons_of(place: Place) -> int:
    """Return how many people live in a place, a guess where nobody told."""
    if place.population_persons:
        return place.population_persons
    if place.kind == "miasto":
        return _CITY_PERSONS if place.powiat_name == place.name else _TOWN_PERSONS
    return _VILLAGE_PERSONS


class KnownNames:
    """
    Names of places: their own, those of other languages, and of districts of the largest cities.

    Parameters
    ----------
    index
        Places of the registry.
    """

    def __init__(self, index: PlaceIndex) -> None:
        self._exact: dict[str, list[Named]] = defaultdict(list)
        self._sounds: dict[str, list[Named]] = defaultdict(list)
        self._beginnings: dict[str, list[Named]] = defaultdict(list)
        towns: dict[tuple[str, str], Place] = {}
        for place in index.found_by_name():
            self._add(fold(place.name), Named(place))
            for key in _sounds_of(place.name):
                self._sounds[key].append(Named(place))
            town = towns.get((place.name, place.powiat_name))
            if town is None or persons_of(place) > persons_of(town):
                towns[place.name, place.powiat_name] = place
        for town_name, powiat, name in rows_of("exonyms"):
            if (at := towns.get((town_name, powiat))) is not None:
                self._add(" ".join(keys_of(name)), Named(at))
                for key in _sounds_of(name):
                    self._sounds[key].append(Named(at))
        for town_name, powiat, name in _districts():
            if (at := towns.get((town_name, powiat))) is not None:
                self._add(fold(name), Named(at, name))
                for key in _sounds_of(name):
                    self._sounds[key].append(Named(at, name))
        self._parts = frozenset(part for name in self._exact for part in name.split())
        self._names_by_length = sorted(name for name in self._exact if len(name) >= _LEAST_FUZZY)
        areas = {
            area for place in index.found_by_name() for area in (place.powiat_name, place.voivodeship_name)
        }
        self._areas = frozenset(map(fold, areas))
        self._city_names = [
            name
            for name in self._names_by_length
            if any(named.persons >= _CITY_FROM and not named.district for named in self._exact[name])
        ]
        self._town_names = [
            name
            for name in self._names_by_length
            if any(
                named.place.kind == "miasto" or persons_of(named.place) >= _TOWN_PERSONS
                for named in self._exact[name]
            )
        ]

    def _add(self, name: str, named: Named) -> None:
        self._exact[name].append(named)
        parts = name.split() if named.place.kind == "miasto" and not named.district else []
        for size in range(1, len(parts)):
            beginning = " ".join(parts[:size])
            if len(beginning) >= _LEAST_FUZZY:
                self._beginnings[beginning].append(named)

    def by_name(self) -> Mapping[str, list[Named]]:
        """Return the places of each name, as `fold` writes it."""
        return self._exact

    def by_sound(self) -> Mapping[str, list[Named]]:
        """Return the places of each sound of a name."""
        return self._sounds

    def exact(self, words: list[Typed]) -> list[Named]:
        """Return the places of exactly this name, whatever its diacritics."""
        return self._exact.get(" ".join(word.key for word in words), [])

    def of_longer_name(self, words: list[Typed]) -> list[Named]:
        """Return the towns whose longer name begins so, the largest first: "Bielsko" is said of Bielsko-Biała."""
        keys = nominatives(words[0].key) if len(words) == 1 else (" ".join(word.key for word in words),)
        found = [named for key in keys for named in self._beginnings.get(key, [])]
        return sorted(found, key=lambda named: -named.persons)

    def is_area(self, word: Typed) -> bool:
        """Tell whether a word is the name of a powiat or voivodeship, in any case: "krakowski"."""
        return any(name in self._areas for name in nominatives(word.key))

    @lru_cache(maxsize=4096)  # noqa: B019  one reader lives as long as its registry
    def is_large_town(self, word: str, *, is_capital: bool = False) -> bool:
        """
        Tell whether a word is a large town's name, in any case, or that of a city with one wrong letter.

        With a capital letter a part of a city is meant, too: "na Pradze".
        """
        named = [self._exact[name] for name in nominatives(word) if name in self._exact]
        large = [item for found in named for item in found if item.persons >= LARGE_PERSONS]
        if any(is_capital or not item.district for item in large):
            return True
        if len(word) < _CITY_FUZZY:
            return False
        return bool(process.extractOne(word, self._city_names, scorer=OSA.distance, score_cutoff=1))

    def in_another_case(self, words: list[Typed]) -> list[Named]:
        """Return the places that the words may be another case of, without those of the very name."""
        if any(word.is_cyrillic for word in words):
            return []
        variants = [[part for part in nominatives(word.key) if part in self._parts] for word in words]
        own = " ".join(word.key for word in words)
        found: dict[str, None] = dict.fromkeys(
            name for name in _joined(variants) if name in self._exact and name != own
        )
        return [named for name in found for named in self._exact[name]]

    def of_sound(self, words: list[Typed]) -> list[Named]:
        """Return the places that sound like this, in the nominative or, in Cyrillic, another case."""
        sound = sound_of(" ".join(word.text for word in words))
        if len(sound) < 3:
            return []
        if not words[0].is_cyrillic:
            return self._sounds.get(sound, [])
        each = "".join(stem_of(sound_of(word.text)) for word in words)
        keys = dict.fromkeys((sound, stem_of(sound), *([each] if len(words) > 1 else [])))
        return [named for key in keys for named in self._sounds.get(key, [])]

    def beginning_with(self, words: list[Typed]) -> list[Named]:
        """Return the places whose name begins so, the largest first; nothing for less than four letters."""
        typed = " ".join(word.key for word in words)
        if len(typed) < _LEAST_BEGINNING:
            return []
        start = bisect_left(self._names_by_length, typed)
        end = bisect_left(self._names_by_length, typed + "{")
        found = [named for name in self._names_by_length[start:end] for named in self._exact[name]]
        return sorted(found, key=lambda named: -named.persons)

    def mistyped(self, words: list[Typed]) -> list[Named]:
        """Return the places that are written nearly like this: one wrong letter, two in long names."""
        typed = " ".join(word.key for word in words)
        if len(typed) < _LEAST_FUZZY or any(word.is_cyrillic for word in words):
            return []
        names = self._names_by_length if len(typed) >= _VILLAGE_FUZZY else self._town_names
        wrong = 2 if len(typed) >= _TWO_WRONG_FROM else 1
        names = names[bisect_left(names, typed[0]) : bisect_left(names, typed[0] + "{")]
        similar = process.extract(typed, names, scorer=OSA.distance, score_cutoff=wrong, limit=20)
        found = [(distance, named) for name, distance, _ in similar for named in self._exact[name]]
        found.sort(key=lambda item: (item[0] > 1 or item[1].persons < _TOWN_PERSONS, -item[1].persons))
        return [named for _, named in found]


@lru_cache(maxsize=100_000)
def _sounds_of(name: str) -> tuple[str, ...]:
    """Return the sounds that a name is found by: its own, and without the ending of its case."""
    sound = sound_of(name)
    return tuple({sound, stem_of(sound)})


def _joined(variants: list[list[str]]) -> Iterator[str]:
    """Yield every way to take one word of each list."""
    if not variants:
        return
    names = [""]
    for words in variants:
        names = [f"{name} {word}".strip() for name in names for word in words]
    yield from names


def _districts() -> Iterator[tuple[str, ...]]:
    """Yield town, powiat and name of each district; of "Praga-Południe" and "Praga-Północ" "Praga", too."""
    rows = list(rows_of("districts"))
    beginnings = ((town, powiat, name.split("-")[0]) for town, powiat, name in rows if "-" in name)
    yield from dict.fromkeys((*rows, *beginnings))
