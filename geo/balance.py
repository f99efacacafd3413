"""Balance of deinstitutionalisation: community, conditional and institutional places per 1,000 people."""

from collections.abc import Mapping

import pandas as pd

from geo.errors import FrameError, OptionError
from geo.frames import as_floats, require_columns, require_none_left, require_unique
from geo.supply import KnownAreas, places_per_1000, supply_by_area

BALANCE_CLASSES = ("community", "conditional", "institutional")
"""Classes that are weighed against each other."""
NOT_IN_BALANCE = "enabling"
"""The class of offices that direct people to help: never counted."""
COUNTED_UNITS = ("places", "people")
"""Units of capacity that say how many persons are helped at once, so that they may be added."""


def di_balance(
    services: pd.DataFrame,
    demand_persons: pd.Series,
    *,
    known: Mapping[str, KnownAreas],
    area_codes: pd.Index,
) -> pd.DataFrame:
    """
    Add up the places of each class in each area.

    Parameters
    ----------
    services
        One row per service for the group: `area_code`, `facility_id`, `di_class` (community, conditional,
        institutional or enabling, from the vocabulary), `capacity_unit` (from the vocabulary), `capacity_places`
        (missing = unknown). Every `area_code` is one of `area_codes`.
    demand_persons
        People of the group, indexed by area code; areas that it does not mention are unknown.
    known
        For each class, the areas where complete registers cover all its forms, as in `supply_by_area`. A class
        that it does not mention is known nowhere.
    area_codes
        All areas of the answer, of one level.

    Returns
    -------
    balance
        One row per area and class, indexed by `area_code` (in the order of `area_codes`) and `di_class`:

        - `facilities_count` (Int64): facilities with a service in a counted unit; 0 is a real zero, missing is no data.
        - `capacity_places` (Int64): places that are known. Missing where nothing is listed in an area that is not
          known, and where the sum would say "at least 0".
        - `places_per_1000` (float): of people of the group; missing where places or people are, or nobody lives there.
        - `is_lower_bound` (bool): the places are *at least*: a facility lacks its capacity, or the area is not known.
        - `capacity_unknown_count` (Int64): listed facilities that lack the capacity of a service.
        - `left_out_count` (Int64): services of the class whose unit is not in `COUNTED_UNITS` (hours, meals, jobs)
          or not stated: they help people too, but are no places.
        - `is_known` (bool): the list of the class is complete here.

    Raises
    ------
    FrameError
        If a column is missing, a class is not of the vocabulary, an area code repeats, a service lies in no area of
        the answer or names no facility, or a capacity is negative or not whole.
    OptionError
        If `known` names another class.
    """
    columns = ("area_code", "facility_id", "di_class", "capacity_unit", "capacity_places")
    require_columns(services, *columns, what="services")
    require_unique(area_codes, what="areas")
    strange = sorted(set(known) - set(BALANCE_CLASSES))
    if strange:
        raise OptionError(
            f"expected classes {list(BALANCE_CLASSES)} in `known`, found {strange}", found=strange
        )
    require_none_left(
        services.loc[~services["di_class"].isin([*BALANCE_CLASSES, NOT_IN_BALANCE]), "di_class"],
        what=f"classes other than {[*BALANCE_CLASSES, NOT_IN_BALANCE]}",
        remedy="take `di_class` from the vocabulary",
    )
    require_none_left(
        services.loc[~services["area_code"].isin(area_codes), "area_code"],
        what="services outside the areas of the answer",
        remedy="filter the services to these areas first, and tell how many have no area",
    )
    parts = {
        di_class: _class_places(
            services[services["di_class"] == di_class], known.get(di_class, frozenset()), area_codes
        )
        for di_class in BALANCE_CLASSES
    }
    for part in parts.values():
        part.insert(2, "places_per_1000", places_per_1000(part["capacity_places"], demand_persons))
    whole = pd.concat(parts, names=["di_class", "area_code"]).swaplevel()
    return whole.reindex(pd.MultiIndex.from_product([area_codes, BALANCE_CLASSES], names=whole.index.names))


