"""Seats of powiats and larger towns, by which people find their way on a map."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from data.registry.main_places import main_places
from data.registry.registry import OFFICE_COLUMNS, Registry
from tests.support.tiny_world import tiny_registry


def towns(*rows: tuple[str, str, str, int | None]) -> gpd.GeoDataFrame:
    """Return localities: name, kind, code of the gmina and people."""
    frame = pd.DataFrame(rows, columns=["name", "kind", "gmina_code", "population_persons"])
    frame["voivodeship_code"] = frame["gmina_code"].str[:2]
    return gpd.GeoDataFrame(frame, geometry=[Point(20, 50)] * len(rows), crs="EPSG:4326")


@pytest.fixture
def world() -> Registry:
    places = towns(
        ("Duże", "miasto", "120001", 50_000),
        ("Siedziba", "miasto", "120002", 4_000),
        ("Siedziba", "miasto", "120001", 900),
        ("Siedziba", "wieś", "120001", 300),
        ("Siedziba", "miasto", "240001", 8_000),
        ("Małe", "miasto", "120001", 19_999),
    )
    office = dict.fromkeys(OFFICE_COLUMNS) | {"area_code": "1200", "address": "ul. Rynek 1, 32-700 Siedziba"}
    return replace(tiny_registry([]), localities=places, offices=pd.DataFrame([office]))


def test_seats_and_larger_towns_the_largest_first(world: Registry) -> None:
    places = main_places(world, "12")
    assert places[["name", "is_seat"]].values.tolist() == [["Duże", False], ["Siedziba", True]]  # noqa: PD011
    assert places["persons"].tolist() == [50_000, 4_000]


def test_another_voivodeship_has_its_own(world: Registry) -> None:
    assert main_places(world, "24").empty
    assert len(main_places(world, "00")) == 2


def test_without_localities_there_are_none(world: Registry) -> None:
    assert main_places(replace(world, localities=world.localities.iloc[:0]), "12").empty


@pytest.mark.mirror
def test_real_seats(real_registry: Registry) -> None:
    places = main_places(real_registry, "12")
    assert places["name"].head(3).tolist() == ["Kraków", "Tarnów", "Nowy Sącz"]
    assert {"Miechów", "Proszowice", "Dąbrowa Tarnowska"} <= set(places.loc[places["is_seat"], "name"])
    assert len(main_places(real_registry, "00")) == 120
