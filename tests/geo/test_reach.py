import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import pairs
from geo.crs import to_geographic
from geo.errors import CrsError, FrameError, OptionError
from geo.reach import area_reach, joined_reach, straight_line_reach
from tests.geo.world import points

places_km = st.tuples(st.integers(0, 20), st.integers(0, 20))
some_places = st.lists(places_km, max_size=12)


def triples(reach):
    """Give pairs as (facility, demand, cost)."""
    return list(zip(reach.facility.tolist(), reach.demand.tolist(), reach.cost.tolist(), strict=True))


def slow_triples(people, facilities, max_distance_m, factor=1.0):
    """Measure every person to every facility."""
    found = []
    for j, place in enumerate(facilities.geometry):
        for i, home in enumerate(people.geometry):
            cost = factor * math.dist((place.x, place.y), (home.x, home.y))
            if cost <= max_distance_m + 1e-6:
                found.append((j, i, min(cost, max_distance_m)))
    return found


def assert_is_sound(reach):
    """Check what the docstring of `Reach` promises."""
    assert reach.first[0] == 0
    assert reach.first[-1] == len(reach.demand) == len(reach.cost)
    assert reach.first.dtype == np.int64
    assert reach.demand.dtype == np.int32
    assert reach.cost.dtype == np.float64
    assert ((reach.cost >= 0) & (reach.cost <= reach.limit)).all()
    for begin, end in zip(reach.first[:-1], reach.first[1:], strict=True):
        assert (np.diff(reach.demand[begin:end]) > 0).all()
    assert not reach.is_demand_off[reach.demand].any()
    assert not reach.is_facility_off[reach.facility].any()


def test_pairs_of_a_tiny_world():
    people, facilities = points((0, 0), (3, 0), (9, 0)), points((3, 4), (20, 20), (0, 0))
    reach = straight_line_reach(people, facilities, max_distance_m=5_000)
    # 3-4-5 is exactly at the limit; nobody reaches the second facility.
    assert triples(reach) == [(0, 0, 5000), (0, 1, 4000), (2, 0, 0), (2, 1, 3000)]
    assert reach.first.tolist() == [0, 2, 2, 4]
    assert (reach.facility_count, reach.demand_count, reach.limit, reach.unit) == (3, 3, 5000, "m")
    assert not reach.is_demand_off.any()
    assert not reach.is_facility_off.any()
    assert_is_sound(reach)


def test_sums_of_pairs():
    people, facilities = points((0, 0), (3, 0), (9, 0)), points((3, 4), (20, 20), (0, 0))
    reach = straight_line_reach(people, facilities, max_distance_m=5_000)
    of_pair = np.array([1.0, 2.0, 4.0, 8.0])
    assert reach.sum_by_demand(of_pair).tolist() == [5, 10, 0]
    assert reach.sum_by_facility(of_pair).tolist() == [3, 0, 12]
    assert reach.matrix(of_pair).todense().tolist() == [[1, 2, 0], [0, 0, 0], [4, 8, 0]]
    assert reach.least_cost().tolist() == [0, 3000, math.inf]


@pytest.mark.parametrize("factor", [1.0, 1.1, 1.2, 1.25, 1.3, 1.37, 1.4, 1.7, 2.1])
@pytest.mark.parametrize("distance_km", [0.3, 3, 5, 7, 11, 19.7])
def test_a_pair_exactly_at_the_limit_is_in_with_any_detour(factor, distance_km):
    # Far from 0, where coordinates are rounded most; 3,000 m × 1.1 is 3,300.0000000000005 m.
    people, facilities = points((500.1, 600.3)), points((500.1 + distance_km, 600.3))
    limit_m = round(1000 * distance_km * factor, 6)
    reach = straight_line_reach(people, facilities, max_distance_m=limit_m, detour_factor=factor)
    assert reach.cost.tolist() == pytest.approx([limit_m], abs=1e-5)
    assert_is_sound(reach)
    nearer = straight_line_reach(people, facilities, max_distance_m=limit_m - 0.001, detour_factor=factor)
    assert len(nearer.cost) == 0


def test_a_limit_of_zero_pairs_what_is_in_the_same_place():
    reach = straight_line_reach(points((1, 1), (1, 2)), points((1, 1)), max_distance_m=0)
    assert triples(reach) == [(0, 0, 0)]


