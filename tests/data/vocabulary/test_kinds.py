"""Each form has a kind of support by place and hours, and an ended programme names its successor."""

import csv
import shutil
from datetime import date

import pytest

from data.vocabulary import FOLDER, VocabularyError, kind_of, support_forms
from data.vocabulary.kinds import NO_KIND, SUPPORT_KINDS
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.programmes import programmes

HOURS = {
    "home": {"dzienna", "całodobowa"},
    "day": {"dzienna"},
    "housing": {"okresowa", "całodobowa"},
    "round_the_clock": {"całodobowa"},
    "short_stay": {"okresowa", "doraźna", "całodobowa"},
}
"""What the hours of a form (`hours_kind` of the facts about forms) may be for each kind."""


@pytest.fixture
def copied(tmp_path):
    return shutil.copytree(
        FOLDER, tmp_path / "vocabulary", ignore=shutil.ignore_patterns("*.py", "__pycache__")
    )


def test_every_form_is_of_a_kind_or_of_none():
    found = {form.kind.kind for form in support_forms().values()}
    assert found == {*SUPPORT_KINDS, NO_KIND}


def test_a_club_and_a_home_are_of_two_kinds():
    assert kind_of("DZI-KLS").kind == "day"
    assert kind_of("CAL-DPS").kind == "round_the_clock"
    assert kind_of("OPW-KRO").kind == "short_stay"
    assert kind_of("INS-OPS").kind == NO_KIND


def test_an_unsure_kind_says_why():
    unsure = {code for code, form in support_forms().items() if not form.kind.is_sure}
    assert unsure >= {"DZI-SDS", "DZI-COM", "KRY-OIK", "KRY-SOW"}
    assert all(kind_of(code).note for code in unsure)


def test_kinds_agree_with_the_hours_of_the_forms(mirror):
    with (mirror / "forms_facts.csv").open(encoding="utf-8", newline="") as file:
        hours = {row["form_code"]: set(row["hours_kind"].split(";")) for row in csv.DictReader(file)}
    strange = {
        code: hours[code]
        for code, form in support_forms().items()
        if form.kind.kind and code in hours and not hours[code] & HOURS[form.kind.kind]
    }
    assert strange == {}


def test_senior_plus_ended_and_aktywny_senior_followed():
    for form in ("DZI-DDS", "DZI-KLS"):
        told = programmes()[form]
        assert (told.name["pl"], told.valid_to) == ("Senior+", date(2025, 12, 31))
        assert (told.successor["pl"], told.successor_from.year, told.successor_to.year) == (
            "Aktywny Senior",
            2026,
            2030,
        )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_programme_is_called_as_the_names_of_its_forms_call_it(lang):
    for form, told in programmes().items():
        name = support_forms()[form].name[lang]
        assert told.name[lang] in name
        assert told.successor[lang] in name


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("programmes.csv", "2025-12-31", "", "valid_to"),
        ("programmes.csv", "2025-12-31", "2027-12-31", "valid_to"),
    ],
)
def test_a_wrong_line_is_named(copied, file, old, new, column):
    path = copied / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(VocabularyError, match=rf"{file}, line \d+, column {column}: expected"):
        programmes(copied)
