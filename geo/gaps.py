"""The gap triad: who is served at a norm, who is in reach but over capacity, who is out of reach; and no data apart."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.allocation import numbers_of_rows
from geo.equal_shares import equal_shares
from geo.errors import FrameError, OptionError
from geo.frames import as_floats, require_columns
from geo.reach import Reach
from geo.whole_numbers import nearest_whole, whole_by_gmina

PARTS = ("served_persons", "over_capacity_persons", "out_of_reach_persons", "no_data_persons")
"""The parts of a group's people; they add up to all of them."""

LIMITS = ("least_gap_persons", "most_gap_persons", "most_out_of_reach_persons")
"""How small the gap (over capacity and out of reach) is at least and at most, and out of reach at most."""

PLACES = ("least_missing_places", "missing_places", "most_missing_places")
"""Places missing to the norm: at least, as far as is known, and at most."""

REASONS = ("roads", "size", "list")
"""Why it cannot be said which gap people are in: off the network, a facility of unknown size, a list not complete."""


def gap_triad(
    demand_persons: pd.Series,
    supply_places: pd.Series,
    reach: Reach,
    *,
    norm_per_1000: float,
    is_uncertain: pd.Series | None = None,
) -> pd.DataFrame:
    """
    Part the people of each demand point into served, over capacity, out of reach and no data.

    Parameters
    ----------
    demand_persons
        Persons of the group at each demand point of `reach`, in its order; missing means unknown.
    supply_places
        Places of each facility of `reach`, in its order; missing means unknown.
    reach
        Who can reach what.
    norm_per_1000
        Target places per 1,000 people of the group, above 0. A facility of C places has room for 1,000 C / norm people.
    is_uncertain
        bool, demand points within whose reach a facility may stand that is not in `reach`, in the same order: the list
        of their own or of a near area is not complete, or a facility near them is off the network. Default: none.

    Returns
    -------
    triad
        Indexed like `demand_persons`. Persons are 0 or more, a fraction as a rule, and their four parts add up to
        `demand_persons` exactly; all numbers are missing where it is unknown.

        - `served_persons`: have room at the norm in a listed facility in reach.
        - `over_capacity_persons`: have a facility in reach but no room at the norm.
        - `out_of_reach_persons`: have no facility in reach.
        - `no_data_persons`: are not served as far as is known, and it cannot be said which gap they are in: a facility
          in reach has an unknown number of places, or the point is uncertain, or off the network.
        - `least_gap_persons`: the gap (over capacity and out of reach) where all that is unknown is as good as it can
          be: people of no data have a place elsewhere and take none of the listed ones.
        - `most_gap_persons`: the gap where it is as bad as it can be: nothing unlisted exists, a facility of unknown
          size has no room, and where people of unknown number reach the same facilities, they take all of it.
        - `most_out_of_reach_persons`: out of reach, if nothing unlisted exists.
        - `reason`: one of `REASONS` where people can be no data, else empty.

        At each point the least gap is at most the gap, and that at most the most. None of the three grows when a place
        is added, and none falls when people are, at any point.

    Raises
    ------
    FrameError
        If lengths differ, or a number is negative or infinite.
    OptionError
        If the norm is not a number above 0.

    Notes
    -----
    Places are shared by `geo.equal_shares.equal_shares`: as many people as possible, and the least served share as
    high as possible.
    """
    _require_norm(norm_per_1000)
    persons = numbers_of_rows(demand_persons, reach.demand_count, what="demand_persons")
    places = numbers_of_rows(supply_places, reach.facility_count, what="supply_places")
    room = pd.Series(places * (1000.0 / norm_per_1000))
    is_known = ~np.isnan(places)[reach.facility]
    has_known, has_unknown = (
        reach.sum_by_demand(is_pair.astype(float)) > 0 for is_pair in (is_known, ~is_known)
    )
    reason = np.select(
        [reach.is_demand_off, has_unknown, _flags(is_uncertain, reach.demand_count)], REASONS, default=""
    )
    is_no_data = reason != ""

    # Twice: of the two differences at least one is exact, so the two parts add up to the persons to the last bit.
    rest = persons - equal_shares(pd.Series(persons), room, reach)
    served = persons - rest
    gap = _where(~is_no_data, rest)
    left_alone = rest
    if (is_no_data & has_known).any():
        alone = np.where(is_no_data, 0.0, persons)
        left_alone = alone - equal_shares(pd.Series(alone), room, reach)
    is_rivalled = _meets_unknown(persons, places, reach)
    most = np.where(is_rivalled, persons, rest)
    return pd.DataFrame(
        {
            "served_persons": served,
            "over_capacity_persons": _where(~is_no_data & has_known, rest),
            "out_of_reach_persons": _where(~is_no_data & ~has_known, rest),
            "no_data_persons": _where(is_no_data, rest),
            "least_gap_persons": np.minimum(_where(~is_no_data, left_alone), gap),
            "most_gap_persons": np.maximum(most, gap),
            "most_out_of_reach_persons": _where(~has_known & ~has_unknown, rest),
            "reason": pd.array(reason, dtype="str"),
        },
        index=demand_persons.index,
    )


