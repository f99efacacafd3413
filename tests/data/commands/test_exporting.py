"""`python -m data export`: what it says, what it refuses, and that it changes nothing when it refuses."""

import argparse
import json
from dataclasses import replace

import pytest

from data.commands import exporting
from data.export.formats import FORMATS, ExportError
from data.export.query import NothingToExtractError
from data.store.database_errors import RegistryMissingError
from data.store.engine import open_engine
from data.store.settings import REPOSITORY, Settings
from geo.errors import TerytError


@pytest.fixture
def export(invented_engine, tmp_path):
    """Give the command on the invented region: words to lines."""

    def run(*words, engine=invented_engine):
        parser = argparse.ArgumentParser()
        exporting.add_to(parser.add_subparsers())
        options = parser.parse_args(["export", *map(str, words)])
        settings = replace(Settings.from_environment({}), database_url=str(engine.url))
        return list(options.run(options, engine, settings))

    return run


def test_export_says_what_it_wrote(export, tmp_path):
    path = tmp_path / "out.geojson"
    written, state, *notes = export("geojson", path)
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert written == (
        f"{path}: 18 facilities, 19 services, {len(json_organizations(whole))} organizations, "
        "3 service areas, 0 stops"
    )
    assert state == f"as of 2026-06-30, snapshot {whole['snapshot_id']}"
    assert notes[0].startswith("DANE ZMYŚLONE")
    assert len(whole["features"]) == 18
    assert list(tmp_path.iterdir()) == [path]


def json_organizations(whole):
    found = (feature["properties"]["organization"] for feature in whole["features"])
    return {one["organization_id"] for one in found if one}


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_is_written(export, tmp_path, file_format):
    path = tmp_path / f"out{FORMATS[file_format].ending}"
    export(file_format, path)
    assert path.stat().st_size > 1000


def test_options_narrow(export, tmp_path):
    path = tmp_path / "out.geojson"
    export("geojson", path, "--group", "homeless", "--area", "9861", "--form", "BEZ-SCH", "--form", "BEZ-NOC")
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert features
    for feature in features:
        assert feature["properties"]["powiat_code"] == "9861"
        for service in feature["properties"]["services"]:
            assert service["support_form"] in {"BEZ-SCH", "BEZ-NOC"}


def test_day_before_the_first_release_is_refused(export, tmp_path):
    with pytest.raises(NothingToExtractError, match="found 2020-01-01; choose a later day"):
        export("gpkg", tmp_path / "out.gpkg", "--as-of", "2020-01-01")
    assert not list(tmp_path.iterdir())


def test_file_in_the_way_is_kept_without_force(export, tmp_path):
    path = tmp_path / "out.zip"
    path.write_text("mine")
    with pytest.raises(ExportError, match="--force"):
        export("csv", path)
    assert path.read_text() == "mine"
    export("csv", path, "--force")
    assert path.read_bytes().startswith(b"PK")


def test_area_that_is_no_code_is_refused(export, tmp_path):
    with pytest.raises(TerytError, match="Zmyślin"):
        export("csv", tmp_path / "out.zip", "--area", "Zmyślin")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as-of", "30.06.2026"], "expected a day such as 2026-06-30"),
        (["--as-of", "2999-01-01"], "expected a day up to today"),
        (["--form", "DOM"], "such as CAL-DPS"),
        (["--group", "cats"], "invalid choice"),
    ],
)
def test_options_that_cannot_be_read_are_refused(export, tmp_path, capsys, words, said):
    with pytest.raises(SystemExit):
        export("csv", tmp_path / "out.zip", *words)
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_missing_database_is_said_and_not_made(export, tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'none.sqlite'}")
    with pytest.raises(RegistryMissingError):
        export("csv", tmp_path / "out.zip", engine=engine)
    assert not list(tmp_path.iterdir())


def test_every_format_and_option_is_documented():
    text = (REPOSITORY / "docs" / "export.md").read_text(encoding="utf-8")
    commands = argparse.ArgumentParser().add_subparsers()
    exporting.add_to(commands)
    options = [
        word
        for action in commands.choices["export"]._actions
        for word in action.option_strings
        if word != "-h"
    ]
    assert len(options) == 6
    assert [word for word in (*FORMATS, *options) if word != "--help" and f"`{word}`" not in text] == []
    assert [kind.ending for kind in FORMATS.values() if f"`{kind.ending}`" not in text] == []
