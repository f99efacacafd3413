"""The list of the finder: in the order that helps with a need, and narrowed by what is known."""

import datetime as dt

import pytest

from data.opening_hours import POLISH_TIME
from layers.answers.finder_list import finder_list, in_order_of_need
from layers.answers.help_entries import help_entries
from layers.view.finder_request import FinderRequest, of_need
from layers.view.view import View
from tests.support.listed import with_frames
from tests.support.tiny_world import GMINAS, middle_of, service, tiny_registry

FIRST = next(iter(GMINAS))
NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=POLISH_TIME)
BEDS = "BEZ-NOC", "BEZ-OGR", "BEZ-SCH"


def listed(*rows, need="", **choices):
    group = {"need_groups": ["homeless"]} if need == "bed_tonight" or choices.get("group") else {}
    services = [service(number, FIRST, **{**group, **row}) for number, row in enumerate(rows, start=1)]
    registry = tiny_registry(services)
    request = FinderRequest(View(group=choices.pop("group", "older")), **choices)
    request = of_need(request, need) if need else request
    place = registry.places.get(f"g:{FIRST}")
    return with_frames(finder_list(registry, place, request, now=NOW))


def test_the_form_that_helps_first_then_a_telephone_then_an_open_door_then_distance():
    rows = (
        {"support_form": "BEZ-SCH"},
        {"support_form": "BEZ-NOC", "phones": []},
        {"support_form": "BEZ-NOC", "opening_hours": "Mo-Su 18:00-08:00"},
        {"support_form": "BEZ-NOC"},
        {"support_form": "BEZ-NOC", "opening_hours": "24/7"},
        {"support_form": "BEZ-OGR"},
    )
    found = listed(*rows, need="bed_tonight")
    assert found.near["facility_id"].tolist() == [5, 4, 3, 2, 6, 1]
    assert set(listed(*rows, group="homeless").near["facility_id"]) == {1, 2, 3, 4, 5, 6}


def test_places_that_are_alike_stay_in_the_order_of_their_distance():
    near = listed({"support_form": "BEZ-SCH"}, {"support_form": "BEZ-SCH"}, group="homeless").near
    ordered = in_order_of_need(near.to_dict("records"), BEDS)
    assert [row["facility_id"] for row in ordered] == near["facility_id"].tolist()


def test_a_number_without_its_area_code_is_none_to_call_and_a_suspended_place_is_last():
    rows = (
        {"support_form": "BEZ-SCH", "phones": ["562 93 12"]},
        {"support_form": "BEZ-SCH", "phones": ["12 345 67 89"]},
    )
    assert listed(*rows, need="bed_tonight").near["facility_id"].tolist() == [2, 1]
    assert listed(*rows, group="homeless").near["facility_id"].tolist() == [2, 1]
    near = listed(*rows, group="homeless").near.to_dict("records")
    doubtful = [{**near[0], "suspended_beside": NOW.date()}, {**near[1], "suspended_beside": None}]
    assert [row["facility_id"] for row in in_order_of_need(doubtful, BEDS)] == [1, 2]


def test_help_for_everybody_is_found_for_a_need_though_nobody_can_choose_it():
    rows = ({"support_form": "KRY-OIK", "need_groups": ["crisis", "all"]}, {"support_form": "CAL-DPS"})
    found = listed(*rows, need="suicidal")
    assert found.near["support_form"].tolist() == ["KRY-OIK"]
    assert not found.is_only_elsewhere


def test_a_need_that_only_an_office_can_help_with_is_known_as_such():
    assert listed({}, need="money").is_only_elsewhere
    assert listed({}, need="childcare").is_only_elsewhere
    assert not listed({}).is_only_elsewhere


def test_a_filter_that_nobody_can_answer_is_not_on():
    found = listed({"opening_hours": "24/7"}, {}, only=("open", "free"))
    assert found.only == ("open",)
    assert found.near["facility_id"].tolist() == [1]
    assert (found.matching, found.unknown) == (1, 1)
    assert "free" in found.offered.unknown


def test_the_unknown_ones_stand_behind_those_that_match():
    rows = ({}, {"opening_hours": "24/7"}, {"opening_hours": "Mo-Fr 18:00-20:00"})
    found = listed(*rows, only=("open",), is_unknown_shown=True)
    assert found.near["facility_id"].tolist() == [2, 1]


@pytest.mark.parametrize("group", ["older", "homeless"])
def test_entries_are_made_once_for_a_registry(group):
    registry = tiny_registry([service(1, FIRST), service(2, FIRST, support_form="BEZ-NOC")])
    assert help_entries(registry, group) is help_entries(registry, group)
    other = tiny_registry([service(1, FIRST)])
    assert help_entries(other, group) is not help_entries(registry, group)


def test_what_was_asked_for_and_stands_near_for_others_is_told():
    """As in Pułtusk: homes for mentally ill or disabled people, and none for older ones."""
    rows = (
        {"need_groups": ["mental_health"]},
        {"need_groups": ["disabled", "mental_health"]},
        {"support_form": "DZI-KLS"},
    )
    found = listed(*rows, need="dps").for_others
    assert (found.count, found.forms, found.groups) == (2, ("CAL-DPS",), (("disabled", 1),))
    # Of a form that was found for the group, and of forms that nobody asked for, nothing is added.
    assert listed(*rows, {}, need="dps").for_others.count == 0
    assert listed(*rows).for_others.count == 0


def test_where_nothing_surely_matches_what_may_is_shown_and_what_does_farther_off():
    mixed = {"support_form": "BEZ-NOC"}
    men = {"support_form": "BEZ-SCH", "facility_name": "Schronisko dla Mężczyzn"}
    women = {"support_form": "BEZ-SCH", "facility_name": "Schronisko dla Kobiet"}
    far = women | {"geometry": middle_of(FIRST, east_m=17_000), "place_grade": "door"}
    found = listed(mixed, men, far, need="bed_tonight", only=("women",))
    assert (found.matching, found.unknown) == (0, 1)
    assert found.parts == (("sure", 0), ("farther", 1), ("unsure", 1))
    assert found.near["facility_id"].tolist() == [3, 1]
    assert found.farther_km == 20
    sure = listed(mixed, women, need="bed_tonight", only=("women",))
    assert sure.parts == (("sure", 1), ("unsure", 0), ("farther", 0))
