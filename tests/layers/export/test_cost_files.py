"""A cost diagnosis on the page and as files: the same numbers, worked by hand, and no text that becomes a formula."""

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pandas as pd
import pytest

from data.reading.registry_state import RegistryState
from data.scenarios import Change, Scenario, to_text
from data.vocabulary.languages import LANGUAGES
from layers.answers.cost_report import build_cost_report, forms_of_scenario
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.measures.stated_days import StatedDay
from layers.export.cost_files import (
    COLUMNS,
    COSTS_ADDRESS,
    costs_csv,
    costs_file_name,
    costs_xlsx,
    diagnosis_rows,
)
from layers.text import texts_of
from layers.view.page_addresses import ADDRESSES
from layers.view.view import View
from layers.words.cost_words import answer, assumptions, class_table, unknown_forms, write_change, write_zl
from tests.support.tiny_world import service, tiny_registry

PL = texts_of("pl")
HOME, CLUB = "register:00000000000000aa", "register:00000000000000bb"
COSTS = "DZI-KLS___1000.CAL-DPS___72000"
HOSTILE = '=HYPERLINK("http://evil.example","x")'


def registry(title_of_source=None):
    """A home of 40 places and a club of 20 in Pierwsza, a home of 10 in Druga; homes are listed completely in 12."""
    world = tiny_registry(
        [
            service(1, "120001", capacity_places=40, facility_name=HOSTILE),
            service(2, "120001", support_form="DZI-KLS", capacity_places=20),
            service(3, "120002", capacity_places=10, source_code="other-register"),
            service(4, "120001", support_form="REI-WTZ", need_groups=["disabled"]),
        ]
    )
    handles = {1: HOME, 2: CLUB}
    services = world.services.assign(facility_handle=[handles.get(n) for n in world.services["service_id"]])
    sources = world.sources
    if title_of_source:
        sources = sources.assign(name=title_of_source)
    return replace(world, services=services, sources=sources)


def old_registry(dated_on):
    """Give the same with the club, which no complete list has, of a row of another day."""
    world = registry()
    is_club = world.services["support_form"] == "DZI-KLS"
    return replace(
        world, services=world.services.assign(dated_on=world.services["dated_on"].mask(is_club, dated_on))
    )


def plan(*changes, title="Mniej w instytucjach"):
    changes = changes or (
        Change(kind="close", facility=HOME),
        Change(kind="enlarge", facility=CLUB, support_form="DZI-KLS", places=50),
    )
    return Scenario(title, "CAL-DPS", "older", tuple(changes))


def report(scenario=None, *, world=None, group="", costs=COSTS, chosen="120001", level="gmina", **query):
    world = world or registry()
    packed = to_text(scenario) if scenario else ""
    view = View.from_query(
        {"scope": "12", "level": level, "chosen": chosen, "costs": costs, "scenario": packed, **query}
    )
    proposed = apply_packed(world, packed) if packed else None
    label = "Pierwsza, powiat 1200, woj. małopolskie"
    return build_cost_report(world, view, area_label=label, group=group, proposed=proposed)


def csv_rows(told, lang="pl"):
    text = costs_csv(told, texts_of(lang)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="," if lang == "en" else ";"))


def book_of(told, lang="pl"):
    return openpyxl.load_workbook(io.BytesIO(costs_xlsx(told, texts_of(lang))))


def test_the_answer_is_worked_by_hand():
    """40 homes x 72,000 + 20 x 1,000 = 2,900,000; after: 50 x 1,000 = 50,000, that is 2,850,000 less."""
    assert answer(report(), PL) == (
        "Pierwsza, powiat 1200, woj. małopolskie: wsparcie kosztuje rocznie co najmniej 2\u00a0900\u00a0000\u00a0zł"
    )
    assert answer(report(plan()), PL).endswith(
        ": koszt roczny dziś: co najmniej 2\u00a0900\u00a0000\u00a0zł; po zmianach: co najmniej 50\u00a0000\u00a0zł; "
        "różnica: −2\u00a0850\u00a0000\u00a0zł"
    )


def test_costs_that_nobody_gave_are_asked_for_and_not_invented():
    told = report(costs="")
    assert "jest wsparcie w 3 formach; podaj koszty jednostkowe" in answer(told, PL)
    assert not told.has_costs
    costs = [row[COLUMNS.index("current_run_zl_year")] for row in diagnosis_rows(told, PL)]
    assert set(costs) == {None}
    # A cost of a form that is not here is no cost of this area.
    assert not report(costs="BEZ-NOC___5").has_costs


def test_an_area_without_services_says_so():
    assert "na naszych listach nie ma tu takiego wsparcia" in answer(report(chosen="240001", scope="24"), PL)


