"""Geometry for the browser: what goes in comes out, and a shared border is stored once."""

import json

import geopandas as gpd
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, box

from geo.errors import CrsError, FrameError
from layers.maps.topology import published_geometry, topology_of

STEP_DEGREES = 0.0001


def areas_of(decoded: dict) -> dict[str, shapely.Geometry]:
    """Decode TopoJSON slowly and plainly, as a check of the format that our script reads."""
    (scale_x, scale_y), (start_x, start_y) = decoded["transform"]["scale"], decoded["transform"]["translate"]
    arcs = []
    for arc in decoded["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + start_x, y * scale_y + start_y))
        arcs.append(line)

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for number in numbers:
            line = arcs[number] if number >= 0 else arcs[~number][::-1]
            points.extend(line if not points else line[1:])
        return points

    def polygon(rings: list[list[int]]) -> Polygon:
        return Polygon(ring(rings[0]), [ring(hole) for hole in rings[1:]])

    return {
        geometry["properties"]["code"]: polygon(geometry["arcs"])
        if geometry["type"] == "Polygon"
        else MultiPolygon([polygon(part) for part in geometry["arcs"]])
        for geometry in decoded["objects"]["areas"]["geometries"]
    }


@pytest.fixture
def three_gminas() -> gpd.GeoDataFrame:
    """Two squares of one degree side by side; the right one has a hole with a third one in it."""
    hole = box(21.4, 50.4, 21.6, 50.6)
    # The border is shared point by point, as in every coverage.
    return gpd.GeoDataFrame(
        {
            "area_code": ["120302", "120301", "120201"],
            "name": ["Środek", "Prawa", "Lewa"],
            "powiat_name": ["trzeci", "Prawa", None],
            "geometry": [hole, box(21, 50, 22, 51).difference(hole), box(20, 50, 21, 51)],
        },
        crs="EPSG:4326",
    )


def test_every_area_comes_back(three_gminas):
    back = areas_of(topology_of(three_gminas, level="gmina"))
    assert list(back) == ["120201", "120301", "120302"]
    for code, geometry in three_gminas.set_index("area_code").geometry.items():
        assert back[code].is_valid
        assert back[code].area == pytest.approx(geometry.area, abs=4 * STEP_DEGREES)
        assert back[code].symmetric_difference(geometry).area < 4 * STEP_DEGREES


def test_a_shared_border_is_stored_once(three_gminas):
    topology = topology_of(three_gminas, level="gmina")
    back = areas_of(topology)
    assert shapely.coverage_is_valid(list(back.values()))
    used = [
        number
        for one in topology["objects"]["areas"]["geometries"]
        for ring in one["arcs"]
        for number in ring
    ]
    times = {arc: sum(number in {arc, ~arc} for number in used) for arc in range(len(topology["arcs"]))}
    steps = {arc: sum(abs(x) + abs(y) for x, y in topology["arcs"][arc][1:]) for arc in times}
    shared = sum(steps[arc] for arc, count in times.items() if count == 2) * topology["transform"]["scale"][1]
    # the border in the middle, 1 degree, and the four sides of the hole, 0.2 degrees of latitude or longitude
    assert set(times.values()) == {1, 2}
    assert shared == pytest.approx(1 + 0.2 + 0.2 + (0.2 + 0.2) / 2, abs=0.001)


def test_names_of_parents_are_told_unless_they_repeat(three_gminas):
    geometries = topology_of(three_gminas, level="gmina")["objects"]["areas"]["geometries"]
    told = {one["properties"]["code"]: one["properties"].get("within") for one in geometries}
    assert told == {"120201": None, "120301": None, "120302": "trzeci"}


def test_the_label_stands_inside_or_where_the_area_says(three_gminas):
    labels = [None, Point(21.1, 50.1), None]
    with_points = three_gminas.assign(label_point=labels)
    geometries = topology_of(with_points, level="gmina")["objects"]["areas"]["geometries"]
    assert {one["properties"]["code"]: one["properties"].get("label") for one in geometries} == {
        "120201": None,
        "120301": [21.1, 50.1],
        "120302": None,
    }
    computed = topology_of(three_gminas, level="gmina")["objects"]["areas"]["geometries"]
    assert box(20, 50, 21, 51).contains(Point(computed[0]["properties"]["label"]))


def test_a_file_is_written_once_and_named_by_its_content(three_gminas, tmp_path):
    url = published_geometry(three_gminas, level="gmina", vintage="2019", folder=tmp_path)
    (path,) = tmp_path.iterdir()
    assert url == f"/geometry/{path.name}"
    assert path.name.startswith("gmina-2019-")
    written = path.stat().st_mtime_ns
    shuffled = three_gminas.iloc[::-1]
    assert published_geometry(shuffled, level="gmina", vintage="2019", folder=tmp_path) == url
    assert path.stat().st_mtime_ns == written
    renamed = three_gminas.assign(name=["Środek", "Prawa", "Inna"])
    assert published_geometry(renamed, level="gmina", vintage="2019", folder=tmp_path) != url


def test_input_is_left_alone(three_gminas):
    before = three_gminas.copy()
    topology_of(three_gminas, level="gmina")
    assert three_gminas.equals(before)


def test_what_cannot_be_drawn_is_refused(three_gminas, tmp_path):
    def publish(areas, level="gmina"):
        return published_geometry(areas, level=level, vintage="2019", folder=tmp_path)

    with pytest.raises(CrsError, match="EPSG:2180"):
        publish(three_gminas.to_crs("EPSG:2180"))
    with pytest.raises(FrameError, match="120301"):
        publish(three_gminas.assign(area_code=["120301", "120301", "120201"]))
    with pytest.raises(FrameError, match="name"):
        publish(three_gminas.drop(columns="name"))
    with pytest.raises(FrameError, match="county"):
        publish(three_gminas, level="county")
    with pytest.raises(FrameError, match="0 rows"):
        publish(three_gminas.iloc[:0])
    assert not list(tmp_path.iterdir())


@pytest.mark.mirror
def test_the_real_gminas_keep_their_shape_in_a_small_file(mirror):
    import gzip

    gminas = gpd.read_file(mirror / "boundaries" / "gminas_2019.geojson")
    metric = gminas.to_crs("EPSG:2180")
    drawn = gpd.GeoDataFrame(
        {"area_code": gminas["terc"].astype(str).str.zfill(7).str[:6], "name": gminas["name"]},
        geometry=shapely.coverage_simplify(metric.geometry.to_numpy(), 300.0),
        crs="EPSG:2180",
    ).to_crs("EPSG:4326")
    topology = topology_of(drawn, level="gmina")
    text = json.dumps(topology, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(text) < 1_300_000
    assert len(gzip.compress(text)) < 400_000
    back = gpd.GeoSeries(areas_of(topology), crs="EPSG:4326").to_crs("EPSG:2180")
    expected = drawn.set_index("area_code").geometry.to_crs("EPSG:2180").sort_index()
    assert len(back) == 2477
    lost = back.area.sum() / expected.area.sum() - 1
    assert abs(lost) < 1e-4
    differences = back.make_valid().symmetric_difference(expected).area / expected.area
    assert differences.max() < 0.05, differences.nlargest(3)
