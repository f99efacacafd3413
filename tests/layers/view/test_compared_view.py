"""What the second of two maps may show, and the view that it then has."""

from dataclasses import replace
from datetime import date

import pytest

from layers.view.compared_view import kind_of, other_choices, view_of_choice
from layers.view.offered import AGES, offered_ages, offered_years
from layers.view.view import View
from tests.support.tiny_world import tiny_registry

REGISTRY = tiny_registry([], projected={"1200": 600})


def test_years_first_then_other_voivodeships():
    assert other_choices(View(), REGISTRY) == ("y2040", "y2035", "y2030", "s12", "s24")
    assert other_choices(View(year=2035, scope="12"), REGISTRY) == ("y2040", "y2030", "y0", "s24", "s00")


def test_a_year_that_nobody_projected_is_not_offered():
    assert other_choices(View(), tiny_registry([])) == ("s12", "s24")
    assert other_choices(View(year=2035), tiny_registry([]))[0] == "y0"


@pytest.mark.parametrize("view", [View(group="homeless", form="BEZ-SCH"), View(indicator="facilities_count")])
def test_no_years_where_they_change_nothing(view):
    assert other_choices(view, REGISTRY) == ("s12", "s24")


def test_other_days_and_the_scenario_of_the_address():
    registry = replace(REGISTRY, days=(date(2026, 6, 30), date(2026, 5, 31)))
    view = View(indicator="facilities_count", day="2026-06-30", scenario="1.abc")
    assert other_choices(view, registry) == ("c", "d2026-05-31", "s12", "s24")


def test_there_is_always_something_to_show():
    # A region alone whose voivodeship has no code that an address may name, of one day.
    areas = REGISTRY.areas.assign(voivodeship_code="99")
    registry = replace(REGISTRY, areas=areas)
    choices = other_choices(View(indicator="facilities_count"), registry)
    assert choices == ("s00",)
    assert view_of_choice(View(), choices[0]) == View()


@pytest.mark.parametrize(
    ("code", "kind", "changed"),
    [
        ("y2035", "year", {"year": 2035}),
        ("y0", "year", {"year": 0}),
        ("s24", "scope", {"scope": "24"}),
        ("s00", "scope", {}),
        ("d2026-05-31", "day", {"day": "2026-05-31"}),
    ],
)
def test_the_same_view_but_for_one_choice(code, kind, changed):
    assert view_of_choice(View(), code) == View(**changed)
    assert kind_of(code) == kind


def test_scenarios_change_places():
    view = View(scenario="1.abc")
    assert view_of_choice(view, "c") == View(other_scenario="1.abc")
    assert view_of_choice(view_of_choice(view, "c"), "c") == view
    assert kind_of("c") == "scenario"


def test_an_unknown_code_is_the_same_view():
    assert view_of_choice(View(), "") == View()


def test_an_area_chosen_on_the_first_map_is_not_chosen_in_another_voivodeship():
    assert view_of_choice(View(scope="12", chosen="120001"), "s24").chosen == ""


class TestYearsOfGminas:
    registry = tiny_registry(
        [], older_in={year: {"120001": 10, "120002": 10, "240001": 10} for year in (2022, 2025, 2026, 2030)}
    )

    def test_forecasts_first_then_all_others_but_those_across_the_census(self):
        assert other_choices(View(), self.registry)[:3] == ("y2030", "y2026", "y2022")
        assert other_choices(View(year=2022), self.registry)[:3] == ("y2030", "y0", "y2026")
        assert not [choice for choice in other_choices(View(year=2020), self.registry) if choice[0] == "y"]

    def test_offered_are_now_the_years_to_come_and_those_that_were_counted(self):
        assert offered_years(self.registry) == (0, 2026, 2030, 2022, 2020)
        assert offered_years(tiny_registry([])) == (0, 2030, 2035, 2040)

    def test_ages_of_projections_of_powiats_alone_are_few(self):
        assert offered_ages(self.registry, 2030) == AGES
        assert offered_ages(self.registry, 2040) == (65, 80)
        assert offered_ages(tiny_registry([]), 0) == AGES
