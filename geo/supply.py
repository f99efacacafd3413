"""Supply by area, and the rule of honest maps: nothing listed is zero only where the list is complete."""

from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.frames import (
    as_floats,
    is_among,
    require_columns,
    require_none_left,
    require_not_negative,
    require_unique,
)

KnownAreas = AbstractSet[str] | pd.Series
"""Areas for which a register claims to be complete: a set of codes, or True and False indexed by code."""


def supply_by_area(services: pd.DataFrame, known_areas: KnownAreas, area_codes: pd.Index) -> pd.DataFrame:
    """
    Count facilities and their places in each area, and tell zero from no data.

    Parameters
    ----------
    services
        One row per service of one support form: `area_code`, `facility_id`, `capacity_places` (missing =
        unknown). A facility with several services has several rows. Every `area_code` is one of `area_codes`. In a
        column `is_for_others` (bool; without it none is) True where the places may be for other people, too, in
        `is_profile_unknown` (likewise) where the service may be for others alone, in `may_be_gone` (likewise)
        where the row is so old that it may have closed since, and in `is_places_old` (likewise) where it is still
        there, and its places are of a record as old.
    known_areas
        Areas where a complete register covers the form: there, no facility listed means that there is none.
        Areas that it does not mention are not known.
    area_codes
        All areas of the answer, of one level.

    Returns
    -------
    supply
        Indexed by `area_code` in the order of `area_codes`:

        - `facilities_count` (Int64): distinct facilities. In a known area 0 is a real zero; elsewhere an area
          with nothing listed is missing (no data).
        - `capacity_places` (Int64): sum of places. Missing where `facilities_count` is, and where any
          facility lacks its capacity: a sum of some would look like a sum of all.
        - `known_places` (Int64): the places that are stated: *at least* where a facility lacks its capacity. Missing
          where `facilities_count` is, and where it would say "at least 0".
        - `is_lower_bound` (bool): facilities are listed but the area is not known, so there may be more.
        - `capacity_unknown_count` (Int64): listed facilities that lack the capacity of a service.
        - `own_places` (Int64): places that are for nobody else, missing where `capacity_places` are.
        - `is_upper_bound` (bool): the places that are stated are *at most*: some of them may be for others.
        - `is_count_upper_bound` (bool): so are the facilities, because one of them may be for others alone.
        - `may_be_gone` (bool): a facility is listed that may have closed since: there may be fewer.
        - `places_may_be_gone` (bool): one of them states places, so these may be fewer, too.
        - `places_are_old` (bool): a facility is still there, and its places may be more or fewer by now.

    Raises
    ------
    FrameError
        If a column is missing, an area code repeats, a service lies in no area of the answer or names no
        facility, or a capacity is negative or not whole.
    """
    require_columns(services, "area_code", "facility_id", "capacity_places", what="services")
    require_unique(area_codes, what="areas")
    codes, facilities = services["area_code"], services["facility_id"]
    require_none_left(
        codes[~is_among(codes, area_codes)],
        what="services outside the areas of the answer",
        remedy="filter the services to these areas first, and tell how many have no area",
    )
    require_none_left(
        codes[facilities.isna()],
        what="services without facility_id",
        remedy="give each facility an id: facilities are counted by it",
    )
    capacity = services["capacity_places"].set_axis(codes)
    require_not_negative(capacity, what="capacity_places")
    places = as_floats(capacity, what="capacity_places")
    require_none_left(
        codes[places % 1 > 0],
        what="areas with capacities that are not whole numbers",
        remedy="look for a rate in the column of places",
    )

    row = area_codes.get_indexer(pd.Index(codes))
    is_unknown = np.isnan(places)
    count = _facilities(row, facilities, len(area_codes))
    unknown = _facilities(row[is_unknown], facilities[is_unknown], len(area_codes))
    total, own = (
        np.bincount(row, np.where(is_unknown, 0.0, part), minlength=len(area_codes))
        for part in (places, own_places(services).to_numpy())
    )
    is_known = where_known(known_areas, area_codes).to_numpy()
    is_no_data = ~is_known & (count == 0)
    has_no_sum = is_no_data | (unknown > 0)
    is_gone = facilities.isin(_gone_facilities(services)).to_numpy()
    is_old = (
        services["is_places_old"].to_numpy(dtype=bool)
        if "is_places_old" in services
        else np.zeros(len(row), dtype=bool)
    )
    doubtful = facilities_of_unknown_profile(services)
    is_doubtful = facilities.isin(doubtful.index[doubtful]).to_numpy()
    return pd.DataFrame(
        {
            "facilities_count": _whole(count, is_missing=is_no_data),
            "capacity_places": _whole(total, is_missing=has_no_sum),
            "known_places": _whole(total, is_missing=is_no_data | ((unknown > 0) & (total == 0))),
            "is_lower_bound": ~is_known & ~is_no_data,
            "capacity_unknown_count": _whole(unknown, is_missing=np.zeros(len(area_codes), dtype=bool)),
            "own_places": _whole(own, is_missing=has_no_sum),
            "is_upper_bound": own < total,
            "is_count_upper_bound": np.bincount(row, is_doubtful, minlength=len(area_codes)) > 0,
            "may_be_gone": np.bincount(row, is_gone, minlength=len(area_codes)) > 0,
            "places_may_be_gone": np.bincount(row, is_gone & (places > 0), minlength=len(area_codes)) > 0,
            "places_are_old": np.bincount(row, is_old & (places > 0), minlength=len(area_codes)) > 0,
        },
        index=area_codes.rename("area_code"),
    )


