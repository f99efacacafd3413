"""Norms: how many places per 1,000 people there ought to be, and how many are missing to that."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from geo.errors import OptionError
from geo.frames import as_floats, require_not_negative, require_unique

NoNormReason = Literal["no_areas", "too_few_known", "median_is_zero"]


@dataclass(frozen=True)
class DefaultNorm:
    """
    The target that is set when a planner has set none.

    Attributes
    ----------
    places_per_1000
        Places per 1,000 people of the group; missing (NaN) when there is no default.
    areas_known, areas_count
        Areas that the median was taken of, and all areas asked.
    reason_code
        Why there is no default: `no_areas`, `too_few_known` (fewer than half of the areas), `median_is_zero`;
        None when there is one.
    """

    places_per_1000: float
    areas_known: int
    areas_count: int
    reason_code: NoNormReason | None


def default_norm(places_per_1000: pd.Series, *, is_lower_bound: pd.Series | None = None) -> DefaultNorm:
    """
    Return the median over powiats of a voivodeship as its norm.

    Parameters
    ----------
    places_per_1000
        One number per powiat (or any other area), indexed by code; all powiats of the voivodeship, those that
        are unknown as missing.
    is_lower_bound
        True where the figure is only *at least*, indexed by code. Such areas are not known; those that it does not
        mention neither. Without it every figure is taken as complete.

    Returns
    -------
    norm
        See `DefaultNorm`. The median is not weighted: a powiat is one decision, however many people it has.

    Raises
    ------
    FrameError
        If a code repeats or a number is negative.
    """
    require_unique(places_per_1000.index, what="areas with places per 1,000")
    require_not_negative(places_per_1000, what="places_per_1000")
    rate = as_floats(places_per_1000, what="places_per_1000")
    if is_lower_bound is not None:
        require_unique(is_lower_bound.index, what="areas with is_lower_bound")
        is_bound = is_lower_bound.astype("boolean").reindex(places_per_1000.index).fillna(value=True)
        rate = np.where(is_bound.to_numpy(dtype=bool), np.nan, rate)
    known = rate[~np.isnan(rate)]
    median = float(np.median(known)) if len(known) else float("nan")
    reason: NoNormReason | None = None
    if not len(rate):
        reason = "no_areas"
    elif 2 * len(known) < len(rate):
        reason = "too_few_known"
    elif median == 0:
        # "Nothing" is no target: every area would meet it.
        reason = "median_is_zero"
    return DefaultNorm(
        places_per_1000=median if reason is None else float("nan"),
        areas_known=len(known),
        areas_count=len(rate),
        reason_code=reason,
    )


def places_to_norm(
    capacity_places: pd.Series,
    demand_persons: pd.Series,
    *,
    norm_per_1000: float | pd.Series,
    is_lower_bound: pd.Series | None = None,
    own_places: pd.Series | None = None,
) -> pd.DataFrame:
    """
    Return how many places each area lacks to a norm, and apart from them how many it has above it.

    Parameters
    ----------
    capacity_places
        Places, indexed by area code; missing = unknown.
    demand_persons
        People of the group, indexed by area code; areas that it does not mention are unknown.
    norm_per_1000
        Target places per 1,000 people: one number, or one per area indexed by code. Missing = no norm.
    is_lower_bound
        True where `capacity_places` is only *at least*, indexed by code; what it does not mention may be more, too.
        Without it every figure is taken as complete.
    own_places
        How many of the places are surely for these people, indexed by code. Without it all are.

    Returns
    -------
    to_norm
        Indexed like `capacity_places`. Places are fractions, rounded only where they are shown; all three columns
        are missing where places, people or norm are.

        - `needed_places`: norm × people / 1,000.
        - `norm_missing_places`: what is lacking to it, 0 or more.
        - `surplus_places`: what is above it, 0 or more. It is not taken off what another area lacks.
        - `is_upper_bound` (bool): `norm_missing_places` is *at most*, because the places are *at least*.
        - `is_lower_bound` (bool): `norm_missing_places` is *at least*: more is lacking where places are for others.

    Raises
    ------
    FrameError
        If a code repeats or a number is negative.
    OptionError
        If the norm is one number, negative or infinite.
    """
    require_unique(capacity_places.index, what="areas with places")
    require_unique(demand_persons.index, what="areas with people")
    require_not_negative(capacity_places, what="capacity_places")
    require_not_negative(demand_persons, what="demand_persons")
    codes = capacity_places.index
    places = as_floats(capacity_places, what="capacity_places")
    people = as_floats(demand_persons.reindex(codes), what="demand_persons")
    if isinstance(norm_per_1000, pd.Series):
        require_unique(norm_per_1000.index, what="areas with a norm")
        require_not_negative(norm_per_1000, what="norm_per_1000")
        norm = as_floats(norm_per_1000.reindex(codes), what="norm_per_1000")
    elif norm_per_1000 < 0 or np.isinf(norm_per_1000):
        raise OptionError(
            f"expected a norm of 0 or more places per 1,000 people, found {norm_per_1000}",
            norm_per_1000=norm_per_1000,
        )
    else:
        norm = np.full(len(codes), float(norm_per_1000))
    is_known = ~np.isnan(places)
    needed = np.where(is_known, norm * people / 1000.0, np.nan)
    is_bound = np.zeros(len(codes), dtype=bool)
    if is_lower_bound is not None:
        require_unique(is_lower_bound.index, what="areas with is_lower_bound")
        bounds = is_lower_bound.astype("boolean").reindex(codes).fillna(value=True)
        is_bound = bounds.to_numpy(dtype=bool)
    missing = np.maximum(needed - places, 0.0)
    most = missing
    if own_places is not None:
        require_unique(own_places.index, what="areas with own places")
        most = np.maximum(needed - as_floats(own_places.reindex(codes), what="own_places"), 0.0)
    return pd.DataFrame(
        {
            "needed_places": needed,
            "norm_missing_places": missing,
            "surplus_places": np.maximum(places - needed, 0.0),
            "is_upper_bound": is_bound & (missing > 0),
            "is_lower_bound": most > missing,
        },
        index=codes,
    )
