"""Gminas, powiats and voivodeships of the example: where, of which kind, under which code and name."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from data.example.ground import Cell, Point, Shape, distance, shapes
from data.example.names import adjective, place_names
from data.example.seeds import EAST, MAIN, WEST, Seed, make_seeds
from geo.teryt import FIRST_CITY_POWIAT

Kind = Literal["city", "town", "seat", "suburb", "village", "far_village"]
"""What decides about people and services; `city` has powiat rights, `seat` is an urban-rural seat of a powiat."""

SEED = "mapa-wsparcia-spolecznego 1"
_SUBURB_KM = 23.0
_FAR_KM = 21.0
"""A village this far from a town is one that people leave."""


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


def make_units() -> Units:
    """Return the units; the same at every call."""
    chance = random.Random(f"{SEED} units")  # noqa: S311 - an example, not a secret
    seeds, group_of = make_seeds(chance)
    cells: dict[int, list[Cell]] = {}
    for cell, group in group_of.items():
        cells.setdefault(group, []).append(cell)
    return _named(seeds, shapes(group_of), cells, chance)


def is_city_code(code: str) -> bool:
    """Tell whether the code of a powiat is that of a city with powiat rights."""
    return int(code[2:4]) >= FIRST_CITY_POWIAT


def _named(
    seeds: list[Seed], shape_of: Mapping[int, Shape], cells: Mapping[int, list[Cell]], chance: random.Random
) -> Units:
    names = place_names(chance)
    name_of: dict[Point, str] = {}
    for seed in seeds:
        name_of.setdefault(seed.point, next(names))
    gminas: list[Gmina] = []
    powiats: dict[str, str] = {}
    for voivodeship in sorted((MAIN, WEST, EAST)):
        own = [
            number for number, seed in enumerate(seeds) if seed.is_seat and seed.voivodeship == voivodeship
        ]
        cities = [number for number in own if seeds[number].is_city]
        land_seats = sorted(
            (n for n in own if not seeds[n].is_city), key=lambda n: adjective(name_of[seeds[n].point])
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


def _type(seed: Seed) -> int:
    """Return the last digit of the code: urban, rural or urban-rural."""
    if seed.radius:
        return 1
    return 3 if seed.has_town else 2


def _kind(seed: Seed, seeds: list[Seed]) -> Kind:
    if seed.is_city:
        return "city"
    if seed.is_seat:
        return "town" if seed.radius else "seat"
    if distance(seed.point, seeds[0].point) < _SUBURB_KM:
        return "suburb"
    towns = [other.point for other in seeds if other.is_seat]
    is_far = min(distance(seed.point, town) for town in towns) > _FAR_KM
    return "far_village" if is_far else "village"
