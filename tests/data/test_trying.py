"""`python -m data try`: what a profile makes of a file, before anything is loaded."""

from pathlib import Path

import pytest

from data.__main__ import main
from data.catalogue import INVENTED_CATALOGUE

REGION = INVENTED_CATALOGUE.parent


def test_records_rejected_rows_and_totals_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["try", str(REGION / "registers" / "zmyslone-dps.toml"), str(REGION / "dps.csv")]) == 0
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
    assert main(["try", str(REGION / "registers" / "zmyslone-dps.toml"), str(picture)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: list.csv: ")
    assert "PNG" in captured.err
