"""Inequality between areas: how unevenly a measure (places per 1,000, access) is spread over people."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import rel_entr

from geo.frames import as_floats, require_none_left, require_not_negative, require_unique

BEST_SERVED_SHARE = 0.1
"""The part of people at the top of the Palma ratio."""
WORST_SERVED_SHARE = 0.4
"""The part of people at its bottom."""
_ROUNDING = 1e-12
_MEASURES = (
    "gini",
    "theil",
    "theil_within",
    "theil_between",
    "palma",
    "best_served_share",
    "worst_served_share",
)


@dataclass(frozen=True)
class Inequality:
    """
    How unevenly a measure is spread; everyone is taken to have the value of their area.

    Each measure is missing (NaN) where fewer than two areas with people have a value, and where all values are 0:
    there is nothing that could be shared.

    Attributes
    ----------
    gini
        0 (all have the same) to below 1.
    theil
        0 to the logarithm of the number of people (natural logarithm): Theil's T.
    theil_within, theil_between
        The parts of `theil` that lie within and between groups; they add up to it. Missing without groups.
    palma
        Part of the best-served tenth of people over the part of the worst-served 40 %. 0.25 when all have
        the same. Missing where the worst served have nothing at all.
    best_served_share, worst_served_share
        The two parts of the total, 0 to 1; they tell why `palma` is missing.
    areas_counted, persons_counted
        Areas with people and a value, and their people.
    areas_left_out
        Areas whose value or people are unknown; one known to have no people leaves nobody out and is not counted.
    persons_left_out
        People of those areas as far as they are known: at least so many.
    """

    gini: float
    theil: float
    theil_within: float
    theil_between: float
    palma: float
    best_served_share: float
    worst_served_share: float
    areas_counted: int
    persons_counted: float
    areas_left_out: int
    persons_left_out: float


def inequality_between_areas(
    values: pd.Series, persons: pd.Series, *, groups: pd.Series | None = None
) -> Inequality:
    """
    Measure how unevenly a quantity per person is spread over people of areas of one level.

    Parameters
    ----------
    values
        A rate such as places per 1,000 or access, indexed by area code, 0 or more. Missing means unknown: the
        area is left out and counted. Figures that are only a lower bound should be made missing first.
    persons
        People of the group, indexed by area code: the weights. Areas that it does not mention are unknown.
    groups
        What each area belongs to (the powiat of a gmina), indexed by area code, for the parts of Theil's T.

    Returns
    -------
    inequality
        See `Inequality`.

    Raises
    ------
    FrameError
        If a code repeats, a number is negative or infinite, or an area that counts has no group.

    Notes
    -----
    With p the share of people and s the share of the total (value × people) of each area:

    - Gini (1912), in the weighted form of Lerman and Yitzhaki (1989): the mean difference between two people over
      twice the mean; here one minus twice the area under the Lorenz curve of areas, which is the same number.
    - Theil's T (1967): sum of s ln(s / p), where 0 ln 0 = 0. With S and P of groups, between is the sum of S ln(S / P).
      Within is the sum of s ln(s / (p S / P)).
    - Palma ratio (Palma 2011; Cobham and Sumner 2013): an area that lies across the boundary of a tenth or of
      40 % is split in proportion, so the Lorenz curve is read by linear interpolation.

    Differences within an area are not seen: between persons each measure would be this or more.
    """
    require_unique(values.index, what="areas with a value")
    require_unique(persons.index, what="areas with people")
    require_not_negative(values, what="values")
    require_not_negative(persons, what="persons")
    rate = as_floats(values, what="values")
    people = as_floats(persons.reindex(values.index), what="persons")
    is_counted = ~np.isnan(rate) & (people > 0)
    is_left_out = (np.isnan(rate) | np.isnan(people)) & (people != 0)
    group_of = None if groups is None else _group_of(groups, values.index[is_counted])
    return Inequality(
        **_measures(rate[is_counted], people[is_counted], group_of),
        areas_counted=int(is_counted.sum()),
        persons_counted=float(people[is_counted].sum()),
        areas_left_out=int(is_left_out.sum()),
        persons_left_out=float(np.nansum(people[is_left_out])),
    )


def _measures(
    rate: NDArray[np.float64], people: NDArray[np.float64], group_of: NDArray[np.int64] | None
) -> dict[str, float]:
    """Return the measures of areas that have people and a value."""
    measures = dict.fromkeys(_MEASURES, float("nan"))
    if len(rate) < 2 or not rate.any():
        return measures
    part_of_people = people / people.sum()
    # In parts of the highest rate, so that no product is too large or too small for a float.
    total = part_of_people * (rate / rate.max())
    part_of_total = total / total.sum()
    order = np.argsort(rate, kind="stable")
    curve = (_rising(part_of_people[order]), _rising(part_of_total[order]))
    measures |= {"gini": _gini(*curve), "theil": _relative_entropy(part_of_total, part_of_people)}
    measures |= _palma(*curve)
    if group_of is not None:
        measures |= _theil_parts(part_of_people, part_of_total, group_of)
    return measures


def _group_of(groups: pd.Series, codes: pd.Index) -> NDArray[np.int64]:
    """Return the number of the group of each area."""
    require_unique(groups.index, what="areas with a group")
    chosen = groups.reindex(codes)
    require_none_left(
        codes[chosen.isna()],
        what="areas without a group",
        remedy="give the group of every area that has a value",
    )
    return np.asarray(pd.factorize(chosen)[0], dtype=np.int64)


def _rising(parts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the points of a Lorenz curve on one axis: running sums from 0 to 1."""
    sums = np.concatenate([[0.0], np.cumsum(parts)]).astype(np.float64)
    return np.asarray(sums / sums[-1], dtype=np.float64)


def _gini(people: NDArray[np.float64], total: NDArray[np.float64]) -> float:
    """Return one minus twice the area under the Lorenz curve; rounding never makes it negative."""
    return max(0.0, float(1.0 - np.sum(np.diff(people) * (total[1:] + total[:-1]))))


def _relative_entropy(part_of_total: NDArray[np.float64], part_of_people: NDArray[np.float64]) -> float:
    return max(0.0, float(rel_entr(part_of_total, part_of_people).sum()))


def _theil_parts(
    part_of_people: NDArray[np.float64], part_of_total: NDArray[np.float64], group_of: NDArray[np.int64]
) -> dict[str, float]:
    """Return the parts of Theil's T: against an even sharing in each group, and of groups against each other."""
    people = np.bincount(group_of, weights=part_of_people).astype(np.float64)
    total = np.bincount(group_of, weights=part_of_total).astype(np.float64)
    as_if_even = part_of_people * (total / people)[group_of]
    return {
        "theil_within": _relative_entropy(part_of_total, as_if_even),
        "theil_between": _relative_entropy(total, people),
    }


def _palma(people: NDArray[np.float64], total: NDArray[np.float64]) -> dict[str, float]:
    worst = float(np.interp(WORST_SERVED_SHARE, people, total))
    # Running sums may miss the end of the areas with nothing by a rounding; what lies there is no part of anybody.
    worst = worst if worst > _ROUNDING else 0.0
    best = 1.0 - float(np.interp(1.0 - BEST_SERVED_SHARE, people, total))
    return {
        "palma": best / worst if worst > 0 else float("nan"),
        "best_served_share": best,
        "worst_served_share": worst,
    }
