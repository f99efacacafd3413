"""Places of each kind of support and their change, worked by hand on three square gminas."""

import gc
from dataclasses import replace
from datetime import date
from weakref import ref

import pandas as pd
import pytest

from data.vocabulary import forms_for_group
from layers.answers.measures import balance as balance_measure
from layers.answers.measures.balance import comparable_forms, kinds_for_group
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.indicators.balance import BALANCE as BALANCE_CODES
from layers.view.view import View
from tests.support.tiny_world import AS_OF, GMINAS, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
NO_DATA = None
ALL_LISTED = tuple((form, "12") for form in forms_for_group("older"))
BALANCE = View(indicator="day_per_1000")


def told(result, column="value"):
    return [None if pd.isna(value) else pytest.approx(value) for value in result.rows[column]]


def club(number, gmina, places):
    return service(number, gmina, support_form="DZI-KLS", capacity_places=places)


def home(number, gmina, places, **changes):
    return service(number, gmina, capacity_places=places, **changes)


def balance(services, *, claims=ALL_LISTED, **view):
    return build_area_table(tiny_registry(services, claims=claims), BALANCE.with_changes(**view))


def test_a_club_and_a_home_stand_beside_each_other_and_make_no_share():
    # 12 places in a club and 36 in a home for 200 people; nothing at all for 100: zeros; nobody knows the third.
    result = balance([club(1, FIRST, 12), home(2, FIRST, 36)])
    assert told(result) == told(result, "day_per_1000") == [60, 0, NO_DATA]
    assert told(result, "housing_per_1000") == [0, 0, NO_DATA]
    assert told(result, "round_the_clock_per_1000") == [180, 0, NO_DATA]
    assert not (result.bounds != "").any(axis=None)
    beds = balance([club(1, FIRST, 12), home(2, FIRST, 36)], indicator="round_the_clock_per_1000")
    assert told(beds) == [180, 0, NO_DATA]
    assert "community_share" not in result.rows


def test_where_lists_are_not_complete_a_kind_is_at_least():
    result = balance([club(1, THIRD, 10), home(2, THIRD, 10)])
    assert set(result.bounds.loc[THIRD, ["day_per_1000", "round_the_clock_per_1000"]]) == {"least"}


def test_a_kind_is_unsure_where_a_form_has_places_of_another_kind_too():
    """A ŚDS may have places day and night, and its register gives the sum."""
    claims = tuple((form, "12") for form in forms_for_group("disabled"))
    self_help = service(1, FIRST, support_form="DZI-SDS", need_groups=["disabled"], capacity_places=20)
    result = balance([self_help], claims=claims, group="disabled", is_estimate=True)
    assert result.bounds.loc[SECOND, "day_per_1000"] == ""
    people = result.rows.loc[FIRST, "demand_persons"]
    assert (result.bounds.loc[FIRST, "day_per_1000"] == "unsure") == (people > 0)


def test_kinds_of_a_group_are_those_that_count_places():
    assert kinds_for_group("older") == ("home", "day", "housing", "round_the_clock", "short_stay")
    assert "home" not in kinds_for_group("homeless")


def test_hours_and_meals_are_no_places():
    helpers = service(3, FIRST, support_form="DOM-UO", capacity_places=500)
    result = balance([club(1, FIRST, 12), home(2, FIRST, 36), helpers])
    assert told(result)[0] == 60
    assert told(result, "home_per_1000")[0] == 0


class TestOnce:
    """The kinds stand side by side: whoever goes from one to the next waits once."""

    @pytest.fixture
    def made(self, monkeypatch):
        asked = []
        plain = balance_measure._balance

        def counted(inputs):
            asked.append(inputs.question)
            return plain(inputs)

        monkeypatch.setattr(balance_measure, "_balance", counted)
        return asked

    def tables(self, registry, earlier=None, **view):
        world, since = World(registry), "" if earlier is None else "2026-01-01"
        return [
            build_area_table(
                registry,
                BALANCE.with_changes(indicator=code, since=since, **view),
                world=world,
                earlier=earlier,
            )
            for code in BALANCE_CODES
        ]

    def test_the_five_kinds_are_counted_once_and_each_as_if_by_itself(self, made):
        registry = tiny_registry([club(1, FIRST, 12), home(2, FIRST, 36)], claims=ALL_LISTED)
        earlier = tiny_registry([club(1, FIRST, 10)], claims=ALL_LISTED)
        for before in (None, earlier):
            made.clear()
            tables = self.tables(registry, before)
            assert len(made) == 1
            alone = [
                build_area_table(registry, table.view, world=World(registry), earlier=before)
                for table in tables
            ]
            for table, own in zip(tables, alone, strict=True):
                pd.testing.assert_frame_equal(table.rows, own.rows)
                pd.testing.assert_frame_equal(table.bounds, own.bounds)
                assert (table.sources, table.registers) == (own.sources, own.registers)

    def test_another_place_level_or_day_is_counted_by_itself(self, made):
        registry = tiny_registry([club(1, FIRST, 12)], claims=ALL_LISTED)
        days = [tiny_registry([club(1, FIRST, places)], claims=ALL_LISTED) for places in (10, 11)]
        world, since = World(registry), BALANCE.with_changes(since="2026-01-01")
        changes = [
            told(build_area_table(registry, since, world=world, earlier=day), "day_change")[0] for day in days
        ]
        assert changes == [10, 5]
        for view in (BALANCE, BALANCE.with_changes(level="powiat"), BALANCE.with_changes(scope="12")):
            build_area_table(registry, view, world=world)
        assert len(made) == 5

    def test_the_registry_of_the_earlier_day_is_not_held(self):
        registry = tiny_registry([club(1, FIRST, 12)], claims=ALL_LISTED)
        earlier, world = tiny_registry([club(1, FIRST, 10)], claims=ALL_LISTED), World(registry)
        since = BALANCE.with_changes(since="2026-01-01")
        table, gone = build_area_table(registry, since, world=world, earlier=earlier), ref(earlier)
        del earlier
        gc.collect()
        assert gone() is None
        assert told(table, "day_change")[0] == 10