def gaps_by_area(triad: pd.DataFrame, demand_persons: pd.Series, area_codes: pd.Series) -> pd.DataFrame:
    """
    Add up the persons of the triad area by area.

    Parameters
    ----------
    triad
        As `gap_triad` returns it.
    demand_persons, area_codes
        One row per row of `triad`, in the same order: persons, and the code of the area to sum over (gmina, or its
        first 4 or 2 digits).

    Returns
    -------
    gaps
        Indexed by area code, sorted: `demand_persons`, the four parts and `LIMITS`. Missing where the people of any
        point are unknown. Sums of fractions: the parts add up to `demand_persons` but for the last digits of a float
        (1e-9 of it).

    Raises
    ------
    FrameError
        If lengths differ, a column is missing, or persons are negative.
    """
    require_columns(triad, *PARTS, *LIMITS, what="triad")
    persons = numbers_of_rows(demand_persons, len(triad), what="demand_persons")
    if len(area_codes) != len(triad):
        raise FrameError(f"expected {len(triad)} area codes, found {len(area_codes)}")
    codes = pd.Series(area_codes.to_numpy(), name=area_codes.name, dtype=area_codes.dtype)
    numbers = pd.DataFrame(
        {"demand_persons": persons} | {name: as_floats(triad[name], what=name) for name in (*PARTS, *LIMITS)}
    )
    return numbers.groupby(codes).sum().mask(numbers.isna().groupby(codes).any())


def whole_gaps(gaps: pd.DataFrame, *, norm_per_1000: float) -> pd.DataFrame:
    """
    Return the persons and the missing places of gminas in whole numbers, which all outputs take.

    Parameters
    ----------
    gaps
        Gminas as `gaps_by_area` returns them: those of whole voivodeships, so that each sum is rounded once.
    norm_per_1000
        The norm that they were made with.

    Returns
    -------
    whole
        Indexed like `gaps`, whole numbers, missing where the people are unknown: `demand_persons`, its four parts,
        which add up to it, `most_out_of_reach_persons`, and `PLACES`: persons in the gap × norm / 1,000. Larger areas
        are sums of their gminas, so columns and levels add up.

    Raises
    ------
    FrameError
        If a column is missing.
    OptionError
        If the norm is not a number above 0.

    Notes
    -----
    People and places are rounded for a voivodeship (people to the nearest number, places to the least that is enough)
    and shared out by largest remainders (`geo.whole_numbers.whole_by_gmina`). Within a gmina sums of parts are rounded:
    out of reach, with those over capacity, with those of no data. For two parts this is the largest remainder; for
    four it is the form of it in which a part that does not grow is never told as grown because another one did.
    """
    _require_norm(norm_per_1000)
    require_columns(gaps, "demand_persons", *PARTS, *LIMITS, what="gaps")
    people = whole_by_gmina(gaps["demand_persons"])
    factor = (people / gaps["demand_persons"].where(gaps["demand_persons"] > 0)).fillna(0.0)

    def rounded(persons: pd.Series) -> pd.Series:
        return pd.Series(nearest_whole((persons * factor).to_numpy()), index=gaps.index).clip(upper=people)

    gap = gaps["over_capacity_persons"] + gaps["out_of_reach_persons"]
    out, in_gap = rounded(gaps["out_of_reach_persons"]), rounded(gap)
    unserved = rounded(gap + gaps["no_data_persons"])
    places = norm_per_1000 / 1000.0
    missing = whole_by_gmina(gap * places, is_enough=True)
    return pd.DataFrame(
        {
            "demand_persons": people,
            "served_persons": people - unserved,
            "over_capacity_persons": in_gap - out,
            "out_of_reach_persons": out,
            "no_data_persons": unserved - in_gap,
            "most_out_of_reach_persons": rounded(gaps["most_out_of_reach_persons"]),
            "least_missing_places": whole_by_gmina(
                gaps["least_gap_persons"] * places, is_enough=True, at_most=missing
            ),
            "missing_places": missing,
            "most_missing_places": whole_by_gmina(
                gaps["most_gap_persons"] * places, is_enough=True, at_least=missing
            ),
        },
        index=gaps.index,
    )


def _where(is_part: NDArray[np.bool_], rest: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rest where it belongs to a part, else 0; missing stays missing."""
    return np.where(is_part | np.isnan(rest), rest, 0.0)


def _flags(is_uncertain: pd.Series | None, count: int) -> NDArray[np.bool_]:
    if is_uncertain is None:
        return np.zeros(count, dtype=bool)
    if len(is_uncertain) != count:
        raise FrameError(f"expected is_uncertain of {count} rows, as in the reach, found {len(is_uncertain)}")
    # What is not said is not certain.
    return is_uncertain.astype("boolean").fillna(value=True).to_numpy(dtype=bool)


def _meets_unknown(
    persons: NDArray[np.float64], places: NDArray[np.float64], reach: Reach
) -> NDArray[np.bool_]:
    """Tell who shares facilities with people of unknown number, directly or by a chain of points and facilities."""
    is_missing = np.isnan(persons)
    if not is_missing.any():
        return is_missing
    facility = reach.facility
    has_room = places[facility] > 0
    count = reach.demand_count
    graph = csr_array(
        (np.ones(has_room.sum()), (reach.demand[has_room], facility[has_room] + count)),
        shape=(count + reach.facility_count,) * 2,
    )
    part = connected_components(graph, directed=False)[1][:count]
    return np.isin(part, part[is_missing])


def _require_norm(norm_per_1000: float) -> None:
    if not (np.isfinite(norm_per_1000) and norm_per_1000 > 0):
        raise OptionError(
            f"expected a norm above 0 places per 1,000 people, found {norm_per_1000}",
            norm_per_1000=norm_per_1000,
        )
