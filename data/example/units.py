"""Gminas, powiats and voivodeships of the example: where, of which kind, under which code and name."""

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from data.example.ground import (
    Cell,
    Point,
    Shape,
    cells_within,
    joined,
    middle_of,
    neighbours,
    shapes,
    warped,
)
from data.example.names import adjective, place_names
from geo.teryt import FIRST_CITY_POWIAT

Kind = Literal["city", "town", "seat", "suburb", "village", "far_village"]
"""What decides about people and services; `city` has powiat rights, `seat` is an urban-rural seat of a powiat."""

SEED = "mapa-wsparcia-spolecznego 1"
MAIN, WEST, EAST = "98", "96", "97"
_INNER, _OUTER = (72.0, 61.0), (99.0, 63.0)
_OPEN_COAST_KM = 40.0
"""North and south of this the main voivodeship ends at the sea, where it has no neighbour."""
_CITIES: tuple[tuple[Point, float], ...] = (((-6.0, 5.0), 8.6), ((37.0, -21.0), 5.2))
"""Middle and radius of the two cities with powiat rights."""
_SUBURB_KM = 23.0
_FAR_KM = 21.0
"""A village this far from a town is one that people leave."""
_RURAL = {MAIN: 112, WEST: 15, EAST: 15}
_POWIATS = {MAIN: 14, WEST: 3, EAST: 3}
_TOWNS = {MAIN: 6, WEST: 1, EAST: 1}
"""Seats that are a gmina of their own inside a rural gmina of the same name; other seats are urban-rural."""
_TOWN_KM = 2.9
_TOWN_EVERY = 6
"""One gmina of so many has a small town that is no seat of a powiat."""


@dataclass(frozen=True)
class Gmina:
    """A gmina: `code` of 7 digits, its seat in kilometres, its kind, its shape and its powiat's name."""

    code: str
    name: str
    kind: Kind
    powiat_name: str
    seat: Point
    shape: Shape = field(repr=False)
    cells: tuple[Cell, ...] = field(repr=False)

    @property
    def area_code(self) -> str:
        """The code without its kind, as our areas have it."""
        return self.code[:6]

    @property
    def voivodeship(self) -> str:
        """The code of the voivodeship."""
        return self.code[:2]

    @property
    def type_name(self) -> str:
        """The kind of gmina in the words of TERC."""
        return {"1": "miejska", "2": "wiejska", "3": "miejsko-wiejska"}[self.code[6]]

    @property
    def is_rural(self) -> bool:
        """Tell whether it is rural as a whole, without a town."""
        return self.code[6] == "2"


@dataclass(frozen=True)
class Units:
    """All gminas, in the order of their codes, with `powiats` (code → name)."""

    gminas: tuple[Gmina, ...]
    powiats: Mapping[str, str]

    @cached_property
    def by_code(self) -> dict[str, Gmina]:
        """Gminas by the 6 digits of their code."""
        return {gmina.area_code: gmina for gmina in self.gminas}

    def of(self, code: str) -> list[Gmina]:
        """Return the gminas whose code begins so."""
        return [gmina for gmina in self.gminas if gmina.code.startswith(code)]

    @cached_property
    def cities(self) -> list[Gmina]:
        """The two cities with powiat rights, the larger first."""
        return [gmina for gmina in self.gminas if gmina.kind == "city"]


@dataclass
class _Seed:
    point: Point
    voivodeship: str
    radius: float = 0.0
    is_seat: bool = False
    has_town: bool = False
    powiat: int = -1


def make_units() -> Units:
    """Return the units; the same at every call."""
    chance = random.Random(f"{SEED} units")  # noqa: S311 - an example, not a secret
    land = {
        cell: voivodeship
        for cell in cells_within(*_OUTER)
        if (voivodeship := _voivodeship_of(middle_of(cell)))
    }
    seeds = list(_seeds(land, chance))
    group_of = joined(_grouped(land, seeds))
    cells: dict[int, list[Cell]] = {}
    for cell, group in group_of.items():
        cells.setdefault(group, []).append(cell)
    _give_powiats(seeds, group_of)
    return _named(seeds, shapes(group_of), cells, chance)


