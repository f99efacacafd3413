"""Access: places per 1,000 people that a place of living can reach, shared with all others who reach them."""

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.decay import Decay, NoDecay
from geo.errors import FrameError, OptionError
from geo.frames import as_floats, require_not_negative
from geo.reach import Reach

AccessMethod = Literal["2sfca", "e2sfca", "3sfca"]
NO_DECAY = NoDecay()


def floating_catchment(
    demand_persons: pd.Series,
    supply_places: pd.Series,
    reach: Reach,
    *,
    method: AccessMethod = "2sfca",
    decay: Decay = NO_DECAY,
    is_for_others: pd.Series | None = None,
) -> pd.DataFrame:
    """
    Return the places per 1,000 people within reach of each demand point, by a floating catchment method.

    Parameters
    ----------
    demand_persons
        Persons of the group, one row per demand point of the reach, in its order. Missing means unknown.
    supply_places
        Places, one row per facility of the reach, in its order. Missing means unknown.
    reach
        Who can reach what; its limit bounds the catchments. For an answer without edge effects it has the
        facilities and people beyond the border too.
    method
        `2sfca`: all within the limit count the same. `e2sfca`: weighted by `decay`. `3sfca`: weighted by
        `decay`, and people split between their facilities in proportion to these weights.
    decay
        Weights of costs, in the unit of the reach.
    is_for_others
        bool, facilities some of whose places may be for other people, in the order of `supply_places`. Default: none.

    Returns
    -------
    access
        Indexed like `demand_persons`:

        - `access_per_1000` (float, 0 or more): places per 1,000 people. 0 where nothing is in reach.
        - `is_lower_bound` (bool): a facility in reach has unknown places, so the true value is this or more.
        - `is_upper_bound` (bool): a facility in reach serves an unknown number of people besides those
          counted, or has places for others, so the true value is this or less.

        The value is missing, with both flags False, where the point is off the network, where it would be "0
        or more", where both bounds meet, and where all who reach a facility in reach are known to be nobody.

    Raises
    ------
    FrameError
        If the lengths differ from those of the reach, or a number is negative.
    OptionError
        If the method is unknown, `2sfca` is given a decay, or the decay goes beyond the limit of the reach.

    Notes
    -----
    With weight w of a pair of point i and facility j, people P and places S:

        R(j) = S(j) / Σ_i w(i, j) P(i)          A(i) = Σ_j w(i, j) R(j)

    2SFCA: w = 1 (Luo and Wang 2003). E2SFCA: w = decay (Luo and Qi 2009). 3SFCA: w = decay × selection weight
    decay(i, j) / Σ_k decay(i, k) (Wan, Zou and Sternberg 2012); it depends on where facilities are and not
    on their places, so leave facilities that are closed out of the reach. In all three, Σ P(i) A(i) is the
    sum of the places that somebody can reach. Facilities and people off the network take no part: their
    number is in the reach and belongs beside the figures.
    """
    persons = _in_order_of(demand_persons, reach.demand_count, what="demand_persons")
    places = _in_order_of(supply_places, reach.facility_count, what="supply_places")
    _require_fitting(method, decay, reach)
    is_unknown = np.isnan(persons)
    known_persons = np.nan_to_num(persons)
    chosen_among = _sum_of_weights(reach, decay) if method == "3sfca" else None
    has_others = np.zeros(len(places), dtype=bool)
    if is_for_others is not None:
        has_others = _in_order_of(is_for_others, reach.facility_count, what="is_for_others") > 0

    access = np.zeros(len(persons))
    is_more, is_less, is_of_nobody = np.zeros((3, len(persons)), dtype=bool)
    for rows, block in reach.blocks():
        weights = block.matrix(_weights(block, decay, chosen_among))
        places_of_block = places[rows]
        has_places = places_of_block > 0
        counted = weights @ known_persons
        is_shared = counted > 0
        per_person = np.zeros(len(places_of_block))
        np.divide(places_of_block, counted, out=per_person, where=is_shared & has_places)
        access += weights.T @ per_person
        # With nobody counted, places per person may be anything, or would be the rate of nobody.
        has_uncounted = _any_in_reach(weights, is_unknown)
        is_any_rate = np.isnan(places_of_block) | (has_places & ~is_shared & has_uncounted)
        is_more |= _any_in_reach(weights.T, is_any_rate)
        is_less |= _any_in_reach(weights.T, has_places & is_shared & (has_uncounted | has_others[rows]))
        is_of_nobody |= _any_in_reach(weights.T, has_places & ~is_shared & ~has_uncounted)
    is_missing = reach.is_demand_off | is_of_nobody | (is_more & (is_less | (access == 0)))
    return pd.DataFrame(
        {
            "access_per_1000": np.where(is_missing, np.nan, 1000.0 * access),
            "is_lower_bound": is_more & ~is_missing,
            "is_upper_bound": is_less & ~is_missing,
        },
        index=demand_persons.index,
    )


