"""The gap triad: who is served at a norm, who is in reach but over capacity, who is out of reach; and no data apart."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.allocation import numbers_of_rows
from geo.equal_shares import equal_shares
from geo.errors import FrameError, OptionError
from geo.frames import as_floats, require_columns
from geo.hanging import Hanging
from geo.reach import Reach

PARTS = ("served_persons", "over_capacity_persons", "out_of_reach_persons", "no_data_persons")
"""The parts of a group's people; they add up to all of them."""

LIMITS = (
    "least_gap_persons",
    "most_gap_persons",
    "least_out_of_reach_persons",
    "most_out_of_reach_persons",
)
"""How small the gap (over capacity and out of reach) is at least and at most, and so out of reach."""

PLACES = ("least_missing_places", "missing_places", "most_missing_places")
"""Places missing to the norm: at least, as far as is known, and at most."""

LIST, TOWN, PROFILE, OLD = "list", "town", "profile", "old"
REASONS = ("roads", "size", LIST, TOWN, PROFILE, OLD)
"""
Why it cannot be said which gap people are in: off the network, a facility of unknown size, a list not complete; or how
large it is: a facility of which only the town, village or street is known, or one with places that may be for others.
"""


@dataclass(frozen=True, eq=False)
class GroupPlaces:
    """
    The places of each facility of a reach, in its order, as far as they are for the group.

    Attributes
    ----------
    places
        All that may be for the group; missing means unknown.
    own_places
        Those that are for nobody but the group; missing means unknown. Default: all of `places`.
    is_doubtful
        bool, facilities that may be for others alone. Default: none.
    may_be_gone
        bool, facilities of a row so old that they may have closed since. Default: none.
    is_old
        bool, facilities that are still there and whose places are of a record as old. Default: none.
    """

    places: pd.Series
    own_places: pd.Series | None = None
    is_doubtful: pd.Series | None = None
    may_be_gone: pd.Series | None = None
    is_old: pd.Series | None = None

    def with_own(self, places: NDArray[np.float64]) -> "GroupPlaces":
        """Return these and, after them, places of facilities that are for nobody but the group."""
        own = self.places if self.own_places is None else self.own_places
        none = [False] * len(own)
        flags = [none if told is None else told for told in (self.is_doubtful, self.may_be_gone, self.is_old)]
        is_doubtful, is_gone, is_old = (
            pd.Series([*told, *[False] * len(places)], dtype=bool) for told in flags
        )
        return GroupPlaces(
            pd.Series([*self.places, *places], dtype=float),
            own_places=pd.Series([*own, *places], dtype=float),
            is_doubtful=is_doubtful,
            may_be_gone=is_gone,
            is_old=is_old,
        )

    def numbers(self, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
        """
        Return places, own ones and whether it is doubtful that any are, as numbers of so many facilities.

        Own places are never more than all, and what may be gone, or tells old places, has none for certain.
        """
        places = numbers_of_rows(self.places, count, what="supply_places")
        own = places
        if self.own_places is not None:
            own = np.fmin(numbers_of_rows(self.own_places, count, what="own_places"), places)
        is_gone = self.gone(count)
        own = np.where((is_gone | self.old(count)) & ~np.isnan(own), 0.0, own)
        return places, own, _flags(self.is_doubtful, count, what="is_doubtful") | is_gone

    def gone(self, count: int) -> NDArray[np.bool_]:
        """Tell which of so many facilities may have closed since."""
        return _flags(self.may_be_gone, count, what="may_be_gone")

    def old(self, count: int) -> NDArray[np.bool_]:
        """Tell of which of so many facilities the places are of a record that is old."""
        return _flags(self.is_old, count, what="is_old")


def gap_triad(
    demand_persons: pd.Series,
    supply: GroupPlaces,
    reach: Reach,
    *,
    norm_per_1000: float,
    is_uncertain: pd.Series | None = None,
    hanging: Hanging | None = None,
) -> pd.DataFrame:
    """
    Part the people of each demand point into served, over capacity, out of reach and no data.

    Parameters
    ----------
    demand_persons
        Persons of the group at each demand point of `reach`, in its order; missing means unknown.
    supply
        The places of each facility of `reach`.
    reach
        Who can reach what.
    norm_per_1000
        Target places per 1,000 people of the group, above 0. A facility of C places has room for 1,000 C / norm people.
    is_uncertain
        bool, demand points within whose reach a facility may stand that is not in `reach`, in the same order: the list
        of their own or of a near area is not complete, or a facility near them is off the network. Default: none.
    hanging
        Pairs of which it is not known whether they are within the limit. Default: none.

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
          be: people of no data have a place elsewhere and take none of the listed ones; those whose answer hangs on
          where a facility stands have it in reach, and nobody else takes room there.
        - `most_gap_persons`: the gap where it is as bad as it can be: nothing unlisted exists, a facility of unknown
          size has no room, places and facilities that may be for others are, what may be gone is, as old places are,
          and where people of unknown number reach the same facilities, they take all of it. Of pairs in `hanging`
          either none is in reach or all are, whichever leaves more people of the point without room.
        - `least_out_of_reach_persons`, `most_out_of_reach_persons`: out of reach in these two.
        - `reason`: one of `REASONS` where people can be no data, hang on such a facility or reach places that may be
          for others or gone, else empty.

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
    require_norm(norm_per_1000)
    persons = numbers_of_rows(demand_persons, reach.demand_count, what="demand_persons")
    places, own, is_doubtful = supply.numbers(reach.facility_count)
    per_place = 1000.0 / norm_per_1000
    sure, perhaps = (reach, reach) if hanging is None else (hanging.fewest(reach), hanging.most(reach))
    room, own_room = pd.Series(places * per_place), _room_at_worst(own * per_place, persons, perhaps)
    is_hanging = np.zeros(reach.demand_count, dtype=bool) if hanging is None else hanging.points()
    is_unsure = _flags(is_uncertain, reach.demand_count, what="is_uncertain")
    is_of_old_row = supply.gone(reach.facility_count) | supply.old(reach.facility_count)
    is_of_size, is_of_profile, is_of_age = (
        _reaches_any(reach, of) for of in (np.isnan(places), (own < places) & ~is_of_old_row, is_of_old_row)
    )
    # In the order of `REASONS`: the first that holds is told.
    holds = [reach.is_demand_off, is_of_size, is_unsure, is_hanging, is_of_profile, is_of_age]
    reason = np.select(holds, REASONS, default="")
    is_no_data, has_known = np.logical_or.reduce(holds[:3]), _reaches_any(reach, ~np.isnan(places))

    # Twice: of the two differences at least one is exact, so the two parts add up to the persons to the last bit.
    rest = _left(persons, room, reach)
    served = persons - rest
    gap = _where(~is_no_data, rest)
    most = rest if own_room.equals(room) and hanging is None else _left(persons, own_room, sure)
    if hanging is not None:
        # Who surely has such a facility may share it with all who perhaps have it.
        most = np.maximum(most, _left(persons, own_room, perhaps))
    alone, is_apart = rest, is_no_data | is_hanging
    if (is_apart & has_known).any():
        alone = _left(np.where(is_apart, 0.0, persons), room, reach)
    if hanging is not None:
        alike = hanging.left_at_least(persons, as_floats(room, what="room"), reach, ~is_no_data)
        alone = np.where(is_hanging, alike, alone)
    return pd.DataFrame(
        {
            "served_persons": served,
            "over_capacity_persons": _where(~is_no_data & has_known, rest),
            "out_of_reach_persons": _where(~is_no_data & ~has_known, rest),
            "no_data_persons": _where(is_no_data, rest),
            "least_gap_persons": np.minimum(_where(~is_no_data, alone), gap),
            "most_gap_persons": np.maximum(most, gap),
            "least_out_of_reach_persons": _where(~is_no_data & ~has_known & ~is_hanging, rest),
            "most_out_of_reach_persons": _where(~_reaches_any(sure, ~is_doubtful), most),
            "reason": pd.array(reason, dtype="str"),
        },
        index=demand_persons.index,
    )


def _left(persons: NDArray[np.float64], room: pd.Series, reach: Reach) -> NDArray[np.float64]:
    """Return how many people of each point have no room."""
    return persons - equal_shares(pd.Series(persons), room, reach)


def _room_at_worst(own_room: NDArray[np.float64], persons: NDArray[np.float64], reach: Reach) -> pd.Series:
    """Return the room that is left for people of known number in the facilities of a reach."""
    # As many as those of unknown number may be, they take all that they reach.
    of_rivals = reach.facility[np.isnan(persons)[reach.demand]]
    return pd.Series(np.where(np.isin(np.arange(len(own_room)), of_rivals), 0.0, own_room))


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


def _where(is_part: NDArray[np.bool_], rest: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rest where it belongs to a part, else 0; missing stays missing."""
    return np.where(is_part | np.isnan(rest), rest, 0.0)


def _reaches_any(reach: Reach, is_wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell of each demand point whether it reaches a facility of some kind."""
    found: NDArray[np.bool_] = reach.sum_by_demand(is_wanted[reach.facility].astype(float)) > 0
    return found


def _flags(flags: pd.Series | None, count: int, *, what: str) -> NDArray[np.bool_]:
    """Return flags as numbers of rows; what is not said is not certain, and so it is True."""
    if flags is None:
        return np.zeros(count, dtype=bool)
    if len(flags) != count:
        raise FrameError(f"expected {what} of {count} rows, as in the reach, found {len(flags)}")
    return flags.astype("boolean").fillna(value=True).to_numpy(dtype=bool, copy=True)


def require_norm(norm_per_1000: float) -> None:
    """Raise an `OptionError` if a norm is not a number above 0."""
    if not (np.isfinite(norm_per_1000) and norm_per_1000 > 0):
        raise OptionError(
            f"expected a norm above 0 places per 1,000 people, found {norm_per_1000}",
            norm_per_1000=norm_per_1000,
        )
