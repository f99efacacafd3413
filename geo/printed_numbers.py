"""
Numbers as they are printed: rounded half up, and never so far that a little reads as none or nearly all as all.

What is known as "at least" is rounded down and what is known as "at most" up: "at least 2.3" is false of 2.25.
"""

import math
from typing import Final, Literal

import numpy as np
import pandas as pd

from geo.frames import as_floats

DECIMALS = 1
"""Digits after the decimal sign of a rate and of a share in per cent."""

_EXACT = 9
"""Digits that sums of floats are exact to: what differs from none or all by less is none or all."""

Bound = Literal["", "least", "most", "unsure"]
"""A number is as it stands, or at least that, or at most that, or it may be either."""
LEAST: Final = "least"
MOST: Final = "most"
UNSURE: Final = "unsure"


def bound_of(*, is_more: bool, is_less: bool) -> Bound:
    """Return the bound of a number that may be more, less, either, or is as it stands."""
    if is_more and is_less:
        return UNSURE
    return LEAST if is_more else MOST if is_less else ""


def rounded(value: float, decimals: int, *, bound: Bound = "") -> float:
    """Return a number with so many decimals, so that what is said of it with its bound stays true."""
    # 24.95 is held as a hair less, and everybody's spreadsheet prints 25.0.
    scale = 10.0**decimals
    scaled = round(value * scale, 6)
    if bound == LEAST:
        return math.floor(scaled) / scale
    return (math.ceil(scaled) if bound == MOST else math.floor(scaled + 0.5)) / scale


def decimals_of(value: float, *, whole: float = math.inf, bound: Bound = "") -> int:
    """
    Return with how many digits after the decimal sign a number is printed.

    Parameters
    ----------
    value
        0 or more; a change may be less than 0.
    whole
        What would be all of it: 100 of a number in per cent.
    bound
        `least` is rounded down, `most` up.

    Returns
    -------
    decimals
        0 for nothing and for the whole; else 1, or as many as it takes not to print 0,0 or 100,0.
    """
    value = round(value, _EXACT)
    if value in (0, whole):
        return 0
    return next(
        (n for n in range(DECIMALS, _EXACT) if rounded(value, n, bound=bound) not in (0, whole)), _EXACT
    )


def printed_number(value: float, *, whole: float = math.inf, bound: Bound = "") -> float:
    """Return the number that is printed: `value` with `decimals_of` it."""
    return rounded(value, decimals_of(value, whole=whole, bound=bound), bound=bound)


def printed_numbers(
    values: pd.Series, *, whole: float = math.inf, bounds: pd.Series | None = None
) -> pd.Series:
    """
    Return `printed_number` of each value, missing where it is; 0 or more in, floats out.

    Parameters
    ----------
    bounds
        The bound of each value, with the same index; None where none has any.
    """
    numbers = as_floats(values, what="values to print")
    told = [""] * len(numbers) if bounds is None else bounds.reindex(values.index, fill_value="")
    printed = np.array(
        [
            value if math.isnan(value) else printed_number(float(value), whole=whole, bound=bound)
            for value, bound in zip(numbers, told, strict=True)
        ]
    )
    return pd.Series(printed, index=values.index, dtype=float)
