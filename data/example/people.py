"""People of the example by gmina, age and year: villages that empty, a ring of suburbs that grows, an ageing whole."""

import math
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from data.example.units import SEED, Gmina, Kind, Units

BANDS: tuple[tuple[int, int | None], ...] = (*((low, low + 4) for low in range(0, 85, 5)), (85, None))
"""Bands of age as the statistical office gives them."""
COUNTED_ON = 2024
LAST_YEAR = 2040
_SHARES = (
    4.3, 5.0, 5.3, 5.1, 4.9, 5.4, 6.6, 7.9, 8.6, 8.0, 7.1, 6.0, 6.0, 6.5, 5.8, 4.0, 2.3, 2.0,
)  # fmt: skip
"""Of a hundred people, by band: about the age structure of Poland in the middle of the twenties."""
_SIZES: Mapping[Kind, tuple[int, int]] = {
    "city": (78_000, 84_000),
    "town": (15_500, 31_000),
    "seat": (11_000, 23_000),
    "suburb": (9_000, 22_000),
    "village": (4_200, 10_500),
    "far_village": (2_100, 4_300),
}
_CAPITAL = 238_000
_AGEING: Mapping[Kind, float] = {
    "city": 0.10, "town": 0.16, "seat": 0.06, "suburb": -0.28, "village": 0.0, "far_village": 0.34,
}  # fmt: skip
"""How much older than the whole: the logarithm of how many more people of 80 there are for each of 40."""
_GROWTH: Mapping[Kind, float] = {
    "city": -0.004, "town": -0.009, "seat": -0.005, "suburb": 0.013, "village": -0.006, "far_village": -0.017,
}  # fmt: skip
"""Of all ages, a year."""
_WOMEN = (
    48.7, 48.6, 48.7, 48.7, 48.8, 49.0, 49.3, 49.5, 49.6, 49.9, 50.4, 51.2, 52.4, 54.2, 56.7, 59.6, 63.5, 70.3,
)  # fmt: skip
_SURVIVAL = (
    0.999, 0.999, 0.999, 0.998, 0.998, 0.997, 0.996, 0.995, 0.992, 0.987, 0.979, 0.966, 0.947, 0.918, 0.874, 0.800,
    0.672,
)  # fmt: skip
"""Share of a band that lives to be in the next one, five years later."""
_OLDEST_SURVIVAL = 0.46
_BIRTHS = 0.024
"""A year, for each person of 20 to 44."""


@dataclass(frozen=True)
class People:
    """Residents by band (`BANDS`) of each gmina, by year, from `COUNTED_ON` to `LAST_YEAR`; whole persons."""

    by_year: Mapping[int, Mapping[str, tuple[int, ...]]]

    def residents(self, gmina: Gmina, year: int = COUNTED_ON) -> int:
        """Return all residents of a gmina."""
        return sum(self.by_year[year][gmina.area_code])

    def from_age(self, gmina: Gmina, age: int, year: int = COUNTED_ON) -> int:
        """Return the residents of a gmina who are of an age or older."""
        bands = self.by_year[year][gmina.area_code]
        return sum(persons for (low, _), persons in zip(BANDS, bands, strict=True) if low >= age)

    def band(self, gminas: Iterable[Gmina], first: int, last: int, year: int = COUNTED_ON) -> int:
        """Return the people of bands `first` to `last` in some gminas."""
        return sum(sum(self.by_year[year][gmina.area_code][first : last + 1]) for gmina in gminas)


def make_people(units: Units) -> People:
    """Return people of every year; the same at every call."""
    chance = random.Random(f"{SEED} people")  # noqa: S311 - an example, not a secret
    exact = {
        gmina.area_code: _structure(gmina, chance, is_capital=gmina is units.cities[0])
        for gmina in units.gminas
    }
    growth = {gmina.area_code: _GROWTH[gmina.kind] + chance.uniform(-0.003, 0.003) for gmina in units.gminas}
    by_year = {COUNTED_ON: {code: tuple(map(round, bands)) for code, bands in exact.items()}}
    for year in range(COUNTED_ON + 1, LAST_YEAR + 1):
        exact = {code: _a_year_later(bands, growth[code]) for code, bands in exact.items()}
        by_year[year] = {code: tuple(map(round, bands)) for code, bands in exact.items()}
    return People(by_year)


def earlier(bands: tuple[int, ...], years: int) -> Iterator[float]:
    """Give about how many people of each band there were some years before: the old were fewer."""
    for (low, _), persons in zip(BANDS, bands, strict=True):
        yield persons * (1 - 0.016 * years) if low >= 65 else persons * (1 + 0.004 * years)


def women(band: int, persons: int) -> int:
    """Return how many of the people of a band are women."""
    return round(persons * _WOMEN[band] / 100)


def _structure(gmina: Gmina, chance: random.Random, *, is_capital: bool) -> list[float]:
    least, most = _SIZES[gmina.kind]
    persons = _CAPITAL if is_capital else chance.randint(least, most)
    tilt = _AGEING[gmina.kind] + chance.uniform(-0.12, 0.12)
    weights = [
        share * math.exp(tilt * (low + 2 - 40) / 40) * chance.uniform(0.96, 1.04)
        for share, (low, _) in zip(_SHARES, BANDS, strict=True)
    ]
    return [persons * weight / sum(weights) for weight in weights]


def _a_year_later(bands: list[float], growth: float) -> list[float]:
    """Return the bands a year later: a fifth of each grows into the next, some die, some move in or out."""
    moved = 1 + growth
    later = [
        _BIRTHS * sum(bands[4:9]) + 0.8 * bands[0],
        *(
            0.8 * own + 0.2 * younger * survival
            for own, younger, survival in zip(bands[1:-1], bands, _SURVIVAL, strict=False)
        ),
    ]
    oldest = bands[-1] * (1 - (1 - _OLDEST_SURVIVAL) / 5) + 0.2 * bands[-2] * _SURVIVAL[-1]
    young = [
        persons * (moved if low < 65 else 1 + growth / 3)
        for persons, (low, _) in zip(later, BANDS, strict=False)
    ]
    return [*young, oldest]
