from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.errors import FrameError, OptionError
from geo.gaps import LIMITS, PARTS, PLACES, GroupPlaces, gap_triad, gaps_by_area
from geo.hanging import Hanging
from geo.straight_lines import straight_line_reach
from geo.whole_gaps import Beside, missing_places, whole_gaps
from tests.geo.world import points

NORM = 20  # places per 1,000 people: one place stands for 50
LIMIT_M = 6_000
places_km = st.tuples(st.integers(0, 14), st.integers(0, 4))
persons = st.none() | st.floats(0, 400)
some_homes = st.lists(st.tuples(places_km, persons, st.booleans()), min_size=1, max_size=12)
some_facilities = st.lists(st.tuples(places_km, st.none() | st.integers(0, 8)), max_size=5)


def triad_of(
    homes,
    facilities,
    uncertain=None,
    off=(),
    norm=NORM,
    limit_m=LIMIT_M,
    hanging=None,
    own=None,
    doubtful=None,
    gone=None,
    old=None,
):
    """Part the people of homes ((x km, y km), persons) with facilities ((x km, y km), places)."""
    reach = straight_line_reach(
        points(*[xy for xy, *_ in homes]), points(*[xy for xy, _ in facilities]), max_distance_m=limit_m
    )
    is_off = np.isin(np.arange(len(homes)), list(off))
    assert not is_off[reach.demand].any()
    return gap_triad(
        pd.Series([home[1] for home in homes], dtype=float),
        GroupPlaces(
            pd.Series([places for _, places in facilities], dtype=float),
            own_places=None if own is None else pd.Series(own, dtype=float),
            is_doubtful=None if doubtful is None else pd.Series(doubtful),
            may_be_gone=None if gone is None else pd.Series(gone),
            is_old=None if old is None else pd.Series(old),
        ),
        replace(reach, is_demand_off=is_off),
        norm_per_1000=norm,
        is_uncertain=None if uncertain is None else pd.Series(uncertain),
        hanging=hanging,
    )


def parts(triad):
    """Give served, over capacity, out of reach and no data of each point."""
    return triad[list(PARTS)].to_numpy().tolist()


# The road of docs/method.md: rooms of 100 and 50 people at km 0 and 10.
ROAD = [((0, 0), 60), ((4, 0), 80), ((12, 0), 40), ((30, 0), 30)]
HOUSES = [((0, 0), 2), ((10, 0), 1)]
GMINAS = pd.Series(["120101", "120101", "120102", "120102"], name="gmina_code")


def limits(triad):
    """Give the least and the most gap, and the least and the most out of reach, of each point."""
    return triad[list(LIMITS)].to_numpy().tolist()


def approx(rows):
    return [pytest.approx(row) for row in rows]


def test_the_road_worked_by_hand():
    triad = triad_of(ROAD, HOUSES)
    # Room for 150 of the 180 who reach a house: each point has five sixths of its people served.
    assert parts(triad) == approx(
        [[50, 10, 0, 0], [200 / 3, 40 / 3, 0, 0], [100 / 3, 20 / 3, 0, 0], [0, 0, 30, 0]]
    )
    # Nothing is unknown: at least and at most are the gap.
    assert limits(triad) == approx(
        [[10, 10, 0, 0], [40 / 3, 40 / 3, 0, 0], [20 / 3, 20 / 3, 0, 0], [30, 30, 30, 30]]
    )

    people = pd.Series([n for _, n in ROAD])
    gaps = gaps_by_area(triad, people, GMINAS)
    assert gaps.index.name == "gmina_code"
    assert gaps.loc["120101"].tolist() == pytest.approx([140, 350 / 3, 70 / 3, 0, 0, 70 / 3, 70 / 3, 0, 0])
    assert gaps.loc["120102"].tolist() == pytest.approx(
        [70, 100 / 3, 20 / 3, 30, 0, 110 / 3, 110 / 3, 30, 30]
    )
    whole = whole_gaps(gaps, norm_per_1000=NORM)
    # 60 people at 20 places per 1,000 are 1.2 places: 2 are enough, 0.73 and 0.47 of a place have one each.
    assert whole.loc["120101", [*PARTS, *PLACES]].tolist() == [117, 23, 0, 0, 1, 1, 1]
    assert whole.loc["120102", [*PARTS, *PLACES]].tolist() == [33, 7, 30, 0, 1, 1, 1]


