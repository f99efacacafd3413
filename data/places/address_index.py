"""Addresses found offline: the door, a neighbouring house or the street, by an index of published addresses."""

import sqlite3
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from pathlib import Path
from typing import Final

from shapely import Point

from data.places.address_answers import DoorAddress
from data.places.address_index_file import METRES_PER_DEGREE, PER_DEGREE
from data.places.house_numbers import base_of, doors_meant
from data.places.locality_names import fold_locality
from data.places.street_names import StreetName, likeness, street_name

DOOR_RADIUS_M: Final = 100
"""The point of a door stands at its house or gate, or in a large yard."""
SAME_NUMBER_RADIUS_M: Final = 200
VILLAGE_NUMBER_RADIUS_M: Final = 300
"""12 and 12A: 19 of 20 lie within 167 m of each other in streets, within 296 m in villages (docs/geocoding.md)."""
END_RADIUS_M: Final = 200
"""Beyond the last number of a street: 19 of 20 lie within 208 m of it."""
_SAME_DOOR_M: Final = 100.0
"""Points of one number that lie further apart are of two houses."""
_SAME_STREET_M: Final = 200.0
_NEAR_NUMBERS: Final = 10
_POWIAT_DIGITS: Final = 4
_STREETS_OF_WORD: Final = """
    SELECT locality, id, name, latitude, longitude, half_diagonal_m
    FROM word JOIN street ON street.id = word.street_id WHERE word.gmina_code = ? AND word.word = ?
"""
_DOORS_OF_NUMBER: Final = (
    "SELECT number, latitude, longitude FROM door WHERE street_id = ? AND base = ? ORDER BY number"
)
_NUMBER_BELOW: Final = """
    SELECT base, latitude, longitude FROM door WHERE street_id = ? AND base < ? AND base >= 0 AND base % 2 = ? % 2
    ORDER BY base DESC, number LIMIT 1
"""
_NUMBER_ABOVE: Final = """
    SELECT base, latitude, longitude FROM door WHERE street_id = ? AND base > ? AND base % 2 = ? % 2
    ORDER BY base, number LIMIT 1
"""
_Degrees = tuple[int, int]
"""Latitude and longitude in parts of a degree (`PER_DEGREE`)."""


@dataclass(frozen=True)
class FoundAddress:
    """
    Where an address is.

    `grade` is `door`, or `street` for a neighbouring house or the middle of the street; the point is in EPSG:4326.
    `radius_m` is how far from the point the door may be.
    """

    point: Point
    grade: str
    radius_m: int


@dataclass(frozen=True)
class _Street:
    """One street of an index; `likeness` is that of its name to the one looked for (`street_names.likeness`)."""

    number: int
    name: StreetName
    middle: _Degrees
    half_diagonal_m: int
    likeness: int

    def middle_place(self) -> FoundAddress:
        """Return the middle of the street: 93 of 100 addresses lie within half its diagonal of it."""
        return FoundAddress(_point(self.middle), "street", max(DOOR_RADIUS_M, self.half_diagonal_m))


class AddressIndex:
    """
    Doors and streets by gmina, locality and name.

    Parameters
    ----------
    paths
        Index files (`data.places.address_index_file`).
    area_of_code
        6-digit gmina code of any vintage → code of a gmina of our boundaries.
    """

    def __init__(self, paths: Sequence[Path], *, area_of_code: Mapping[str, str]) -> None:
        self._files = [_IndexFile(path) for path in paths]
        self._area_of_code = area_of_code
        self._codes: dict[str, set[str]] = {}
        for code in sorted({code for file in self._files for code in file.gmina_codes()}):
            self._codes.setdefault(self._area_of(code), set()).add(code)

    def find(self, address: DoorAddress, *, gmina_code: str) -> FoundAddress | None:
        """
        Return the finest place of an address inside a gmina; None where street or number are unknown there.

        A door goes before a street, and of two streets the one that is known more exactly, whichever file has it. "ul.
        Korczyna 213, Biecz" is the door 213 of the village Korczyna, where no street of Biecz has the name.
        """
        found = self._finest(address, gmina_code)
        if found is None and address.street and address.house_number:
            of_village = self._finest(DoorAddress(address.street, None, address.house_number), gmina_code)
            return of_village if of_village is not None and of_village.grade == "door" else None
        return found

    def _finest(self, address: DoorAddress, gmina_code: str) -> FoundAddress | None:
        codes = sorted(self._codes.get(gmina_code, ()))
        found = [place for file in self._files if (place := file.find(address, codes)) is not None]
        return min(found, key=lambda place: (place.grade != "door", place.radius_m), default=None)

    def _area_of(self, code: str) -> str:
        """Return the gmina of a code; districts of a city (8, 9 at the end of its TERC) are the city."""
        known = self._area_of_code.get(code)
        if known is not None:
            return known
        of_powiat = {
            area
            for other, area in self._area_of_code.items()
            if other[:_POWIAT_DIGITS] == code[:_POWIAT_DIGITS]
        }
        return next(iter(of_powiat)) if len(of_powiat) == 1 else code


