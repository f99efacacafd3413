"""The key of numbers changes with what they depend on, and with nothing else that an address says."""

from dataclasses import fields, replace
from datetime import date

import pytest

from layers.jobs.job import Compared, RegistryKey, TableKey, ViewKey
from layers.view.question import Question
from layers.view.view import View

NOW = RegistryKey("now", "now")
PLAIN = View(indicator="gap_share", form="DZI-KLS")
OTHER = {
    "lang": "uk",
    "scope": "12",
    "level": "powiat",
    "group": "disabled",
    "form": "DZI-DDP",
    "indicator": "coverage_share",
    "distance_km": 5,
    "travel": "car",
    "minutes": 45,
    "detour_pct": 130,
    "own": True,
    "age_from": 80,
    "is_estimate": True,
    "norm": 12.5,
    "method": "2sfca",
    "year": 2035,
    "since": "2025-01-01",
    "scenario": "1.abc",
    "costs": "DZI-KLS_1_2_3",
    "costs_group": "older",
    "siting": "3____2000000_5_",
    "other": "y2035",
    "other_scenario": "1.abc",
    "chosen": "126101",
    "place": "l:12345",
    "forms": ("DZI-KLS",),
    "day": "2025-01-01",
    "classes": "r_1_2_5",
    "needs": True,
}
"""Another value of each field of a view."""
OF_NUMBERS = {field.name for field in fields(Question)}


def key_of_numbers(view, registry=NOW):
    return ViewKey(registry, view, Compared()).table


def test_every_field_of_a_view_is_tried():
    assert set(OTHER) == {field.name for field in fields(View)}


@pytest.mark.parametrize("name", OTHER)
def test_numbers_have_another_key_where_they_are_others(name):
    changed = replace(PLAIN, **{name: OTHER[name]})
    assert changed != PLAIN
    assert (key_of_numbers(changed) != key_of_numbers(PLAIN)) == (name in OF_NUMBERS)


def test_numbers_of_another_registry_or_day_have_another_key():
    plain = TableKey(NOW, PLAIN.question)
    assert plain == key_of_numbers(PLAIN)
    then = RegistryKey("then", "now", date(2025, 1, 1))
    assert key_of_numbers(PLAIN, then) != plain
    assert replace(plain, compared=Compared(since=then)) != plain
    assert replace(plain, compared=Compared(measured_on=date(2025, 1, 1))) != plain
