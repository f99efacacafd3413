import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import FrameError
from geo.inequality import inequality_between_areas

rates = st.one_of(st.none(), st.integers(0, 60), st.floats(0, 60).map(lambda rate: round(rate, 6)))
rows = st.lists(
    st.tuples(rates, st.one_of(st.none(), st.integers(0, 5_000)), st.sampled_from("xyz")),
    min_size=1,
    max_size=12,
)
full_rows = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 5_000), st.sampled_from("xyz")), min_size=2, max_size=12
).filter(lambda found: any(rate for rate, _, _ in found))
MEASURES = ("gini", "theil", "palma", "best_served_share", "worst_served_share")


def series(values):
    return pd.Series(values, index=[f"a{number}" for number in range(len(values))], dtype="Float64")


def measured(found):
    groups = pd.Series([group for _, _, group in found], index=series([1.0] * len(found)).index)
    return inequality_between_areas(
        series([rate for rate, _, _ in found]), series([people for _, people, _ in found]), groups=groups
    )


def slow_gini(found):
    """Compare every two people."""
    people = sum(n for _, n, _ in found)
    mean = sum(rate * n for rate, n, _ in found) / people
    apart = sum(n * m * abs(rate - other) for rate, n, _ in found for other, m, _ in found)
    return apart / (2 * people**2 * mean)


def slow_theil(found):
    people = sum(n for _, n, _ in found)
    mean = sum(rate * n for rate, n, _ in found) / people
    return sum(n / people * rate / mean * math.log(rate / mean) for rate, n, _ in found if rate > 0)


def slow_palma(found):
    """Walk from an end, taking people until the part is full."""

    def part(ordered, share):
        left, taken = share * sum(n for _, n, _ in found), 0.0
        for rate, n, _ in ordered:
            taken += rate * min(n, left)
            left -= min(n, left)
        return taken

    ordered = sorted(found)
    worst = part(ordered, 0.4)
    return part(ordered[::-1], 0.1) / worst if worst > 1e-9 else math.nan


def test_two_halves_one_three_times_as_well_served():
    found = [(2, 500, "x"), (6, 500, "y")]
    result = measured(found)
    # Total 4 per head; two people differ by 4 in half of all pairs: 2 / (2 x 4).
    assert result.gini == pytest.approx(0.25)
    # A quarter of the total ln(1/4 / 1/2) and three quarters ln(3/4 / 1/2).
    assert result.theil == pytest.approx(0.25 * math.log(0.5) + 0.75 * math.log(1.5))
    assert result.theil == pytest.approx(0.1308, abs=5e-5)
    # Best tenth 0.1 x 6 of 4, worst 40 % 0.4 x 2 of 4.
    assert (result.best_served_share, result.worst_served_share) == pytest.approx((0.15, 0.2))
    assert result.palma == pytest.approx(0.75)
    # Each group is one area: all of it lies between.
    assert (result.theil_within, result.theil_between) == pytest.approx((0.0, result.theil))
    assert (result.areas_counted, result.persons_counted) == (2, 1000)


def test_two_powiats_with_equal_means_differ_only_within():
    result = measured([(2, 100, "x"), (6, 100, "x"), (4, 50, "y"), (4, 150, "y")])
    # Half of the total lies in x, whose own T is 0.1308.
    assert result.theil_within == pytest.approx(0.5 * (0.25 * math.log(0.5) + 0.75 * math.log(1.5)))
    assert result.theil_between == pytest.approx(0, abs=1e-15)


def test_areas_are_split_at_the_boundaries_of_the_palma_ratio():
    # 40 of 100 people: 30 of the first area and 10 of 50 of the second; 10: half of the third.
    result = measured([(1, 30, "x"), (3, 50, "x"), (10, 20, "x")])
    assert result.palma == pytest.approx((10 * 10) / (30 * 1 + 10 * 3))


def test_zeros_have_no_logarithm_and_the_worst_served_may_have_nothing():
    result = measured([(0, 500, "x"), (4, 500, "y")])
    assert result.theil == pytest.approx(math.log(2))
    assert result.gini == pytest.approx(0.5)
    assert math.isnan(result.palma)
    assert (result.best_served_share, result.worst_served_share) == pytest.approx((0.2, 0.0))


