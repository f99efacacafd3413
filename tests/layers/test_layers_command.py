import shlex
import subprocess
import sys

import pypdf
import pytest

from data.registry.reading import read_registry
from data.store.engine import open_engine
from data.store.settings import Settings
from layers import __main__ as command
from layers.answers.table_building import build_area_table
from layers.export.command import snapshot_command
from layers.export.files import FORMATS, export_bytes, file_name
from layers.export.map_names import map_names
from layers.options import command_parser, read_options
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption


@pytest.fixture
def invented(invented_database_url, monkeypatch):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
    return invented_database_url


def run(*words):
    return command.main(["snapshot", *words])


def test_command_writes_every_format_named_by_the_snapshot_id(invented, tmp_path, capsys):
    assert run("--out", str(tmp_path / "made")) == 0
    written = sorted((tmp_path / "made").iterdir())
    assert {path.suffix.removeprefix(".") for path in written} == set(FORMATS)
    snapshot_ids = {path.stem.removeprefix("mapa-wsparcia_") for path in written}
    assert len(snapshot_ids) == 1
    assert len(snapshot_ids.pop()) == 12
    assert capsys.readouterr().out.split() == [
        str(path) for path in sorted(written, key=lambda path: list(FORMATS).index(path.suffix[1:]))
    ]


def test_the_environment_is_read_once(invented, tmp_path, monkeypatch):
    read, calls = Settings.from_environment, []
    monkeypatch.setattr(Settings, "from_environment", lambda: calls.append("") or read())
    assert run("--format", "csv", "--out", str(tmp_path)) == 0
    assert len(calls) == 1


@pytest.mark.parametrize("file_format", FORMATS)
def test_files_are_those_of_the_page(invented, tmp_path, file_format):
    view = View(lang="uk", indicator="facilities_count")
    words = snapshot_command(view)
    assert words[:4] == ["python", "-m", "layers", "snapshot"]
    assert command.main([*words[3:], "--format", file_format, "--out", str(tmp_path)]) == 0

    engine = open_engine(invented)
    registry = read_registry(engine)
    engine.dispose()
    table = build_area_table(registry, view)
    caption = build_caption(table, texts_of("uk"))
    expected = export_bytes(
        table,
        registry.areas_of_level("gmina"),
        registry.areas,
        caption,
        file_format=file_format,
        towns=map_names(registry, view),
    )
    assert (tmp_path / file_name(table, file_format)).read_bytes() == expected


def test_command_of_a_view_says_every_choice_and_survives_the_shell():
    view = View(lang="en", scope="12", level="powiat", group="disabled", form="REI-WTZ", distance_km=30)
    line = shlex.join(snapshot_command(view))
    assert line == (
        "python -m layers snapshot --scope 12 --group disabled --form REI-WTZ --indicator places_per_1000 "
        "--level powiat --distance-km 30 --lang en --format " + ",".join(FORMATS) + " --out ."
    )


def test_form_of_another_group_is_refused_with_the_ones_to_choose(invented, tmp_path, capsys):
    assert run("--group", "homeless", "--form", "CAL-DPS", "--out", str(tmp_path)) == 1
    message = capsys.readouterr().err
    assert message.startswith("error: expected a form of support for the group homeless, found 'CAL-DPS'")
    assert "BEZ-SCH" in message
    assert not list(tmp_path.iterdir())


def test_what_a_view_cannot_hold_is_said_and_the_files_are_of_what_it_can(invented, tmp_path, capsys):
    asked = ("--indicator", "gap_share", "--form", "CAL-DPS", "--year", "2035", "--age-from", "75")
    assert run(*asked, "--format", "csv", "--norm", "5", "--out", str(tmp_path)) == 0
    said = capsys.readouterr().err
    assert "note: Areas of the map: the link or the choice says “gminas”. Shown instead: powiats." in said
    assert "note: Age" not in said, "where that age is not projected, the file says so"
    assert len(list(tmp_path.iterdir())) == 1


def test_scope_without_areas_is_refused(invented, tmp_path, capsys):
    assert run("--scope", "32", "--out", str(tmp_path)) == 1
    assert "expected areas of level gmina in scope 32, found none" in capsys.readouterr().err


