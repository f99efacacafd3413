"""A scenario applied: the services as they would be, and the changes that no longer fit."""

from collections.abc import Collection
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from data.scenarios.changed_services import ChangedServices
from data.scenarios.opening import opened_service, with_rows
from data.scenarios.scenario import Scenario
from geo.crs import require_same_crs
from geo.frames import require_columns, require_unique

PROBLEM_COLUMNS = ["change", "kind", "problem", "subject"]


class Applied(NamedTuple):
    """
    What a scenario makes of the registry.

    `agreements` has a row for each area whose residents a gmina takes in (`support_form`, `gmina_code`,
    `admitted_code`).
    `services` and `service_areas` have the columns and types they came with; opened services have negative ids,
    -1 for the first change. `problems` has a row for each change that was left out or changes no figure: `change`
    (number from 1), `kind`, `problem` and `subject` (handle, form, locality or area). Problems are `facility_gone`,
    `form_gone` (the facility has no service of the form), `locality_gone`, `locality_elsewhere` (in another gmina than
    the scenario says), `point_elsewhere` (the subject is the gmina that the point lies in), `point_outside` (in none),
    `nothing_here` (an agreement of a gmina without such a facility), `area_gone`, `places_unknown` (several services,
    and not known how they share their places) and, of a change that was made, `not_counted`. `left_out` are the numbers
    of changes that were not made at all: nothing is counted with them, nor do they cost anything.
    """

    services: gpd.GeoDataFrame
    service_areas: pd.DataFrame
    problems: pd.DataFrame
    agreements: pd.DataFrame
    left_out: frozenset[int]


def apply_scenario(
    scenario: Scenario,
    services: gpd.GeoDataFrame,
    service_areas: pd.DataFrame,
    localities: gpd.GeoDataFrame,
    *,
    area_codes: Collection[str] | None = None,
    gminas: gpd.GeoDataFrame | None = None,
) -> Applied:
    """
    Return the services as the scenario would have them.

    Parameters
    ----------
    services
        As in `data.registry.registry.Registry`, one row per service at a facility, with a column `facility_handle` as
        `data.scenarios.scenario.facility_handles` gives it.
    service_areas
        `service_id`, `area_code` of services without a door.
    localities
        `locality_key`, `name`, `gmina_code`, `gmina_name`, points in the CRS of `services`.
    area_codes
        Codes of all areas; None leaves those that changes name unchecked.
    gminas
        `area_code` and polygons, in the CRS of `services`; None leaves points of changes unchecked. A point that is no
        further than `BORDER_M` from the gmina that its change states is believed to lie in it.

    Returns
    -------
    applied
        New frames; the given ones are not changed. A change that does not fit is left out and is a problem.

    Raises
    ------
    FrameError
        If a frame lacks a column, or localities or services repeat.
    CrsError
        If gminas have another CRS than services.

    Notes
    -----
    Closed services leave; an enlarged one has the new number of places and unknown vacancies and queues; a moved
    facility has the new gmina and point and no address. Where a facility has several services of the form (profiles of
    a DPS), the new number is shared in proportion to their places, by largest remainders: the sum is exact. A new
    service is for the groups of its form; of a form with profiles (DPS), for the group of the scenario if that is one
    of them.
    """
    require_columns(
        services, "facility_handle", "service_id", "support_form", "capacity_places", what="services"
    )
    require_columns(service_areas, "service_id", "area_code", what="service areas")
    require_columns(localities, "locality_key", "name", "gmina_code", "gmina_name", what="localities")
    require_unique(services["service_id"], what="services")
    require_unique(localities["locality_key"], what="localities")
    if gminas is not None:
        require_columns(gminas, "area_code", what="gminas")
        require_same_crs(services, gminas)
    work = ChangedServices(services.copy(), localities.set_index("locality_key"), area_codes, gminas)
    opened: list[dict[str, Any]] = []
    covered: list[tuple[int, str]] = []
    made: set[int] = set()
    agreed: list[tuple[str, str, str]] = []
    for number, change in enumerate(scenario.changes, start=1):
        work.number, work.change = number, change
        if change.kind == "open":
            if place := work.place():
                opened.append(opened_service(scenario, change, number) | place)
                made.add(number)
        elif change.kind == "admit":
            if known := work.known():
                agreed += [(str(change.support_form), str(change.gmina_code), code) for code in known]
                made.add(number)
        elif change.kind == "start_area_service":
            if known := work.known():
                opened.append(opened_service(scenario, change, number) | work.seat(known))
                covered += [(-number, code) for code in known]
                made.add(number)
        elif work.change_facility(scenario.form_of(change)):
            made.add(number)
    left = work.services
    _note_nothing_here(work, scenario, left, opened)
    is_left = service_areas["service_id"].isin(left["service_id"])
    added = pd.DataFrame(covered, columns=["service_id", "area_code"])
    return Applied(
        with_rows(left, opened),
        pd.concat([service_areas[is_left], added], ignore_index=True) if covered else service_areas[is_left],
        pd.DataFrame(work.problems, columns=PROBLEM_COLUMNS),
        pd.DataFrame(agreed, columns=["support_form", "gmina_code", "admitted_code"]),
        frozenset(range(1, len(scenario.changes) + 1)) - made,
    )


def _note_nothing_here(
    work: ChangedServices, scenario: Scenario, services: gpd.GeoDataFrame, opened: list[dict[str, Any]]
) -> None:
    """Note agreements of a gmina that has, after all changes, no facility of the form: they change nothing."""
    standing = set(zip(services["support_form"], services["gmina_code"], strict=True))
    standing |= {(row["support_form"], row["gmina_code"]) for row in opened}
    for number, change in enumerate(scenario.changes, start=1):
        if change.kind == "admit" and (change.support_form, change.gmina_code) not in standing:
            work.number, work.change = number, change
            work.note("nothing_here", change.gmina_code)
