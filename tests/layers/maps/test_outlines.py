"""Outlines for a small drawing, worked by hand on two squares side by side."""

import geopandas as gpd
import pytest
from shapely import box
from shapely.geometry import MultiPolygon

from layers.maps.outlines import WIDTH, outlines_of


def areas(*shapes):
    codes = [f"{number:02}" for number in range(1, len(shapes) + 1)]
    frame = gpd.GeoDataFrame({"area_code": codes}, geometry=list(shapes), crs=2180)
    return frame.to_crs(4326)


def test_two_squares_are_drawn_side_by_side_north_above():
    made = outlines_of(areas(box(0, 0, 63_200, 63_200), box(63_200, 0, 126_400, 63_200)))
    assert (made.width, made.height) == (WIDTH, 324)
    left, right = made.areas
    assert [left.code, right.code] == ["01", "02"]
    assert (left.x, right.x) == pytest.approx((162, 478), abs=2)
    assert left.path.startswith("M")
    assert left.path.endswith("z")


def test_the_northern_one_stands_above():
    south, north = outlines_of(areas(box(0, 0, 50_000, 50_000), box(0, 50_000, 50_000, 100_000))).areas
    assert north.y < south.y


def test_an_area_of_several_parts_has_a_path_of_several():
    islands = MultiPolygon([box(0, 0, 20_000, 20_000), box(40_000, 0, 60_000, 20_000)])
    [made] = outlines_of(areas(islands)).areas
    assert made.path.count("M") == made.path.count("z") == 2
