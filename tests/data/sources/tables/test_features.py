"""GeoJSON and GeoPackage as tables: properties, then latitude and longitude in degrees."""

import json

import geopandas as gpd
import pytest
import shapely

from data.sources.registers.profile import load_profile
from data.sources.registers.profile_tables import File
from data.sources.registers.registers import read_register
from data.sources.tables.table_file import read_table_file
from data.store.errors import RegisterError

AUTO = File()
KRAKOW = {"type": "Point", "coordinates": [19.9373, 50.0619]}


def _geojson(folder, features, **more):
    path = folder / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features} | more), encoding="utf-8")
    return path


def _feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def test_points_become_latitude_and_longitude(tmp_path):
    features = [_feature(KRAKOW, nazwa="Łaźnia", miejsca=10), _feature(None, nazwa="B", uwagi=["x", "ł"])]

    table = read_table_file(_geojson(tmp_path, features), AUTO)

    assert table.rows == [
        ["nazwa", "miejsca", "uwagi", "latitude", "longitude"],
        ["Łaźnia", 10, None, 50.0619, 19.9373],
        ["B", None, '["x", "ł"]', None, None],
    ]
    assert (table.reference(1), table.row_word) == ("1", "feature")


def test_other_shapes_have_a_point_inside_them(tmp_path):
    ring = [[20, 50], [20.2, 50], [20.2, 50.2], [20, 50.2], [20, 50]]
    features = [
        _feature({"type": "Polygon", "coordinates": [ring]}, a=1),
        _feature({"type": "Polygon", "coordinates": []}),
    ]

    rows = read_table_file(_geojson(tmp_path, features), AUTO).rows

    assert rows[1] == [1, pytest.approx(50.1), pytest.approx(20.1)]
    assert rows[2] == [None, None, None]


PROFILE = """
[register]
code = "mapa"
form = "CAL-DPS"
voivodeship = "12"
key = ["facility_name"]
[columns.facility_name]
header = "nazwa"
[columns.latitude]
header = "latitude"
[columns.longitude]
header = "longitude"
"""


@pytest.mark.parametrize(
    ("kind", "coordinates", "told"),
    [
        ("MultiPoint", [[19.9, 50], [20, 50.1], [20, 50.2]], "MultiPoint, 3 parts"),
        ("LineString", [[19.9, 50], [20, 50.1]], "LineString, 1 parts"),
        ("MultiLineString", [[[19.9, 50], [20, 50.1]], [[19, 50], [20, 50]]], "MultiLineString, 2 parts"),
    ],
)
def test_shape_that_is_not_one_place_is_told(tmp_path, kind, coordinates, told):
    (tmp_path / "mapa.toml").write_text(PROFILE, encoding="utf-8")
    shape = {"type": kind, "coordinates": coordinates}
    file = _geojson(tmp_path, [_feature(shape, nazwa="A"), _feature(KRAKOW, nazwa="B")])

    staged = read_register(load_profile(tmp_path / "mapa.toml"), file)

    assert staged.records["facility_name"].tolist() == ["B"]
    (row,) = staged.rejected.to_dict("records")
    assert (row["row_reference"], row["reason"]) == ("1", "not_one_place")
    assert f"a shape that is not one place: {told}; expected one point" in row["detail"]
    assert "Multipart to singleparts" in row["detail"]


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "MultiPoint", "coordinates": [[19.9373, 50.0619]]},
        {"type": "MultiPoint", "coordinates": [[19.9373, 50.0619], [19.9373, 50.0619]]},
        {"type": "GeometryCollection", "geometries": [KRAKOW]},
        {
            "type": "GeometryCollection",
            "geometries": [{"type": "MultiPoint", "coordinates": [[19.9373, 50.0619]]}],
        },
    ],
)
def test_shape_of_one_point_is_its_point(tmp_path, shape):
    rows = read_table_file(_geojson(tmp_path, [_feature(shape, a=1)]), AUTO).rows

    assert rows[1] == [1, 50.0619, 19.9373]