def test_tables_have_proposed_columns_only_with_a_scenario():
    table = class_table(report(), "institutional", PL)
    assert list(table.columns) == ["Forma wsparcia", "Placówki lub usługi", "Miejsca", "Koszt roczny"]
    assert table.iloc[0].to_list() == ["Dom pomocy społecznej", "1", "40", "2\u00a0880\u00a0000\u00a0zł"]
    table = class_table(report(plan()), "institutional", PL)
    assert table.iloc[0].to_list() == [
        *("Dom pomocy społecznej", "1", "0", "40", "0"),
        # Where no home is left, those who lived in it live in one elsewhere, and the gmina pays (art. 61).
        *("2\u00a0880\u00a0000\u00a0zł", "brak danych", "−2\u00a0880\u00a0000\u00a0zł"),
    ]
    assert table["Forma wsparcia"].iloc[-1] == "Razem"


def test_incomplete_lists_are_at_least_and_unknown_places_no_data():
    table = class_table(report(), "community", PL).set_index("Forma wsparcia")
    assert table.loc["Klub „Senior+” / „Aktywny Senior”"].to_list() == [
        "co najmniej 1",
        "co najmniej 20",
        "co najmniej 20\u00a0000\u00a0zł",
    ]
    assert table.loc["Warsztat terapii zajęciowej"].to_list() == [
        "co najmniej 1",
        "brak danych",
        "brak danych",
    ]
    assert class_table(report(), "conditional", PL).empty
    assert "dzienny dom pomocy" in unknown_forms(report(), PL)


@pytest.mark.parametrize("dated_on", [date(2015, 11, 1), None])
def test_a_row_of_an_old_list_makes_no_least(dated_on):
    """A club of a list of 2015, or of no day, may be gone: its 20 places and 20,000 zł are "uncertain", and the sum."""
    told = report(world=old_registry(dated_on))
    table = class_table(told, "community", PL).set_index("Forma wsparcia")
    assert table.loc["Klub „Senior+” / „Aktywny Senior”"].to_list() == [
        "1 (niepewne)",
        "20 (niepewne)",
        "20\u00a0000\u00a0zł (niepewne)",
    ]
    # The complete list of homes is of its own day.
    assert class_table(told, "institutional", PL).iloc[0, 1] == "1"
    assert answer(told, PL).endswith("kosztuje rocznie 2\u00a0900\u00a0000\u00a0zł (niepewne)")
    assert PL.t("costs.note_unsure") in assumptions(told, PL)
    assert PL.t("costs.note_unsure") not in assumptions(report(), PL)
    row = next(row for row in csv_rows(told) if row["Kod formy"] == "DZI-KLS")
    assert (row["Koszt dziś: co najmniej tyle"], row["Koszt dziś: niepewny"]) == ("nie", "tak")
    assert row["W tym dziś z dawnych list lub bez daty: mogło zniknąć"] == "tak"
    assert "dom pomocy społecznej" not in unknown_forms(report(), PL)


def test_a_group_has_its_own_forms_and_services():
    assert report(group="older").listed_forms == ("DZI-KLS", "CAL-DPS")
    assert "REI-WTZ" in report(group="disabled").listed_forms
    assert "DZI-KLS" not in report(group="homeless").diagnosis.forms.index


def test_a_complete_list_that_is_contradicted_proves_nothing():
    world = registry()
    doubtful = world.register_coverage.assign(except_area_codes=[["120003"]])
    world = replace(world, register_coverage=doubtful)
    assert report(world=world).diagnosis.forms.loc["CAL-DPS", "is_complete"]
    assert not report(world=world, chosen="1200", level="powiat").diagnosis.forms.loc[
        "CAL-DPS", "is_complete"
    ]


def test_sources_are_those_of_the_area_and_of_the_lists_that_claim_it():
    assert {note.code for note in report().sources} == {"boundaries", "register"}
    of_powiat = report(chosen="1200", level="powiat")
    assert {note.code for note in of_powiat.sources} == {"boundaries", "register", "other-register"}
    assert of_powiat.days.newest == StatedDay(date(2026, 6, 30))


def test_the_snapshot_id_changes_with_what_the_numbers_depend_on():
    told = [
        report(),
        report(costs="CAL-DPS___1"),
        report(plan()),
        report(chosen="120002"),
        report(group="older"),
    ]
    assert len({one.snapshot_id for one in told}) == 5
    assert report().snapshot_id == report(lang="en").snapshot_id


def test_notes_say_what_is_left_out():
    notes = " ".join(assumptions(report(plan()), PL))
    assert "podany w tym widoku" in notes
    assert "Kosztów, których nikt nie podał, nie zgadujemy" in notes
    assert "1 forma jest na listach, ale jej kosztu nie znamy w całości" in notes
    gone = plan(Change(kind="close", facility="register:00000000000000ff"))
    assert "1 zmiana scenariusza nie pasuje do dzisiejszych danych" in " ".join(assumptions(report(gone), PL))


