"""Boundaries as one coverage: repaired, dissolved and simplified with shared borders kept shared."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.crs import require_metric
from geo.errors import GeometryError, OptionError
from geo.frames import POLYGONS, first_labels, require_columns, require_geometry, require_none_left

Shapes = NDArray[np.object_]


def repair(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return areas with valid geometry, all of them MultiPolygon.

    Valid shapes keep every coordinate. A shape that crosses itself is rebuilt from its rings; a shape of
    which nothing with an area is left is not guessed.

    Parameters
    ----------
    frame
        One row per area, Polygon or MultiPolygon, any CRS.

    Returns
    -------
    areas
        Same rows, index and columns.

    Raises
    ------
    FrameError
        If a geometry is missing or is not a polygon.
    GeometryError
        If a shape has no area left after the repair.
    """
    require_geometry(frame, POLYGONS, what="areas")
    shapes = frame.geometry.to_numpy().copy()
    is_broken = ~shapely.is_valid(shapes)
    shapes[is_broken] = shapely.make_valid(shapes[is_broken], method="structure", keep_collapsed=False)
    is_lost = shapely.is_empty(shapes)
    if is_lost.any():
        raise GeometryError(
            f"expected areas that can be repaired, found {int(is_lost.sum())} with no area left, "
            f"first {first_labels(frame, is_lost)}; get their boundary again from the publisher",
            codes=first_labels(frame, is_lost),
        )
    return _with_shapes(frame, shapes)


def mend_coverage(frame: gpd.GeoDataFrame, *, most_m: float) -> gpd.GeoDataFrame:
    """
    Return areas whose common borders have the same vertices where rounding had moved them apart.

    Parameters
    ----------
    frame
        One row per area, valid, EPSG:2180.
    most_m
        How far a border may move. Where one would have to move further, nothing is mended, and `require_coverage` says
        what does not fit: the publisher knows which side is right, we do not.

    Returns
    -------
    areas
        Same rows, index and columns; the same coordinates where areas are a coverage already.

    Raises
    ------
    CrsError
        If the frame is not in EPSG:2180.
    FrameError
        If a geometry is missing or is not a polygon.
    """
    require_metric(frame)
    require_geometry(frame, POLYGONS, what="areas")
    shapes = frame.geometry.to_numpy()
    if shapely.coverage_is_valid(shapes):
        return frame
    cleaned = shapely.coverage_clean(shapes)  # type: ignore[attr-defined]  # newer than the stubs
    mended: Shapes = np.asarray(cleaned, dtype=np.object_)
    is_moved = ~shapely.equals_exact(mended, shapes, 0.0, normalize=True)
    moves = shapely.hausdorff_distance(mended[is_moved], shapes[is_moved])
    if not shapely.coverage_is_valid(mended) or not bool((moves <= most_m).all()):
        return frame
    return _with_shapes(frame, _multi(np.where(is_moved, mended, shapes)))


def require_coverage(frame: gpd.GeoDataFrame) -> None:
    """
    Check that areas form a coverage: each valid, none overlapping, common borders with the same vertices.

    Overlaps and mismatched borders are reported and not repaired: the publisher knows which side is right, we
    do not. Holes between areas are allowed, because a lake may belong to nobody.

    Raises
    ------
    FrameError
        If a geometry is missing or is not a polygon.
    GeometryError
        Naming the first areas that are invalid or do not fit their neighbours.
    """
    require_geometry(frame, POLYGONS, what="areas")
    shapes = frame.geometry.to_numpy()
    is_broken = ~shapely.is_valid(shapes)
    if is_broken.any():
        raise GeometryError(
            f"expected valid areas, found {int(is_broken.sum())} invalid, first {first_labels(frame, is_broken)}: "
            f"{shapely.is_valid_reason(shapes[is_broken][0])}; call geo.geometry.repair first",
            codes=first_labels(frame, is_broken),
        )
    if not shapely.coverage_is_valid(shapes):
        is_misfit = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
        raise GeometryError(
            f"expected areas that share their borders exactly, found {int(is_misfit.sum())} that overlap or "
            f"miss their neighbours, first {first_labels(frame, is_misfit)}; get all from one vintage of one file",
            codes=first_labels(frame, is_misfit),
        )


