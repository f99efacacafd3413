"""Overlaps and gaps between areas that should share their borders: closed where they are small, told where not."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import require_metric
from geo.errors import GeometryError, OptionError
from geo.frames import POLYGONS, require_geometry
from geo.geometry import Shapes

_LEAST_M2 = 0.01


@dataclass(frozen=True)
class ClosedSlivers:
    """
    Areas that are a coverage, and what was changed for it.

    Attributes
    ----------
    areas
        Same rows, index and columns; the same coordinates where areas fitted their neighbours already.
    pieces
        One row per piece of land that an area gained or lost, the largest first: `label` (the index of the area),
        `area_m2`, `width_m` (twice the area by the perimeter) and a point in it, EPSG:2180. An overlap of two areas is
        lost by one of them, a gap is gained by one.
    gaps
        One row per gap between areas that stays, the largest first: `neighbours` (the labels of those around it, the
        one with the longest border first), `area_m2`, `width_m` and a point in it, EPSG:2180.
    """

    areas: gpd.GeoDataFrame
    pieces: gpd.GeoDataFrame
    gaps: gpd.GeoDataFrame


def close_slivers(frame: gpd.GeoDataFrame, *, most_m2: float, width_m: float) -> ClosedSlivers:
    """
    Return areas as one coverage, where every piece that changes hands is narrow or small.

    Each overlap, and each gap narrower than `width_m` or of at most `most_m2`, goes to the neighbour with which it
    shares the longest border. A larger gap, such as a lake that belongs to nobody or an area that is missing, stays
    and is told. One that is open to the outside is the outline of the whole: nobody can tell that it is a gap.

    Parameters
    ----------
    frame
        One row per area, valid, EPSG:2180.
    most_m2
        The largest piece of land that may change hands when it is wider than `width_m`; above it the publisher knows
        which side is right, we do not.
    width_m
        How wide (twice the area by the perimeter) a piece of any length may be, and a gap to be closed.

    Raises
    ------
    CrsError, FrameError
        If the frame is not in EPSG:2180, or a geometry is missing or no polygon.
    OptionError
        If a tolerance is below 0.
    GeometryError
        If a larger piece would change hands, or areas do not fit after all; `facts` has `pieces` as above.

    Notes
    -----
    `shapely.coverage_clean` (GEOS 3.14, `CoverageCleaner`) does the work; here it is measured.
    """
    require_metric(frame)
    require_geometry(frame, POLYGONS, what="areas")
    for name, value in (("most_m2", most_m2), ("width_m", width_m)):
        if not value >= 0:
            raise OptionError(f"expected {name} of at least 0, found {value}", **{name: value})
    shapes: Shapes = frame.geometry.to_numpy()
    mended = shapes
    if not shapely.coverage_is_valid(shapes, gap_width=width_m):
        cleaned = shapely.coverage_clean(shapes, gap_width=width_m)  # type: ignore[attr-defined]  # newer than stubs
        mended = np.asarray(cleaned, dtype=np.object_)
    pieces = _pieces(frame, shapes, mended)
    too_large = pieces[(pieces["area_m2"] > most_m2) & (pieces["width_m"] > width_m)]
    if not too_large.empty or not shapely.coverage_is_valid(mended) or shapely.is_empty(mended).any():
        found = too_large if not too_large.empty else pieces
        raise GeometryError(
            f"expected areas that share their borders to within {most_m2:g} m² or {width_m:g} m, found "
            f"{len(too_large)} larger pieces of land that two of them have, or none, the first "
            f"{found['area_m2'].max():.1f} m²",
            pieces=found,
        )
    gaps = gaps_between(frame.set_geometry(gpd.GeoSeries(list(mended), index=frame.index, crs=frame.crs)))
    is_small = (gaps["area_m2"] <= most_m2) | (gaps["width_m"] <= width_m)
    if is_small.any():
        mended = _filled(frame, mended, gaps[is_small])
        pieces = _pieces(frame, shapes, mended)
    staying = gaps[~is_small].reset_index(drop=True)
    staying = staying.set_geometry(
        gpd.GeoSeries(list(staying.geometry.representative_point()), crs=frame.crs)
    )
    if mended is shapes:
        return ClosedSlivers(frame, pieces, staying)
    is_moved = ~shapely.equals_exact(mended, shapes, 0.0, normalize=True)
    whole = [
        shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])
        for shape in np.where(is_moved, mended, shapes)
    ]
    areas = frame.set_geometry(
        gpd.GeoSeries(whole, index=frame.index, crs=frame.crs, name=frame.geometry.name)
    )
    return ClosedSlivers(areas, pieces, staying)


def gaps_between(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return the land between areas that belongs to none of them, the largest first.

    Parameters
    ----------
    frame
        One row per area, a coverage, EPSG:2180.

    Returns
    -------
    gaps
        `neighbours` (labels, the one with the longest common border first), `area_m2`, `width_m` (twice the area by the
        perimeter) and the polygon.
    """
    shapes: Shapes = frame.geometry.to_numpy()
    holes = _holes(shapes)
    tree = shapely.STRtree(shapes)
    borders = shapely.boundary(shapes)
    neighbours = []
    for hole in holes:
        near = np.sort(tree.query(hole, predicate="intersects"))
        shared = shapely.length(shapely.intersection(borders[near], shapely.boundary(hole)))
        order = near[np.argsort(-shared, kind="stable")][: int((shared > 0).sum())]
        neighbours.append(tuple(frame.index[order]))
    gaps = gpd.GeoDataFrame(
        {
            "neighbours": pd.Series(neighbours, dtype=object),
            "area_m2": shapely.area(holes),
            "width_m": 2 * shapely.area(holes) / shapely.length(holes),
        },
        geometry=gpd.GeoSeries(list(holes), crs=frame.crs),
        crs=frame.crs,
    )
    ordered: gpd.GeoDataFrame = gaps.sort_values("area_m2", ascending=False, kind="stable", ignore_index=True)
    return ordered


