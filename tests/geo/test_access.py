import math
import warnings
from dataclasses import replace
from functools import partialmethod

import access.fca
import access.weights
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.access import access_by_area, floating_catchment
from geo.decay import GaussianDecay, NoDecay, StepDecay
from geo.errors import FrameError, OptionError
from geo.reach import Reach
from geo.straight_lines import straight_line_reach
from tests.geo.world import points

METHODS = ["2sfca", "e2sfca", "3sfca"]
LIMIT_M = 10_500
THIRDS = StepDecay.by_thirds(LIMIT_M)  # zones of 3.5 km
RULES = {"2sfca": NoDecay(), "e2sfca": THIRDS, "3sfca": GaussianDecay.to_limit(LIMIT_M)}

places_km = st.tuples(st.integers(0, 20), st.integers(0, 10))
some_homes = st.lists(st.tuples(places_km, st.integers(0, 50)), min_size=1, max_size=12)
some_facilities = st.lists(st.tuples(places_km, st.integers(0, 30)), max_size=6)


def measure(homes, facilities, method="2sfca", decay=None, limit_m=LIMIT_M, **more):
    """Give access of homes (x km, y km, persons) to facilities (x km, y km, places)."""
    reach = straight_line_reach(
        points(*[home[:2] for home in homes]),
        points(*[place[:2] for place in facilities]),
        max_distance_m=limit_m,
    )
    persons = pd.Series([home[2] for home in homes], dtype=float)
    places = pd.Series([place[2] for place in facilities], dtype=float)
    return floating_catchment(persons, places, reach, method=method, decay=decay or RULES[method], **more)


def values(answer):
    return answer["access_per_1000"].tolist()


# A road from west to east: people at 0, 6 and 14 km, facilities at 0 and 12 km. With a limit of 10.5 km the
# middle reaches both, 6 km each; the ends reach one each, at 0 and 2 km.
def homes_of(west, middle, east):
    return [(0, 0, west), (6, 0, middle), (14, 0, east)]


def facilities_of(west, east):
    return [(0, 0, west), (12, 0, east)]


def test_two_steps_by_hand():
    answer = measure(homes_of(400, 600, 300), facilities_of(20, 45))
    # 20 places for 1,000 people, 45 for 900; the middle has both.
    assert values(answer) == pytest.approx([20, 20 + 50, 50], abs=1e-12)
    assert not answer[["is_lower_bound", "is_upper_bound"]].any(axis=None)


def test_enhanced_by_hand():
    answer = measure(homes_of(660, 500, 160), facilities_of(20, 25), "e2sfca")
    # 660 + 0.68 × 500 = 1,000 people for 20 places, 160 + 340 = 500 for 25.
    assert values(answer) == pytest.approx([20, 0.68 * (20 + 50), 50], abs=1e-12)


def test_three_steps_by_hand():
    answer = measure(homes_of(660, 500, 160), facilities_of(83, 33), "3sfca", THIRDS)
    # The middle chooses each facility with 0.68 / 1.36 = 1/2, so it weighs 0.34: 660 + 170 = 830 people for
    # 83 places, 160 + 170 = 330 for 33.
    assert values(answer) == pytest.approx([100, 0.34 * (100 + 100), 100], abs=1e-12)


def test_nothing_in_reach_is_zero():
    assert values(measure([(0, 0, 5), (100, 0, 5)], [(0, 0, 10)])) == [2000, 0]
    assert values(measure([(0, 0, 5)], [])) == [0]


def test_a_facility_without_places_is_zero_and_not_unknown():
    answer = measure(homes_of(400, 600, 300), facilities_of(0, 45))
    assert values(answer) == pytest.approx([0, 50, 50], abs=1e-12)
    assert not answer["is_lower_bound"].any()


def test_unknown_places_make_it_at_least():
    answer = measure(homes_of(400, 600, 300), facilities_of(None, 45))
    # The west reaches only the unknown facility: "0 or more" says nothing.
    assert values(answer) == pytest.approx([math.nan, 50, 50], abs=1e-12, nan_ok=True)
    assert answer["is_lower_bound"].tolist() == [False, True, False]
    assert not answer["is_upper_bound"].any()


