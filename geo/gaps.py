"""The gap triad: who is served at a norm, who is in reach but over capacity, who is out of reach; and no data apart."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.allocation import Allocation, allocate, numbers_of_rows
from geo.errors import FrameError, OptionError
from geo.frames import as_floats, require_columns
from geo.reach import Reach

PARTS = ("served_persons", "over_capacity_persons", "out_of_reach_persons", "no_data_persons")
"""The parts of a group's people; they add up to all of them."""

BOUNDS = ("is_lower_bound", "is_upper_bound")


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
        Who can reach what, and at what cost.
    norm_per_1000
        Target places per 1,000 people of the group, above 0. A facility of C places has room for 1,000 C / norm people.
    is_uncertain
        bool, demand points within whose reach a facility may stand that is not in `reach`, in the same order: the list
        of their own or of a near area is not complete, or a facility near them is off the network. Default: none.

    Returns
    -------
    triad
        Indexed like `demand_persons`. Persons are 0 or more, a fraction as a rule, and their four parts add up to
        `demand_persons` exactly; all four are missing where it is unknown.

        - `served_persons`: have room at the norm in a listed facility in reach.
        - `over_capacity_persons`: have a facility in reach but no room at the norm.
        - `out_of_reach_persons`: have no facility in reach.
        - `no_data_persons`: are not served as far as is known, and it cannot be said which gap they are in: a facility
          in reach has an unknown number of places, or the point is uncertain, or off the network.
        - `is_upper_bound` (bool): `over_capacity_persons` is *at most*. Somebody who has a place could find one in an
          unlisted facility, or one of unknown size, and make room, directly or by a chain of moves.
        - `is_lower_bound` (bool): `over_capacity_persons` is *at least*. An unknown number of people can reach the same
          facilities, directly or by a chain of moves, and take places. Both bounds may be true.

    Raises
    ------
    FrameError
        If lengths differ, or a number is negative or infinite.
    OptionError
        If the norm is not a number above 0.

    Notes
    -----
    People are placed by `geo.allocation.allocate`: as many as possible, then by the shortest ways.
    """
    _require_norm(norm_per_1000)
    persons = numbers_of_rows(demand_persons, reach.demand_count, what="demand_persons")
    places = numbers_of_rows(supply_places, reach.facility_count, what="supply_places")
    allocation = allocate(demand_persons, pd.Series(places * (1000.0 / norm_per_1000)), reach)

    is_known = np.isin(reach.facility, np.flatnonzero(~np.isnan(places)))
    has_known, has_unknown = (
        reach.sum_by_demand(is_pair.astype(float)) > 0 for is_pair in (is_known, ~is_known)
    )
    is_no_data = has_unknown | reach.is_demand_off | _flags(is_uncertain, reach.demand_count)

    # Twice: of the two differences at least one is exact, so the two parts add up to the persons to the last bit.
    rest = persons - allocation.served_persons
    served = persons - rest
    is_missing = np.isnan(persons)
    parts = dict(
        zip(
            PARTS,
            (
                served,
                _where(~is_no_data & has_known, rest),
                _where(~is_no_data & ~has_known, rest),
                _where(is_no_data, rest),
            ),
            strict=True,
        )
    )
    is_over = (rest > 0) & ~is_no_data & has_known
    is_lower, is_upper = _bounds(allocation, is_missing, is_no_data, places)
    return pd.DataFrame(
        {
            **parts,
            "is_lower_bound": is_lower & ~is_missing & ~is_no_data,
            "is_upper_bound": is_upper & is_over,
        },
        index=demand_persons.index,
    )


def gaps_by_area(triad: pd.DataFrame, demand_persons: pd.Series, area_codes: pd.Series) -> pd.DataFrame:
    """
    Add up the parts of the triad area by area.

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
        Indexed by area code, sorted: `demand_persons`, the four parts, and both bounds, true where they are for any
        point. Numbers are missing where the people of any point are unknown. Sums of fractions: the parts add up to
        `demand_persons` but for the last digits of a float (1e-9 of it).

    Raises
    ------
    FrameError
        If lengths differ, a column is missing, or persons are negative.
    """
    require_columns(triad, *PARTS, *BOUNDS, what="triad")
    persons = numbers_of_rows(demand_persons, len(triad), what="demand_persons")
    if len(area_codes) != len(triad):
        raise FrameError(f"expected {len(triad)} area codes, found {len(area_codes)}")
    codes = pd.Series(area_codes.to_numpy(), name=area_codes.name, dtype=area_codes.dtype)
    numbers = pd.DataFrame(
        {"demand_persons": persons} | {part: as_floats(triad[part], what=part) for part in PARTS}
    )
    sums = numbers.groupby(codes).sum().mask(numbers.isna().groupby(codes).any())
    flags = triad[list(BOUNDS)].reset_index(drop=True).astype(bool).groupby(codes).any()
    return sums.join(flags)


def gap_places(gaps: pd.DataFrame, *, norm_per_1000: float) -> pd.DataFrame:
    """
    Return how many places the people in a gap need at the norm.

    Parameters
    ----------
    gaps
        Areas as `gaps_by_area` returns them, or points as `gap_triad` does.
    norm_per_1000
        The norm that they were made with.

    Returns
    -------
    places
        Indexed like `gaps`: `gap_places` = (over capacity + out of reach) × norm / 1,000, a fraction that is rounded
        only where it is shown; missing where the parts are. `is_lower_bound` (bool): *at least*, because people with no
        data may need places too, or the parts are at least. `is_upper_bound` (bool): *at most*, as the parts are. Where
        both are true the figure may be too high as well as too low.

    Raises
    ------
    FrameError
        If a column is missing.
    OptionError
        If the norm is not a number above 0.

    Notes
    -----
    These are places for people whom nobody serves. They differ from `geo.norms.places_to_norm`, which compares an
    area's own places with its own people and knows no distance.
    """
    _require_norm(norm_per_1000)
    require_columns(gaps, *PARTS, *BOUNDS, what="gaps")
    in_gap = gaps["over_capacity_persons"] + gaps["out_of_reach_persons"]
    return pd.DataFrame(
        {
            "gap_places": in_gap * (norm_per_1000 / 1000.0),
            "is_lower_bound": gaps["is_lower_bound"] | (gaps["no_data_persons"] > 0),
            "is_upper_bound": gaps["is_upper_bound"],
        }
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


def _bounds(
    allocation: Allocation,
    is_missing: NDArray[np.bool_],
    is_no_data: NDArray[np.bool_],
    places: NDArray[np.float64],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """
    Tell whose place could be taken by people of unknown number, and who could get one from people who may move out.

    A move goes from a point to a facility in its reach and from there to whoever has a place in it.
    """
    reach = allocation.reach
    can_enter = reach.matrix((places[reach.facility] > 0).astype(float))
    stays_in = reach.matrix((allocation.persons_of_pair > 0).astype(float))
    is_lower = _chain(is_missing, can_enter, stays_in)
    is_upper = _chain(is_no_data & (allocation.served_persons > 0), stays_in, can_enter)
    return is_lower, is_upper


def _chain(start: NDArray[np.bool_], first: csr_array, then: csr_array) -> NDArray[np.bool_]:
    """Return the points reached from `start`, going to a facility by `first` and from it to a point by `then`."""
    reached = start
    while reached.any():
        facilities = first @ reached.astype(float) > 0
        grown = reached | (then.T @ facilities.astype(float) > 0)
        if np.array_equal(grown, reached):
            break
        reached = grown
    return reached


def _require_norm(norm_per_1000: float) -> None:
    if not (np.isfinite(norm_per_1000) and norm_per_1000 > 0):
        raise OptionError(
            f"expected a norm above 0 places per 1,000 people, found {norm_per_1000}",
            norm_per_1000=norm_per_1000,
        )
