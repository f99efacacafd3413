import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import FrameError, OptionError
from geo.reach import area_reach, joined_reach
from geo.straight_lines import straight_line_reach
from tests.geo.reach_world import assert_is_sound, some_places, triples
from tests.geo.world import points


def test_sums_of_pairs():
    people, facilities = points((0, 0), (3, 0), (9, 0)), points((3, 4), (20, 20), (0, 0))
    reach = straight_line_reach(people, facilities, max_distance_m=5_000)
    of_pair = np.array([1.0, 2.0, 4.0, 8.0])
    assert reach.sum_by_demand(of_pair).tolist() == [5, 10, 0]
    assert reach.sum_by_facility(of_pair).tolist() == [3, 0, 12]
    assert reach.matrix(of_pair).todense().tolist() == [[1, 2, 0], [0, 0, 0], [4, 8, 0]]
    assert reach.least_cost().tolist() == [0, 3000, math.inf]


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