def test_who_is_near_an_incomplete_list_is_no_data_unless_served():
    triad = triad_of(ROAD, HOUSES, uncertain=[False, True, False, True])
    assert parts(triad) == approx(
        [[50, 10, 0, 0], [200 / 3, 0, 0, 40 / 3], [100 / 3, 20 / 3, 0, 0], [0, 0, 0, 30]]
    )
    # At best they have places elsewhere, and those of the lists are enough for the others; at worst they have none.
    assert limits(triad) == approx([[0, 10, 0, 0], [0, 40 / 3, 0, 0], [0, 20 / 3, 0, 0], [0, 30, 0, 30]])
    assert triad["reason"].tolist() == ["", "list", "", "list"]
    whole = whole_gaps(gaps_by_area(triad, pd.Series([n for _, n in ROAD]), GMINAS), norm_per_1000=NORM)
    # 16.67 people are 0.33 of a place, 60 are 1.2.
    assert whole[list(PLACES)].sum().tolist() == [0, 1, 2]


def test_a_facility_of_unknown_size_makes_no_data():
    triad = triad_of(ROAD, [*HOUSES, ((30, 0), None)])
    assert parts(triad)[3] == [0, 0, 0, 30]
    # It has room for all, or none; out of reach they are in neither case.
    assert limits(triad)[3] == [0, 30, 0, 0]
    triad = triad_of(ROAD, [*HOUSES, ((0, 0), None)])
    # The first two points reach it, up to 4 km away.
    assert parts(triad)[:2] == approx([[50, 0, 0, 10], [200 / 3, 0, 0, 40 / 3]])
    assert triad["reason"].tolist() == ["size", "size", "", ""]


def test_of_a_facility_somewhere_in_its_town_least_and_most_hold_both_ways():
    """The first house is known only to be in a town: the first three points may have it in reach, or not."""
    hanging = Hanging(np.array([0, 1, 2]), np.array([0, 0, 0]), np.array([0, 0, 1, 1]))
    triad = triad_of(ROAD, HOUSES, hanging=hanging)
    # As far as is known it stands on its point. At best its 100 and the other house's 50 are enough for all who may
    # have them; at worst the second and third have the second house alone: 50 for 120 people.
    assert parts(triad) == approx(parts(triad_of(ROAD, HOUSES)))
    assert limits(triad) == approx(
        [[0, 60, 0, 60], [0, 80 * 70 / 120, 0, 0], [0, 40 * 70 / 120, 0, 0], [30, 30, 30, 30]]
    )
    assert triad["reason"].tolist() == ["town", "town", "town", ""]
    # More people than all the places that they may have: 280 for 150, wherever the house stands.
    crowded = triad_of([((0, 0), 200), *ROAD[1:]], HOUSES, hanging=hanging)
    assert crowded["least_gap_persons"].tolist()[:2] == pytest.approx([200 * 130 / 280, 80 * 130 / 280])


def test_of_a_facility_somewhere_on_its_street_those_near_have_it_for_certain():
    """The house is known to 2 km: it has room for 50; the first point has it for certain, the second perhaps."""
    homes = [((0, 0), 30), ((5, 0), 30)]
    triad = triad_of(homes, [((0, 0), 1)], hanging=Hanging(np.array([1]), np.array([0]), np.array([0, 1])))
    assert parts(triad) == approx([[25, 5, 0, 0], [25, 5, 0, 0]])
    # At best the first point need not share it, or the second has all of it; at worst the first shares it, or the
    # second does not have it.
    assert limits(triad) == approx([[0, 5, 0, 0], [0, 30, 0, 30]])
    assert triad["reason"].tolist() == ["", "town"]


def test_places_that_may_be_for_others_are_missing_at_most():
    """One of the two places of the first house may be for others: room for 100 and for 150 of the 180."""
    triad = triad_of(ROAD, HOUSES, own=[1, 1])
    assert parts(triad) == approx(parts(triad_of(ROAD, HOUSES)))
    assert limits(triad) == approx(
        [[10, 60 * 80 / 180, 0, 0], [40 / 3, 80 * 80 / 180, 0, 0], [20 / 3, 40 * 80 / 180, 0, 0], [30] * 4]
    )
    # The third point has the other house alone, and less room in it because others need it more.
    assert triad["reason"].tolist() == ["profile", "profile", "", ""]
    assert not (triad_of(ROAD, HOUSES, own=[2, 1])["reason"] != "").any()


