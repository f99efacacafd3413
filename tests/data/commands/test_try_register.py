"""`python -m data try`: what a profile makes of a file, before anything is loaded."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.__main__ import main
from data.commands.try_register import WORK_ITEM_ADVICE
from layers.text import entries
from tests.support.invented import TINY_REGION
from tests.support.small_registry import add_areas

PROFILE = """
[register]
code = "list"
form = "CAL-DPS"
voivodeship = "98"
[columns.facility_key]
header = "id"
[columns.facility_name]
header = "nazwa"
[columns.stated_powiat_name]
header = "powiat"
[columns.stated_gmina_code]
header = "teryt"
[columns.locality_name]
header = "miejscowosc"
[columns.service_area_codes]
header = "obszar"
required = false
"""
FAULTS = """id;nazwa;powiat;teryt;miejscowosc;obszar
K1;Dom A;zmyślański;980101;Zmyślona Wola;98
K2;Dom B;zmyślański;980101;Niema Wieś;9801
K3;Dom C;zmyślański;980177;Niby Wieś;980178
K4;Dom D;nieznany;980102;Niby Wieś;98
K5;Dom E;zmyślański;980102;Niby Wieś
"""


@pytest.fixture(autouse=True)
def _no_data_at_hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    monkeypatch.setenv("SUPPORT_MAP_MIRROR", "")
    monkeypatch.setenv("SUPPORT_MAP_CACHE", str(tmp_path / "cache"))


def _try(folder: Path, *, profile: str = PROFILE, register: str = FAULTS) -> int:
    (folder / "list.toml").write_text(profile, encoding="utf-8")
    (folder / "list.csv").write_text(register, encoding="utf-8")
    return main(["try", str(folder / "list.toml"), str(folder / "list.csv")])


def test_records_rejected_rows_and_totals_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["try", str(TINY_REGION / "registers" / "zmyslone-dps.toml"), str(TINY_REGION / "dps.csv")]) == 0
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == ("6 rows: 4 accepted (3 facilities), 2 rejected; the register speaks of 2026-06-30")
    assert "      capacity_places: 40" in lines
    assert "  2 × total_row" in lines
    assert "  zmyślański: capacity_places 90, 90" in lines


def test_what_nobody_would_want_is_pointed_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = tmp_path / "list.toml"
    profile.write_text(
        """
        [register]
        code = "list"
        form = "INS-CUS"
        voivodeship = "12"
        key = ["stated_gmina_name"]
        [columns.stated_gmina_name]
        header = "gmina"
        [columns.facility_name]
        header = "name"
        """,
        encoding="utf-8",
    )
    register = tmp_path / "list.csv"
    register.write_text("gmina,name\nLiszki,CUS\nSkawina,CUS\nCzernichów,CUS\n", encoding="utf-8")
    assert main(["try", str(profile), str(register)]) == 0
    out = capsys.readouterr().out
    assert "look: 3 facilities are called 'CUS'" in out
    assert "look: no record has an address" in out
    assert "rejected rows\n  none\n" in out


def test_file_that_is_no_register_is_one_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "list.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    assert main(["try", str(TINY_REGION / "registers" / "zmyslone-dps.toml"), str(picture)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: list.csv: ")
    assert "PNG" in captured.err


def test_areas_localities_and_short_rows_are_told_before_any_load(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _try(tmp_path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "5 rows: 5 accepted (5 facilities), 0 rejected; the register speaks of no day",
        "areas and localities are those of the example region",
    ]
    text = "\n".join(lines[: lines.index("records, with the fields that they have")])
    assert "3  Dom B: locality_name: Niema Wieś" in text
    assert "4  Dom C: stated_code: 980177" in text
    assert "4  Dom C: codes: ['980178']" in text
    assert "5  Dom D: stated_powiat: nieznany" in text
    assert "6  Dom E: cells: 5, expected: 6" in text
    for kind in (
        "locality_unknown",
        "gmina_code_unknown",
        "powiat_unknown",
        "row_cut_short",
        "service_area_unknown",
    ):
        assert f"1 × {kind}: {WORK_ITEM_ADVICE[kind]}" in text
    assert not (tmp_path / "none.sqlite").exists()


def test_areas_are_those_of_the_database_when_it_has_them(
    engine: Engine,
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Session(engine) as session:
        add_areas(session)
        session.commit()
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", database_url)
    assert _try(tmp_path, register=FAULTS.replace("zmyślański", "zmyślony")) == 0
    out = capsys.readouterr().out
    assert "areas are those of the database; localities were NOT checked: it has none" in out
    assert "4  Dom C: codes: ['980178']" in out


def test_without_areas_it_says_that_it_cannot_check_and_tells_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _try(tmp_path, profile=PROFILE.replace('"98"', '"12"')) == 0
    out = capsys.readouterr().out
    assert (
        "areas and localities were NOT checked (the database: nothing is loaded; the sources: files are missing"
        in out
    )
    assert "the example region: no voivodeship 12" in out
    assert "to look at: 1\n  1 × row_cut_short" in out


def test_place_of_a_protected_home_is_told_by_its_row_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _try(tmp_path, profile=PROFILE.replace("CAL-DPS", "KRY-DMK")) == 0
    told = capsys.readouterr().out.partition("to look at")[2].partition("records, with")[0]
    assert "row 3: is_protected: True" in told
    assert "Niema Wieś" not in told


def test_every_advice_is_for_a_kind_with_words_on_the_screen() -> None:
    assert {f"work_item.{kind}" for kind in WORK_ITEM_ADVICE} <= set(entries("pl"))
