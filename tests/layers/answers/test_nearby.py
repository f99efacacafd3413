"""What a resident finds, on three square gminas whose middles lie 9 km apart."""

from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from data.finding.points import POINT
from data.opening_hours import POLISH_TIME
from layers.answers.nearby import find_help
from layers.text import texts_of
from layers.words.service_words import distance_words
from tests.support.listed import with_frames
from tests.support.tiny_world import GMINAS, middle_of, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
PL = texts_of("pl")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=POLISH_TIME)


def find(services, *, place="l:1", service_areas=(), stops=(), **options):
    registry = tiny_registry(services, service_areas=service_areas, stops=stops)
    asked = {"group": "older", "forms": (), "distance_km": 15, "now": NOW, **options}
    return with_frames(find_help(registry, registry.places.get(place), **asked))


def test_nearest_come_first_with_their_distance():
    help_found = find([service(1, SECOND), service(2, FIRST), service(3, THIRD)])
    assert help_found.near["facility_id"].tolist() == [2, 1]
    assert help_found.near["distance_m"].tolist() == pytest.approx([0, 9000], abs=1)
    assert help_found.wider is None


def test_place_known_only_as_the_same_village_has_no_real_distance():
    near = find([service(1, FIRST), service(2, FIRST, place_grade="door")]).near.set_index("facility_id")
    assert near.loc[1, "same_place"] == "locality"
    assert near.loc[2, "same_place"] == ""


def test_from_a_rounded_point_no_distance_is_told_to_the_metre():
    registry = tiny_registry([service(1, FIRST, place_grade="door"), service(2, SECOND, place_grade="door")])
    point = replace(registry.places.get("l:1"), kind=POINT)
    near = find_help(registry, point, group="older", forms=(), distance_km=15, now=NOW).near
    assert [distance_words(row, PL) for row in near] == [
        "około 1 km w linii prostej",
        "około 9 km w linii prostej",
    ]
    near = find_help(
        registry, registry.places.get("l:1"), group="older", forms=(), distance_km=15, now=NOW
    ).near
    assert distance_words(near[1], PL) == "9,0 km w linii prostej"


def test_a_door_that_a_newer_row_calls_suspended_is_told_so_and_stands_last():
    at = {"street_address": "ul. Cicha 7", "need_groups": ["homeless"], "phones": ["42 647-03-33"]}
    suspended = {**at, "support_form": "BEZ-SCH", "status": "suspended", "is_counted": False}
    rows = [
        service(1, FIRST, **at, support_form="BEZ-NOC", dated_on=None),
        service(2, FIRST, **suspended, dated_on=date(2023, 12, 1)),
        service(3, SECOND, need_groups=["homeless"], support_form="BEZ-NOC"),
        service(4, FIRST, **{**at, "support_form": "ZYW-JAD"}, dated_on=None),
        service(5, FIRST, **at, support_form="BEZ-OGR", dated_on=date(2025, 1, 1)),
    ]
    near = find(rows, group="homeless").near
    assert near["facility_id"].tolist()[-1] == 1
    told = near.set_index("facility_id")["suspended_beside"]
    assert told[1] == date(2023, 12, 1)
    assert told.drop(1).isna().all()
    hidden = [rows[0], {**rows[1], "visibility": "staff"}]
    assert find(hidden, group="homeless").near["suspended_beside"].isna().all()


def test_equally_near_places_stand_in_the_order_of_the_polish_alphabet():
    names = ["Zacisze", "Żar", "Świt", "Aster", "Sad"]
    near = find([service(row, FIRST, facility_name=name) for row, name in enumerate(names, start=1)]).near
    assert near["facility_name"].tolist() == ["Aster", "Sad", "Świt", "Zacisze", "Żar"]


def test_equally_near_places_with_a_phone_stand_first_and_free_places_move_nobody_up():
    fresh = NOW.date()
    services = [
        service(1, FIRST, facility_name="A", phones=[], vacant_places=9, vacancies_on=fresh),
        service(2, FIRST, facility_name="B", vacant_places=0, vacancies_on=fresh),
        service(3, FIRST, facility_name="C", vacant_places=9, vacancies_on=date(2026, 6, 30)),
        service(4, SECOND, facility_name="D", vacant_places=9, vacancies_on=fresh),
    ]
    assert find(services).near["facility_id"].tolist() == [2, 3, 1, 4]


