from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import FrameError, OptionError
from geo.gaps import PARTS, gap_places, gap_triad, gaps_by_area
from geo.reach import straight_line_reach
from tests.geo.world import points

NORM = 20  # places per 1,000 people: one place stands for 50
LIMIT_M = 6_000
places_km = st.tuples(st.integers(0, 14), st.integers(0, 4))
persons = st.none() | st.floats(0, 400)
some_homes = st.lists(st.tuples(places_km, persons, st.booleans()), min_size=1, max_size=12)
some_facilities = st.lists(st.tuples(places_km, st.none() | st.integers(0, 8)), max_size=5)


def triad_of(homes, facilities, uncertain=None, off=(), norm=NORM, limit_m=LIMIT_M):
    """Part the people of homes ((x km, y km), persons) with facilities ((x km, y km), places)."""
    reach = straight_line_reach(
        points(*[xy for xy, *_ in homes]), points(*[xy for xy, _ in facilities]), max_distance_m=limit_m
    )
    is_off = np.isin(np.arange(len(homes)), list(off))
    assert not is_off[reach.demand].any()
    return gap_triad(
        pd.Series([home[1] for home in homes], dtype=float),
        pd.Series([places for _, places in facilities], dtype=float),
        replace(reach, is_demand_off=is_off),
        norm_per_1000=norm,
        is_uncertain=None if uncertain is None else pd.Series(uncertain),
    )


def parts(triad):
    """Give served, over capacity, out of reach and no data of each point."""
    return triad[list(PARTS)].to_numpy().tolist()


# The road of docs/method.md: rooms of 100 and 50 people at km 0 and 10.
ROAD = [((0, 0), 60), ((4, 0), 80), ((12, 0), 40), ((30, 0), 30)]
HOUSES = [((0, 0), 2), ((10, 0), 1)]


def test_the_road_worked_by_hand():
    triad = triad_of(ROAD, HOUSES)
    # The middle gets 40 of the first house and 10 of the second: 30 are left over.
    assert parts(triad) == [[60, 0, 0, 0], [50, 30, 0, 0], [40, 0, 0, 0], [0, 0, 30, 0]]
    assert not triad[["is_lower_bound", "is_upper_bound"]].to_numpy().any()

    people = pd.Series([n for _, n in ROAD])
    gaps = gaps_by_area(triad, people, pd.Series(["120101", "120101", "120102", "120102"], name="gmina_code"))
    assert gaps.index.name == "gmina_code"
    assert gaps.loc["120101"].tolist() == [140, 110, 30, 0, 0, False, False]
    assert gaps.loc["120102"].tolist() == [70, 40, 0, 30, 0, False, False]
    # 30 people at 20 places per 1,000: 0.6 of a place in each.
    places = gap_places(gaps, norm_per_1000=NORM)
    assert places["gap_places"].tolist() == pytest.approx([0.6, 0.6])
    assert not places[["is_lower_bound", "is_upper_bound"]].to_numpy().any()


def test_who_is_near_an_incomplete_list_is_no_data_unless_served():
    triad = triad_of(ROAD, HOUSES, uncertain=[False, True, False, True])
    assert parts(triad) == [[60, 0, 0, 0], [50, 0, 0, 30], [40, 0, 0, 0], [0, 0, 0, 30]]
    places = gap_places(triad, norm_per_1000=NORM)
    assert places["gap_places"].tolist() == [0, 0, 0, 0]
    assert places["is_lower_bound"].tolist() == [False, True, False, True]


def test_a_facility_of_unknown_size_makes_no_data():
    triad = triad_of(ROAD, [*HOUSES, ((30, 0), None)])
    assert parts(triad)[3] == [0, 0, 0, 30]
    triad = triad_of(ROAD, [*HOUSES, ((0, 0), None)])
    # The middle reaches it, 4 km away.
    assert parts(triad)[1] == [50, 0, 0, 30]


def test_people_off_the_network_are_no_data():
    assert parts(triad_of(ROAD, HOUSES, off=[3]))[3] == [0, 0, 0, 30]