def test_who_reaches_a_house_that_may_be_for_others_alone_may_be_out_of_reach():
    triad = triad_of(ROAD, HOUSES, own=[0, 1], doubtful=[True, False])
    # At worst the first point has nothing in reach; the second has half of the other house's 50, by people.
    assert limits(triad) == approx(
        [[10, 60, 0, 60], [40 / 3, 80 * 70 / 120, 0, 0], [20 / 3, 40 * 70 / 120, 0, 0], [30] * 4]
    )


def test_a_house_of_an_old_row_may_be_gone_with_all_its_places():
    """At worst the first house is no more: its neighbours reach nothing, or share the 50 rooms of the other one."""
    triad = triad_of(ROAD, HOUSES, gone=[True, False])
    assert parts(triad) == approx(parts(triad_of(ROAD, HOUSES)))
    # 120 people reach the other house, so seven twelfths of them have no room.
    assert limits(triad) == approx(
        [[10, 60, 0, 60], [40 / 3, 80 * 7 / 12, 0, 0], [20 / 3, 40 * 7 / 12, 0, 0], [30] * 4]
    )
    assert triad["reason"].tolist() == ["old", "old", "", ""]
    whole = whole_gaps(gaps_by_area(triad, pd.Series([n for _, n in ROAD]), GMINAS), norm_per_1000=NORM)
    # 23.3 and 36.7 people lack 1.2 places, all of 60 + 46.7 and of 23.3 + 30 people 3.2: together, a part is a place.
    assert whole[list(PLACES)].sum().tolist() == [2, 2, 4]
    # One that may be for others alone is no other thing, and both together are not worse than either.
    assert limits(triad) == approx(limits(triad_of(ROAD, HOUSES, own=[0, 1], doubtful=[True, False])))
    both = triad_of(ROAD, HOUSES, own=[0, 1], doubtful=[True, False], gone=[True, False])
    assert limits(both) == approx(limits(triad))
    assert not (triad_of(ROAD, HOUSES, gone=[False, False])["reason"] != "").any()


def test_old_places_may_be_none_and_their_house_is_in_reach():
    triad = triad_of(ROAD, HOUSES, old=[True, False])
    gone = triad_of(ROAD, HOUSES, gone=[True, False])
    assert parts(triad) == approx(parts(gone))
    assert triad["reason"].tolist() == ["old", "old", "", ""]
    assert triad["most_gap_persons"].tolist() == pytest.approx(gone["most_gap_persons"].tolist())
    # The house is there, full or not: nobody who reaches it is out of reach.
    assert triad["most_out_of_reach_persons"].tolist() == [0, 0, 0, 30]


@settings(max_examples=60, deadline=None)
@given(
    some_homes,
    st.lists(st.tuples(places_km, st.integers(0, 8)), min_size=1, max_size=4),
    st.sampled_from((0.5, 2.0, 4.0, 7.0)),
    st.tuples(st.floats(-0.7, 0.7), st.floats(-0.7, 0.7)),
)
@example(
    [((0, 0), 2.2e-311, False)], [((0, 0), 1)], 7.0, (0.0, 0.0)
)  # room for 50 divided by a hair of a person
def test_wherever_in_its_radius_a_facility_stands_the_gap_was_foretold(homes, facilities, radius_km, moved):
    homes = [(xy, 50.0 if n is None else n, is_uncertain) for xy, n, is_uncertain in homes]
    (x, y), places = facilities[0]
    near = [
        row
        for row, ((u, v), *_) in enumerate(homes)
        if abs(np.hypot(x - u, y - v) * 1000 - LIMIT_M) <= radius_km * 1000
    ]
    area = np.array([int(home[0][0] > 7) for home in homes])
    hanging = Hanging(np.array(near, dtype=int), np.zeros(len(near), dtype=int), area)
    told = triad_of(homes, facilities, hanging=hanging if near else None)
    there = (x + moved[0] * radius_km, y + moved[1] * radius_km)
    true = triad_of(homes, [(there, places), *facilities[1:]])
    gap = (true["over_capacity_persons"] + true["out_of_reach_persons"]).groupby(area).sum()
    assert (gap >= told["least_gap_persons"].groupby(area).sum() - 1e-2).all()
    assert (gap <= told["most_gap_persons"].groupby(area).sum() + 1e-2).all()
    out = true["out_of_reach_persons"]
    assert (out >= told["least_out_of_reach_persons"] - 1e-2).all()
    assert (out <= told["most_out_of_reach_persons"] + 1e-2).all()


