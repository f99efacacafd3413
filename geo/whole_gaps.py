"""What is missing in whole persons and places: gminas rounded so that parts, columns and levels add up."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.frames import require_columns
from geo.gaps import LIMITS, PARTS, PLACES, require_norm
from geo.whole_numbers import nearest_whole, whole_beside, whole_by_gmina

_HAIR_PLACES = 1e-6
"""Sums of fractions differ in their last digits."""


def missing_places(gaps: pd.DataFrame, *, norm_per_1000: float) -> pd.DataFrame:
    """Return the missing places of areas as fractions: persons in the gap × norm / 1,000, in columns `PLACES`."""
    require_norm(norm_per_1000)
    require_columns(gaps, *PARTS, *LIMITS, what="gaps")
    gap = gaps["over_capacity_persons"] + gaps["out_of_reach_persons"]
    of_persons = (gaps["least_gap_persons"], gap, gaps["most_gap_persons"])
    return pd.DataFrame(
        {name: of * (norm_per_1000 / 1000.0) for name, of in zip(PLACES, of_persons, strict=True)}
    )


@dataclass(frozen=True, eq=False)
class Beside:
    """
    Missing places of gminas that are rounded already, beside which others are.

    Attributes
    ----------
    exact, whole
        Fractions and whole numbers, columns of `PLACES`; a column that is not there binds nothing.
    """

    exact: pd.DataFrame
    whole: pd.DataFrame

    def caps(self, name: str, values: pd.Series) -> pd.Series | None:
        """Return what the numbers of a column must not be above: the whole ones here where they are not more."""
        if name not in self.whole:
            return None
        exact, whole = (frame[name].reindex(values.index) for frame in (self.exact, self.whole))
        return whole.where(values <= exact + _HAIR_PLACES, np.inf)


def whole_gaps(gaps: pd.DataFrame, *, norm_per_1000: float, beside: Beside | None = None) -> pd.DataFrame:
    """
    Return the persons and the missing places of gminas in whole numbers, which all outputs take.

    Parameters
    ----------
    gaps
        Gminas as `gaps_by_area` returns them: those of whole voivodeships, so that each sum is rounded once.
    norm_per_1000
        The norm that they were made with.
    beside
        The same gminas before something changed: where no more is missing than then, no more is told.

    Returns
    -------
    whole
        Indexed like `gaps`, whole numbers, missing where the people are unknown: `demand_persons`, its four parts,
        which add up to it, `least_out_of_reach_persons`, `most_out_of_reach_persons`, and `PLACES`: persons in the gap
        × norm / 1,000. Larger areas are sums of their gminas, so columns and levels add up.

    Raises
    ------
    FrameError
        If a column is missing.
    OptionError
        If the norm is not a number above 0.

    Notes
    -----
    People and places are rounded for a voivodeship (people to the nearest number, places to the least that is enough)
    and shared out by largest remainders (`geo.whole_numbers.whole_by_gmina`): at least first, what is known beside
    that, then at most (`geo.whole_numbers.whole_beside`), so that rounding makes no difference where there is none.
    Within a gmina sums of parts are rounded: out of reach, with those over capacity, with those of no data. For two
    parts this is the largest remainder; for four it is the form of it in which a part that does not grow is never told
    as grown because another one did.
    """
    require_norm(norm_per_1000)
    require_columns(gaps, "demand_persons", *PARTS, *LIMITS, what="gaps")
    people = whole_by_gmina(gaps["demand_persons"])
    factor = (people / gaps["demand_persons"].where(gaps["demand_persons"] > 0)).fillna(0.0)

    def rounded(persons: pd.Series) -> pd.Series:
        return pd.Series(nearest_whole((persons * factor).to_numpy()), index=gaps.index).clip(upper=people)

    gap = gaps["over_capacity_persons"] + gaps["out_of_reach_persons"]
    out, in_gap = rounded(gaps["out_of_reach_persons"]), rounded(gap)
    unserved = rounded(gap + gaps["no_data_persons"])
    return pd.DataFrame(
        {
            "demand_persons": people,
            "served_persons": people - unserved,
            "over_capacity_persons": in_gap - out,
            "out_of_reach_persons": out,
            "no_data_persons": unserved - in_gap,
            "least_out_of_reach_persons": rounded(gaps["least_out_of_reach_persons"]),
            "most_out_of_reach_persons": rounded(gaps["most_out_of_reach_persons"]),
            **_whole_places(missing_places(gaps, norm_per_1000=norm_per_1000), beside),
        },
        index=gaps.index,
    )


def _whole_places(exact: pd.DataFrame, beside: Beside | None) -> dict[str, pd.Series]:
    """Round what is missing at least, then what is known beside that, then at most: what is sure differs in none."""
    below = PLACES[0]
    if beside is None:
        whole = whole_by_gmina(exact[below], is_enough=True)
    else:
        whole = whole_beside(
            exact[below], base=beside.exact[below], whole_base=beside.whole[below], is_enough=True
        )
    rounded = {below: whole}
    for name in PLACES[1:]:
        rounded[name] = whole_beside(
            exact[name],
            base=exact[below],
            whole_base=rounded[below],
            is_enough=True,
            at_least=rounded[below],
            at_most=beside.caps(name, exact[name]) if beside else None,
        )
        below = name
    return rounded