def test_a_house_without_places_is_in_reach_and_full():
    assert parts(triad_of([((0, 0), 7)], [((0, 0), 0)])) == [[0, 7, 0, 0]]


def test_unknown_people_are_missing_and_no_zero():
    triad = triad_of([((0, 0), None), ((0, 0), 5)], [((9, 0), 1)])
    assert np.isnan(parts(triad)[0]).all()
    assert parts(triad)[1] == [0, 0, 5, 0]
    gaps = gaps_by_area(triad, pd.Series([None, 5.0]), pd.Series(["a", "a"]))
    assert gaps[["demand_persons", *PARTS]].isna().all(axis=None)
    assert gap_places(gaps, norm_per_1000=NORM)["gap_places"].isna().all()


def test_who_may_move_out_makes_the_rest_at_most():
    # Rooms of 50 at km 3 and 9. The middle has the first, the right the second; the left is over capacity.
    homes = [((-2, 0), 50), ((5, 0), 50), ((10, 0), 50), ((40, 0), 20)]
    houses = [((3, 0), 1), ((9, 0), 1), ((40, 0), 0)]
    certain = triad_of(homes, houses)
    assert certain["over_capacity_persons"].tolist() == [50, 0, 0, 20]
    assert not certain["is_upper_bound"].any()
    # If the right had an unlisted house, the middle could go to km 9 and leave km 3 to the left.
    triad = triad_of(homes, houses, uncertain=[False, False, True, False])
    assert triad["over_capacity_persons"].tolist() == [50, 0, 0, 20]
    assert triad["is_upper_bound"].tolist() == [True, False, False, False]
    # Nobody moves out of a house where nobody lives.
    assert not triad_of(homes, houses, uncertain=[False, False, False, True])["is_upper_bound"].any()


def test_an_unknown_number_of_rivals_makes_the_rest_at_least():
    homes = [((0, 0), None), ((1, 0), 10), ((40, 0), 10)]
    triad = triad_of(homes, [((2, 0), 1), ((40, 0), 1)])
    assert triad["over_capacity_persons"].tolist()[1:] == [0, 0]
    assert triad["is_lower_bound"].tolist() == [False, True, False]


def test_bounds_go_along_a_chain():
    # A room of 10 each at km 2, 8 and 14, one home between each; whoever comes at km 0 may push on all of them.
    homes = [((0, 0), None), ((4, 0), 10), ((10, 0), 10), ((16, 0), 10)]
    houses = [((2, 0), 0.2), ((8, 0), 0.2), ((14, 0), 0.2)]
    triad = triad_of(homes, houses)
    assert triad["is_lower_bound"].tolist() == [False, True, True, True]
    # Cut: nobody else reaches the last house now.
    apart = triad_of([*homes[:3], ((20, 0), 10)], [*houses[:2], ((17, 0), 0.2)])
    assert apart["is_lower_bound"].tolist() == [False, True, True, False]


def test_missing_certainty_is_uncertainty_and_index_is_kept():
    reach = straight_line_reach(points((0, 0), (1, 0)), points(), max_distance_m=1)
    triad = gap_triad(
        pd.Series([1, 2], index=["a", "b"], dtype="Int64"),
        pd.Series([], dtype=float),
        reach,
        norm_per_1000=1,
        is_uncertain=pd.Series([None, False], dtype="boolean"),
    )
    assert triad.index.tolist() == ["a", "b"]
    assert parts(triad) == [[0, 0, 0, 1], [0, 0, 2, 0]]


