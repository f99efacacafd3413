"""Where names stand on a printed map: the largest first, inside it, beside numbers and never upon each other."""

import pandas as pd
import pytest
import shapely

from layers.export.layout import Box
from layers.export.place_names import LED_TOWNS, MOST_NAMES, Sign, place_names

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


def marks_around(x, y, *, half=6, every=3):
    """Return marks that leave no room for a name within 18 mm of a point."""
    steps = [every * step for step in range(-half, half + 1)]
    return [Sign(x + right, y + down, 1.0) for right in steps for down in steps]


def with_areas(frame, *areas):
    return frame.assign(area=list(areas))


def test_a_large_town_without_room_at_its_point_is_named_elsewhere_in_its_own_area():
    """The print of Małopolskie named Brzesko, Libiąż and Kęty between the marks, and not Kraków."""
    krakow = shapely.box(40, 40, 80, 60)
    marks = marks_around(50, 50, half=3)
    one_town = towns(("Kraków", 50, 50))
    assert place_names(one_town, marks, MAP) == []
    x, y = middles(place_names(with_areas(one_town, krakow), marks, MAP))["Kraków"]
    assert krakow.contains(shapely.Point(x, y))
    assert x > 60


def test_a_town_is_named_upon_its_own_wide_circle_of_a_number_and_no_small_one_is_covered():
    numbers = [Sign(one.x, one.y, 0.5, is_number=True) for one in marks_around(50, 50, half=8)]
    own = with_areas(towns(("Warszawa", 50, 50)), shapely.box(48, 48, 52, 52))
    wide, small = (Sign(50, 50, radius, is_number=True) for radius in (5, 1))
    (name,) = place_names(own, [wide, *numbers], MAP)
    assert middles([name])["Warszawa"] == pytest.approx((50, 50))
    assert name.line == ()
    # A circle that stands in a neighbour's area is not its own.
    beside = with_areas(towns(("Warszawa", 50, 50)), shapely.box(20, 20, 24, 24))
    assert middles(place_names(beside, [wide, *numbers], MAP)).get("Warszawa") != pytest.approx((50, 50))
    assert place_names(own, [small, *numbers], MAP) == []


def test_only_the_largest_towns_stand_aside_of_their_area_with_a_line_into_it():
    """Warszawa is full of marks on a map of care homes, and Marki beside it was named."""
    full = shapely.box(42, 42, 58, 58)
    marks = marks_around(50, 50, half=3)
    rows = [("Warszawa", 50, 50)]
    (name,) = place_names(with_areas(towns(*rows), full), marks, MAP)
    (_, _), end = name.line
    assert full.contains(shapely.Point(end))
    before = [(f"Miasto {number}", 200, 200) for number in range(LED_TOWNS)]
    after = with_areas(towns(*before, *rows), *[shapely.box(199, 199, 201, 201)] * LED_TOWNS, full)
    assert place_names(after, marks, MAP) == []


def test_names_stay_on_the_map_and_are_few():
    assert place_names(towns(("Kraków", 5, 50), ("Tarnów", 120, 50)), [], MAP) == []
    many = towns(*((f"M{number}", 15 + 12 * (number % 8), 15 + 12 * (number // 8)) for number in range(40)))
    assert [one.name for one in place_names(many, [], MAP)] == [f"M{number}" for number in range(MOST_NAMES)]


def test_the_name_of_an_area_stands_in_it_or_beside_all_and_in_no_neighbour():
    """ "małopolskie" stood in Świętokrzyskie, and most of "kujawsko-pomorskie" in Wielkopolskie."""
    full, other = shapely.box(40, 60, 70, 75), shapely.box(40, 45, 70, 60)
    marks = [Sign(x, y, 1.5) for x in range(38, 74, 3) for y in range(59, 78, 3)]
    areas = with_areas(towns(("pełne", 55, 67), ("puste", 55, 52)), full, other)
    loose, _ = place_names(areas, marks, MAP, most=2, led=2)
    assert shapely.box(40, 45, 70, 60).intersects(shapely.Point(middles([loose])["pełne"]))
    strict, empty = place_names(areas, marks, MAP, most=2, led=2, own_share=0.7)
    assert other.contains(shapely.Point(middles([empty])["puste"]))
    name = shapely.box(
        strict.box.left,
        strict.box.top,
        strict.box.left + strict.box.width,
        strict.box.top + strict.box.height,
    )
    assert strict.line, "a line leads to the area"
    assert not name.intersects(other)


def test_all_names_of_a_crowd_are_placed_where_as_many_are_wanted():
    # The last of them aside, with a line.
    sixteen = towns(*((f"W{number}", 50, 50) for number in range(16)))
    areas = with_areas(sixteen, *[shapely.box(49, 49, 51, 51)] * 16)
    assert len(place_names(areas, [], MAP, most=16, led=16)) == 16