def is_city_code(code: str) -> bool:
    """Tell whether the code of a powiat is that of a city with powiat rights."""
    return int(code[2:4]) >= FIRST_CITY_POWIAT


def distance(one: Point, other: Point) -> float:
    """Return kilometres between two points."""
    return math.hypot(one[0] - other[0], one[1] - other[1])


def _voivodeship_of(point: Point) -> str | None:
    x, y = warped(point)
    if (x / _OUTER[0]) ** 2 + (y / _OUTER[1]) ** 2 > 1:
        return None
    if (x / _INNER[0]) ** 2 + (y / _INNER[1]) ** 2 <= 1:
        return MAIN
    if abs(x) < _OPEN_COAST_KM:
        return None
    return WEST if x < 0 else EAST


def _seeds(land: Mapping[Cell, str], chance: random.Random) -> Iterator[_Seed]:
    """Give the seats of gminas: cities, then powiat seats far from each other, then all others, well apart."""
    cities = [_Seed(point, MAIN, radius, is_seat=True) for point, radius in _CITIES]
    yield from cities
    for voivodeship in (MAIN, WEST, EAST):
        inside = [middle_of(cell) for cell, code in land.items() if code == voivodeship]
        taken = [seed.point for seed in cities]
        seats = _spread(inside, _POWIATS[voivodeship], taken, chance, least_km=10.0)
        taken += seats
        for number, point in enumerate(seats):
            if number < _TOWNS[voivodeship]:
                yield _Seed(point, voivodeship, _TOWN_KM, is_seat=True)
            is_seat = number >= _TOWNS[voivodeship]
            yield _Seed(point, voivodeship, is_seat=is_seat, has_town=is_seat)
        others = _RURAL[voivodeship] - _POWIATS[voivodeship]
        for number, point in enumerate(_spread(inside, others, taken, chance, least_km=3.0)):
            yield _Seed(point, voivodeship, has_town=number % _TOWN_EVERY == 0)


def _spread(
    points: list[Point], count: int, taken: list[Point], chance: random.Random, *, least_km: float
) -> list[Point]:
    """Return points that lie apart: of a few drawn ones always the farthest from all that stand already."""
    found: list[Point] = []
    while len(found) < count:
        drawn = chance.sample(points, 7)
        best = max(
            drawn, key=lambda point: min((distance(point, other) for other in taken + found), default=1e9)
        )
        if min((distance(best, other) for other in taken + found), default=1e9) >= least_km:
            found.append(best)
    return found


def _grouped(land: Mapping[Cell, str], seeds: list[_Seed]) -> dict[Cell, int]:
    """Give each hexagon the town whose circle it is in, else the nearest seat of its voivodeship."""
    towns = [(number, seed) for number, seed in enumerate(seeds) if seed.radius]
    rural = {
        code: [
            (number, seed.point)
            for number, seed in enumerate(seeds)
            if not seed.radius and seed.voivodeship == code
        ]
        for code in _RURAL
    }
    group_of = {}
    for cell, voivodeship in land.items():
        point = middle_of(cell)
        moved = warped(point)
        within = [
            number
            for number, town in towns
            if town.voivodeship == voivodeship
            and distance(_mixed(point, moved, town), warped(town.point)) < town.radius
        ]
        group_of[cell] = (
            within[0]
            if within
            else min(rural[voivodeship], key=lambda item: distance(moved, warped(item[1])))[0]
        )
    return group_of


def _mixed(point: Point, moved: Point, town: _Seed) -> Point:
    """Return the moved point; about a small town the waves are halved, or they would tear it."""
    if town.radius > _TOWN_KM:
        return moved
    east, north = warped(town.point)
    return (
        (moved[0] + point[0] - town.point[0] + east) / 2,
        (moved[1] + point[1] - town.point[1] + north) / 2,
    )


