"""What the gminas of the example grow from: a seat each, the hexagons that it takes and the powiat that it is in."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.example.ground import Cell, Point, cells_within, distance, joined, middle_of, neighbours, warped

MAIN, WEST, EAST = "98", "96", "97"
_INNER, _OUTER = (72.0, 61.0), (99.0, 63.0)
_OPEN_COAST_KM = 40.0
"""North and south of this the main voivodeship ends at the sea, where it has no neighbour."""
_CITIES: tuple[tuple[Point, float], ...] = (((-6.0, 5.0), 8.6), ((37.0, -21.0), 5.2))
"""Middle and radius of the two cities with powiat rights."""
_RURAL = {MAIN: 112, WEST: 15, EAST: 15}
_POWIATS = {MAIN: 14, WEST: 3, EAST: 3}
_TOWNS = {MAIN: 6, WEST: 1, EAST: 1}
"""Seats that are a gmina of their own inside a rural gmina of the same name; other seats are urban-rural."""
_TOWN_KM = 2.9
_TOWN_EVERY = 6
"""One gmina of so many has a small town that is no seat of a powiat."""


@dataclass
class Seed:
    """
    What one gmina grows from; one with a `radius` is a town that is a gmina of its own, of so many kilometres.

    `is_seat` is that of a powiat; `powiat` is the number of the seed at the seat of its own.
    """

    point: Point
    voivodeship: str
    radius: float = 0.0
    is_seat: bool = False
    has_town: bool = False
    powiat: int = -1

    @property
    def is_city(self) -> bool:
        """Tell whether it is a city with powiat rights."""
        return self.radius > _TOWN_KM


def make_seeds(chance: random.Random) -> tuple[list[Seed], dict[Cell, int]]:
    """Return the seeds of all gminas, the larger city first, and by hexagon the number of the one that takes it."""
    land = {
        cell: voivodeship
        for cell in cells_within(*_OUTER)
        if (voivodeship := _voivodeship_of(middle_of(cell)))
    }
    seeds = list(_seeds(land, chance))
    taken = joined(_grouped(land, seeds))
    _give_powiats(seeds, taken)
    return seeds, taken


def _voivodeship_of(point: Point) -> str | None:
    x, y = warped(point)
    if (x / _OUTER[0]) ** 2 + (y / _OUTER[1]) ** 2 > 1:
        return None
    if (x / _INNER[0]) ** 2 + (y / _INNER[1]) ** 2 <= 1:
        return MAIN
    if abs(x) < _OPEN_COAST_KM:
        return None
    return WEST if x < 0 else EAST


def _seeds(land: Mapping[Cell, str], chance: random.Random) -> Iterator[Seed]:
    """Give the seats of gminas: cities, then powiat seats far from each other, then all others, well apart."""
    cities = [Seed(point, MAIN, radius, is_seat=True) for point, radius in _CITIES]
    yield from cities
    for voivodeship in (MAIN, WEST, EAST):
        inside = [middle_of(cell) for cell, code in land.items() if code == voivodeship]
        taken = [seed.point for seed in cities]
        seats = _spread(inside, _POWIATS[voivodeship], taken, chance, least_km=10.0)
        taken += seats
        for number, point in enumerate(seats):
            if number < _TOWNS[voivodeship]:
                yield Seed(point, voivodeship, _TOWN_KM, is_seat=True)
            is_seat = number >= _TOWNS[voivodeship]
            yield Seed(point, voivodeship, is_seat=is_seat, has_town=is_seat)
        others = _RURAL[voivodeship] - _POWIATS[voivodeship]
        for number, point in enumerate(_spread(inside, others, taken, chance, least_km=3.0)):
            yield Seed(point, voivodeship, has_town=number % _TOWN_EVERY == 0)


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


def _grouped(land: Mapping[Cell, str], seeds: list[Seed]) -> dict[Cell, int]:
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


def _mixed(point: Point, moved: Point, town: Seed) -> Point:
    """Return the moved point; about a small town the waves are halved, or they would tear it."""
    if town.is_city:
        return moved
    east, north = warped(town.point)
    return (
        (moved[0] + point[0] - town.point[0] + east) / 2,
        (moved[1] + point[1] - town.point[1] + north) / 2,
    )


def _give_powiats(seeds: list[Seed], group_of: Mapping[Cell, int]) -> None:
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
