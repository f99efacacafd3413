"""What spreadsheets and broken exports do to a register: told with its row, never shown as something else."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from data.loading.register_file import read_register_file
from data.sources.registers.profile import RegisterProfile, load_profile
from data.sources.registers.staged_register import StagedRegister
from data.store.errors import RegisterError

COLUMNS = {
    "id": "facility_key",
    "nazwa": "facility_name",
    "adres": "street_address",
    "miejscowosc": "locality_name",
    "miejsca": "capacity_places",
    "telefon": "phones",
    "godziny": "opening_hours_text",
    "obszar": "service_area_codes",
}
HEADER = list(COLUMNS)
ROW = ["K1", "Dom A", "ul. Długa 5", "Kraków", "40", "12 345 67 89", "pn-pt 8-16", "12"]


def _profile(folder: Path, *, file: str = "", form: str = "CAL-DPS") -> RegisterProfile:
    columns = "".join(
        f'[columns.{field}]\nheader = "{label}"\nrequired = {"true" if label in {"id", "nazwa"} else "false"}\n'
        for label, field in COLUMNS.items()
    )
    path = folder / "faults.toml"
    path.write_text(
        f'[register]\ncode = "faults"\nform = "{form}"\nvoivodeship = "12"\n[file]\n{file}\n{columns}',
        encoding="utf-8",
    )
    return load_profile(path)


def _csv(folder: Path, text: str, *, form: str = "CAL-DPS") -> StagedRegister:
    path = folder / "faults.csv"
    path.write_bytes(text.encode())
    return read_register_file(_profile(folder, form=form), path).staged


def _rows(*rows: list[str]) -> str:
    return "".join(";".join(row) + "\n" for row in (HEADER, *rows))


def _with(**changes: str) -> list[str]:
    return [changes.get(label, cell) for label, cell in zip(HEADER, ROW, strict=True)]


def _told(staged: StagedRegister) -> list[tuple[str, str]]:
    return [(doubt.kind, doubt.row_reference) for doubt in staged.doubts]


def test_codes_of_areas_get_their_zero_back(tmp_path):
    staged = _csv(tmp_path, _rows(_with(obszar="201, 20101"), _with(id="K2", obszar="401.0, 0401")))
    assert staged.records["service_area_codes"].tolist() == [["0201", "020101"], ["0401"]]


def test_code_that_cannot_be_is_refused_with_what_to_do(tmp_path):
    staged = _csv(tmp_path, _rows(_with(obszar="40")))
    assert staged.rejected.loc[0, "reason"] == "bad_code"
    assert "with the zero before them" in staged.rejected.loc[0, "detail"]
    assert "Format the column as text" in staged.rejected.loc[0, "detail"]


SWALLOWED = (
    ";".join(HEADER) + "\n"
    'K1;"Dom A;ul. Długa 5;Kraków;40;12 345 67 89;pn-pt 8-16;12\n'
    'K2;Dom B";ul. Długa 6;Kraków;40;12 345 67 89;pn-pt 8-16;12\n'
    "K3;Dom C;ul. Długa 7;Kraków;40;12 345 67 89;pn-pt 8-16;12\n"
)


def test_rows_that_a_quotation_mark_joined_are_each_rejected(tmp_path):
    staged = _csv(tmp_path, SWALLOWED)
    assert staged.records["facility_key"].tolist() == ["K3"]
    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [
        ["2", "swallowed_rows"],
        ["3", "swallowed_rows"],
    ]
    assert "opened in line 2 is closed in line 3" in staged.rejected.loc[0, "detail"]
    assert staged.rows_read == 3


def test_three_rows_joined_over_another_line_end_are_three(tmp_path):
    text = SWALLOWED.replace('Dom B"', "Dom B").replace("K3;Dom C;", 'K3;Dom C";').replace("\n", "\r\n")
    staged = _csv(tmp_path, text)
    assert staged.rejected["row_reference"].tolist() == ["2", "3", "4"]


def test_line_breaks_that_belong_to_a_cell_stay(tmp_path):
    rows = _rows(
        _with(adres='"ul. Długa 5\nwejście od podwórza; brama"'), _with(id="K2", godziny='"pn 8-16\nwt 8-18"')
    )
    staged = _csv(tmp_path, rows)
    assert len(staged.records) == 2
    assert staged.records.loc[0, "street_address"] == "ul. Długa 5 wejście od podwórza; brama"


def test_sentences_with_commas_over_lines_are_no_rows(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('id,nazwa,adres\nK1,"Dom A, Kraków\nul. Długa 5, parter",x\n', encoding="utf-8")
    staged = read_register_file(_profile(tmp_path), path).staged
    assert staged.records["facility_key"].tolist() == ["K1"]


def test_quotation_that_never_ends_is_an_error_naming_its_row(tmp_path):
    with pytest.raises(
        RegisterError, match=r"row 3: .*not closed in this row, or for a file that was cut off"
    ):
        _csv(tmp_path, _rows(ROW, _with(id="K2", nazwa='"Dom B')))


def test_row_with_fewer_cells_is_told(tmp_path):
    staged = _csv(tmp_path, _rows(ROW[:4], _with(id="K2")))
    assert staged.records["facility_key"].tolist() == ["K1", "K2"]
    assert _told(staged) == [("row_cut_short", "2")]
    assert staged.doubts[0].facts == {"cells": 4, "expected": 8}


@pytest.mark.parametrize("rows", [_rows(ROW, ["K2"]), _rows(ROW, _with(id="K2")[:5]).rstrip("\n")])
def test_row_without_a_required_cell_and_a_file_that_ends_in_a_row_are_rejected(tmp_path, rows):
    staged = _csv(tmp_path, rows)
    assert staged.records["facility_key"].tolist() == ["K1"]
    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [["3", "row_cut_short"]]


def test_file_without_a_last_line_end_is_whole(tmp_path):
    staged = _csv(tmp_path, _rows(ROW).rstrip("\n"))
    assert (len(staged.records), _told(staged)) == (1, [])


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("575-222-40", [("phone_doubtful", "2")]),
        ("41 230 30 72 39", [("phone_doubtful", "2")]),
        ("723 25 81", [("phone_doubtful", "2")]),
        ("+48 12 345 67 89, 112, 116 123, 19115, +380 44 123 45 67", []),
    ],
)
def test_telephone_with_a_wrong_number_of_digits_is_kept_and_told(tmp_path, cell, told):
    staged = _csv(tmp_path, _rows(_with(telefon=f'"{cell}"')))
    assert staged.records.loc[0, "phones"]
    assert _told(staged) == told


def test_telephone_in_scientific_form_is_left_out_and_told(tmp_path):
    staged = _csv(tmp_path, _rows(_with(telefon="6,01235E+08")))
    assert staged.records.loc[0, "phones"] == []
    assert _told(staged) == [("phone_left_out", "2")]
    assert staged.doubts[0].facts["column"] == "6 'telefon'"


@pytest.mark.parametrize(
    "text", ["1.000", "2.500", "1,000", "12,5", "ok. 20", "20-25", "20 + 5", "20 5", "dwadzieścia"]
)
def test_number_of_places_that_may_be_another_is_rejected(tmp_path, text):
    staged = _csv(tmp_path, _rows(_with(miejsca=text)))
    assert staged.rejected["reason"].tolist() == ["not_a_number"]


@pytest.mark.parametrize(
    ("text", "places"), [("1 000", 1000), ("1\u00a0000", 1000), ("1\u202f000", 1000), ("40,0", 40)]
)
def test_number_of_places_with_a_space_is_a_thousand(tmp_path, text, places):
    assert _csv(tmp_path, _rows(_with(miejsca=text))).records["capacity_places"].tolist() == [places]


def test_negative_number_is_absurd(tmp_path):
    assert _csv(tmp_path, _rows(_with(miejsca="-5"))).rejected["reason"].tolist() == ["absurd_number"]


@pytest.mark.parametrize(
    ("encoding", "word"),
    [("cp1250", "SpoĹ‚ecznej"), ("cp1252", "SpoÅ‚ecznej")],
)
def test_doubly_encoded_letters_are_counted(tmp_path, encoding, word):
    assert "Społecznej".encode().decode(encoding) == word
    staged = _csv(tmp_path, _rows(_with(nazwa=f"Dom Pomocy {word}"), _with(id="K2")))
    assert _told(staged) == [("letters_damaged", "")]
    assert staged.doubts[0].facts == {"rows": 1, "first_row": "2", "example": word}


@pytest.mark.parametrize("word", ["Spo\ufffdecznej", "Spo?ecznej"])
def test_lost_letters_are_told_too(tmp_path, word):
    assert _told(_csv(tmp_path, _rows(_with(nazwa=word)))) == [("letters_damaged", "")]


def test_damaged_word_of_a_protected_place_is_not_an_example(tmp_path):
    staged = _csv(tmp_path, _rows(_with(adres="ul. ĹšwiÄ™tej 5")), form="BEZ-STR")
    assert staged.doubts[0].facts == {"rows": 1, "first_row": "2"}


def test_foreign_letters_are_whole(tmp_path):
    assert _told(_csv(tmp_path, _rows(_with(nazwa="Ośrodek Müllera, Àngela Łódź? Tak")))) == []


def _xlsx(path: Path, sheets: dict[str, tuple[str, list[list[object]]]]) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "d mmm"})
        for name, (visibility, rows) in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate([HEADER, *rows]):
                for place, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(number, place, cell, day)
                    else:
                        sheet.write(number, place, cell)
            if visibility == "filtered":
                sheet.set_row(2, options={"hidden": True})
            elif visibility:
                getattr(sheet, visibility)()
        workbook.worksheets()[-1].activate()
        workbook.worksheets()[-1].set_first_sheet()
    return path


def test_cells_that_became_days_are_left_out_and_told(tmp_path):
    days = {
        "adres": dt.date(2026, 5, 7),
        "godziny": dt.date(2026, 8, 16),
        "telefon": dt.date(2026, 8, 16),
    }
    row = [days.get(label, cell) for label, cell in zip(HEADER, ROW, strict=True)]
    path = _xlsx(tmp_path / "a.xlsx", {"Dane": ("", [row])})
    staged = read_register_file(_profile(tmp_path), path).staged
    record = staged.records.loc[0]
    assert [record["street_address"], record["opening_hours_text"], record["phones"]] == [None, None, []]
    assert [doubt.facts["field"] for doubt in staged.doubts] == [
        "street_address",
        "phones",
        "opening_hours_text",
    ]
    assert {doubt.kind for doubt in staged.doubts} == {"cell_left_out"}
    assert staged.doubts[0].facts["found"] == "2026-05-07"


def test_name_and_number_that_became_days_reject_the_row(tmp_path):
    rows = [["K1", dt.date(2026, 5, 7)], ["K2", "Dom B", "", "", dt.date(2026, 8, 16)]]
    staged = read_register_file(_profile(tmp_path), _xlsx(tmp_path / "a.xlsx", {"Dane": ("", rows)})).staged
    assert staged.rejected["reason"].tolist() == ["date_in_cell", "not_a_number"]
    assert "a spreadsheet may have made it a date" in staged.rejected.loc[1, "detail"]


@pytest.mark.parametrize("text", ["16.sie", "maj.30", "2026-08-16", "16.08.2026", "46250"])
def test_days_in_a_text_file_are_left_out_too(tmp_path, text):
    staged = _csv(tmp_path, _rows(_with(godziny=text, adres=f"ul. Długa {text}" if "-" in text else text)))
    assert staged.records.loc[0, ["street_address", "opening_hours_text"]].tolist() == [None, None]
    assert len(staged.doubts) == 2


def test_streets_named_after_days_stay(tmp_path):
    assert _csv(tmp_path, _rows(_with(adres="3 Maja 1920"))).records.loc[0, "street_address"] == "3 Maja 1920"


def test_hours_may_speak_of_days(tmp_path):
    words = "od 2026-11-01 do 2027-03-31 codziennie"
    assert _csv(tmp_path, _rows(_with(godziny=words))).records.loc[0, "opening_hours_text"] == words


@pytest.mark.parametrize("how", ["hide", "very_hidden"])
def test_first_sheet_is_the_first_that_a_reader_sees(tmp_path, how):
    old, new = _with(id="OLD"), _with(id="NEW")
    path = _xlsx(tmp_path / "a.xlsx", {"Stary": (how, [old]), "Nowy": ("", [new])})
    staged = read_register_file(_profile(tmp_path), path).staged
    assert (staged.records["facility_key"].tolist(), _told(staged)) == (["NEW"], [])


def test_hidden_sheet_that_the_profile_names_is_read_and_told(tmp_path):
    path = _xlsx(tmp_path / "a.xlsx", {"Stary": ("hide", [ROW]), "Nowy": ("", [_with(id="NEW")])})
    staged = read_register_file(_profile(tmp_path, file='sheet = "Stary"'), path).staged
    assert (staged.records["facility_key"].tolist(), _told(staged)) == (["K1"], [("hidden_sheet", "")])


def test_hidden_rows_are_read_and_told(tmp_path):
    path = _xlsx(tmp_path / "a.xlsx", {"Dane": ("filtered", [ROW, _with(id="K2"), _with(id="K3")])})
    staged = read_register_file(_profile(tmp_path), path).staged
    assert len(staged.records) == 3
    assert staged.doubts[0].facts == {"sheet": "Dane", "rows": 1, "first_row": 3}
