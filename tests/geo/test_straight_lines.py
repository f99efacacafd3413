import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import pairs
from geo.crs import to_geographic
from geo.errors import CrsError, FrameError, OptionError
from geo.straight_lines import straight_line_reach
from tests.geo.reach_world import assert_is_sound, some_places, triples
from tests.geo.world import points


def slow_triples(people, facilities, max_distance_m, factor=1.0):
    """Measure every person to every facility."""
    found = []
    for j, place in enumerate(facilities.geometry):
        for i, home in enumerate(people.geometry):
            cost = factor * math.dist((place.x, place.y), (home.x, home.y))
            if cost <= max_distance_m + 1e-6:
                found.append((j, i, min(cost, max_distance_m)))
    return found


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
