import csv
import io
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

from layers.answers.measures.sources import SourceNote
from layers.export.table_book import table_xlsx
from layers.export.table_rows import table_rows
from layers.export.tables import table_csv, table_description
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from tests.golden.world import CODES, world_table
from tests.support.folders import GOLDEN

pytestmark = pytest.mark.usefixtures("every_form_is_near")

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "</t><script>",
    'a;b"c\nd\x00',
)


def exported(write, lang="pl", **changes):
    table = world_table(**changes)
    return write(table, build_caption(table, texts_of(lang)))


def csv_rows(lang="pl", **changes):
    text = exported(table_csv, lang, **changes).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter="," if lang == "en" else ";")
    return sorted(rows, key=lambda row: next(iter(row.values())))


def sheets(lang="pl", **changes):
    return openpyxl.load_workbook(io.BytesIO(exported(table_xlsx, lang, **changes)))


def table_sheet(lang="pl", **changes):
    return sheets(lang, **changes).worksheets[1]


def hostile_rows():
    table = world_table()
    names = [HOSTILE[0], HOSTILE[4], HOSTILE[6], HOSTILE[7]]
    return table.rows.assign(name=names, powiat_name=[*HOSTILE[1:4], HOSTILE[5]])


def test_csv_is_the_golden_file():
    golden = (GOLDEN / "table_pl.csv").read_bytes()
    assert exported(table_csv).replace(b"\r\n", b"\n") == golden.replace(b"\r\n", b"\n")


def test_csv_is_read_by_pandas_as_it_is():
    frame = pd.read_csv(
        io.BytesIO(exported(table_csv)),
        sep=";",
        decimal=",",
        dtype={"Kod TERYT": str},
    )
    assert list(frame["Nazwa"]) == ["Ćmielów", "Jasło", "Łąkowo", "Żabno"], "an incomplete list is no ranking"
    frame = frame.sort_values("Kod TERYT")
    assert list(frame["Kod TERYT"]) == list(CODES)
    assert frame["Liczba miejsc na 1000 osób"].tolist()[1:] == [0.0, 4.0, 12.0]
    assert frame["Liczba miejsc na 1000 osób"].isna().tolist() == [True, False, False, False]


def test_english_csv_has_commas_and_points():
    rows = csv_rows("en")
    assert rows[3]["Number of places per 1,000 people"] == "12.0"
    assert rows[0]["Facilities"] == ""


def test_csv_tells_no_data_from_zero():
    no_data, zero = csv_rows()[:2]
    for column in ("Liczba placówek", "Liczba miejsc", "Liczba miejsc na 1000 osób"):
        assert no_data[column] == ""
        assert float(zero[column].replace(",", ".")) == 0
    assert no_data["Klasa na mapie"] == "brak danych"
    assert no_data["Zastrzeżenia do liczb"] == (
        "Liczba placówek, Liczba miejsc, Liczba miejsc na 1000 osób: brak danych "
        "(nie mamy pełnego rejestru tej formy na tym obszarze)"
    )
    assert zero["Klasa na mapie"] == "0 – nie ma miejsc"


def test_every_row_of_csv_names_its_state_and_warns_of_invented_data():
    for row in csv_rows(is_invented=True):
        assert row["Identyfikator stanu"] == "0123456789ab"
        assert "ZMYŚLONE" in row["Ostrzeżenie"]
    assert "Ostrzeżenie" not in csv_rows()[0]
    longest = max(len(line) for line in exported(table_csv).decode().splitlines())
    assert longest < 300, "licences of 2 kB stood in each row"


def test_the_description_beside_csv_says_where_everything_comes_from():
    text = exported(table_description, is_invented=True).decode("utf-8-sig")
    lines = text.split("\r\n")
    assert "DANE ZMYŚLONE" in lines[0]
    assert "Identyfikator stanu: 0123456789ab" in lines
    assert any(
        line.startswith("Tytuł: Dom pomocy społecznej – osoby starsze: w 1 gminie na 2") for line in lines
    )
    # Whoever quotes a number of people has to see whether anybody counted them.
    assert "Liczba osób z grupy (stan na 31 grudnia 2020): " in text
    assert "CC BY 4.0" in text
    heads = next(line for line in lines if line.startswith("Kolumny tabeli: ")).partition(": ")[2].split("; ")
    assert heads == [name for name in csv_rows(is_invented=True)[0] if name != "Ostrzeżenie"]
    for said in ("≥", "≤", "≈", "„.”"):
        assert said in text, said


