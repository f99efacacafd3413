"""Supply by area, and the rule of honest maps: nothing listed is zero only where the list is complete."""

from collections.abc import Set as AbstractSet

import pandas as pd

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
        unknown). A facility with several services has several rows. Every `area_code` is one of `area_codes`. In a
        column `is_for_others` (bool; without it none is) True where the places may be for other people, too, and in
        `is_profile_unknown` (likewise) where the service may be for others alone.
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
        - `own_places` (Int64): places that are for nobody else, missing where `capacity_places` are.
        - `is_upper_bound` (bool): the places are *at most*, because some of them may be for others.
        - `is_count_upper_bound` (bool): so are the facilities, because one of them may be for others alone.

    Raises
    ------
    FrameError
        If a column is missing, an area code repeats, a service lies in no area of the answer or names no
        facility, or a capacity is negative or not whole.
    """
    require_columns(services, "area_code", "facility_id", "capacity_places", what="services")
    require_unique(area_codes, what="areas")
    is_elsewhere = ~services["area_code"].isin(area_codes)
    require_none_left(
        services.loc[is_elsewhere, "area_code"],
        what="services outside the areas of the answer",
        remedy="filter the services to these areas first, and tell how many have no area",
    )
    require_none_left(
        services.loc[services["facility_id"].isna(), "area_code"],
        what="services without facility_id",
        remedy="give each facility an id: facilities are counted by it",
    )
    capacity = services["capacity_places"].set_axis(services["area_code"])
    require_not_negative(capacity, what="capacity_places")
    places = pd.Series(as_floats(capacity, what="capacity_places"), index=services.index)

    require_none_left(
        services.loc[places % 1 > 0, "area_code"],
        what="areas with capacities that are not whole numbers",
        remedy="look for a rate in the column of places",
    )

    codes = services["area_code"]
    count = services.groupby(codes)["facility_id"].nunique()
    unknown = services[places.isna()].groupby("area_code")["facility_id"].nunique()
    total = places.groupby(codes).sum()
    own = own_places(services).groupby(codes).sum()
    supply = pd.DataFrame(index=area_codes.rename("area_code"))
    supply["facilities_count"] = count.reindex(area_codes, fill_value=0).astype("Int64")
    supply["capacity_places"] = total.reindex(area_codes, fill_value=0).astype("Int64")
    supply["is_lower_bound"] = False
    supply["capacity_unknown_count"] = unknown.reindex(area_codes, fill_value=0).astype("Int64")

    supply["own_places"] = own.reindex(area_codes, fill_value=0).astype("Int64")

    is_known = _is_known(known_areas, supply.index)
    is_no_data = ~is_known & (supply["facilities_count"] == 0)
    supply["is_lower_bound"] = (~is_known & ~is_no_data).astype(bool)
    supply["facilities_count"] = supply["facilities_count"].mask(is_no_data)
    is_unknown = is_no_data | (supply["capacity_unknown_count"] > 0)
    for name in ("capacity_places", "own_places"):
        supply[name] = supply[name].mask(is_unknown)
    is_less = supply["own_places"] < supply["capacity_places"]
    supply["is_upper_bound"] = is_less.fillna(value=False).astype(bool)
    doubtful = facilities_of_unknown_profile(services)
    is_doubtful = services["facility_id"].isin(doubtful.index[doubtful]).groupby(codes).any()
    supply["is_count_upper_bound"] = is_doubtful.reindex(area_codes, fill_value=False)
    return supply


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
    is_unknown = pd.Series(data=False, index=services.index)
    if "is_profile_unknown" in services:
        is_unknown = services["is_profile_unknown"].astype(bool)
    return is_unknown.groupby(services["facility_id"]).all()


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
