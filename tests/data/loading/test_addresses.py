"""A load with a file of addresses: facilities go to their door; the index in the cache is no part of what is kept."""

import hashlib
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data.loading.load import load_all
from data.sources.fetch import SourceMissingError
from data.store.schema import Facility, RejectedRow
from tests.support.invented import change_file, copy_region, settings_for

_HOMES = "zmyslone-dps"
_PAPER = "Zmyślony Dom Pomocy „Makieta”"
_ADDRESSES = """teryt,miejscowosc,street,housenumber,lat,lon
986101,Zmyślin,Papierowa,5,54.8021,15.9611
986101,Zmyślin,Papierowa,7,54.8023,15.9615
986101,Zmyślin,Papierowa,9,54.8025,15.9619
986101,Zmyślin,,,54.8023,15.9615
"""
_SOURCE = """
[[source]]
code = "zmyslone-drzwi"
name = "Zmyślone adresy"
kind = "addresses"
publisher = "nikt: dane zmyślone"
licence = "CC0"
attribution = "dane zmyślone"
check = {{ "addresses" = 3 }}

[[source.files]]
path = "doors.csv"
sha256 = "{sha256}"
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Give a copy of the tiny region with addresses of its city."""
    path = copy_region(tmp_path / "region")
    (path.parent / "doors.csv").write_text(_ADDRESSES, encoding="utf-8")
    with path.open("a", encoding="utf-8") as file:
        file.write(_SOURCE.format(sha256=hashlib.sha256(_ADDRESSES.encode()).hexdigest()))
    return path


def _load(engine: Engine, catalogue: Path):
    return load_all(engine, settings_for(catalogue), catalogue_path=catalogue)


def _place(engine: Engine, name: str = _PAPER) -> tuple[str, int | None, str | None, float]:
    columns = (Facility.place_grade, Facility.place_radius_m, Facility.gmina_code, Facility.point)
    is_in_force = Facility.ended_release_id.is_(None)
    query = select(*columns).where(Facility.name == name, Facility.source_code == _HOMES, is_in_force)
    with engine.connect() as connection:
        grade, radius_m, gmina_code, point = connection.execute(query).one()
    return grade, radius_m, gmina_code, round(point.y, 4)


@pytest.mark.loaded
def test_an_address_that_comes_later_places_anew(engine: Engine, catalogue: Path) -> None:
    assert _place(engine)[:3] == ("locality", None, "986101")
    assert {"zmyslone-drzwi", _HOMES} <= set(_load(engine, catalogue).written)
    assert _place(engine) == ("door", 100, "986101", 54.8021)
    with engine.connect() as connection:
        rejected = connection.execute(
            select(RejectedRow.row_reference, RejectedRow.reason).where(
                RejectedRow.detail == "986101, Zmyślin, "
            )
        ).all()
    assert rejected == [("5", "missing_number")]
    # Nothing else moved: its village has no address in the file.
    assert _place(engine, "Zmyślony Dom Pomocy w Makietowie")[0] == "locality"


@pytest.mark.loaded
def test_the_index_can_be_thrown_away_and_serves_when_the_file_is_gone(
    engine: Engine, catalogue: Path
) -> None:
    _load(engine, catalogue)
    cache = catalogue.parent / "cache"
    shutil.rmtree(cache)
    assert _load(engine, catalogue).written == ()
    change_file(catalogue, "dps.csv", "Papierowa 5", "Papierowa 7")
    assert _load(engine, catalogue).written == (_HOMES,)
    assert _place(engine) == ("door", 100, "986101", 54.8023)

    # Its file is gone: the index made of it is enough, and without either nothing is changed.
    (catalogue.parent / "doors.csv").unlink()
    change_file(catalogue, "dps.csv", "Papierowa 7", "Papierowa 9")
    assert _load(engine, catalogue).kept == ("zmyslone-drzwi",)
    assert _place(engine) == ("door", 100, "986101", 54.8025)
    shutil.rmtree(cache)
    change_file(catalogue, "dps.csv", "Papierowa 9", "Papierowa 11")
    with pytest.raises(SourceMissingError, match=r"doors\.csv .*which was loaded before"):
        _load(engine, catalogue)
    assert _place(engine) == ("door", 100, "986101", 54.8025)
