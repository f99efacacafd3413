"""The two coordinate systems: one to keep and draw, one to measure. No other module names them."""

from typing import TypeVar

import geopandas as gpd
import numpy as np
from pyproj import CRS, Transformer
from shapely import Point

from geo.errors import CrsError, GeometryError

GEOGRAPHIC = "EPSG:4326"
"""Longitude and latitude in degrees: to keep, exchange and draw."""
METRIC = "EPSG:2180"
"""PL-1992, easting and northing in metres: to measure. Scale error in Poland is -0.7 to +0.9 m per km."""

_GEOGRAPHIC_CRS = CRS.from_user_input(GEOGRAPHIC)
_METRIC_CRS = CRS.from_user_input(METRIC)
_TO_METRIC = Transformer.from_crs(_GEOGRAPHIC_CRS, _METRIC_CRS, always_xy=True)

Spatial = TypeVar("Spatial", gpd.GeoDataFrame, gpd.GeoSeries)


def require_metric(frame: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
    """
    Check that distances and areas of a frame are in metres of EPSG:2180.

    Other systems in metres are refused as well: Web Mercator has metres that are 1.6 times too long in
    Poland.

    Raises
    ------
    CrsError
        If the frame has no CRS or another one.
    """
    if frame.crs is None or frame.crs != _METRIC_CRS:
        raise CrsError(
            f"expected coordinates in {METRIC} to measure in metres, found {_name(frame)}; "
            "call geo.crs.to_metric on the frame first",
            expected=METRIC,
            found=_name(frame),
        )


def require_geographic(frame: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
    """
    Check that a frame to be drawn in a browser is in degrees of EPSG:4326.

    Raises
    ------
    CrsError
        If the frame has no CRS or another one.
    """
    if frame.crs is None or frame.crs != _GEOGRAPHIC_CRS:
        raise CrsError(
            f"expected longitude and latitude in {GEOGRAPHIC}, found {_name(frame)}; "
            "call geo.crs.to_geographic on the frame first",
            expected=GEOGRAPHIC,
            found=_name(frame),
        )


def require_same_crs(
    first: gpd.GeoDataFrame | gpd.GeoSeries, second: gpd.GeoDataFrame | gpd.GeoSeries
) -> None:
    """
    Check that two frames share a CRS; a spatial join of two systems finds nothing instead of failing.

    Raises
    ------
    CrsError
        If one of the frames has no CRS, or they differ.
    """
    if first.crs is None or second.crs is None or first.crs != second.crs:
        raise CrsError(
            f"expected two frames in the same CRS, found {_name(first)} and {_name(second)}; "
            "bring both to one with geo.crs.to_metric or geo.crs.to_geographic",
            first=_name(first),
            second=_name(second),
        )


def to_metric(frame: Spatial) -> Spatial:
    """
    Return the frame in EPSG:2180, to measure.

    Raises
    ------
    CrsError
        If the frame has no CRS: it must not be guessed.
    GeometryError
        If a coordinate cannot be projected, for example a latitude beyond 90 degrees.
    """
    return _transformed(frame, METRIC)


def metric_point(point: Point) -> Point:
    """
    Return a point of EPSG:4326 in EPSG:2180, as `to_metric` of a frame of it in a hundredth of the time.

    Raises
    ------
    GeometryError
        If it cannot be projected.
    """
    x, y = _TO_METRIC.transform(point.x, point.y)
    if not (np.isfinite(x) and np.isfinite(y)):
        raise GeometryError(f"expected a point that projects to {METRIC}, found {point.wkt}", rows=[])
    return Point(x, y)


def to_geographic(frame: Spatial) -> Spatial:
    """
    Return the frame in EPSG:4326, to keep or draw.

    Raises
    ------
    CrsError
        If the frame has no CRS: it must not be guessed.
    GeometryError
        If a coordinate cannot be projected back.
    """
    return _transformed(frame, GEOGRAPHIC)


def _transformed(frame: Spatial, target: str) -> Spatial:
    if frame.crs is None:
        raise CrsError(
            f"expected a frame with a CRS to bring to {target}, found none; "
            f"set the one its coordinates are in, for example set_crs({GEOGRAPHIC!r})",
            expected=target,
            found=None,
        )
    moved = frame.to_crs(target)
    bounds = moved.bounds
    # pyproj answers with infinity, not with an error; infinity then poisons every distance.
    is_lost = np.isinf(bounds.to_numpy()).any(axis=1)
    if is_lost.any():
        rows = list(frame.index[is_lost][:5])
        raise GeometryError(
            f"expected coordinates that project to {target}, found {int(is_lost.sum())} rows that do not, "
            f"first {rows}; look for swapped or damaged coordinates",
            rows=rows,
        )
    return moved


def _name(frame: gpd.GeoDataFrame | gpd.GeoSeries) -> str:
    return "no CRS" if frame.crs is None else str(frame.crs.to_string())
