"""Overlaps and gaps between areas that should share their borders: closed where they are small, told where not."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
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
    """

    areas: gpd.GeoDataFrame
    pieces: gpd.GeoDataFrame


def close_slivers(frame: gpd.GeoDataFrame, *, most_m2: float, width_m: float) -> ClosedSlivers:
    """
    Return areas as one coverage, where every piece that changes hands is narrow or small.

    Each overlap and each gap narrower than `width_m` goes to the neighbour with which it shares the longest border.
    A wider gap is a hole, such as a lake that belongs to nobody, and stays; so does one that is open to the outside.

    Parameters
    ----------
    frame
        One row per area, valid, EPSG:2180.
    most_m2
        The largest piece of land that may change hands when it is wider than `width_m`; above it the publisher knows
        which side is right, we do not.
    width_m
        How wide (twice the area by the perimeter) a piece of any length may be, and a gap to be closed; 0 leaves gaps.

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
    if shapely.coverage_is_valid(shapes, gap_width=width_m):
        return ClosedSlivers(frame, _pieces(frame, shapes, shapes))
    cleaned = shapely.coverage_clean(shapes, gap_width=width_m)  # type: ignore[attr-defined]  # newer than stubs
    mended: Shapes = np.asarray(cleaned, dtype=np.object_)
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
    is_moved = ~shapely.equals_exact(mended, shapes, 0.0, normalize=True)
    whole = [
        shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])
        for shape in np.where(is_moved, mended, shapes)
    ]
    areas = frame.set_geometry(
        gpd.GeoSeries(whole, index=frame.index, crs=frame.crs, name=frame.geometry.name)
    )
    return ClosedSlivers(areas, pieces)


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
