from datetime import date

import pandas as pd
import pytest

from data.people.people import older_people
from data.people.residents import (
    known_years,
    last_year_end,
    newest_count,
    residents_of_year,
    variants_of_year,
    year_of_now,
)
from tests.support.tiny_world import GMINAS, residents_of

POPULATION = pd.DataFrame(
    [("120001", 0, 64, 800, date(2020, 12, 31)), ("120001", 65, None, 200, date(2020, 12, 31))],
    columns=["area_code", "age_from", "age_to", "persons", "counted_on"],
).astype({"age_to": "Int64"})
# 10, 30 and 20 people of 65 and more; 120001 and 120002 lie in powiat 1200.
RESIDENTS = residents_of(
    {year: dict(zip(GMINAS, (10, 30, 20), strict=True)) for year in (2022, 2024, 2025, 2030)}
)
AREAS = pd.DataFrame({"area_code": list(GMINAS), "level": "gmina"})


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 12, 30), 2025),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_the_last_year_that_has_ended(today: date, year: int) -> None:
    assert last_year_end(today) == year


def test_now_is_the_newest_year_that_has_ended() -> None:
    assert year_of_now((2020, 2022, 2025, 2030), date(2026, 11, 29)) == 2025
    assert year_of_now((2020, 2022, 2025, 2030), date(2025, 12, 30)) == 2022
    # A region whose people are all of later years, as an example may be; and one of which nobody is known.
    assert year_of_now((2030, 2040), date(2026, 11, 29)) == 2030
    assert year_of_now((), date(2026, 11, 29)) == 0


def test_years_are_those_in_which_gminas_are_known_by_age() -> None:
    only_all = residents_of({2024: {"120001": 10}}).assign(persons_65_plus=float("nan"))
    assert known_years(POPULATION, RESIDENTS) == (2020, 2022, 2024, 2025, 2030)
    assert known_years(POPULATION, only_all) == (2020,)
    assert known_years(POPULATION, RESIDENTS[RESIDENTS["area_code"].str.len() < 6]) == (2020,)


def test_a_count_by_bands_is_told_where_nothing_newer_is() -> None:
    of_year = residents_of_year(POPULATION, RESIDENTS, 2020)
    assert of_year.bands["persons"].tolist() == [800, 200]
    assert (of_year.is_projected, of_year.source_codes) == (False, frozenset())


@pytest.mark.parametrize(("year", "is_projected"), [(2022, False), (2025, True)])
def test_what_gminas_tell_is_taken_as_it_is(year: int, is_projected: bool) -> None:
    of_year = residents_of_year(POPULATION, RESIDENTS, year, age_from=65)
    told = older_people(of_year, 65, level="gmina", areas=AREAS)
    assert told.persons.tolist() == [10, 30, 20]
    assert (told.is_projected, told.has_estimates) == (is_projected, False)
    assert told.counted_on == date(year, 12, 31)
    assert of_year.source_codes == {"gminas"}
    # All residents are in the bands, too: five times as many.
    assert of_year.bands["persons"].sum() == 300


def test_an_age_that_gminas_lack_is_estimated_and_adds_up() -> None:
    of_year = residents_of_year(POPULATION, RESIDENTS, 2025, age_from=75)
    told = older_people(of_year, 75, level="gmina", areas=AREAS)
    # 70 to 79: 4 and 12 people, in the powiat 16, of whom 4 (20 - 16) are 75 and more: 1 and 3; 80 and more: 4 and 12.
    assert told.persons.tolist() == [5, 15, 10]
    # The last gmina is all of its powiat: what is told of that one is its own number.
    assert told.is_estimate.tolist() == [True, True, False]
    assert told.method_key == "population_75_by_powiat"
    assert of_year.source_codes == {"gminas", "powiats"}
    powiats = older_people(of_year, 75, level="powiat", areas=AREAS)
    assert powiats.persons.to_dict() == {"1200": 20, "2400": 10}
    assert not powiats.has_estimates


def test_without_powiats_that_age_is_unknown() -> None:
    gminas = RESIDENTS[RESIDENTS["area_code"].str.len() == 6]
    of_year = residents_of_year(POPULATION, gminas, 2025, age_from=75)
    assert older_people(of_year, 75, level="gmina", areas=AREAS).unknown_count == 3
    assert older_people(of_year, 70, level="gmina", areas=AREAS).persons.tolist() == [8, 24, 16]


def test_the_newest_count_of_all_residents() -> None:
    residents, day, sources = newest_count(POPULATION, RESIDENTS)
    # What is projected is no count: five times the people of 65 and more in 2022.
    assert (residents.tolist(), day, sources) == ([50, 150, 100], date(2022, 12, 31), {"gminas"})
    residents, day, sources = newest_count(POPULATION, RESIDENTS[:0])
    assert (residents.to_dict(), day, sources) == ({"120001": 1000}, date(2020, 12, 31), frozenset())


def test_variants_are_of_areas_above_gminas_alone() -> None:
    variants = variants_of_year(RESIDENTS, 2030, age_from=65)
    assert variants.loc["1200"].tolist() == pytest.approx([36, 44])
    assert sorted(variants.index) == ["12", "1200", "24", "2400"]
    # Not of all voivodeships, so none of the country; none of a year that was counted, and of no age without both.
    assert variants_of_year(RESIDENTS, 2022, age_from=65).empty
    assert variants_of_year(RESIDENTS, 2030, age_from=85).empty
