"""One area in later years, if no place is added."""

from dataclasses import dataclass

from data.registry.registry import Registry
from layers.indicators.facilities_count import VARIANTS
from layers.view.offered import FORECAST_YEARS, offered_ages
from layers.view.view import View
from layers.words.area_facts.figure import Figure, TableOf, figures

_COLUMNS = ("demand_persons", *VARIANTS, "gap_share", "missing_places", "places_to_keep")


@dataclass(frozen=True)
class ForecastYear:
    """An area in a later year with the places of today: people, gap, places to the norm and to keep the level."""

    year: int
    age_from: int
    figures: tuple[Figure, ...]


def later_years(registry: Registry, view: View, code: str, table_of: TableOf) -> tuple[ForecastYear, ...]:
    """Return an area of a view of older people in later years; variants only where every year has them."""
    offered = offered_ages(registry, FORECAST_YEARS[0])
    ages = view.age_from if view.age_from in offered else offered[0]
    # Of a form that people come to from anywhere, a gmina has people in later years and no lack.
    indicator, columns = (
        ("places_per_1000", _COLUMNS[:1])  # no variant is told of a gmina
        if view.question.is_wide_gmina
        else ("gap_share", _COLUMNS)
    )
    views = [view.with_changes(indicator=indicator, age_from=ages, year=year) for year in FORECAST_YEARS]
    tables = [table_of(of_year) for of_year in views]
    told = tuple(
        column
        for column in columns
        if column not in VARIANTS or all(column in table.rows for table in tables)
    )
    return tuple(ForecastYear(table.view.year, ages, figures(table, code, told)) for table in tables)