def test_what_is_not_known_is_left_out_and_counted():
    values = pd.Series([2, 6, None, 5, None, 9], index=list("abcdef"), dtype="Float64")
    people = pd.Series([500, 500, 70, None, 0], index=list("abcde"), dtype="Int64")
    result = inequality_between_areas(values, people)
    assert result.gini == pytest.approx(0.25)
    # c has no value, d and f no people that are known; in e nobody lives, so nobody is left out.
    assert (result.areas_counted, result.areas_left_out, result.persons_left_out) == (2, 3, 70)
    assert math.isnan(result.theil_within)
    assert math.isnan(result.theil_between)


@pytest.mark.parametrize(
    "found",
    [
        [(0, 10, "x"), (0, 20, "x")],
        [(3, 10, "x")],
        [(3, 10, "x"), (None, 20, "x")],
        [(3, 10, "x"), (5, 0, "x")],
        [(None, 10, "x"), (None, 10, "x")],
    ],
)
def test_nothing_to_share_or_nobody_to_compare_with_is_missing_and_not_zero(found):
    result = measured(found)
    assert all(math.isnan(getattr(result, name)) for name in (*MEASURES, "theil_within", "theil_between"))


@given(full_rows)
def test_measures_equal_the_slow_ones(found):
    result = measured(found)
    assert result.gini == pytest.approx(slow_gini(found), abs=1e-12)
    assert result.theil == pytest.approx(slow_theil(found), abs=1e-12)
    assert result.palma == pytest.approx(slow_palma(found), rel=1e-9, nan_ok=True)


@given(rows)
def test_ranges_and_parts_that_add_up(found):
    result = measured(found)
    people = [n or 0 for _, n, _ in found]
    assert result.persons_counted + result.persons_left_out == sum(people)
    assert result.areas_counted + result.areas_left_out <= len(found)
    if not math.isnan(result.gini):
        assert 0 <= result.gini < 1
        assert 0 <= result.theil <= math.log(result.persons_counted) + 1e-9
        assert result.theil_within + result.theil_between == pytest.approx(result.theil, abs=1e-12)
        assert math.isnan(result.palma) or result.palma >= 0.25 - 1e-12


@given(full_rows, st.randoms(use_true_random=False), st.integers(1, 50))
def test_order_and_unit_do_not_matter_and_halving_an_area_neither(found, chance, times):
    result = measured(found)
    shuffled = chance.sample(found, len(found))
    rate, people, group = shuffled.pop()
    halves = [(rate, people / 2, group)] * 2
    again = measured([(rate * times, people, group) for rate, people, group in [*shuffled, *halves]])
    for name in ("gini", "theil", "theil_within", "theil_between", "best_served_share", "worst_served_share"):
        assert getattr(again, name) == pytest.approx(getattr(result, name), abs=1e-9)


@given(st.integers(1, 60), st.lists(st.integers(1, 5_000), min_size=2, max_size=8))
def test_equal_areas_have_none(rate, people):
    result = measured([(rate, n, "x") for n in people])
    assert (result.gini, result.theil) == pytest.approx((0, 0), abs=1e-12)
    assert result.palma == pytest.approx(0.25)


def test_wrong_inputs_are_named():
    values, people = series([1.0, 2.0]), series([10, 20])
    with pytest.raises(FrameError, match=r"values of 0 or more, found -1 .* first \['a0'\]"):
        inequality_between_areas(series([-1.0, 2.0]), people)
    with pytest.raises(FrameError, match="persons of 0 or more, found -5"):
        inequality_between_areas(values, series([10, -5]))
    with pytest.raises(FrameError, match="repeat"):
        inequality_between_areas(pd.concat([values, values]), people)
    with pytest.raises(FrameError, match=r"areas without a group, found 1, first \['a1'\]"):
        inequality_between_areas(values, people, groups=pd.Series(["x"], index=["a0"]))
    # An area that does not count needs no group.
    lacking = inequality_between_areas(
        series([1.0, 2.0, None]), series([10, 20, 30]), groups=pd.Series(["x", "y"], index=["a0", "a1"])
    )
    assert lacking.theil_within == 0
