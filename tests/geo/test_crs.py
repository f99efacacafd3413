import geopandas as gpd
import pytest
import shapely

from geo.crs import (
    GEOGRAPHIC,
    METRIC,
    metric_point,
    require_metric,
    require_same_crs,
    to_geographic,
    to_metric,
)
from geo.errors import CrsError, GeometryError, SupportMapError

KRAKOW = shapely.Point(19.94, 50.06)


def test_metric_frame_is_accepted_and_degrees_are_not():
    require_metric(gpd.GeoSeries([shapely.Point(0, 0)], crs=METRIC))
    with pytest.raises(CrsError, match=r"expected coordinates in EPSG:2180 .* found EPSG:4326") as caught:
        require_metric(gpd.GeoSeries([KRAKOW], crs=GEOGRAPHIC))
    assert caught.value.facts == {"expected": "EPSG:2180", "found": "EPSG:4326"}
    assert isinstance(caught.value, SupportMapError)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("crs", [None, "EPSG:3857"])
def test_no_crs_and_other_metres_are_refused(crs):
    with pytest.raises(CrsError, match="to_metric"):
        require_metric(gpd.GeoSeries([shapely.Point(0, 0)], crs=crs))


def test_frames_of_one_crs_pass_and_others_do_not():
    degrees = gpd.GeoSeries([KRAKOW], crs=GEOGRAPHIC)
    assert require_same_crs(degrees, degrees.copy()) is None
    with pytest.raises(CrsError, match="found EPSG:4326 and EPSG:2180"):
        require_same_crs(degrees, to_metric(degrees))
    with pytest.raises(CrsError, match="found no CRS and no CRS"):
        require_same_crs(gpd.GeoSeries([KRAKOW]), gpd.GeoSeries([KRAKOW]))


def test_krakow_is_in_the_south_of_the_metric_map_and_comes_back():
    frame = gpd.GeoDataFrame({"name": ["Kraków"]}, geometry=[KRAKOW], crs=GEOGRAPHIC)
    metric = to_metric(frame)
    # Easting first, then northing, although EPSG:2180 is defined the other way round.
    assert metric.geometry[0].x == pytest.approx(567_000, abs=1000)
    assert metric.geometry[0].y == pytest.approx(244_000, abs=1000)
    assert to_geographic(metric).geometry[0].distance(KRAKOW) < 1e-9
    assert frame.crs == GEOGRAPHIC


def test_missing_points_and_empty_frames_pass_through():
    assert to_metric(gpd.GeoSeries([None, KRAKOW], crs=GEOGRAPHIC)).isna().tolist() == [True, False]
    empty = to_metric(gpd.GeoDataFrame(geometry=[], crs=GEOGRAPHIC))
    assert len(empty) == 0
    assert empty.crs == METRIC


def test_what_cannot_be_projected_is_named():
    with pytest.raises(CrsError, match="found none"):
        to_metric(gpd.GeoSeries([KRAKOW]))
    damaged = gpd.GeoSeries([KRAKOW, shapely.Point(19.94, 5006)], index=["a", "b"], crs=GEOGRAPHIC)
    with pytest.raises(GeometryError, match="first \\['b'\\]"):
        to_metric(damaged)


def test_one_point_is_where_a_frame_of_it_is():
    assert metric_point(KRAKOW) == gpd.GeoSeries([KRAKOW], crs=GEOGRAPHIC).to_crs(METRIC).iloc[0]
    with pytest.raises(GeometryError, match="expected a point that projects"):
        metric_point(shapely.Point(19.94, 500.0))
