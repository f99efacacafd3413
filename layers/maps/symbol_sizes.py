"""How large a symbol is drawn for a number: its area grows with it, on screen and on paper alike."""

import math
from typing import Final

import pandas as pd

LARGEST_RADIUS_PX: Final = 22.0
LEAST_RADIUS_PX: Final = 1.5
"""Every gmina of the country has a symbol where people are shown: larger ones would cover it all."""
_OF_LARGEST: Final = (1.0, 0.25, 0.04)
"""What the legend shows, as parts of the highest number, each the next rounder one below."""
_ROUND: Final = (1, 2, 5)
"""First digits of round numbers."""


def symbol_radius(value: float, highest: float) -> float:
    """Return the radius in pixels of the screen of a number above zero; the highest has the largest."""
    return max(LEAST_RADIUS_PX, LARGEST_RADIUS_PX * math.sqrt(value / highest))


def legend_values(values: pd.Series) -> tuple[float, ...]:
    """
    Return the numbers that the legend shows symbols of, the highest first: 1, 2 or 5 with zeros, which can be compared.

    None is above the highest number of the map, nor below its lowest where a round one lies between them.
    """
    above = values[values > 0].dropna()
    if above.empty:
        return ()
    highest, lowest = float(above.max()), float(above.min())
    shown = [round_below(highest)]
    for part in _OF_LARGEST[1:]:
        value = max(round_below(part * highest), _round_above(lowest))
        if value < shown[-1]:
            shown.append(value)
    return tuple(shown)


def round_below(value: float) -> float:
    """Return the greatest of 1, 2 and 5 times a power of ten that is not above a number greater than zero."""
    power = 10.0 ** math.floor(math.log10(value))
    return _exact(next(digit for digit in reversed(_ROUND) if digit * power <= value or digit == 1) * power)


def _round_above(value: float) -> float:
    below = round_below(value)
    return below if below >= value else round_below(_exact(2.5 * below))


def _exact(value: float) -> float:
    """Return a number without what floats add to it: 0.30000000000000004 is printed in no other way."""
    return round(value, 9)