@pytest.mark.parametrize(("people_count", "facility_count"), [(0, 2), (2, 0), (0, 0)])
def test_nobody_and_nothing(people_count, facility_count):
    people, facilities = points(*[(1, 1)] * people_count), points(*[(1, 1)] * facility_count)
    reach = straight_line_reach(people, facilities, max_distance_m=1000)
    assert len(reach.demand) == 0
    assert (reach.demand_count, reach.facility_count) == (people_count, facility_count)
    assert reach.sum_by_demand(reach.cost).tolist() == [0] * people_count
    assert reach.sum_by_facility(reach.cost).tolist() == [0] * facility_count
    assert_is_sound(reach)


@given(some_places, some_places, st.integers(0, 25_000), st.sampled_from([1.0, 1.3]))
def test_pairs_equal_the_slow_ones(homes, places, max_distance_m, factor):
    people, facilities = points(*homes), points(*places)
    reach = straight_line_reach(people, facilities, max_distance_m=max_distance_m, detour_factor=factor)
    expected = slow_triples(people, facilities, max_distance_m, factor)
    assert [pair[:2] for pair in triples(reach)] == [pair[:2] for pair in expected]
    assert reach.cost.tolist() == pytest.approx([pair[2] for pair in expected], abs=1e-6)
    assert_is_sound(reach)


@pytest.mark.parametrize("radius_m", [0.5, 700, 40_000, 2_000_000])
@pytest.mark.parametrize(("width_m", "depth_m"), [(600_000, 700_000), (300_000, 0), (0, 300_000), (0, 0)])
def test_many_chunks_and_bands_give_the_same_pairs(monkeypatch, radius_m, width_m, depth_m):
    monkeypatch.setattr(pairs, "CHUNK_PAIRS", 50)
    chance = np.random.default_rng(4)
    demand = chance.uniform((170_000, 130_000), (170_000 + width_m, 130_000 + depth_m), size=(300, 2))
    # Some facilities stand where people live, some far outside of where anybody does.
    facilities = np.concatenate([demand[:20], chance.uniform(-500_000, 1_500_000, size=(60, 2))])
    first, row, distance_m = pairs.pairs_within(demand, facilities, radius_m=radius_m)
    all_m = np.hypot(*(demand[None] - facilities[:, None]).transpose(2, 0, 1))
    facility, expected = np.nonzero(all_m <= radius_m)
    assert row.tolist() == expected.tolist()
    assert np.repeat(np.arange(80), np.diff(first)).tolist() == facility.tolist()
    np.testing.assert_allclose(distance_m, all_m[facility, expected], rtol=1e-12)


@given(some_places, some_places, st.integers(0, 20_000), st.integers(0, 20_000))
def test_within_is_the_reach_of_the_smaller_limit(homes, places, first_m, second_m):
    smaller, larger = sorted([first_m, second_m])
    people, facilities = points(*homes), points(*places)
    cut = straight_line_reach(people, facilities, max_distance_m=larger).within(smaller)
    direct = straight_line_reach(people, facilities, max_distance_m=smaller)
    assert triples(cut) == triples(direct)
    assert cut.first.tolist() == direct.first.tolist()
    assert cut.limit == smaller
    assert_is_sound(cut)


@given(some_places, some_places, st.integers(1, 30))
def test_blocks_are_the_reach_in_parts(homes, places, most_pairs):
    reach = straight_line_reach(points(*homes), points(*places), max_distance_m=8_000)
    together, stop = [], 0
    for rows, block in reach.blocks(most_pairs=most_pairs):
        assert rows.start == stop
        stop = rows.stop
        assert block.facility_count == stop - rows.start
        assert len(block.cost) <= most_pairs or block.facility_count == 1
        assert_is_sound(block)
        together += [(rows.start + j, i, cost) for j, i, cost in triples(block)]
    assert stop == reach.facility_count
    assert together == triples(reach)


def test_within_cannot_grow():
    reach = straight_line_reach(points((0, 0)), points((0, 0)), max_distance_m=1000)
    for limit in (1001, -1, math.nan):
        with pytest.raises(OptionError, match="limit from 0 to 1000 m"):
            reach.within(limit)


def test_services_reach_the_areas_they_serve():
    codes = ["120101", "120102", "120201", "140101"]
    reach = area_reach(
        codes, [["120102"], ["1201", "120102"], ["12"], ["00"], ["3001"], []], limit=30, unit="min"
    )
    served = [reach.demand[a:b].tolist() for a, b in zip(reach.first[:-1], reach.first[1:], strict=True)]
    assert served == [[1], [0, 1], [0, 1, 2], [0, 1, 2, 3], [], []]
    assert (reach.cost == 0).all()
    assert (reach.limit, reach.unit) == (30, "min")
    assert_is_sound(reach)


