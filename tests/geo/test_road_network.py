import heapq
import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import METRIC, to_geographic
from geo.errors import CrsError, FrameError, OptionError
from geo.roads import reach as road_reach
from geo.roads.network import WALK_KMH, road_network
from geo.roads.reach import network_reach
from tests.geo.world import points

INF = math.inf


def town(places_km, roads, **options):
    """
    Give a network from places (x, y) in kilometres and roads (start, end, who).

    `who` has letters: c and C for a car along the road and against it (60 km/h), f for people (6 km/h), who walk in
    both directions. A fourth value is the length in metres, when it is not that of the straight line.
    """
    nodes = gpd.GeoSeries([shapely.Point(1000 * x, 1000 * y) for x, y in places_km], crs=METRIC)
    lines = [shapely.LineString([nodes[road[0]], nodes[road[1]]]) for road in roads]
    length_m = np.array(
        [road[3] if len(road) > 3 else line.length for road, line in zip(roads, lines, strict=True)]
    )
    who = [road[2] for road in roads]

    def minutes(letter, m_per_min):
        return np.where([letter in word for word in who], length_m / m_per_min, INF)

    table = {
        "start": [road[0] for road in roads],
        "end": [road[1] for road in roads],
        "length_m": length_m,
        "car_min": minutes("c", 1000),
        "car_back_min": minutes("C", 1000),
        "foot_min": minutes("f", 100),
        "foot_back_min": minutes("f", 100),
    }
    options = {"walk_kmh": 6, "min_component_km": 1000} | options
    return road_network(nodes, gpd.GeoDataFrame(table, geometry=lines, crs=METRIC), **options)


def pairs(reach):
    """Give {(person, facility): cost}."""
    return dict(
        zip(
            zip(reach.demand.tolist(), reach.facility.tolist(), strict=True), reach.cost.tolist(), strict=True
        )
    )


SQUARE = [(0, 0), (1, 0), (1, 1), (0, 1)]
RING = town(SQUARE, [(0, 1, "cf"), (1, 2, "cf"), (2, 3, "cf"), (3, 0, "cf")])
"""One-way streets of 1 km round a square, from the south-west corner to the east."""


@pytest.mark.parametrize(
    ("mode", "measure", "there", "back"),
    [("car", "m", 3000, 1000), ("foot", "m", 1000, 1000), ("car", "min", 3, 1), ("foot", "min", 10, 10)],
)
def test_cars_go_round_one_way_streets_and_people_walk_against_them(mode, measure, there, back):
    # Person 0 lives in the south-west and facility 0 is in the north-west; person 1 and facility 1 the other way.
    ends = points((0, 0), (0, 1))
    reach = network_reach(RING, ends, ends.iloc[::-1], mode=mode, limit=4000, measure=measure)
    assert pairs(reach) == {(0, 0): there, (1, 1): back, (0, 1): 0, (1, 0): 0}
    assert (reach.unit, reach.limit, reach.demand_count, reach.facility_count) == (measure, 4000, 2, 2)


def test_a_trip_exactly_at_the_limit_counts():
    person, facility = points((0, 0)), points((0, 1))
    assert pairs(network_reach(RING, person, facility, mode="car", limit=3000)) == {(0, 0): 3000}
    assert pairs(network_reach(RING, person, facility, mode="car", limit=2999.999)) == {}
    # Roads cut into thirds and sevenths are not longer than the road.
    for gap_m in (100 / 3, 1000 / 7, 77):
        cut = town(SQUARE, [(0, 1, "cCf"), (1, 2, "cCf")], max_gap_m=gap_m)
        assert pairs(network_reach(cut, person, points((1, 1)), mode="foot", limit=2000)) == {(0, 0): 2000}


def test_walks_to_and_from_the_road_are_counted():
    # 300 m to the corner, 1 km, 400 m to the door; by car the walks take time on foot: 3 + 1 + 4 minutes.
    person, facility = points((0, -0.3)), points((1, -0.4))
    assert pairs(network_reach(RING, person, facility, mode="car", limit=1700)) == {(0, 0): 1700}
    assert pairs(network_reach(RING, person, facility, mode="car", limit=1699)) == {}
    assert pairs(network_reach(RING, person, facility, mode="car", limit=8, measure="min")) == {(0, 0): 8}
    assert pairs(network_reach(RING, person, facility, mode="foot", limit=17, measure="min")) == {(0, 0): 17}


