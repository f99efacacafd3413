"""Places shared alike, by hand, against a linear programme level by level, and the ways in which sums must move."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from geo.allocation import allocate
from geo.equal_shares import equal_shares
from geo.errors import FrameError
from geo.straight_lines import straight_line_reach
from tests.geo.world import points

LIMIT_M = 5_000
places_km = st.tuples(st.integers(0, 9), st.integers(0, 4))
some_homes = st.lists(st.tuples(places_km, st.floats(0, 100)), min_size=1, max_size=9)
some_facilities = st.lists(st.tuples(places_km, st.floats(0, 150)), max_size=5)


def reach_of(homes, facilities):
    return straight_line_reach(
        points(*[xy for xy, _ in homes]), points(*[xy for xy, _ in facilities]), max_distance_m=LIMIT_M
    )


def share(homes, facilities):
    """Share the places of facilities ((x km, y km), room) among homes ((x km, y km), persons)."""
    return equal_shares(
        pd.Series([n for _, n in homes], dtype=float),
        pd.Series([n for _, n in facilities], dtype=float),
        reach_of(homes, facilities),
    )


def level_by_level(homes, facilities):
    """Raise the lowest share as far as it goes with a linear programme, keep who cannot have more, and go on."""
    reach = reach_of(homes, facilities)
    persons = np.array([n for _, n in homes], dtype=float)
    count, pairs = len(homes), len(reach.demand)
    fixed = {i: 1.0 for i in range(count) if persons[i] == 0}
    into = np.zeros((len(facilities), pairs + 1))
    into[reach.facility, np.arange(pairs)] = 1
    room = np.array([n for _, n in facilities], dtype=float)
    of_point = np.zeros((count, pairs + 1))
    of_point[reach.demand, np.arange(pairs)] = 1

    def highest(goal, floor):
        rows, equal, right = [], [], []
        for i in range(count):
            row = of_point[i].copy()
            if i in fixed:
                equal.append(row)
                right.append(fixed[i] * persons[i])
            elif goal is None:
                row[-1] = -persons[i]
                rows.append(-row)
            else:
                rows.append(-row)
        upper = (
            np.zeros(len(rows))
            if goal is None
            else -floor * persons[[i for i in range(count) if i not in fixed]]
        )
        target = np.zeros(pairs + 1)
        if goal is None:
            target[-1] = -1
        else:
            target[:] = -of_point[goal]
        answer = linprog(
            target,
            A_ub=np.vstack([into, np.array(rows).reshape(-1, pairs + 1), of_point]),
            b_ub=np.concatenate([room, upper + 1e-9, persons]),
            A_eq=np.array(equal).reshape(-1, pairs + 1),
            b_eq=right,
            bounds=[(0, None)] * pairs + [(0, 1)],
        )
        return -answer.fun

    while len(fixed) < count:
        level = highest(None, 0.0)
        stuck = [
            i
            for i in range(count)
            if i not in fixed and highest(i, level - 1e-9) <= level * persons[i] + 1e-5 * max(persons[i], 1)
        ]
        fixed |= dict.fromkeys(stuck, level)
        assert stuck
    return np.array([fixed[i] * persons[i] for i in range(count)])


def test_who_has_the_same_in_reach_has_the_same_share_near_or_far():
    # Room for 75: half of 100 and half of 50, at km 0 and 4.
    assert share([((0, 0), 100), ((4, 0), 50)], [((0, 0), 75)]) == pytest.approx([50, 25])


def test_a_chain_worked_by_hand():
    # Rooms of 30 at km 3 and 90 at km 9. The left reaches the first alone; the middle leaves it.
    homes = [((0, 0), 60), ((6, 0), 60), ((12, 0), 60)]
    assert share(homes, [((3, 0), 30), ((9, 0), 90)]) == pytest.approx([30, 45, 45])


def test_nobody_has_more_than_they_are_and_the_rest_is_left_free():
    assert share([((0, 0), 10), ((30, 0), 10)], [((0, 0), 50), ((30, 0), 5)]).tolist() == [10, 5]


def test_unknown_has_no_part():
    served = share([((0, 0), None), ((0, 0), 10)], [((0, 0), 5), ((0, 0), None)])
    assert np.isnan(served[0])
    assert served[1] == 5


def test_wrong_inputs_are_named():
    with pytest.raises(FrameError, match="at most 90,000,000 persons"):
        share([((0, 0), 1e8)], [])
    with pytest.raises(FrameError, match="-1"):
        share([((0, 0), 1)], [((0, 0), -1)])


@settings(max_examples=40, deadline=None)
@given(some_homes, some_facilities)
def test_as_many_are_served_as_can_be(homes, facilities):
    served = share(homes, facilities)
    most = allocate(
        pd.Series([n for _, n in homes]),
        pd.Series([n for _, n in facilities], dtype=float),
        reach_of(homes, facilities),
    )
    assert served.sum() == pytest.approx(most.served_persons.sum(), abs=1e-3)
    assert (served >= 0).all()
    assert (served <= np.array([n for _, n in homes])).all()


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(places_km, st.integers(0, 20)), min_size=1, max_size=5),
    st.lists(st.tuples(places_km, st.integers(0, 20)), min_size=1, max_size=3),
)
def test_equal_to_the_slow_way(homes, facilities):
    np.testing.assert_allclose(share(homes, facilities), level_by_level(homes, facilities), atol=1e-3)


@settings(max_examples=40, deadline=None)
@given(some_homes, some_facilities, st.tuples(places_km, st.floats(0, 200)))
def test_a_new_facility_never_serves_fewer_at_any_point(homes, facilities, opened):
    before, after = share(homes, facilities), share(homes, [*facilities, opened])
    assert (after >= before - 1e-3).all()


@settings(max_examples=40, deadline=None)
@given(some_homes, some_facilities, st.tuples(places_km, st.floats(0, 200)))
def test_more_people_leave_over_no_fewer_at_any_point(homes, facilities, come):
    before, after = share(homes, facilities), share([*homes, come], facilities)
    assert (after[:-1] <= before + 1e-3).all()
    # Also where they come to live: they are left over as everybody else there.
    grown = [(homes[0][0], homes[0][1] + come[1]), *homes[1:]]
    left = [n - served for (_, n), served in zip(homes, before, strict=True)]
    left_after = [n - served for (_, n), served in zip(grown, share(grown, facilities), strict=True)]
    assert all(now >= then - 1e-3 for now, then in zip(left_after, left, strict=True))


@settings(max_examples=40, deadline=None)
@given(some_homes, some_facilities, st.randoms(use_true_random=False))
def test_row_order_does_not_matter(homes, facilities, chance):
    order = list(range(len(homes)))
    chance.shuffle(order)
    turned = share([homes[i] for i in order], list(reversed(facilities)))
    np.testing.assert_allclose(turned, share(homes, facilities)[order], atol=1e-3)


def test_a_crumb_of_a_person_is_served_and_no_number_runs_over():
    assert share([((0.0, 0.0), 1e-308)], [((0.0, 0.0), 1.0)]).tolist() == [1e-308]
