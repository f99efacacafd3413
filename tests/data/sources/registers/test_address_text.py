"""Addresses as Polish registers write them; every shape here stands in a real file of the mirror."""

import pytest

from data.sources.registers.address_text import Address, cut_address, parse_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ul. Karolina 14G, 32-700 Bochnia", ("ul. Karolina 14G", "32-700", "Bochnia", "Bochnia")),
        ("Klimkówka 67, 38-312 Ropa", ("Klimkówka 67", "38-312", "Klimkówka", "Ropa")),
        ("os. Wandy 23\n31-907 Kraków", ("os. Wandy 23", "31-907", "Kraków", "Kraków")),
        ("os.Wandy 23,\n31-907 Kraków", ("os. Wandy 23", "31-907", "Kraków", "Kraków")),
        (
            "32-854 Porąbka Uszewska 272",
            ("Porąbka Uszewska 272", "32-854", "Porąbka Uszewska", "Porąbka Uszewska"),
        ),
        ("ul. J. Michalusa, 14 38-300 Gorlice", ("ul. J. Michalusa 14", "38-300", "Gorlice", "Gorlice")),
        (
            "ul. ks. Mądrzyka 32,\nWola Filipowska\n32-065 Krzeszowice",
            ("ul. ks. Mądrzyka 32", "32-065", "Wola Filipowska", "Krzeszowice"),
        ),
        ("ul. Jagiellońska 2\n32 - 410 Dobczyce", ("ul. Jagiellońska 2", "32-410", "Dobczyce", "Dobczyce")),
        (
            "Wysowa-Zdrój 98,\n 38-316 Wysowa - Zdrój",
            ("Wysowa-Zdrój 98", "38-316", "Wysowa-Zdrój", "Wysowa-Zdrój"),
        ),
        ("Rynek 4, 32-820 Szczurowa", ("Rynek 4", "32-820", "Szczurowa", "Szczurowa")),
        ("ul. 3 Maja 2", ("ul. 3 Maja 2", None, None, None)),
        ("95-047 Jeżów, Dąbrowa 1", ("Dąbrowa 1", "95-047", "Dąbrowa", "Jeżów")),
        ("ul. Nowa 5, 31123 Kraków", ("ul. Nowa 5", "31-123", "Kraków", "Kraków")),
        ("ul. Nowa 5, 31–123 Kraków", ("ul. Nowa 5", "31-123", "Kraków", "Kraków")),
        ("34-602 Laskowa", (None, "34-602", "Laskowa", "Laskowa")),
        ("", (None, None, None, None)),
    ],
)
def test_address_is_parted(text, expected):
    assert parse_address(text) == Address(*expected)


def test_other_columns_give_the_postal_line():
    address = parse_address("ul. Leśna 1, Chechło", postal_code="32-310", post_town="Klucze")

    assert address == Address("ul. Leśna 1", "32-310", "Chechło", "Klucze")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            "Dom Pomocy Społecznej dla Dzieci, Młodzieży w Tarnowie,  ul. Robotnicza 4, 33-100 Tarnów",
            "Dom Pomocy Społecznej dla Dzieci, Młodzieży w Tarnowie",
            ("ul. Robotnicza 4", "33-100", "Tarnów", "Tarnów"),
        ),
        (
            "Dom Pomocy Społecznej w Harbutowicach, Harbutowice, ul. Beskidzka 3, 32-440 Harbutowice",
            "Dom Pomocy Społecznej w Harbutowicach",
            ("ul. Beskidzka 3", "32-440", "Harbutowice", "Harbutowice"),
        ),
        (
            "Dom Pomocy Społecznej w Skrzydlnej 289A, 34-625 Skrzydlna",
            "Dom Pomocy Społecznej w Skrzydlnej",
            ("Skrzydlna 289A", "34-625", "Skrzydlna", "Skrzydlna"),
        ),
        (
            "Dom Pomocy Społecznej w Pcimiu,      32-432 Pcim 638",
            "Dom Pomocy Społecznej w Pcimiu",
            ("Pcim 638", "32-432", "Pcim", "Pcim"),
        ),
        (
            'ŚDS "Perła"\nSzczawnica\nul. Park Dolny 6,\n34-460 Szczawnica',
            'ŚDS "Perła"',
            ("ul. Park Dolny 6", "34-460", "Szczawnica", "Szczawnica"),
        ),
        (
            "ŚDS ul. Źródlana 59,\n33-380 Krynica-Zdrój",
            "ŚDS",
            ("ul. Źródlana 59", "33-380", "Krynica-Zdrój", "Krynica-Zdrój"),
        ),
        (
            "ul. Piłsudskiego 14a, \n34-520 Poronin",
            "",
            ("ul. Piłsudskiego 14a", "34-520", "Poronin", "Poronin"),
        ),
        (
            "Wójt Gminy Laskowa \n34-602 Laskowa 643",
            "Wójt Gminy Laskowa",
            ("Laskowa 643", "34-602", "Laskowa", "Laskowa"),
        ),
        ("Fundacja bez adresu", "Fundacja bez adresu", (None, None, None, None)),
    ],
)
def test_name_is_parted_from_address(text, name, expected):
    assert cut_address(text) == (name, Address(*expected))


def test_house_number_is_not_given_to_a_post_town_that_is_another_village():
    name, address = cut_address("ŚDS w Radwanowicach 1a,\n32-064 Rudawa")

    assert name == "ŚDS w Radwanowicach"
    assert address == Address("1a", "32-064", None, "Rudawa")


def test_declined_village_gets_its_own_name_from_the_profile():
    places = {"Radwanowicach": "Radwanowice", "Prusach": "Prusy"}

    assert cut_address("ŚDS w Radwanowicach 1a,\n32-064 Rudawa", places=places)[1] == Address(
        "Radwanowice 1a", "32-064", "Radwanowice", "Rudawa"
    )
    assert cut_address("DPS w Prusach ul. Kocmyrzowska 107, 32-010 Kocmyrzów", places=places)[1] == Address(
        "ul. Kocmyrzowska 107", "32-010", "Prusy", "Kocmyrzów"
    )
