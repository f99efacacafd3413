"""Names of private persons in free texts."""

import csv
import time

import pytest

from data.personal_names import address_names_a_person, is_named_after_a_person, names_a_person
from tests.support.folders import EXAMPLES


def shares(name: str) -> tuple[float, float]:
    """Return the share of notes with a name that are found, and that of notes without one that are held back."""
    with (EXAMPLES / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    found = {
        told: [names_a_person(row["note"]) for row in rows if row["names_person"] == told] for told in "10"
    }
    return sum(found["1"]) / len(found["1"]), sum(found["0"]) / len(found["0"])


def test_names_of_two_hundred_notes_are_found() -> None:
    recall, false_alarms = shares("notes_with_names.csv")
    assert recall >= 0.97
    assert false_alarms <= 0.03


def test_names_of_notes_written_later_are_found() -> None:
    recall, false_alarms = shares("notes_with_names_later.csv")
    assert recall >= 0.96
    assert false_alarms <= 0.04


@pytest.mark.parametrize(
    "text",
    [
        "kontakt: Jan Kowalski",
        "Kowalski Jan",
        "Anna Nowak-Wiśniewska, pokój 3",
        "u pani Anny Nowak-Wiśniewskiej",
        "Janowi Kowalskiemu",
        "JAN KOWALSKI",
        "J. Kowalski",
        "Kowalski J.",
        "dyrektor Małgorzata Żak",
        "Żaneta Ś. i Ewa Lis",
        "pani Basia",
        "pytać Basię",
        "dr Nowak",
        "p. Kowalska",
        "s. Benigna",
        "Switłana Petrenko",
        "Оксана Петренко",
        "jan.kowalski (at) dom.example",
    ],
)
def test_contact_person_is_found(text) -> None:
    assert names_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "dom im. Jana Kowalskiego",
        "ul. Jan Matejko 3",
        "ul. Jana Pawła II",
        "os. Tadeusza Kościuszki",
        "Plac Adama Mickiewicza",
        "parafia św. Anna Samotrzecia",
        "Dom św. Brata Alberta",
        "Fundacja im. Królowej Jadwigi",
        "Fundacja Anny Dymnej „Mimo Wszystko”",
        "Caritas Archidiecezji Krakowskiej",
        "„Jan Paweł” – schronisko",
        "marzec, maj; Maria",
        "Jadwigów, Nowa Wola",
        "Stary Młyn",
        "Starosta Bocheński",
        "вул. Лесі Українки",
    ],
)
def test_patrons_streets_and_places_are_not(text) -> None:
    assert not names_a_person(text)


@pytest.mark.parametrize(
    ("name", "is_persons"),
    [
        ("Rodzinny Dom Pomocy Jan Kowalski", True),
        ("Anna Nowak Dom Seniora", True),
        ("Środowiskowy Dom Samopomocy im. Prof. Jana Władysława Piltza", False),
        ("Fundacja Anny Dymnej", False),
        ("Dom Pomocy Społecznej", False),
    ],
)
def test_facility_named_after_its_owner_is_told_from_one_with_a_patron(name, is_persons) -> None:
    assert is_named_after_a_person(name) is is_persons


@pytest.mark.parametrize(
    ("address", "is_persons"),
    [
        ("https://www.facebook.com/jan.kowalski.7", True),
        ("https://dom.example/pracownicy/anna-nowak", True),
        ("https://dom.example/dps-jana-pawla-ii", False),
        ("https://jan.kowalski.example/kontakt", False),
        (None, False),
    ],
)
def test_page_of_a_person_is_found(address, is_persons) -> None:
    assert address_names_a_person(address) is is_persons


def test_notes_of_a_large_register_are_searched_in_seconds() -> None:
    texts = [f"Przyjęcia od poniedziałku do piątku, wejście od ul. Jana Pawła II {n}" for n in range(5000)]
    start = time.perf_counter()
    assert not any(map(names_a_person, texts))
    assert time.perf_counter() - start < 5  # 0.5 s here; a load has some thousands of different texts