def test_old_coordinate_systems_are_turned_into_degrees(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2180"}}
    x, y = gpd.GeoSeries([shapely.Point(19.9373, 50.0619)], crs=4326).to_crs(2180).get_coordinates().iloc[0]

    rows = read_table_file(
        _geojson(tmp_path, [_feature({"type": "Point", "coordinates": [x, y]})], crs=crs), AUTO
    ).rows

    assert rows[1] == [pytest.approx(50.0619, abs=1e-6), pytest.approx(19.9373, abs=1e-6)]


def test_properties_named_as_the_coordinates_do_not_hide_them(tmp_path):
    feature = {**_feature(KRAKOW, latitude="50"), "id": "plac-1"}

    rows = read_table_file(_geojson(tmp_path, [feature]), AUTO).rows

    assert rows == [
        ["latitude (property)", "id", "latitude", "longitude"],
        ["50", "plac-1", 50.0619, 19.9373],
    ]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('{"type": "FeatureCollection", "features": [', "row 1: expected a GeoJSON file, found broken JSON"),
        ('{"type": "Topology"}', "expected a GeoJSON FeatureCollection, found JSON of the type 'Topology'"),
        ("[[1, 2]]", "found JSON of the type None with a list"),
        ('{"type": "FeatureCollection", "features": [1]}', "feature 1: expected an object with `properties`"),
        ('{"a": ' + "[" * 100_000, "found broken JSON"),
        (
            '{"type": "FeatureCollection", "features": [{}], "crs": {"properties": {"name": "Mars"}}}',
            "found 'Mars'",
        ),
    ],
)
def test_broken_geojson_is_told(tmp_path, content, found):
    (tmp_path / "a.geojson").write_text(content, encoding="utf-8")

    with pytest.raises(RegisterError) as caught:
        read_table_file(tmp_path / "a.geojson", AUTO)

    assert str(caught.value).startswith("a.geojson")
    assert found in str(caught.value)


def test_shape_that_cannot_be_read_stays_with_its_row(tmp_path):
    features = [_feature({"type": "Point", "coordinates": ["x"]}, a=1), _feature(KRAKOW, a=2)]

    rows = read_table_file(_geojson(tmp_path, features), AUTO).rows

    assert rows[1] == [1, "a shape that cannot be read", "a shape that cannot be read"]
    assert rows[2] == [2, 50.0619, 19.9373]


@pytest.fixture
def geopackage(tmp_path):
    homes = {"nazwa": ["Łaźnia", "B"], "miejsca": [10, None]}
    points = gpd.GeoSeries([shapely.Point(19.9373, 50.0619), None], crs=4326).to_crs(2180)
    gpd.GeoDataFrame(homes, geometry=points).to_file(tmp_path / "a.gpkg", layer="domy")
    gpd.GeoDataFrame({"nazwa": ["C"]}, geometry=[shapely.Point(20, 51)], crs=4326).to_file(
        tmp_path / "a.gpkg", layer="kluby"
    )
    return tmp_path / "a.gpkg"


def test_geopackage_layer_is_chosen_by_name_or_number(geopackage):
    homes = read_table_file(geopackage, AUTO)

    assert homes.rows[0] == ["fid", "nazwa", "miejsca", "latitude", "longitude"]
    assert homes.rows[1] == [
        1,
        "Łaźnia",
        10.0,
        pytest.approx(50.0619, abs=1e-6),
        pytest.approx(19.9373, abs=1e-6),
    ]
    assert homes.rows[2] == [2, "B", None, None, None]
    assert (homes.reference(1), homes.place) == ("domy!1", "a.gpkg, layer 'domy'")
    for sheet in ("kluby", 1):
        assert read_table_file(geopackage, File(sheet=sheet)).rows[1] == [1, "C", 51.0, 20.0]
    with pytest.raises(RegisterError, match=r"expected the layer 'inna', found 'domy', 'kluby'"):
        read_table_file(geopackage, File(format="geopackage", sheet="inna"))


def test_cut_geopackage_is_broken(geopackage):
    geopackage.write_bytes(geopackage.read_bytes()[:5000])

    with pytest.raises(RegisterError, match=r"a\.gpkg: expected a whole"):
        read_table_file(geopackage, AUTO)
