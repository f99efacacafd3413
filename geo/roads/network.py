"""
A road network as a value: nodes, directed edges with their cost by car and on foot, and the nodes to start from.

Not every node may stand for a door. A car park behind a one-way gate or a street cut off at the border of the
extract can be entered and not left; a point put there would reach nothing. The rule is in `road_network`.
"""

from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.crs import require_metric
from geo.errors import FrameError, OptionError
from geo.frames import POINTS, as_floats, require_columns, require_geometry

Mode = Literal["car", "foot"]

WALK_KMH = 4.5
"""Walking speed, 75 m a minute. See the notes of `road_network`."""
MAX_GAP_M = 100.0
"""Longest edge; a longer stretch of road gets nodes in between, so that a house in the middle of it is on the road."""
MIN_COMPONENT_KM = 20.0
"""Least length of the edges of a component that points are put on, both directions counted."""

_LINES = ("LineString",)
_MINUTES = ("car_min", "car_back_min", "foot_min", "foot_back_min")


@dataclass(frozen=True, eq=False)
class RoadNetwork:
    """
    Roads with the cost of each mode.

    Attributes
    ----------
    node_xy
        float64 (nodes, 2), easting and northing in EPSG:2180.
    start, end
        int32, the nodes that each edge leads from and to.
    length_m
        float64, length of each edge.
    car_min, foot_min
        float64, minutes that each edge takes; infinite where the mode may not use it in this direction.
    car_component, foot_component
        int32, for each node the strongly connected component of the mode that a point may be put on; -1 when the
        node belongs to none. A trip there and back exists between all nodes of one component.
    walk_kmh
        Speed of walking that `foot_min` was made with; walks from a door to the road are as fast.
    """

    node_xy: NDArray[np.float64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    length_m: NDArray[np.float64]
    car_min: NDArray[np.float64]
    foot_min: NDArray[np.float64]
    car_component: NDArray[np.int32]
    foot_component: NDArray[np.int32]
    walk_kmh: float

    @property
    def node_count(self) -> int:
        """Number of nodes, those between two crossings included."""
        return len(self.node_xy)

    def minutes(self, mode: Mode) -> NDArray[np.float64]:
        """Return the minutes that each edge takes; infinite where the mode may not use it."""
        return self.car_min if mode == "car" else self.foot_min

    def component(self, mode: Mode) -> NDArray[np.int32]:
        """Return the component of each node that points of the mode may be put on, or -1."""
        return self.car_component if mode == "car" else self.foot_component


def road_network(
    nodes: gpd.GeoSeries,
    stretches: gpd.GeoDataFrame,
    *,
    walk_kmh: float = WALK_KMH,
    max_gap_m: float = MAX_GAP_M,
    min_component_km: float = MIN_COMPONENT_KM,
) -> RoadNetwork:
    """
    Build a network from stretches of road between crossings.

    Parameters
    ----------
    nodes
        One row per crossing or end of a road, points in EPSG:2180.
    stretches
        One row per stretch: `start` and `end` (positions in `nodes`), `length_m`, the line from start to end in
        EPSG:2180, and the minutes of the whole stretch from start to end (`car_min`, `foot_min`) and from end to
        start (`car_back_min`, `foot_back_min`), infinite where the mode may not go.
    walk_kmh
        Speed of walking.
    max_gap_m
        Longest edge; longer stretches are cut into equal parts.
    min_component_km
        A strongly connected component may be started from when its edges are at least as long together, or when
        it is the longest one.

    Returns
    -------
    network
        Its first nodes are `nodes`, in their order.

    Raises
    ------
    CrsError
        If a frame is not in EPSG:2180.
    FrameError
        If a column is missing, a stretch leads to no node, or a length or a time is missing or negative.
    OptionError
        If an option is not above 0.

    Notes
    -----
    Walking: healthy people walk at 1.43 m/s (men of 40 to 49 years) to 0.94 m/s (women of 80 and more) on average
    (Bohannon and Andrews 2011, Physiotherapy 97(3), 182-189); 4.5 km/h is 1.25 m/s. Strong components:
    `scipy.sparse.csgraph` (Pearce 2005).
    """
    for name, value in {"walk_kmh": walk_kmh, "max_gap_m": max_gap_m}.items():
        if not (np.isfinite(value) and value > 0):
            raise OptionError(f"expected {name} above 0, found {value}", option=name, value=value)
    _require_stretches(nodes, stretches)
    xy, start, end, row, parts = _cut(nodes, stretches, max_gap_m)
    columns = {name: as_floats(stretches[name], what=name)[row] / parts for name in ("length_m", *_MINUTES)}
    both = {
        "start": np.concatenate([start, end]).astype(np.int32),
        "end": np.concatenate([end, start]).astype(np.int32),
        "length_m": np.concatenate([columns["length_m"], columns["length_m"]]),
        "car_min": np.concatenate([columns["car_min"], columns["car_back_min"]]),
        "foot_min": np.concatenate([columns["foot_min"], columns["foot_back_min"]]),
    }
    is_used = np.isfinite(both["car_min"]) | np.isfinite(both["foot_min"])
    edges = {name: values[is_used] for name, values in both.items()}
    car, foot = (
        _components(
            len(xy),
            start=edges["start"],
            end=edges["end"],
            length_m=edges["length_m"],
            is_used=np.isfinite(edges[name]),
            min_component_km=min_component_km,
        )
        for name in ("car_min", "foot_min")
    )
    return RoadNetwork(node_xy=xy, car_component=car, foot_component=foot, walk_kmh=walk_kmh, **edges)


def _require_stretches(nodes: gpd.GeoSeries, stretches: gpd.GeoDataFrame) -> None:
    require_metric(nodes)
    require_metric(stretches)
    require_geometry(nodes, POINTS, what="nodes")
    require_columns(stretches, "start", "end", "length_m", *_MINUTES, what="stretches of road")
    require_geometry(stretches, _LINES, what="stretches of road")
    for name in ("start", "end"):
        positions = as_floats(stretches[name], what=name)
        # A missing position is in no range either.
        is_wrong = ~((positions >= 0) & (positions < len(nodes)) & (positions == np.floor(positions)))
        if is_wrong.any():
            raise FrameError(
                f"expected {name} to be a position from 0 to {len(nodes) - 1}, found {positions[is_wrong][0]:g} "
                f"among {int(is_wrong.sum())} stretches; give the position of the node, not its name",
                column=name,
                rows=list(stretches.index[is_wrong][:5]),
            )
    for name in ("length_m", *_MINUTES):
        values = as_floats(stretches[name], what=name)
        is_wrong = np.isnan(values) | (values < 0) | (np.isinf(values) & (name == "length_m"))
        if is_wrong.any():
            raise FrameError(
                f"expected {name} of 0 or more for each stretch of road, found {values[is_wrong][0]:g} among "
                f"{int(is_wrong.sum())} rows; minutes are infinite where nobody may go",
                column=name,
                rows=list(stretches.index[is_wrong][:5]),
            )


def _cut(
    nodes: gpd.GeoSeries, stretches: gpd.GeoDataFrame, max_gap_m: float
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Cut long stretches; return all nodes, start and end of each piece, its stretch, and pieces in the stretch."""
    lines = stretches.geometry.to_numpy()
    # A hair less than the length, so that a line of 300.0000001 m is not cut into four.
    parts = np.maximum(1, np.ceil(shapely.length(lines) / max_gap_m - 1e-6)).astype(np.int64)
    inner = parts - 1
    first_inner = np.cumsum(inner) - inner
    row = np.repeat(np.arange(len(lines)), inner)
    number = np.arange(len(row)) - first_inner[row] + 1
    between = shapely.line_interpolate_point(lines[row], number / parts[row], normalized=True)
    xy = np.concatenate([shapely.get_coordinates(nodes.to_numpy()), shapely.get_coordinates(between)])
    piece = np.repeat(np.arange(len(lines)), parts)
    place = np.arange(len(piece)) - (np.cumsum(parts) - parts)[piece]
    before = len(nodes) + first_inner[piece] + place - 1
    start = np.where(place == 0, stretches["start"].to_numpy(dtype=np.int64)[piece], before)
    end = np.where(place == inner[piece], stretches["end"].to_numpy(dtype=np.int64)[piece], before + 1)
    return xy, start, end, piece, parts[piece].astype(np.float64)


def _components(
    node_count: int,
    *,
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    length_m: NDArray[np.float64],
    is_used: NDArray[np.bool_],
    min_component_km: float,
) -> NDArray[np.int32]:
    """Return the strongly connected component of each node, or -1 where it is too short to start from."""
    if not is_used.any():
        return np.full(node_count, -1, dtype=np.int32)
    start, end = start[is_used], end[is_used]
    graph = csr_array((np.ones(len(start)), (start, end)), shape=(node_count, node_count))
    count, label = connected_components(graph, directed=True, connection="strong")
    is_inside = label[start] == label[end]
    inside_m = np.bincount(label[start[is_inside]], weights=length_m[is_used][is_inside], minlength=count)
    # A single node has no edge inside and is never a place to start from.
    is_wanted = (inside_m >= min(1000 * min_component_km, inside_m.max())) & (inside_m > 0)
    return np.where(is_wanted[label], label, -1).astype(np.int32)