def access_by_area(access: pd.DataFrame, demand_persons: pd.Series, area_codes: pd.Series) -> pd.DataFrame:
    """
    Return the mean access of the people of each area.

    Parameters
    ----------
    access
        As `floating_catchment` returns it.
    demand_persons, area_codes
        One row per row of `access`, in the same order: persons (missing means unknown), and the code of the
        area to average over (gmina, or its first 4 or 2 digits).

    Returns
    -------
    access
        Indexed by area code, sorted: `access_per_1000`, `is_lower_bound`, `is_upper_bound`. People whose access
        is missing count with 0 and make the mean a lower bound, because nobody's access is below 0. Missing
        where the area has no people or an unknown number, where it would be "0 or more", and where a lower
        and an upper bound meet.

    Raises
    ------
    FrameError
        If the lengths differ or persons are negative.
    """
    persons = _in_order_of(demand_persons, len(access), what="demand_persons")
    if len(area_codes) != len(access):
        raise FrameError(f"expected {len(access)} area codes, found {len(area_codes)}")
    has_people = persons != 0  # True for unknown
    value = as_floats(access["access_per_1000"], what="access_per_1000")
    is_lower, is_upper = (access[flag].to_numpy(dtype=bool) for flag in ("is_lower_bound", "is_upper_bound"))
    table = pd.DataFrame(
        {
            "persons": persons,
            "weighted": np.where(has_people, persons * np.nan_to_num(value), 0.0),
            "is_unknown": np.isnan(persons),
            "is_lower_bound": has_people & (is_lower | np.isnan(value)),
            "is_upper_bound": has_people & is_upper,
        }
    )
    codes = pd.Series(area_codes.to_numpy(), name=area_codes.name, dtype=area_codes.dtype)
    groups = table.groupby(codes)
    sums = groups[["persons", "weighted"]].sum()
    is_any = groups[["is_unknown", "is_lower_bound", "is_upper_bound"]].any()
    mean = sums["weighted"] / sums["persons"].where(sums["persons"] > 0)
    is_missing = is_any["is_unknown"] | mean.isna()
    is_missing |= is_any["is_lower_bound"] & (is_any["is_upper_bound"] | (mean == 0))
    return pd.DataFrame(
        {
            "access_per_1000": mean.mask(is_missing),
            "is_lower_bound": is_any["is_lower_bound"] & ~is_missing,
            "is_upper_bound": is_any["is_upper_bound"] & ~is_missing,
        }
    )


def _require_fitting(method: AccessMethod, decay: Decay, reach: Reach) -> None:
    if method not in ("2sfca", "e2sfca", "3sfca"):
        raise OptionError(f"expected method 2sfca, e2sfca or 3sfca, found {method!r}", method=method)
    if method == "2sfca" and not isinstance(decay, NoDecay):
        raise OptionError(
            f"expected no decay with 2sfca, found {decay}; the method that has weights is e2sfca", decay=decay
        )
    if decay.furthest is not None and decay.furthest > reach.limit:
        raise OptionError(
            f"expected a decay that ends within the limit of the reach, {reach.limit:g} {reach.unit}, found one "
            f"that ends at {decay.furthest:g}; pairs beyond the limit were never looked for",
            decay=decay,
            limit=reach.limit,
        )


def _sum_of_weights(reach: Reach, decay: Decay) -> NDArray[np.float64]:
    """Return for each demand point what the weights of all its facilities add up to."""
    sums = np.zeros(reach.demand_count)
    for _, block in reach.blocks():
        sums += block.sum_by_demand(decay.weights(block.cost))
    return sums


def _weights(reach: Reach, decay: Decay, chosen_among: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Return the weight of each pair, times its selection weight where people choose among facilities."""
    weights = decay.weights(reach.cost)
    if chosen_among is None:
        return weights
    selection = np.zeros(len(weights))
    np.divide(weights, chosen_among[reach.demand], out=selection, where=weights > 0)
    return weights * selection


def _any_in_reach(weights: csr_array, is_wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which rows of the weights have a wanted column with a weight above 0."""
    if not is_wanted.any():
        return np.zeros(weights.shape[0], dtype=bool)
    is_any: NDArray[np.bool_] = weights @ is_wanted.astype(float) > 0
    return is_any


def _in_order_of(values: pd.Series, count: int, *, what: str) -> NDArray[np.float64]:
    if len(values) != count:
        raise FrameError(f"expected {what} of {count} rows, found {len(values)}", what=what)
    require_not_negative(values, what=what)
    return as_floats(values, what=what)
