"""What numbers depend on is one value, asked of a view, and its parts tell who, what and how far."""

from dataclasses import fields, replace
from itertools import product
from typing import get_args, get_type_hints

import pytest

from geo.access import AccessMethod
from layers.view.offered import METHODS
from layers.view.question import Help, People, Question, Way
from layers.view.view import View

CLUB = Question(form="DZI-KLS", indicator="gap_share", scope="12")
CHANGED = Question(
    scope="12",
    level="powiat",
    group="disabled",
    form="REI-WTZ",
    indicator="gap_share",
    distance_km=5,
    travel="car",
    minutes=45,
    detour_pct=130,
    own=True,
    age_from=80,
    is_estimate=True,
    norm=12.5,
    method="2sfca",
    year=2035,
    since="2025-01-01",
    scenario="1.abc",
)
"""A question that is other than the default in every field."""
NAMES = [field.name for field in fields(Question)]


def test_every_field_is_one_of_the_view_with_its_type_and_default():
    of_view = {field.name: field.default for field in fields(View)}
    types, types_of_view = get_type_hints(Question), get_type_hints(View)
    for field in fields(Question):
        assert of_view[field.name] == field.default
        assert types_of_view[field.name] == types[field.name]


def test_a_question_asked_again_is_the_same():
    assert all(getattr(CHANGED, name) != getattr(Question(), name) for name in NAMES)
    assert View.asking(CHANGED).question == CHANGED
    assert View.asking(Question()) == View()


@pytest.mark.parametrize("name", NAMES)
def test_an_address_says_it_as_a_view_does(name):
    question = replace(Question(), **{name: getattr(CHANGED, name)})
    assert question.to_query() == View.asking(question).to_query()
    assert name in question.to_query()


class TestPeople:
    def test_they_do_not_depend_on_what_is_asked_of_them(self):
        assert {replace(CLUB, indicator=name).people for name in ("gap_share", "facilities_count")} == {
            People("older", 65, is_estimate=False, scope="00", year=0)
        }

    def test_of_the_homeless_the_scope_decides_which_night_is_the_newest(self):
        assert replace(CLUB, group="homeless", form="BEZ-SCH").people.scope == "12"
        assert replace(CLUB, group="disabled").people.scope == "00"

    def test_only_older_people_and_numbers_of_people_have_a_later_year(self):
        assert replace(CLUB, year=2035).people.year == 2035
        assert replace(CLUB, year=2035, indicator="facilities_count").people.year == 0
        assert replace(CLUB, year=2035, group="homeless", form="BEZ-SCH").people.year == 0

    def test_the_same_people_can_be_asked_for_in_another_year(self):
        people = replace(CLUB, year=2035, age_from=80).people
        assert people.of_year(2040) == People("older", 80, is_estimate=False, scope="00", year=2040)
        assert people.now.year == 0


class TestWay:
    def test_a_straight_line_has_kilometres_and_a_detour(self):
        assert replace(CLUB, detour_pct=130).way == Way("line", 15, 130, is_own=False)
        assert replace(CLUB, minutes=90).way == CLUB.way

    def test_a_road_has_minutes_alone(self):
        by_car = replace(CLUB, travel="car", minutes=45)
        assert by_car.way == Way("car", 45, 100, is_own=False)
        assert replace(by_car, distance_km=5, detour_pct=150).way == by_car.way

    def test_only_forms_of_councils_are_kept_for_own_residents(self):
        assert replace(CLUB, own=True).way.is_own
        assert not replace(CLUB, own=True, form="CAL-DPS").way.is_own
        assert not replace(CLUB, own=True, indicator="places_per_1000").way.is_own


def test_who_reaches_what_is_people_help_and_way():
    assert CLUB.catchments.help == Help("DZI-KLS", "older")
    for change in ({"age_from": 80}, {"year": 2035}, {"form": "DZI-DDP"}, {"distance_km": 5}, {"own": True}):
        assert replace(CLUB, **change).catchments != CLUB.catchments
    for change in ({"norm": 20.0}, {"method": "2sfca"}, {"level": "powiat"}, {"since": "2025-01-01"}):
        assert replace(CLUB, **change).catchments == CLUB.catchments


def test_what_the_codes_of_a_scope_begin_with():
    assert (CLUB.scope_code, Question().scope_code) == ("12", "")


def test_methods_are_those_that_geo_computes():
    floating = set(product(get_args(AccessMethod), ("step", "gauss"))) - {
        ("2sfca", "step"),
        ("2sfca", "gauss"),
    }
    assert set(METHODS) == {"2sfca", *("_".join(parts) for parts in floating)}
