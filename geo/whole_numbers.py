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
    shares = np.clip(np.floor(values + _HAIR), low, high)
    left = int(total - shares.sum())
    while left:
        step = 1.0 if left > 0 else -1.0
        can_move = np.flatnonzero(shares < high if left > 0 else shares > low)
        # Rounded, so that equal remainders are equal whatever their last digits are.
        remainder = step * np.round(values[can_move] - shares[can_move], 6)
        moved = can_move[np.argsort(-remainder, kind="stable")[: abs(left)]]
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
    numbers = pd.Series(as_floats(values, what="numbers of gminas"), index=values.index).dropna()
    low = pd.Series(0.0, index=numbers.index) if at_least is None else at_least.reindex(numbers.index)
    high = pd.Series(np.inf, index=numbers.index) if at_most is None else at_most.reindex(numbers.index)
    frame = pd.DataFrame({"value": numbers, "low": low, "high": high}).sort_index()
    levels = {level: frame.groupby(frame.index.str[: CODE_DIGITS[level]]).sum() for level in _LEVELS}
    rounded = least_enough if is_enough else nearest_whole
    top = levels["voivodeship"]
    whole = pd.Series(rounded(top["value"].to_numpy()), index=top.index).clip(top["low"], top["high"])
    for level, above in (("powiat", "voivodeship"), ("gmina", "powiat")):
        parts = levels[level]
        shared = [
            pd.Series(
                apportion(
                    rows["value"].to_numpy(),
                    whole[code],
                    at_least=rows["low"].to_numpy(),
                    at_most=rows["high"].to_numpy(),
                ),
                index=rows.index,
            )
            for code, rows in parts.groupby(parts.index.str[: CODE_DIGITS[above]])
        ]
        whole = pd.concat(shared) if shared else pd.Series(dtype=float)
    return whole.reindex(values.index).rename(values.name)
