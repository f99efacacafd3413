"""What a person is told about a row or a header that is wrong: file, sheet, row, column, value and what to do."""

import datetime as dt

import openpyxl
import pytest
import xlsxwriter

from data.sources.cell_text import is_sane_date, latest_date, read_date
from data.sources.registers.profile import load_profile
from data.sources.registers.registers import read_register
from data.sources.tables.cells import is_formula_error
from data.store.errors import RegisterError

PROFILE = """
[register]
code = "small"
form = "CAL-DPS"
voivodeship = "12"
key = ["facility_name", "locality_name"]

[columns.facility_name]
header = "Dom"

[columns.locality_name]
header = "Miejscowość"

[columns.capacity_places]
header = "Liczba miejsc"

[columns.subtype]
header = "Typ"
required = false

[columns.verified_on]
header = "Sprawdzono"
required = false

[columns.latitude]
header = "szer."
required = false

[columns.longitude]
header = "dł."
required = false
"""
HEADER = ["Dom", "Miejscowość", "Liczba miejsc", "Typ", "Sprawdzono", "szer.", "dł."]
GOOD = ["Dom Pod Lipą", "Bochnia", 10, "A", "2026-06-30", 50.0, 20.4]


def _profile(folder, text=PROFILE):
    (folder / "small.toml").write_text(text, encoding="utf-8")
    return load_profile(folder / "small.toml")


