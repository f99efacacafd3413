"""What a scenario costs, by unit costs that the planner gives; a cost that nobody gave is unknown, never zero."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from data.scenarios.changes import MOST_COST_ZL, Change, ScenarioError
from data.scenarios.scenario import Scenario
from geo.frames import require_columns

COST_COLUMNS = [
    *("change", "kind", "support_form", "places_before", "places_after"),
    *("build_zl", "is_build_at_least", "run_zl_year", "is_run_unknown", "is_left_out"),
]


@dataclass(frozen=True, kw_only=True)
class UnitCosts:
    """
    What one form costs, in whole zł, as the planner states; None is unknown, 0 is for nothing.

    `build_per_site_zl` is paid once for each place opened or moved, or area service started, `build_per_place_zl`
    once for each place of it, `run_per_place_zl_year` each year for each place (for each unit of capacity of forms
    that are not counted in places).

    Raises
    ------
    ScenarioError
        If a cost is no whole number of zł, negative or above 100 billion.
    """

    build_per_site_zl: int | None = None
    build_per_place_zl: int | None = None
    run_per_place_zl_year: int | None = None

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value is not None and (type(value) is not int or not 0 <= value <= MOST_COST_ZL):
                message = f"{name}: expected whole zł from 0 to {MOST_COST_ZL}, found {value!r}"
                raise ScenarioError(f"{message}. Correct it, or leave it out.", field=name, found=repr(value))


@dataclass(frozen=True, eq=False)
class ScenarioCosts:
    """
    What a scenario costs, change by change and in total.

    Attributes
    ----------
    changes
        One row per change: `change` (number from 1), `kind`, `support_form` (missing for a facility of several),
        `places_before`, `places_after` (Int64, missing = unknown), `build_zl` (Int64, zł once; the parts that are
        known, missing when none is), `is_build_at_least` (a part is unknown), `run_zl_year` (Int64, zł a year
        more, negative for less; missing when unknown), `is_run_unknown` and `is_left_out` (in no sum).
    build_zl
        Sum of what is known, zł once; at least that when `is_build_at_least`.
    added_run_zl_year, saved_run_zl_year
        Sums of what is known to be paid more and less each year, both 0 or more; at least that when
        `is_run_at_least`.
    run_zl_year
        The difference of the two; None when the yearly cost of any change is unknown: it could be more or less.
    """

    changes: pd.DataFrame
    build_zl: int
    is_build_at_least: bool
    added_run_zl_year: int
    saved_run_zl_year: int
    is_run_at_least: bool

    @property
    def run_zl_year(self) -> int | None:
        """Yearly cost that the scenario adds, negative when it saves; None when it is unknown."""
        return None if self.is_run_at_least else self.added_run_zl_year - self.saved_run_zl_year


def scenario_costs(
    scenario: Scenario,
    unit_costs: Mapping[str, UnitCosts],
    services: pd.DataFrame,
    *,
    left_out: Collection[int] = (),
) -> ScenarioCosts:
    """
    Return what the changes cost to build and to run.

    Parameters
    ----------
    unit_costs
        By code of form; a form that is not there has unknown costs.
    services
        The services before the scenario: `facility_handle`, `support_form`, `capacity_places`.
    left_out
        Numbers of changes that are not made (`data.scenarios.applying.Applied`): what they would cost is in no sum.

    Notes
    -----
    ==================  ===============================================  ==============================
    change              built                                            yearly
    ==================  ===============================================  ==============================
    open, start         site + per place x places                        + run x places
    close               nothing                                          - run x places before
    enlarge             per place x (places after - before), at least 0  run x (places after - before)
    move                site + per place x places, as if built anew      0
    admit               nothing                                          0
    ==================  ===============================================  ==============================

    A facility of several forms is the sum of them. What a change states of its own cost goes before unit costs.
    What closing frees (a building, a lease) or costs (moving people) is not counted.
    """
    require_columns(services, "facility_handle", "support_form", "capacity_places", what="services")
    rows = [
        (*_row(scenario, change, number, unit_costs, services), number in left_out)
        for number, change in enumerate(scenario.changes, start=1)
    ]
    whole = ("places_before", "places_after", "build_zl", "run_zl_year")
    flags = ("is_build_at_least", "is_run_unknown", "is_left_out")
    types = dict.fromkeys(whole, "Int64") | dict.fromkeys(flags, "bool")
    frame = pd.DataFrame(rows, columns=COST_COLUMNS).astype(types)
    made = frame[~frame["is_left_out"]]
    run = made["run_zl_year"]
    return ScenarioCosts(
        changes=frame,
        build_zl=int(made["build_zl"].sum()),
        is_build_at_least=bool(made["is_build_at_least"].any()),
        added_run_zl_year=int(run.clip(lower=0).sum()),
        saved_run_zl_year=int(-run.clip(upper=0).sum()),
        is_run_at_least=bool(made["is_run_unknown"].any()),
    )


def _row(
    scenario: Scenario,
    change: Change,
    number: int,
    unit_costs: Mapping[str, UnitCosts],
    services: pd.DataFrame,
) -> tuple[object, ...]:
    """Return one row of `ScenarioCosts.changes`, in the order of its columns, without the last one."""
    form = scenario.form_of(change)
    places: dict[str, tuple[int | None, int | None]]
    if change.facility is None:
        places = {str(form): (0, change.places)}
    else:
        is_here = services["facility_handle"].eq(change.facility).fillna(value=False).astype(bool)
        here = services[is_here] if form is None else services[is_here & services["support_form"].eq(form)]
        places = {
            str(code): (before, _after(change, before))
            for code, of_form in here.groupby("support_form")["capacity_places"]
            for before in [_sum([None if pd.isna(one) else int(one) for one in of_form])]
        }
    build: list[int | None] = []
    run: list[int | None] = []
    for code, (before, after) in places.items():
        unit = unit_costs.get(code, UnitCosts())
        build += _build(change, unit, before, after)
        run.append(_run(change, unit, before, after))
    if not places:  # The facility is gone: nothing is known of it.
        build, run = [None], [None]
    if change.build_cost_zl is not None:
        build = [change.build_cost_zl]
    if change.run_cost_zl_year is not None:
        run = [change.run_cost_zl_year]
    known = [part for part in build if part is not None]
    return (
        number,
        change.kind,
        next(iter(places)) if len(places) == 1 else form,
        _sum([before for before, _ in places.values()] or [None]),
        _sum([after for _, after in places.values()] or [None]),
        sum(known) if known or not build else None,
        len(known) < len(build),
        _sum(run),
        None in run,
    )


def _after(change: Change, before: int | None) -> int | None:
    return {"close": 0, "enlarge": change.places}.get(change.kind, before)


def _build(change: Change, unit: UnitCosts, before: int | None, after: int | None) -> list[int | None]:
    """Return the parts of the cost of building, None for an unknown one; no part where nothing is built."""
    if change.kind in {"close", "admit"}:
        return []
    if change.kind == "enlarge":
        more = None if before is None or after is None else max(0, after - before)
        return [_times(unit.build_per_place_zl, more)]
    return [unit.build_per_site_zl, _times(unit.build_per_place_zl, after)]


def _run(change: Change, unit: UnitCosts, before: int | None, after: int | None) -> int | None:
    if change.kind in {"move", "admit"}:
        return 0
    return _times(unit.run_per_place_zl_year, None if before is None or after is None else after - before)


def _times(cost: int | None, count: int | None) -> int | None:
    """Return cost times count; nothing of something unknown is nothing."""
    if cost == 0 or count == 0:
        return 0
    return None if cost is None or count is None else cost * count


def _sum(parts: list[int | None]) -> int | None:
    return None if None in parts else sum(part for part in parts if part is not None)