def test_missing_database_is_said_and_not_made(monkeypatch, tmp_path, capsys):
    missing = tmp_path / "none.sqlite"
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{missing}")
    assert run("--out", str(tmp_path)) == 1
    assert "found none; run `python -m data load --commit --or-example`" in capsys.readouterr().err
    assert not missing.exists()


def test_empty_database_is_said(monkeypatch, tmp_path, capsys):
    (tmp_path / "empty.sqlite").touch()
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    assert run("--out", str(tmp_path)) == 1
    assert "run `python -m data migrate`" in capsys.readouterr().err


def test_folder_that_cannot_be_made_is_said(invented, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    assert run("--out", str(tmp_path / "file" / "deeper"), "--format", "csv") == 1
    assert capsys.readouterr().err.startswith("error: cannot write to")


@pytest.mark.parametrize(
    "words",
    [
        ["--format", "pdf"],
        ["--format", ","],
        ["--scope", "99"],
        ["--level", "street"],
        ["--distance-km", "7"],
        ["--lang", "de"],
        ["--group", "all"],
        ["--indicator", "happiness"],
    ],
)
def test_options_that_cannot_be_read_are_refused_before_anything_is_opened(words, capsys, monkeypatch):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", "sqlite:////nowhere/at/all.sqlite")
    with pytest.raises(SystemExit) as stopped:
        run(*words)
    assert stopped.value.code == 2
    assert "invalid" in capsys.readouterr().err or words[0] == "--format"


@pytest.mark.parametrize(
    "chosen",
    [
        {"travel": "car", "minutes": 45, "detour_pct": 130},
        {"age_from": 80, "year": 2035, "norm": 4.25, "indicator": "gap_share"},
        {"group": "homeless", "form": "BEZ-SCH", "is_estimate": True, "method": "3sfca_step"},
        {"form": "DZI-KLS", "indicator": "coverage_share", "own": True},
        {"indicator": "day_per_1000", "since": "2026-05-31", "day": "2026-06-30"},
    ],
)
def test_the_command_of_a_view_says_all_that_its_numbers_depend_on(chosen):
    view = View().with_choice(scope="12", **chosen)
    options = command_parser().parse_args(snapshot_command(view)[3:])
    assert read_options(options).view == view


@pytest.mark.parametrize("area", ["986101", "9861", "98"])
def test_card_of_an_area_is_one_page(invented, tmp_path, capsys, area):
    asked = ["--area", area, "--form", "DZI-DDP", "--indicator", "gap_share", "--out", str(tmp_path)]
    assert command.main(["card", *asked]) == 0
    (path,) = tmp_path.iterdir()
    assert capsys.readouterr().out.strip() == str(path)
    assert area in path.name
    assert len(pypdf.PdfReader(path).pages) == 1


def test_card_of_a_gmina_tells_no_lack_of_a_wide_form(invented, tmp_path, capsys):
    asked = ["card", "--indicator", "gap_share", "--form", "CAL-DPS", "--out", str(tmp_path)]
    assert command.main([*asked, "--area", "986101"]) == 1
    assert "no gmina lacks it; choose --area 9861" in capsys.readouterr().err
    assert command.main([*asked, "--area", "9861"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("area", ["98610", "krakow", "٩٨", "989999"])
def test_card_of_no_area_is_refused(invented, tmp_path, capsys, area):
    assert command.main(["card", "--area", area, "--out", str(tmp_path / "none")]) == 1
    assert area in capsys.readouterr().err


def test_invented_region_says_so_in_every_file(invented, tmp_path):
    assert run("--format", "svg,csv", "--out", str(tmp_path)) == 0
    for path in tmp_path.iterdir():
        assert "DANE ZMYŚLONE" in path.read_text(encoding="utf-8")


def test_command_runs_as_a_module_without_streamlit():
    script = (
        "import sys, runpy; sys.argv = ['layers', 'snapshot', '--help']\n"
        "try: runpy.run_module('layers', run_name='__main__')\n"
        "except SystemExit as stopped: assert not stopped.code\n"
        "assert 'streamlit' not in sys.modules and 'matplotlib.pyplot' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "--distance-km" in done.stdout