class TestChange:
    def change(self, before, now, **claims):
        earlier = tiny_registry(before, claims=claims.get("earlier", ALL_LISTED))
        return build_area_table(
            tiny_registry(now, claims=claims.get("later", ALL_LISTED)),
            BALANCE.with_changes(since="2025-01-01"),
            earlier=earlier,
        )

    def test_more_by_day_and_fewer_day_and_night(self):
        before = [club(1, FIRST, 12), home(2, FIRST, 36)]
        result = self.change(before, [club(1, FIRST, 20), home(2, FIRST, 30)])
        # 8 places for 200 people are 40 for 1,000; 6 are 30.
        assert told(result, "day_change") == [40, 0, NO_DATA]
        assert told(result, "round_the_clock_change") == [-30, 0, NO_DATA]

    def test_a_new_list_is_not_more_help(self):
        only_homes = (("CAL-DPS", "12"),)
        result = self.change(
            [home(2, FIRST, 36)], [club(1, FIRST, 12), home(2, FIRST, 30)], earlier=only_homes
        )
        assert told(result, "day_change") == [NO_DATA] * 3
        assert told(result, "round_the_clock_change") == [-30, 0, NO_DATA]

    def test_a_list_of_another_source_is_another_list(self):
        now = tiny_registry([home(2, FIRST, 30)])
        coverage = now.register_coverage.assign(source_code="other-register")
        result = build_area_table(
            replace(now, register_coverage=coverage),
            BALANCE.with_changes(since="2025-01-01"),
            earlier=tiny_registry([home(2, FIRST, 36)]),
        )
        assert told(result, "round_the_clock_change") == [NO_DATA] * 3

    def test_comparable_forms_are_complete_on_both_days_and_counted_in_places(self):
        one, both = tiny_registry([]), tiny_registry([], claims=ALL_LISTED)
        assert comparable_forms(one, both, "older") == {"CAL-DPS": {"12"}}
        assert "DOM-UO" not in comparable_forms(both, both, "older")

    def test_of_places_that_may_be_for_others_the_change_is_unsure(self):
        """Which of them are the group's may have changed as well."""
        both = {"need_groups": ["older", "disabled"]}
        result = self.change([home(2, FIRST, 36, **both)], [home(2, FIRST, 30, **both), home(3, SECOND, 5)])
        assert result.bounds["round_the_clock_change"].tolist()[:2] == ["unsure", ""]

    def test_without_a_day_there_is_no_change(self):
        assert "day_change" not in balance([home(1, FIRST, 36)]).rows


class TestDays:
    """The balance told the days of all lists of the view, also of those that it adds nothing of."""

    def sources(self, services, **options):
        registry = tiny_registry(services, claims=options.pop("claims", ()))
        (row,) = registry.sources[registry.sources["source_code"] == "register"].to_dict("records")
        other = pd.DataFrame([{**row, "source_code": "offices", "as_of": date(2011, 1, 1)}])
        registry = replace(registry, sources=pd.concat([registry.sources, other], ignore_index=True))
        return build_area_table(registry, BALANCE.with_changes(**options))

    @pytest.mark.parametrize(
        "changes",
        [
            {"support_form": "INS-OPS"},  # no kind of support
            {"support_form": "DOM-UO", "capacity_places": 500},  # hours
            {"support_form": "DZI-KLS"},  # places that nobody states
        ],
    )
    def test_a_list_whose_rows_are_not_added_up_gives_no_day(self, changes):
        beside = service(9, SECOND, source_code="offices", dated_on=date(2011, 1, 1), **changes)
        table = self.sources([club(1, FIRST, 12), beside])
        assert (table.oldest_as_of, table.as_of) == (AS_OF, AS_OF)
        assert "offices" not in {note.code for note in table.sources}

    def test_a_list_whose_places_are_added_up_gives_its_day(self):
        old = service(
            9,
            SECOND,
            source_code="offices",
            dated_on=date(2011, 1, 1),
            support_form="DZI-KLS",
            capacity_places=5,
        )
        table = self.sources([club(1, FIRST, 12), old])
        assert (table.oldest_as_of, table.as_of) == (date(2011, 1, 1), AS_OF)

    def test_places_that_another_list_tells_are_of_its_day(self):
        told_elsewhere = club(1, FIRST, 12) | {
            "field_sources": {"capacity_places": ["offices"]},
            "field_days": {"capacity_places": (date(2011, 1, 1), "day")},
        }
        table = self.sources([told_elsewhere])
        assert table.oldest_as_of == date(2011, 1, 1)
        assert table.bounds.loc[FIRST, "day_per_1000"] == "unsure"

    def test_without_any_row_there_is_no_day(self):
        assert self.sources([]).as_of is None
        # Complete lists of all forms say that there is nothing, of their day.
        assert self.sources([], claims=ALL_LISTED).as_of == AS_OF
