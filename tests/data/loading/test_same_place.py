"""Which records are the same place under another key: by a door, by a name, by an operator; never by a shared point."""

from dataclasses import replace

import pytest
from shapely import Point

from data.loading.same_place import Trace, same_places

HOME = Trace(
    record=("list", "a"),
    name="Schronisko „Dach”",
    street_address="ul. Tajemna 7",
    locality_name="Sekretowo",
    gmina_code="980101",
    voivodeship_code="98",
    place_grade="door",
    point=Point(19.1, 50.1),
    organization_name="Fundacja Zmyślona",
    forms=frozenset({"BEZ-SCH"}),
)
OTHER = replace(
    HOME,
    record=("list", "b"),
    name="Placówka",
    street_address=None,
    place_grade="none",
    point=None,
    organization_name="Powiat",
    forms=frozenset({"KRY-DMK"}),
)
NORTH_99_M, NORTH_101_M = Point(19.1, 50.1 + 99 / 111_229), Point(19.1, 50.1 + 101 / 111_229)


def is_same(trace: Trace, guard: Trace, **options) -> bool:
    found = same_places([trace], [guard], **options)
    assert found <= {(trace.record, guard.record)}
    return bool(found)


def test_records_that_share_nothing_are_two_places():
    assert not is_same(HOME, OTHER, takes_weak_signs=True)


@pytest.mark.parametrize(
    ("grade", "point", "expected"),
    [
        ("door", NORTH_99_M, True),
        ("street", NORTH_99_M, True),
        ("door", NORTH_101_M, False),
        # Of a whole locality, 80 records share one point.
        ("locality", HOME.point, False),
        ("postal_code", HOME.point, False),
        ("gmina", HOME.point, False),
    ],
)
def test_distance_counts_between_doors_and_streets_only(grade, point, expected):
    guard = replace(OTHER, place_grade=grade, point=point)
    assert is_same(HOME, guard) is expected
    assert is_same(replace(guard, record=("list", "x")), HOME) is expected


def test_eighty_records_on_the_point_of_a_city_do_not_take_over():
    city = [
        replace(HOME, record=("list", str(n)), name=f"Dom {n}", street_address=None, place_grade="locality")
        for n in range(80)
    ]
    guard = replace(OTHER, place_grade="locality", point=HOME.point)
    assert same_places(city, [guard], takes_weak_signs=True) == set()


@pytest.mark.parametrize(
    ("street", "expected"),
    [
        ("Tajemna 7", True),
        ("ulica TAJEMNA 7 m. 3", True),
        ("ul. Jana Tajemna 7a", True),
        ("ul. Tajemna 7 lok. 12", True),
        ("ul. Tajemna 9", False),
        ("ul. Jawna 7", False),
        ("ul. Tajemna", False),
        (None, False),
    ],
)
def test_the_same_street_and_number_in_the_gmina(street, expected):
    assert is_same(HOME, replace(OTHER, street_address=street)) is expected
    assert not is_same(HOME, replace(OTHER, street_address=street, gmina_code="980102"))


def test_number_of_a_village_counts_in_that_village_only():
    home = replace(HOME, street_address="Sekretowo 7")
    assert is_same(home, replace(OTHER, street_address="7"))
    assert not is_same(home, replace(OTHER, street_address="7", locality_name="Jawnowo"))


def test_the_same_name_in_the_gmina_whatever_the_case():
    assert is_same(HOME, replace(OTHER, name="SCHRONISKO Dach"))
    assert not is_same(HOME, replace(OTHER, name="Schronisko Dach", gmina_code="980102"))


def test_a_record_without_a_gmina_is_compared_with_the_voivodeship():
    nowhere = replace(OTHER, name=HOME.name, gmina_code=None)
    assert is_same(HOME, nowhere)
    assert is_same(nowhere, HOME)
    assert is_same(nowhere, replace(nowhere, record=("list", "c")))
    assert not is_same(HOME, replace(nowhere, voivodeship_code="96"))


def test_organization_and_form_are_a_weak_sign():
    guard = replace(OTHER, organization_name="FUNDACJA Zmyślona", forms=frozenset({"BEZ-SCH", "BEZ-NOC"}))
    assert is_same(HOME, guard, takes_weak_signs=True)
    assert not is_same(HOME, guard)
    assert not is_same(HOME, replace(guard, forms=frozenset({"BEZ-NOC"})), takes_weak_signs=True)
    assert not is_same(HOME, replace(guard, gmina_code="980102"), takes_weak_signs=True)


def test_a_name_that_gave_way_to_the_form_is_a_weak_sign():
    telling = replace(HOME, name="Schronisko przy Tajemnej")
    guard = replace(OTHER, name="schronisko dla osób bezdomnych")
    assert is_same(telling, guard, takes_weak_signs=True)
    assert not is_same(telling, guard)
    assert not is_same(HOME, guard, takes_weak_signs=True)


def test_nobody_takes_over_from_itself():
    assert same_places([HOME], [HOME], takes_weak_signs=True) == set()
    assert same_places([], [HOME]) == same_places([HOME], []) == set()


@pytest.mark.parametrize(("radius_m", "expected"), [(None, True), (100, True), (101, False)])
def test_the_middle_of_a_street_says_where_a_place_is_only_where_the_street_is_short(radius_m, expected):
    street = replace(OTHER, place_grade="street", point=NORTH_99_M, place_radius_m=radius_m)
    assert is_same(HOME, street) is expected