def test_people_off_the_network_are_no_data():
    assert parts(triad_of(ROAD, HOUSES, off=[3]))[3] == [0, 0, 0, 30]


def test_a_house_without_places_is_in_reach_and_full():
    assert parts(triad_of([((0, 0), 7)], [((0, 0), 0)])) == [[0, 7, 0, 0]]


def test_unknown_people_are_missing_and_no_zero():
    triad = triad_of([((0, 0), None), ((0, 0), 5)], [((9, 0), 1)])
    assert np.isnan(parts(triad)[0] + limits(triad)[0]).all()
    assert parts(triad)[1] == [0, 0, 5, 0]
    gaps = gaps_by_area(triad, pd.Series([None, 5.0]), pd.Series(["120101", "120101"]))
    assert gaps[["demand_persons", *PARTS]].isna().all(axis=None)
    assert whole_gaps(gaps, norm_per_1000=NORM).isna().all(axis=None)


def test_who_may_move_out_makes_the_rest_at_most():
    # Rooms of 50 at km 3 and 9 for 150 people along a chain: a third of each is left over.
    homes = [((-2, 0), 50), ((5, 0), 50), ((10, 0), 50), ((40, 0), 20)]
    houses = [((3, 0), 1), ((9, 0), 1), ((40, 0), 0)]
    certain = triad_of(homes, houses)
    assert certain["over_capacity_persons"].tolist() == pytest.approx([50 / 3, 50 / 3, 50 / 3, 20])
    # If the right had an unlisted house, both rooms would be left to the others: enough for all.
    triad = triad_of(homes, houses, uncertain=[False, False, True, False])
    assert triad["over_capacity_persons"].tolist() == pytest.approx([50 / 3, 50 / 3, 0, 20])
    assert triad["least_gap_persons"].tolist() == pytest.approx([0, 0, 0, 20])
    assert triad["most_gap_persons"].tolist() == pytest.approx([50 / 3, 50 / 3, 50 / 3, 20])
    # Nobody moves out of a house where nobody lives.
    far = triad_of(homes, houses, uncertain=[False, False, False, True])
    assert far["least_gap_persons"].tolist() == pytest.approx([50 / 3, 50 / 3, 50 / 3, 0])


def test_an_unknown_number_of_rivals_may_take_all():
    homes = [((0, 0), None), ((1, 0), 10), ((40, 0), 10)]
    triad = triad_of(homes, [((2, 0), 1), ((40, 0), 1)])
    assert triad["over_capacity_persons"].tolist()[1:] == [0, 0]
    assert triad["most_gap_persons"].tolist()[1:] == [10, 0]


def test_rivals_are_met_along_a_chain():
    # A room of 10 each at km 2, 8 and 14, one home between each; whoever comes at km 0 may push on all of them.
    homes = [((0, 0), None), ((4, 0), 10), ((10, 0), 10), ((16, 0), 10)]
    houses = [((2, 0), 0.2), ((8, 0), 0.2), ((14, 0), 0.2)]
    assert triad_of(homes, houses)["most_gap_persons"].tolist()[1:] == pytest.approx([10 / 3] * 3)
    # Cut: nobody else reaches the last house now.
    apart = triad_of([*homes[:3], ((20, 0), 10)], [*houses[:2], ((17, 0), 0.2)])
    assert apart["most_gap_persons"].tolist()[1:] == pytest.approx([5, 5, 0])


def test_missing_certainty_is_uncertainty_and_index_is_kept():
    reach = straight_line_reach(points((0, 0), (1, 0)), points(), max_distance_m=1)
    triad = gap_triad(
        pd.Series([1, 2], index=["a", "b"], dtype="Int64"),
        GroupPlaces(pd.Series([], dtype=float)),
        reach,
        norm_per_1000=1,
        is_uncertain=pd.Series([None, False], dtype="boolean"),
    )
    assert triad.index.tolist() == ["a", "b"]
    assert parts(triad) == [[0, 0, 0, 1], [0, 0, 2, 0]]