def _read(folder, *rows, text=PROFILE, header=HEADER):
    with xlsxwriter.Workbook(folder / "small.xlsx", {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("Dane")
        for number, row in enumerate([header, *rows]):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(
                        number, column, value, workbook.add_format({"num_format": "yyyy-mm-dd"})
                    )
                else:
                    sheet.write(number, column, value)
    return read_register(_profile(folder, text), folder / "small.xlsx")


def _with(**changes):
    names = ["name", "place", "places", "kind", "checked", "latitude", "longitude"]
    return [changes.get(name, value) for name, value in zip(names, GOOD, strict=True)]


@pytest.mark.parametrize(
    ("changes", "reason", "detail"),
    [
        (
            {"places": "ok. 90"},
            "not_a_number",
            "column C 'Liczba miejsc': capacity_places: 'ok. 90', expected a whole number. Write digits only",
        ),
        (
            {"places": -5},
            "absurd_number",
            "column C 'Liczba miejsc': capacity_places: '-5', expected 0 to 5000. ",
        ),
        (
            {"places": 70000},
            "absurd_number",
            "capacity_places: '70000', expected 0 to 5000. Correct the number.",
        ),
        (
            {"places": "#REF!"},
            "formula_error",
            "column C 'Liczba miejsc': capacity_places: '#REF!', expected a value",
        ),
        ({"kind": "#NAZWA?"}, "formula_error", "column D 'Typ': subtype: '#NAZWA?'"),
        (
            {"checked": "1900-01-03"},
            "absurd_date",
            "column E 'Sprawdzono': verified_on: '1900-01-03', expected a day",
        ),
        (
            {"checked": dt.date(2099, 12, 31)},
            "absurd_date",
            "verified_on: '2099-12-31', expected a day between 1990",
        ),
        (
            {"checked": "31.02.2026"},
            "unreadable_date",
            "verified_on: '31.02.2026', expected a date. Write the date as",
        ),
        (
            {"latitude": 20.4, "longitude": 50.0},
            "swapped_coordinates",
            "column F 'szer.': latitude: '20.4', longitude: '50'; they look swapped. Exchange",
        ),
        (
            {"latitude": 52.5, "longitude": 13.4},
            "absurd_coordinate",
            "column G 'dł.': longitude: '13.4', Poland has 14",
        ),
        (
            {"latitude": 244000.5, "longitude": 567000},
            "absurd_coordinate",
            "it looks like metres of EPSG:2180",
        ),
        ({"longitude": ""}, "absurd_coordinate", "only one of latitude and longitude is given"),
        ({"name": ""}, "missing_name", "the row names no facility. Fill the name in"),
    ],
)
def test_rejected_row_says_where_what_and_what_to_do(tmp_path, changes, reason, detail):
    staged = _read(tmp_path, GOOD, _with(place="Łapanów", **changes))

    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [["Dane!3", reason]]
    assert detail in staged.rejected["detail"][0]
    assert staged.records["facility_name"].tolist() == ["Dom Pod Lipą"]
    assert staged.rows_read == 2


def test_real_failed_formula_rejects_its_row(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "small.xlsx") as workbook:
        sheet = workbook.add_worksheet("Dane")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, GOOD)
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")

    staged = read_register(_profile(tmp_path), tmp_path / "small.xlsx")

    assert staged.rejected["reason"].tolist() == ["formula_error"]
    assert "column C 'Liczba miejsc': capacity_places: '#DIV/0!'" in staged.rejected["detail"][0]


@pytest.mark.parametrize(
    "word",
    [
        "#REF!",
        "#ADR!",
        "#N/A",
        "#N/D",
        "#N/D!",
        "#ARG!",
        "#VALUE!",
        "#DIV/0!",
        "#DZIEL/0!",
        "#NAZWA?",
        "#NAME?",
        "#LICZBA!",
        "#ZERO!",
        "#ROZLANIE!",
        "#GETTING_DATA",
        "Err:502",
        "Błąd:508",
        "#######",
    ],
)
def test_words_of_failed_formulas(word):
    assert is_formula_error(f" {word} ")


@pytest.mark.parametrize("word", ["#1", "nr #5!", "Dom #REF! Pod Lipą", "", "#", "##", "Uwaga!", "N/D"])
def test_other_words_are_no_failed_formulas(word):
    assert not is_formula_error(word)


def test_markup_and_formulas_stay_plain_text(tmp_path):
    staged = _read(
        tmp_path, _with(name="=HYPERLINK(1)", kind="<b onclick=x>&amp;</b>"), _with(name="@SUM(1)")
    )

    assert staged.records["facility_name"].tolist() == ["=HYPERLINK(1)", "@SUM(1)"]
    assert staged.records["subtype"].tolist() == ["<b onclick=x>&amp;</b>", "A"]


def test_same_service_twice_is_told_with_what_differs(tmp_path):
    staged = _read(tmp_path, GOOD, GOOD, _with(places=20), _with(places=30, kind="B"))

    assert staged.records["capacity_places"].tolist() == [10, 30]
    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [
        ["Dane!3", "repeated_row"],
        ["Dane!4", "conflicting_rows"],
    ]
    repeated, conflicting = staged.rejected["detail"]
    assert (
        repeated == "'Dom Pod Lipą' (A) is said in row Dane!2 with the same words. Keep one of the two rows."
    )
    assert conflicting == (
        "'Dom Pod Lipą' (A) stands in row Dane!2 too, with other capacity_places: 20 and 10. "
        "Keep one of the two rows, or tell them apart by a kind."
    )


def test_repeated_identifier_names_the_first_row(tmp_path):
    text = PROFILE.replace('key = ["facility_name", "locality_name"]', "")
    text += "[columns.facility_key]\nheader = 'Id'\n"

    staged = _read(tmp_path, [*GOOD, "a"], [*_with(name="B"), "a"], text=text, header=[*HEADER, "Id"])

    said = "column H 'Id': facility_key: 'a' stands in row Dane!2 too. Keep one of the two rows, or give each a key"
    assert staged.rejected["detail"].tolist() == [f"{said} of its own."]


def test_renamed_header_is_told_with_the_nearest(tmp_path):
    with pytest.raises(RegisterError) as caught:
        _read(tmp_path, GOOD, header=["Dom", "Miejscowość", "Liczba miejsc ogółem", *HEADER[3:]])

    message = str(caught.value)
    assert message.startswith(
        "small.xlsx, sheet 'Dane': expected a column headed 'Liczba miejsc', found 'Dom'"
    )
    assert "The nearest is 'Liczba miejsc ogółem'. " in message
    assert "add it to `header` in [columns.capacity_places]" in message


def test_label_of_parted_letters_is_the_same_label(tmp_path):
    header = ["Dom", "Miejscowos\u0301c\u0301", *HEADER[2:]]

    assert len(_read(tmp_path, GOOD, header=header).records) == 1


def test_header_without_rows_is_an_error(tmp_path):
    with pytest.raises(
        RegisterError, match=r"small\.xlsx, sheet 'Dane': expected rows of facilities below the header"
    ):
        _read(tmp_path)


@pytest.mark.parametrize("year", [1900, 2099])
def test_register_of_an_absurd_day_is_refused(tmp_path, year):
    text = PROFILE + "[as_of]\ntitle = 'na (?P<date>[0-9.]+)'\n"
    with pytest.raises(
        RegisterError, match=rf"expected the day of the register between 1990-01-01 .* found {year}"
    ):
        _read(tmp_path, HEADER, GOOD, text=text, header=[f"Stan na 30.06.{year}"])


def test_dates_from_1990_to_a_year_ahead_are_sane():
    assert is_sane_date(dt.date(1990, 1, 1))
    assert not is_sane_date(dt.date(1989, 12, 31))
    assert is_sane_date(latest_date())
    assert not is_sane_date(latest_date() + dt.timedelta(days=1))


@pytest.mark.parametrize(
    "text", ["2026-06-30T12:30:00", "2026-06-30 00:00:00", "30-06-2026", "2026-06-30T10:00:00Z"]
)
def test_dates_with_a_time_or_dashes(text):
    assert read_date(text) == (dt.date(2026, 6, 30), "day")


def test_row_with_more_cells_than_the_header_is_refused(tmp_path):
    text = (
        "Dom,Miejscowość,Liczba miejsc\n"
        "Dom Pod Lipą,Bochnia,10\n"
        "Dom, nowy,Bochnia,12\n"
        "Dom „Klon”,Bochnia,11,,\n"
    )
    (tmp_path / "small.csv").write_text(text, encoding="utf-8")

    staged = read_register(_profile(tmp_path), tmp_path / "small.csv")

    assert staged.records["facility_name"].tolist() == ["Dom Pod Lipą", "Dom „Klon”"]
    (row,) = staged.rejected.to_dict("records")
    assert (row["row_reference"], row["reason"]) == ("3", "too_many_cells")
    assert row["detail"].startswith("4 or more cells, 3 in the header. ")
    assert "quotation marks" in row["detail"]


def test_formula_whose_value_was_never_computed_is_told(tmp_path):
    book = openpyxl.Workbook()
    for row in (HEADER, GOOD, ["Dom Pod Klonem", "Bochnia", "=5+7", "A", "2026-06-30", 50.0, 20.4]):
        book.active.append(row)
    book.save(tmp_path / "small.xlsx")

    staged = read_register(_profile(tmp_path), tmp_path / "small.xlsx")

    assert staged.records["facility_name"].tolist() == ["Dom Pod Lipą"]
    (row,) = staged.rejected.to_dict("records")
    assert row["reason"] == "formula_error"
    assert row["row_reference"] == "Sheet!3"
    assert "Liczba miejsc" in row["detail"]
