"""Names on a printed map: the largest first, inside it, beside numbers and never upon each other."""

import pandas as pd
import pytest

from geo.teryt import COUNTRY
from layers.export.layout import Box
from layers.export.place_names import MOST_NAMES, Sign, main_towns, place_names
from tests.support.tiny_world import tiny_registry

MAP = Box(10, 10, 100, 100)


def towns(*rows):
    return pd.DataFrame(rows, columns=["name", "x", "y"])


def middles(placed):
    return {one.name: (one.box.left + one.box.width / 2, one.box.top + one.box.height / 2) for one in placed}


def test_a_name_stands_at_its_town_and_the_smaller_one_moves_or_is_left_out():
    placed = place_names(towns(("Kraków", 50, 50), ("Wieliczka", 52, 51), ("Skawina", 50, 80)), [], MAP)
    found = middles(placed)
    assert found["Kraków"] == pytest.approx((50, 50))
    assert found["Skawina"] == pytest.approx((50, 80))
    assert found["Wieliczka"] == pytest.approx((52, 54.4))
    crowd = towns(*((f"Miasto {number}", 50, 50) for number in range(30)))
    assert len(place_names(crowd, [], MAP)) < 8


def test_a_mark_is_never_covered_and_the_name_stands_beside_it_or_nowhere():
    one_town = towns(("Kraków", 50, 50))
    beside = middles(place_names(one_town, [Sign(50, 50, 2.1)], MAP))["Kraków"]
    assert beside == pytest.approx((50, 44.4))
    # Past the circle of a large number at the very point.
    x, y = middles(place_names(one_town, [Sign(50, 50, 20)], MAP))["Kraków"]
    assert x == 50
    assert 20 < 50 - y < 23
    crowd = [Sign(50 + 4 * right, 50 + 4 * down, 2.1) for right in range(-8, 9) for down in range(-8, 9)]
    assert place_names(one_town, crowd, MAP) == []


def test_names_stay_on_the_map_and_are_few():
    assert place_names(towns(("Kraków", 5, 50), ("Tarnów", 120, 50)), [], MAP) == []
    many = towns(*((f"M{number}", 15 + 12 * (number % 8), 15 + 12 * (number // 8)) for number in range(40)))
    assert [one.name for one in place_names(many, [], MAP)] == [f"M{number}" for number in range(MOST_NAMES)]


def test_names_of_the_data_are_on_one_line():
    registry = tiny_registry([])
    registry.areas["name"] = "Nowe\nMia\u202esto"
    assert set(main_towns(registry, COUNTRY)["name"]) == {"Nowe Mia sto"}


def test_main_towns_are_those_of_the_scope_by_their_people():
    registry = tiny_registry([])
    found = main_towns(registry, COUNTRY)
    persons = registry.areas_of_level("gmina").set_index("name").area_code.map(registry.residents)
    known = persons.dropna().sort_values(ascending=False, kind="stable")
    assert found["name"].tolist() == known.index.tolist()
    assert found.crs.to_epsg() == 2180
    assert main_towns(registry, "02").empty