def test_wrong_inputs_are_named():
    reach = straight_line_reach(points((0, 0)), points((0, 0)), max_distance_m=1)
    people, places = pd.Series([1.0]), pd.Series([1.0])
    for norm in (0, -1, float("inf"), float("nan")):
        with pytest.raises(OptionError, match="norm above 0"):
            gap_triad(people, places, reach, norm_per_1000=norm)
        with pytest.raises(OptionError, match="norm above 0"):
            gap_places(pd.DataFrame(), norm_per_1000=norm)
    with pytest.raises(FrameError, match="is_uncertain of 1 rows"):
        gap_triad(people, places, reach, norm_per_1000=1, is_uncertain=pd.Series([True, False]))
    with pytest.raises(FrameError, match="supply_places of 1 rows"):
        gap_triad(people, pd.Series([1.0, 2.0]), reach, norm_per_1000=1)
    triad = gap_triad(people, places, reach, norm_per_1000=1)
    with pytest.raises(FrameError, match="1 area codes, found 2"):
        gaps_by_area(triad, people, pd.Series(["a", "b"]))
    with pytest.raises(FrameError, match="no_data_persons"):
        gaps_by_area(triad.drop(columns="no_data_persons"), people, pd.Series(["a"]))
    with pytest.raises(FrameError, match="over_capacity_persons"):
        gap_places(triad.drop(columns="over_capacity_persons"), norm_per_1000=1)


@given(some_homes, some_facilities)
def test_parts_add_up_to_the_last_bit(homes, facilities):
    triad = triad_of(homes, facilities, uncertain=[home[2] for home in homes])
    numbers = triad[list(PARTS)].to_numpy()
    for (xy, people, is_uncertain), row in zip(homes, numbers.tolist(), strict=True):
        if people is None:
            assert np.isnan(row).all()
            continue
        assert min(row) >= 0
        # One part beside the served: so the sum is the same in any order.
        assert sum(part > 0 for part in row[1:]) <= 1
        assert sum(row) == people
        served, over, out, no_data = row
        reached = [n for (u, v), n in facilities if 1000 * np.hypot(xy[0] - u, xy[1] - v) <= LIMIT_M]
        if None in reached or is_uncertain:
            assert over == out == 0
        elif reached:
            assert out == no_data == 0
        else:
            assert (served, over, out, no_data) == (0, 0, people, 0)


@given(some_homes, some_facilities)
def test_areas_add_up_to_their_people(homes, facilities):
    people = pd.Series([home[1] for home in homes], dtype=float)
    triad = triad_of(homes, facilities)
    gaps = gaps_by_area(triad, people, pd.Series(["west" if home[0][0] < 7 else "east" for home in homes]))
    known = gaps.dropna()
    np.testing.assert_allclose(
        known[list(PARTS)].sum(axis=1), known["demand_persons"], rtol=1e-9, atol=1e-300
    )


@given(some_homes, some_facilities, st.integers(0, 6), st.integers(1, 6))
def test_what_becomes_known_keeps_the_bounds(homes, facilities, found, more):
    """Fill in unknown sizes and unknown people: what was no bound does not change."""
    # A little off the grid, so that no two placings cost the same.
    homes = [((x + 0.0137 * k**1.5, y), n) for k, ((x, y), n, _) in enumerate(homes)]
    before = triad_of(homes, facilities)
    filled_facilities = [(xy, found if n is None else n) for xy, n in facilities]
    filled = triad_of(homes, filled_facilities)
    assert filled["served_persons"].sum() >= before["served_persons"].sum() - 1e-3
    over = before["over_capacity_persons"]
    is_exact = (over > 0) & ~before["is_upper_bound"]
    np.testing.assert_allclose(filled["over_capacity_persons"][is_exact], over[is_exact], atol=1e-2)
    assert (filled["over_capacity_persons"] <= over + 1e-2)[over > 0].all()

    counted = triad_of([(xy, 50.0 * more if n is None else n) for xy, n in homes], filled_facilities)
    is_known = before["served_persons"].notna()
    is_exact = is_known & ~filled["is_lower_bound"]
    over, now = filled["over_capacity_persons"], counted["over_capacity_persons"]
    np.testing.assert_allclose(now[is_exact], over[is_exact], atol=1e-2)
    assert (now >= over - 1e-2)[is_known].all()


@given(some_homes, some_facilities)
def test_a_higher_norm_never_serves_more(homes, facilities):
    low, high = (triad_of(homes, facilities, norm=norm)["served_persons"].sum() for norm in (5, 30))
    assert high <= low + 1e-3
