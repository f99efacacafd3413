"""Boundaries of an operator's own take the place of the catalogue's, stay, and go when the load is taken back."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
from sqlalchemy import Engine

from data.catalogue_file import CatalogueError
from data.loading.known_releases import boundaries_in_force
from data.loading.load import load_all
from data.loading.own_boundaries import Whose, load_boundaries
from data.loading.undo import undo_last_load
from data.reading.loaded_sources import describe_sources
from data.sources.country.foreign_boundaries import Reading
from data.sources.fetch import SourceMissingError
from data.store.settings import Settings
from tests.support.filled_sheets import HOMES, MAKIETOWO, Book, template
from tests.support.filled_sheets import load as load_filled
from tests.support.invented import copy_region, settings_for

WHOSE = Whose("2027", "Granice gmin (2027)", "Urząd", "wolna", "Granice: Urząd 2027")


@pytest.fixture
def region(tmp_path: Path) -> Path:
    return copy_region(tmp_path / "region")


@pytest.fixture
def prg(region: Path) -> Path:
    table = gpd.read_file(region.parent / "gminas.geojson")
    path = region.parent / "prg.gpkg"
    table.rename(columns={"terc": "JPT_KOD_JE", "name": "JPT_NAZWA_"}).to_crs(2180).to_file(path)
    return path


def settings(region: Path) -> Settings:
    return replace(settings_for(region), own_data=region.parent / "own")


def load(engine: Engine, region: Path, path: Path, whose=WHOSE, **options):
    told: list[str] = []
    done = load_boundaries(
        engine,
        settings(region),
        path,
        whose=whose,
        reading=Reading(),
        report=told.append,
        catalogue_path=region,
        **options,
    )
    return done, told


@pytest.mark.loaded
def test_they_are_planned_applied_kept_and_taken_back(
    engine: Engine, region: Path, prg: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, told = load(engine, region, prg, is_committed=False)
    assert "9 gminas, 9 are loaded" in told
    assert "zmyslone-granice" in done.written
    assert boundaries_in_force(engine) == "2019"
    assert not (region.parent / "own").exists()

    load(engine, region, prg)
    assert boundaries_in_force(engine) == "2027"
    described = json.loads((region.parent / "own" / "boundaries" / "2027.json").read_text(encoding="utf-8"))
    assert described["attribution"] == "Granice: Urząd 2027"
    # The next load of everything stays with them, without a setting.
    assert load_all(engine, settings(region), catalogue_path=region).written == ()

    undo_last_load(engine)
    assert boundaries_in_force(engine) == "2019"
    load_all(engine, settings(region), catalogue_path=region)
    assert boundaries_in_force(engine) == "2019"


@pytest.mark.loaded
@pytest.mark.parametrize("is_committed", [False, True], ids=["plan", "load"])
def test_a_sheet_whose_folder_is_gone_is_named(
    engine: Engine, region: Path, prg: Path, tmp_path: Path, is_committed: bool
) -> None:
    """What it said was placed in the old boundaries, and nobody could place it anew."""
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, capacity_places=33)
    load_filled(engine, region, book.save())
    own = region.parent / "own"
    own.rename(tmp_path / "elsewhere")
    told: list[str] = []
    load_all(engine, settings(region), catalogue_path=region, report=told.append)
    assert f"{HOMES.source_code}: the sheet's folder is gone; what it said stays" in told
    with pytest.raises(SourceMissingError, match=f"{HOMES.source_code}: the sheet's files"):
        load(engine, region, prg, is_committed=is_committed)
    assert boundaries_in_force(engine) == "2019"
    shutil.copytree(tmp_path / "elsewhere", own, dirs_exist_ok=True)
    load(engine, region, prg, is_committed=is_committed)


@pytest.mark.loaded
def test_a_year_that_the_catalogue_has_is_refused(engine: Engine, region: Path, prg: Path) -> None:
    with pytest.raises(CatalogueError, match="such as 2019-own"):
        load(engine, region, prg, replace(WHOSE, vintage="2019"))


@pytest.mark.loaded
def test_a_load_that_fails_leaves_no_file(engine: Engine, region: Path, prg: Path) -> None:
    part = gpd.read_file(prg)
    part["JPT_KOD_JE"] = part["JPT_KOD_JE"].str.replace("9801", "9909", regex=False)
    path = region.parent / "other.gpkg"
    part.to_file(path)
    with pytest.raises(Exception, match=r"9909|TERC"):
        load(engine, region, path)
    assert list((region.parent / "own" / "boundaries").iterdir()) == []
    assert boundaries_in_force(engine) == "2019"


def test_captions_say_whose_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pandas as pd

    folder = tmp_path / "own" / "boundaries"
    folder.mkdir(parents=True)
    described = {
        "name": "Granice gmin (2027)",
        "vintage": "2027",
        "files": [{"path": "a.geojson", "sha256": "0" * 64}],
        "publisher": "Urząd",
        "licence": "wolna",
        "attribution": "Granice: Urząd 2027",
    }
    (folder / "2027.json").write_text(json.dumps(described), encoding="utf-8")
    monkeypatch.setenv("SUPPORT_MAP_OWN_DATA", str(tmp_path / "own"))
    loaded = pd.DataFrame({"source_code": ["gminas"], "boundary_vintage": ["2027"]})
    code = describe_sources(loaded.assign(source_code=_code()))["attribution"].tolist()
    assert code == ["Granice: Urząd 2027"]


def _code() -> str:
    from data.catalogue import read_catalogue

    return read_catalogue().only("boundaries").code