def test_neighbours_at_one_node_are_as_far_apart_as_the_straight_line():
    # Both are 400 m south of the corner and 40 m from each other, not 800 m.
    person, facility = points((0, -0.4)), points((0.04, -0.4))
    reach = network_reach(RING, person, facility, mode="car", limit=5000)
    assert pairs(reach) == {(0, 0): pytest.approx(40)}
    same = network_reach(RING, person, person, mode="car", limit=0)
    assert pairs(same) == {(0, 0): 0}


def test_points_far_from_roads_are_off_and_counted():
    people = points((0, 0), (0, -0.5), (0, -0.501), (9, 9))
    reach = network_reach(RING, people, points((1, 0), (-7, 0)), mode="car", limit=9000, max_snap_m=500)
    assert reach.is_demand_off.tolist() == [False, False, True, True]
    assert reach.is_facility_off.tolist() == [False, True]
    assert pairs(reach) == {(0, 0): 1000, (1, 0): 1500}
    assert reach.least_cost().tolist() == [1000, 1500, INF, INF]


def test_an_island_does_not_swallow_a_point():
    places = [*SQUARE, (0.5, -0.2), (0.6, -0.2)]
    roads = [(0, 1, "cCf"), (1, 2, "cCf"), (4, 5, "cCf")]
    island = town(places, roads)
    # The person stands on the island and is put on the road 200 m north of it.
    person = points((0.5, -0.2))
    assert pairs(network_reach(island, person, points((0, 0)), mode="car", limit=5000)) == {(0, 0): 700}
    assert island.component("car")[4:6].tolist() == [-1, -1]
    # With 0.2 km of edges it may be started from when so little is asked for, and leads nowhere.
    kept = town(places, roads, min_component_km=0.2)
    assert len(np.unique(kept.component("car")[kept.component("car") >= 0])) == 2
    reach = network_reach(kept, person, points((0, 0)), mode="car", limit=5000)
    assert pairs(reach) == {}
    assert not reach.is_demand_off.any()


def test_a_trip_must_have_a_way_back():
    # Two towns joined by a one-way street: from the west one may go east and not return.
    places = [(0, 0), (0, 1), (3, 0), (3, 1)]
    roads = [(0, 1, "cCf"), (2, 3, "cCf"), (0, 2, "cf")]
    towns = town(places, roads, min_component_km=1)
    ends = points((0, 0), (3, 0))
    assert pairs(network_reach(towns, ends, ends, mode="car", limit=9000)) == {(0, 0): 0, (1, 1): 0}
    on_foot = pairs(network_reach(towns, ends, ends, mode="foot", limit=9000))
    assert on_foot == {(0, 0): 0, (1, 1): 0, (0, 1): 3000, (1, 0): 3000}
    # A street that cannot be left is no place to start from, though it can be driven into.
    dead_end = town(SQUARE, [(0, 1, "cCf"), (1, 2, "cf")])
    assert dead_end.car_component[2] == -1
    assert dead_end.foot_component[2] >= 0


def test_motorways_are_not_walked_and_footways_not_driven():
    mixed = town(SQUARE, [(0, 1, "cC"), (1, 2, "cCf"), (2, 3, "cCf"), (3, 0, "cCf"), (0, 2, "f")])
    person, facility = points((0, 0)), points((1, 0))
    assert pairs(network_reach(mixed, person, facility, mode="car", limit=9000)) == {(0, 0): 1000}
    # On foot over the footway, the diagonal of the square, and then 1 km.
    (cost_m,) = pairs(network_reach(mixed, person, facility, mode="foot", limit=9000)).values()
    assert cost_m == pytest.approx(1000 * math.sqrt(2) + 1000, abs=1e-6)


def test_the_shortest_way_is_not_the_fastest():
    # 1.6 km by a slow street against 1 + 1 km: metres choose the street, minutes the other way.
    slow = town(SQUARE[:3], [(0, 1, "cC"), (1, 2, "cC"), (0, 2, "cC", 1600)])
    slow.car_min[slow.length_m > 101] *= 10
    person, facility = points((0, 0)), points((1, 1))
    assert pairs(network_reach(slow, person, facility, mode="car", limit=9000)) == {(0, 0): 1600}
    fastest = network_reach(slow, person, facility, mode="car", limit=9000, measure="min")
    assert pairs(fastest) == {(0, 0): 2}


