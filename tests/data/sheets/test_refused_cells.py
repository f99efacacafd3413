"""What a sheet says of cells that cannot be taken, and of forms that are not shown by default: what to do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine

from data.sheets.columns import ABOUT, columns_of
from data.sheets.reading import SheetError
from data.store.own_sheets import SheetOf
from tests.support.filled_sheets import HOMES, MAKIETOWO, Book, load, shown, template

MEALS, STREET, FLATS = SheetOf("ZYW-DOW", "98"), SheetOf("BEZ-STR", "98"), SheetOf("MIE-WSP", "98")
ZMYSLIN = "Zmyślin (986101)"


def filled(engine: Engine, folder: Path, sheet: SheetOf, **values) -> Path:
    book = Book(template(engine, folder, sheet))
    heads = {column.name: column.head for column in columns_of(sheet.support_form)}
    line = book.sheet.max_row + 1
    for name, value in {"facility_name": "Dopisana usługa", **values}.items():
        book.sheet.cell(line, book.column[heads[name]]).value = value
    return book.save()


def refused(engine: Engine, region: Path, path: Path) -> str:
    with pytest.raises(SheetError) as caught:
        load(engine, region, path)
    return str(caught.value)


@pytest.mark.loaded
@pytest.mark.parametrize("sheet", [MEALS, STREET], ids=["public", "hidden"])
def test_areas_served_are_taken_as_the_column_of_the_gmina_wants_them(
    engine: Engine, region: Path, tmp_path: Path, sheet
) -> None:
    areas = f"{ZMYSLIN}, 9801; Makietowo ( 980103 )"
    done, _ = load(engine, region, filled(engine, tmp_path, sheet, service_area_codes=areas))
    assert len(done.changes.added) == 1
    if sheet is MEALS:
        assert len(shown(engine, "Dopisana usługa")) == 1
        book = Book(template(engine, tmp_path, MEALS))
        served = book.sheet.cell(2, book.column["Obsługiwane obszary"]).value
        assert served.split(", ") == ["986101", "9801", "980103"]


@pytest.mark.loaded
@pytest.mark.parametrize("sheet", [MEALS, STREET], ids=["public", "hidden"])
def test_words_that_are_no_code_are_told_with_column_and_right_advice(
    engine: Engine, region: Path, tmp_path: Path, sheet
) -> None:
    path = filled(engine, tmp_path, sheet, stated_gmina_code=ZMYSLIN, service_area_codes="Zmyślin")
    told = refused(engine, region, path)
    (line,) = [line for line in told.splitlines() if "not_a_code" in line]
    assert "'Obsługiwane obszary'" in line
    assert "Write codes alone, in digits" in line
    assert "Format the column" not in line
    assert ("'Zmyślin'" in line) == (sheet is MEALS)


@pytest.mark.loaded
def test_a_telephone_that_is_none_is_told_with_what_to_do(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, phones="123")
    told = refused(engine, region, book.save())
    assert "column H 'Telefony': '123'. This is no whole telephone number. Write all 9 digits" in told


@pytest.mark.loaded
def test_a_telephone_of_a_form_that_is_not_public_is_told_without_its_digits(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    told = refused(engine, region, filled(engine, tmp_path, STREET, phones="12345 i 4321"))
    assert (
        "'Telefony': the value is not told, because the form is protected. This is no whole telephone" in told
    )
    assert "4321" not in told


@pytest.mark.loaded
def test_a_gmina_outside_of_the_area_is_told_with_all_other_cells(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, capacity_places="dużo", stated_gmina_code="Kraków (126101)")
    book.add(facility_name="Dom nowy", stated_gmina_code="Wrocław (026401)")
    told = refused(engine, region, book.save())
    assert "of a row the first that stops its reading: 3." in told
    assert "'dużo', expected a whole number" in told
    for gmina, area in (("Kraków (126101)", "1261"), ("Wrocław (026401)", "0264")):
        (line,) = [line for line in told.splitlines() if gmina in line]
        assert (
            f"outside_of_area: column 'Gmina': {gmina!r}, expected a gmina in the area of this sheet (98)"
            in line
        )
        assert f"python -m data template CAL-DPS --area {area} OUT.xlsx" in line


@pytest.mark.loaded
def test_a_day_that_has_not_come_is_told_with_what_to_do(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=2)
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, vacancies_on=tomorrow.isoformat())
    told = refused(engine, region, book.save())
    assert (
        f"future_day: column 'Wolne miejsca z dnia': {tomorrow}, expected a day that has come. Write the day"
        in told
    )


@pytest.mark.loaded
@pytest.mark.parametrize(
    ("sheet", "in_notes", "on_terminal"),
    [
        (STREET, "nie będzie ani na mapie, ani na liście, ani w liczbach", "neither shown nor counted"),
        (FLATS, "będzie widoczna z gminą i telefonem, bez adresu", "shown by gmina and telephone alone"),
        (MEALS, "", ""),
        (HOMES, "", ""),
    ],
    ids=["hidden", "by gmina", "without a door", "public"],
)
def test_a_form_that_is_not_shown_says_so_in_its_sheet_and_when_it_adds_a_facility(
    engine: Engine, region: Path, tmp_path: Path, sheet, in_notes, on_terminal
) -> None:
    path = filled(engine, tmp_path, sheet, stated_gmina_code=ZMYSLIN)
    about = {row[0].value: row[1].value for row in openpyxl.load_workbook(path)[ABOUT].iter_rows()}
    _, told = load(engine, region, path, is_committed=False)
    lines = [line for line in told if "is not public by default" in line]
    if not in_notes:
        assert "Co będzie widoczne" not in about
        assert lines == []
        return
    assert in_notes in about["Co będzie widoczne"]
    (line,) = lines
    assert on_terminal in line
    assert "docs/own-data.md#forms-that-are-not-shown" in line
