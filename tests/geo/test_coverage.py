import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coverage import covered_persons, near_areas, share_by_area
from geo.crs import to_geographic
from geo.errors import CrsError, FrameError, OptionError
from geo.straight_lines import straight_line_reach
from tests.geo.world import points, square_gminas

places_km = st.tuples(st.integers(0, 20), st.integers(0, 10))
some_facilities = st.lists(places_km, max_size=6)
some_demand = st.lists(st.tuples(places_km, st.integers(0, 50)), min_size=1, max_size=15)


def demand(*rows):
    """Give demand points from (x km, y km, persons); the gmina follows from x, in squares of 10 km."""
    codes = ["120101" if x < 10 else "120102" for x, _, _ in rows]
    return points(*[(x, y) for x, y, _ in rows], gmina_code=codes, demand_persons=[n for _, _, n in rows])


def covered_within(people, facilities, *, max_distance_m):
    """Give the covered persons of each point by the straight line."""
    reach = straight_line_reach(people, facilities, max_distance_m=max_distance_m)
    return covered_persons(people["demand_persons"], reach)


def coverage_share(people, facilities, *, max_distance_m):
    """Give the share of each gmina."""
    covered = covered_within(people, facilities, max_distance_m=max_distance_m)
    return share_by_area(covered, people["demand_persons"], people["gmina_code"])


def slow_shares(people, facilities, max_distance_m):
    """Measure every person to every facility."""
    shares = {}
    for code in sorted(set(people["gmina_code"])):
        near = total = 0.0
        for row in people[people["gmina_code"] == code].itertuples():
            total += row.demand_persons
            distances = [
                math.sqrt((place.x - row.geometry.x) ** 2 + (place.y - row.geometry.y) ** 2)
                for place in facilities.geometry
            ]
            if any(distance <= max_distance_m for distance in distances):
                near += row.demand_persons
        shares[code] = near / total if total else None
    return shares


def test_shares_of_two_gminas():
    people = demand((1, 5, 30), (9, 5, 70), (15, 5, 10))
    share = coverage_share(people, points((8, 5)), max_distance_m=2_000)
    # 70 of 100 live 1 km away; the other gmina's 10 live 7 km away.
    assert share.to_dict() == {"120101": 0.7, "120102": 0.0}
    assert share.name == "coverage_share"
    assert share.index.name == "gmina_code"


def test_a_facility_exactly_at_the_limit_counts():
    people = demand((0, 0, 1))
    # 3-4-5: 5 km to a hair.
    assert coverage_share(people, points((3, 4)), max_distance_m=5_000)["120101"] == 1.0
    assert coverage_share(people, points((3, 4)), max_distance_m=4_999.999)["120101"] == 0.0
    assert coverage_share(people, points((0, 0)), max_distance_m=0)["120101"] == 1.0


def test_no_facilities_cover_nobody():
    assert coverage_share(demand((1, 5, 30)), points(), max_distance_m=5_000).to_dict() == {"120101": 0.0}


def test_zero_and_unknown_demand_have_no_share():
    share = coverage_share(
        demand((1, 1, 0), (11, 1, None), (12, 1, 5)), points((1, 1), (12, 1)), max_distance_m=5_000
    )
    assert share.index.tolist() == ["120101", "120102"]
    assert share.isna().all()


def test_nobody_at_all():
    share = coverage_share(demand(), points((1, 1)), max_distance_m=5_000)
    assert len(share) == 0


def test_covered_persons_add_up_to_larger_areas():
    people = demand((1, 5, 30), (9, 5, 70), (15, 5, 100))
    covered = covered_within(people, points((9, 5)), max_distance_m=1_000)
    assert covered.tolist() == [0, 70, 0]
    powiat = share_by_area(covered, people["demand_persons"], people["gmina_code"].str[:4])
    assert powiat.to_dict() == {"1201": 0.35}


def test_covered_persons_keep_index_and_unknown():
    people = demand((1, 1, 4), (1, 1, None))
    people.index = ["known", "unknown"]
    covered = covered_within(people, points((1, 1)), max_distance_m=10)
    assert covered["known"] == 4
    assert math.isnan(covered["unknown"])


def test_share_by_area_takes_tables_with_any_index():
    rows = [3, 3]
    share = share_by_area(
        pd.Series([1.0, 0.0], index=rows),
        pd.Series([2, 2], index=rows, dtype="Int64"),
        pd.Series(["a", "a"], index=rows),
    )
    assert share.to_dict() == {"a": 0.25}


