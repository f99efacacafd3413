"""What a person can choose from: distances, ways, ages, years and methods that an address may say."""

from typing import Final, Literal, get_args

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
YEARS = (0, 2030, 2035, 2040)
"""0 is now; the others are years of the projections."""
PROJECTED_AGES = (65, 80)
METHODS: Final[tuple[Method, ...]] = get_args(Method)
MOST_NORM = 1000.0
FIRST_FORMS = {"older": "CAL-DPS", "disabled": "REI-WTZ", "homeless": "BEZ-SCH"}
"""The form shown first for a group: the one that most registers list."""


def offered_km(form: str) -> tuple[int, ...]:
    """Return the distances that are offered for a form."""
    return OFFERED_KM["wide" if is_wide(form) else "near"]