def test_no_home_here_costs_a_gmina_something_elsewhere():
    """A complete list names no care home here: the people live in homes elsewhere, so it is no 0 zł."""
    world = registry()
    services = world.services[world.services["support_form"] != "CAL-DPS"]
    told = report(world=replace(world, services=services))
    home = told.diagnosis.forms.loc["CAL-DPS"]
    assert (home["current_facilities_count"], home["current_is_run_at_least"]) == (0, True)
    assert pd.isna(home["current_run_zl_year"])
    table = class_table(told, "institutional", PL).set_index("Forma wsparcia")
    assert table.loc["Dom pomocy społecznej"].to_list() == ["0", "0", "brak danych"]
    assert any("art. 61 ustawy o pomocy społecznej" in note for note in assumptions(told, PL))
    assert not any("art. 61" in note for note in assumptions(report(), PL))


def test_nothing_for_a_form_that_is_not_here_is_said_to_be_no_facility():
    """A complete list names no day home here: 0 zł is no facility, and not all that residents elsewhere cost."""
    world = registry()
    claims = tiny_registry([], claims=(("CAL-DPS", "12"), ("DZI-DDS", "12"))).register_coverage
    told = report(world=replace(world, register_coverage=claims), costs=f"{COSTS}.DZI-DDS___1000")
    table = class_table(told, "community", PL).set_index("Forma wsparcia")
    day_home = "Dzienny dom „Senior+” / „Aktywny Senior”"
    assert table.loc[day_home].to_list() == ["0", "0", "0\u00a0zł – nie ma tu placówki"]
    (note,) = [note for note in assumptions(told, PL) if "nie ma tu placówki" in note]
    assert "może płacić za swoich mieszkańców w placówkach innych gmin" in note
    (row,) = [row for row in diagnosis_rows(told, PL) if "DZI-DDS" in row]
    assert "nie ma tu placówki, stąd 0 zł" in str(row[COLUMNS.index("remarks")])
    assert not any("nie ma tu placówki" in note for note in assumptions(report(), PL))


def test_an_ended_programme_is_told():
    (note,) = [note for note in assumptions(report(), PL) if "Program" in note]
    assert note == (
        "Program „Senior+” trwał do 31 grudnia 2025. Jego następcą jest program „Aktywny Senior” na lata 2026–2030. "
        "Placówki mogą działać dalej."
    )


def test_amounts_in_words():
    assert write_zl(1_234_567, PL) == "1\u00a0234\u00a0567\u00a0zł"
    assert write_zl(0, PL) == "0\u00a0zł"
    assert write_zl(0, PL, bound="least") == "brak danych"
    assert write_zl(None, PL) == "brak danych"
    assert [write_change(value, PL) for value in (5, 0, -5, None)] == [
        "+5\u00a0zł",
        "0\u00a0zł",
        "−5\u00a0zł",
        "brak danych",
    ]


def test_forms_of_a_scenario_are_those_whose_costs_it_depends_on():
    services = registry().services
    assert forms_of_scenario(plan(), services) == ("DZI-KLS", "CAL-DPS")
    moved = plan(Change(kind="move", facility=CLUB, gmina_code="120002", locality_key="2"))
    assert forms_of_scenario(moved, services) == ("DZI-KLS",)


def test_csv_has_every_form_the_sums_and_where_each_row_comes_from():
    told = report(plan())
    head = costs_csv(told, PL).decode("utf-8-sig").splitlines()[0].split(";")
    assert len(set(head)) == len(head)
    rows = csv_rows(told)
    forms = [row for row in rows if row["Wiersz"] == "forma"]
    assert len(forms) == len(told.diagnosis.forms)
    assert [row["Wiersz"] for row in rows[len(forms) :]] == ["razem w rodzaju wsparcia"] * 3 + ["razem"]
    home = next(row for row in rows if row["Kod formy"] == "CAL-DPS")
    assert home["Koszt roczny dziś (zł)"] == "2880000"
    assert home["Koszt roczny po zmianach (zł)"] == ""
    assert "gmina płaci też za mieszkańców w placówkach gdzie indziej" in home["Czego brakuje i dlaczego"]
    assert home["Różnica kosztu rocznego (zł)"] == "-2880000"
    assert home["Koszt jednostkowy (zł rocznie)"] == "72000"
    assert home["Lista jest pełna"] == "tak"
    unknown = next(row for row in rows if row["Kod formy"] == "BEZ-NOC")
    assert unknown["Placówki lub usługi dziś"] == unknown["Koszt roczny dziś (zł)"] == ""
    assert unknown["Czego brakuje i dlaczego"] == (
        "listy tu nic nie wymieniają i nie są pełne; nie podano kosztu jednostkowego"
    )
    assert rows[-1]["Koszt roczny dziś (zł)"] == "2900000"
    assert rows[-1]["Koszt dziś: co najmniej tyle"] == "tak"
    for row in rows:
        assert row["Stan na dzień"] == "30 czerwca 2026"
        assert row["Scenariusz"] == "Mniej w instytucjach"
        assert row["Koszty jednostkowe"].startswith("podane w tym widoku")
        assert row["Identyfikator stanu"] == told.snapshot_id
        assert "CC BY 4.0" in row["Źródła i licencje"]
        assert "nie zgadujemy" in row["Założenie"]