def _facilities(row: NDArray[np.intp], facility_ids: pd.Series, size: int) -> NDArray[np.intp]:
    """Count different facilities in each row of the answer."""
    different = pd.DataFrame({"row": row, "facility_id": facility_ids.to_numpy()}).drop_duplicates()
    return np.bincount(different["row"], minlength=size)


def _whole(numbers: NDArray[Any], *, is_missing: NDArray[np.bool_]) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(numbers.astype(np.int64), is_missing)


def facilities_of_unknown_profile(services: pd.DataFrame) -> pd.Series:
    """
    Tell of which facilities it is not known whether they are for the group: of all their services nobody says it.

    Parameters
    ----------
    services
        `facility_id` and, where it is told, `is_profile_unknown` (bool), as in `supply_by_area`.

    Returns
    -------
    is_doubtful
        bool, indexed by `facility_id`.
    """
    if "is_profile_unknown" not in services or not services["is_profile_unknown"].any():
        return pd.Series(data=False, index=pd.Index(services["facility_id"].unique(), name="facility_id"))
    return services["is_profile_unknown"].astype(bool).groupby(services["facility_id"]).all()


def _gone_facilities(services: pd.DataFrame) -> pd.Index:
    """Return the facilities that may have closed since: so may all of their services."""
    if "may_be_gone" not in services or not len(services):
        return pd.Index([])
    is_gone = services["may_be_gone"].astype(bool).groupby(services["facility_id"]).all()
    return is_gone.index[is_gone]


def own_places(services: pd.DataFrame) -> pd.Series:
    """
    Return how many places of each service are for nobody else: none of one that may be for others.

    Parameters
    ----------
    services
        `capacity_places` (missing = unknown) and, where it is told, `is_for_others` (bool), as in `supply_by_area`.

    Returns
    -------
    own
        Indexed like `services`, float; missing where the places are, also of services for others.
    """
    places = pd.Series(as_floats(services["capacity_places"], what="capacity_places"), index=services.index)
    if "is_for_others" not in services:
        return places
    return places.mask(services["is_for_others"].astype(bool) & places.notna(), 0.0)


def places_per_1000(capacity_places: pd.Series, demand_persons: pd.Series) -> pd.Series:
    """
    Return places per 1,000 people of the group.

    Parameters
    ----------
    capacity_places
        Places, indexed by area code; missing = unknown.
    demand_persons
        People of the group, indexed by area code; areas that it does not mention are unknown.

    Returns
    -------
    places_per_1000
        Indexed like `capacity_places`, float, 0 or more. Missing where places or people are, and where
        there are no people: 5 places for nobody are no rate.

    Raises
    ------
    FrameError
        If a code repeats in `demand_persons` or a number is negative.
    """
    require_unique(demand_persons.index, what="areas with people")
    require_not_negative(capacity_places, what="capacity_places")
    require_not_negative(demand_persons, what="demand_persons")
    places = pd.Series(as_floats(capacity_places, what="capacity_places"), index=capacity_places.index)
    people = pd.Series(as_floats(demand_persons, what="demand_persons"), index=demand_persons.index)
    people = people.reindex(places.index)
    return (1000.0 * places / people.where(people > 0)).rename("places_per_1000")


def honest_share(share: pd.Series, known_areas: KnownAreas) -> pd.DataFrame:
    """
    Apply the rule of `supply_by_area` to a coverage share.

    Parameters
    ----------
    share
        `coverage_share`, indexed by area code, 0 to 1; missing where demand is zero or unknown.
    known_areas
        As in `supply_by_area`.

    Returns
    -------
    honest
        Indexed like `share`: `coverage_share` (float; a share of 0 is missing unless the area is known) and
        `is_lower_bound` (bool: above 0 and below 1 in an area that is not known; a share of 1 cannot grow).

    Raises
    ------
    FrameError
        If an area code repeats or a share is negative.
    """
    require_unique(share.index, what="areas with a share")
    require_not_negative(share, what="coverage_share")
    numbers = pd.Series(as_floats(share, what="coverage_share"), index=share.index)
    is_known = where_known(known_areas, share.index)
    return pd.DataFrame(
        {
            "coverage_share": numbers.mask(~is_known & (numbers == 0)),
            "is_lower_bound": ~is_known & (numbers > 0) & (numbers < 1),
        }
    )


def where_known(known_areas: KnownAreas, area_codes: pd.Index) -> pd.Series:
    """Return True for the codes where nothing listed means none; what is not mentioned is not known."""
    if isinstance(known_areas, pd.Series):
        require_unique(known_areas.index, what="known areas")
        known_codes = set(known_areas.index[known_areas.astype("boolean").fillna(value=False)])
    else:
        known_codes = set(known_areas)
    return pd.Series([code in known_codes for code in area_codes], index=area_codes, dtype=bool)
