import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from geo.crs import GEOGRAPHIC, METRIC, to_geographic, to_metric
from geo.errors import CrsError, FrameError, GeometryError, OptionError
from geo.geometry import dissolve, mend_coverage, repair, require_coverage, simplify_coverage
from tests.geo.world import SIDE_M, square_gminas

KM2 = 1e6


def with_shape(frame, row, shape):
    changed = frame.copy()
    changed.loc[row, "geometry"] = shape
    return changed


def wavy_pair():
    """Give two areas with one border of small waves, 40 m high, every 100 m."""
    border = [(SIDE_M + (40 if step % 2 else 0), step * 100.0) for step in range(101)]
    west = shapely.Polygon([(0, 0), *border, (0, SIDE_M)])
    east = shapely.Polygon([*border, (2 * SIDE_M, SIDE_M), (2 * SIDE_M, 0)])
    return gpd.GeoDataFrame({"area_code": ["120101", "120102"]}, geometry=[west, east], crs=METRIC)


def test_repair_keeps_good_shapes_and_rebuilds_a_bow_tie():
    bow_tie = shapely.Polygon([(10_000, 0), (20_000, 10_000), (20_000, 0), (10_000, 10_000)])
    broken = with_shape(square_gminas(), 1, bow_tie)
    repaired = repair(broken)
    assert repaired.is_valid.all()
    assert set(repaired.geom_type) == {"MultiPolygon"}
    assert repaired.area.tolist() == [100 * KM2, 50 * KM2]
    assert repaired["area_code"].tolist() == ["120101", "120102"]
    assert not broken.is_valid[1]


def test_repair_does_not_guess_an_area_without_area():
    flat = with_shape(square_gminas(), 1, shapely.Polygon([(0, 0), (10, 0), (20, 0), (0, 0)]))
    with pytest.raises(GeometryError, match=r"first \['120102'\]"):
        repair(flat)


def test_squares_are_a_coverage_and_overlaps_are_named():
    assert require_coverage(square_gminas(3)) is None
    overlapping = with_shape(square_gminas(3), 1, shapely.box(9_000, 0, 20_000, 10_000))
    with pytest.raises(GeometryError, match=r"found 2 that overlap .* first \['120101', '120102'\]"):
        require_coverage(overlapping)
    crossed = with_shape(square_gminas(), 0, shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)]))
    with pytest.raises(GeometryError, match=r"invalid.*Self-intersection.*repair first"):
        require_coverage(crossed)


def test_dissolve_two_and_two():
    gminas = square_gminas(2, 2).assign(powiat_code=["1202", "1201", "1202", "1201"])
    powiats = dissolve(gminas, by="powiat_code")
    assert powiats["powiat_code"].tolist() == ["1201", "1202"]
    assert powiats.area.tolist() == [200 * KM2, 200 * KM2]
    # A column 10 km wide and 20 km high: the border inside is gone.
    assert powiats.length.tolist() == [60_000, 60_000]
    assert set(powiats.geom_type) == {"MultiPolygon"}
    assert powiats.crs == METRIC
    assert list(powiats.columns) == ["powiat_code", "geometry"]


def test_dissolve_keeps_a_detached_part_and_the_name_of_the_geometry():
    gminas = square_gminas(3).assign(powiat_code=["1201", "1202", "1201"]).rename_geometry("shape")
    powiats = dissolve(gminas, by="powiat_code")
    assert powiats.geometry.name == "shape"
    assert shapely.get_num_geometries(powiats.geometry.to_numpy()).tolist() == [2, 1]


def test_dissolve_refuses_missing_codes_columns_and_overlaps():
    gminas = square_gminas().assign(powiat_code=["1201", None])
    with pytest.raises(FrameError, match="areas without powiat_code, found 1, first \\[1\\]"):
        dissolve(gminas, by="powiat_code")
    with pytest.raises(FrameError, match="found no \\['region'\\]"):
        dissolve(gminas, by="region")
    overlapping = with_shape(square_gminas(), 1, shapely.box(9_000, 0, 20_000, 10_000))
    with pytest.raises(GeometryError, match="overlap"):
        dissolve(overlapping, by="area_code")


