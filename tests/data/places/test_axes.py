"""Points in metres with their axes in either order, beside square areas of a hundred kilometres."""

import dataclasses

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box

from data.places.axes import doubtful_axes
from data.places.placed import Placed
from data.places.stated_area import StatedArea
from data.places.world import AreaIndex
from data.sources.registers.staged_register import StagedRegister
from data.sources.staged import rejected_rows
from geo.crs import GEOGRAPHIC, METRIC

SOUTH, MIDDLE = "12", "10"
_BOXES = {SOUTH: box(500_000, 200_000, 600_000, 300_000), MIDDLE: box(450_000, 400_000, 550_000, 500_000)}


def _told(
    points: dict[str, tuple[float, float]], *, code: str, is_metric: bool = True
) -> list[tuple[str, object]]:
    """Return kinds and counts for records of a file whose points are as it gives them, x before y."""
    degrees = gpd.GeoSeries([Point(at) for at in points.values()], crs=METRIC).to_crs(GEOGRAPHIC)
    records = pd.DataFrame(
        {
            "row_reference": list(points),
            "facility_key": list(points),
            "longitude": degrees.x.to_numpy(),
            "latitude": degrees.y.to_numpy(),
        }
    )
    areas = gpd.GeoDataFrame({"area_code": list(_BOXES)}, geometry=list(_BOXES.values()), crs=METRIC)
    staged = StagedRegister(records, rejected_rows(), pd.DataFrame(), None, len(records))
    placed = {key: Placed(StatedArea(frozenset(), None, code)) for key in points}
    doubts = doubtful_axes(
        dataclasses.replace(staged, is_metric=is_metric), placed, AreaIndex(areas.to_crs(GEOGRAPHIC))
    )
    return [(doubt.kind, doubt.facts["rows"]) for doubt in doubts]


def test_northing_first_is_told_by_the_area_that_the_record_names() -> None:
    assert _told({"1": (244_000, 567_000), "2": (250_000, 510_000)}, code=SOUTH) == [("axes_swapped", 2)]


def test_easting_first_is_right() -> None:
    assert _told({"1": (567_000, 244_000)}, code=SOUTH) == []


def test_points_that_fit_in_both_orders_are_told_when_nothing_decides() -> None:
    assert _told({"1": (460_000, 480_000)}, code=MIDDLE) == [("axes_not_told", 1)]


def test_one_point_that_fits_in_one_order_speaks_for_the_file() -> None:
    assert _told({"1": (460_000, 480_000), "2": (520_000, 410_000)}, code=MIDDLE) == []
    assert _told({"1": (460_000, 480_000), "2": (410_000, 520_000)}, code=MIDDLE) == [("axes_swapped", 1)]


@pytest.mark.parametrize("code", [SOUTH, "77"])
def test_degrees_and_areas_without_a_box_say_nothing(code: str) -> None:
    assert _told({"1": (244_000, 567_000)}, code=code, is_metric=code == "77") == []
