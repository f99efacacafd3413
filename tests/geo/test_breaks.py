import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.breaks import LEAST_CLASSES, Classes, classes_about, classify
from geo.errors import FrameError, OptionError
from geo.printed_numbers import printed_numbers

values_or_missing = st.one_of(st.none(), st.just(0.0), st.floats(1e-6, 1e7), st.integers(1, 30).map(float))


def lowers_of(*values, **options):
    return classify(pd.Series(values, dtype=float), **options).lowers


def test_even_values_have_even_round_limits():
    # Sixths of 1…600 end at 100, 200…, which are round already.
    assert lowers_of(*range(1, 601)) == (0, 100, 200, 300, 400, 500)


def test_limits_move_to_rounder_numbers():
    values = pd.Series([1.3, 2.2, 3.1, 4.7, 5.9, 7.2, 8.8, 9.7])
    classes = classify(values, max_classes=4)
    # Quarters end at 2.2, 4.7, 7.2 and 9.7.
    assert classes.lowers == (0, 2.5, 5, 8)
    assert classes.assign(values).tolist() == [1, 1, 2, 2, 3, 3, 4, 4]


def test_a_long_tail_does_not_pull_its_limit_away():
    values = pd.Series([*range(1, 101), 5_000], dtype=float)
    classes = classify(values, max_classes=5)
    assert classes.lowers[-1] <= 100
    assert classes.assign(values).value_counts().min() >= 15


def test_zero_has_a_class_of_its_own_and_missing_has_none():
    values = pd.Series([0, 3, None, 7, 9], index=list("abcde"), dtype="Int64")
    classes = classify(values)
    assert classes.has_zero
    assert classes.assign(values).tolist() == [0, 1, pd.NA, 2, 3]
    assert classes.assign(values).index.tolist() == list("abcde")
    assert classes.assign(values).dtype == "Int64"
    assert not classify(values[["b", "d"]]).has_zero


def test_a_limit_belongs_to_the_class_that_begins_there():
    classes = Classes(lowers=(1.0, 2.0, 5.0), has_zero=False)
    assert len(classes) == 3
    assert classes.assign(pd.Series([1.0, 1.9, 2.0, 4.9, 5.0, 99])).tolist() == [1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize("values", [[], [None], [0, 0], [1], [5, 5, 0], [1, 2], [1.01, 1.02, 1.03, 2]])
def test_fewer_than_three_printed_values_are_not_divided(values):
    series = pd.Series(values, dtype=float)
    classes = classify(series)
    assert classes.lowers == ()
    assert classes.has_zero == (0 in values)
    above = classes.assign(series)[series > 0]
    assert (above == 1).all()


def test_values_that_most_areas_share_still_have_three_classes():
    values = pd.Series([1.0] * 60 + [2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])
    classes = classify(values)
    assert len(classes) == LEAST_CLASSES
    assert set(classes.assign(values)) == {1, 2, 3}


def test_classes_about_a_mean_are_the_same_at_every_distance():
    classes = classes_about(4.84, has_zero=True)
    assert classes.lowers == (0, 1, 2, 5, 10)
    # At 2 km a few have much, at 50 km all have about the mean: the same limits hold both.
    assert classes.assign(pd.Series([0, 0.04, 60.0])).tolist() == [0, 1, 5]
    assert classes.assign(pd.Series([4.5, 4.9, 5.0])).tolist() == [3, 3, 4]


@pytest.mark.parametrize("mean", [0.0, 0.01, float("nan")])
def test_about_next_to_nothing_there_are_no_classes(mean):
    assert classes_about(mean, has_zero=False).lowers == ()


@given(st.lists(values_or_missing, max_size=60), st.integers(3, 6))
def test_classes_hold_every_value_and_none_is_empty(values, max_classes):
    series = printed_numbers(pd.Series(values, dtype=float))
    classes = classify(series, max_classes=max_classes)
    assert list(classes.lowers) == sorted(set(classes.lowers))
    assert len(classes) == 0 or LEAST_CLASSES <= len(classes) <= max_classes
    class_of = classes.assign(series)
    assert class_of.isna().tolist() == series.isna().tolist()
    assert ((class_of == 0) == (series == 0))[series.notna()].all()
    if len(classes):
        assert set(class_of.dropna()) - {0} == set(range(1, len(classes) + 1))
        assert all(round(lower, 1) == lower for lower in classes.lowers)


@given(st.floats(0, 1e5))
def test_classes_about_any_mean_ascend(mean):
    lowers = classes_about(mean, has_zero=False).lowers
    assert list(lowers) == sorted(set(lowers))
    assert len(lowers) != 1


@given(st.lists(values_or_missing, max_size=40), st.randoms(use_true_random=False))
def test_row_order_does_not_matter(values, chance):
    shuffled = chance.sample(values, len(values))
    assert classify(pd.Series(values, dtype=float)) == classify(pd.Series(shuffled, dtype=float))


def test_wrong_values_and_options_are_named():
    for max_classes in (2, 7):
        with pytest.raises(OptionError, match="expected 3 to 6 classes"):
            classify(pd.Series([1.0]), max_classes=max_classes)
    with pytest.raises(FrameError, match=r"found -1 among 1 rows, first \['b'\]"):
        classify(pd.Series([1.0, -1.0], index=["a", "b"]))
    with pytest.raises(FrameError, match="found inf"):
        classify(pd.Series([float("inf")]))


def test_values_below_all_classes_are_refused():
    classes = Classes(lowers=(2.0, 4.0, 5.0), has_zero=False)
    with pytest.raises(FrameError, match=r"found 1, first \['120101'\]"):
        classes.assign(pd.Series([3.0, 1.0], index=["120102", "120101"]))


def test_many_even_values_are_divided_evenly():
    values = pd.Series(np.linspace(0.1, 60, 600))
    assert classify(values).assign(values).value_counts().min() >= 60
