"""The nearest facilities to a point, from an index built once."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo.crs import METRIC, require_metric
from geo.errors import CrsError, FrameError, OptionError
from geo.frames import POINTS, require_geometry

_DEGREES_OF_POLAND = (13.0, 48.0, 26.0, 56.0)


class NearestIndex:
    """
    Answers which facilities are nearest to a point.

    Parameters
    ----------
    facilities
        One row per facility, points in EPSG:2180; index labels that sort decide among equal distances. May be
        empty. The frame is not kept.

    Raises
    ------
    CrsError
        If the frame is not in EPSG:2180.
    FrameError
        If a facility has no point, or the index labels cannot be sorted.
    """

    def __init__(self, facilities: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
        require_metric(facilities)
        require_geometry(facilities, POINTS, what="facilities")
        try:
            order = facilities.index.argsort()
        except TypeError as error:
            raise FrameError(f"expected facilities with an index that sorts, found {error}") from error
        # In the order of labels, so that a position in the tree also ranks equal distances.
        self._labels = facilities.index[order]
        self._xy = shapely.get_coordinates(facilities.geometry.to_numpy())[order]
        self._tree = cKDTree(self._xy) if len(self._xy) else None

    def __len__(self) -> int:
        return len(self._labels)

    def nearest(
        self, point: shapely.Point, *, count: int = 20, max_distance_m: float | None = None
    ) -> pd.DataFrame:
        """
        Return the nearest facilities, the nearest first.

        Parameters
        ----------
        point
            Where from, in EPSG:2180.
        count
            How many at most, 1 or more. Among facilities at the same distance, the lower index labels come
            first, also at the cut.
        max_distance_m
            Straight-line limit in metres; a facility exactly at the limit counts. None for no limit.

        Returns
        -------
        found
            One row per facility: `index` (its label in the facilities frame), `distance_m` (straight line).

        Raises
        ------
        CrsError
            If the point is in degrees.
        OptionError
            If the point is empty or not finite, the count is below 1 or the limit is below 0.
        """
        _require_question(point, count, max_distance_m)
        if self._tree is None:
            return self._answer(np.empty(0, dtype=np.intp), np.empty(0))
        origin = np.array([point.x, point.y])
        rows = self._candidates(origin, count)
        offset = self._xy[rows] - origin
        distance_m = np.sqrt((offset * offset).sum(axis=1))
        if max_distance_m is not None:
            is_near = distance_m <= max_distance_m
            rows, distance_m = rows[is_near], distance_m[is_near]
        order = np.lexsort((rows, distance_m))[:count]
        return self._answer(rows[order], distance_m[order])

    def _candidates(self, origin: NDArray[np.float64], count: int) -> NDArray[np.intp]:
        """Return rows that hold the nearest `count`, and every row as far as the last of them."""
        assert self._tree is not None  # noqa: S101 (for the type checker; the caller looked)
        if count >= len(self):
            return np.arange(len(self))
        # One more than asked: if it is no farther than the last, equals may have been left out at random.
        # That is common, because many facilities are known only by the centre of their town.
        distance_m, rows = self._tree.query(origin, k=count + 1)
        last_m = distance_m[count - 1]
        if distance_m[count] > last_m * (1 + 1e-12):
            return np.asarray(rows, dtype=np.intp)
        return np.array(self._tree.query_ball_point(origin, last_m * (1 + 1e-9)), dtype=np.intp)

    def _answer(
        self,
        rows: NDArray[np.intp],
        distance_m: NDArray[np.float64],
    ) -> pd.DataFrame:
        return pd.DataFrame({"index": self._labels[rows], "distance_m": distance_m})


def _require_question(point: shapely.Point, count: int, max_distance_m: float | None) -> None:
    if point.is_empty or not (np.isfinite(point.x) and np.isfinite(point.y)):
        raise OptionError(f"expected a point to measure from, found {point.wkt}", point=point.wkt)
    if count < 1:
        raise OptionError(f"expected a count of 1 or more, found {count}", count=count)
    if max_distance_m is not None and not max_distance_m >= 0:
        raise OptionError(
            f"expected a distance of 0 m or more, found {max_distance_m}", max_distance_m=max_distance_m
        )
    west, south, east, north = _DEGREES_OF_POLAND
    if west <= point.x <= east and south <= point.y <= north:
        # A bare point carries no CRS, and its distances from degrees would look right.
        raise CrsError(
            f"expected a point in {METRIC}, found {point.x:g}, {point.y:g}, which are degrees; "
            "project it first",
            expected=METRIC,
            found=(point.x, point.y),
        )