def community_share(balance: pd.DataFrame) -> pd.DataFrame:
    """
    Return the share of community places in all places of each area.

    Parameters
    ----------
    balance
        From `di_balance`.

    Returns
    -------
    share
        Indexed by area code:

        - `community_share`: 0 to 1, of the places that are known. Missing where there are none, where the
          community places have no data, and where it would be 1 only because another class has no data.
        - `is_uncertain` (bool): the places of a class are *at least* or have no data, so that the true share may be
          higher or lower. False where the share is missing.

    Raises
    ------
    FrameError
        If a column or a class is missing.
    """
    require_columns(balance, "capacity_places", "is_lower_bound", what="balance")
    places = _by_class(balance["capacity_places"])
    numbers = pd.DataFrame(
        {name: as_floats(places[name], what="capacity_places") for name in BALANCE_CLASSES}
    )
    others = numbers[["conditional", "institutional"]]
    total = numbers["community"] + others.sum(axis=1)
    says_something = others.notna().all(axis=1) | (others.sum(axis=1) > 0)
    share = (numbers["community"] / total.where(total > 0)).where(says_something)
    is_bound = _by_class(balance["is_lower_bound"]).to_numpy(dtype=bool).any(axis=1)
    return pd.DataFrame(
        {
            "community_share": share.to_numpy(),
            "is_uncertain": (is_bound | numbers.isna().any(axis=1).to_numpy()) & share.notna().to_numpy(),
        },
        index=places.index,
    )


def balance_change(
    earlier: pd.DataFrame, later: pd.DataFrame, *, earlier_lists: pd.Series, later_lists: pd.Series
) -> pd.DataFrame:
    """
    Return the change of each class between two dates, where both rest on the same complete lists.

    Parameters
    ----------
    earlier, later
        From `di_balance`, of the same areas.
    earlier_lists, later_lists
        Which complete lists cover each class in each area, indexed like the balances: any text that is equal exactly
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
        If a column is missing, a code repeats, or the balances are not of the same areas and classes.
    """
    wanted = ("capacity_places", "places_per_1000", "is_lower_bound", "is_known")
    for balance, what in ((earlier, "earlier balance"), (later, "later balance")):
        require_columns(balance, *wanted, what=what)
        require_unique(balance.index.to_flat_index(), what=f"areas and classes of the {what}")
    for lists in (earlier_lists, later_lists):
        require_unique(lists.index.to_flat_index(), what="areas and classes with lists")
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


def _class_places(services: pd.DataFrame, known_areas: KnownAreas, area_codes: pd.Index) -> pd.DataFrame:
    """Return the columns of `di_balance` for services of one class, indexed by area code."""
    is_counted = services["capacity_unit"].isin(COUNTED_UNITS)
    counted = services[is_counted]
    # `supply_by_area` checks the rows and tells zero from no data; its sum is missing when any capacity is.
    supply = supply_by_area(counted, known_areas, area_codes)
    places = pd.Series(as_floats(counted["capacity_places"], what="capacity_places"), index=counted.index)
    total = places.groupby(counted["area_code"]).sum().reindex(area_codes, fill_value=0).astype("Int64")
    is_bound = supply["is_lower_bound"] | (supply["capacity_unknown_count"] > 0).astype(bool)
    is_no_data = supply["facilities_count"].isna() | (is_bound & (total == 0).to_numpy(dtype=bool))
    left_out = services[~is_counted].groupby("area_code").size()
    # With nothing listed the count of facilities is 0 exactly where the area is known.
    nothing = supply_by_area(counted.iloc[:0], known_areas, area_codes)
    return pd.DataFrame(
        {
            "facilities_count": supply["facilities_count"],
            "capacity_places": total.mask(is_no_data.to_numpy(dtype=bool)),
            "is_lower_bound": is_bound & ~is_no_data,
            "capacity_unknown_count": supply["capacity_unknown_count"],
            "left_out_count": left_out.reindex(area_codes, fill_value=0).astype("Int64"),
            "is_known": nothing["facilities_count"].notna(),
        },
        index=supply.index,
    )


def _by_class(column: pd.Series) -> pd.DataFrame:
    """Return one row per area and one column per class, in the order of areas."""
    classes = column.index.get_level_values("di_class")
    lacking = [name for name in BALANCE_CLASSES if name not in classes]
    if lacking and len(column):
        raise FrameError(
            f"expected a balance with {list(BALANCE_CLASSES)}, found no {lacking}", classes=lacking
        )
    areas = column.index.get_level_values("area_code").unique()
    return pd.DataFrame(
        {name: column[classes == name].droplevel("di_class").reindex(areas) for name in BALANCE_CLASSES}
    )
