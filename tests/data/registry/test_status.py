import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.__main__ import main
from data.registry.status import read_status
from data.store.engine import open_engine
from data.store.schema_revision import migrate

KEYS = [
    "is_invented",
    "fingerprint",
    "as_of",
    "not_loaded",
    "releases",
    "rows",
    "population",
    "residents",
    "forms",
    "knowledge",
    "placed",
    "rejected",
    "totals",
    "stated_days",
    "work_items",
    "protection",
    "damaged",
]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Give `python -m data` with an own SQLite database and no source at all."""
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{tmp_path / 'own.sqlite'}")
    monkeypatch.setenv("SUPPORT_MAP_MIRROR", "")
    monkeypatch.setenv("SUPPORT_MAP_CACHE", str(tmp_path / "cache"))
    return lambda *words: main(list(words))


def test_status_counts_the_invented_region(invented_engine: Engine) -> None:
    with invented_engine.connect() as connection:
        status = read_status(connection)
    assert status.is_invented
    assert status.rows == {
        "gmina": 9,
        "powiat": 2,
        "voivodeship": 1,
        "locality": 13,
        "facility": 19,
        "service": 20,
    }
    assert status.population == {"persons": 8280, "persons_65_plus": 2300, "persons_80_plus": 920}
    forms = {row.support_form: (row.facilities, row.capacity_places, row.set_aside) for row in status.forms}
    assert forms["CAL-DPS"] == (3, 150, 1)
    assert forms["DZI-SDS"] == (2, 27, 0)
    assert forms["ZYW-JAD"] == (1, None, 0)
    clubs = next(row for row in status.forms if row.support_form == "DZI-KLS")
    assert (clubs.capacity_places, clubs.capacity_unknown) == (30, 1)


def test_empty_database_has_an_empty_status(engine: Engine) -> None:
    with engine.connect() as connection:
        status = read_status(connection)
    assert status.rows["gmina"] == 0
    assert status.population["persons"] == 0
    assert "  none" in status.lines()


def test_commands_from_nothing_to_status(command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("load", "--or-example") == 0  # makes the schema too: one command is enough
    shown = capsys.readouterr()
    assert shown.out.splitlines()[-1] == "nothing was written: `python -m data load --commit` writes it"
    assert "12 sources would be written, 0 unchanged" in shown.err
    assert command("status") == 0
    assert "  gmina        0" in capsys.readouterr().out.splitlines()
    assert command("load", "--or-example", "--commit") == 0
    assert command("migrate") == 0
    told = capsys.readouterr()
    assert "THE EXAMPLE REGION is loaded instead: all of it is invented" in told.err
    assert "zmyslone-dps: dps.csv: 6 rows, 4 accepted, 2 rejected, 0 work items" in told.err
    assert "zmyslone-dps                   6         4         2        3" in told.out
    assert "    2 rows rejected: total_row" in told.out.splitlines()
    assert command("status", "--json") == 0
    status = json.loads(capsys.readouterr().out)
    assert list(status) == KEYS
    assert status["rows"]["gmina"] == 9
    assert status["releases"][0]["as_of"] == "2026-06-30"
    assert command("status") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "EXAMPLE REGION: everything below is INVENTED, these are not real data."
    assert "  persons          8280" in lines
    assert ["98", "zmyślone", "CAL-DPS", "3", "150", "1", "0"] in [line.split() for line in lines]


def test_history_and_changes_tell_and_unknown_names_are_said(
    command, capsys: pytest.CaptureFixture[str]
) -> None:
    command("load", "--or-example", "--commit")
    capsys.readouterr()
    assert command("changes", "zmyslone-dps") == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "zmyslone-dps: dps.csv, from 2026-06-30: 3 added, 0 changed, 0 unchanged, 0 vanished"
    )
    assert command("history", "zmyslone-dps", "makieta") == 0
    assert capsys.readouterr().out.splitlines()[0] == "2026-06-30  dps.csv  6"
    assert command("history", "zmyslone-dps", "zmyslony dom") == 0
    assert capsys.readouterr().out.splitlines()[0] == "3 records fit; name one of them:"
    assert command("history", "zmyslone-dps", "nigdzie") == 1
    assert "found 'nigdzie', which fits none" in capsys.readouterr().err
    assert command("changes", "nieznane") == 1
    assert "expected the code of a source, found 'nieznane'; there are zmyslone-" in capsys.readouterr().err
    assert command("totals") == 0
    assert "zmyslone-dps             zmyślański" in capsys.readouterr().out
    assert command("undo") == 1
    assert "found only the first one" in capsys.readouterr().err


def test_reason_for_a_difference_must_say_something(command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command("load", "--accept-difference", "ok")
    said = "expected a reason that others will understand, of at least 10 letters, found 'ok'"
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("words", [("status",), ("status", "--json")])
def test_without_database_or_schema_one_clear_message(
    command, tmp_path: Path, capsys: pytest.CaptureFixture[str], words
) -> None:
    file = tmp_path / "own.sqlite"
    assert command(*words) == 1
    assert capsys.readouterr() == (
        "",
        f"error: expected a database at {file}, found none; run `python -m data load --commit --or-example`\n",
    )
    assert not file.exists()  # asking makes no empty file
    file.touch()
    assert command(*words) == 1
    said = (
        "error: expected the newest schema, found an older one or none; run `python -m data migrate` (CHANGELOG.md "
        "says when that empties the registry, which `python -m data load --commit` fills again)\n"
    )
    assert capsys.readouterr() == ("", said)


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("120601_2",), "1206012 of 2026 is 120601 "),
        (
            ("1207132",),
            "is 120713 Szczawa (powiat limanowski, małopolskie) on the boundaries of 2026; they were one gmina when",
        ),
        (
            ("200209_3", "--vintage", "2020"),
            "its people were counted, who are told together: 200216 Grabówka",
        ),
    ],
)
def test_area_says_what_a_code_of_2026_means(real_database_url, monkeypatch, capsys, words, expected) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", real_database_url)
    assert main(["area", *words]) == 0
    assert expected in capsys.readouterr().out


@pytest.mark.mirror
@pytest.mark.parametrize("words", [("1299992",), ("1207132", "--vintage", "2019"), ("Kraków",)])
def test_area_says_when_it_cannot_find_a_code(real_database_url, monkeypatch, capsys, words) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", real_database_url)
    assert main(["area", *words]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words[0] in captured.err


@pytest.mark.mirror
def test_totals_of_the_registers_equal_the_sums_of_their_rows(real_engine: Engine) -> None:
    with real_engine.connect() as connection:
        totals = {(row["source_code"], row["quantity"]): row for row in read_status(connection).totals}
    places = totals["malopolskie-dps", "capacity_places"]
    assert (places["totals"], places["equal"]) == (22, 22)


@pytest.mark.mirror
def test_work_lists_items_of_a_kind(real_database_url, monkeypatch, capsys) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", real_database_url)
    assert main(["work", "locality_ambiguous"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("locality_ambiguous  ") and "gminas: [" in line for line in lines)
    assert main(["work"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 300
    assert main(["work", "no_such_kind"]) == 0
    assert capsys.readouterr().out.splitlines() == ["no open work items"]


def test_unreachable_database_is_one_message(
    command, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert command("migrate") == 1
    message = capsys.readouterr().err
    assert message.startswith("error: the database refused: ")
    assert "Traceback" not in message


def test_help_documents_every_key_of_the_json() -> None:
    import data.__main__ as command_line

    assert command_line.__doc__ is not None
    assert all(f"\n    {key} " in command_line.__doc__ for key in KEYS)


def test_plan_does_not_touch_a_database_with_an_older_schema(
    command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'own.sqlite'}")
    migrate(engine, "0001")
    engine.dispose()
    before = (tmp_path / "own.sqlite").read_bytes()
    assert command("load", "--or-example") == 1
    assert "run `python -m data migrate` (CHANGELOG.md says" in capsys.readouterr().err
    assert (tmp_path / "own.sqlite").read_bytes() == before
    assert command("load", "--or-example", "--commit") == 0