def test_profiles_of_one_home_are_one_card_with_summed_places():
    parts = [
        service(1, FIRST, capacity_places=30, vacant_places=1, subtype="dla osób w podeszłym wieku"),
        service(
            2, FIRST, facility_id=1, capacity_places=5, vacant_places=2, subtype="dla osób przewlekle chorych"
        ),
    ]
    near = find(parts).near
    assert near[["capacity_places", "vacant_places"]].to_numpy().tolist() == [[35, 3]]
    assert near["subtypes"].iloc[0] == ["dla osób w podeszłym wieku", "dla osób przewlekle chorych"]


def test_sum_with_an_unknown_part_is_unknown():
    near = find([service(1, FIRST, capacity_places=30), service(2, FIRST, facility_id=1)]).near
    assert pd.isna(near["capacity_places"].iloc[0])


@pytest.mark.parametrize(
    "changes",
    [
        {"is_counted": False},
        {"need_groups": ["disabled"]},
        {"support_form": "INS-OPS", "need_groups": ["all"]},
    ],
    ids=["set aside", "other group", "an office is not help"],
)
def test_what_is_not_help_for_the_group_is_not_listed(changes):
    assert find([service(1, FIRST, **changes)]).near.empty


def test_chosen_forms_narrow_the_list():
    services = [service(1, FIRST), service(2, FIRST, support_form="DZI-KLS")]
    assert find(services, forms=("DZI-KLS",)).near["facility_id"].tolist() == [2]


def test_nothing_near_says_how_far_to_go_and_whom_to_call():
    centre = service(2, FIRST, support_form="INS-OPS", need_groups=["all"], facility_name="OPS Pierwsza")
    found = find([service(1, THIRD), centre], distance_km=5)
    assert found.near.empty
    assert found.wider == (20, 1)
    assert found.support_centre["facility_name"].tolist() == ["OPS Pierwsza"]


def test_nothing_anywhere():
    found = find([], distance_km=5)
    assert found.near.empty
    assert found.area.empty
    assert found.wider is None


def test_service_of_the_area_is_listed_apart_and_only_where_it_comes():
    bus = service(
        1, FIRST, support_form="BEZ-MPP", need_groups=["homeless"], geometry=None, place_grade="none"
    )
    here = find([bus], service_areas=[(1, FIRST)], group="homeless")
    assert here.near.empty
    assert here.area["facility_id"].tolist() == [1]
    assert find([bus], service_areas=[(1, FIRST)], group="homeless", place="l:2").area.empty
    assert len(find([bus], service_areas=[(1, "12")], group="homeless", place="l:2").area) == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, False),
        ({"dated_on": date(2025, 11, 22)}, False),
        ({"dated_on": date(2025, 11, 21)}, True),
        ({"dated_on": None}, True),
        ({"source_code": "compiled"}, True),
    ],
    ids=["fresh", "365 days", "366 days", "undated", "not an official register"],
)
def test_what_should_be_confirmed(changes, expected):
    assert find([service(1, FIRST, **changes)]).near["is_to_confirm"].tolist() == [expected]


def test_facility_exactly_at_the_limit_counts():
    # 5 km east of the middle, measured in the same CRS that placed it.
    registry = tiny_registry([service(1, FIRST, geometry=middle_of(FIRST, east_m=4999.999))])
    place = registry.places.get("l:1")
    found = find_help(registry, place, group="older", forms=(), distance_km=5, now=NOW)
    assert len(found.near) == 1


def _stop(gmina_code, name, **changes):
    hours = {"opening_hours": "Su 11:00-13:00", "opening_hours_text": "niedz. 11-13"}
    return {"service_id": 1, "name": name, "geometry": middle_of(gmina_code), **hours, **changes}


def test_bus_stands_at_its_stop_nearest_to_the_person_with_the_hours_of_that_stop():
    bus = service(1, THIRD, support_form="MOB-D2D", geometry=None, place_grade="none")
    stops = [_stop(THIRD, "Daleko"), _stop(SECOND, "Rynek"), _stop(FIRST, "Bez punktu", geometry=None)]
    found = find([bus], stops=stops, service_areas=[(1, THIRD)])
    (near,) = found.near.to_dict("records")
    assert (near["stop_name"], near["service_opening_hours"]) == ("Rynek", "Su 11:00-13:00")
    assert near["distance_m"] == pytest.approx(9000, abs=1)
    assert near["is_open"]  # it is Sunday, noon
    assert near["same_place"] == ""
    assert find([bus], stops=stops, service_areas=[(1, THIRD)], place="l:3").area.empty


def test_bus_without_located_stops_only_covers_its_area():
    bus = service(1, FIRST, support_form="MOB-D2D", geometry=None, place_grade="none")
    found = find([bus], stops=[_stop(FIRST, "Bez punktu", geometry=None)], service_areas=[(1, FIRST)])
    assert found.near.empty
    assert found.area["service_id"].tolist() == [1]
