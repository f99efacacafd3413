"""The cost diagnosis of a gmina or powiat: services now and as proposed, with what they cost a year."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from data.scenarios.costs import UnitCosts
from data.store.smallest_area import smallest_area
from data.vocabulary import has_door, kind_of, support_forms
from data.vocabulary.kinds import STAYS
from geo.errors import OptionError
from geo.frames import require_columns, require_not_negative
from geo.supply import supply_by_area
from geo.teryt import COUNTRY

CLASSES: Final = ("community", "conditional", "institutional")
"""In the order of a table of deinstitutionalisation; offices (enabling) give no support and are left out."""
STATES: Final = ("current", "proposed")
_COUNTED: Final = (
    *("facilities_count", "capacity_places", "known_places", "capacity_unknown_count"),
    *("may_be_gone", "places_may_be_gone"),
)


@dataclass(frozen=True, eq=False)
class CostDiagnosis:
    """
    Current and proposed services of one area with their yearly cost.

    Attributes
    ----------
    forms
        Indexed by `support_form`, in the order of the vocabulary: `di_class`, `capacity_unit`, `is_complete` (a
        register that claims to be complete covers the form here), `run_per_place_zl_year` (Int64, missing = not
        given), and for each of `current_` and `proposed_`:

        - `facilities_count` (Int64): in a complete form 0 is a real zero, elsewhere nothing listed is missing;
        - `capacity_places` (Int64): missing where that of any facility is;
        - `known_places` (Int64): sum of the capacities that are known; missing where none is, and where facilities are;
        - `capacity_unknown_count` (Int64): facilities that lack a capacity;
        - `may_be_gone`, `places_may_be_gone` (bool): a facility, and one that states places, may have closed since;
        - `run_zl_year` (Int64): known places times the unit cost, missing where it cannot be told at all, also where a
          form whose people live there (`data.vocabulary.kinds.STAYS`) has no place: its residents' places elsewhere are
          paid for too (UPS art. 61), and nobody told how many they are;
        - `is_run_at_least` (bool): the true cost may be higher, or is unknown;
        - `is_run_unsure` (bool): it may be higher or lower, because what is counted may be gone.

        `difference_places` and `difference_zl_year` (Int64) are proposed less current: what the scenario changes.
        They are told even where other facilities have unknown capacities, because those are the same in both, and
        missing where one of unknown capacity comes, goes or changes.
    classes
        Indexed by `di_class` (`CLASSES`), for each state: `run_zl_year` (Int64, sum of what is known, missing when
        nothing is), `is_run_at_least`, `is_run_unsure`, `unknown_cost_forms_count` (listed forms without a unit cost or
        with a facility of unknown capacity) and `no_data_forms_count` (nothing listed, and no complete register); and
        `difference_zl_year` (missing when that of any form is).
    total
        The same over all classes, by name.
    """

    forms: pd.DataFrame
    classes: pd.DataFrame
    total: pd.Series


def diagnose_costs(
    area_code: str,
    current: pd.DataFrame,
    proposed: pd.DataFrame,
    *,
    current_areas: pd.DataFrame,
    proposed_areas: pd.DataFrame,
    unit_costs: Mapping[str, UnitCosts],
    complete_forms: Collection[str],
    forms: Collection[str] | None = None,
) -> CostDiagnosis:
    """
    Compare the services of an area now and after a scenario.

    Parameters
    ----------
    area_code
        A gmina (6 digits) or powiat (4 digits).
    current, proposed
        Services before and after `data.scenarios.apply_scenario`: `service_id`, `facility_id`, `support_form`,
        `gmina_code`, `capacity_places`, `is_counted`, and, where it is told, `may_be_gone`.
    current_areas, proposed_areas
        `service_id`, `area_code` of services without a door, of each.
    unit_costs
        By code of form, as the planner states them.
    complete_forms
        Forms for which nothing listed here means nothing.
    forms
        Only these forms, for example those for one group; None for all.

    Raises
    ------
    OptionError
        If the area is neither a gmina nor a powiat.
    FrameError
        If a frame lacks a column or a capacity is negative.

    Notes
    -----
    Yearly cost = places x cost of a place a year, both of the form; a service with a door is where it stands. One
    without a door is here when any area that it covers lies in this one or holds it; how much of its capacity is for
    this area is known only when it covers nothing beyond it.
    """
    if not (area_code.isdigit() and len(area_code) in (4, 6)):
        message = f"expected the code of a gmina (6 digits) or powiat (4 digits), found {area_code!r}"
        raise OptionError(message, area_code=area_code)
    asked = [
        form
        for code, form in support_forms().items()
        if form.di_class in CLASSES and (forms is None or code in forms)
    ]
    here = {
        "current": services_here(area_code, current, current_areas),
        "proposed": services_here(area_code, proposed, proposed_areas),
    }
    table = pd.DataFrame(
        {
            "di_class": [form.di_class for form in asked],
            "capacity_unit": [form.capacity_unit for form in asked],
            "is_complete": [form.code in complete_forms for form in asked],
            "run_per_place_zl_year": pd.array(
                [unit_costs.get(form.code, UnitCosts()).run_per_place_zl_year for form in asked],
                dtype="Int64",
            ),
        },
        index=pd.Index([form.code for form in asked], name="support_form", dtype="object"),
    )
    is_stay = pd.Series([is_paid_elsewhere(form.code) for form in asked], index=table.index, dtype=bool)
    for state in STATES:
        counted = _counted(here[state], table["is_complete"])
        for name in counted.columns:
            table[f"{state}_{name}"] = counted[name]
        cost = _cost(counted["known_places"], table["run_per_place_zl_year"])
        # No home here costs its gmina nothing only if nobody from here lives in one elsewhere.
        is_elsewhere = is_stay & (counted["known_places"] == 0).fillna(value=False).astype(bool)
        table[f"{state}_run_zl_year"] = cost.mask(is_elsewhere)
        is_all = table["is_complete"] & (counted["capacity_unknown_count"] == 0)
        table[f"{state}_is_run_at_least"] = ~is_all | table[f"{state}_run_zl_year"].isna()
        is_known = table[f"{state}_run_zl_year"].notna()
        table[f"{state}_is_run_unsure"] = counted["places_may_be_gone"] & is_known
    table["difference_places"] = _difference(here["current"], here["proposed"]).reindex(
        table.index, fill_value=0
    )
    table["difference_zl_year"] = _cost(table["difference_places"], table["run_per_place_zl_year"])
    by_class = [_summed(table[table["di_class"] == name]) for name in CLASSES]
    classes = pd.DataFrame(by_class, index=pd.Index(CLASSES, name="di_class"))
    return CostDiagnosis(table, _typed(classes), _summed(table))


def is_paid_elsewhere(form: str) -> bool:
    """Tell whether a gmina pays for the form in other places than its own too: where people live."""
    return kind_of(form).kind in STAYS


def services_here(area_code: str, services: pd.DataFrame, service_areas: pd.DataFrame) -> pd.DataFrame:
    """
    Return the counted services of an area; capacity that is shared with other areas becomes missing.

    `stated_places` keeps what the register says.

    Parameters
    ----------
    area_code
        A gmina or powiat.
    services, service_areas
        As in `diagnose_costs`.
    """
    areas = ("gmina_code", "powiat_code", "voivodeship_code")
    columns = ["service_id", "facility_id", "support_form", *areas, "capacity_places", "is_counted"]
    require_columns(services, *columns, what="services")
    columns += [name for name in ("may_be_gone",) if name in services]
    require_columns(service_areas, "service_id", "area_code", what="service areas")
    counted = services.loc[services["is_counted"].astype(bool), columns]
    require_not_negative(counted["capacity_places"].set_axis(counted["service_id"]), what="capacity_places")
    codes = service_areas["area_code"].astype("str")
    is_inside = codes.str.startswith(area_code)
    is_around = pd.Series([area_code.startswith(code) or code == COUNTRY for code in codes], codes.index)
    covering = service_areas.loc[is_inside | is_around, "service_id"]
    beyond = service_areas.loc[~is_inside, "service_id"]
    is_standing = smallest_area(counted).str.startswith(area_code)
    is_travelling = ~counted["support_form"].map(has_door).astype(bool)
    here = counted[is_standing.where(~is_travelling, counted["service_id"].isin(covering))]
    is_shared = is_travelling[here.index] & here["service_id"].isin(beyond)
    places = here["capacity_places"].astype("Int64").mask(is_shared)
    return here.assign(capacity_places=places, stated_places=here["capacity_places"].astype("Int64"))


def _counted(here: pd.DataFrame, is_complete: pd.Series) -> pd.DataFrame:
    """Return `_COUNTED` of every form."""
    # The rule of honest maps holds for the forms of one area as for the areas of one form.
    of_forms = here.assign(area_code=here["support_form"])[here["support_form"].isin(is_complete.index)]
    supply = supply_by_area(of_forms, known_areas=is_complete, area_codes=is_complete.index)
    # Facilities none of which tells its capacity have no known places, which is not the same as 0.
    sums = here.groupby("support_form")["capacity_places"].sum(min_count=1)
    known = sums.reindex(is_complete.index, fill_value=0)
    supply["known_places"] = known.astype("Int64").mask(supply["facilities_count"].isna())
    return supply[list(_COUNTED)]


def _difference(current: pd.DataFrame, proposed: pd.DataFrame) -> pd.Series:
    """Return places proposed less current by form; missing where services of unknown capacity come or go."""
    both = current.merge(proposed, on=["service_id", "support_form"], how="outer", suffixes=("", "_after"))
    is_before, is_after = both["facility_id"].notna(), both["facility_id_after"].notna()
    before, after = both["capacity_places"], both["capacity_places_after"]
    stated, stated_after = both["stated_places"].fillna(-1), both["stated_places_after"].fillna(-1)
    is_kept_unknown = is_before & is_after & before.isna() & after.isna() & (stated == stated_after)
    change = (after.mask(~is_after, 0) - before.mask(~is_before, 0)).mask(is_kept_unknown, 0)
    groups = change.groupby(both["support_form"])
    return groups.sum().mask(groups.count() < groups.size())


def _cost(places: pd.Series, unit_zl: pd.Series) -> pd.Series:
    """Return places times unit cost; no places cost nothing, whatever one would."""
    is_none = (places == 0).fillna(value=False).astype(bool)  # a missing condition would count as true
    return (places * unit_zl).mask(is_none, 0).astype("Int64")


def _summed(table: pd.DataFrame) -> pd.Series:
    """Return the sums of some forms, and how many of them are not known whole."""
    sums: dict[str, object] = {}
    for state in STATES:
        is_no_data = table[f"{state}_facilities_count"].isna()
        cost, is_at_least = table[f"{state}_run_zl_year"], table[f"{state}_is_run_at_least"]
        has_any = ~is_no_data & (table[f"{state}_facilities_count"] > 0).fillna(value=False).astype(bool)
        is_partial = has_any & (cost.isna() | (table[f"{state}_capacity_unknown_count"] > 0))
        sums |= {
            f"{state}_run_zl_year": int(cost.sum()) if cost.notna().any() else pd.NA,
            f"{state}_is_run_at_least": bool(is_at_least.any()),
            f"{state}_is_run_unsure": bool(table[f"{state}_is_run_unsure"].any()),
            f"{state}_unknown_cost_forms_count": int(is_partial.sum()),
            f"{state}_no_data_forms_count": int(is_no_data.sum()),
        }
    change = table["difference_zl_year"]
    sums["difference_zl_year"] = pd.NA if change.isna().any() else int(change.sum())
    return pd.Series(sums, dtype=object)


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype({name: "bool" if "_is_" in str(name) else "Int64" for name in table.columns})