def test_hostile_text_stays_one_line_of_the_description():
    source = SourceNote(*HOSTILE[:1], *HOSTILE[:4], None, HOSTILE[0])
    text = exported(table_description, sources=(source,)).decode("utf-8-sig")
    assert text.count("\n") == text.count("\r\n")
    assert not set(text) & {"\t", "\x00"}


def test_the_sign_says_how_far_the_number_is_to_be_believed():
    rows = csv_rows()
    assert [row["Znak"] for row in rows] == [".", "", "", "≥"]
    table = world_table()
    codes = ["most", "unsure", "", "least"]
    bounds = table.bounds.reindex(columns=table.rows.columns, fill_value="").assign(
        places_per_1000=codes, value=codes
    )
    assert [row["Znak"] for row in csv_rows(bounds=bounds)] == [".", "≈", "", "≥"]


def test_lower_bounds_are_told_of_every_column():
    rows = csv_rows()
    assert rows[1]["Zastrzeżenia do liczb"] == ""
    assert "Liczba placówek: co najmniej 2; Liczba miejsc: co najmniej 24" in rows[3]["Zastrzeżenia do liczb"]


def test_shares_are_in_per_cent_and_never_rounded_up_to_all():
    view = View(scope="12", indicator="coverage_share")
    rows = csv_rows(view=view)
    column = next(name for name in rows[0] if name.startswith("Osoby z placówką w odległości do 15"))
    assert [row[column] for row in rows] == ["", "0", "25,0", "99,6"]


def test_hostile_text_is_text_in_csv():
    rows = csv_rows(rows=hostile_rows())
    assert len(rows) == 4
    for row in rows:
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@"))
            assert not set(cell) & {"\t", "\r", "\n", "\x00"}
    assert rows[0]["Nazwa"] == '\'=HYPERLINK("http://evil.example","x")'
    assert rows[3]["Nazwa"] == 'a;b"c d'


def test_hostile_text_is_text_in_xlsx():
    source = SourceNote(*HOSTILE[:1], *HOSTILE[:4], None, HOSTILE[0])
    book = sheets(rows=hostile_rows(), sources=(source,))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if cell.hyperlink]
    assert HOSTILE[0] in {cell.value for cell in cells}


def test_xlsx_has_the_same_numbers_as_the_table():
    sheet = table_sheet()
    heads = [cell.value for cell in sheet[1]]
    table = world_table()
    column = heads.index("Liczba miejsc na 1000 osób") + 1
    shown = {sheet.cell(row, 1).value: sheet.cell(row, column).value for row in range(2, 6)}
    assert [shown[code] for code in CODES] == [None, *table.rows["places_per_1000"].iloc[1:]]
    assert {sheet.cell(row, 1).data_type for row in range(2, 6)} == {"s"}
    assert sheet.cell(2, column).number_format == "#,##0.0;-#,##0.0;0"


def test_a_little_is_no_zero_and_nearly_all_is_not_all_in_any_file():
    view = View(scope="12", indicator="coverage_share")
    table = world_table()
    shares = pd.array([0.0004, 0.0, 0.2496, 0.9996], dtype="Float64")
    rows = table.rows.assign(coverage_share=shares, value=shares.astype(float))
    told = csv_rows(view=view, rows=rows)
    column = next(name for name in told[0] if name.startswith("Osoby z placówką w odległości do 15"))
    assert [row[column] for row in told] == ["0,04", "0", "25,0", "99,96"]
    sheet = table_sheet(view=view, rows=rows)
    place = [cell.value for cell in sheet[1]].index(column) + 1
    formats = {sheet.cell(row, 1).value: sheet.cell(row, place).number_format for row in range(2, 6)}
    usual = "[=0]0%;[=1]0%;0.0%"
    assert [formats[code] for code in CODES] == ["0.00%", usual, usual, "0.00%"]


