"""Names and numbers of persons that somebody writes into a sheet are told by row and column, and kept nowhere."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.sheets.reading import FilledSheet
from data.sheets.sheet_rows import SheetRow
from data.sheets.taken_words import is_pesel, taken
from data.store.own_sheets import SheetOf
from tests.support.filled_sheets import HEADS, MAKIETOWO, Book, load, shown, template

_PERSON = "a part names a private person and is left out"
_NUMBERS = "words beside the numbers are left out: only numbers are kept"
_PESEL = "the number of a person (PESEL) is left out: none is ever kept"


@pytest.mark.parametrize(
    ("field", "written", "kept", "why"),
    [
        ("phones", "601 234 567 Jan Nowak", "601 234 567", _NUMBERS),
        ("phones", "601234567, 12 345 67 89 wew. 3", "601 234 567, 12 345 67 89 wew. 3", None),
        ("phones", "48123456789", "48123456789", None),
        ("street_address", "ul. Nowa 5 (u p. Heleny Wójcik)", "ul. Nowa 5", _PERSON),
        ("street_address", "ul. Nowa 5 u p. Heleny Wójcik", "ul. Nowa 5", _PERSON),
        ("street_address", "ul. Nowa 5 c/o Adam Górski", "ul. Nowa 5", _PERSON),
        ("street_address", "ul. Nowa 5, kier. Zofia Zielińska", "ul. Nowa 5", _PERSON),
        ("street_address", "ul. Nowa 5 – Adam Górski, parter", "ul. Nowa 5, parter", _PERSON),
        ("street_address", "ul. Jana Pawła II 7", "ul. Jana Pawła II 7", None),
        ("street_address", "ul. Adama Górskiego 3 (parter)", "ul. Adama Górskiego 3 (parter)", None),
        ("street_address", "ul. Marii Skłodowskiej - Curie 5", "ul. Marii Skłodowskiej - Curie 5", None),
        ("postal_code", "30001", "30-001", None),
        ("postal_code", "dużo", "dużo", None),
        ("locality_name", "Kraków, Adam Górski", "Kraków", _PERSON),
        ("locality_name", "Kraków, Nowa Huta", "Kraków, Nowa Huta", None),
        ("facility_name", "Klub Senior+ (kier. Zofia Zielińska)", "Klub Senior+", _PERSON),
        (
            "facility_name",
            "Klub Senior+ (im. Zofii Zielińskiej)",
            "Klub Senior+ (im. Zofii Zielińskiej)",
            None,
        ),
        ("facility_name", "Dom Opieki (Jan Kowalski)", "Dom Opieki (Jan Kowalski)", None),
        ("note", "czynne, PESEL 44051401359", "czynne, PESEL", _PESEL),
        ("note", "konto 44051401358", "konto 44051401358", None),
        ("eligibility_text", "44051401359", "", _PESEL),
    ],
)
def test_what_is_kept_of_a_cell(field: str, written: str, kept: str, why: str | None) -> None:
    texts = {**dict.fromkeys(HEADS, ""), field: written}
    filled = FilledSheet(SheetOf("CAL-DPS", "98"), (SheetRow("Placówki!2", texts),), ())
    found, told = taken(filled)
    assert found.rows[0].texts == {**texts, field: kept}
    assert told == (() if why is None else (f"Placówki!2: {HEADS[field]}: {why}",))


def test_a_cell_that_nobody_changed_is_left_alone() -> None:
    row = SheetRow("Placówki!2", {**dict.fromkeys(HEADS, ""), "key": "a:1", "phones": "12 345 (Jan Nowak)"})
    filled = FilledSheet(SheetOf("CAL-DPS", "98"), (row,), (row,))
    assert taken(filled) == (filled, ())


def test_words_alone_are_no_telephone_and_leave_what_was_known() -> None:
    before = SheetRow("Placówki!2", {**dict.fromkeys(HEADS, ""), "key": "a:1", "phones": "12 345 67 89"})
    now = SheetRow("Placówki!2", before.texts | {"phones": "pani Basia"})
    found, told = taken(FilledSheet(SheetOf("CAL-DPS", "98"), (now,), (before,)))
    assert found.rows == (before,)
    assert told == (f"Placówki!2: Telefony: {_NUMBERS}",)


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [
        ("44051401359", True),
        ("44051401358", False),
        ("02070803628", True),
        ("44991401359", False),
        ("0" * 11, False),
    ],
)
def test_a_pesel_is_a_day_and_a_digit_that_checks_it(digits: str, is_one: bool) -> None:
    assert is_pesel(digits) is is_one


@pytest.mark.loaded
def test_neither_the_plan_nor_the_file_nor_the_database_has_the_words(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    book = Book(template(engine, tmp_path))
    row = book.row(MAKIETOWO)
    book.put(
        MAKIETOWO,
        phones="601 234 567 Jan Nowak",
        street_address="ul. Nowa 5 (u p. Heleny Wójcik)",
        intake_text="PESEL 44051401359",
    )
    path = book.save()
    _, told = load(engine, region, path)
    for head, why in (("Telefony", _NUMBERS), ("Ulica i numer", _PERSON), ("Jak się zgłosić", _PESEL)):
        assert f"  left out Placówki!{row}: {head}: {why}" in told
    (kept,) = (region.parent / "own").rglob("*.csv")
    everything = "\n".join([*told, kept.read_text(encoding="utf-8")])
    assert not [word for word in ("Nowak", "Wójcik", "44051401359") if word in everything]
    (home,) = shown(engine, MAKIETOWO).values()
    assert (home["phones"], home["street_address"]) == (["601 234 567"], "ul. Nowa 5")
    assert load(engine, region, path)[0].changes.is_empty
