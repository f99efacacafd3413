import pytest

from data.places.house_numbers import base_of, doors_meant
from data.sources.registers.address_text import Door, door_of


@pytest.mark.parametrize(
    ("number", "doors"),
    [
        ("12", ["12"]),
        ("12 A", ["12a"]),
        ("12/14", ["12/14", "12-14", "12"]),
        ("12-14", ["12-14", "12/14", "12", "14"]),
        ("12a/3", ["12a/3", "12a-3", "12a"]),
    ],
)
def test_a_number_may_mean_several_doors(number: str, doors: list[str]) -> None:
    assert doors_meant(number) == doors


@pytest.mark.parametrize(("number", "base"), [("12a", 12), ("7/9", 7), ("bn", -1), ("123456789", -1)])
def test_the_figure_of_a_number(number: str, base: int) -> None:
    assert base_of(number) == base


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("ul. Armii Krajowej11", Door("Armii Krajowej", "11")),
        ("ul. Skawińska 4 i 6", Door("Skawińska", "4-6")),
        ("ul. Eugeniusza Kwiatkowskiego Nr 15", Door("Eugeniusza Kwiatkowskiego", "15")),
        ("ul. Św. Jerzego 12 lok.29 U", Door("Św. Jerzego", "12")),
        ("ul. 3 Maja 5 lok. 3", Door("3 Maja", "5")),
        ("os. Dywizjonu 303 nr 65", Door("os. Dywizjonu 303", "65")),
    ],
)
def test_a_door_is_read_as_registers_write_it(text: str, door: Door) -> None:
    assert door_of(text, locality_name="Kraków") == door
