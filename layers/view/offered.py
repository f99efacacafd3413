"""What a person can choose from: distances, ways, ages, years and methods that an address may say."""

from typing import Final, Literal, get_args

from data.registry.registry import Registry
from data.vocabulary import is_wide
from geo.roads.network import Mode

Travel = Literal["line"] | Mode
Method = Literal["2sfca", "e2sfca_step", "e2sfca_gauss", "3sfca_step", "3sfca_gauss"]
"""Of access: a floating catchment (`geo.access.AccessMethod`), and how it decays with distance."""

DISTANCES_KM = (1, 2, 5, 10, 15, 20, 30, 50, 100)
OFFERED_KM = {"near": (1, 2, 5, 10, 15, 20, 30), "wide": (30, 50, 100)}
"""Distances offered for a form by its use; a link may say any of `DISTANCES_KM`."""
WIDE_KM = 30
"""
How far is near for a form that people come to from anywhere, unless somebody says otherwise: the least that is offered.

The law asks for the nearest home whatever the powiat, and the farther one looks, the more unlisted homes of neighbours
may be in reach: in Małopolskie 17 of 22 powiats are known at 30 km, 4 at 50 and none at 100.
"""
TRAVELS: Final[tuple[Travel, ...]] = ("line", "car", "foot")
MINUTES = (5, 10, 15, 20, 30, 45, 60, 90)
DETOURS_PCT = (100, 120, 130, 140, 150)
"""What a road is longer than the straight line, in per cent of the line."""
AGES = (60, 65, 70, 75, 80, 85)
"""Where a band of GUS begins: from which age people are counted as older."""
FIRST_YEAR, LAST_YEAR = 2020, 2040
YEARS = (0, *(year for year in range(FIRST_YEAR, LAST_YEAR + 1) if year != 2021))
"""0 is now; the others may have people by age: before the census 2020, from 2022 on what it counted and projections."""
FORECAST_YEARS = (2030, 2035, 2040)
"""Years that cards and lines tell, and the years of projections that are of powiats alone."""
PROJECTED_AGES = (65, 80)
"""Ages of projections that are of powiats alone."""
FILTERS: Final = (
    "open",
    "vacant",
    "free",
    "home",
    "wheelchair",
    "women",
    "men",
    "families",
    "couples",
    "sober",
    "no_referral",
)
"""What a resident's list can be narrowed by, beside `language:` and the code of a language."""
METHODS: Final[tuple[Method, ...]] = get_args(Method)
MOST_NORM = 1000.0
FIRST_FORMS = {"older": "CAL-DPS", "disabled": "REI-WTZ", "homeless": "BEZ-SCH"}
"""The form shown first for a group: the one that most registers list."""
FIRST_OF_COUNTRY = {"older": "people", "disabled": "reached_residents", "homeless": "known_places"}
"""The indicator shown first for a group of the whole country, of its first form: what is known all over it."""


def offered_years(registry: Registry) -> tuple[int, ...]:
    """
    Return the years that are offered: now, the later ones, then earlier ones that were counted.

    Where people of no other year are told of gminas, the years of projections of powiats.
    """
    now, years = registry.year_of_now, registry.resident_years
    if len(years) < 2:
        return (0, *FORECAST_YEARS)
    later = [year for year in years if now < year <= LAST_YEAR]
    earlier = [year for year in reversed(registry.counted_years) if FIRST_YEAR <= year < now]
    return (0, *later, *earlier)


def offered_ages(registry: Registry, year: int) -> tuple[int, ...]:
    """Return the ages that are offered for a year: all where it is told of gminas."""
    return PROJECTED_AGES if year and year not in registry.resident_years else AGES


def offered_km(form: str) -> tuple[int, ...]:
    """Return the distances that are offered for a form."""
    return OFFERED_KM["wide" if is_wide(form) else "near"]
