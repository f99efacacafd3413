"""A sheet of what is known is filled in as an office would, and comes back without a profile."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, select

from data.__main__ import main
from data.catalogue import read_catalogue
from data.loading.load import load_all
from data.loading.undo import undo_last_load
from data.reading.merged_services import read_services
from data.reading.protection import protect
from data.reading.record_search import record_keys
from data.reading.release_queries import releases
from data.sheets.columns import ABOUT, BASELINE, FACILITIES, columns_of
from data.sheets.known import UnknownSheetError, known_rows
from data.sheets.reading import SheetError
from data.store.own_sheets import SheetOf
from data.store.schema import Facility, Service
from data.vocabulary import support_forms
from tests.support.filled_sheets import (
    BAJKA,
    CLUBS,
    HEADS,
    HOMES,
    MAKIETA,
    MAKIETOWO,
    Book,
    load,
    settings,
    shown,
    template,
)
from tests.support.invented import change_file, copy_region
from tests.support.protected_world import ON_CALL, SECRETS, SOURCE, make_world


@pytest.mark.loaded
@pytest.mark.parametrize("sheet", [HOMES, CLUBS], ids=["with vacancies", "without"])
def test_a_sheet_that_nobody_changed_changes_nothing(
    engine: Engine, region: Path, tmp_path: Path, sheet
) -> None:
    path = template(engine, tmp_path, sheet)
    Book(path).save()  # written again by another program than the one that made it
    done, told = load(engine, region, path)
    assert done.changes.is_empty
    assert done.summary is None
    assert told == [f"0 changed, 0 added, 0 deleted, {3 if sheet is HOMES else 2} unchanged"]
    assert not (region.parent / "own").exists()


@pytest.mark.loaded
def test_a_day_written_in_another_way_changes_nothing(engine: Engine, region: Path, tmp_path: Path) -> None:
    """A changed cell of free places would be believed before the next monthly list."""
    book = Book(template(engine, tmp_path))
    day = next(iter(shown(engine, MAKIETOWO).values()))["vacancies_on"]
    book.put(MAKIETOWO, vacancies_on=f"{day:%d.%m.%Y}")
    done, _ = load(engine, region, book.save())
    assert done.changes.is_empty


@pytest.mark.loaded
def test_changes_additions_and_deletions_are_told_applied_and_taken_back(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    before = template(engine, tmp_path).read_bytes()
    book = Book(tmp_path / "CAL-DPS.xlsx")
    book.put(MAKIETOWO, capacity_places=33, phones="12 345 67 89")
    book.delete(MAKIETA)
    book.add(
        facility_name="Dom =nowy",
        street_address="ul. Nowa 1",
        locality_name="Zmyślin",
        stated_gmina_code="Zmyślin (986101)",
        capacity_places=12,
    )
    path = book.save()
    _, told = load(engine, region, path, is_committed=False)
    assert told[:6] == [
        "1 changed, 1 added, 1 deleted, 1 unchanged",
        f"  changed  Placówki!{book.row(MAKIETOWO)}  {MAKIETOWO}",
        "      Telefony: '000 000 002, 000 000 003' → '12 345 67 89'",
        "      Liczba miejsc: '30' → '33'",
        "  added    Placówki!5  Dom =nowy",
        f"  deleted  {MAKIETA}: told as closed from now on",
    ]
    assert [row["capacity_places"] for row in shown(engine, MAKIETOWO).values()] == [30]

    done, _ = load(engine, region, path)
    assert done.summary.written == (HOMES.source_code,)
    (makietowo,) = shown(engine, MAKIETOWO).values()
    assert (makietowo["capacity_places"], makietowo["phones"]) == (33, ["12 345 67 89"])
    assert (
        makietowo["vacant_places"] == 5
    )  # of the register: nobody changed it, and it tells a newer one next month
    (new,) = shown(engine, "Dom =nowy").values()
    assert (new["capacity_places"], new["gmina_code"]) == (12, "986101")
    assert shown(engine, MAKIETA) == {}
    assert shown(engine, BAJKA).keys() == {
        "dla osób w podeszłym wieku",
        "dla osób dorosłych niepełnosprawnych intelektualnie",
    }

    undo_last_load(engine)
    assert [row["capacity_places"] for row in shown(engine, MAKIETOWO).values()] == [30]
    assert shown(engine, "Dom =nowy") == {}
    assert len(shown(engine, MAKIETA)) == 1
    (tmp_path / "again.xlsx").write_bytes(before)
    assert load(engine, region, tmp_path / "again.xlsx")[0].changes.is_empty


@pytest.mark.loaded
def test_the_next_sheet_has_what_the_last_one_said_and_adds_to_it(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, capacity_places=33)
    book.add(
        facility_name="Dom nowy", street_address="ul. Nowa 1", locality_name="Zmyślin", capacity_places=12
    )
    book.delete(MAKIETA)
    load(engine, region, book.save())
    path = template(engine, tmp_path)
    assert load(engine, region, path)[0].changes.is_empty
    book = Book(path)
    book.put("Dom nowy", vacant_places=0, vacancies_on="2026-07-01")
    load(engine, region, book.save())
    assert [row["capacity_places"] for row in shown(engine, MAKIETOWO).values()] == [33]
    (new,) = shown(engine, "Dom nowy").values()
    assert (new["capacity_places"], new["vacant_places"], new["vacancies_on"]) == (12, 0, date(2026, 7, 1))
    assert shown(engine, MAKIETA) == {}
    book = Book(template(engine, tmp_path))
    book.delete("Dom nowy")
    load(engine, region, book.save())
    assert shown(engine, "Dom nowy") == {}


@pytest.mark.loaded
def test_an_emptied_cell_is_empty_and_a_changed_address_leaves_the_old_point(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    book = Book(template(engine, tmp_path))
    moved = {
        "street_address": "ul. Inna 4",
        "locality_name": "Zmyślin",
        "stated_gmina_code": "Zmyślin (986101)",
    }
    book.put(MAKIETOWO, phones=None, **moved)
    load(engine, region, book.save())
    (home,) = shown(engine, MAKIETOWO).values()
    assert (home["phones"], home["street_address"], home["gmina_code"]) == ([], "ul. Inna 4", "986101")


@pytest.mark.loaded
def test_what_lists_tell_meanwhile_stays_beside_what_somebody_changed(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, capacity_places=33)
    path = book.save()
    row = "Makietowo,dla osób przewlekle somatycznie chorych,30,{0},{0},0"
    change_file(region, "dps.csv", row.format(5), row.format(4))
    change_file(region, "dps.csv", "X,90,8,6,2", "X,90,7,5,2")
    load_all(engine, settings(region), catalogue_path=region)
    load(engine, region, path)
    (home,) = shown(engine, MAKIETOWO).values()
    assert (home["capacity_places"], home["vacant_places"]) == (33, 4)


@pytest.mark.loaded
def test_a_changed_cell_leaves_the_home_to_its_register(engine: Engine, region: Path, tmp_path: Path) -> None:
    (before,) = shown(engine, MAKIETOWO).values()
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, phones="12 345 67 89")
    load(engine, region, book.save())
    (home,) = shown(engine, MAKIETOWO).values()
    stays = (
        "source_code",
        "record_key",
        "facility_id",
        "service_id",
        "origin",
        "dated_on",
        "capacity_places",
    )
    assert [home[name] for name in stays] == [before[name] for name in stays]
    assert home["phones"] == ["12 345 67 89"]
    assert home["field_sources"]["phone_records"] == [HOMES.source_code]
    assert {code for name, of in home["field_sources"].items() for code in of if name != "phone_records"} == {
        "zmyslone-dps"
    }
    assert home["said_on"] == {"phones": datetime.now(UTC).date()}
    # What nobody changed goes on following the register, what somebody changed does not.
    change_file(
        region,
        "dps.csv",
        "Makietowo,dla osób przewlekle somatycznie chorych,30,",
        ("Makietowo,dla osób przewlekle somatycznie chorych,31,"),
    )
    load_all(engine, settings(region), catalogue_path=region, accepted_difference="próba liczby miejsc")
    (home,) = shown(engine, MAKIETOWO).values()
    assert (home["capacity_places"], home["phones"]) == (31, ["12 345 67 89"])


@pytest.mark.loaded
def test_of_two_sheets_that_say_one_field_the_later_one_holds(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    smaller = SheetOf("CAL-DPS", "9801")

    def say(sheet: SheetOf, **values) -> list[str]:
        book = Book(template(engine, tmp_path, sheet))
        book.put(BAJKA, **values)
        return load(engine, region, book.save())[1]

    def said() -> tuple[list[str], str]:
        row = next(iter(shown(engine, BAJKA).values()))
        return row["phones"], row["website"]

    say(smaller, phones="12 111 11 11")
    told = say(HOMES, phones="12 222 22 22")
    line = "own-cal-dps-9801 speaks of it, too: in each of these columns what was loaded last holds"
    assert f"      {line}, which is this sheet" in told
    assert said()[0] == ["12 222 22 22"]
    say(smaller, website="https://example.org/bajka")
    assert said() == (["12 222 22 22"], "https://example.org/bajka")
    say(smaller, phones="12 333 33 33")
    say(HOMES, note="bez zmian numeru")
    assert said() == (["12 333 33 33"], "https://example.org/bajka")


def test_two_sheets_loaded_at_once_are_both_kept(engine: Engine, region: Path, tmp_path: Path) -> None:
    load_all(engine, settings(region), catalogue_path=region)
    paths = []
    for name, places in ((MAKIETOWO, 33), (MAKIETA, 44)):
        book = Book(template(engine, tmp_path))
        book.put(name, capacity_places=places)
        paths.append(book.save().rename(tmp_path / f"{places}.xlsx"))
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(load, engine, region, path) for path in paths]:
            done.result(timeout=120)
    assert [row["capacity_places"] for row in shown(engine, MAKIETOWO).values()] == [33]
    assert [row["capacity_places"] for row in shown(engine, MAKIETA).values()] == [44]


@pytest.mark.loaded
def test_what_is_changed_in_one_row_of_a_home_is_told_there_and_is_of_the_home(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    book = Book(template(engine, tmp_path))
    second = book.row(BAJKA) + 1
    book.sheet.cell(second, book.column[HEADS["website"]]).value = "https://example.org/bajka"
    book.sheet.cell(second, book.column[HEADS["capacity_places"]]).value = 7
    _, told = load(engine, region, book.save())
    assert f"  changed  Placówki!{second - 1}  {BAJKA}" in told
    assert any(line.startswith(f"      Placówki!{second}: Strona internetowa: ") for line in told)
    assert any(line.startswith(f"      Placówki!{second}: Liczba miejsc: ") for line in told)
    homes = shown(engine, BAJKA).values()
    assert {home["website"] for home in homes} == {"https://example.org/bajka"}
    assert min(home["capacity_places"] for home in homes) == 7
    columns = [sorted(home["said_on"]) for home in sorted(homes, key=lambda home: home["capacity_places"])]
    assert columns == [["capacity_places", "website"], ["website"]]
    book = Book(template(engine, tmp_path))
    for row, site in ((second - 1, "https://example.org/a"), (second, "https://example.org/b")):
        book.sheet.cell(row, book.column[HEADS["website"]]).value = site
    with pytest.raises(
        SheetError, match=f"Placówki!{second - 1} and Placówki!{second}: expected one 'Strona"
    ):
        load(engine, region, book.save())


@pytest.mark.loaded
def test_a_later_load_of_everything_keeps_it(engine: Engine, region: Path, tmp_path: Path) -> None:
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, capacity_places=33)
    load(engine, region, book.save())
    summary = load_all(engine, settings(region), catalogue_path=region)
    assert summary.written == ()
    load_all(engine, replace(settings(region), own_data=tmp_path / "lost"), catalogue_path=region)
    assert [row["capacity_places"] for row in shown(engine, MAKIETOWO).values()] == [33]


@pytest.mark.loaded
def test_a_cell_that_cannot_be_taken_is_named_and_nothing_is_lost(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, capacity_places="dużo")
    book.put(MAKIETA, status="otwarta")
    path = book.save()
    with pytest.raises(SheetError) as caught:
        load(engine, region, path)
    told = str(caught.value)
    (places,) = [line for line in told.splitlines() if "dużo" in line]
    assert f"Placówki!{book.row(MAKIETOWO)}: not_a_number: column" in places
    assert "'Liczba miejsc': capacity_places: 'dużo', expected a whole number" in places
    assert f"Placówki!{book.row(MAKIETA)}: unknown_value: column" in told
    assert "'otwarta'" in told
    assert "is none of the words of its column" in told
    assert "profile" not in told
    assert "of a row the first that stops its reading: 2. Nothing was changed." in told
    with engine.connect() as connection:
        assert HOMES.source_code not in set(releases(connection)["source_code"])


@pytest.mark.loaded
def test_keys_that_are_not_of_the_sheet_or_stand_twice_are_refused(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    book = Book(template(engine, tmp_path))
    key = book.sheet.cell(book.row(MAKIETOWO), 1).value
    book.add(key=key, facility_name="Dom przepisany", locality_name="Zmyślin")
    with pytest.raises(SheetError, match=r"expected one facility beside one key, found two"):
        load(engine, region, book.save())
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, key="zmyslone-dps:inny")
    with pytest.raises(SheetError, match=r"expected a key of this sheet, found 'zmyslone-dps:inny'"):
        load(engine, region, book.save())


@pytest.mark.loaded
def test_a_file_that_is_no_sheet_is_told_what_is(engine: Engine, region: Path, tmp_path: Path) -> None:
    book = Book(template(engine, tmp_path))
    del book.book[ABOUT]
    with pytest.raises(SheetError, match="python -m data template FORM --area CODE"):
        load(engine, region, book.save())
    book = Book(template(engine, tmp_path))
    book.sheet.cell(1, book.column["Telefony"]).value = "Numery"
    with pytest.raises(SheetError, match="found none called 'Telefony'"):
        load(engine, region, book.save())


@pytest.mark.loaded
def test_an_area_of_which_nothing_is_known_gets_heads_and_lists(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    sheet = SheetOf("MIE-NM", "980103")
    path = template(engine, tmp_path, sheet)
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book[FACILITIES][1]] == [column.head for column in columns_of("MIE-NM")]
    assert book[FACILITIES].max_row == 1
    checks = {str(check.sqref): check.type for check in book[FACILITIES].data_validations.dataValidation}
    assert set(checks.values()) == {"list", "whole", "textLength"}
    assert book[BASELINE].sheet_state == "hidden"
    assert load(engine, region, path)[0].changes.is_empty


@pytest.mark.loaded
def test_a_form_or_area_that_is_none_is_told(engine: Engine) -> None:
    with engine.connect() as connection:
        with pytest.raises(UnknownSheetError, match="found 'CAL-XXX'"):
            known_rows(connection, SheetOf("CAL-XXX", "98"))
        with pytest.raises(UnknownSheetError, match="found '0264'"):
            known_rows(connection, SheetOf("CAL-DPS", "0264"))


def test_protected_places_are_counted_and_neither_told_nor_changed(engine: Engine, tmp_path: Path) -> None:
    world = make_world(tmp_path / "region")
    (tmp_path / "region" / "catalogue.toml").write_text(
        world.read_text(encoding="utf-8").replace("is_invented = true", "is_invented = false"),
        encoding="utf-8",
    )
    load_all(engine, settings(world), catalogue_path=world)
    sheet = SheetOf("BEZ-SCH", "98")
    with engine.begin() as connection:
        (key,) = record_keys(connection, SOURCE, ON_CALL)
        protect(connection, [((SOURCE, key), "hidden", None)], origin="person", reason="powód próby")
    with engine.connect() as connection:
        known = known_rows(connection, sheet)
        hidden = dict(
            connection.execute(
                select(Facility.record_key, Facility.content_hash).where(Facility.visibility != "public")
            ).all()
        )
    assert known.left_out == 4
    path = template(engine, tmp_path, sheet)
    assert SECRETS.found_in(path.read_bytes()) == []
    book = Book(path)
    book.sheet.delete_rows(2, book.sheet.max_row)
    load(engine, world, book.save())
    with engine.connect() as connection:
        now = dict(
            connection.execute(
                select(Facility.record_key, Facility.content_hash).where(
                    Facility.visibility != "public", Facility.ended_release_id.is_(None)
                )
            ).all()
        )
    assert now == hidden


def test_words_that_look_like_formulas_stay_words(engine: Engine, tmp_path: Path, region: Path) -> None:
    text = (region.parent / "dps.csv").read_text(encoding="utf-8")
    change_file(
        region,
        "dps.csv",
        text,
        text.replace("Powiat zmyślony", "=1+1").replace("ul. Nieistniejąca 1", "@ulica 1"),
    )
    load_all(engine, settings(region), catalogue_path=region)
    book = openpyxl.load_workbook(template(engine, tmp_path))
    looking = {"=1+1", "@ulica 1"}
    cells = [cell for row in book[FACILITIES].iter_rows(min_row=2) for cell in row if cell.value in looking]
    assert len(cells) >= 2
    assert {cell.data_type for cell in cells} == {"s"}
    assert load(engine, region, tmp_path / "CAL-DPS.xlsx")[0].changes.is_empty


def test_no_catalogue_may_take_the_codes_of_sheets(tmp_path: Path) -> None:
    region = copy_region(tmp_path / "region")
    text = region.read_text(encoding="utf-8").replace('code = "zmyslone-plany"', 'code = "own-cal-dps-98"')
    region.write_text(text, encoding="utf-8")
    with pytest.raises(Exception, match="own-cal-dps-98"):
        read_catalogue(region)


def test_the_commands_do_it_for_the_example_region(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{tmp_path / 'map.sqlite'}")
    monkeypatch.setenv("SUPPORT_MAP_MIRROR", "")
    monkeypatch.setenv("SUPPORT_MAP_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "sheet.xlsx"
    assert main(["load", "--commit", "--or-example"]) == 0
    assert main(["template", "cal-dps", "--area", "98", str(path)]) == 0
    assert main(["template", "CAL-DPS", "--area", "98", str(path)]) == 1
    assert "somebody may have filled it in" in capsys.readouterr().err
    assert main(["load", "--file", str(path)]) == 0
    assert "nothing changed: the sheet says what is known" in capsys.readouterr().out
    book = Book(path)
    book.put(MAKIETOWO, capacity_places=33)
    book.save()
    assert main(["load", "--file", str(path)]) == 0
    assert "nothing was written: the same command with `--commit` writes it" in capsys.readouterr().out
    assert main(["load", "--file", str(path), "--commit"]) == 0
    assert len(list((tmp_path / "map.own" / "example" / HOMES.source_code).glob("*.csv"))) == 1
    capsys.readouterr()
    assert main(["status"]) == 0
    assert HOMES.source_code in capsys.readouterr().out
    assert main(["undo"]) == 0
    assert main(["load", "--file", str(tmp_path / "none.xlsx")]) == 1


@pytest.mark.loaded
def test_a_sheet_is_loaded_again_and_one_of_a_smaller_area_goes_on_with_it(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    book = Book(template(engine, tmp_path))
    book.put(BAJKA, note="pierwsza")
    path = book.save()
    load(engine, region, path, is_committed=True)
    _, told = load(engine, region, path)
    assert told == ["0 changed, 0 added, 0 deleted, 3 unchanged"]
    smaller = Book(template(engine, tmp_path, SheetOf("CAL-DPS", "9801")))
    smaller.put(BAJKA, note="druga")
    load(engine, region, smaller.save(), is_committed=True)
    with engine.connect() as connection:
        keys = select(Facility.record_key).where(Facility.source_code == "own-cal-dps-9801")
        assert not [key for key in connection.execute(keys).scalars() if key.startswith("own-")]


@pytest.mark.loaded
def test_a_day_that_has_not_come_is_refused(engine: Engine, region: Path, tmp_path: Path) -> None:
    book = Book(template(engine, tmp_path))
    book.put(BAJKA, vacancies_on="2999-01-01")
    with pytest.raises(SheetError, match="vacancies_on"):
        load(engine, region, book.save())


@pytest.mark.loaded
@pytest.mark.parametrize(
    ("gmina", "found"),
    [
        ("Makietowo (980103)", "'Makietowo \\(980103\\)', expected a gmina in the area of this sheet"),
        (None, "which is in the gmina 980103"),
    ],
    ids=["as it is written", "as its address says"],
)
def test_a_facility_of_another_area_is_refused_with_its_row(
    engine: Engine, region: Path, tmp_path: Path, gmina, found
) -> None:
    with engine.connect() as connection:
        services = read_services(connection)
    elsewhere = services.loc[services["facility_name"] == MAKIETOWO, "gmina_code"].iloc[0]
    gmina = gmina and gmina.replace("980103", elsewhere)
    book = Book(template(engine, tmp_path, SheetOf("CAL-DPS", "9861")))
    book.add(facility_name="Dom obcy", locality_name="Makietowo", stated_gmina_code=gmina)
    path = book.save()
    line = book.sheet.max_row
    with pytest.raises(SheetError, match=found.replace("980103", elsewhere)) as caught:
        load(engine, region, path)
    assert f"Placówki!{line}: " in str(caught.value)
    assert f"--area {elsewhere[:4]} OUT.xlsx" in str(caught.value)
    assert not list((region.parent / "own").rglob("*.csv"))


@pytest.mark.loaded
def test_words_that_are_left_out_are_told_with_row_and_column(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, note="Pytać o panią Janinę Kowalską", intake_text="pisać: dom@example.org")
    row = book.row(MAKIETOWO)
    _, told = load(engine, region, book.save(), is_committed=False)
    person = "Uwagi: names a private person, so that the cell is not taken; what was known stays"
    assert f"  left out Placówki!{row}: {person}" in told
    email = "Jak się zgłosić: an e-mail address is left out: none is ever kept"
    assert f"  left out Placówki!{row}: {email}" in told
    assert not any("Kowalsk" in line or "example.org" in line for line in told)
    assert "      Jak się zgłosić: '' → 'pisać:'" in told
    load(engine, region, book.save())
    (path,) = (region.parent / "own").rglob("*.csv")
    assert "Kowalsk" not in path.read_text(encoding="utf-8")


def test_a_facility_of_a_sheet_that_is_protected_is_corrected_and_stays_protected(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    load_all(engine, settings(region), catalogue_path=region)
    new = {"facility_name": "Dom nowy", "street_address": "ul. Nowa 1", "locality_name": "Zmyślin"}
    book = Book(template(engine, tmp_path))
    book.add(**new, capacity_places=12)
    path = book.save().rename(tmp_path / "first.xlsx")
    load(engine, region, path)
    assert load(engine, region, path)[0].changes.is_empty
    with engine.begin() as connection:
        (key,) = record_keys(connection, HOMES.source_code, "Dom nowy")
        protect(
            connection, [((HOMES.source_code, key), "hidden", None)], origin="person", reason="powód próby"
        )
    assert load(engine, region, path)[0].changes.is_empty
    book = Book(template(engine, tmp_path))
    assert "Dom nowy" not in {cell.value for (cell,) in book.sheet.iter_rows(min_col=2, max_col=2)}
    book.add(**new, capacity_places=14)
    _, told = load(engine, region, book.save())
    assert told[0] == "0 changed, 0 added, 0 deleted, 3 unchanged"
    assert told[1].startswith(
        "  replaced Placówki!6  Dom nowy: this sheet added it before, and it is not shown"
    )
    assert shown(engine, "Dom nowy") == {}
    with engine.connect() as connection:
        assert known_rows(connection, HOMES).left_out == 1
        of_it = select(Service.capacity_places).join(Facility, Facility.id == Service.facility_id)
        in_force = of_it.where(Facility.record_key == key, Facility.ended_release_id.is_(None))
        assert connection.execute(in_force).scalars().all() == [14]


def test_the_size_of_a_form_that_is_not_counted_in_places_says_what_to_write():
    """A clerk wrote places of home care, which is counted in hours a month: costs read them as hours."""

    def help_of(form):
        return next(column.help for column in columns_of(form) if column.name == "capacity_places")

    assert help_of("DOM-UO").startswith(
        "Ta forma liczy się w godzinach miesięcznie: wpisz tę liczbę, nie miejsca."
    )
    assert help_of("CAL-DPS").startswith("Liczba całkowita.")
    units = {form.capacity_unit for form in support_forms().values()} - {"", "places"}
    told = {code for code, form in support_forms().items() if "Ta forma liczy się" in help_of(code)}
    assert {support_forms()[code].capacity_unit for code in told} == units
