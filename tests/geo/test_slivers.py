"""Three fields side by side, 100 m by 100 m: what overlaps or gapes a little is closed and measured, the rest told."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import box

from geo.errors import CrsError, GeometryError, OptionError
from geo.slivers import close_slivers, without_small_holes

X, Y = 500_000.0, 300_000.0


def fields(*bounds: tuple[float, float, float, float], crs="EPSG:2180") -> gpd.GeoDataFrame:
    shapes = [box(X + west, Y + south, X + east, Y + north) for west, south, east, north in bounds]
    return gpd.GeoDataFrame(
        {"name": ["a", "b", "c", "d"][: len(shapes)]},
        geometry=shapes,
        crs=crs,
        index=list("ABCD")[: len(shapes)],
    )


def closed(frame, most_m2=100.0, width_m=2.0):
    return close_slivers(frame, most_m2=most_m2, width_m=width_m)


def test_fields_that_fit_stay_as_they_are() -> None:
    frame = fields((0, 0, 100, 100), (100, 0, 200, 100))
    done = closed(frame)
    assert done.areas is frame
    assert done.pieces.empty


def test_an_overlap_is_lost_by_one_of_two() -> None:
    done = closed(fields((0, 0, 100, 100), (99.5, 0, 200, 100)))
    assert shapely.coverage_is_valid(done.areas.geometry.to_numpy())
    assert done.areas.area.sum() == pytest.approx(20_000)
    assert done.pieces["area_m2"].tolist() == pytest.approx([50.0])
    assert done.pieces["width_m"].tolist() == pytest.approx([2 * 50 / 201])
    assert X + 99.5 <= done.pieces.geometry.iloc[0].x <= X + 100


def test_a_narrow_gap_is_gained_by_one_and_a_wide_one_stays_a_hole() -> None:
    south = (0, -100, 200, 0), (0, 100, 200, 200)
    done = closed(fields((0, 0, 100, 100), (101, 0, 200, 100), *south))
    assert done.areas.area.sum() == pytest.approx(60_000)
    assert done.pieces["area_m2"].tolist() == pytest.approx([100.0])
    wide = fields((0, 0, 100, 100), (110, 0, 200, 100), *south)
    done = closed(wide)
    assert done.areas.area.sum() == pytest.approx(59_000)
    assert done.pieces.empty
    (gap,) = done.gaps.to_dict("records")
    assert gap["area_m2"] == pytest.approx(1_000.0)
    assert set(gap["neighbours"]) == {"A", "B", "C", "D"}
    assert set(gap["neighbours"][:2]) == {"A", "B"}
    assert X + 100 < gap["geometry"].x < X + 110


@pytest.mark.parametrize(
    ("west", "south", "east", "north"),
    [(95, 40, 105, 50), (99.9, 40, 100.1, 41), (10, 10, 11, 11)],
    ids=["of 100 m² between two", "of 0.2 m² between two", "within one"],
)
def test_a_small_gap_is_closed_however_wide(west, south, east, north) -> None:
    hole = box(X + west, Y + south, X + east, Y + north)
    frame = fields((0, 0, 100, 100), (100, 0, 200, 100))
    frame = frame.set_geometry(frame.difference(hole))
    done = closed(frame)
    assert shapely.coverage_is_valid(done.areas.geometry.to_numpy())
    assert done.areas.area.sum() == pytest.approx(20_000)
    assert done.pieces["area_m2"].tolist() == pytest.approx([hole.area])
    assert done.gaps.empty
    assert set(done.areas.geom_type) == {"MultiPolygon"}


def test_a_gap_of_more_than_is_closed_is_told_and_an_area_in_a_hole_is_none() -> None:
    hole, island = box(X + 20, Y + 20, X + 80, Y + 80), box(X + 20, Y + 20, X + 80, Y + 60)
    frame = fields((0, 0, 100, 100), (100, 0, 200, 100), (0, 0, 1, 1))
    frame.geometry = [frame.geometry["A"].difference(hole), frame.geometry["B"], island]
    done = closed(frame)
    (gap,) = done.gaps.to_dict("records")
    assert gap["area_m2"] == pytest.approx(60 * 20)
    assert gap["neighbours"] == ("A", "C")
    assert closed(frame, most_m2=1_200).areas.area.sum() == pytest.approx(20_000)


def test_a_long_strip_may_be_larger_when_it_is_narrow() -> None:
    frame = fields((0, 0, 100, 10_000), (99, 0, 200, 10_000))
    assert closed(frame).pieces["area_m2"].tolist() == pytest.approx([10_000.0])
    with pytest.raises(GeometryError):
        closed(frame, width_m=0.5)


def test_a_larger_piece_is_refused_with_its_place_and_size() -> None:
    with pytest.raises(GeometryError, match=r"to within 100 m² or 2 m, found 1 larger pieces") as caught:
        closed(fields((0, 0, 100, 100), (80, 0, 200, 100)))
    pieces = caught.value.facts["pieces"]
    assert pieces["area_m2"].tolist() == pytest.approx([2_000.0])
    assert pieces["label"].iloc[0] in {"A", "B"}
    assert closed(
        fields((0, 0, 100, 100), (80, 0, 200, 100)), most_m2=2_001
    ).areas.area.sum() == pytest.approx(20_000)


def test_an_area_may_not_vanish() -> None:
    with pytest.raises(GeometryError):
        closed(fields((0, 0, 100, 100), (20, 20, 25, 25)))


def test_degrees_and_tolerances_below_zero_are_refused() -> None:
    with pytest.raises(CrsError):
        closed(fields((0, 0, 1, 1), crs="EPSG:4326"))
    with pytest.raises(OptionError, match="most_m2"):
        closed(fields((0, 0, 1, 1)), most_m2=-1)


def test_only_small_holes_are_filled() -> None:
    field = shapely.MultiPolygon(
        [box(0, 0, 1000, 1000).difference(box(10, 10, 60, 60)).difference(box(100, 100, 300, 300))]
    )
    (filled,) = without_small_holes(np.array([field], dtype=object), most_m2=2_500)
    assert filled.area == 1000 * 1000 - 200 * 200
    assert filled.geom_type == "MultiPolygon"
