"""Planning the sources of people, local plans, offices and the population grid."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from data.catalogue import Source
from data.loading.plan import Plan, plan_of, work_item
from data.places.seats import gmina_of_seat
from data.places.world import AreaIndex
from data.sources.country.known_costs import read_known_costs
from data.sources.country.local_plans import read_local_plans
from data.sources.country.offices import read_offices
from data.sources.country.organization_seats import read_organization_seats
from data.sources.country.people_counts import read_people_counts
from data.sources.country.population_grid import read_population_grid
from data.sources.country.population_history import read_history
from data.sources.country.population_projection import read_projection
from data.sources.country.residents_by_year import MAIN, read_residents, read_residents_by_year
from data.sources.country.town_parts import PART_COLUMNS, read_town_parts
from data.sources.fetch import FoundFile
from data.sources.staged import SourceFormatError, Staged, rejected_rows
from data.store.query_frames import Row, plain_rows
from data.store.schema import (
    Base,
    GridCell,
    KnownCost,
    LocalPlan,
    Office,
    OrganizationSeat,
    PeopleCount,
    Population,
    PopulationByYear,
    ResidentsByYear,
    TownPart,
)
from geo.crs import to_geographic
from geo.joins import points_in_areas
from geo.teryt import CODE_DIGITS, COUNTRY

_POPULATION_COLUMNS = ["area_code", "age_from", "age_to", "persons"]
LEAST_INSIDE_SHARE = 0.5
"""A grid of Poland, its border and sea included, lies inside by far more; swapped coordinates by far less."""


def plan_population(
    source: Source, file: FoundFile, areas: AreaIndex, *, staged: Staged, parts: pd.DataFrame
) -> Plan:
    """Plan the residents of gminas by age, and say where they are not all, or none."""
    records = staged.records
    repeated = records.duplicated(["area_code", "age_from"])
    if repeated.any():
        codes = ", ".join(records.loc[repeated, "area_code"].unique()[:5])
        raise SourceFormatError(f"{source.code}: expected each gmina once; these come again: {codes}.")
    rows = plain_rows(records[_POPULATION_COLUMNS].assign(counted_on=source.newest.as_of))
    persons = records["persons"]
    figures = {"persons": int(persons.sum())} | {
        f"persons_{age}_plus": int(persons[records["age_from"] >= age].sum()) for age in (65, 80)
    }
    by_gmina = records.groupby("area_code").agg(persons=("persons", "sum"), total=("total_persons", "first"))
    items = [
        work_item(
            "population_total_differs",
            str(code),
            {"stated": int(row["total"]), "computed": int(row["persons"])},
        )
        for code, row in by_gmina[by_gmina["persons"] != by_gmina["total"]].iterrows()
    ]
    asked = {areas.people_area_of_code[code] for code in areas.gminas["area_code"]}
    without = sorted(asked - set(by_gmina.index))
    items += [work_item("gmina_without_population", code, {"name": areas.name_of[code]}) for code in without]
    return plan_of(
        source,
        file,
        staged,
        rows={Population: rows, TownPart: _part_rows(parts)},
        work_items=tuple(items),
        figures=figures,
        rows_accepted=len(by_gmina),
    )


def plan_people_counts(source: Source, file: FoundFile, areas: AreaIndex) -> Plan:
    """Plan a table of published figures about groups."""
    staged = read_people_counts(file.path, known_areas=areas.codes)
    return plan_of(source, file, staged, rows={PeopleCount: plain_rows(staged.records)})


def plan_projection(source: Source, file: FoundFile, areas: AreaIndex) -> Plan:
    """Plan a table of projections."""
    return _plan_by_year(source, file, read_projection(file.path, names=_names(areas)))


def plan_history(source: Source, file: FoundFile, areas: AreaIndex) -> Plan:
    """Plan a table of people counted in past years."""
    return _plan_by_year(source, file, read_history(file.path, names=_names(areas)))


def plan_residents(source: Source, file: FoundFile, areas: AreaIndex) -> Plan:
    """Plan all residents of gminas, counted on the day of the file."""
    staged = read_residents(file.path, area_of_code=areas.people_area_of_code)
    year = source.newest.as_of.year if source.newest.as_of else 0
    parts = read_town_parts(file.path, area_of_code=areas.people_area_of_code)
    records = staged.records.assign(year=year, kind="counted")
    return _plan_residents(source, file, staged, records, others={TownPart: _part_rows(parts)})


def plan_residents_by_year(source: Source, file: FoundFile, areas: AreaIndex) -> Plan:
    """Plan residents by year and age, counted to a year and projected after it."""
    codes = {code: code for code in (COUNTRY, *areas.codes)} | areas.people_area_of_code
    staged = read_residents_by_year(file.path, area_of_code=codes)
    is_counted = staged.records["year"] <= source.counted_to
    kind = is_counted.map({True: "counted", False: "projected"})
    return _plan_residents(source, file, staged, staged.records.assign(kind=kind))


def plan_local_plans(source: Source, file: FoundFile, areas: AreaIndex) -> Plan:
    """Plan a table of local plans of deinstitutionalisation."""
    codes = {code: code for code in areas.codes} | areas.area_of_code
    staged = read_local_plans(file.path, area_of_code=codes)
    return _plan(source, file, staged, {LocalPlan: plain_rows(staged.records)}, {})


def plan_offices(source: Source, file: FoundFile, areas: AreaIndex) -> Plan:
    """Plan a list of the offices of gminas and powiats."""
    codes = {code: code for code in areas.codes} | areas.area_of_code
    staged = read_offices(file.path, area_of_code=codes)
    levels = staged.records["area_code"].str.len()
    figures = {"gminas": int((levels == CODE_DIGITS["gmina"]).sum())}
    figures["powiats"] = int((levels == CODE_DIGITS["powiat"]).sum())
    return _plan(source, file, staged, {Office: plain_rows(staged.records)}, figures)


def plan_organization_seats(source: Source, file: FoundFile, areas: AreaIndex) -> Plan:
    """Plan a list of organisations by their seats."""
    staged = read_organization_seats(file.path, partial(gmina_of_seat, areas))
    figures = {"organizations": len(staged.records)}
    return _plan(source, file, staged, {OrganizationSeat: plain_rows(staged.records)}, figures)


def plan_known_costs(source: Source, file: FoundFile, areas: AreaIndex) -> Plan:
    """Plan a list of announced costs, which name their voivodeship in words."""
    del areas
    staged = read_known_costs(file.path)
    return _plan(
        source, file, staged, {KnownCost: plain_rows(staged.records)}, {"costs": len(staged.records)}
    )


def plan_grid(source: Source, file: FoundFile, areas: AreaIndex) -> Plan:
    """
    Plan a population grid: each cell in the gmina of its centre; cells where nobody lives are not kept.

    Raises
    ------
    SourceFormatError
        If most cells lie outside all gminas.
    """
    staged = read_population_grid(file.path, columns=source.columns, crs=source.crs)
    cells = to_geographic(staged.records)
    gminas = points_in_areas(cells, areas.gminas).area_code
    is_inside = gminas.notna()
    if len(cells) and is_inside.mean() < LEAST_INSIDE_SHARE:
        first = cells.geometry.iloc[0]
        raise SourceFormatError(
            f"{file.path.name}: expected a grid of Poland, found {int((~is_inside).sum())} of {len(cells)} cells "
            f"outside all gminas, the first at longitude {first.x:.4f}, latitude {first.y:.4f}. Look for swapped x "
            "and y (x is the easting) or a wrong `crs` in the catalogue.",
            outside=int((~is_inside).sum()),
        )
    outside = rejected_rows(
        [
            (reference, "outside_areas", f"({point.x:.5f}, {point.y:.5f})")
            for reference, point in zip(
                cells.loc[~is_inside, "row_reference"], cells.geometry[~is_inside], strict=True
            )
        ]
    )
    is_kept = is_inside & (cells["persons"] > 0)
    kept = cells[is_kept]
    rows = pd.DataFrame(
        {
            "gmina_code": gminas[is_kept],
            "longitude": kept.geometry.x,
            "latitude": kept.geometry.y,
            "persons": kept["persons"],
            "persons_65_plus": kept["persons_65_plus"],
        }
    )
    refused = pd.concat([staged.rejected, outside], ignore_index=True)
    whole = Staged(cells, refused, rows_read=staged.rows_read)
    figures = {"cells": len(kept), "persons": round(kept["persons"].sum())}
    return _plan(source, file, whole, {GridCell: plain_rows(rows)}, figures)


def _plan_by_year(source: Source, file: FoundFile, staged: Staged) -> Plan:
    records = staged.records
    figures = {"areas": int(records["area_code"].nunique())}
    if len(records):
        figures |= {"first_year": int(records["year"].min()), "last_year": int(records["year"].max())}
    return _plan(source, file, staged, {PopulationByYear: plain_rows(records)}, figures)


def _plan_residents(
    source: Source,
    file: FoundFile,
    staged: Staged,
    records: pd.DataFrame,
    *,
    others: Mapping[type[Base], list[Row]] | None = None,
) -> Plan:
    """Plan residents; the figures that a catalogue may expect are sums of the smallest areas of the file."""
    figures = {"areas": int(records["area_code"].nunique())}
    digits = records["area_code"].str.len()
    smallest = records[(digits == digits.max()) & (records["area_code"] != COUNTRY)]
    columns = [column for column in records.columns if column.startswith("persons")]
    sums = smallest.groupby(["variant", "year"])[columns].sum(min_count=1).reset_index()
    for of_year in plain_rows(sums):
        prefix = "" if of_year["variant"] == MAIN else f"{of_year['variant']}_"
        told = {column: of_year[column] for column in columns if of_year[column] is not None}
        figures |= {f"{prefix}{column}_{of_year['year']}": int(persons) for column, persons in told.items()}
    if len(records):
        figures |= {"first_year": int(records["year"].min()), "last_year": int(records["year"].max())}
    rows: dict[type[Base], list[Row]] = {ResidentsByYear: plain_rows(records), **(others or {})}
    return _plan(source, file, staged, rows, figures)


def _part_rows(parts: pd.DataFrame) -> list[Row]:
    return plain_rows(parts.astype(dict.fromkeys(PART_COLUMNS[1:], "Int64")))


def _plan(
    source: Source,
    file: FoundFile,
    staged: Staged,
    rows: Mapping[type[Base], list[Row]],
    figures: Mapping[str, int],
) -> Plan:
    accepted = staged.rows_read - len(staged.rejected)
    return plan_of(source, file, staged, rows=rows, figures=figures, rows_accepted=accepted)


def _names(areas: AreaIndex) -> dict[str, set[str]]:
    """Return the names of powiats and voivodeships by code, with those that they were given later."""
    names = {code: {name} for code, name in areas.name_of.items() if len(code) <= 4}
    for later, code in areas.renamed.items():
        names.setdefault(code, set()).add(later)
    return names
