"""A name that tells the address."""

import pytest

from data.places.told_address import tells_address


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("Dom przy ulicy Tajemnej 7", True),
        ("Ośrodek „Tajemna”", True),
        ("Mieszkanie wspomagane „Kąt”", False),
        ("Ośrodek przy ulicy 7", False),
        ("Mieszkanie w Sekretowie", True),
        (None, False),
    ],
)
def test_name_in_any_case_is_found(name, is_told) -> None:
    assert tells_address(name, "ul. Tajemna 7", "Sekretowo") is is_told


def test_nothing_can_be_told_of_an_unknown_address() -> None:
    assert not tells_address("Dom przy Tajemnej", None, "")
    assert not tells_address("Ulica Sezamkowa", "ulica 7")
