"""
Who has a facility in reach for certain, and who perhaps.

Gminas are 10 km squares in a row; 200, 100 and 50 older people live in their middles. One home stands on a street in
the middle of the first, known to 2 km.
"""

import pandas as pd
import pytest

from geo.printed_numbers import UNSURE
from layers.answers.area_table import AreaTable
from layers.answers.table_building import build_area_table
from layers.text import Texts
from layers.view.view import View
from layers.words.caption import build_caption
from tests.support.tiny_world import service, tiny_registry

FIRST, SECOND = "120001", "120002"
STREET = service(1, FIRST, place_grade="street", place_radius_m=2_000)

ONE_PLACE = service(1, FIRST, place_grade="street", place_radius_m=2_000, capacity_places=1)

EVERYWHERE = tuple((form, voivodeship) for form in ("CAL-DPS", "DZI-KLS") for voivodeship in ("12", "24"))


def table_of(*services: dict[str, object], claims=EVERYWHERE, **view: object) -> AreaTable:
    asked = {"scope": "00", "indicator": "coverage_share", "distance_km": 10} | view
    return build_area_table(tiny_registry([*services], claims=claims), View(**asked))


def shares(table: AreaTable) -> tuple[float, float] | None:
    found = table.reach_range
    return None if found is None else (round(found.sure_share, 4), round(found.perhaps_share, 4))


def test_a_street_is_in_reach_of_some_for_certain_and_of_others_perhaps():
    # Of the second gmina, 10 km away, the home is 8 to 12 km away.
    table = table_of(STREET)
    assert shares(table) == (round(200 / 350, 4), round(300 / 350, 4))
    (note,) = [note for note in build_caption(table, Texts("pl")).notes if "Położenie" in note]
    assert note == (
        "Położenie części placówek znamy tylko do ulicy albo miejscowości. Polska: jeśli każda stoi nie dalej od "
        "swojego punktu, niż przyjmujemy, placówkę z listy ma w zasięgu od 57,1% do 85,8% osób. Tak blisko stoi około "
        "9 na 10 takich placówek; gdy któraś stoi dalej, może być inaczej."
    )


def test_a_village_is_known_to_its_radius_like_a_street():
    village = service(1, FIRST, place_grade="locality", place_radius_m=2_000)
    assert shares(table_of(village)) == shares(table_of(STREET))


@pytest.mark.parametrize(
    ("grade", "radius_m"), [("door", 2_000), ("locality", None), ("street", None), ("postal_code", 2_000)]
)
def test_without_a_known_radius_nothing_is_said(grade: str, radius_m: int | None):
    assert table_of(service(1, FIRST, place_grade=grade, place_radius_m=radius_m)).reach_range is None


def test_places_of_unknown_radius_are_told_beside_the_range():
    """One on a street of unknown length and one in a post town; a village of known radius is none of them."""
    others = [
        service(2, SECOND, place_grade="street", place_radius_m=None),
        service(3, SECOND, place_grade="postal_code", place_radius_m=None),
        service(4, SECOND, place_grade="locality", place_radius_m=700),
    ]
    table = table_of(STREET, *others, distance_km=1)
    # Whoever lives at the middle of the first gmina may be 2 km from the home.
    assert shares(table) == (round(100 / 350, 4), round(300 / 350, 4))
    assert table.reach_range is not None
    assert table.reach_range.unknown_facilities == 2
    (note,) = [note for note in build_caption(table, Texts("pl")).notes if "Położenie" in note]
    assert note.endswith(
        "O 2 placówkach nie wiemy, jak daleko mogą stać od swoich punktów: tu liczymy je w tych punktach."
    )


def test_who_has_a_door_in_reach_has_one_for_certain():
    table = table_of(STREET, service(2, SECOND, place_grade="door"))
    assert table.reach_range is None


def test_a_detour_makes_the_limit_shorter_and_a_street_no_longer():
    # 10 km of road are 6.7 km of line: nobody of the second gmina, and the first for certain.
    assert table_of(STREET, detour_pct=150).reach_range is None


def test_residents_of_their_own_gmina_alone():
    # Beyond the border nobody is taken in, however near the street may be.
    assert table_of(STREET, own=True, form="DZI-KLS").reach_range is None
    club = service(1, FIRST, support_form="DZI-KLS", place_grade="street", place_radius_m=2_000)
    assert table_of(club, own=True, form="DZI-KLS").reach_range is None
    assert shares(table_of(club, form="DZI-KLS")) == (round(200 / 350, 4), round(300 / 350, 4))


def test_other_indicators_say_nothing_of_it():
    assert table_of(STREET, indicator="access_per_1000").reach_range is None
    assert table_of(STREET, indicator="facilities_count").reach_range is None


def test_where_lists_are_not_complete_no_most_is_told():
    """ "Perhaps 3.7 % of older people in Poland" was of fifteen voivodeships without a list, too."""
    table = table_of(STREET, claims=EVERYWHERE[:1])
    assert table.reach_range is not None
    assert not [note for note in build_caption(table, Texts("pl")).notes if "na pewno" in note]


def test_an_area_that_hangs_on_where_in_its_radius_a_home_stands_is_unsure():
    # Within 10 km of the point are all of the second gmina, within 8 km of it nobody: for certain none has it.
    table = table_of(STREET)
    assert table.rows.loc[SECOND, "value"] == 1
    assert table.bounds.loc[SECOND, "value"] == UNSURE
    assert table.bounds.loc[FIRST, "value"] == ""
    assert table.hanging == 1


def test_a_gap_is_told_from_and_to_where_people_have_a_home_perhaps():
    """The home has room for 200. Of the 100 people of the second gmina all or none have it in reach."""
    table = table_of(ONE_PLACE, indicator="gap_share", norm=5)
    told = table.rows.loc[[FIRST, SECOND], ["least_gap_persons", "gap_persons", "most_gap_persons"]]
    assert told.to_numpy().tolist() == [
        [0, pytest.approx(200 / 3), pytest.approx(200 / 3)],
        [0, pytest.approx(100 / 3), 100],
    ]
    assert table.bounds.loc[[FIRST, SECOND], "gap_share"].tolist() == ["most", UNSURE]
    assert table.hanging == 1
    assert "niedokładne położenie placówek" in build_caption(table, Texts("pl")).whole_title


def test_access_of_an_area_that_hangs_on_a_radius_is_unsure():
    table = table_of(ONE_PLACE, indicator="access_per_1000")
    assert table.bounds.loc[[FIRST, SECOND], "value"].tolist() == ["", UNSURE]


def test_nobody_is_not_told_where_somebody_may_have_one():
    # 10 km of road are 8.3 km of line: they reach nobody of the second gmina from the point, all of it 2 km nearer.
    table = table_of(STREET, detour_pct=120)
    assert pd.isna(table.rows.loc[SECOND, "value"])
    door = table_of(service(1, FIRST, place_grade="door"), detour_pct=120)
    assert door.rows.loc[SECOND, "value"] == 0


def test_a_few_people_at_a_border_make_no_area_unsure():
    table = table_of(service(1, FIRST, place_grade="street", place_radius_m=100), distance_km=15)
    assert table.hanging == 0
    assert (table.bounds["value"] != UNSURE).all()
