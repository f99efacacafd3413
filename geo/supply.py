"""Supply by area, and the rule of honest maps: nothing listed is zero only where the list is complete."""

from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.frames import as_floats, require_columns, require_none_left, require_not_negative, require_unique

KnownAreas = AbstractSet[str] | pd.Series
"""Areas for which a register claims to be complete: a set of codes, or True and False indexed by code."""


def supply_by_area(services: pd.DataFrame, known_areas: KnownAreas, area_codes: pd.Index) -> pd.DataFrame:
    """
    Count facilities and their places in each area, and tell zero from no data.

    Parameters
    ----------
    services
        One row per service of one support form: `area_code`, `facility_id`, `capacity_places` (missing =
        unknown). A facility with several services has several rows. Every `area_code` is one of `area_codes`.
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
        - `is_lower_bound` (bool): facilities are listed but the area is not known, so there may be more.
        - `capacity_unknown_count` (Int64): listed facilities that lack the capacity of a service.

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
        codes[~codes.isin(area_codes)],
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
    total = np.bincount(row, np.where(is_unknown, 0.0, places), minlength=len(area_codes))
    is_known = _is_known(known_areas, area_codes).to_numpy()
    is_no_data = ~is_known & (count == 0)
    return pd.DataFrame(
        {
            "facilities_count": _whole(count, is_missing=is_no_data),
            "capacity_places": _whole(total, is_missing=is_no_data | (unknown > 0)),
            "is_lower_bound": ~is_known & ~is_no_data,
            "capacity_unknown_count": _whole(unknown, is_missing=np.zeros(len(area_codes), dtype=bool)),
        },
        index=area_codes.rename("area_code"),
    )


def _facilities(row: NDArray[np.intp], facility_ids: pd.Series, size: int) -> NDArray[np.intp]:
    """Count different facilities in each row of the answer."""
    different = pd.DataFrame({"row": row, "facility_id": facility_ids.to_numpy()}).drop_duplicates()
    return np.bincount(different["row"], minlength=size)


def _whole(numbers: NDArray[Any], *, is_missing: NDArray[np.bool_]) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(numbers.astype(np.int64), is_missing)


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
    is_known = _is_known(known_areas, share.index)
    return pd.DataFrame(
        {
            "coverage_share": numbers.mask(~is_known & (numbers == 0)),
            "is_lower_bound": ~is_known & (numbers > 0) & (numbers < 1),
        }
    )


def _is_known(known_areas: KnownAreas, area_codes: pd.Index) -> pd.Series:
    """Return True for the codes where nothing listed means none; what is not mentioned is not known."""
    if isinstance(known_areas, pd.Series):
        require_unique(known_areas.index, what="known areas")
        known_codes = set(known_areas.index[known_areas.astype("boolean").fillna(value=False)])
    else:
        known_codes = set(known_areas)
    return pd.Series(area_codes.isin(list(known_codes)), index=area_codes, dtype=bool)
