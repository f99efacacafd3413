"""
Reach over a network of 300,000 nodes to 20,000 facilities: network_reach against one search per facility.

The network is a grid of streets of 200 m with lengths and one-way streets drawn at random, 110 km wide: about a
voivodeship. People live at 100,000 of its nodes. Asked are all pairs within 5 km by car.

The naive way is what a newcomer writes with networkx: the reversed graph and a Dijkstra with a cutoff from every
facility. It is asked for some facilities only and multiplied: its time is the same for each. Beside it, for
comparison, scipy's Dijkstra from the same facilities over the whole network with the same limit, which fills an
answer for every node. Answers must agree, or the comparison means nothing.
"""

import resource
import sys
import time

import geopandas as gpd
import networkx as nx
import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.crs import METRIC
from geo.roads.network import road_network
from geo.roads.reach import network_reach

SIDE = 550  # nodes of a side
GAP_M = 200
PEOPLE, FACILITIES = 100_000, 20_000
LIMIT_M = 5_000
ASKED = 100  # facilities asked of the naive ways
TARGET = 1 / 10
WEST, SOUTH = 500_000, 300_000


def street_grid(rng):
    xy = np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE)), axis=-1).reshape(-1, 2) * GAP_M
    xy += np.array([WEST, SOUTH])
    number = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    start = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    end = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    length_m = GAP_M * rng.uniform(1, 1.5, len(start))
    car_min = length_m / 800
    columns = {
        "start": start,
        "end": end,
        "length_m": length_m,
        "car_min": car_min,
        "car_back_min": np.where(rng.random(len(start)) < 0.15, np.inf, car_min),
        "foot_min": length_m / 75,
        "foot_back_min": length_m / 75,
    }
    lines = shapely.linestrings(np.stack([xy[start], xy[end]], axis=1))
    nodes = gpd.GeoSeries(shapely.points(xy), crs=METRIC)
    return nodes, gpd.GeoDataFrame(columns, geometry=lines, crs=METRIC)


def at_nodes(nodes, rows):
    return gpd.GeoDataFrame(geometry=nodes.iloc[rows].to_numpy(), crs=METRIC)


def peak_gb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> int:
    rng = np.random.default_rng(2026)
    nodes, stretches = street_grid(rng)
    started = time.perf_counter()
    network = road_network(nodes, stretches, max_gap_m=GAP_M)
    build_s = time.perf_counter() - started
    inside = np.flatnonzero(network.car_component >= 0)
    homes = np.sort(rng.choice(inside, PEOPLE, replace=False))
    doors = rng.choice(inside, FACILITIES, replace=False)
    people, facilities = at_nodes(nodes, homes), at_nodes(nodes, doors)

    before_gb = peak_gb()
    started = time.perf_counter()
    reach = network_reach(network, people, facilities, mode="car", limit=LIMIT_M)
    ours_s = time.perf_counter() - started
    ours_gb = peak_gb() - before_gb

    is_car = np.isfinite(network.car_min)
    start, end, length_m = network.start[is_car], network.end[is_car], network.length_m[is_car]
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(zip(end.tolist(), start.tolist(), length_m.tolist(), strict=True))
    person_at = {int(node): row for row, node in enumerate(homes)}
    started = time.perf_counter()
    naive = []
    for door in doors[:ASKED].tolist():
        costs = nx.single_source_dijkstra_path_length(graph, door, cutoff=LIMIT_M)
        naive.append(sorted((person_at[node], cost) for node, cost in costs.items() if node in person_at))
    naive_s = (time.perf_counter() - started) * FACILITIES / ASKED

    matrix = csr_array((length_m, (end, start)), shape=(len(nodes), len(nodes)))
    started = time.perf_counter()
    for first in range(0, ASKED, 10):
        costs = dijkstra(matrix, indices=doors[first : first + 10], limit=LIMIT_M)[:, homes]
        np.nonzero(costs <= LIMIT_M)
    whole_s = (time.perf_counter() - started) * FACILITIES / ASKED

    for row, expected in enumerate(naive):
        mine = slice(reach.first[row], reach.first[row + 1])
        rows = [person for person, _ in expected]
        costs = [cost for _, cost in expected]
        if reach.demand[mine].tolist() != rows or not np.allclose(reach.cost[mine], costs, rtol=0, atol=1e-6):
            print(f"roads: the two disagree at facility {row}")
            return 1

    ratio = ours_s / naive_s
    is_met = ratio <= TARGET
    print(
        f"roads: {len(reach.cost):,} pairs of {PEOPLE:,} people and {FACILITIES:,} facilities within "
        f"{LIMIT_M / 1000:g} km on {network.node_count:,} nodes in {ours_s:.1f} s, {ours_gb:.2f} GB more; "
        f"by networkx {naive_s:.0f} s: ratio 1/{1 / ratio:.0f} (target 1/{1 / TARGET:.0f}, "
        f"{'met' if is_met else 'MISSED'})"
    )
    print(f"roads: network built once in {build_s:.1f} s")
    print(
        f"roads: for comparison, scipy over the whole network {whole_s:.0f} s (1/{whole_s / ours_s:.0f}); "
        f"both naive ways are multiplied up from {ASKED} facilities"
    )
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
