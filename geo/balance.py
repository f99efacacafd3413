"""Balance of support: places of each kind of support per 1,000 people, side by side, and their change."""

from collections.abc import Mapping, Sequence

import pandas as pd

from geo.errors import OptionError
from geo.frames import as_floats, is_among, require_columns, require_none_left, require_unique
from geo.supply import KnownAreas, own_places, places_per_1000, supply_by_area, where_known

COUNTED_UNITS = ("places", "people")
"""Units of capacity that say how many persons are helped at once, so that they may be added."""


def support_balance(
    services: pd.DataFrame,
    demand_persons: pd.Series,
    *,
    kinds: Sequence[str],
    known: Mapping[str, KnownAreas],
    area_codes: pd.Index,
) -> pd.DataFrame:
    """
    Add up the places of each kind of support in each area.

    Kinds stand beside each other and are never added or divided: a seat in a club and a bed are no parts of one whole.

    Parameters
    ----------
    services
        One row per service for the group: `area_code`, `facility_id`, `support_kind` (one of `kinds`),
        `capacity_unit` (from the vocabulary), `capacity_places` (missing = unknown). Every `area_code` is one of
        `area_codes`. `is_for_others`, `may_be_gone` and `is_places_old` as in `supply_by_area`.
    demand_persons
        People of the group, indexed by area code; areas that it does not mention are unknown.
    kinds
        The kinds of the answer, in the order of showing.
    known
        For each kind, the areas where complete registers cover all its forms, as in `supply_by_area`. A kind
        that it does not mention is known nowhere.
    area_codes
        All areas of the answer, of one level.

    Returns
    -------
    balance
        One row per area and kind, indexed by `area_code` (in the order of `area_codes`) and `support_kind`:

        - `facilities_count` (Int64): facilities with a service in a counted unit; 0 is a real zero, missing is no data.
        - `capacity_places` (Int64): places that are known. Missing where nothing is listed in an area that is not
          known, and where the sum would say "at least 0".
        - `places_per_1000` (float): of people of the group; missing where places or people are, or nobody lives there.
        - `is_lower_bound` (bool): the places are *at least*: a facility lacks its capacity, or the area is not known.
        - `is_upper_bound` (bool): the places are *at most*: some of them may be for other people.
        - `may_be_gone` (bool): a facility with places has a row so old that it may have closed since.
        - `places_are_old` (bool): the places of a facility are of a record so old that they may be more or fewer now.
        - `capacity_unknown_count` (Int64): listed facilities that lack the capacity of a service.
        - `left_out_count` (Int64): services of the kind whose unit is not in `COUNTED_UNITS` (hours, meals, jobs)
          or not stated: they help people too, but are no places.
        - `is_known` (bool): the lists of the kind are complete here.

    Raises
    ------
    FrameError
        If a column is missing, a kind is another, an area code repeats, a service lies in no area of
        the answer or names no facility, or a capacity is negative or not whole.
    OptionError
        If `known` names another kind.
    """
    columns = ("area_code", "facility_id", "support_kind", "capacity_unit", "capacity_places")
    require_columns(services, *columns, what="services")
    require_unique(area_codes, what="areas")
    strange = sorted(set(known) - set(kinds))
    if strange:
        raise OptionError(f"expected kinds {list(kinds)} in `known`, found {strange}", found=strange)
    require_none_left(
        services.loc[~services["support_kind"].isin(kinds), "support_kind"],
        what=f"kinds other than {list(kinds)}",
        remedy="leave out services of no kind, such as offices, first",
    )
    require_none_left(
        services.loc[~is_among(services["area_code"], area_codes), "area_code"],
        what="services outside the areas of the answer",
        remedy="filter the services to these areas first, and tell how many have no area",
    )
    parts = {
        kind: _places_of_kind(
            services[services["support_kind"] == kind], known.get(kind, frozenset()), area_codes
        )
        for kind in kinds
    }
    for part in parts.values():
        part.insert(2, "places_per_1000", places_per_1000(part["capacity_places"], demand_persons))
    whole = pd.concat(parts, names=["support_kind", "area_code"]).swaplevel()
    return whole.reindex(pd.MultiIndex.from_product([area_codes, kinds], names=whole.index.names))


