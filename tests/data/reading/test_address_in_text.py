"""A name that tells the address."""

import pytest

from data.reading.address_in_text import holds_address, tells_address


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


@pytest.mark.parametrize(
    ("name", "street", "locality"),
    [
        ("Dom na Nowej", "Nowa 5", None),
        ("Dom na Pradze", "ul. Długa 3", "Praga"),
        ("Dom w Nysie", None, "Nysa"),
        ("Dom Lea", "ul. Lea 4", None),
        ("Mikrotajemna", "ul. Tajemna 7", None),
    ],
)
def test_short_words_and_changed_consonants_are_found(name, street, locality) -> None:
    assert tells_address(name, street, locality)


def test_longer_word_that_only_begins_alike_tells_nothing() -> None:
    assert not tells_address("Nowoczesny dom", "Nowa 5")
    assert not tells_address("Dom Matki", "Matejki 3")


@pytest.mark.parametrize(
    "name",
    [
        "Dom 32-777",
        "Dom 32 777",
        "Dom 32777",
        "Dom 32 – 777",
        "Dom ３２－７７７",
        "Dom 54.8923",
        "Dom 54,8923 16,1473",
        "Dom 54,89",
        "Dom 54°53'32\"N 16°8'50\"E",
        "Dom N54 E16",
        "Dom: 54 stopnie 53 minuty",
        "Dom, szer. geogr. jak ratusz",
        "Dom 412345,6 784512,3",
        "Dom X 567 000 Y 244 000",
        "Dom 9F4R2PVM+X4",
        "Dom 2PVM+X4 Sekretowo",
        "Dom https://mapy.example/?q=1",
        "Dom maps.app.goo.gl/x",
        "Dom ul. Tajemna",
        "Dom przy Tajemnej 7",
        "Dom na rogu Leśnej",
        "Dom przy 3 Maja",
    ],
)
def test_address_in_any_notation_is_found(name) -> None:
    assert holds_address(name)


@pytest.mark.parametrize(
    "name",
    [
        None,
        "Dom dla matek",
        "Ośrodek wsparcia nr 2",
        "Mieszkanie wspomagane nr 12/3",
        "Program 2021–2027",
        "Centrum w 2024 r.",
        "Schronisko przy parafii",
        "Schronisko im. Jana Pawła II",
        "Telefon zaufania 24/7",
    ],
)
def test_name_without_an_address_stays(name) -> None:
    assert not holds_address(name)
