"""An operator's own catalogue stands beside ours: its sources are added, with files and profiles beside it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data.__main__ import main
from data.catalogue import read_catalogue
from data.catalogue_file import CatalogueError
from data.loading.load import load_all
from data.own_catalogue import whole_catalogue
from data.reading.loaded_sources import describe_sources, official_sources
from data.reading.release_queries import releases
from data.registry.missing_sources import missing_sources
from data.store.schema import Facility
from data.store.settings import Settings, SettingsError
from tests.support.invented import TINY_REGION, copy_region, settings_for, sha256_of

ENTRY = """
[[source]]
code = "{code}"
name = "Moja lista domów"
kind = "{kind}"
is_official = true
publisher = "Urząd Zmyślony"
licence = "własne"
attribution = "Urząd Zmyślony"
{more}

[[source.files]]
path = "lists/homes.csv"
sha256 = "{sha256}"
"""


def own_catalogue(folder: Path, *, code="moja-lista", kind="register", more='profile = "moja-lista"') -> Path:
    """Write a catalogue of one list of homes of the tiny region, its profile and its file, all in one folder."""
    (folder / "lists").mkdir(parents=True)
    (folder / "registers").mkdir()
    shutil.copyfile(TINY_REGION / "dps.csv", folder / "lists" / "homes.csv")
    profile = (TINY_REGION / "registers" / "zmyslone-dps.toml").read_text(encoding="utf-8")
    lines = [line for line in profile.splitlines() if not line.startswith("complete_for")]
    text = "\n".join(lines).replace('code = "zmyslone-dps"', 'code = "moja-lista"')
    (folder / "registers" / "moja-lista.toml").write_text(text, encoding="utf-8")
    path = folder / "mine.toml"
    sha256 = sha256_of(folder / "lists" / "homes.csv")
    path.write_text(ENTRY.format(code=code, kind=kind, more=more, sha256=sha256), encoding="utf-8")
    return path


def test_its_sources_are_loaded_with_ours_from_files_and_profiles_beside_it(
    engine: Engine, tmp_path: Path
) -> None:
    ours, own = copy_region(tmp_path / "region"), own_catalogue(tmp_path / "own")
    settings = replace(settings_for(ours), catalogue=own)
    summary = load_all(engine, settings, catalogue_path=ours)
    assert "moja-lista" in summary.written
    assert "zmyslone-dps" in summary.written
    with engine.connect() as connection:
        names = connection.execute(select(Facility.name).where(Facility.source_code == "moja-lista"))
        assert len(set(names.scalars())) == 3


def test_it_goes_when_the_setting_goes(engine: Engine, tmp_path: Path) -> None:
    ours, own = copy_region(tmp_path / "region"), own_catalogue(tmp_path / "own")
    load_all(engine, replace(settings_for(ours), catalogue=own), catalogue_path=ours)
    load_all(engine, settings_for(ours), catalogue_path=ours)
    with engine.connect() as connection:
        assert "moja-lista" not in set(releases(connection)["source_code"])


def test_pages_and_exports_know_whose_its_sources_are(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, own = copy_region(tmp_path / "region"), own_catalogue(tmp_path / "own")
    load_all(engine, replace(settings_for(ours), catalogue=own), catalogue_path=ours)
    monkeypatch.setenv("SUPPORT_MAP_CATALOGUE", str(own))
    with engine.connect() as connection:
        told = describe_sources(releases(connection)).set_index("source_code").loc["moja-lista"]
    assert (told["name"], told["attribution"], bool(told["is_official"])) == (
        "Moja lista domów",
        "Urząd Zmyślony",
        True,
    )
    assert "moja-lista" in official_sources()
    assert "moja-lista" in {missing.source_code for missing in missing_sources(set())}
    assert "moja-lista" not in {missing.source_code for missing in missing_sources({"moja-lista"})}


def test_a_code_that_ours_has_is_refused_by_name(tmp_path: Path) -> None:
    own = own_catalogue(tmp_path / "own", code="malopolskie-dps")
    with pytest.raises(CatalogueError, match=r"mine\.toml \(SUPPORT_MAP_CATALOGUE\): .*malopolskie-dps"):
        whole_catalogue(own)


def test_every_key_that_is_wrong_is_named(tmp_path: Path) -> None:
    own = own_catalogue(tmp_path / "own", more='profile = "moja-lista"\nnewst = 1\nlicense = "x"\nurll = "y"')
    with pytest.raises(CatalogueError) as caught:
        whole_catalogue(own, catalogue_path=TINY_REGION / "catalogue.toml")
    told = str(caught.value)
    assert [told.count(f"moja-lista.{key}") for key in ("newst", "license", "urll")] == [1, 1, 1]


def test_a_second_source_of_what_all_stands_on_is_refused(tmp_path: Path) -> None:
    own = own_catalogue(tmp_path / "own", kind="boundaries", more='vintage = "2027"')
    with pytest.raises(CatalogueError, match=r"mine\.toml .*one source of kind `boundaries`, found 2"):
        whole_catalogue(own)


def test_a_misspelt_key_is_named_with_the_source_and_the_file(tmp_path: Path) -> None:
    own = own_catalogue(tmp_path / "own", more='profil = "moja-lista"')
    with pytest.raises(CatalogueError, match=r"mine\.toml .*moja-lista.*") as caught:
        whole_catalogue(own)
    assert "SUPPORT_MAP_CATALOGUE" in str(caught.value)


def test_a_damaged_file_of_it_is_told_by_the_load_with_what_to_do(engine: Engine, tmp_path: Path) -> None:
    ours, own = copy_region(tmp_path / "region"), own_catalogue(tmp_path / "own")
    (tmp_path / "own" / "lists" / "homes.csv").write_text("other", encoding="utf-8")
    summary = load_all(engine, replace(settings_for(ours), catalogue=own), catalogue_path=ours)
    assert "Correct `sha256` in your own catalogue (SUPPORT_MAP_CATALOGUE)" in summary.damaged["moja-lista"]


def test_boundaries_of_another_year_may_stand_beside_it(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    entry = """
[[other_boundaries]]
name = "Granice 2027"
vintage = "2027"

