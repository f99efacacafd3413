"""A scenario as files: JSON that is read again, rows in words beside the codes, costs, problems, safe text."""

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from data.scenarios import ROW_COLUMNS, Change, Scenario, from_json, from_rows, to_text
from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.applied_scenario import apply_packed
from layers.export.scenario_files import (
    COLUMNS,
    SCENARIO_ADDRESS,
    SCENARIO_FORMATS,
    build_scenario_report,
    change_rows,
    scenario_file_name,
)
from layers.text import texts_of
from layers.view.page_addresses import ADDRESSES
from layers.view.view import View
from tests.support.tiny_world import service, tiny_registry

PL = texts_of("pl")
HOME, CLUB, GONE = "register:00000000000000aa", "register:00000000000000bb", "register:00000000000000ff"
COSTS = "DZI-KLS_1000_100_5.CAL-DPS_2000_200_10"
HOSTILE = '=HYPERLINK("http://evil.example","x")'
CHANGES = (
    Change(kind="close", facility=HOME),
    Change(kind="enlarge", facility=CLUB, support_form="DZI-KLS", places=30),
    Change(kind="open", support_form="DZI-KLS", gmina_code="120002", locality_key="2", places=8),
    Change(kind="open", support_form="DZI-KLS", gmina_code="120002", longitude=20.01234, latitude=50.1),
    Change(kind="start_area_service", support_form="DOM-UO", area_codes=("120001", "12"), places=60),
    Change(kind="close", facility=GONE),
)


def report(*, changes=CHANGES, title="Plan", costs=COSTS, name="Dom przy lesie", world=lambda given: given):
    given = tiny_registry(
        [
            service(1, "120001", capacity_places=40, facility_name=name),
            service(2, "120001", support_form="DZI-KLS", capacity_places=20),
        ]
    )
    known = world(replace(given, services=given.services.assign(facility_handle=[HOME, CLUB])))
    packed = to_text(Scenario(title, "CAL-DPS", "older", changes))
    view = View.from_query({"scope": "12", "costs": costs, "scenario": packed})
    return build_scenario_report(known, view, apply_packed(known, packed))


def csv_rows(told, lang="pl"):
    text = SCENARIO_FORMATS["csv"].write(told, texts_of(lang)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="," if lang == "en" else ";"))


def book_of(told, lang="pl"):
    return openpyxl.load_workbook(io.BytesIO(SCENARIO_FORMATS["xlsx"].write(told, texts_of(lang))))


def test_json_is_the_scenario():
    told = report()
    written = SCENARIO_FORMATS["json"].write(told, PL)
    assert from_json(written.decode()) == told.scenario
    assert json.loads(written)["title"] == "Plan"


def test_changes_are_told_in_words_with_costs_worked_by_hand():
    """
    Closing 40 places at 10 a year: -400. Ten more places of a club at 100: 1,000, and 50 a year. A new club of 8:
    1,000 + 800, and 40 a year; one of unknown size: 1,000 at least. Of a facility that is gone nothing is known.
    """
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in change_rows(report(), PL)]
    assert [row["kind"] for row in rows] == [
        *("zamknąć", "zmienić liczbę miejsc", "otworzyć", "otworzyć", "zacząć usługę na obszarze", "zamknąć"),
    ]
    assert rows[0]["facility_name"].startswith("Dom przy lesie")
    assert [row["build_zl"] for row in rows] == [0, 1_000, 1_800, 1_000, None, None]
    assert [row["is_build_at_least"] for row in rows] == [False, False, False, True, True, True]
    assert [row["run_zl_year"] for row in rows[:5]] == [-400, 50, 40, None, None]
    assert [row["places_after"] for row in rows[:5]] == [0, 30, 8, None, 60]
    assert rows[2]["where"] == "Wieś Druga, gmina Druga"
    assert "Druga" in rows[3]["where"]
    assert "Pierwsza" in rows[4]["where"]
    assert rows[4]["form_name"] == "Usługi opiekuńcze w miejscu zamieszkania (godziny miesięcznie)"
    assert [bool(row["problem"]) for row in rows] == [False] * 5 + [True]


def test_codes_in_csv_and_xlsx_make_the_same_scenario_again():
    told = report()
    of_csv = [{name: row[name] for name in ROW_COLUMNS} for row in csv_rows(told)]
    heads, *lines = book_of(told)["Kody zmian"].iter_rows(values_only=True)
    of_xlsx = [dict(zip(heads, line, strict=True)) for line in lines]
    for rows in (of_csv, of_xlsx):
        assert from_rows(rows, title="Plan", support_form="CAL-DPS", need_group="older") == told.scenario


