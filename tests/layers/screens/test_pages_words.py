"""What cards, names and tables say where the data know less than a reader would think."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from layers.text import texts_of
from layers.words.area_names import area_labels, lone_names, names_beside
from layers.words.place_names import place_label
from layers.words.service_words import (
    confirm_words,
    distance_words,
    door_words,
    names_of,
    origin_line,
    shared_points,
    source_words,
    unchecked_lines,
)

TEXTS = texts_of("pl")


def _service(grade, *, metres=4400.0, gmina="126101", same=""):
    return {
        "distance_m": metres,
        "place_grade": grade,
        "gmina_code": gmina,
        "gmina_name": "Kraków",
        "same_place": same,
    }


@pytest.mark.parametrize(
    ("service", "words"),
    [
        (_service("door"), "4,4 km w linii prostej"),
        (_service("locality"), "około 4,4 km w linii prostej, do środka miejscowości"),
        (_service("gmina"), "około 4,4 km w linii prostej, do środka gminy Kraków"),
        (
            _service("locality", metres=0.0, same="locality"),
            "w tej miejscowości (dokładnego położenia nie znamy)",
        ),
        (
            _service("locality", metres=0.0, same="locality") | {"street_address": "ul. Prosta 1"},
            "w tej miejscowości (dokładnego położenia nie znamy)",
        ),
        (_service("locality", same="gmina"), "w tej gminie (dokładnego położenia nie znamy)"),
        (_service("locality", same="city"), "w tym mieście (dokładnego położenia nie znamy)"),
        (
            _service("locality", gmina="120611"),
            "około 4,4 km w linii prostej, do środka miejscowości",
        ),
        (_service("locality", metres=None), ""),
    ],
)
def test_a_distance_says_what_it_is_measured_to(service, words):
    assert distance_words(service, TEXTS) == words


def test_the_card_leads_to_its_address_where_the_distance_is_not_known():
    service = _service("locality", metres=0.0, same="locality")
    words = [
        distance_words(service | {"street_address": street}, TEXTS, is_address_below=True)
        for street in ("ul. Prosta 1", None)
    ]
    assert words == [
        "w tej miejscowości; odległości nie znamy, adres niżej",
        "w tej miejscowości (dokładnego położenia nie znamy)",
    ]


def test_only_points_that_are_not_a_facilitys_own_are_shared():
    services = [_service("locality"), _service("locality"), _service("door"), _service("gmina", metres=9.0)]
    assert shared_points(services) == 2


@pytest.mark.parametrize(
    ("service", "words"),
    [
        ({"is_to_confirm": False, "checked": "checked", "phones": ["1"]}, ""),
        (
            {"is_to_confirm": True, "checked": "long_ago", "phones": ["1"]},
            "Dawne dane – zadzwoń przed wizytą",
        ),
        (
            {"is_to_confirm": True, "checked": "never", "phones": []},
            "Nie wiemy, z kiedy są te dane – sprawdź przed wizytą",
        ),
        (
            {"is_to_confirm": True, "checked": "checked", "phones": ["1"]},
            "Z listy nieurzędowej – zadzwoń przed wizytą",
        ),
        (
            {"is_to_confirm": True, "checked": "unconfirmed", "phones": []},
            "Nikt nie potwierdził tego miejsca – sprawdź przed wizytą",
        ),
    ],
    ids=["checked in time", "long ago", "never, no phone", "not an office's list", "polling station"],
)
def test_a_card_says_why_to_call_first(service, words):
    assert confirm_words(service, TEXTS) == words


@pytest.mark.parametrize(
    ("is_open", "words"), [(True, "Otwarte teraz"), (False, "Teraz zamknięte"), (None, "")]
)
def test_open_is_said_in_words_and_unknown_is_not_said(is_open, words):
    assert door_words({"is_open": is_open}, TEXTS) == words


SOURCES = pd.DataFrame(
    {
        "source_code": ["register", "list"],
        "name": ["Rejestr domów", "Lista domów"],
        "publisher": ["Urząd", "Zespół"],
    }
)


@pytest.mark.parametrize(
    ("field_sources", "words"),
    [
        (None, "Źródło: Urząd"),
        ({"facility_name": ["register"], "set_aside_by": ["list"]}, "Źródło: Urząd"),
        (
            {"facility_name": ["register"], "phones": ["list", "register"]},
            "Wpis połączony z list: Rejestr domów; Lista domów",
        ),
        (
            {"facility_name": ["register"], "note": ["gone"]},
            "Wpis połączony z list: Rejestr domów; lista spoza katalogu źródeł (oznaczenie: gone)",
        ),
    ],
    ids=["one record", "nothing shown is from the other", "two lists", "a list that left the catalogue"],
)
def test_a_card_names_the_lists_that_its_facts_are_from(field_sources, words):
    service = {"source_code": "register", "field_sources": field_sources}
    assert source_words(service, names_of(SOURCES), TEXTS) == words


def test_what_is_of_an_own_sheet_is_said_apart_and_leaves_the_home_to_its_register():
    day = date(2026, 11, 30)
    service = {
        "source_code": "register",
        "field_sources": {"facility_name": ["register"], "phones": ["own-cal-dps-12"]},
        "said_on": {"phones": day},
        "origin": "register",
        "dated_on": date(2026, 6, 30),
        "dated_precision": "day",
        "verified_on": None,
        "support_form": "CAL-DPS",
    }
    assert source_words(service, names_of(SOURCES), TEXTS) == "Źródło: Urząd"
    said = " ".join([origin_line(service, names_of(SOURCES), TEXTS), *unchecked_lines(service, TEXTS)])
    assert "Z własnego arkusza prowadzącego tę mapę: telefony – 30 listopada 2026" in said


def _table(level="gmina"):
    rows = pd.DataFrame(
        {
            "name": ["Bochnia", "Bochnia", "Łapanów", "Kraków"],
            "kind": ["urban", "rural", "rural", "urban"],
            "powiat_name": ["bocheński", "bocheński", "bocheński", "Kraków"],
            "voivodeship_name": "małopolskie",
        },
        index=["120101", "120102", "120105", "126101"],
    )
    return SimpleNamespace(rows=rows, view=SimpleNamespace(level=level))


def test_a_town_and_the_gmina_around_it_have_different_names():
    for names in (lone_names(_table().rows, TEXTS), names_beside(_table().rows, TEXTS)):
        assert list(names.values()) == ["Bochnia (miejska)", "Bochnia (wiejska)", "Łapanów", "Kraków"]


def _namesakes(*rows):
    columns = ["name", "kind", "powiat_name", "voivodeship_name"]
    return pd.DataFrame([row[1:] for row in rows], columns=columns, index=[row[0] for row in rows])


def test_namesakes_of_one_kind_alone_have_their_powiat_and_powiats_their_voivodeship():
    gminas = _namesakes(
        ("120401", "Bolesław", "rural", "dąbrowski", "małopolskie"),
        ("121203", "Bolesław", "rural", "olkuski", "małopolskie"),
        ("100101", "Biała", "rural", "wieluński", "łódzkie"),
        ("160101", "Biała", "urban_rural", "prudnicki", "opolskie"),
    )
    assert list(lone_names(gminas, TEXTS).values()) == [
        "Bolesław (powiat dąbrowski)",
        "Bolesław (powiat olkuski)",
        "Biała (wiejska)",
        "Biała (miejsko-wiejska)",
    ]
    # Where the powiat stands beside the name, it is not said twice.
    assert list(names_beside(gminas, TEXTS).values()) == ["Bolesław", "Bolesław", "Biała", "Biała"]
    powiats = _namesakes(
        ("1202", "brzeski", "land", None, "małopolskie"), ("1601", "brzeski", "land", None, "opolskie")
    )
    assert lone_names(powiats, TEXTS)["1202"] == "brzeski (woj. małopolskie)"


def test_a_city_and_the_gmina_around_it_share_no_powiat_and_are_told_apart():
    rows = _namesakes(
        ("121609", "Tarnów", "rural", "tarnowski", "małopolskie"),
        ("126301", "Tarnów", "urban", "Tarnów", "małopolskie"),
    )
    assert names_beside(rows, TEXTS) == {"121609": "Tarnów (wiejska)", "126301": "Tarnów (miejska)"}


def test_a_city_is_not_said_to_lie_in_a_powiat_of_its_own_name():
    labels = area_labels(_table().rows, TEXTS)
    assert labels["126101"] == "Kraków, miasto na prawach powiatu, woj. małopolskie"
    assert labels["120102"] == "Bochnia (wiejska), powiat bocheński, woj. małopolskie"
    place = SimpleNamespace(
        name="Kraków", gmina_name="Kraków", powiat_name="Kraków", voivodeship_name="małopolskie", kind="gmina"
    )
    assert place_label(place, TEXTS) == "Kraków (całe miasto), miasto na prawach powiatu, woj. małopolskie"
