"""Reach over a road network: by car or on foot, in metres or minutes, with one-way streets honoured."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geo.crs import require_metric
from geo.errors import OptionError
from geo.frames import POINTS, require_geometry
from geo.reach import CostUnit, Reach
from geo.roads.network import Mode, RoadNetwork

MAX_SNAP_M = 1000.0
"""
Longest walk between a door and the road. The middle of a 1-km cell is at most 707 m from anywhere in the cell, so
with this limit nobody whose cell has a road is left out. The walk is counted, so a generous limit is no gift.
"""

_CELLS = 4_000_000  # of one block of costs: 32 MB
_DECIMALS = 6  # a micrometre; a road cut into thirds shall not be longer than the road
_MIN_TILE_M = 100.0


def network_reach(
    network: RoadNetwork,
    demand: gpd.GeoDataFrame,
    facilities: gpd.GeoDataFrame,
    *,
    mode: Mode,
    limit: float,
    measure: CostUnit = "m",
    max_snap_m: float = MAX_SNAP_M,
) -> Reach:
    """
    Pair people and facilities by the cheapest way over the roads, from the person to the facility.

    Parameters
    ----------
    network
        Roads of the region.
    demand, facilities
        One row per demand point and per facility, points in EPSG:2180; either may be empty.
    mode
        `car`, which honours one-way streets, or `foot`.
    limit
        Greatest cost in the unit of `measure`; exactly at the limit counts.
    measure
        `m` for the shortest way in metres, `min` for the fastest in minutes.
    max_snap_m
        A point farther than this from the nearest node that may be started from is off the network.

    Returns
    -------
    reach
        Cost is the walk from the person to the nearest node (straight line), the way over the roads, and the walk
        from there to the facility. Two points at the same node are as far apart as the straight line. Walks by car
        are on foot too. Rounded to a millionth. Points off the network are flagged and are in no pair; of them
        nothing is known. Rows are positions in `demand` and `facilities`.

    Raises
    ------
    CrsError
        If a frame is not in EPSG:2180.
    FrameError
        If a row has no point.
    OptionError
        If a limit is not a number of 0 or more, or the mode or the measure is not known.

    Notes
    -----
    Dijkstra (1959) from each facility over the reversed edges. Facilities are taken in square tiles, each with only
    the nodes within the distance that the fastest road could cover, so the work grows with the catchments and not
    with facilities times nodes. No edge leads from one component to another: a trip there and back must exist.
    """
    _require(demand, facilities, mode=mode, limit=limit, measure=measure, max_snap_m=max_snap_m)
    roads = _roads(network, mode, measure)
    people = _snapped(roads, demand, max_snap_m)
    places = _snapped(roads, facilities, max_snap_m)
    blocks = list(_blocks(roads, people, places, limit))
    reach = _assembled(blocks, demand_count=len(demand), facility_count=len(facilities))
    return replace(
        reach,
        limit=float(limit),
        unit=measure,
        is_demand_off=people.node < 0,
        is_facility_off=places.node < 0,
    )


@dataclass(frozen=True, eq=False)
class _Roads:
    """What one mode may use: nodes that may be started from, and the reversed edges between them."""

    xy: NDArray[np.float64]
    tree: cKDTree
    reversed_costs: csr_array
    m_per_cost: float  # the most metres that a cost of 1 covers, as the crow flies
    cost_per_m: float  # of walking to the road


@dataclass(frozen=True, eq=False)
class _Snapped:
    """For each point its place, its node or -1, and the cost of the walk between them."""

    xy: NDArray[np.float64]
    node: NDArray[np.int64]
    walk: NDArray[np.float64]
    walk_per_m: float

    def part(self, rows: NDArray[np.int64]) -> "_Snapped":
        return replace(self, xy=self.xy[rows], node=self.node[rows], walk=self.walk[rows])


@dataclass(frozen=True, eq=False)
class _Block:
    """Pairs of some facilities: their rows, how many pairs each has, and the pairs one facility after another."""

    facility: NDArray[np.int64]
    counts: NDArray[np.int64]
    demand: NDArray[np.int32]
    cost: NDArray[np.float64]


def _require(
    demand: gpd.GeoDataFrame,
    facilities: gpd.GeoDataFrame,
    *,
    mode: str,
    limit: float,
    measure: str,
    max_snap_m: float,
) -> None:
    for frame, what in ((demand, "demand"), (facilities, "facilities")):
        require_metric(frame)
        require_geometry(frame, POINTS, what=what)
    for name, value, known in (("mode", mode, ("car", "foot")), ("measure", measure, ("m", "min"))):
        if value not in known:
            raise OptionError(
                f"expected {name} to be one of {known}, found {value!r}", option=name, value=value
            )
    for name, number in (("limit", limit), ("max_snap_m", max_snap_m)):
        if not (np.isfinite(number) and number >= 0):
            raise OptionError(f"expected {name} of 0 or more, found {number}", option=name, value=number)


def _roads(network: RoadNetwork, mode: Mode, measure: CostUnit) -> _Roads:
    component, minutes = network.component(mode), network.minutes(mode)
    nodes = np.flatnonzero(component >= 0)
    number = np.full(network.node_count, -1, dtype=np.int32)
    number[nodes] = np.arange(len(nodes))
    is_used = (
        np.isfinite(minutes)
        & (component[network.start] >= 0)
        & (component[network.start] == component[network.end])
        & (network.start != network.end)
    )
    start, end = number[network.start[is_used]], number[network.end[is_used]]
    cost = (network.length_m if measure == "m" else minutes)[is_used]
    xy = network.node_xy[nodes]
    # Of parallel edges the cheapest; a sparse matrix would add them up.
    order = np.lexsort((cost, start, end))
    start, end, cost = start[order], end[order], cost[order]
    is_first = np.ones(len(start), dtype=bool)
    is_first[1:] = (np.diff(start) != 0) | (np.diff(end) != 0)
    start, end, cost = start[is_first], end[is_first], cost[is_first]
    straight_m = np.hypot(*(xy[end] - xy[start]).T)
    with np.errstate(divide="ignore", invalid="ignore"):
        m_per_cost = np.where(straight_m > 0, straight_m / cost, 0.0)
    return _Roads(
        xy=xy,
        tree=cKDTree(xy),
        reversed_costs=csr_array((cost, (end, start)), shape=(len(nodes), len(nodes))),
        m_per_cost=float(m_per_cost.max(initial=0.0)),
        cost_per_m=1.0 if measure == "m" else 60 / (1000 * network.walk_kmh),
    )


def _snapped(roads: _Roads, points: gpd.GeoDataFrame, max_snap_m: float) -> _Snapped:
    xy = shapely.get_coordinates(points.geometry.to_numpy())
    if not (len(xy) and len(roads.xy)):
        return _Snapped(xy, np.full(len(xy), -1), np.zeros(len(xy)), roads.cost_per_m)
    distance_m, node = roads.tree.query(xy)
    node = np.where(distance_m <= max_snap_m, node, -1).astype(np.int64)
    return _Snapped(xy, node, distance_m * roads.cost_per_m, roads.cost_per_m)


def _blocks(roads: _Roads, people: _Snapped, places: _Snapped, limit: float) -> Iterator[_Block]:
    """Give the pairs, tile by tile."""
    on_demand, on_facility = np.flatnonzero(people.node >= 0), np.flatnonzero(places.node >= 0)
    if not (len(on_demand) and len(on_facility)):
        return
    extent_m = float(np.ptp(roads.xy, axis=0).max())
    radius_m = min(limit * roads.m_per_cost, extent_m) * (1 + 1e-9) + 1e-3
    side_m = max(radius_m, _MIN_TILE_M)
    tiles, tile_of = np.unique(
        np.floor(roads.xy[places.node[on_facility]] / side_m).astype(np.int64), axis=0, return_inverse=True
    )
    by_tile = np.split(np.argsort(tile_of, kind="stable"), np.cumsum(np.bincount(tile_of))[:-1])
    people_tree = cKDTree(roads.xy[people.node[on_demand]])
    number = np.full(len(roads.xy), -1, dtype=np.int64)
    for tile, members in zip(tiles, by_tile, strict=True):
        square = {"x": (tile + 0.5) * side_m, "r": side_m / 2 + radius_m, "p": np.inf, "return_sorted": True}
        rows = on_demand[np.asarray(people_tree.query_ball_point(**square), dtype=np.int64)]
        if not len(rows):
            continue
        nodes = np.asarray(roads.tree.query_ball_point(**square), dtype=np.int64)
        number[nodes] = np.arange(len(nodes))
        graph = roads.reversed_costs[nodes][:, nodes]
        near = replace(people.part(rows), node=number[people.node[rows]])
        facilities = on_facility[members]
        # Facilities of one node stand side by side, so that a town's are asked once.
        facilities = facilities[np.argsort(places.node[facilities], kind="stable")]
        step = max(1, _CELLS // max(len(nodes), len(rows)))
        for first in range(0, len(facilities), step):
            chunk = facilities[first : first + step]
            here = replace(places.part(chunk), node=number[places.node[chunk]])
            yield _block(graph, near, here, rows=rows, facilities=chunk, limit=limit)


def _block(
    graph: csr_array,
    people: _Snapped,
    places: _Snapped,
    *,
    rows: NDArray[np.int64],
    facilities: NDArray[np.int64],
    limit: float,
) -> _Block:
    sources, source = np.unique(places.node, return_inverse=True)
    # A hair more than the limit: the limit itself is judged on the whole cost.
    costs = dijkstra(graph, directed=True, indices=sources, limit=limit * (1 + 1e-9) + 1e-6)
    whole = costs[:, people.node][source]
    whole += people.walk
    whole += places.walk[:, np.newaxis]
    facility, person = np.nonzero(places.node[:, np.newaxis] == people.node)
    whole[facility, person] = places.walk_per_m * np.hypot(*(people.xy[person] - places.xy[facility]).T)
    np.round(whole, _DECIMALS, out=whole)
    is_in = whole <= limit
    counts = np.count_nonzero(is_in, axis=1)
    _, person = np.nonzero(is_in)
    return _Block(facilities, counts, rows[person].astype(np.int32), whole[is_in])


def _assembled(blocks: list[_Block], *, demand_count: int, facility_count: int) -> Reach:
    """Put blocks in the order of facilities."""
    counts = np.zeros(facility_count, dtype=np.int64)
    for block in blocks:
        counts[block.facility] = block.counts
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    demand, cost = np.empty(first[-1], dtype=np.int32), np.empty(first[-1])
    while blocks:
        block = blocks.pop()
        start = np.cumsum(block.counts) - block.counts
        to = np.repeat(first[block.facility] - start, block.counts) + np.arange(len(block.cost))
        demand[to], cost[to] = block.demand, block.cost
    return Reach(
        first=first,
        demand=demand,
        cost=cost,
        demand_count=demand_count,
        limit=0.0,
        unit="m",
        is_demand_off=np.zeros(demand_count, dtype=bool),
        is_facility_off=np.zeros(facility_count, dtype=bool),
    )
