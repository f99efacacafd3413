"""Whole persons and places: rounded once, at gminas, so that parts, columns and levels add up."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import FrameError
from geo.frames import as_floats, require_not_negative, require_unique
from geo.teryt import CODE_DIGITS

_HAIR = 1e-6
"""Sums of fractions differ in their last digits: so much above a whole number is that number."""
_LEVELS = ("voivodeship", "powiat", "gmina")


def nearest_whole(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the nearest whole numbers, a half upwards; missing stays missing. What is not less stays not less."""
    whole: NDArray[np.float64] = np.floor(values + 0.5 + _HAIR)
    return whole


def least_enough(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the least whole numbers that are enough: half a place is no place."""
    whole: NDArray[np.float64] = np.ceil(values - _HAIR)
    return np.maximum(whole, 0.0)


def apportion(
    values: NDArray[np.float64],
    total: float,
    *,
    at_least: NDArray[np.float64] | None = None,
    at_most: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """
    Share out a whole number by largest remainders (Hamilton), within bounds.

    Parameters
    ----------
    values
        What each would have as a fraction, 0 or more; none missing.
    total
        The whole number to share out, near the sum of the values.
    at_least, at_most
        Whole numbers that each must not be below or above. The total lies between their sums.

    Returns
    -------
    shares
        Whole numbers whose sum is the total. Of equal remainders the first has the one.
    """
    low = np.zeros(len(values)) if at_least is None else at_least
    high = np.full(len(values), np.inf) if at_most is None else at_most
    return _moved(np.clip(np.floor(values + _HAIR), low, high), values, total, low=low, high=high)


def _moved(
    shares: NDArray[np.float64],
    values: NDArray[np.float64],
    total: float,
    *,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    is_last: NDArray[np.bool_] | None = None,
) -> NDArray[np.float64]:
    """Move whole numbers by ones until they add up to the total: the farthest from their values first."""
    shares = shares.copy()
    last = np.zeros(len(shares), dtype=bool) if is_last is None else is_last
    left = int(total - shares.sum())
    while left:
        step = 1.0 if left > 0 else -1.0
        can_move = np.flatnonzero(shares < high if left > 0 else shares > low)
        # Rounded, so that equal remainders are equal whatever their last digits are.
        remainder = step * np.round(values[can_move] - shares[can_move], 6)
        moved = can_move[np.lexsort((-remainder, last[can_move]))[: abs(left)]]
        if not len(moved):
            raise FrameError(f"expected a total between the sums of the bounds, found {total:g}", total=total)
        shares[moved] += step
        left -= int(step) * len(moved)
    return shares


def whole_by_gmina(
    values: pd.Series,
    *,
    is_enough: bool = False,
    at_least: pd.Series | None = None,
    at_most: pd.Series | None = None,
) -> pd.Series:
    """
    Round the numbers of gminas so that powiats and voivodeships, as sums of them, are rounded well, too.

    Parameters
    ----------
    values
        0 or more, indexed by gmina code; missing stays missing.
    is_enough
        Whether a voivodeship has the least whole number that is enough (places), or the nearest one (persons).
    at_least, at_most
        Whole numbers of the same gminas that must not be crossed.

    Returns
    -------
    whole
        Indexed like `values`. The number of a voivodeship is shared out among its powiats by largest remainders, and
        that of a powiat among its gminas. So no area is off by more than one, but for the bounds.

    Raises
    ------
    FrameError
        If a code repeats or a number is negative.

    Notes
    -----
    Rounding each gmina by itself would not do: 182 gminas that lack 0.4 of a place would lack none, or 182. The number
    of a voivodeship, and any sum of voivodeships, never falls when no value falls.
    """
    require_unique(values.index, what="gminas with numbers")
    require_not_negative(values, what="numbers of gminas")
    numbers = pd.Series(as_floats(values, what="numbers of gminas"), index=values.index).dropna().sort_index()
    if numbers.empty:
        return numbers.reindex(values.index)
    codes, count = numbers.index.to_numpy(dtype=str), len(numbers)
    exact = numbers.to_numpy()
    low = np.zeros(count) if at_least is None else at_least.reindex(numbers.index).to_numpy(float)
    high = np.full(count, np.inf) if at_most is None else at_most.reindex(numbers.index).to_numpy(float)
    # Codes are sorted, so the gminas of an area follow one another: each level is where its areas begin.
    begins = [_begins(codes, CODE_DIGITS[level]) for level in _LEVELS]
    sums = [[np.add.reduceat(part, begin) for part in (exact, low, high)] for begin in begins]
    rounded = least_enough if is_enough else nearest_whole
    whole = np.clip(rounded(sums[0][0]), sums[0][1], sums[0][2])
    for above, begin, parts in zip(begins, begins[1:], sums[1:], strict=False):
        cuts = np.searchsorted(begin, above[1:])
        shared = [
            apportion(of_area, total, at_least=least, at_most=most)
            for total, of_area, least, most in zip(
                whole, *(np.split(part, cuts) for part in parts), strict=True
            )
        ]
        whole = np.concatenate(shared)
    return pd.Series(whole, index=numbers.index, name=values.name).reindex(values.index)


def whole_beside(
    values: pd.Series,
    *,
    base: pd.Series,
    whole_base: pd.Series,
    is_enough: bool = False,
    at_least: pd.Series | None = None,
    at_most: pd.Series | None = None,
) -> pd.Series:
    """
    Round the numbers of gminas beside others of theirs that are rounded, so that no rounding tells a difference.

    Parameters
    ----------
    values
        0 or more, indexed by gmina code; missing stays missing.
    base, whole_base
        The others as fractions and in whole numbers, indexed by gmina code. Where one is missing, the number is as free
        as in `whole_by_gmina`.
    is_enough, at_least, at_most
        As in `whole_by_gmina`.

    Returns
    -------
    whole
        Indexed like `values`. Where a number is less than that beside it, it is not more in whole ones, and where it is
        more, not less; where they are equal, it is not more, and less only where the sum of a voivodeship leaves no
        other way: that sum is rounded as in `whole_by_gmina`, or as near to it as the bounds let it.

    Raises
    ------
    FrameError
        If a code repeats or a number is negative.
    """
    require_unique(values.index, what="gminas with numbers")
    require_not_negative(values, what="numbers of gminas")
    numbers = pd.Series(as_floats(values, what="numbers of gminas"), index=values.index).dropna().sort_index()
    if numbers.empty:
        return numbers.reindex(values.index)
    codes, exact = numbers.index.to_numpy(dtype=str), as_floats(numbers, what="numbers of gminas")
    beside, held = (as_floats(of.reindex(numbers.index), what="base") for of in (base, whole_base))
    is_free = np.isnan(beside) | np.isnan(held)
    is_more, is_less = exact > beside + _HAIR, exact < beside - _HAIR
    is_same = ~(is_free | is_more | is_less)
    low = np.where(is_more, held, 0.0)
    high = np.where(is_free | is_more, np.inf, held)
    # What is wholly gone is told as gone.
    high = np.where(is_less, np.minimum(high, least_enough(exact)), high)
    if at_most is not None:
        high = np.minimum(high, at_most.reindex(numbers.index).fillna(np.inf).to_numpy(float))
        low = np.minimum(low, high)
    if at_least is not None:
        low = np.maximum(low, at_least.reindex(numbers.index).fillna(0.0).to_numpy(float))
        high = np.maximum(low, high)
    rounded = least_enough if is_enough else nearest_whole
    begins = [_begins(codes, CODE_DIGITS[level]) for level in _LEVELS[:2]]
    # No gmina is told more than is enough for it, nor less than its whole ones, where the others can make up the sum:
    # else a powiat whose gminas are held above their fractions by the base takes two from another of them.
    of_voivodeship = rounded(np.add.reduceat(exact, begins[0]))
    sizes = np.diff(np.r_[begins[0], len(codes)])
    enough = np.minimum(high, np.maximum(low, np.where(is_same, held, least_enough(exact))))
    whole_ones = np.minimum(high, np.maximum(low, np.where(is_same, held, np.floor(exact + _HAIR))))
    can_be_less = np.add.reduceat(enough, begins[0]) >= of_voivodeship
    can_be_more = np.add.reduceat(whole_ones, begins[0]) <= of_voivodeship
    high = np.where(np.repeat(can_be_less, sizes), enough, high)
    low = np.where(np.repeat(can_be_more, sizes), whole_ones, low)
    shares = np.clip(np.where(is_same, held, np.floor(exact + _HAIR)), low, high)
    parts = (exact, low, high)
    sums = [[np.add.reduceat(part, begin) for part in parts] for begin in begins]
    totals = np.clip(rounded(sums[0][0]), sums[0][1], sums[0][2])
    # A powiat in which nothing differs is kept whole.
    is_kept = np.logical_and.reduceat(is_same, begins[1])
    of_powiats = np.where(
        is_kept,
        np.add.reduceat(shares, begins[1]),
        np.clip(np.floor(sums[1][0] + _HAIR), sums[1][1], sums[1][2]),
    )
    totals = _moved_in(
        np.searchsorted(begins[1], begins[0][1:]), totals, of_powiats, *sums[1], is_last=is_kept
    )
    whole = _moved_in(begins[1][1:], totals, shares, *parts, is_last=is_same)
    return pd.Series(whole, index=numbers.index, name=values.name).reindex(values.index)


def _moved_in(
    cuts: NDArray[np.int64],
    totals: NDArray[np.float64],
    shares: NDArray[np.float64],
    *parts: NDArray[np.float64],
    is_last: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Move the shares of each area, in values, low and high bounds as `parts`, until they add up to its total."""
    split = zip(totals, *(np.split(part, cuts) for part in (shares, *parts, is_last)), strict=True)
    return np.concatenate(
        [
            _moved(share, values, total, low=low, high=high, is_last=last)
            for total, share, values, low, high, last in split
        ]
    )


def _begins(codes: NDArray[np.str_], digits: int) -> NDArray[np.int64]:
    """Return where the areas of a level begin in sorted codes of gminas."""
    areas = codes.astype(f"U{digits}")
    return np.flatnonzero(np.r_[True, areas[1:] != areas[:-1]])