def test_unknown_people_make_it_at_most():
    answer = measure(homes_of(None, 600, 300), facilities_of(30, 45))
    # 30 places for 600 people and the unknown ones of the west.
    assert values(answer) == pytest.approx([50, 50 + 50, 50], abs=1e-12)
    assert answer["is_upper_bound"].tolist() == [True, True, False]
    assert not answer["is_lower_bound"].any()


def test_places_that_may_be_for_others_make_it_at_most():
    answer = measure(homes_of(400, 600, 300), facilities_of(20, 45), is_for_others=pd.Series([True, False]))
    assert values(answer) == pytest.approx([20, 20 + 50, 50], abs=1e-12)
    assert answer["is_upper_bound"].tolist() == [True, True, False]
    # At most so many, and at least as many as the other has, is no bound.
    open_end = measure(
        homes_of(400, 600, 300), facilities_of(20, None), is_for_others=pd.Series([True, False])
    )
    assert values(open_end) == pytest.approx([20, math.nan, math.nan], nan_ok=True)


def test_unknown_places_and_people_leave_no_bound():
    answer = measure(homes_of(None, 600, 300), facilities_of(30, None))
    assert values(answer) == pytest.approx([50, math.nan, math.nan], nan_ok=True)
    assert answer["is_upper_bound"].tolist() == [True, False, False]
    assert not answer["is_lower_bound"].any()


def test_unknown_people_of_an_unknown_facility_change_no_bound():
    answer = measure(homes_of(None, 600, 300), facilities_of(None, 45))
    assert values(answer) == pytest.approx([math.nan, 50, 50], nan_ok=True)
    assert answer["is_lower_bound"].tolist() == [False, True, False]


def test_places_only_for_unknown_people_may_be_any_rate():
    answer = measure(homes_of(None, 600, 300), [(0, 0, 30), (12, 0, 45)], limit_m=5_000)
    assert values(answer) == pytest.approx([math.nan, 0, 150], nan_ok=True)


def test_places_for_nobody_are_no_rate():
    answer = measure([(0, 0, 0), (50, 0, 10)], [(0, 0, 30), (50, 0, 1)])
    assert values(answer) == pytest.approx([math.nan, 100], nan_ok=True)


def test_off_the_network_is_missing_and_not_zero():
    reach = straight_line_reach(points((0, 0), (90, 0)), points((0, 0)), max_distance_m=1000)
    reach = replace(reach, is_demand_off=np.array([False, True]))
    answer = floating_catchment(pd.Series([10, 10]), pd.Series([1]), reach)
    assert values(answer) == pytest.approx([100, math.nan], nan_ok=True)


def test_a_weight_of_zero_tells_nothing_of_unknown_places():
    zones = StepDecay((3_500, 10_500), (1, 0))
    answer = measure(homes_of(400, 600, 300), facilities_of(None, 45), "e2sfca", zones)
    assert values(answer) == pytest.approx([math.nan, 0, 150], nan_ok=True)
    assert not answer["is_lower_bound"].any()


def test_rows_keep_their_index_and_inputs_their_values():
    reach = straight_line_reach(points((0, 0), (1, 0)), points((0, 0)), max_distance_m=1000)
    persons = pd.Series([10, None], index=["a", "b"], dtype="Int64")
    places = pd.Series([None], dtype="Int64")
    before = reach.cost.copy(), persons.copy(), places.copy()
    answer = floating_catchment(persons, places, reach, method="3sfca", decay=GaussianDecay(500))
    assert answer.index.tolist() == ["a", "b"]
    assert (reach.cost == before[0]).all()
    pd.testing.assert_series_equal(persons, before[1])
    pd.testing.assert_series_equal(places, before[2])


