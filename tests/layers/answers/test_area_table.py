"""The numbers of a view, worked by hand on three square gminas (tests/support/tiny_world.py)."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.registry.reading import read_registry
from layers.answers.measures.measured import Measured
from layers.answers.measures.stated_days import DayRange, StatedDay
from layers.answers.snapshot_id import snapshot_id
from layers.answers.table_building import build_area_table
from layers.indicators import INDICATORS
from layers.view.view import View
from tests.support.tiny_world import AS_OF, service, tiny_registry

FIRST, SECOND, THIRD = "120001", "120002", "240001"


def two_homes():
    return [service(1, FIRST, capacity_places=30), service(2, FIRST, capacity_places=20)]


def table(services, *, service_areas=(), **view):
    return build_area_table(tiny_registry(services, service_areas=service_areas), View().with_changes(**view))


def rows_of(result):
    """Give the rows with whether the answer is only at least what it says."""
    return result.rows.assign(is_lower_bound=result.bounds["value"] == "least")


def test_places_per_1000_zero_and_no_data():
    rows = rows_of(table(two_homes()))
    # 50 places for 200 older people; a complete register says none; nobody listed anything.
    assert rows.loc[FIRST, "places_per_1000"] == 250.0
    assert rows.loc[SECOND, "value"] == 0.0
    assert pd.isna(rows.loc[THIRD, "value"])
    assert not rows["is_lower_bound"].any()


def test_classes_tell_zero_from_no_data():
    result = table(two_homes())
    assert result.class_of[SECOND] == 0
    assert pd.isna(result.class_of[THIRD])
    assert result.class_of[FIRST] == 1
    assert result.classes.has_zero


def test_zero_is_doubtful_where_the_register_names_a_branch():
    registry = tiny_registry(two_homes(), except_gminas=(SECOND,))
    rows = build_area_table(registry, View()).rows
    assert pd.isna(rows.loc[SECOND, "value"])
    assert rows.loc[FIRST, "value"] == 250.0


@pytest.mark.parametrize(("level", "code"), [("powiat", "1200"), ("voivodeship", "12")])
def test_larger_area_with_a_doubtful_gmina_is_at_least(level, code):
    registry = tiny_registry(two_homes(), except_gminas=(SECOND,))
    for indicator in ("places_per_1000", "coverage_share"):
        rows = rows_of(build_area_table(registry, View(level=level, indicator=indicator, distance_km=2)))
        assert rows.loc[code, "is_lower_bound"]
        assert not rows.loc[code, "is_complete"]
    sure = rows_of(build_area_table(tiny_registry(two_homes()), View(level=level)))
    assert not sure.loc[code, "is_lower_bound"]
    assert sure.loc[code, "is_complete"]


def test_how_far_one_number_is_to_be_believed():
    result = build_area_table(tiny_registry(two_homes(), except_gminas=(SECOND,)), View(level="powiat"))
    assert result.bound_of("1200", "places_per_1000") == "least"
    assert result.bound_of("1200", "name") == ""
    assert result.bound_of("1200", "no_such_column") == ""


def test_zero_is_doubtful_where_another_list_names_a_home():
    aside = service(3, SECOND, is_counted=False, set_aside_by="register")
    closed = service(4, SECOND, is_counted=False, status="closed", set_aside_by="register")
    beside_counted = service(5, FIRST, is_counted=False, set_aside_by="register")
    assert pd.isna(table([*two_homes(), aside]).rows.loc[SECOND, "value"])
    assert table([*two_homes(), closed]).rows.loc[SECOND, "value"] == 0.0
    assert not rows_of(table([*two_homes(), beside_counted]))["is_lower_bound"].any()
    # The list does not state the profile; the register has the home, and it is for another group.
    for_others = service(6, SECOND, need_groups=["mental_health"])
    assert table([*two_homes(), aside, for_others]).rows.loc[SECOND, "value"] == 0.0


def test_a_listed_home_outside_the_register_is_at_least():
    rows = rows_of(table([service(1, THIRD, capacity_places=10)], indicator="facilities_count"))
    assert rows.loc[THIRD, "value"] == 1
    assert rows.loc[THIRD, "is_lower_bound"]


def test_home_with_unknown_places_makes_places_at_least_and_is_counted():
    result, whole = table([*two_homes(), service(3, FIRST)]), table(two_homes())
    assert result.rows.loc[FIRST, "places_per_1000"] == whole.rows.loc[FIRST, "places_per_1000"]
    assert (result.bound_of(FIRST, "places_per_1000"), whole.bound_of(FIRST, "places_per_1000")) == (
        "least",
        "",
    )
    assert result.rows.loc[FIRST, "facilities_count"] == 3


def test_one_home_with_two_profiles_is_one_facility():
    rows = table(
        [service(1, FIRST, capacity_places=30), service(2, FIRST, facility_id=1, capacity_places=5)]
    ).rows
    assert rows.loc[FIRST, "facilities_count"] == 1
    assert rows.loc[FIRST, "capacity_places"] == 35


@pytest.mark.parametrize(
    "changes",
    [{"is_counted": False}, {"need_groups": ["disabled"]}, {"support_form": "DZI-KLS"}],
    ids=["set aside", "other group", "other form"],
)
def test_what_does_not_belong_is_not_counted(changes):
    assert table([service(1, FIRST, capacity_places=30, **changes)]).rows.loc[FIRST, "facilities_count"] == 0


NO_DATA = None


@pytest.mark.parametrize(
    ("distance_km", "second", "third"),
    [(2, 0.0, NO_DATA), (5, NO_DATA, NO_DATA), (10, 1.0, NO_DATA), (15, 1.0, NO_DATA), (20, 1.0, 1.0)],
)
def test_share_in_reach(distance_km, second, third):
    # The village of Druga is 9 km from the homes, that of Trzecia 18 km. Outside the register a share of 0 is no
    # data; so it is within 5 km in Druga, whose village lies 4.5 km from Trzecia, where nobody listed homes.
    value = table(two_homes(), indicator="coverage_share", distance_km=distance_km).rows["value"]
    expected = [1.0, second, third]
    assert [None if pd.isna(share) else share for share in value] == expected


def test_share_is_at_least_when_the_border_of_the_register_is_near():
    # In the voivodeship, 200 of 300 older people are in reach; of the others, 4.5 km away may be an unlisted home.
    options = {"indicator": "coverage_share", "level": "voivodeship"}
    near = rows_of(table(two_homes(), distance_km=5, **options)).loc["12"]
    far = rows_of(table(two_homes(), distance_km=2, **options)).loc["12"]
    assert near["value"] == far["value"] == pytest.approx(200 / 300)
    assert near["is_lower_bound"]
    assert not far["is_lower_bound"]


def test_service_without_a_door_reaches_the_people_of_its_area():
    travelling = service(1, FIRST, support_form="DOM-UO", geometry=None, place_grade="none")
    rows = table([travelling], service_areas=[(1, FIRST)], form="DOM-UO", indicator="coverage_share").rows
    assert rows.loc[FIRST, "value"] == 1.0
    assert pd.isna(rows.loc[SECOND, "value"])


def test_levels_add_up():
    powiats = table(two_homes(), level="powiat").rows
    assert powiats.loc["1200", "places_per_1000"] == pytest.approx(50 / 300 * 1000)
    regions = table(two_homes(), level="voivodeship", indicator="coverage_share", distance_km=5).rows
    assert regions.loc["12", "value"] == pytest.approx(200 / 300)


def test_scope_keeps_only_its_areas_and_services():
    result = table([*two_homes(), service(3, THIRD, capacity_places=1)], scope="12")
    assert list(result.rows.index) == [FIRST, SECOND]
    assert set(result.services["gmina_code"]) == {FIRST}


def test_group_without_known_people_says_so_and_still_counts_facilities():
    shelter = service(1, FIRST, support_form="BEZ-SCH", need_groups=["homeless"], capacity_places=30)
    result = table([shelter], group="homeless", form="BEZ-SCH")
    assert result.is_people_unknown
    assert result.rows["value"].isna().all()
    assert result.rows.loc[FIRST, "facilities_count"] == 1


def test_one_night_count_serves_at_the_voivodeship():
    shelter = service(1, FIRST, support_form="BEZ-SCH", need_groups=["homeless"], capacity_places=30)
    rows = table([shelter], group="homeless", form="BEZ-SCH", level="voivodeship").rows
    # 30 places for the 2,093 people of 2024: of two counts that as many voivodeships have, the newer one.
    assert rows.loc["12", "value"] == pytest.approx(30 / 2093 * 1000)
    assert pd.isna(rows.loc["24", "demand_persons"])


def test_sources_are_those_that_the_figures_rest_on():
    assert [note.code for note in table(two_homes()).sources] == ["boundaries", "population", "register"]
    far = table(two_homes(), indicator="coverage_share")
    assert [note.code for note in far.sources] == ["boundaries", "population", "localities", "register"]
    elsewhere = [*two_homes(), service(3, THIRD, source_code="other-register")]
    here_only = table(elsewhere, scope="12", indicator="facilities_count")
    assert "other-register" not in [note.code for note in here_only.sources]


def test_a_list_that_nobody_of_the_scope_can_reach_is_no_source_and_its_day_is_not_told():
    """Clubs of Lubelskie carried the day of the list of Małopolskie, which nobody there has in reach."""
    # The third gmina is 9 km from the second and 18 km from the first.
    elsewhere = [service(1, FIRST), service(2, THIRD, source_code="other-register")]
    for distance_km, is_reached in ((2, False), (10, True)):
        result = table(elsewhere, scope="12", indicator="coverage_share", distance_km=distance_km)
        assert ("other-register" in [note.code for note in result.sources]) is is_reached


def test_date_is_that_of_the_registers_of_the_view():
    assert table(two_homes()).as_of == AS_OF
    shelter = service(1, FIRST, support_form="BEZ-SCH", need_groups=["homeless"], source_code="list")
    assert table([shelter], group="homeless", form="BEZ-SCH", indicator="facilities_count").as_of is None


def test_older_and_undated_registers_are_told():
    undated = {"dated_on": None, "dated_precision": None}
    registry = tiny_registry([*two_homes(), service(3, THIRD, source_code="other-register", **undated)])
    older = AS_OF.replace(year=2021)
    told = []
    for day in (AS_OF, older, None):
        sources = registry.sources.copy()
        sources["as_of"] = sources["as_of"].astype(object)
        sources.loc[sources["source_code"] == "other-register", "as_of"] = day
        result = build_area_table(replace(registry, sources=sources), View(indicator="facilities_count"))
        told.append((result.as_of, result.oldest_as_of, result.undated_sources))
    assert told == [(AS_OF, AS_OF, 0), (AS_OF, older, 0), (AS_OF, AS_OF, 1)]


def test_a_register_that_states_no_day_is_dated_by_its_rows():
    """Shelters: seven of twelve records state a day, one of 2017, and the page said that the sources state none."""
    days = [(None, None), (date(2024, 1, 1), "month"), (date(2017, 1, 9), "day")]
    rows = [
        service(
            number,
            FIRST,
            capacity_places=10,
            source_code="other-register",
            dated_on=day,
            dated_precision=precision,
        )
        for number, (day, precision) in enumerate(days, start=1)
    ]
    registry = tiny_registry(rows, claims=())
    is_other = registry.sources["source_code"] == "other-register"
    sources = registry.sources.assign(as_of=registry.sources["as_of"].astype(object).mask(is_other, None))
    for indicator in ("facilities_count", "round_the_clock_per_1000", "coverage_share"):
        found = build_area_table(replace(registry, sources=sources), View(indicator=indicator)).days
        assert found == DayRange(StatedDay(date(2017, 1, 9)), StatedDay(date(2024, 1, 1), "month"), 1), (
            indicator
        )


def test_snapshot_changes_with_the_view_and_the_data_but_not_with_the_language():
    registry = tiny_registry(two_homes())
    plain = snapshot_id(registry, View().question)
    assert len(plain) == 12
    assert snapshot_id(registry, View(lang="en", chosen=FIRST).question) == plain
    assert snapshot_id(registry, View(distance_km=30).question) != plain


def test_order_of_rows_does_not_matter():
    services = [*two_homes(), service(3, SECOND, capacity_places=7)]
    pd.testing.assert_frame_equal(table(services).rows, table(services[::-1]).rows)


def test_area_table_of_a_whole_database(invented_engine):
    rows = build_area_table(read_registry(invented_engine), View()).rows
    assert rows["facilities_count"].sum() == 3
    # Of 150 places in care homes, 20 are for a profile that is not of older people.
    assert rows["capacity_places"].sum() == 130
    assert rows["demand_persons"].sum() == 2300


def test_the_identifier_knows_the_roads_only_where_they_are_used():
    registry = tiny_registry(two_homes())
    by_car = View().with_changes(indicator="coverage_share", travel="car")
    ids = {snapshot_id(registry, by_car.question, roads_digest=digest) for digest in ("", "a", "b")}
    assert len(ids) == 3
    plain = View().with_changes(indicator="coverage_share")
    assert snapshot_id(registry, plain.question, roads_digest="a") == snapshot_id(registry, plain.question)


def test_a_measure_that_gives_what_stands_beside_it_is_refused(monkeypatch):
    again = replace(INDICATORS["coverage_share"], measure=f"{__name__}.measured_twice")
    monkeypatch.setattr("layers.view.question.Question.what", again)
    with pytest.raises(ValueError, match=r"measured_twice, found facilities_count: leave them out"):
        table([service(1, FIRST, capacity_places=5)], indicator="coverage_share")


def measured_twice(inputs):
    """Return a column that every table of a form has."""
    return Measured(inputs.supply[["facilities_count"]])