def test_places_of_new_facilities_are_for_nobody_but_the_group():
    both = GroupPlaces(pd.Series([5.0, np.nan]), own_places=pd.Series([2.0, np.nan])).with_own(
        np.array([7.0])
    )
    places, own, is_doubtful = both.numbers(3)
    assert places.tolist() == pytest.approx([5, np.nan, 7], nan_ok=True)
    assert own.tolist() == pytest.approx([2, np.nan, 7], nan_ok=True)
    assert is_doubtful.tolist() == [False] * 3
    # All are its own where nothing else is said.
    assert GroupPlaces(pd.Series([5.0])).with_own(np.array([7.0])).numbers(2)[1].tolist() == [5, 7]


def test_wrong_inputs_are_named():
    reach = straight_line_reach(points((0, 0)), points((0, 0)), max_distance_m=1)
    people, places = pd.Series([1.0]), GroupPlaces(pd.Series([1.0]))
    for norm in (0, -1, float("inf"), float("nan")):
        with pytest.raises(OptionError, match="norm above 0"):
            gap_triad(people, places, reach, norm_per_1000=norm)
        with pytest.raises(OptionError, match="norm above 0"):
            whole_gaps(pd.DataFrame(), norm_per_1000=norm)
    with pytest.raises(FrameError, match="is_uncertain of 1 rows"):
        gap_triad(people, places, reach, norm_per_1000=1, is_uncertain=pd.Series([True, False]))
    with pytest.raises(FrameError, match="supply_places of 1 rows"):
        gap_triad(people, GroupPlaces(pd.Series([1.0, 2.0])), reach, norm_per_1000=1)
    triad = gap_triad(people, places, reach, norm_per_1000=1)
    with pytest.raises(FrameError, match="1 area codes, found 2"):
        gaps_by_area(triad, people, pd.Series(["a", "b"]))
    with pytest.raises(FrameError, match="no_data_persons"):
        gaps_by_area(triad.drop(columns="no_data_persons"), people, pd.Series(["a"]))
    with pytest.raises(FrameError, match="demand_persons"):
        whole_gaps(triad, norm_per_1000=1)


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


@settings(max_examples=40, deadline=None)
@given(some_homes, some_facilities, st.integers(0, 6), st.integers(1, 6))
def test_what_becomes_known_lies_between_least_and_most(homes, facilities, found, more):
    """Fill in unknown sizes and unknown people, and what nobody listed: the gap of each area was foretold."""
    uncertain = [home[2] for home in homes]
    before = triad_of(homes, facilities, uncertain=uncertain)
    known = before["served_persons"].notna()
    # A facility that nobody listed is in reach of uncertain points only, or these would not be all of them.
    is_apart = [
        all(np.hypot(x - u, y - v) * 1000 > LIMIT_M for (u, v), _, is_uncertain in homes if not is_uncertain)
        for (x, y), *_ in homes
    ]
    unlisted = [(xy, found) for (xy, *_), is_far in zip(homes, is_apart, strict=True) if is_far]
    filled = triad_of(
        [(xy, 50.0 * more if n is None else n) for xy, n, _ in homes],
        [*((xy, found if n is None else n) for xy, n in facilities), *unlisted],
    )
    certain = known & (before["reason"] == "")
    gap = filled["over_capacity_persons"] + filled["out_of_reach_persons"]
    assert gap[known].sum() <= before["most_gap_persons"].sum() + 1e-2
    assert gap[certain].sum() >= before.loc[certain, "least_gap_persons"].sum() - 1e-2


@settings(max_examples=40, deadline=None)
@given(some_homes, some_facilities, st.tuples(places_km, st.integers(0, 8)), st.floats(0, 200))
def test_the_three_gaps_are_in_order_and_move_the_right_way(homes, facilities, opened, come):
    """A new place never widens a gap, more people never narrow one: at every point, so in every area."""
    uncertain = [home[2] for home in homes]
    before = triad_of(homes, facilities, uncertain=uncertain)
    gap = before["over_capacity_persons"] + before["out_of_reach_persons"]
    assert (before["least_gap_persons"] <= gap)[gap.notna()].all()
    assert (before["most_gap_persons"] >= gap)[gap.notna()].all()
    after = triad_of(homes, [*facilities, opened], uncertain=uncertain)
    grown = triad_of(
        [(xy, n if n is None else n + come) for xy, n, _ in homes], facilities, uncertain=uncertain
    )
    for name in ("least_gap_persons", "most_gap_persons"):
        assert not (after[name] > before[name] + 1e-2).any()
        assert not (grown[name] < before[name] - 1e-2).any()
    gap_after, gap_grown = (
        triad["over_capacity_persons"] + triad["out_of_reach_persons"] for triad in (after, grown)
    )
    assert not (gap_after > gap + 1e-2).any()
    assert not (gap_grown < gap - 1e-2).any()