def slow_access(homes, facilities, method, decay, limit_m=LIMIT_M):
    """Follow the formulas pair by pair; 0 persons are not expected."""

    def weight(home, place):
        distance_m = 1000 * math.dist(home[:2], place[:2])
        return decay.weights(np.array([distance_m]))[0] if distance_m <= limit_m else 0.0

    table = [[weight(home, place) for place in facilities] for home in homes]
    if method == "3sfca":
        table = [[w * w / sum(row) if w else 0.0 for w in row] for row in table]
    answer = [0.0] * len(homes)
    for j, place in enumerate(facilities):
        people = sum(row[j] * home[2] for row, home in zip(table, homes, strict=True))
        for i, row in enumerate(table):
            answer[i] += 1000 * row[j] * place[2] / people if people else 0.0
    return answer


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=40)
@given(homes=some_homes, facilities=some_facilities)
def test_access_equals_the_slow_one_and_conserves_places(method, homes, facilities):
    homes = [(x, y, n + 1) for (x, y), n in homes]
    facilities = [(x, y, n) for (x, y), n in facilities]
    answer = measure(homes, facilities, method)
    assert values(answer) == pytest.approx(slow_access(homes, facilities, method, RULES[method]), rel=1e-9)
    # Every place that somebody can reach is shared out, once.
    weights = RULES[method].weights
    reachable = sum(
        place[2]
        for place in facilities
        if any(
            1000 * (d := math.dist(place[:2], home[:2])) <= LIMIT_M and weights(np.array([1000 * d]))[0] > 0
            for home in homes
        )
    )
    shared = sum(home[2] * value / 1000 for home, value in zip(homes, values(answer), strict=True))
    assert shared == pytest.approx(reachable, rel=1e-9)


@settings(max_examples=40)
@given(some_homes, some_facilities, st.randoms(use_true_random=False))
def test_row_order_does_not_matter(homes, facilities, chance):
    homes = [(x, y, n) for (x, y), n in homes]
    facilities = [(x, y, n) for (x, y), n in facilities]
    order = chance.sample(range(len(homes)), len(homes))
    straight = measure(homes, facilities, "3sfca")
    mixed = measure([homes[k] for k in order], facilities[::-1], "3sfca")
    assert values(mixed) == pytest.approx([values(straight)[k] for k in order], rel=1e-9, nan_ok=True)


def pysal(homes, facilities, reach, method, weight_of):
    """Ask PySAL `access` the same."""
    pairs = pd.DataFrame({"origin": reach.demand, "dest": reach.facility, "cost": reach.cost})
    demand = pd.DataFrame({"geoid": range(len(homes)), "demand": homes}).set_index("geoid")
    supply = pd.DataFrame({"geoid": range(len(facilities)), "supply": facilities}).set_index("geoid")
    ask = access.fca.three_stage_fca if method == "3sfca" else access.fca.two_stage_fca
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it was written for pandas 2
        ratio = ask(demand, supply, pairs, reach.limit, demand_index=True, weight_fn=weight_of)
    # It leaves out who reaches nothing.
    return ratio.reindex(range(len(homes)), fill_value=0.0).to_numpy()


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("method", "decay", "weight_of"),
    [
        ("2sfca", NoDecay(), None),
        (
            "e2sfca",
            StepDecay.by_thirds(15_000),
            access.weights.step_fn({5_000: 1, 10_000: 0.68, 15_000: 0.22}),
        ),
        ("e2sfca", GaussianDecay(6_000), access.weights.gaussian(6_000)),
        (
            "3sfca",
            StepDecay.by_thirds(15_000),
            access.weights.step_fn({5_000: 1, 10_000: 0.68, 15_000: 0.22}),
        ),
        ("3sfca", GaussianDecay(6_000), access.weights.gaussian(6_000)),
    ],
    ids=["2sfca", "e2sfca-steps", "e2sfca-bell", "3sfca-steps", "3sfca-bell"],
)
def test_access_equals_that_of_pysal(method, decay, weight_of, seed):
    chance = np.random.default_rng(seed)
    # On whole kilometres, so that many pairs are exactly at a limit.
    people, facilities = (points(*chance.integers(0, 60, size=(n, 2))) for n in (400, 30))
    persons, places = chance.uniform(1, 500, 400), chance.integers(0, 80, 30).astype(float)
    reach = straight_line_reach(people, facilities, max_distance_m=15_000)
    expected = pysal(persons, places, reach, method, weight_of)
    ours = floating_catchment(pd.Series(persons), pd.Series(places), reach, method=method, decay=decay)
    assert (expected > 0).sum() > 200
    np.testing.assert_allclose(ours["access_per_1000"] / 1000, expected, rtol=1e-9, atol=0)


@pytest.mark.parametrize("method", METHODS)
def test_blocks_of_pairs_give_the_same_answer(monkeypatch, method):
    chance = np.random.default_rng(5)
    homes = [
        (*xy, n) for xy, n in zip(chance.integers(0, 40, (90, 2)), chance.integers(1, 50, 90), strict=True)
    ]
    homes[3], homes[40] = (*homes[3][:2], None), (*homes[40][:2], 0)
    places = [
        (*xy, n) for xy, n in zip(chance.integers(0, 40, (25, 2)), chance.integers(0, 50, 25), strict=True)
    ]
    places[7] = (*places[7][:2], None)
    whole = measure(homes, places, method)
    assert whole[["is_lower_bound", "is_upper_bound"]].any().all()
    monkeypatch.setattr(Reach, "blocks", partialmethod(Reach.blocks, most_pairs=20))
    pd.testing.assert_frame_equal(measure(homes, places, method), whole, rtol=1e-12)


