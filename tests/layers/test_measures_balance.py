"""Community and institutional places and their change, worked by hand on three square gminas."""

from dataclasses import replace

import pandas as pd
import pytest

from data.vocabulary import forms_for_group
from layers.area_table import build_area_table
from layers.measures.balance import comparable_forms
from layers.state import View
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
NO_DATA = None
ALL_LISTED = tuple((form, "12") for form in forms_for_group("older"))
BALANCE = View(indicator="community_share")


def told(result, column="value"):
    return [None if pd.isna(value) else pytest.approx(value) for value in result.rows[column]]


def club(number, gmina, places):
    return service(number, gmina, support_form="DZI-KLS", capacity_places=places)


def home(number, gmina, places):
    return service(number, gmina, capacity_places=places)


def balance(services, *, claims=ALL_LISTED, **view):
    return build_area_table(tiny_registry(services, claims=claims), BALANCE.with_changes(**view))


def test_share_and_places_of_each_class():
    # 12 places in a club and 36 in a home for 200 people; nothing at all for 100: no share of nothing, but zeros.
    result = balance([club(1, FIRST, 12), home(2, FIRST, 36)])
    assert told(result) == [0.25, NO_DATA, NO_DATA]
    assert told(result, "community_per_1000") == [60, 0, NO_DATA]
    assert told(result, "conditional_per_1000") == [0, 0, NO_DATA]
    assert told(result, "institutional_per_1000") == [180, 0, NO_DATA]
    assert not (result.bounds != "").any(axis=None)


def test_where_lists_are_not_complete_the_share_is_unsure():
    result = balance([club(1, THIRD, 10), home(2, THIRD, 10)])
    assert told(result)[2] == 0.5
    assert result.bounds.loc[THIRD, "community_share"] == "unsure"
    assert result.bounds.loc[THIRD, "community_per_1000"] == "least"


def test_no_community_place_in_complete_lists_is_zero_whatever_else_there_is():
    # Homes are not all listed, clubs are: 0 of 36 or more.
    claims = tuple(pair for pair in ALL_LISTED if pair[0] != "CAL-DPS")
    result = balance([home(1, FIRST, 36)], claims=claims)
    assert told(result)[0] == 0
    assert result.bounds.loc[FIRST, "community_share"] == ""
    assert result.bounds.loc[FIRST, "institutional_per_1000"] == "least"


def test_hours_and_meals_are_no_places():
    helpers = service(3, FIRST, support_form="DOM-UO", capacity_places=500)
    result = balance([club(1, FIRST, 12), home(2, FIRST, 36), helpers])
    assert told(result)[0] == 0.25


class TestChange:
    def change(self, before, now, **claims):
        earlier = tiny_registry(before, claims=claims.get("earlier", ALL_LISTED))
        return build_area_table(
            tiny_registry(now, claims=claims.get("later", ALL_LISTED)),
            BALANCE.with_changes(since="2025-01-01"),
            earlier=earlier,
        )

    def test_more_in_the_community_and_fewer_in_institutions(self):
        before = [club(1, FIRST, 12), home(2, FIRST, 36)]
        result = self.change(before, [club(1, FIRST, 20), home(2, FIRST, 30)])
        # 8 places for 200 people are 40 for 1,000; 6 are 30.
        assert told(result, "community_change") == [40, 0, NO_DATA]
        assert told(result, "institutional_change") == [-30, 0, NO_DATA]

    def test_a_new_list_is_not_more_help(self):
        only_homes = (("CAL-DPS", "12"),)
        result = self.change(
            [home(2, FIRST, 36)], [club(1, FIRST, 12), home(2, FIRST, 30)], earlier=only_homes
        )
        assert told(result, "community_change") == [NO_DATA] * 3
        assert told(result, "institutional_change") == [-30, 0, NO_DATA]

    def test_a_list_of_another_source_is_another_list(self):
        now = tiny_registry([home(2, FIRST, 30)])
        coverage = now.register_coverage.assign(source_code="other-register")
        result = build_area_table(
            replace(now, register_coverage=coverage),
            BALANCE.with_changes(since="2025-01-01"),
            earlier=tiny_registry([home(2, FIRST, 36)]),
        )
        assert told(result, "institutional_change") == [NO_DATA] * 3

    def test_comparable_forms_are_complete_on_both_days_and_counted_in_places(self):
        one, both = tiny_registry([]), tiny_registry([], claims=ALL_LISTED)
        assert comparable_forms(one, both, "older") == {"CAL-DPS": {"12"}}
        assert "DOM-UO" not in comparable_forms(both, both, "older")

    def test_without_a_day_there_is_no_change(self):
        assert "community_change" not in balance([home(1, FIRST, 36)]).rows