def test_simplification_smooths_the_shared_border_once():
    areas = wavy_pair().set_index("area_code", drop=False)
    simple = simplify_coverage(areas, tolerance_m=300)
    assert shapely.get_num_coordinates(simple.geometry.to_numpy()).max() < 10
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert simple.area.sum() == pytest.approx(200 * KM2, rel=1e-9)
    assert simple.geometry.iloc[0].intersection(simple.geometry.iloc[1]).length == pytest.approx(
        SIDE_M, rel=0.01
    )
    assert simple.index.tolist() == ["120101", "120102"]
    assert set(simple.geom_type) == {"MultiPolygon"}
    assert shapely.get_num_coordinates(areas.geometry.to_numpy()).min() > 100


def test_an_enclave_survives_any_tolerance():
    hole = shapely.Point(5_000, 5_000).buffer(200)
    ring = shapely.box(0, 0, SIDE_M, SIDE_M).difference(hole)
    areas = gpd.GeoDataFrame({"area_code": ["120101", "120102"]}, geometry=[ring, hole], crs=METRIC)
    simple = simplify_coverage(areas, tolerance_m=5_000)
    assert (simple.area > 0).all()
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())


def test_simplification_wants_metres_a_tolerance_and_a_coverage():
    with pytest.raises(CrsError):
        simplify_coverage(to_geographic(square_gminas()), tolerance_m=300)
    for tolerance_m in (0, -1, float("nan"), float("inf")):
        with pytest.raises(OptionError, match="tolerance above 0"):
            simplify_coverage(square_gminas(), tolerance_m=tolerance_m)
    overlapping = with_shape(square_gminas(), 1, shapely.box(9_000, 0, 20_000, 10_000))
    with pytest.raises(GeometryError, match="share their borders"):
        simplify_coverage(overlapping, tolerance_m=300)


@pytest.mark.mirror
def test_boundaries_of_poland(mirror):
    file = gpd.read_file(mirror / "boundaries" / "gminas_2019.geojson")
    gminas = to_metric(file.assign(area_code=file["terc"].str[:6]))
    simple = simplify_coverage(gminas, tolerance_m=300)
    assert len(simple) == 2477
    assert (simple.area / gminas.area).min() > 0.99
    assert simple.area.sum() == pytest.approx(gminas.area.sum(), rel=1e-5)
    # The map is drawn in degrees: borders are still shared there.
    drawn = to_geographic(simple).geometry.to_numpy()
    assert shapely.coverage_is_valid(drawn)
    assert np.all(shapely.is_valid(drawn))

    powiats = dissolve(gminas.assign(powiat_code=gminas["area_code"].str[:4]), by="powiat_code")
    voivodeships = dissolve(
        powiats.assign(voivodeship_code=powiats["powiat_code"].str[:2]), by="voivodeship_code"
    )
    assert (len(powiats), len(voivodeships)) == (380, 16)
    assert voivodeships.area.sum() == pytest.approx(gminas.area.sum(), rel=1e-12)
    published = gpd.read_file(mirror / "boundaries" / "voivodeships_2019.geojson").to_crs(GEOGRAPHIC)
    assert voivodeships.area.sum() == pytest.approx(to_metric(published).area.sum(), rel=1e-4)


def test_borders_that_decimals_parted_are_one_line_again() -> None:
    """A vertex of one side lies 5 cm beyond the line of the other; one of 5 m is for the publisher to mend."""
    west = box(0, 0, 10_000, 10_000)
    for off_m, is_mended in ((0.05, True), (5.0, False)):
        east = Polygon(
            [(10_000, 0), (20_000, 0), (20_000, 10_000), (10_000, 10_000), (10_000 - off_m, 4_000)]
        )
        frame = gpd.GeoDataFrame({"code": ["W", "E"]}, geometry=[west, east], crs=METRIC)
        mended = mend_coverage(frame, most_m=1.0)
        assert bool(shapely.coverage_is_valid(mended.geometry.to_numpy())) is is_mended
        assert (mended is frame) is not is_mended
    neighbours = gpd.GeoDataFrame(geometry=[west, box(10_000, 0, 20_000, 10_000)], crs=METRIC)
    assert mend_coverage(neighbours, most_m=1.0) is neighbours