class _IndexFile:
    """One index file, read only."""

    def __init__(self, path: Path) -> None:
        # Read by whichever thread loads; nothing writes it.
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        weakref.finalize(self, self._connection.close)

    def gmina_codes(self) -> list[str]:
        return [code for (code,) in self._connection.execute("SELECT DISTINCT gmina_code FROM street")]

    def find(self, address: DoorAddress, codes: Iterable[str]) -> FoundAddress | None:
        """Return the place of an address in gminas by their codes of this file."""
        wanted, locality = street_name(address.street), fold_locality(address.locality_name)
        streets = [street for code in codes for street in self._streets(code, locality, wanted)]
        if not streets:
            return None
        most = max(street.likeness for street in streets)
        best = [street for street in streets if street.likeness == most]
        if address.house_number and (door := self._door(best, address.house_number)):
            return door
        if len(best) > 1 and not _are_one(best):
            return None
        near = self._neighbour(best[0], address.house_number) if address.house_number else None
        return near or (best[0].middle_place() if wanted.words else None)

    def _streets(self, code: str, locality: str, wanted: StreetName) -> list[_Street]:
        """
        Return the streets that a name may mean: those of its kind, of any kind where there are none.

        They are of the locality, or of one that has its name in its own ("Charsznica" of "Miechów-Charsznica").
        """
        for word in dict.fromkeys([wanted.words[-1], max(wanted.words, key=len)] if wanted.words else [""]):
            rows = self._connection.execute(_STREETS_OF_WORD, (code, word)).fetchall()
            in_locality = [row for row in rows if row[0] == locality]
            if not in_locality and wanted.words:
                in_locality = [row for row in rows if _is_part(locality, row[0])]
            streets = [
                _Street(number, name, (latitude, longitude), half_m, alike)
                for _, number, text, latitude, longitude, half_m in in_locality
                if (alike := likeness(wanted, name := street_name(text)))
            ]
            if streets:
                return [street for street in streets if street.name.kind == wanted.kind] or streets
        return []

    def _door(self, streets: Sequence[_Street], house_number: str) -> FoundAddress | None:
        """Return the door of a number, None where there is none or several far from each other."""
        meant = doors_meant(house_number)
        doors: dict[str, list[_Degrees]] = {}
        for street in streets:
            for base in dict.fromkeys(map(base_of, meant)):
                for number, *place in self._connection.execute(_DOORS_OF_NUMBER, (street.number, base)):
                    doors.setdefault(number, []).append((place[0], place[1]))
        found = next((doors[number] for number in meant if number in doors), [])
        if not found or any(_distance_m(found[0], other) > _SAME_DOOR_M for other in found):
            return None
        return FoundAddress(_point(found[0]), "door", DOOR_RADIUS_M)

    def _neighbour(self, street: _Street, house_number: str) -> FoundAddress | None:
        """Return where a number that is not known stands by those of the same house, or between which it stands."""
        base = base_of(house_number)
        if base < 0:
            return None
        same = self._connection.execute(_DOORS_OF_NUMBER, (street.number, base)).fetchone()
        if same is not None:
            radius_m = SAME_NUMBER_RADIUS_M if street.name.words else VILLAGE_NUMBER_RADIUS_M
            return FoundAddress(_point(same[1:]), "street", radius_m)
        if not street.name.words:
            return None
        below = self._connection.execute(_NUMBER_BELOW, (street.number, base, base)).fetchone()
        above = self._connection.execute(_NUMBER_ABOVE, (street.number, base, base)).fetchone()
        return _between(below, above, base)


def _is_part(name: str, other: str) -> bool:
    """Tell whether every word of a folded name begins one of another: "tomaszow maz" of "tomaszow mazowiecki"."""
    words = other.split()
    return bool(name) and all(any(word.startswith(part) for word in words) for part in name.split())


def _are_one(streets: Sequence[_Street]) -> bool:
    """Tell whether streets that a name may mean lie so near each other that either will do."""
    first = streets[0].middle
    return all(_distance_m(first, street.middle) <= _SAME_STREET_M for street in streets)


def _between(
    below: tuple[int, int, int] | None, above: tuple[int, int, int] | None, base: int
) -> FoundAddress | None:
    """Return the place of a number between the nearest ones of its side of the street, or beside the only one."""
    if below is None or above is None:
        one = below or above
        is_near = one is not None and abs(one[0] - base) <= _NEAR_NUMBERS
        return FoundAddress(_point(one[1:]), "street", END_RADIUS_M) if one and is_near else None
    share = (base - below[0]) / (above[0] - below[0])
    place = tuple(low + (high - low) * share for low, high in zip(below[1:], above[1:], strict=True))
    apart_m = _distance_m(below[1:], above[1:])
    return FoundAddress(_point(place), "street", max(DOOR_RADIUS_M, round(apart_m)))


def _point(place: Sequence[float]) -> Point:
    latitude, longitude = place
    return Point(longitude / PER_DEGREE, latitude / PER_DEGREE)


def _distance_m(first: Sequence[float], second: Sequence[float]) -> float:
    """Return how far two places are apart, within 1 % in Poland: enough to tell near from far."""
    shrunk = cos(radians(first[0] / PER_DEGREE))
    return METRES_PER_DEGREE / PER_DEGREE * hypot(first[0] - second[0], (first[1] - second[1]) * shrunk)
