"""Classes of a map: quantiles with edges a person can read, and a class of its own for zero."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import FrameError, OptionError
from geo.frames import as_floats, require_not_negative

MOST_CLASSES = 6
"""Classes beside the one for zero: more than seven shades cannot be told apart."""

_ROOM = 1 / 3
"""How far an edge may move to a rounder number, as a part of the way to its neighbour."""
_ROOM_ABOVE = 0.1
"""How far the last edge may lie above the highest value, as a part of it."""
_MOST_DIGITS = 12


@dataclass(frozen=True)
class Classes:
    """
    How values are divided for drawing.

    Attributes
    ----------
    edges
        Ascending, one more than there are classes; empty when no value is above zero. Class i (from 1) holds
        values above `edges[i - 1]` up to and with `edges[i]`; the first one holds its lower edge too.
    has_zero
        Whether zero occurs and needs a place in the legend.
    """

    edges: tuple[float, ...]
    has_zero: bool

    def __len__(self) -> int:
        """Return the number of classes, without the one for zero."""
        return max(len(self.edges) - 1, 0)

    def assign(self, values: pd.Series) -> pd.Series:
        """
        Return the class of each value.

        Returns
        -------
        class_of
            Indexed like `values`, Int64: missing where there is no data, 0 for zero, then 1 up to
            `len(self)`.

        Raises
        ------
        FrameError
            If a value lies outside the edges: it would be drawn in a class whose legend excludes it.
        """
        numbers = as_floats(values, what="values")
        is_counted = ~np.isnan(numbers) & (numbers != 0)
        edges = np.array(self.edges)
        is_outside = is_counted.copy()
        if len(self):
            is_outside &= (numbers < edges[0]) | (numbers > edges[-1])
        if is_outside.any():
            codes = list(values.index[is_outside][:5])
            raise FrameError(
                f"expected values within the classes {list(self.edges)}, found {numbers[is_outside][0]:g}, "
                f"first {codes}; classify these values themselves",
                codes=codes,
            )
        class_of = np.zeros(len(numbers), dtype=np.int64)
        if len(self):
            found = np.searchsorted(edges, numbers[is_counted], side="left")
            class_of[is_counted] = np.maximum(found, 1)
        result = pd.Series(class_of, index=values.index, dtype="Int64", name="class_of")
        return result.mask(np.isnan(numbers))


def classify(values: pd.Series, *, max_classes: int = MOST_CLASSES) -> Classes:
    """
    Divide values above zero into classes of about equal size whose edges are round numbers.

    Parameters
    ----------
    values
        One value per area, 0 or more; missing means no data.
    max_classes
        Classes at most, beside the one for zero; 1 to 6.

    Returns
    -------
    classes
        Fewer than asked when there are fewer different values. No class is empty. Edges of whole numbers are
        whole; edges of shares stay within 0 to 1.

    Raises
    ------
    FrameError
        If a value is negative or infinite.
    OptionError
        If `max_classes` is out of range.

    Notes
    -----
    Quantiles of the values above zero, taken at observed values so that equal ones stay together. Each then
    moves up to the roundest number within a third of the way to its nearer neighbour; a number is the rounder
    the larger the step of 1, 2 or 5 times a power of ten that it is a multiple of.
    """
    if not 1 <= max_classes <= MOST_CLASSES:
        raise OptionError(
            f"expected 1 to {MOST_CLASSES} classes, found {max_classes}", max_classes=max_classes
        )
    require_not_negative(values, what="values to classify")
    numbers = as_floats(values, what="values to classify")
    numbers = numbers[~np.isnan(numbers)]
    above = np.sort(numbers[numbers > 0])
    has_zero = bool((numbers == 0).any())
    if not len(above):
        return Classes(edges=(), has_zero=has_zero)
    is_whole = bool((above == np.round(above)).all())
    edges = _round_edges(float(above[0]), _upper_values(above, max_classes), is_whole=is_whole)
    return Classes(edges=edges, has_zero=has_zero)


def _upper_values(above: NDArray[np.float64], count: int) -> list[float]:
    """Return the highest observed value of each class, so that equal values stay together."""
    different = np.unique(above)
    if len(different) > count:
        ends = np.arange(1, count + 1) / count
        different = np.unique(np.quantile(above, ends, method="inverted_cdf"))
    return [float(value) for value in different]


def _round_edges(lowest: float, uppers: list[float], *, is_whole: bool) -> tuple[float, ...]:
    """
    Turn the highest value of each class into readable edges.

    Each edge moves up a third of the way to its nearer neighbour at most. So edges ascend, every class
    keeps at least its highest value, and in a long tail no edge runs away from the values it divides.
    """
    befores = [0.0, *uppers[:-1]]
    inner = [
        _roundest(value, value + _ROOM * min(after - value, value - before), is_whole=is_whole)
        for before, (value, after) in zip(befores[:-1], pairwise(uppers), strict=True)
    ]
    highest = uppers[-1]
    limit = highest + min(_ROOM * (highest - befores[-1]), _ROOM_ABOVE * highest)
    # Edges of shares stay within 0 to 1: from the highest share to any limit above 1, 1 is the roundest.
    last = _roundest(highest, limit, is_whole=is_whole)
    first_upper = [*inner, last][0]
    return (_lower_edge(lowest, first_upper, is_whole=is_whole), *inner, last)


def _lower_edge(lowest: float, first_upper: float, *, is_whole: bool) -> float:
    if first_upper == lowest and is_whole:
        return lowest - 1
    if first_upper == lowest:
        # A class of one value, which is its upper edge; the lower one must differ.
        return _roundest((1 - _ROOM) * lowest, 0.9 * lowest, is_whole=False, is_down=True)
    # Whole numbers start at 1 and not at 0, which has its own class.
    least = max(lowest - _ROOM * (first_upper - lowest), 1.0 if is_whole else 0.0)
    return _roundest(least, lowest, is_whole=is_whole, is_down=True)


def _roundest(low: float, high: float, *, is_whole: bool, is_down: bool = False) -> float:
    """Return the roundest number from `low` to `high`: of equals the lowest, or with `is_down` highest."""
    top = math.ceil(math.log10(high))
    for exponent in range(top, max(top - _MOST_DIGITS, -_MOST_DIGITS) - 1, -1):
        for multiple in (5, 2, 1):
            if is_whole and exponent < 0:
                break
            step = multiple * 10.0**exponent
            number = math.floor(high / step) if is_down else math.ceil(low / step)
            rounded = round(number * step, -exponent)
            if low <= rounded <= high:
                return rounded
    return high if is_down else low
