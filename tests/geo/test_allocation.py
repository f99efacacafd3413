import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from geo.allocation import allocate
from geo.errors import FrameError
from geo.reach import area_reach, joined_reach
from geo.straight_lines import straight_line_reach
from tests.geo.world import points

LIMIT_M = 5_000
places_km = st.tuples(st.integers(0, 9), st.integers(0, 4))
few_homes = st.lists(st.tuples(places_km, st.integers(0, 3)), min_size=1, max_size=5)
few_facilities = st.lists(st.tuples(places_km, st.integers(0, 4)), max_size=3)
some_homes = st.lists(st.tuples(places_km, st.floats(0, 100)), min_size=1, max_size=12)
some_facilities = st.lists(st.tuples(places_km, st.floats(0, 150)), max_size=5)


def reach_of(homes, facilities, limit_m=LIMIT_M):
    """Give the reach of places (x km, y km)."""
    return straight_line_reach(points(*homes), points(*facilities), max_distance_m=limit_m)


def place(homes, facilities, limit_m=LIMIT_M):
    """Allocate homes ((x km, y km), persons) to facilities ((x km, y km), room)."""
    reach = reach_of([xy for xy, _ in homes], [xy for xy, _ in facilities], limit_m)
    return allocate(
        pd.Series([n for _, n in homes], dtype=float),
        pd.Series([n for _, n in facilities], dtype=float),
        reach,
    )


def person_cost(allocation):
    """Sum persons × metres over all who have a place."""
    return allocation.persons_of_pair @ allocation.reach.cost


def best_of_all(homes, facilities):
    """Try every whole-numbered placing, home by home; give the persons placed and the cost of the best."""
    best = {tuple(room for _, room in facilities): (0, 0.0)}
    for (x, y), persons in homes:
        ways = [1000 * np.hypot(x - u, y - v) for (u, v), _ in facilities]
        reached = [j for j, way in enumerate(ways) if way <= LIMIT_M]
        grown = {}
        for room, (placed, cost) in best.items():
            for split in itertools.product(range(persons + 1), repeat=len(reached)):
                left = list(room)
                for j, count in zip(reached, split, strict=True):
                    left[j] -= count
                if sum(split) > persons or min(left, default=0) < 0:
                    continue
                way = cost + sum(ways[j] * count for j, count in zip(reached, split, strict=True))
                found = (placed + sum(split), way)
                known = grown.get(tuple(left), (-1, 0.0))
                if (found[0], -found[1]) > (known[0], -known[1]):
                    grown[tuple(left)] = found
        best = grown
    return max(best.values(), key=lambda found: (found[0], -found[1]))


def assert_is_sound(allocation, persons, room):
    """Check what the docstring of `Allocation` promises."""
    reach = allocation.reach
    assert (allocation.persons_of_pair >= 0).all()
    assert (allocation.served_persons >= 0).all()
    assert (allocation.served_persons <= persons).all()
    assert (allocation.used_persons <= np.asarray(room) + 1e-3).all()
    np.testing.assert_allclose(
        reach.sum_by_demand(allocation.persons_of_pair), allocation.served_persons, atol=1e-9
    )
    np.testing.assert_allclose(
        reach.sum_by_facility(allocation.persons_of_pair), allocation.used_persons, atol=1e-9
    )
    assert allocation.served_persons.sum() == pytest.approx(allocation.used_persons.sum(), abs=1e-9)


def test_as_many_as_possible_come_before_short_ways():
    # The first could go 1 km to the west, but the second can go nowhere else.
    homes, facilities = [((4, 0), 10), ((0, 0), 10)], [((3, 0), 10), ((9, 0), 10)]
    allocation = place(homes, facilities)
    assert allocation.served_persons.tolist() == [10, 10]
    assert allocation.used_persons.tolist() == [10, 10]
    assert person_cost(allocation) == 10 * 5_000 + 10 * 3_000


def test_the_nearer_have_the_place_when_there_is_one():
    allocation = place([((1, 0), 8), ((0, 0), 8), ((3, 0), 8)], [((0, 0), 10)])
    assert allocation.served_persons.tolist() == [2, 8, 0]
    assert person_cost(allocation) == 2 * 1_000


def test_equal_people_share_in_proportion():
    # 2 km to the west, east and north: 60 people for a room of 40.
    allocation = place([((0, 2), 10), ((4, 2), 20), ((2, 4), 30)], [((2, 2), 40)])
    np.testing.assert_allclose(allocation.served_persons, [40 / 6, 80 / 6, 20], atol=1e-6)


def test_an_area_wide_service_treats_the_area_alike():
    by_road = reach_of([(0, 0), (1, 0), (0, 0)], [(0, 0)])
    at_home = area_reach(["120101", "120101", "120102"], [["120101"]], limit=LIMIT_M, unit="m")
    reach = joined_reach([by_road, at_home], [np.array([0]), np.array([1])], facility_count=2)
    allocation = allocate(pd.Series([10.0, 10.0, 5.0]), pd.Series([5.0, 12.0]), reach)
    # Whoever is not served by the area has the house to itself; of the area 12 of 20 are served, none by road.
    assert allocation.served_persons.sum() == 17
    assert allocation.served_persons[2] == 5
    alone = allocate(pd.Series([10.0, 30.0, 5.0]), pd.Series([12.0]), at_home)
    assert alone.served_persons.tolist() == [3, 9, 0]