def test_a_little_change_is_no_zero_in_any_file():
    view = View(scope="12", indicator="people")
    changes = pd.array([-0.016, 0.0, -0.0, 32.98], dtype="Float64")
    rows = world_table().rows.assign(people=5, people_growth_2030=changes, value=5.0)
    sure = pd.DataFrame("", index=rows.index, columns=[*world_table().bounds, "people", "people_growth_2030"])
    told = csv_rows(view=view, rows=rows, bounds=sure)
    column = next(name for name in told[0] if "2030" in name)
    assert [row[column] for row in told] == ["-0,02", "0", "0", "33,0"]
    sheet = table_sheet(view=view, rows=rows, bounds=sure)
    place = [cell.value for cell in sheet[1]].index(column) + 1
    formats = {sheet.cell(row, 1).value: sheet.cell(row, place).number_format for row in range(2, 6)}
    usual = "+#,##0.0;-#,##0.0;0"
    assert [formats[code] for code in CODES] == ["+0.00;-0.00", usual, usual, usual]


def test_xlsx_head_is_frozen_and_columns_are_wide_enough_to_read():
    sheet = table_sheet()
    assert sheet.freeze_panes == "C2"
    for position in range(1, sheet.max_column + 1):
        assert sheet.column_dimensions[get_column_letter(position)].width >= 5
    assert sheet.auto_filter.ref == "A1:K5"


def test_the_last_row_adds_up_what_can_be_added():
    sheet = table_sheet()
    heads = [cell.value for cell in sheet[1]]
    total = dict(zip(heads, [cell.value for cell in sheet[6]], strict=True))
    rows = world_table().rows
    assert total["Nazwa"] == "Razem"
    assert total["Liczba osób z grupy"] == rows["demand_persons"].sum()
    assert total["Liczba placówek"] == rows["facilities_count"].sum() == 3
    assert total["Liczba miejsc"] == 26
    assert total["Liczba miejsc na 1000 osób"] is None
    # One area has no list, another an incomplete one.
    assert "Liczba placówek: co najmniej 3; Liczba miejsc: co najmniej 26" in total["Zastrzeżenia do liczb"]
    assert "Udziałów, liczb na 1000 osób" in total["Zastrzeżenia do liczb"]
    # It is no row to be sorted or filtered away.
    assert sheet.auto_filter.ref == "A1:K5"
    assert len(csv_rows()) == 4, "CSV is a pure table"


def test_a_printed_page_is_never_smaller_than_it_can_be_read():
    few = table_sheet()
    # One page wide is what a file says by saying nothing.
    assert (few.page_setup.fitToWidth, few.page_setup.fitToHeight) == (None, 0)
    assert few.print_title_cols == "$A:$B"
    table = world_table()
    absent = [column for column in table.view.what.figures if column not in table.rows]
    rows = table.rows.assign(**{column: pd.array([1.0] * 4, dtype="Float64") for column in absent})
    bounds = table.bounds.reindex(columns=rows.columns, fill_value="")
    wide = table_sheet(rows=rows, bounds=bounds)
    letters = sum(
        wide.column_dimensions[get_column_letter(position)].width
        for position in range(1, wide.max_column + 1)
    )
    assert wide.page_setup.fitToWidth >= 2
    # A4 has room for some 132 letters of 11 points; 8 points are read without glasses for distance.
    assert 132 / (letters / wide.page_setup.fitToWidth) > 8 / 11


def test_first_sheet_says_where_everything_comes_from():
    book = sheets()
    assert book.sheetnames == ["O tabeli", "Tabela"]
    words = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    for needed in (
        "Dom pomocy społecznej – osoby starsze: w 1 gminie na 2 objęte pełnym rejestrem",
        "30 czerwca 2026",
        "0123456789ab",
        "?scope=12&lang=pl",
        "The Unlicense",
        "Granice: PRG",
        "To nie jest zero",
        "https://example.invalid/dps",
    ):
        assert needed in words


