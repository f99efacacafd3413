"""How the people of a group change over years, for the line beside each area."""

import pandas as pd

from data.people.people_by_year import people_by_year
from geo.forecast import summed_people
from layers.answers.measures.world import World
from layers.view.offered import FORECAST_YEARS, LAST_YEAR
from layers.view.question import Question


def people_series(world: World, question: Question) -> pd.DataFrame | None:
    """
    Return people of the group by year, for the areas of a question; None where there is no line to draw.

    Those of now and of each year after it that is told of gminas. Without any such year: of voivodeships the years that
    were counted; of smaller areas those of now and the projected ones. Counts and projections of different sources do
    not stand in one line.

    Returns
    -------
    series
        Indexed by area code, one column for each year (int), ascending; missing where not known.
    """
    if question.group != "older" or not question.what.has_people:
        return None
    registry = world.registry
    years = [year for year in registry.resident_years if registry.year_of_now <= year <= LAST_YEAR]
    if len(years) > 1:
        return world.keep(
            ("years", question.level, question.people.now),
            lambda: pd.DataFrame(
                {year: world.people(question.people.of_year(year), question.level).persons for year in years}
            ),
        )
    if question.level == "voivodeship":
        return world.keep(("history", question.age_from), lambda: _history(world, question.age_from))
    return world.keep(("series", question.level, question.people.now), lambda: _projected(world, question))


def _history(world: World, age_from: int) -> pd.DataFrame | None:
    registry = world.registry
    line = people_by_year(registry.population_by_year, registry.areas, age_from=age_from)
    is_told = (line["kind"] == "counted") & (line["area_code"].str.len() == 2) & ~line["is_sum_of_parts"]
    told = line[is_told]
    if told.empty:
        return None
    # The longest line, where several sources counted.
    source = told["source_code"].value_counts().index[0]
    wide: pd.DataFrame = told[told["source_code"] == source].pivot_table("persons", "area_code", "year")
    return wide.sort_index(axis="columns")


def _projected(world: World, question: Question) -> pd.DataFrame | None:
    now = world.people(question.people, "gmina")
    if now.counted_on is None:
        return None
    known = set(world.projections(question.people)["year"])
    years = [year for year in FORECAST_YEARS if year in known]
    if not years:
        return None
    by_year = {now.counted_on.year: now.persons}
    by_year |= {year: world.gmina_people(question.people.of_year(year)) for year in years}
    if question.level != "gmina":
        by_year = {year: summed_people(persons, level=question.level) for year, persons in by_year.items()}
    return pd.DataFrame(by_year)