def test_xlsx_has_the_numbers_of_the_rows_as_numbers():
    book = book_of(report(plan()))
    assert book.sheetnames == ["Diagnoza kosztów", "Źródła i opis"]
    sheet = book.worksheets[0]
    head = next(cell.row for cell in sheet["A"] if cell.value == "Wiersz")
    column = [cell.value for cell in sheet[head]].index("Koszt roczny dziś (zł)") + 1
    cells = [sheet.cell(row, column) for row in range(head + 1, sheet.max_row + 1)]
    expected = [row[COLUMNS.index("current_run_zl_year")] for row in diagnosis_rows(report(plan()), PL)]
    assert [cell.value for cell in cells] == expected
    assert cells[-1].number_format == "#,##0"
    assert cells[-1].font.bold
    about = " ".join(str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row if cell.value)
    for said in ("podane w tym widoku", "30 czerwca 2026", f"{COSTS_ADDRESS}?", "nie zgadujemy", "CC BY 4.0"):
        assert said in about


def test_the_same_input_gives_the_same_bytes():
    assert costs_xlsx(report(plan()), PL) == costs_xlsx(report(plan()), PL)


def test_invented_data_are_said_on_every_sheet_and_row():
    world = registry()
    world = replace(world, state=RegistryState("0123456789ab", date(2026, 6, 30), 4, 2, is_invented=True))
    told = report(world=world)
    assert all("ZMYŚLONE" in row["Ostrzeżenie"] for row in csv_rows(told))
    assert all("ZMYŚLONE" in str(sheet["A1"].value) for sheet in book_of(told))
    assert not any(row["Ostrzeżenie"] for row in csv_rows(report()))


def test_hostile_text_is_text():
    told = report(plan(title=HOSTILE), world=registry(title_of_source=HOSTILE))
    rows = csv_rows(told)
    assert any(HOSTILE in cell for row in rows for cell in row.values())
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "@"))
            assert not cell.startswith("-") or cell[1:].isdigit()  # a number below zero stays one
    cells = [
        cell for sheet in book_of(told) for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert HOSTILE in {cell.value for cell in cells}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_are_written_in_every_language(lang):
    told = report(plan())
    rows = csv_rows(told, lang)
    assert texts_of(lang).t("costs_file.row_total") in rows[-1].values()
    assert book_of(told, lang).sheetnames[0] == texts_of(lang).t("costs_file.sheet_table")


def test_the_file_has_a_name_of_its_own_and_the_address_is_that_of_the_page():
    told = report()
    assert costs_file_name(told, "csv") == f"diagnoza-kosztow_120001_{told.snapshot_id}.csv"
    assert ADDRESSES["costs"] == COSTS_ADDRESS


def _with_known(world):
    row = {"support_form": "CAL-DPS", "unit": "month", "year": 2025, "voivodeship_code": "12"}
    row |= {"powiat_name": "Nowy", "locality_name": "Nowe", "is_first_hand": True, "name": "Dom Nowy"}
    row |= {"act": "Wykaz", "source_url": "https://a.example", "source_code": "costs-dps", "value_zl": 6000.0}
    return replace(world, known_costs=pd.DataFrame([row]))


def test_a_file_says_where_a_cost_is_from_that_equals_an_announced_one():
    told = report(world=_with_known(registry()))
    book = openpyxl.load_workbook(io.BytesIO(costs_xlsx(told, PL)))
    about = {row[0]: row[1] for row in book.worksheets[-1].iter_rows(values_only=True)}
    said = about["Skąd koszt roczny: Dom pomocy społecznej"]
    assert said.startswith("Wpisana kwota jest równa ogłoszonej: Dom Nowy, Nowe: 6")
    assert said.endswith("2025 r. Źródło: Wykaz, https://a.example")
    assert "Skąd koszt roczny" not in costs_csv(report(), PL).decode("utf-8-sig")