def test_invented_data_are_said_on_both_sheets_and_the_table_moves_down():
    book = sheets(is_invented=True)
    for sheet in book:
        assert "DANE ZMYŚLONE" in sheet.cell(1, 1).value
    assert book.worksheets[1].cell(2, 1).value == "Kod TERYT"
    assert book.worksheets[1].freeze_panes == "C3"


@pytest.mark.parametrize("write", [table_csv, table_description, table_xlsx])
def test_same_input_gives_same_bytes_whatever_the_order_of_rows(write):
    table = world_table()
    turned = replace(table, rows=table.rows.iloc[::-1])
    assert exported(write) == exported(write)
    assert write(turned, build_caption(turned, texts_of("pl"))) == exported(write)


def test_undated_table_can_be_written():
    assert sheets(as_of=None).properties.created.year == 2000


def test_table_rows_leave_missing_numbers_missing():
    table = world_table()
    rows = table_rows(table, build_caption(table, texts_of("pl")))
    # By name, since the list is not complete.
    assert rows["facilities_count"].isna().tolist() == [False, False, True, False]
    assert list(rows["class_label"]) == ["10,0 i więcej", ">0–4,9", "brak danych", "0 – nie ma miejsc"]


@pytest.mark.parametrize(("bound", "shown"), [("least", 2.2), ("most", 2.3), ("unsure", 2.25), ("", 2.25)])
def test_no_file_says_at_least_more_or_at_most_less_than_is_known(bound, shown):
    table = world_table()
    rates = pd.array([2.25, 2.25, 2.25, 2.25], dtype="Float64")
    rows = table.rows.assign(places_per_1000=rates, value=rates.astype(float))
    bounds = table.bounds.reindex(columns=rows.columns, fill_value="").assign(
        places_per_1000=bound, value=bound
    )
    sheet = table_sheet(rows=rows, bounds=bounds)
    column = [cell.value for cell in sheet[1]].index("Liczba miejsc na 1000 osób") + 1
    assert [sheet.cell(row, column).value for row in range(2, 6)] == [shown] * 4
    written = {"least": "2,2"}.get(bound, "2,3")
    told = csv_rows(rows=rows, bounds=bounds)
    assert [row["Liczba miejsc na 1000 osób"] for row in told] == [written] * 4


@pytest.mark.parametrize(
    ("bound", "shown"), [("least", None), ("unsure", None), ("most", 0), ("", 0)], ids=str
)
def test_at_least_none_is_no_zero_in_any_file(bound, shown):
    """A page says "nie wiemy, ile" there (places missing in powiat żniński), and so do the remarks."""
    table = world_table()
    rows = table.rows.assign(capacity_places=pd.array([0, 0, 0, 0], dtype="Int64"))
    bounds = table.bounds.assign(capacity_places=bound)
    sheet = table_sheet(rows=rows, bounds=bounds)
    column = [cell.value for cell in sheet[1]].index("Liczba miejsc") + 1
    assert [sheet.cell(row, column).value for row in range(2, 6)] == [shown] * 4
    told = csv_rows(rows=rows, bounds=bounds)
    assert [row["Liczba miejsc"] for row in told] == ["" if shown is None else "0"] * 4
    assert all(("nie wiemy, ile" in row["Zastrzeżenia do liczb"]) == (shown is None) for row in told)


def test_namesakes_of_one_powiat_have_the_kind_of_gmina_in_every_file():
    rows = world_table().rows
    rows = rows.assign(
        name=["Bochnia", "Bochnia", *rows["name"].iloc[2:]],
        powiat_name="bocheński",
        kind=["urban", "rural", "rural", "rural"],
    )
    written = {row["Nazwa"] for row in csv_rows(rows=rows)}
    assert {"Bochnia (miejska)", "Bochnia (wiejska)"} <= written
    assert "Bochnia" not in written
    names = {cell.value for cell in table_sheet(rows=rows)["B"]}
    assert {"Bochnia (miejska)", "Bochnia (wiejska)"} <= names