@given(some_demand, some_facilities, st.integers(0, 20_000))
def test_shares_equal_the_slow_ones(rows, places, max_distance_m):
    people = demand(*[(x, y, n) for (x, y), n in rows])
    facilities = points(*places)
    share = coverage_share(people, facilities, max_distance_m=max_distance_m)
    expected = slow_shares(people, facilities, max_distance_m)
    assert share.index.tolist() == list(expected)
    for code, value in expected.items():
        assert (value is None and math.isnan(share[code])) or share[code] == pytest.approx(value, abs=1e-12)
    assert share.dropna().between(0, 1).all()


@given(some_demand, some_facilities, st.integers(0, 15_000), st.integers(0, 15_000))
def test_a_larger_distance_never_covers_less(rows, places, first_m, second_m):
    people = demand(*[(x, y, n) for (x, y), n in rows])
    smaller, larger = (
        coverage_share(people, points(*places), max_distance_m=limit_m)
        for limit_m in sorted([first_m, second_m])
    )
    assert (smaller.fillna(0) <= larger.fillna(0)).all()


@given(some_demand, some_facilities, st.randoms(use_true_random=False))
def test_row_order_does_not_matter(rows, places, chance):
    people = demand(*[(x, y, n) for (x, y), n in rows])
    shuffled = people.iloc[chance.sample(range(len(people)), len(people))]
    turned = points(*places).iloc[::-1]
    share = coverage_share(people, points(*places), max_distance_m=4_000)
    again = coverage_share(shuffled, turned, max_distance_m=4_000)
    pd.testing.assert_series_equal(share, again)


def test_wrong_inputs_are_named():
    people, facilities = demand((1, 5, 30)), points((1, 1))
    with pytest.raises(CrsError):
        coverage_share(to_geographic(people), to_geographic(facilities), max_distance_m=1)
    with pytest.raises(CrsError):
        coverage_share(people, to_geographic(facilities), max_distance_m=1)
    for limit_m in (-1, float("nan"), float("inf")):
        with pytest.raises(OptionError, match="distance of 0 m or more"):
            coverage_share(people, facilities, max_distance_m=limit_m)
    reach = straight_line_reach(people, facilities, max_distance_m=1)
    with pytest.raises(FrameError, match="demand_persons of 1 rows, found 2"):
        covered_persons(pd.Series([1.0, 2.0]), reach)
    with pytest.raises(FrameError, match=r"found -3 .* first \['120101'\]"):
        covered_persons(pd.Series([-3.0], index=["120101"]), reach)
    without_door = facilities.copy()
    without_door.loc[0, "geometry"] = None
    with pytest.raises(FrameError, match="leave out those that have no place"):
        coverage_share(people, without_door, max_distance_m=1)


def test_near_areas_inside_on_the_border_at_the_limit_and_beyond():
    west = square_gminas(1)
    places = points((5, 5), (10, 5), (13, 5), (13.001, 5), (13, 14), (14, 13))
    near = near_areas(places, west, max_distance_m=3_000)
    assert near.tolist() == [True, True, True, False, False, False]
    # From the corner at (10, 10) to (13, 14) and (14, 13) it is 5 km.
    assert near_areas(places, west, max_distance_m=5_000).tolist() == [True, True, True, True, True, True]


def test_near_areas_of_nothing():
    assert near_areas(points((5, 5)), square_gminas(1).iloc[:0], max_distance_m=3_000).tolist() == [False]
    assert near_areas(points(), square_gminas(1), max_distance_m=3_000).empty


@given(st.lists(places_km, max_size=10), st.integers(0, 9_000))
def test_near_areas_equal_the_slow_ones(places, max_distance_m):
    areas = square_gminas(3).iloc[[0, 2]]
    near = near_areas(points(*places), areas, max_distance_m=max_distance_m)
    expected = [
        min(area.distance(place) for area in areas.geometry) <= max_distance_m
        for place in points(*places).geometry
    ]
    assert near.tolist() == expected


def test_near_areas_wants_metres():
    with pytest.raises(CrsError):
        near_areas(to_geographic(points((5, 5))), to_geographic(square_gminas()), max_distance_m=1)
    with pytest.raises(OptionError):
        near_areas(points((5, 5)), square_gminas(), max_distance_m=-1)