def test_unknown_people_and_room_have_no_part():
    allocation = place([((0, 0), np.nan), ((0, 0), 5)], [((0, 0), 3), ((0, 0), np.nan)])
    np.testing.assert_array_equal(allocation.served_persons, [np.nan, 3])
    np.testing.assert_array_equal(allocation.used_persons, [3, np.nan])


def test_nobody_nothing_and_nothing_in_reach():
    assert place([], []).served_persons.tolist() == []
    assert place([((0, 0), 5)], []).served_persons.tolist() == [0]
    assert place([], [((0, 0), 5)]).used_persons.tolist() == [0]
    assert place([((0, 0), 5)], [((9, 0), 5), ((1, 0), 0)]).used_persons.tolist() == [0, 0]
    # A limit of 0: all trips cost nothing.
    assert place([((0, 0), 5)], [((0, 0), 4)], limit_m=0).served_persons.tolist() == [4]


def test_fractions_leave_nobody_over_by_rounding():
    homes = [((0, k % 5), 100 / 3) for k in range(30)]
    allocation = place(homes, [((0, 2), 1000)])
    np.testing.assert_array_equal(allocation.served_persons, np.full(30, 100 / 3))


def test_great_room_and_few_people_fit_the_solver():
    allocation = place([((0, 0), 1e-9), ((1, 0), 4e7)], [((0, 0), 1e300)])
    assert allocation.served_persons.tolist() == [1e-9, 4e7]


def test_input_is_not_changed():
    persons, room = pd.Series([5.0, 1.0]), pd.Series([3.0])
    reach = reach_of([(0, 0), (0, 1)], [(0, 0)])
    before = reach.cost.copy()
    allocate(persons, room, reach)
    assert persons.tolist() == [5, 1]
    assert room.tolist() == [3]
    assert reach.cost.tolist() == before.tolist()


def test_wrong_inputs_are_named():
    reach = reach_of([(0, 0)], [(0, 0)])
    with pytest.raises(FrameError, match="demand_persons of 1 rows"):
        allocate(pd.Series([1.0, 2.0]), pd.Series([1.0]), reach)
    with pytest.raises(FrameError, match="room_persons of 1 rows"):
        allocate(pd.Series([1.0]), pd.Series([], dtype=float), reach)
    with pytest.raises(FrameError, match="found -1"):
        allocate(pd.Series([1.0]), pd.Series([-1.0]), reach)
    with pytest.raises(FrameError, match="check the unit"):
        allocate(pd.Series([1e9]), pd.Series([1.0]), reach)


@given(few_homes, few_facilities)
def test_equal_to_the_best_of_all_placings(homes, facilities):
    allocation = place(homes, facilities)
    placed, cost = best_of_all(homes, facilities)
    assert allocation.served_persons.sum() == pytest.approx(placed, abs=1e-9)
    # Costs are rounded to 5 cm here.
    assert person_cost(allocation) == pytest.approx(cost, abs=0.1 * (placed + 1))


@given(some_homes, some_facilities)
def test_equal_to_a_linear_programme(homes, facilities):
    allocation = place(homes, facilities)
    persons, room = np.array([n for _, n in homes]), np.array([n for _, n in facilities])
    assert_is_sound(allocation, persons, room)
    reach = allocation.reach
    if not len(reach.cost):
        assert allocation.served_persons.sum() == 0
        return
    per_home = [(reach.demand == i).astype(float) for i in range(len(homes))]
    per_facility = [(reach.facility == j).astype(float) for j in range(len(facilities))]
    # One more person placed is worth more than any chain of longer ways.
    worth = LIMIT_M * (len(facilities) + 1)
    best = linprog(
        reach.cost - worth, A_ub=np.array(per_home + per_facility), b_ub=np.concatenate([persons, room])
    )
    assert allocation.served_persons.sum() == pytest.approx(best.x.sum(), abs=1e-3)
    assert person_cost(allocation) == pytest.approx(reach.cost @ best.x, abs=0.1 * best.x.sum() + 30)


@given(some_homes, some_facilities, st.floats(0, 100))
def test_more_room_never_serves_fewer(homes, facilities, more):
    before = place(homes, facilities).served_persons.sum()
    roomier = [(xy, room + more) for xy, room in facilities]
    assert place(homes, roomier).served_persons.sum() >= before - 1e-3


@given(some_homes, some_facilities, st.integers(0, 10_000))
def test_a_larger_limit_never_serves_fewer(homes, facilities, more_m):
    before = place(homes, facilities).served_persons.sum()
    assert place(homes, facilities, LIMIT_M + more_m).served_persons.sum() >= before - 1e-3


@given(
    st.lists(places_km, min_size=1, max_size=8),
    st.lists(places_km, max_size=4),
    st.randoms(use_true_random=False),
)
def test_row_order_does_not_matter(home_places, facility_places, chance):
    # On a grid many ways are equally long; no two sums of people or rooms are.
    homes = [(xy, 2.0**k) for k, xy in enumerate(home_places)]
    facilities = [(xy, 3.0**k) for k, xy in enumerate(facility_places)]
    shuffled = chance.sample(range(len(homes)), len(homes))
    served = place(homes, facilities).served_persons
    again = place([homes[k] for k in shuffled], facilities[::-1]).served_persons
    np.testing.assert_allclose(again, served[shuffled], atol=1e-9)