def _holes(shapes: Shapes) -> Shapes:
    """Return the holes in the union of areas, without the areas that lie in them."""
    parts: Shapes = shapely.get_parts(shapely.coverage_union_all(shapes))
    tree = shapely.STRtree(parts)
    holes = []
    for ring in (ring for part in parts for ring in part.interiors):
        hole = shapely.Polygon(ring)
        islands = parts[tree.query(hole, predicate="covers")]
        holes += list(shapely.get_parts(shapely.difference(hole, shapely.union_all(islands))))
    found: Shapes = np.array(holes, dtype=np.object_)
    return found[shapely.area(found) > 0] if len(found) else found


def _filled(frame: gpd.GeoDataFrame, shapes: Shapes, gaps: gpd.GeoDataFrame) -> Shapes:
    """Return the shapes with each gap in that of its first neighbour."""
    filled = shapes.copy()
    owner = gaps["neighbours"].str[0]
    for label, of_one in gaps.groupby(owner, sort=False):
        place = frame.index.get_loc(label)
        filled[place] = shapely.union_all([shapes[place], *of_one.geometry])
    return filled


def _pieces(frame: gpd.GeoDataFrame, before: Shapes, after: Shapes) -> gpd.GeoDataFrame:
    """Return every piece that is of an area before or after and not both."""
    changed = np.flatnonzero(~shapely.equals_exact(after, before, 0.0, normalize=True))
    between = shapely.symmetric_difference(after[changed], before[changed])
    parts, of = shapely.get_parts(between, return_index=True)
    # What is smaller is a vertex more on the same border, or the last decimal of one.
    is_land = shapely.area(parts) > _LEAST_M2
    parts, of = parts[is_land], of[is_land]
    pieces = gpd.GeoDataFrame(
        {
            "label": frame.index.to_numpy()[changed][of],
            "area_m2": shapely.area(parts),
            "width_m": 2 * shapely.area(parts) / shapely.length(parts),
        },
        geometry=gpd.GeoSeries(list(shapely.point_on_surface(parts)), crs=frame.crs),
        crs=frame.crs,
    )
    ordered: gpd.GeoDataFrame = pieces.sort_values(
        "area_m2", ascending=False, kind="stable", ignore_index=True
    )
    return ordered


def without_small_holes(shapes: Shapes, *, most_m2: float) -> Shapes:
    """
    Return polygons without their holes of at most this size: gaps between the areas that they were made of.

    Parameters
    ----------
    shapes
        MultiPolygons, EPSG:2180.
    """
    filled = []
    for shape in shapes:
        parts = [
            shapely.Polygon(
                part.exterior, [ring for ring in part.interiors if shapely.Polygon(ring).area > most_m2]
            )
            for part in shape.geoms
        ]
        filled.append(shapely.MultiPolygon(parts))
    return np.array(filled, dtype=np.object_)