def test_parallel_roads_and_roads_without_length():
    # The second street between the corners is longer; the third stretch has no length at all.
    streets = town(SQUARE, [(0, 1, "cCf"), (0, 1, "cCf", 1300), (1, 2, "cCf", 0)], max_gap_m=5000)
    reach = network_reach(streets, points((0, 0)), points((1, 1)), mode="car", limit=9000)
    assert pairs(reach) == {(0, 0): 1000}


def test_a_house_in_the_middle_of_a_long_road_is_on_it():
    road = town([(0, 0), (5, 0)], [(0, 1, "cCf")])
    assert road.node_count == 51
    assert road.length_m.max() == 100
    # 2,040 m along the road: 40 m to the node at 2,000 m.
    reach = network_reach(road, points((2.04, 0.03)), points((0, 0)), mode="foot", limit=9000)
    assert pairs(reach) == {(0, 0): 2050}


def test_nobody_and_nothing():
    none = points()
    for people, places in ((none, points((0, 0))), (points((0, 0)), none), (none, none)):
        reach = network_reach(RING, people, places, mode="car", limit=1000)
        assert (reach.demand_count, reach.facility_count) == (len(people), len(places))
        assert reach.first.tolist() == [0] * (len(places) + 1)
    footpath = town(SQUARE, [(0, 1, "f")])
    by_car = network_reach(footpath, points((0, 0)), points((0, 0)), mode="car", limit=1000)
    assert by_car.is_demand_off.all()
    assert by_car.is_facility_off.all()


places_km = st.tuples(st.integers(0, 6), st.integers(0, 6))
some_roads = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.integers(0, 7),
        st.sampled_from(["cf", "cCf", "C", "f", "cC"]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=20,
    # Two roads over the same ground have nodes at the same places, and either would be right.
    unique_by=lambda road: frozenset(road[:2]),
)


def slow_ways(network, mode, first):
    """Give the cost from one node to every node that it leads to, with a heap."""
    minutes, rows = network.minutes(mode), range(len(network.start))
    leads = [
        (int(network.start[row]), int(network.end[row]), float(network.length_m[row]))
        for row in rows
        if math.isfinite(minutes[row])
    ]
    costs, heap = {}, [(0.0, first)]
    while heap:
        cost, node = heapq.heappop(heap)
        if node not in costs:
            costs[node] = cost
            for start, end, length_m in leads:
                if start == node:
                    heapq.heappush(heap, (cost + length_m, end))
    return costs


def slow_costs(network, people, places, *, mode, limit, max_snap_m):
    """Send every person over the roads, and ask every facility; there must be a way back."""
    component = network.component(mode).tolist()

    def nearest(point):
        return min(
            (math.dist(xy, (point.x, point.y)), number)
            for number, xy in enumerate(network.node_xy.tolist())
            if component[number] >= 0
        )

    if max(component) < 0:
        return {}
    found = {}
    ends = [(row, door, *nearest(door)) for row, door in enumerate(places.geometry)]
    for person, home in enumerate(people.geometry):
        walk_m, first = nearest(home)
        costs = slow_ways(network, mode, first)
        for facility, door, last_m, last in ends:
            if max(walk_m, last_m) <= max_snap_m and component[last] == component[first]:
                whole = home.distance(door) if last == first else walk_m + costs[last] + last_m
                if round(whole, 6) <= limit:
                    found[person, facility] = whole
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(places_km, min_size=8, max_size=8, unique=True),
    some_roads,
    st.lists(places_km, max_size=6),
    st.lists(places_km, max_size=4),
    st.sampled_from(["car", "foot"]),
    st.integers(0, 15_000),
)
def test_reach_equals_the_slow_one(nodes, roads, homes, doors, mode, limit):
    # Off the lattice, so that no two roads run over each other.
    nodes = [(x + 0.1 * math.sin(9 * n), y + 0.1 * math.cos(5 * n)) for n, (x, y) in enumerate(nodes)]
    network = town(
        nodes,
        [(a, b, who, 1000 * times * math.dist(nodes[a], nodes[b])) for a, b, who, times in roads if a != b]
        or [(0, 1, "cCf")],
        max_gap_m=700,
        min_component_km=5,
    )
    # Off the lattice by parts that no sum repeats: of two equally near nodes either would be right.
    people = points(*[(x + 0.0131, y + 0.0217) for x, y in homes])
    facilities = points(*[(x - 0.0173, y + 0.0291) for x, y in doors])
    reach = network_reach(network, people, facilities, mode=mode, limit=limit, max_snap_m=1500)
    expected = slow_costs(network, people, facilities, mode=mode, limit=limit, max_snap_m=1500)
    found = pairs(reach)
    assert found.keys() == expected.keys()
    assert [found[pair] for pair in expected] == pytest.approx(list(expected.values()), abs=1e-6)
    assert (reach.cost <= limit).all()
    # Within a facility the people stand in rising order.
    steps = np.diff(reach.demand.astype(int))[np.diff(reach.facility) == 0]
    assert (steps > 0).all()


