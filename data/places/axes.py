"""Points in metres whose axes may be the other way round: northing first, as EPSG:2180 itself has them."""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Literal

import geopandas as gpd
import numpy as np
from shapely import Point

from data.places.placed import Placed
from data.places.world import AreaIndex
from data.sources.registers.doubtful_cell import Doubt
from data.sources.registers.staged_register import StagedRegister
from geo.crs import GEOGRAPHIC, to_metric

MARGIN_M = 1_000.0
"""A point this near to the box of its area is in it: boundaries and points are of different years."""
_Box = tuple[float, float, float, float]
_Order = Literal["as read", "swapped", "both", "neither"]


def doubtful_axes(staged: StagedRegister, placed: Mapping[Hashable, Placed], areas: AreaIndex) -> list[Doubt]:
    """
    Return a doubt about the axes of a file in metres: swapped in all or some of its points, or not to be told.

    In EPSG:2180 a point whose axes are swapped is often in Poland still. So each point is compared in both orders
    with the box of the area that its record names. All records of a file have one order: where some fit in one only,
    they speak for those that fit in both. Nothing is exchanged: that is for a person, or for the publisher.
    """
    located = staged.records.dropna(subset=["latitude", "longitude"]).drop_duplicates("facility_key")
    if not staged.is_metric or located.empty:
        return []
    points = gpd.GeoSeries.from_xy(located["longitude"], located["latitude"], crs=GEOGRAPHIC)
    metres = to_metric(points)
    boxes = _boxes({placed[key].stated.narrowest for key in located["facility_key"]}, areas)
    found: dict[_Order, list[tuple[str, str]]] = {}
    for (_, row), point in zip(located.iterrows(), metres, strict=True):
        code = placed[row["facility_key"]].stated.narrowest
        found.setdefault(_order(point, boxes.get(code)), []).append((str(row["row_reference"]), code))
    swapped, as_read, both = (found.get(order, []) for order in ("swapped", "as read", "both"))
    if swapped:
        return [_doubt("axes_swapped", swapped, len(located))]
    if both and not as_read:
        return [_doubt("axes_not_told", both, len(located))]
    return []


def _doubt(kind: str, cases: list[tuple[str, str]], points: int) -> Doubt:
    facts = {"rows": len(cases), "points": points, "first_row": cases[0][0]}
    return Doubt(kind, facts | {"compared_with": dict(Counter(code for _, code in cases).most_common(3))})


def _boxes(codes: set[str], areas: AreaIndex) -> dict[str, _Box]:
    """Return the box of each area in metres."""
    named = areas.areas[areas.areas["area_code"].isin(codes)]
    bounds = to_metric(named[["area_code", "geometry"]]).bounds.to_numpy()
    wide = bounds + np.array([-MARGIN_M, -MARGIN_M, MARGIN_M, MARGIN_M])
    return {code: tuple(box) for code, box in zip(named["area_code"], wide, strict=True)}


def _order(point: Point, box: _Box | None) -> _Order:
    """Return in which order of its axes a point lies in the box."""
    if box is None:
        return "neither"
    is_inside = _has(box, point.x, point.y)
    is_inside_swapped = _has(box, point.y, point.x)
    if is_inside:
        return "both" if is_inside_swapped else "as read"
    return "swapped" if is_inside_swapped else "neither"


def _has(box: _Box, x: float, y: float) -> bool:
    left, bottom, right, top = box
    return left <= x <= right and bottom <= y <= top
