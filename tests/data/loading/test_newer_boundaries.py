"""A database with the boundaries of before, loaded again with those on which a gmina is divided."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from data.loading.load import load_all
from data.reading.area_queries import area_of_code
from data.registry.reading import read_registry
from data.store.schema import Facility, Population
from tests.support.invented import copy_region, replace_text, settings_for, sha256_of

WHOLE, PART = "980108", "980109"


def _divide(catalogue: Path) -> None:
    """Draw Nowa Wydumka, the southern third of Wydumka, with Mgliste Łąki in it; neighbours keep their vertices."""
    path = catalogue.parent / "gminas.geojson"
    before, gminas = sha256_of(path), json.loads(path.read_text(encoding="utf-8"))
    (wydumka,) = [one for one in gminas["features"] if one["properties"]["terc"] == "9801083"]
    south_west, south_east, north_east, north_west, _ = wydumka["geometry"]["coordinates"][0]
    west, east = (
        [low + 0.3 * (high - low) for low, high in zip(south, north, strict=True)]
        for south, north in ((south_west, north_west), (south_east, north_east))
    )
    wydumka["geometry"]["coordinates"] = [[west, east, north_east, north_west, west]]
    part = {"type": "Polygon", "coordinates": [[south_west, south_east, east, west, south_west]]}
    names = {"terc": f"{PART}2", "name": "Nowa Wydumka"}
    gminas["features"].append({"type": "Feature", "properties": names, "geometry": part})
    path.write_text(json.dumps(gminas, ensure_ascii=False), encoding="utf-8")
    replace_text(catalogue, before, sha256_of(path))
    replace_text(catalogue, '"gminas" = 9', '"gminas" = 10')


def _load(engine: Engine, catalogue: Path) -> None:
    load_all(engine, settings_for(catalogue), catalogue_path=catalogue)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return copy_region(tmp_path / "region")


@pytest.fixture
def both(engine: Engine, catalogue: Path):
    """The registry before and after."""
    _load(engine, catalogue)
    before = read_registry(engine)
    _divide(catalogue)
    _load(engine, catalogue)
    return before, read_registry(engine)


def test_loading_again_divides_and_loses_nothing(both, engine: Engine) -> None:
    before, after = both
    with engine.connect() as connection:
        assert area_of_code(connection, f"{PART}2", "2026") == (PART, False)
        mist = select(Facility.gmina_code).where(
            Facility.name == "Środowiskowy Dom Samopomocy „Mgła”", Facility.ended_release_id.is_(None)
        )
        assert connection.execute(mist).scalars().all() == [PART]
        people = select(func.count()).where(Population.area_code == PART)
        assert connection.execute(people).scalar() == 0
    assert len(after.own_gminas.areas_of_level("gmina")) == 10
    assert len(after.areas_of_level("gmina")) == len(before.areas_of_level("gmina")) == 9
    assert after.services["service_id"].nunique() == before.services["service_id"].nunique()
    stands = [
        sorted(zip(of.services["facility_name"], of.services["gmina_code"].fillna(""), strict=True))
        for of in both
    ]
    assert stands[0] == stands[1]
    assert after.localities["gmina_code"].tolist() == before.localities["gmina_code"].tolist()


def test_residents_and_powiats_are_the_same_before_and_after(both) -> None:
    before, after = both
    assert after.residents.to_dict() == before.residents.to_dict()
    assert after.residents[WHOLE] == 1440
    names = after.areas_of_level("gmina").set_index("area_code")["name"]
    assert names[WHOLE] == "Wydumka + Nowa Wydumka"
    drawn = [registry.areas_of_level("powiat")["area_km2"].tolist() for registry in both]
    assert drawn[0] == pytest.approx(drawn[1], abs=0.01)
