"""Classes of a map: a class of its own for zero, limits a person can read, and every number where it is printed."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import FrameError, OptionError
from geo.frames import as_floats, require_not_negative
from geo.printed_numbers import DECIMALS, printed_numbers

LEAST_CLASSES, MOST_CLASSES = 3, 6
"""Classes beside the one for zero: two say little, and more than seven shades cannot be told apart."""

_ROOM = 1 / 3
"""How far a limit may move to a rounder number, as a part of the way to its neighbour."""
_OF_MEAN = (0.25, 0.5, 1.0, 2.0)
"""Limits of classes about a mean, as parts of it."""
_MEAN_ROOM = 0.2
"""How far such a limit may move to a rounder number, as a part of it."""


@dataclass(frozen=True)
class Classes:
    """
    How values are divided for drawing.

    Attributes
    ----------
    lowers
        Where each class begins, ascending. Class i (from 1) holds values from `lowers[i - 1]` on, up to but without
        `lowers[i]`; the last one has no upper limit. A first one that begins at 0 holds what is above zero. Empty
        where values are not divided.
    has_zero
        Whether zero occurs and needs a place in the legend.
    """

    lowers: tuple[float, ...]
    has_zero: bool

    def __len__(self) -> int:
        """Return the number of classes, without the one for zero."""
        return len(self.lowers)

    def assign(self, values: pd.Series) -> pd.Series:
        """
        Return the class of each value.

        Returns
        -------
        class_of
            Indexed like `values`, Int64: missing where there is no data, 0 for zero, then 1 up to `len(self)`. Where
            values are not divided, 1 for all above zero.

        Raises
        ------
        FrameError
            If a value lies below all classes: it would be drawn in a class whose legend excludes it.
        """
        numbers = as_floats(values, what="values")
        is_known = ~np.isnan(numbers)
        least = self.lowers[0] if len(self) else 0.0
        is_below = is_known & (numbers != 0) & (numbers < least)
        if is_below.any():
            codes = list(values.index[is_below][:5])
            raise FrameError(
                f"expected values within the classes that begin at {list(self.lowers)}, found "
                f"{numbers[is_below][0]:g}, first {codes}; classify these values themselves",
                codes=codes,
            )
        class_of = np.ones(len(numbers), dtype=np.int64)
        if len(self):
            class_of = np.searchsorted(np.array(self.lowers), numbers, side="right")
        class_of[is_known & (numbers == 0)] = 0
        result = pd.Series(class_of, index=values.index, dtype="Int64", name="class_of")
        return result.mask(~is_known)


def classify(values: pd.Series, *, max_classes: int = MOST_CLASSES) -> Classes:
    """
    Divide values above zero into classes of about equal size whose limits are round numbers.

    Parameters
    ----------
    values
        One value per area, 0 or more; missing means no data.
    max_classes
        Classes at most, beside the one for zero; 3 to 6.

    Returns
    -------
    classes
        Limits of as many decimals as values are printed with (`geo.printed_numbers`). Fewer than asked when there are
        fewer different printed values; none when there are fewer than three. No class is empty.

    Raises
    ------
    FrameError
        If a value is negative or infinite.
    OptionError
        If `max_classes` is out of range.

    Notes
    -----
    Quantiles of the printed values above zero, taken at observed values so that equal ones stay together. The next
    class begins at the roundest number from there to a third of the way to the nearer neighbour, so that in a long tail
    no limit runs away from the values it divides; a number is the rounder the larger the step of 1, 2 or 5 times a
    power of ten that it is a multiple of.
    """
    if not LEAST_CLASSES <= max_classes <= MOST_CLASSES:
        raise OptionError(
            f"expected {LEAST_CLASSES} to {MOST_CLASSES} classes, found {max_classes}",
            max_classes=max_classes,
        )
    require_not_negative(values, what="values to classify")
    printed = printed_numbers(values).dropna()
    # Limits have no more decimals than a number usually has: what is less is one value.
    printed = printed.mask((printed > 0) & (printed < 10.0**-DECIMALS), 10.0**-DECIMALS / 2)
    has_zero = bool((printed == 0).any())
    above = np.sort(printed[printed > 0].to_numpy(dtype=float))
    different = np.unique(above)
    if len(different) < LEAST_CLASSES:
        return Classes(lowers=(), has_zero=has_zero)
    uppers = _upper_values(above, different, max_classes)
    lowers = [0.0]
    for before, upper, after in zip([0.0, *uppers], uppers, uppers[1:], strict=False):
        # The class keeps a value below the limit, be it the one that it ends at.
        has_lower = bool(((different >= lowers[-1]) & (different < upper)).any())
        least = upper if has_lower else _next_step(upper)
        lowers.append(_roundest(least, max(least, upper + _ROOM * min(after - upper, upper - before))))
    return Classes(lowers=tuple(lowers), has_zero=has_zero)


def classes_about(mean: float, *, has_zero: bool) -> Classes:
    """
    Return five classes about a mean: up to a quarter of it, a half, all, twice as much, and more.

    They depend on nothing but the mean, so that values of other distances can be told beside each other. None when
    the mean is so small that fewer than three classes could be told apart in print.
    """
    limits: list[float] = []
    for part in _OF_MEAN if mean > 0 else ():
        aim = part * mean
        limit = _roundest(_on_step((1 - _MEAN_ROOM) * aim), _on_step((1 + _MEAN_ROOM) * aim))
        if limit > (limits[-1] if limits else 0):
            limits.append(limit)
    lowers = (0.0, *limits) if len(limits) >= LEAST_CLASSES - 1 else ()
    return Classes(lowers=lowers, has_zero=has_zero)


def _upper_values(above: NDArray[np.float64], different: NDArray[np.float64], count: int) -> list[float]:
    """Return the highest observed value of each class, so that equal values stay together."""
    if len(different) <= count:
        return [float(value) for value in different]
    ends = np.arange(1, count + 1) / count
    uppers = np.unique(np.quantile(above, ends, method="inverted_cdf"))
    if len(uppers) < LEAST_CLASSES:
        # Most areas share a value: quantiles fall together, and different values are divided instead.
        ends = np.arange(1, LEAST_CLASSES + 1) / LEAST_CLASSES
        uppers = np.quantile(different, ends, method="inverted_cdf")
    return [float(value) for value in uppers]


def _on_step(value: float) -> float:
    return round(value, DECIMALS)


def _next_step(value: float) -> float:
    """Return the least number of a limit's decimals above a value."""
    step = 10.0**DECIMALS
    return (math.floor(round(value * step, 6)) + 1) / step


def _roundest(low: float, high: float) -> float:
    """Return the roundest number from `low`, which has a limit's decimals, to `high`: of equals the lowest."""
    top = math.ceil(math.log10(high)) if high > 0 else 0
    for exponent in range(top, -DECIMALS - 1, -1):
        for multiple in (5, 2, 1):
            step = multiple * 10.0**exponent
            rounded = round(math.ceil(round(low / step, 9)) * step, DECIMALS)
            if low <= rounded <= high:
                return rounded
    return low