def _give_powiats(seeds: list[_Seed], group_of: Mapping[Cell, int]) -> None:
    """Let powiats grow from their seats, gmina by gmina, always by the one nearest to the seat: none is torn."""
    beside: dict[int, set[int]] = {}
    for cell, group in group_of.items():
        for other in neighbours(cell):
            if (found := group_of.get(other, group)) != group:
                beside.setdefault(group, set()).add(found)
    seats = [number for number, seed in enumerate(seeds) if seed.is_seat]
    for number in seats:
        seeds[number].powiat = number
    land_seats = {number for number in seats if number >= len(_CITIES)}
    while True:
        near = [
            (distance(seed.point, seeds[powiat].point), group, powiat)
            for group, seed in enumerate(seeds)
            if seed.powiat < 0
            for powiat in {seeds[other].powiat for other in beside[group]} & land_seats
            if seeds[powiat].voivodeship == seed.voivodeship
        ]
        if not near:
            return
        _, group, powiat = min(near)
        seeds[group].powiat = powiat


def _named(
    seeds: list[_Seed], shape_of: Mapping[int, Shape], cells: Mapping[int, list[Cell]], chance: random.Random
) -> Units:
    names = place_names(chance)
    name_of: dict[Point, str] = {}
    for seed in seeds:
        name_of.setdefault(seed.point, next(names))
    gminas: list[Gmina] = []
    powiats: dict[str, str] = {}
    for voivodeship in sorted(_RURAL):
        own = [
            number for number, seed in enumerate(seeds) if seed.is_seat and seed.voivodeship == voivodeship
        ]
        cities = [number for number in own if number < len(_CITIES)]
        land_seats = sorted(
            (n for n in own if n >= len(_CITIES)), key=lambda n: adjective(name_of[seeds[n].point])
        )
        for position, number in enumerate(land_seats, start=1):
            powiats[f"{voivodeship}{position:02d}"] = adjective(name_of[seeds[number].point])
        for position, number in enumerate(cities, start=FIRST_CITY_POWIAT):
            powiats[f"{voivodeship}{position}"] = name_of[seeds[number].point]
        code_of = {
            number: f"{voivodeship}{position:02d}" for position, number in enumerate(land_seats, start=1)
        }
        code_of |= {
            number: f"{voivodeship}{position}"
            for position, number in enumerate(cities, start=FIRST_CITY_POWIAT)
        }
        for powiat, code in sorted(code_of.items(), key=lambda item: item[1]):
            members = sorted(
                (number for number, seed in enumerate(seeds) if seed.powiat == powiat),
                key=lambda number: (_type(seeds[number]), name_of[seeds[number].point]),
            )
            for position, number in enumerate(members, start=1):
                seed = seeds[number]
                gminas.append(
                    Gmina(
                        f"{code}{position:02d}{_type(seed)}",
                        name_of[seed.point],
                        _kind(seed, seeds),
                        powiats[code],
                        seed.point,
                        shape_of[number],
                        tuple(cells[number]),
                    )
                )
    return Units(tuple(gminas), powiats)


def _type(seed: _Seed) -> int:
    """Return the last digit of the code: urban, rural or urban-rural."""
    if seed.radius:
        return 1
    return 3 if seed.has_town else 2


def _kind(seed: _Seed, seeds: list[_Seed]) -> Kind:
    if seed.radius > _TOWN_KM:
        return "city"
    if seed.is_seat:
        return "town" if seed.radius else "seat"
    if distance(seed.point, _CITIES[0][0]) < _SUBURB_KM:
        return "suburb"
    towns = [other.point for other in seeds if other.is_seat]
    is_far = min(distance(seed.point, town) for town in towns) > _FAR_KM
    return "far_village" if is_far else "village"