def test_csv_is_a_pure_table_that_says_where_it_comes_from():
    rows = csv_rows(report())
    assert len(rows) == len(CHANGES)
    head = SCENARIO_FORMATS["csv"].write(report(), PL).decode("utf-8-sig").splitlines()[0].split(";")
    assert len(set(head)) == len(head)
    assert rows[0]["Zmiana kosztu rocznego (zł)"] == "-400"
    assert rows[3]["Zmiana kosztu rocznego (zł)"] == ""
    assert "Zmiana kosztu rocznego (zł): nie podano kosztu" in rows[3]["Czego brakuje i dlaczego"]
    for row in rows:
        assert row["Koszty jednostkowe"].startswith("podane w tym widoku")
        assert row["Stan na dzień"] == "30 czerwca 2026"
        assert row["Razem: zmiana kosztu rocznego"] == "brak danych"
        assert row["Adres widoku"].startswith(f"{SCENARIO_ADDRESS}?")
        assert (
            row["Koszt jednostkowy: Klub „Senior+” / „Aktywny Senior”: zł rocznie za 1 miejsce"]
            == "5\u00a0zł"
        )


def test_totals_leave_out_what_is_told_as_left_out():
    """A club of 8 places in a gmina that is not there would cost 1,800; the file says why it is in no number."""
    nowhere = replace(CHANGES[3], gmina_code="129999", places=8)
    told = report(changes=(CHANGES[1], nowhere))
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in change_rows(told, PL)]
    assert [row["build_zl"] for row in rows] == [1_000, 1_800]
    assert [bool(row["problem"]) for row in rows] == [False, True]
    assert (told.costs.build_zl, told.costs.run_zl_year) == (1_000, 50)
    sheet = book_of(told)["Zmiany"]
    assert sheet.cell(sheet.max_row, COLUMNS.index("build_zl") + 1).value == 1_000


def test_totals_do_not_hide_what_is_unknown():
    sheet = book_of(report())["Zmiany"]
    head = next(cell.row for cell in sheet["A"] if cell.value == "Nr")
    heads = [cell.value for cell in sheet[head]]
    total = dict(zip(heads, (cell.value for cell in sheet[sheet.max_row]), strict=True))
    assert total["Koszt jednorazowy (zł)"] == 3_800
    assert total["Koszt jednorazowy: co najmniej tyle"] == "tak"
    assert total["Zmiana kosztu rocznego (zł)"] is None
    assert total["Czego brakuje i dlaczego"].startswith("Zmiana kosztu rocznego (zł): ")
    whole = book_of(report(changes=CHANGES[:2]))["Zmiany"]
    assert whole.cell(whole.max_row, heads.index("Zmiana kosztu rocznego (zł)") + 1).value == -350


def test_without_unit_costs_nothing_is_invented():
    told = report(costs="", changes=CHANGES[1:3])
    assert [row[COLUMNS.index("build_zl")] for row in change_rows(told, PL)] == [None, None]
    assert {row["Koszty jednostkowe"] for row in csv_rows(told)} == {"nie podano"}
    sheet = book_of(told)["Zmiany"]
    assert sheet.cell(sheet.max_row, COLUMNS.index("build_zl") + 1).value is None


def test_hostile_text_is_text():
    told = report(title=HOSTILE, name=HOSTILE)
    rows = csv_rows(told)
    assert any(HOSTILE in cell for row in rows for cell in row.values())
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "@"))
            assert not cell.startswith("-") or cell[1:].isdigit()
    book = book_of(told)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert HOSTILE in {cell.value for cell in cells}
    assert scenario_file_name(told, "csv") == f"scenariusz_{told.snapshot_id}.csv"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("file_format", SCENARIO_FORMATS)
def test_every_format_is_written_in_every_language(lang, file_format):
    assert SCENARIO_FORMATS[file_format].write(report(), texts_of(lang))


def test_an_empty_scenario_is_a_file_too():
    told = report(changes=())
    assert csv_rows(told) == []
    assert book_of(told).sheetnames == ["Zmiany", "Kody zmian", "Źródła i opis"]


def test_the_address_is_that_of_the_page():
    assert ADDRESSES["scenario"] == SCENARIO_ADDRESS


def _with_known(world):
    row = {"support_form": "CAL-DPS", "unit": "month", "year": 2025, "voivodeship_code": "12"}
    row |= {"powiat_name": "Nowy", "locality_name": "Nowe", "is_first_hand": True, "name": "Dom Nowy"}
    row |= {"act": "Wykaz", "source_url": "https://a.example", "source_code": "costs-dps", "value_zl": 6000.0}
    return replace(world, known_costs=pd.DataFrame([row]))


def test_files_say_where_a_cost_is_from_and_who_pays_for_a_home():
    told = report(costs="CAL-DPS_2000_200_72000", world=_with_known)
    said = csv_rows(told)[0]
    assert said["Skąd koszt roczny: Dom pomocy społecznej"].startswith(
        "Wpisana kwota jest równa ogłoszonej: Dom Nowy"
    )
    assert "70" in said["Mieszkaniec płaci"]
    assert "2004" in said["Państwo płaci"]
    clubs = report(changes=(CHANGES[1],))
    assert "Mieszkaniec płaci" not in csv_rows(clubs)[0]
