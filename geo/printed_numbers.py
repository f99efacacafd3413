"""Numbers as they are printed: rounded half up, and never so far that a little reads as none or nearly all as all."""

import math

import numpy as np
import pandas as pd

from geo.frames import as_floats

DECIMALS = 1
"""Digits after the decimal sign of a rate and of a share in per cent."""

_EXACT = 9
"""Digits that sums of floats are exact to: what differs from none or all by less is none or all."""


def decimals_of(value: float, *, whole: float = math.inf) -> int:
    """
    Return with how many digits after the decimal sign a number is printed.

    Parameters
    ----------
    value
        0 or more.
    whole
        What would be all of it: 100 of a number in per cent.

    Returns
    -------
    decimals
        0 for nothing and for the whole; else 1, or as many as it takes not to print 0,0 or 100,0.
    """
    value = round(value, _EXACT)
    if value in (0, whole):
        return 0
    return next(
        (n for n in range(DECIMALS, _EXACT) if _half_up(value, n) > 0 and _half_up(value, n) != whole), _EXACT
    )


def printed_number(value: float, *, whole: float = math.inf) -> float:
    """Return the number that is printed: `value` with `decimals_of` it."""
    return _half_up(value, decimals_of(value, whole=whole))


def printed_numbers(values: pd.Series, *, whole: float = math.inf) -> pd.Series:
    """Return `printed_number` of each value, missing where it is; 0 or more in, floats out."""
    numbers = as_floats(values, what="values to print")
    rounded = np.array(
        [value if math.isnan(value) else printed_number(float(value), whole=whole) for value in numbers]
    )
    return pd.Series(rounded, index=values.index, dtype=float)


def _half_up(value: float, decimals: int) -> float:
    # 24.95 is held as a hair less, and everybody's spreadsheet prints 25.0.
    scale = 10.0**decimals
    return math.floor(round(value * scale, 6) + 0.5) / scale