def test_no_services_and_nobody_served():
    assert area_reach(["120101"], [], limit=1, unit="m").facility_count == 0
    assert area_reach([], [["00"]], limit=1, unit="m").first.tolist() == [0, 0]


def test_stops_of_one_bus_are_one_facility():
    people = points((0, 0), (4, 0), (9, 0))
    stops = straight_line_reach(people, points((0, 0), (5, 0), (2, 0)), max_distance_m=4_000)
    areas = area_reach(["120101", "120101", "120102"], [["120102"]], limit=4000, unit="m")
    # Stops 0 and 1 are the bus, row 1 of the whole; stop 2 is row 0, the service of the area row 2.
    whole = joined_reach([stops, areas], [np.array([1, 1, 0]), np.array([2])], facility_count=4)
    assert triples(whole) == [(0, 0, 2000), (0, 1, 2000), (1, 0, 0), (1, 1, 1000), (1, 2, 4000), (2, 2, 0)]
    assert whole.first.tolist() == [0, 2, 5, 6, 6]
    # Nothing is said of a facility that no part has.
    assert whole.is_facility_off.tolist() == [False, False, False, True]
    assert_is_sound(whole)


def test_off_the_network_unless_reached_another_way():
    people = points((0, 0), (1, 0))
    by_road = replace(
        straight_line_reach(people.iloc[:0], points((0, 0)), max_distance_m=1000),
        demand_count=2,
        is_demand_off=np.array([True, True]),
        is_facility_off=np.array([True]),
    )
    by_area = area_reach(["120101", "120102"], [["120101"]], limit=1000, unit="m")
    whole = joined_reach([by_road, by_area], [np.array([0]), np.array([1])], facility_count=2)
    assert whole.is_demand_off.tolist() == [False, True]
    assert whole.is_facility_off.tolist() == [True, False]


def test_parts_must_be_of_one_kind():
    metres = straight_line_reach(points((0, 0)), points((0, 0)), max_distance_m=1000)
    minutes = area_reach(["120101"], [["00"]], limit=1000, unit="min")
    with pytest.raises(FrameError, match="same people, limit and unit"):
        joined_reach([metres, minutes], [np.array([0]), np.array([1])], facility_count=2)


@given(some_places, some_places, some_places, st.data())
def test_joined_pairs_are_the_cheapest_of_the_parts(homes, some, others, data):
    people = points(*homes)
    parts = [straight_line_reach(people, points(*places), max_distance_m=7_000) for places in (some, others)]
    rows = [
        np.array(data.draw(st.lists(st.integers(0, 4), min_size=size, max_size=size)), dtype=np.int64)
        for size in (len(some), len(others))
    ]
    whole = joined_reach(parts, rows, facility_count=5)
    cheapest = {}
    for part, rows_of_part in zip(parts, rows, strict=True):
        for facility, demand, cost in triples(part):
            key = (int(rows_of_part[facility]), demand)
            cheapest[key] = min(cost, cheapest.get(key, math.inf))
    assert triples(whole) == [(*key, cheapest[key]) for key in sorted(cheapest)]
    assert_is_sound(whole)


def test_wrong_inputs_are_named():
    people, facilities = points((1, 5)), points((1, 1))
    with pytest.raises(CrsError):
        straight_line_reach(to_geographic(people), facilities, max_distance_m=1)
    with pytest.raises(CrsError):
        straight_line_reach(people, to_geographic(facilities), max_distance_m=1)
    for limit_m in (-1, math.nan, math.inf):
        with pytest.raises(OptionError, match="distance of 0 m or more"):
            straight_line_reach(people, facilities, max_distance_m=limit_m)
    for factor in (0.9, 0, math.nan, math.inf):
        with pytest.raises(OptionError, match="detour factor of 1 or more"):
            straight_line_reach(people, facilities, max_distance_m=1, detour_factor=factor)
    without_door = facilities.copy()
    without_door.loc[0, "geometry"] = None
    with pytest.raises(FrameError, match="leave out those that have no place"):
        straight_line_reach(people, without_door, max_distance_m=1)
    with pytest.raises(FrameError, match=r"expected demand with finite coordinates.*\[1\]"):
        straight_line_reach(points((1, 1), (math.inf, 1)), facilities, max_distance_m=1)