@settings(max_examples=40, deadline=None)
@given(
    some_homes, st.lists(st.tuples(places_km, st.integers(0, 8), st.integers(0, 8)), max_size=5), st.data()
)
def test_whosever_places_are_the_gap_was_foretold(homes, facilities, data):
    """Take any number of the places that may be for others away: the gap lies between what it was told to be."""
    before = triad_of(
        homes,
        [(xy, own + others) for xy, own, others in facilities],
        own=[own for _, own, _ in facilities],
    )
    after = triad_of(homes, [(xy, own + data.draw(st.integers(0, others))) for xy, own, others in facilities])
    gap = after["over_capacity_persons"] + after["out_of_reach_persons"]
    assert gap.sum() <= before["most_gap_persons"].sum() + 1e-2
    assert gap.sum() >= before["least_gap_persons"].sum() - 1e-2


codes = st.sampled_from(["120101", "120102", "120201", "240101"])


@settings(max_examples=40, deadline=None)
@given(some_homes, some_facilities, st.data())
def test_whole_numbers_add_up(homes, facilities, data):
    homes = [(xy, n, is_uncertain) for xy, n, is_uncertain in homes if n is not None]
    area = pd.Series([data.draw(codes) for _ in homes], dtype="str")
    people = pd.Series([n for _, n, _ in homes], dtype=float)
    triad = triad_of(homes, facilities, uncertain=[home[2] for home in homes])
    gaps = gaps_by_area(triad, people, area)
    whole = whole_gaps(gaps, norm_per_1000=NORM)
    assert (whole[list(PARTS)].sum(axis="columns") == whole["demand_persons"]).all()
    assert (whole >= 0).all(axis=None)
    assert (whole == whole.round()).all(axis=None)
    least, known, most = (whole[name] for name in PLACES)
    assert (least <= known).all()
    assert (known <= most).all()
    assert (whole["out_of_reach_persons"] <= whole["most_out_of_reach_persons"]).all()
    gap = gaps["over_capacity_persons"] + gaps["out_of_reach_persons"]
    for digits in (2, 4, 6):
        exact = (gap * NORM / 1000).groupby(gap.index.str[:digits]).sum()
        assert ((known.groupby(known.index.str[:digits]).sum() - exact).abs() < 1.001).all()


@settings(max_examples=40, deadline=None)
@given(some_homes, some_facilities, st.tuples(places_km, st.integers(0, 8)), st.data())
def test_a_new_place_is_never_told_to_lack_more_anywhere(homes, facilities, opened, data):
    homes = [(xy, n, is_uncertain) for xy, n, is_uncertain in homes if n is not None]
    area = pd.Series([data.draw(codes) for _ in homes], dtype="str")
    people = pd.Series([n for _, n, _ in homes], dtype=float)
    uncertain = [home[2] for home in homes]
    gaps = [
        gaps_by_area(triad_of(homes, there, uncertain=uncertain), people, area)
        for there in (facilities, [*facilities, opened])
    ]
    before = whole_gaps(gaps[0], norm_per_1000=NORM)
    exact = missing_places(gaps[0], norm_per_1000=NORM)
    after = whole_gaps(gaps[1], norm_per_1000=NORM, beside=Beside(exact, before[list(PLACES)]))
    less = [*PLACES, "out_of_reach_persons"]
    assert (after[less] <= before[less]).all(axis=None)
    least, known, most = (after[name] for name in PLACES)
    assert (least <= known).all()
    assert (known <= most).all()


@given(some_homes, some_facilities)
def test_a_higher_norm_never_serves_more(homes, facilities):
    low, high = (triad_of(homes, facilities, norm=norm)["served_persons"].sum() for norm in (5, 30))
    assert high <= low + 1e-3
