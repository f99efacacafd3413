"""The example region as files: made again to the byte, small, whole, and of the structure that it promises."""

import csv
import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from data.example.files import region_files
from data.example.lists import make_lists
from data.example.names import adjective, locative
from data.example.people import COUNTED_ON, LAST_YEAR, People, make_people
from data.example.places import make_places
from data.example.providers import make_providers
from data.example.seeds import MAIN
from data.example.units import Units, make_units
from data.store.names import fold
from data.store.settings import REPOSITORY
from geo.teryt import EXAMPLE_VOIVODESHIPS, VOIVODESHIPS

REGION = REPOSITORY / "data" / "example" / "region"
MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def units() -> Units:
    return make_units()


@pytest.fixture(scope="module")
def people(units: Units) -> People:
    return make_people(units)


@pytest.fixture(scope="module")
def borders() -> gpd.GeoDataFrame:
    """Give the borders as they are committed."""
    return gpd.read_file(REGION / "gminas.geojson")


def test_committed_files_are_made_again_to_the_byte(tmp_path: Path) -> None:
    """Whatever the machine is set to: no hash, language or time zone decides about a byte."""
    settings = {"PYTHONHASHSEED": "1", "LANG": "C", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    script = "import sys, pathlib, data.example.files as f; f.write_region(pathlib.Path(sys.argv[1]))"
    command = [sys.executable, "-c", script, str(tmp_path)]
    subprocess.run(command, cwd=REPOSITORY, env=os.environ | settings, check=True, capture_output=True)
    made, committed = _files_in(tmp_path), _files_in(REGION)
    assert sorted(made) == sorted(committed)
    assert [name for name in made if made[name] != committed[name]] == []
    assert sum(map(len, made.values())) <= MOST_BYTES


def _files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_gminas_share_their_edges_and_lie_at_sea(borders: gpd.GeoDataFrame) -> None:
    assert borders.geometry.is_valid.all()
    assert shapely.coverage_is_valid(borders.geometry.to_numpy())
    assert shapely.union_all(borders.geometry.to_numpy()).geom_type == "Polygon"
    assert borders.total_bounds[1] > 54.84, "north of Rozewie, the northernmost land of Poland"


def test_the_main_voivodeship_has_14_powiats_and_two_cities(units: Units) -> None:
    assert Counter(gmina.voivodeship for gmina in units.gminas) == {"96": 16, "97": 16, MAIN: 120}
    assert len([code for code in units.powiats if code.startswith(MAIN) and int(code[2:]) < 61]) == 14
    assert [gmina.code for gmina in units.cities] == ["9861011", "9862011"]
    assert set(EXAMPLE_VOIVODESHIPS).isdisjoint(VOIVODESHIPS)


def test_a_powiat_is_in_one_piece(borders: gpd.GeoDataFrame) -> None:
    powiats = borders.dissolve(borders["terc"].str[:4])
    assert set(powiats.geometry.geom_type) == {"Polygon"}


def test_villages_empty_suburbs_grow_and_everybody_ages(units: Units, people: People) -> None:
    def growth(kind: str) -> float:
        own = [gmina for gmina in units.of(MAIN) if gmina.kind == kind]
        then, now = (sum(people.residents(gmina, year) for gmina in own) for year in (LAST_YEAR, COUNTED_ON))
        return then / now

    assert growth("suburb") > 1 > growth("village") > growth("far_village")
    oldest = [
        sum(people.from_age(gmina, 80, year) for gmina in units.of(MAIN))
        for year in (COUNTED_ON, 2030, LAST_YEAR)
    ]
    assert all(later > 1.2 * earlier for earlier, later in pairwise(oldest))


def test_facilities_of_thirty_forms_have_invented_telephones(units: Units, people: People) -> None:
    providers = make_providers(units, people, make_places(units, people))
    own = [provider for provider in providers if provider.gmina.voivodeship == MAIN]
    assert len(own) >= 400
    assert len({provider.form for provider in own}) >= 30
    assert all(provider.phone.startswith("000 ") for provider in providers)
    assert len({provider.phone for provider in providers}) == len(providers)


def test_registers_of_three_days_open_close_move_and_enlarge(units: Units, people: People) -> None:
    places = make_places(units, people)
    (homes, clubs, *_) = make_lists(units, places, make_providers(units, people, places))
    for of_days, columns in (
        (homes.files, ("street_address", "vacant")),
        (clubs.files, ("street_address", "places")),
    ):
        first, *_, last = ({row["source_id"]: row for row in rows} for _, rows in sorted(of_days.items()))
        assert len(of_days) == 3
        assert last.keys() - first.keys()
        assert first.keys() - last.keys()
        stayed = first.keys() & last.keys()
        for column in columns:
            assert [key for key in stayed if first[key][column] != last[key][column]]


@pytest.mark.parametrize(
    ("name", "of_powiat", "where"),
    [
        ("Cichobór", "cichoborski", "Cichoborze"),
        ("Jasnodąb", "jasnodębski", "Jasnodębie"),
        ("Rudoniwa", "rudoniwski", "Rudoniwie"),
    ],
)
def test_names_are_inflected(name: str, of_powiat: str, where: str) -> None:
    assert (adjective(name), locative(name)) == (of_powiat, where)


@pytest.mark.mirror
def test_no_place_of_poland_bears_a_name_of_the_example(mirror: Path) -> None:
    with gzip.open(mirror / "gazetteer" / "localities_prng_2021.csv.gz", "rt", encoding="utf-8") as file:
        real = {fold(row["name"]) for row in csv.DictReader(file)}
    made = region_files()
    places = {row["name"] for row in csv.DictReader(made["localities.csv"].decode().splitlines())}
    gminas = {feature["properties"]["name"] for feature in json.loads(made["gminas.geojson"])["features"]}
    assert {name for name in places | gminas if fold(name) in real} == set()