def test_mean_of_an_area_is_weighted_by_people():
    answer = measure(homes_of(400, 600, 300), facilities_of(20, 45))
    areas = access_by_area(answer, pd.Series([400, 600, 300]), pd.Series(["b", "b", "a"], name="gmina_code"))
    # (400 × 20 + 600 × 70) / 1,000 = 50.
    assert areas["access_per_1000"].to_dict() == pytest.approx({"a": 50, "b": 50})
    assert areas.index.name == "gmina_code"
    assert not areas[["is_lower_bound", "is_upper_bound"]].any(axis=None)


def table(*rows):
    """Give an answer of `floating_catchment` from (value, is_lower_bound, is_upper_bound)."""
    return pd.DataFrame(rows, columns=["access_per_1000", "is_lower_bound", "is_upper_bound"])


@pytest.mark.parametrize(
    ("rows", "persons", "expected"),
    [
        # People whose access is missing have 0 or more.
        ([(math.nan, False, False), (40, False, False)], [100, 300], (30, True, False)),
        ([(20, True, False), (40, False, False)], [100, 300], (35, True, False)),
        ([(20, False, True), (40, False, False)], [100, 300], (35, False, True)),
        ([(20, True, False), (40, False, True)], [100, 300], (math.nan, False, False)),
        ([(math.nan, False, False), (0, False, False)], [100, 300], (math.nan, False, False)),
        ([(0, False, False), (0, False, False)], [100, 300], (0, False, False)),
        # Where nobody lives, nothing is asked.
        ([(math.nan, False, False), (40, False, False)], [0, 300], (40, False, False)),
        ([(20, True, True), (40, False, False)], [0, 300], (40, False, False)),
        ([(20, False, False), (40, False, False)], [0, 0], (math.nan, False, False)),
        ([(20, False, False), (40, False, False)], [None, 300], (math.nan, False, False)),
    ],
)
def test_bounds_of_an_area(rows, persons, expected):
    codes = pd.Series(["120101"] * 2)
    area = access_by_area(table(*rows), pd.Series(persons, dtype="Int64"), codes).loc["120101"]
    assert area["access_per_1000"] == pytest.approx(expected[0], nan_ok=True)
    assert (area["is_lower_bound"], area["is_upper_bound"]) == expected[1:]


def test_areas_of_nobody():
    nobody = access_by_area(table(), pd.Series([], dtype=float), pd.Series([], dtype=str))
    assert len(nobody) == 0


def test_wrong_inputs_are_named():
    reach = straight_line_reach(points((0, 0), (1, 0)), points((0, 0)), max_distance_m=1000)
    persons, places = pd.Series([10.0, 20.0]), pd.Series([5.0])
    with pytest.raises(FrameError, match="demand_persons of 2 rows, found 1"):
        floating_catchment(persons[:1], places, reach)
    with pytest.raises(FrameError, match="supply_places of 1 rows, found 2"):
        floating_catchment(persons, persons, reach)
    with pytest.raises(FrameError, match="found -5"):
        floating_catchment(persons, -places, reach)
    with pytest.raises(OptionError, match="'4sfca'"):
        floating_catchment(persons, places, reach, method="4sfca")
    with pytest.raises(OptionError, match="the method that has weights is e2sfca"):
        floating_catchment(persons, places, reach, decay=GaussianDecay(500))
    with pytest.raises(OptionError, match="1000 m, found one that ends at 2000"):
        floating_catchment(persons, places, reach, method="e2sfca", decay=StepDecay.by_thirds(2000))


def test_wrong_areas_are_named():
    answer = table((1.0, False, False))
    with pytest.raises(FrameError, match="demand_persons of 1 rows"):
        access_by_area(answer, pd.Series([1, 2]), pd.Series(["a", "b"]))
    with pytest.raises(FrameError, match="1 area codes, found 2"):
        access_by_area(answer, pd.Series([1]), pd.Series(["a", "b"]))
