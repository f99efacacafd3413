"""Localities, streets and doors of the example: where facilities stand and people live."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass

from data.example.ground import Point, distance, middle_of
from data.example.names import STREETS, place_names
from data.example.people import People
from data.example.units import SEED, Gmina, Kind, Units

_VILLAGES: Mapping[Kind, tuple[int, int]] = {
    "city": (0, 0), "town": (0, 0), "seat": (5, 9), "suburb": (5, 8), "village": (5, 9), "far_village": (6, 10),
}  # fmt: skip
_SEAT_SHARE: Mapping[Kind, float] = {
    "city": 1.0, "town": 1.0, "seat": 0.62, "suburb": 0.35, "village": 0.3, "far_village": 0.24,
}  # fmt: skip
"""Share of the people of a gmina who live in its seat."""
_EXTENT_KM: Mapping[Kind, float] = {
    "city": 3.4, "town": 1.4, "seat": 1.1, "suburb": 0.9, "village": 0.6, "far_village": 0.5,
}  # fmt: skip
"""How far from the middle of the seat its streets go."""
_VILLAGE_EXTENT_KM = 0.4
_APART_KM = 1.6
_DOORS_PER_KM = 40


@dataclass(frozen=True)
class Locality:
    """A town or village: `residents` is about how many people live there."""

    name: str
    gmina: Gmina
    point: Point
    is_seat: bool
    is_town: bool
    residents: int


@dataclass(frozen=True)
class Address:
    """A door: `street` is empty in villages, where houses have numbers only."""

    street: str
    number: int
    postal_code: str
    locality: Locality
    point: Point

    @property
    def line(self) -> str:
        """Street and number, or the village and its number."""
        return f"ul. {self.street} {self.number}" if self.street else f"{self.locality.name} {self.number}"


@dataclass(frozen=True)
class Places:
    """All localities, by gmina the seat first, and the postal code of each gmina."""

    by_gmina: Mapping[str, tuple[Locality, ...]]
    postal_codes: Mapping[str, str]

    def seat(self, gmina: Gmina) -> Locality:
        """Return the locality that a gmina is named by."""
        return self.by_gmina[gmina.area_code][0]

    def door(self, locality: Locality, chance: random.Random) -> Address:
        """Draw a door of a locality: streets run from its middle, each in a direction of its own."""
        extent = _EXTENT_KM[locality.gmina.kind] if locality.is_seat else _VILLAGE_EXTENT_KM
        position = chance.randrange(len(STREETS))
        along = chance.uniform(0.15, 1.0) * extent
        angle = 2 * math.pi * position / len(STREETS)
        east, north = locality.point
        point = (east + along * math.sin(angle), north + along * math.cos(angle))
        street = STREETS[position] if locality.is_seat and locality.gmina.kind != "far_village" else ""
        code = self.postal_codes[locality.gmina.area_code]
        return Address(street, max(1, round(along * _DOORS_PER_KM)), code, locality, point)


def make_places(units: Units, people: People) -> Places:
    """Return the localities; the same at every call. Villages of several gminas share a name, as they do."""
    chance = random.Random(f"{SEED} places")  # noqa: S311 - an example, not a secret
    taken = {gmina.name for gmina in units.gminas}
    names = [name for name in place_names(chance) if name not in taken]
    by_gmina = {}
    for gmina in units.gminas:
        own = chance.sample(names, chance.randint(*_VILLAGES[gmina.kind]))
        by_gmina[gmina.area_code] = tuple(_localities(gmina, own, people.residents(gmina), chance))
    codes = {gmina.area_code: f"00-{100 + 5 * number:03d}" for number, gmina in enumerate(units.gminas)}
    return Places(by_gmina, codes)


def _localities(gmina: Gmina, names: list[str], residents: int, chance: random.Random) -> list[Locality]:
    in_seat = round(residents * (_SEAT_SHARE[gmina.kind] if names else 1))
    is_town = not gmina.is_rural
    found = [
        Locality(gmina.name, gmina, _seat_point(gmina), is_seat=True, is_town=is_town, residents=in_seat)
    ]
    shares = [chance.uniform(0.4, 1.6) for _ in names]
    cells = sorted(gmina.cells)
    chance.shuffle(cells)
    for cell in cells:
        if len(found) > len(names):
            break
        point = middle_of(cell)
        if min(distance(point, other.point) for other in found) < _APART_KM:
            continue
        position = len(found) - 1
        own = round((residents - in_seat) * shares[position] / sum(shares))
        found.append(Locality(names[position], gmina, point, is_seat=False, is_town=False, residents=own))
    return found


def _seat_point(gmina: Gmina) -> Point:
    """Return the middle of the hexagon of the gmina nearest to its seat; a ring's seat is in the town inside it."""
    return middle_of(min(sorted(gmina.cells), key=lambda cell: distance(middle_of(cell), gmina.seat)))
