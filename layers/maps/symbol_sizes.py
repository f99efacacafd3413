"""How large a symbol is drawn for a number: its area grows with it, on screen and on paper alike."""

import math
from typing import Final

import pandas as pd

LARGEST_RADIUS_PX: Final = 22.0
LEAST_RADIUS_PX: Final = 1.5
"""Every gmina of the country has a symbol where people are shown: larger ones would cover it all."""
_OF_LARGEST: Final = (1.0, 0.25, 0.04)
"""What the legend shows, as parts of the highest number."""


def symbol_radius(value: float, highest: float) -> float:
    """Return the radius in pixels of the screen of a number above zero; the highest has the largest."""
    return max(LEAST_RADIUS_PX, LARGEST_RADIUS_PX * math.sqrt(value / highest))


def legend_values(values: pd.Series) -> tuple[float, ...]:
    """Return the numbers that the legend shows symbols of: the highest first, each one that occurs or is rounder."""
    above = values[values > 0].dropna()
    if above.empty:
        return ()
    highest, lowest = float(above.max()), float(above.min())
    shown = [highest]
    for part in _OF_LARGEST[1:]:
        value = _rounder(part * highest)
        if lowest <= value < shown[-1]:
            shown.append(value)
    if lowest < shown[-1] and len(shown) < len(_OF_LARGEST):
        shown.append(lowest)
    return tuple(shown)


def _rounder(value: float) -> float:
    """Return a number of one digit that counts, at least 1 where it is above."""
    power = 10.0 ** math.floor(math.log10(value))
    return round(math.ceil(value / power) * power, 6)
