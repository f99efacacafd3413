"""Every reader of a file says which file cannot be read, what was found and what to do; never a traceback."""

import sqlite3
import warnings

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point, box

from data.catalogue import read_catalogue
from data.hsds.reading import read_hsds
from data.sources.country.address_grid import read_address_grid
from data.sources.country.address_localities import read_address_localities
from data.sources.country.boundaries import read_gminas
from data.sources.country.local_plans import read_local_plans
from data.sources.country.localities import read_localities, read_places
from data.sources.country.people_counts import read_people_counts
from data.sources.country.population import read_population
from data.sources.country.population_grid import read_population_grid
from data.sources.country.population_history import read_history
from data.sources.country.population_projection import read_projection
from data.sources.country.postcodes import read_postcodes
from data.sources.country.teryt_register import read_crosswalk, read_terc
from data.sources.country.town_parts import read_town_parts, read_town_parts_by_age
from data.sources.registers.osm_file import read_osm_file
from data.sources.registers.profile import load_profile
from data.sources.registers.register_totals import read_official_totals
from data.sources.roads.graph import read_road_network
from data.sources.staged import SourceFormatError
from data.store.settings import Settings, SettingsError
from geo.errors import SupportMapError

GMINA = gpd.GeoDataFrame({"gmina_code": ["120101"]}, geometry=[box(20, 50, 21, 51)], crs=4326)
NOISE = np.random.default_rng(9).bytes(4000)
READERS = {
    "boundaries.geojson": read_gminas,
    "plans.csv": lambda path: read_local_plans(path, area_of_code={}),
    "localities.csv": lambda path: read_localities(path, GMINA),
    "localities.zip": lambda path: read_localities(path, GMINA),
    "places.csv": read_places,
    "totals.csv": lambda path: read_official_totals(path, columns={}),
    "osm.json": read_osm_file,
    "counts.csv": lambda path: read_people_counts(path, known_areas=[]),
    "population.csv": lambda path: read_population(path, area_of_code={}),
    "grid.tif": read_population_grid,
    "grid.gpkg": read_population_grid,
    "grid.csv": read_population_grid,
    "grid.csv.gz": read_population_grid,
    "history.csv": lambda path: read_history(path, names={}),
    "projection.csv": lambda path: read_projection(path, names={}),
    "addresses.csv": lambda path: read_address_localities(path, area_of_code={}),
    "addresses.csv.gz": lambda path: read_address_localities(path, area_of_code={}),
    "address_grid.csv.gz": lambda path: read_address_grid(path, area_of_code={}),
    "parts.csv": lambda path: read_town_parts(path, area_of_code={}),
    "parts_by_age.csv": lambda path: read_town_parts_by_age(path, area_of_code={}),
    "postcodes.csv": lambda path: read_postcodes(path, GMINA),
    "terc.csv": read_terc,
    "crosswalk.csv": lambda path: read_crosswalk(path, vintages={}),
    "profile.toml": load_profile,
    "catalogue.toml": read_catalogue,
    "roads.graphml": read_road_network,
    "roads.osm.pbf": read_road_network,
    "hsds.json": lambda path: read_hsds(path, code="x"),
}
CONTENTS = {
    "noise": NOISE,
    "empty": b"",
    "zip": b"PK\x03\x04" + NOISE,
    "sqlite": b"SQLite format 3\0" + NOISE,
    "tiff": b"II*\0" + NOISE,
    "gzip": b"\x1f\x8b" + NOISE,
    "quote": b'a,b\n"x,1\n',
}


@pytest.mark.parametrize("name", READERS)
def test_a_file_of_nothing_sensible_is_named(tmp_path, name):
    path = tmp_path / name
    for content in CONTENTS.values():
        path.write_bytes(content)
        _assert_refused(name, path)
    path.unlink()
    _assert_refused(name, path)
    path.mkdir()
    _assert_refused(name, path)


def _assert_refused(name, path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL warns of what we refuse
        with pytest.raises(SupportMapError) as caught:
            READERS[name](path)
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (NOISE, "one that cannot be read"),
        (b"", "an empty file. Fetch it again"),
        (None, "no such file. Check its name"),
    ],
)
def test_a_geotiff_of_random_bytes_says_what_to_do(tmp_path, content, words):
    path = tmp_path / "grid.tif"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceFormatError, match=f"grid.tif: expected a grid of people .*, found {words}"):
        read_population_grid(path)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT fid, geom, persons FROM grid", "expected a layer that is a table, found the view 'v'"),
        ("SELECT fid, persons FROM grid", "expected a layer that is a table, found the view 'v'"),
        (
            "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS fid, 1 AS persons FROM c",
            "expected a layer that is a table, found the view 'v'",
        ),
    ],
)
def test_a_view_of_a_geopackage_is_no_grid(tmp_path, query, words):
    path = tmp_path / "grid.gpkg"
    cells = gpd.GeoDataFrame({"persons": [1]}, geometry=[Point(500_000, 300_000)], crs=2180)
    cells.to_file(path, layer="grid", driver="GPKG")
    file = sqlite3.connect(path)
    for statement in (
        f"CREATE VIEW v AS {query}",
        "DELETE FROM gpkg_geometry_columns",
        "DELETE FROM gpkg_contents",
        "INSERT INTO gpkg_contents (table_name, identifier, data_type, srs_id) VALUES ('v', 'v', 'features', 2180)",
        "INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POINT', 2180, 0, 0)",
    ):
        file.execute(statement)
    file.commit()
    file.close()
    with pytest.raises(SourceFormatError, match=words):
        read_population_grid(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SUPPORT_MAP_OFFLINE", "maybe"),
        ("SUPPORT_MAP_GEOCODER_URL", "uug"),
        ("SUPPORT_MAP_GEOCODER_URL", "ftp://host/"),
        ("SUPPORT_MAP_GEOCODER_URL", "https://"),
    ],
)
def test_a_setting_that_means_nothing_is_said(name, value):
    with pytest.raises(SettingsError, match=f"{name}: expected .*, found '{value}'"):
        Settings.from_environment({name: value})


def test_a_mistyped_mirror_is_said_instead_of_an_invented_region(tmp_path):
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(SettingsError, match="SUPPORT_MAP_MIRROR"):
        Settings.from_environment({"SUPPORT_MAP_MIRROR": str(tmp_path / "none")}).require_folders()
    with pytest.raises(SettingsError, match="SUPPORT_MAP_CACHE"):
        Settings.from_environment(
            {"SUPPORT_MAP_MIRROR": "", "SUPPORT_MAP_CACHE": str(file)}
        ).require_folders()
    Settings.from_environment(
        {"SUPPORT_MAP_MIRROR": "", "SUPPORT_MAP_CACHE": str(tmp_path)}
    ).require_folders()


def test_the_token_is_not_told():
    settings = Settings.from_environment({"SUPPORT_MAP_STATUS_TOKEN": "geheim"})
    assert settings.status_token == "geheim"
    assert "geheim" not in repr(settings)
