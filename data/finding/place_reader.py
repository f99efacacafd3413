"""Which place is meant where several words name places: certainty, namesakes, powiats, and points."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import cos, radians, sqrt
from typing import Final

import numpy as np

from data.finding.cases import nominatives
from data.finding.known_names import Named, persons_of
from data.finding.mentions import Mention
from data.finding.typed import Typed
from data.places.place_search import Place, PlaceIndex
from data.store.names import fold

CERTAINTY: Final = 0.95
"""
A place is chosen for a person when of all people who live in places of that name at least this share live in it.

Then at most one in twenty of those who type the name means another place, and finds it below, offered too.
"""
SHOWN: Final = 8
_DISTRICT_SHARE: Final = 0.1
DISTRICT_SURENESS: Final = 0.9
"""Of a district without its town, and of a hamlet called as a place abroad: offered, never chosen."""
_SEAT_PERSONS: Final = 2_000
"""Of a village that gives its gmina the name, where no number of people is known."""
_LONGER_WEIGHT: Final = 0.3
"""How much a town of a longer name counts beside a town of the very name: "Opole" is seldom said of Opole Lubelskie."""
_CITY_PERSONS: Final = 50_000
KM_PER_DEGREE: Final = 111.2
RADIUS_KM: Final = 0.01
"""Kilometres of a town's radius per square root of its people: Kraków reaches 9 km, a village 200 m."""
_ABROAD_KM: Final = 15.0


class PlaceReader:
    """Chooses among the places of an index."""

    def __init__(self, index: PlaceIndex) -> None:
        self._places = index.found_by_name()
        self._points = np.array([(place.point.x, place.point.y) for place in self._places]).reshape(-1, 2)
        self._radii_km = np.array([RADIUS_KM * sqrt(_persons(Named(place))) for place in self._places])
        self._of_area: dict[str, list[Place]] = defaultdict(list)
        folded: dict[str, str] = {}
        for place in self._places:
            for area in {place.powiat_name, place.voivodeship_name}:
                self._of_area[folded.get(area) or folded.setdefault(area, fold(area))].append(place)

    def near(self, latitude: float, longitude: float) -> list[Place]:
        """Return the places that a point is in or nearest to, by how far it is beyond their edge; none abroad."""
        if not len(self._points):
            return []
        east = (self._points[:, 0] - longitude) * cos(radians(latitude))
        km = np.hypot(east, self._points[:, 1] - latitude) * KM_PER_DEGREE
        if km.min() > _ABROAD_KM:
            return []
        order = np.argsort(km - self._radii_km, kind="stable")[:3]
        return [self._places[at] for at in order]

    def of_area(self, words: Iterable[Typed]) -> tuple[list[Place], frozenset[int]]:
        """Return the largest places of a powiat or voivodeship that words name, and the words."""
        for word in words:
            for name in nominatives(word.key):
                if found := self._of_area.get(name):
                    return sorted(found, key=lambda place: -_persons(Named(place)))[:SHOWN], frozenset(
                        {word.at}
                    )
        return [], frozenset()


def resolve(mentions: Sequence[Mention]) -> tuple[list[Named], float]:
    """
    Return the places that mentions may mean together, likeliest first, and the certainty of the first (0-1).

    A mention that says where another one is narrows it: "Nowa Huta Kraków". Two towns that have nothing to do with
    each other are both offered, and none is chosen.
    """
    if not mentions:
        return [], 0.0
    best = mentions[0]
    named, sureness, apart = list(best.named), best.sureness, False
    for other in mentions[1:]:
        both = _narrowed(named, other) or _narrowed(list(other.named), Mention(best.words, tuple(named), 1.0))
        if both:
            named, sureness = both, min(sureness, other.sureness)
        else:
            named, apart = [*named, *other.named], True
    ordered = _with_longer_second(_ordered(named), best.longer)
    is_town = ordered[0].place.kind == "miasto"
    weights = [
        _persons(item) * (_LONGER_WEIGHT if is_town and item.place.key in best.longer else 1.0)
        for item in ordered
    ]
    share = _persons(ordered[0]) / sum(weights)
    if len(mentions) == 1 and (ordered[0].district or best.is_abroad_too):
        sureness = min(sureness, DISTRICT_SURENESS)
    is_before_villages = ordered[0].place.key in best.longer and any(
        item.place.key not in best.longer for item in ordered
    )
    return ordered, 0.0 if apart or is_before_villages else share * sureness