def dissolve(frame: gpd.GeoDataFrame, *, by: str) -> gpd.GeoDataFrame:
    """
    Merge areas into larger ones, such as gminas into powiats.

    Parameters
    ----------
    frame
        One row per area; together a coverage, any CRS.
    by
        Column with the code of the larger area.

    Returns
    -------
    areas
        One row per code, sorted by it: columns `by` and the geometry, MultiPolygon, same CRS. Inner borders
        are gone, outer ones keep their vertices, so the result is a coverage again.

    Raises
    ------
    FrameError
        If the column is missing or has missing codes.
    GeometryError
        If the areas are not a coverage.
    """
    require_columns(frame, by, what="areas")
    has_no_code = frame[by].isna()
    require_none_left(
        frame.index[has_no_code], what=f"areas without {by}", remedy="fill the column or drop the rows"
    )
    require_coverage(frame)
    shapes = frame.geometry.to_numpy()
    rows_of = frame.reset_index(drop=True).groupby(by, sort=True).indices
    codes = sorted(rows_of)
    merged = [shapely.coverage_union_all(shapes[rows_of[code]]) for code in codes]
    name = frame.geometry.name
    outlines = gpd.GeoSeries(_multi(np.array(merged, dtype=object)), crs=frame.crs)
    return gpd.GeoDataFrame({by: pd.Series(codes, dtype=frame[by].dtype), name: outlines}, geometry=name)


def simplify_coverage(frame: gpd.GeoDataFrame, *, tolerance_m: float) -> gpd.GeoDataFrame:
    """
    Return areas with fewer vertices for drawing; borders stay shared and no area vanishes.

    Parameters
    ----------
    frame
        One row per area; together a coverage, EPSG:2180. All areas of the map at once: parts simplified
        apart do not fit together.
    tolerance_m
        Details smaller than about this many metres go: the square root of the area of the triangles removed
        (Visvalingam and Whyatt 1993). 300 suits a map of Poland; beyond 1,000 the smallest towns lose their
        shape.

    Returns
    -------
    areas
        Same rows, index and columns, MultiPolygon, a valid coverage.

    Raises
    ------
    CrsError
        If the frame is not in EPSG:2180.
    OptionError
        If the tolerance is not a number of metres above 0.
    GeometryError
        If the areas are not a coverage, or one of them would be lost.
    """
    require_metric(frame)
    if not (np.isfinite(tolerance_m) and tolerance_m > 0):
        raise OptionError(f"expected a tolerance above 0 m, found {tolerance_m}", tolerance_m=tolerance_m)
    require_coverage(frame)
    shapes = shapely.coverage_simplify(frame.geometry.to_numpy(), tolerance_m)
    is_lost = shapely.is_empty(shapes) | ~shapely.is_valid(shapes)
    if is_lost.any() or not shapely.coverage_is_valid(shapes):
        raise GeometryError(
            f"expected every area to survive a simplification to {tolerance_m:g} m, "
            f"lost {int(is_lost.sum())}, first {first_labels(frame, is_lost)}; lower the tolerance",
            codes=first_labels(frame, is_lost),
            tolerance_m=tolerance_m,
        )
    return _with_shapes(frame, shapes)


def _with_shapes(frame: gpd.GeoDataFrame, shapes: Shapes) -> gpd.GeoDataFrame:
    return frame.set_geometry(
        gpd.GeoSeries(_multi(shapes), index=frame.index, crs=frame.crs, name=frame.geometry.name)
    )


def _multi(shapes: Shapes) -> Shapes:
    """Return every shape as a MultiPolygon, so that a column has one kind."""
    wrapped = [
        shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape]) for shape in shapes
    ]
    return np.array(wrapped, dtype=object)