def balance_change(
    earlier: pd.DataFrame, later: pd.DataFrame, *, earlier_lists: pd.Series, later_lists: pd.Series
) -> pd.DataFrame:
    """
    Return the change of each kind between two dates, where both rest on the same complete lists.

    Parameters
    ----------
    earlier, later
        From `support_balance`, of the same areas.
    earlier_lists, later_lists
        Which complete lists cover each kind in each area, indexed like the balances: any text that is equal exactly
        when the lists are, for example their codes, sorted and joined. Missing = none, or not known.

    Returns
    -------
    change
        Indexed like `later`:

        - `places_change` (Int64): places later less places earlier.
        - `per_1000_change` (float): the same for places per 1,000; missing too where people are not known. It also
          moves when people become more or fewer.
        - `reason_code` (text): why there is no change to tell: `no_data` (places missing at a date), `not_complete`
          (a list is not complete, or the places are *at least*), `other_lists`; missing where there is a change.

    Raises
    ------
    FrameError
        If a column is missing, a code repeats, or the balances are not of the same areas and kinds.
    """
    wanted = ("capacity_places", "places_per_1000", "is_lower_bound", "is_known")
    for balance, what in ((earlier, "earlier balance"), (later, "later balance")):
        require_columns(balance, *wanted, what=what)
        require_unique(balance.index.to_flat_index(), what=f"areas and kinds of the {what}")
    for lists in (earlier_lists, later_lists):
        require_unique(lists.index.to_flat_index(), what="areas and kinds with lists")
    apart = earlier.index.symmetric_difference(later.index)
    require_none_left(
        apart,
        what="areas that one date has and the other lacks",
        remedy="bring both to the same boundary_vintage",
    )
    before = earlier.reindex(later.index)
    lists_before, lists_after = earlier_lists.reindex(later.index), later_lists.reindex(later.index)
    has_no_data = before["capacity_places"].isna() | later["capacity_places"].isna()
    is_complete = (
        before["is_known"] & later["is_known"] & ~before["is_lower_bound"] & ~later["is_lower_bound"]
    )
    is_same = (
        lists_before.notna()
        & lists_after.notna()
        & (lists_before.astype(object) == lists_after.astype(object))
    )
    reason = pd.Series(None, index=later.index, dtype="str")
    for code, applies in (
        ("other_lists", ~is_same),
        ("not_complete", ~is_complete),
        ("no_data", has_no_data),
    ):
        reason = reason.mask(applies.to_numpy(dtype=bool), code)
    is_told = reason.isna()
    return pd.DataFrame(
        {
            "places_change": (later["capacity_places"] - before["capacity_places"]).where(is_told),
            "per_1000_change": (later["places_per_1000"] - before["places_per_1000"]).where(is_told),
            "reason_code": reason,
        }
    )


def _places_of_kind(services: pd.DataFrame, known_areas: KnownAreas, area_codes: pd.Index) -> pd.DataFrame:
    """Return the columns of `support_balance` for services of one kind, indexed by area code."""
    is_counted = services["capacity_unit"].isin(COUNTED_UNITS)
    counted = services[is_counted]
    # `supply_by_area` checks the rows and tells zero from no data; its sum is missing when any capacity is.
    supply = supply_by_area(counted, known_areas, area_codes)
    places = pd.Series(as_floats(counted["capacity_places"], what="capacity_places"), index=counted.index)
    total = places.groupby(counted["area_code"]).sum().reindex(area_codes, fill_value=0).astype("Int64")
    is_less = (own_places(counted) < places).groupby(counted["area_code"]).any()
    is_bound = supply["is_lower_bound"] | (supply["capacity_unknown_count"] > 0).astype(bool)
    is_no_data = supply["facilities_count"].isna() | (is_bound & (total == 0).to_numpy(dtype=bool))
    left_out = services[~is_counted].groupby("area_code").size()
    return pd.DataFrame(
        {
            "facilities_count": supply["facilities_count"],
            "capacity_places": total.mask(is_no_data.to_numpy(dtype=bool)),
            "is_lower_bound": is_bound & ~is_no_data,
            "is_upper_bound": is_less.reindex(area_codes, fill_value=False).to_numpy(dtype=bool)
            & ~is_no_data,
            "may_be_gone": supply["places_may_be_gone"] & ~is_no_data,
            "places_are_old": supply["places_are_old"] & ~is_no_data,
            "capacity_unknown_count": supply["capacity_unknown_count"],
            "left_out_count": left_out.reindex(area_codes, fill_value=0).astype("Int64"),
            "is_known": where_known(known_areas, area_codes).to_numpy(),
        },
        index=supply.index,
    )