[[other_boundaries.files]]
path = "gminas.geojson"
sha256 = "{sha256}"
"""
    (tmp_path / "gminas.geojson").write_text("{}", encoding="utf-8")
    sha256 = sha256_of(tmp_path / "gminas.geojson")
    own.write_text(entry.format(sha256=sha256), encoding="utf-8")
    chosen = whole_catalogue(own).with_boundaries("2027").only("boundaries")
    assert (chosen.newest.path, chosen.files_folder) == ("gminas.geojson", tmp_path)
    assert whole_catalogue(own).only("boundaries").files_folder is None
    own.write_text(entry.format(sha256=sha256).replace("2027", "2019"), encoding="utf-8")
    with pytest.raises(CatalogueError, match="found 2019"):
        whole_catalogue(own)


def test_without_one_ours_is_as_it_was() -> None:
    assert whole_catalogue(None) == read_catalogue()


def test_the_setting_names_a_file_or_is_refused(tmp_path: Path, capsys, monkeypatch) -> None:
    with pytest.raises(SettingsError, match="SUPPORT_MAP_CATALOGUE"):
        Settings.from_environment({"SUPPORT_MAP_CATALOGUE": str(tmp_path / "none.toml")})
    assert Settings.from_environment({"SUPPORT_MAP_CATALOGUE": ""}).catalogue is None
    monkeypatch.setenv("SUPPORT_MAP_CATALOGUE", str(tmp_path / "none.toml"))
    assert main(["status"]) == 1
    assert "SUPPORT_MAP_CATALOGUE" in capsys.readouterr().err
