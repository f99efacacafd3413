"""Outlines of a few areas for a small drawing: SVG paths of whole numbers, light enough for an old telephone."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import geopandas as gpd
import shapely

from geo.crs import to_metric
from geo.geometry import simplify_coverage

WIDTH: Final = 640
"""Units of the drawing from its western to its eastern edge."""
_TOLERANCE: Final = 1.5
"""Units that a border may move by: less than its line is wide."""
_MARGIN: Final = 4


@dataclass(frozen=True)
class Outline:
    """One area: `path` is the `d` of an SVG path, (`x`, `y`) a point inside it."""

    code: str
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Outlines:
    """Areas beside one another in a drawing of `width` × `height` units, in the order of their codes."""

    width: int
    height: int
    areas: tuple[Outline, ...]


def outlines_of(areas: gpd.GeoDataFrame) -> Outlines:
    """
    Return the outlines of areas, north above, in EPSG:2180.

    Parameters
    ----------
    areas
        `area_code` and polygons that are a coverage, EPSG:4326; at least one.
    """
    metric = to_metric(areas).sort_values("area_code")
    west, south, east, north = metric.total_bounds
    step_m = (east - west) / (WIDTH - 2 * _MARGIN)
    simple = simplify_coverage(metric, tolerance_m=_TOLERANCE * step_m)
    shapes = shapely.transform(
        simple.geometry.to_numpy(),
        lambda points: ((points - [west, north]) / [step_m, -step_m] + _MARGIN).round(),
    )
    height = round((north - south) / step_m) + 2 * _MARGIN
    return Outlines(
        WIDTH,
        height,
        tuple(_outline(code, shape) for code, shape in zip(simple["area_code"], shapes, strict=True)),
    )


def _outline(code: str, shape: shapely.Geometry) -> Outline:
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    inside = shapely.make_valid(shape).representative_point()
    return Outline(code, "".join(map(_path, rings)), round(inside.x), round(inside.y))


def _path(ring: shapely.LinearRing) -> str:
    """Return a ring as steps from point to point; steps to the same point are left out."""
    points = [(round(x), round(y)) for x, y in ring.coords[:-1]]
    steps = []
    for (x, y), (next_x, next_y) in pairwise(points):
        if (x, y) != (next_x, next_y):
            steps.append(f"{next_x - x} {next_y - y}")
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z" if len(steps) > 1 else ""