def test_blocks_and_tiles_do_not_show(monkeypatch):
    chance = np.random.default_rng(7)
    nodes = [(x, y) for x in range(12) for y in range(12)]
    roads = [
        (number, number + step, chance.choice(["cCf", "cCf", "cf", "f"]))
        for number in range(144)
        for step in (1, 12)
        if number + step < 144 and (step == 12 or number % 12 < 11)
    ]
    network = town(nodes, roads)
    people = points(*chance.uniform(0, 11, (60, 2)).tolist())
    facilities = points(*chance.uniform(0, 11, (40, 2)).tolist())
    whole = network_reach(network, people, facilities, mode="car", limit=50_000).within(3000)
    monkeypatch.setattr(road_reach, "_CELLS", 7)
    small = network_reach(network, people, facilities, mode="car", limit=3000)
    assert 0 < len(small.demand) < 60 * 40
    assert small.first.tolist() == whole.first.tolist()
    assert small.demand.tolist() == whole.demand.tolist()
    assert small.cost.tolist() == whole.cost.tolist()


def test_wrong_inputs_are_named():
    here = points((0, 0))
    with pytest.raises(CrsError):
        network_reach(RING, to_geographic(here), here, mode="car", limit=1)
    with pytest.raises(CrsError):
        network_reach(RING, here, to_geographic(here), mode="car", limit=1)
    without_door = here.copy()
    without_door.loc[0, "geometry"] = None
    with pytest.raises(FrameError, match="leave out those that have no place"):
        network_reach(RING, here, without_door, mode="car", limit=1)
    for wrong in (
        {"limit": -1},
        {"limit": INF},
        {"max_snap_m": math.nan},
        {"mode": "bus"},
        {"measure": "km"},
    ):
        with pytest.raises(OptionError, match=next(iter(wrong))):
            network_reach(RING, here, here, **({"mode": "car", "limit": 1} | wrong))


def test_wrong_stretches_are_named():
    nodes = gpd.GeoSeries(shapely.points([(0, 0), (1000, 0)]), crs=METRIC)
    line = gpd.GeoSeries([shapely.LineString([(0, 0), (1000, 0)])], crs=METRIC)
    minutes = {name: [1.0] for name in ("car_min", "car_back_min", "foot_min", "foot_back_min")}
    right = {"start": [0], "end": [1], "length_m": [1000.0]} | minutes

    def made(**wrong):
        return gpd.GeoDataFrame(pd.DataFrame(right | wrong), geometry=line)

    assert road_network(nodes, made()).walk_kmh == WALK_KMH
    with pytest.raises(FrameError, match="position from 0 to 1, found 2 "):
        road_network(nodes, made(end=[2]))
    with pytest.raises(FrameError, match=r"length_m of 0 or more .* found -1 "):
        road_network(nodes, made(length_m=[-1.0]))
    with pytest.raises(FrameError, match=r"car_back_min of 0 or more .* found nan"):
        road_network(nodes, made(car_back_min=[math.nan]))
    with pytest.raises(FrameError, match="foot_min"):
        road_network(nodes, made().drop(columns="foot_min"))
    with pytest.raises(CrsError):
        road_network(nodes, to_geographic(made()))
    with pytest.raises(OptionError, match="walk_kmh above 0, found 0"):
        road_network(nodes, made(), walk_kmh=0)
