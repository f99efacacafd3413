import math

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import to_geographic
from geo.errors import CrsError, FrameError, OptionError
from geo.nearest import NearestIndex
from tests.geo.world import points

ORIGIN = shapely.Point(0, 0)
places_km = st.tuples(st.integers(0, 9), st.integers(0, 9))


def slow_nearest(facilities, origin, count, max_distance_m):
    """Measure to every facility and sort."""
    ranked = sorted(
        (math.sqrt((place.x - origin.x) ** 2 + (place.y - origin.y) ** 2), label)
        for label, place in facilities.geometry.items()
    )
    return [
        (label, distance)
        for distance, label in ranked
        if max_distance_m is None or distance <= max_distance_m
    ][:count]


def test_nearest_first_with_labels_and_metres():
    facilities = points((6, 8), (3, 4), (0, 1))
    facilities.index = ["far", "middle", "near"]
    found = NearestIndex(facilities).nearest(ORIGIN, count=2)
    assert found["index"].tolist() == ["near", "middle"]
    assert found["distance_m"].tolist() == [1_000, 5_000]
    assert found.index.tolist() == [0, 1]


def test_a_facility_exactly_at_the_limit_counts():
    index = NearestIndex(points((3, 4), (6, 8)))
    assert index.nearest(ORIGIN, max_distance_m=5_000)["index"].tolist() == [0]
    assert index.nearest(ORIGIN, max_distance_m=4_999.999).empty
    assert index.nearest(ORIGIN, max_distance_m=10_000)["distance_m"].tolist() == [5_000, 10_000]


def test_of_equal_distances_the_lower_labels_stay_also_at_the_cut():
    # Thirty homes known only by the centre of their town, and one nearer.
    facilities = points(*[(3, 4)] * 30, (1, 1))
    facilities.index = [*range(129, 99, -1), 500]
    found = NearestIndex(facilities).nearest(ORIGIN, count=4)
    assert found["index"].tolist() == [500, 100, 101, 102]


def test_equal_distances_in_different_directions():
    facilities = points((0, 5), (3, 4), (4, 3), (5, 0))
    facilities.index = ["d", "c", "b", "a"]
    assert NearestIndex(facilities).nearest(ORIGIN, count=3)["index"].tolist() == ["a", "b", "c"]


def test_fewer_facilities_than_asked_for_and_none():
    assert NearestIndex(points((3, 4))).nearest(ORIGIN, count=20)["index"].tolist() == [0]
    nothing = NearestIndex(points())
    assert len(nothing) == 0
    assert nothing.nearest(ORIGIN).empty
    assert list(nothing.nearest(ORIGIN).columns) == ["index", "distance_m"]


def test_found_labels_select_rows_of_the_frame():
    facilities = points((3, 4), (0, 1), name=["home", "club"])
    found = NearestIndex(facilities).nearest(ORIGIN)
    assert facilities.loc[found["index"], "name"].tolist() == ["club", "home"]


@given(
    st.lists(places_km, max_size=25),
    places_km,
    st.integers(1, 30),
    st.one_of(st.none(), st.integers(0, 9_000)),
)
def test_nearest_equals_the_slow_one(places, origin, count, max_distance_m):
    facilities = points(*places).iloc[::-1]
    start = shapely.Point(1000 * origin[0], 1000 * origin[1])
    found = NearestIndex(facilities).nearest(start, count=count, max_distance_m=max_distance_m)
    expected = slow_nearest(facilities, start, count, max_distance_m)
    assert found["index"].tolist() == [label for label, _ in expected]
    assert found["distance_m"].tolist() == pytest.approx([distance for _, distance in expected])


def test_degrees_are_refused():
    with pytest.raises(CrsError):
        NearestIndex(to_geographic(points((3, 4))))
    with pytest.raises(CrsError, match=r"found 19.94, 50.06, which are degrees"):
        NearestIndex(points((3, 4))).nearest(shapely.Point(19.94, 50.06))


def test_wrong_inputs_are_named():
    index = NearestIndex(points((3, 4)))
    with pytest.raises(OptionError, match="count of 1 or more, found 0"):
        index.nearest(ORIGIN, count=0)
    with pytest.raises(OptionError, match="distance of 0 m or more, found -1"):
        index.nearest(ORIGIN, max_distance_m=-1)
    for nowhere in (shapely.Point(), shapely.Point(float("nan"), 1)):
        with pytest.raises(OptionError, match="point to measure from"):
            index.nearest(nowhere)
    with pytest.raises(FrameError, match="geometry for each"):
        NearestIndex(gpd.GeoSeries([None], crs="EPSG:2180"))
    mixed = points((1, 1), (2, 2))
    mixed.index = [1, "a"]
    with pytest.raises(FrameError, match="index that sorts"):
        NearestIndex(mixed)