def with_post_towns(
    named: list[Named], certainty: float, towns: Sequence[Place]
) -> tuple[list[Named], float]:
    """Return the places that a postal code and a name mean together; the name counts where they disagree."""
    if not towns:
        return named, certainty
    powiats = {(town.powiat_name, town.voivodeship_name) for town in towns}
    inside = [item for item in named if (item.place.powiat_name, item.place.voivodeship_name) in powiats]
    if named and inside:
        return inside, certainty_of(inside)
    if named:
        return named, min(certainty, CERTAINTY / 2)
    found = [Named(town) for town in towns]
    return found, 1.0 if len(found) == 1 else 0.0


def narrow(named: list[Named], words: Iterable[Typed]) -> tuple[list[Named], frozenset[int]]:
    """Return the places of the gmina, powiat or voivodeship that words name, else all; and those words."""
    read = set()
    for word in words:
        wanted = set(nominatives(word.key))
        inside = [item for item in named if wanted & set(_surroundings(item.place))]
        if inside:
            named = inside
            read.add(word.at)
    return named, frozenset(read)


def in_gmina_of_its_name(named: list[Named]) -> list[Named]:
    """Return those places after which their gmina is called, all where there is none."""
    return [item for item in named if item.place.gmina_name == item.place.name] or named


def certainty_of(named: Sequence[Named]) -> float:
    """Return which share of the people of all these places lives in the first."""
    return _persons(named[0]) / sum(_persons(item) for item in named) if named else 0.0


def _narrowed(named: list[Named], other: Mention) -> list[Named]:
    """Return those of places that the other mention names too, or in whose gmina, powiat or voivodeship they are."""
    keys = {item.place.key for item in other.named}
    said = {fold(item.place.name) for item in other.named if not item.district}
    return [
        item
        for item in named
        if item.place.key in keys or said & {fold(item.place.gmina_name), fold(item.place.powiat_name)}
    ]


def _with_longer_second(named: list[Named], longer: frozenset[str]) -> list[Named]:
    """
    Return places with the largest one of the very name first, then the largest town of a longer one.

    Before villages alone a city of a longer name comes first, never chosen: "Gorzów" is seldom said of the village.
    """
    own = [item for item in named if item.place.key not in longer]
    others = [item for item in named if item.place.key in longer]
    if own and others and own[0].place.kind != "miasto" and others[0].persons >= _CITY_PERSONS:
        return [*others[:1], *own[:1], *others[1:2], *own[1:], *others[2:]]
    return [*own[:1], *others[:2], *own[1:], *others[2:]]


def _ordered(named: Iterable[Named]) -> list[Named]:
    """Return places without repetitions, the largest first; a name of a district yields to the town's own."""
    of_key: dict[str, Named] = {}
    for item in named:
        known = of_key.get(item.place.key)
        if known is None or _persons(item) > _persons(known):
            of_key[item.place.key] = Named(item.place, item.district or (known.district if known else ""))
    return sorted(
        of_key.values(),
        key=lambda item: (-_persons(item), item.place.voivodeship_name, item.place.powiat_name),
    )


def _persons(named: Named) -> float:
    place = named.place
    persons = persons_of(place)
    if place.population_persons is None and place.kind != "gmina" and place.gmina_name == place.name:
        persons = max(persons, _SEAT_PERSONS)
    return persons * _DISTRICT_SHARE if named.district else persons


def _surroundings(place: Place) -> list[str]:
    areas = f"{place.gmina_name} {place.powiat_name} {place.voivodeship_name}"
    return [word for word in fold(areas).split() if len(word) > 2]
