"""What may tell of a person is hidden in readers' words; on notes that were written for the rules, none is missed."""

import csv
import re

import pytest

from data.corrections.hidden_words import HIDDEN, without_person, without_personal_data
from tests.support.folders import REPOSITORY


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Dzwonić do Jana Kowalskiego 600 100 200, jan.kowalski@example.org", "Dzwonić do […]"),
        ("Kowalski dyżuruje od 8:00 do 16", "[…] dyżuruje od […] do […]"),
        ("pani Basia, PESEL 44051401359", "pani […], PESEL […]"),
        ("jan kowalski, pisać: jan (at) example.org", "[…], pisać: […]"),
        ("My name is John Smith", "My name is […]"),
        ("подзвоніть Олені Шевченко +380 67 123 45 67", "подзвоніть […]"),
        ("zob. www.facebook.com/jan.kowalski albo example.pl/k", "zob. […] albo […]"),
        ("Numer nie działa, nikt nie odbiera.", "Numer nie działa, nikt nie odbiera."),
        ("Dom Pomocy Społecznej zamknięto", "Dom Pomocy Społecznej zamknięto"),
        ("Номер не відповідає. Притулок переїхав.", "Номер не відповідає. Притулок переїхав."),
        ("", ""),
    ],
)
def test_numbers_addresses_and_names_are_hidden(text, kept):
    assert without_personal_data(text) == kept


@pytest.mark.parametrize("name", ["notes_with_names.csv", "notes_with_names_later.csv"])
def test_no_note_that_names_a_person_stays_as_it_was(name):
    lines = (REPOSITORY / "tests" / "examples" / name).read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    # Without its digits: what is hidden then is the name.
    named = [re.sub(r"\d", "", row["note"]) for row in rows if row["names_person"] == "1"]
    assert len(named) >= 50
    assert [note for note in named if HIDDEN not in without_personal_data(note)] == []


@pytest.mark.parametrize(
    ("text", "is_street", "kept"),
    [
        ("pn.-pt. 8:00-16:00, sob. 9-12", False, "pn.-pt. 8:00-16:00, sob. 9-12"),
        ("pn.-pt. 8-16, dzwonić do Jana Kowalskiego 600100200", False, "pn.-pt. 8-16, dzwonić do […]"),
        ("ul. Jana Kochanowskiego 12/3, 30-001 Kraków", True, "ul. Jana Kochanowskiego 12/3, 30-001 Kraków"),
        ("ul. Nowa 1, anna@example.org, 600-100-200", True, "ul. Nowa 1, […]"),
    ],
)
def test_a_proposal_keeps_hours_and_houses(text, is_street, kept):
    assert without_person(text, is_street=is_street) == kept
