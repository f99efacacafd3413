import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.breaks import Classes, classify
from geo.errors import FrameError, OptionError

values_or_missing = st.one_of(st.none(), st.just(0.0), st.floats(1e-6, 1e7), st.integers(1, 30).map(float))


def edges_of(*values, **options):
    return classify(pd.Series(values, dtype=float), **options).edges


def test_even_values_have_even_round_edges():
    # Sixths of 1…600 end at 100, 200…, which are round already.
    assert edges_of(*range(1, 601)) == (1, 100, 200, 300, 400, 500, 600)


def test_edges_move_to_rounder_numbers():
    values = pd.Series([1.3, 2.2, 3.1, 4.7, 5.9, 7.2, 8.8, 9.7])
    classes = classify(values, max_classes=4)
    # Quarters end at 2.2, 4.7, 7.2 and 9.7.
    assert classes.edges == (1.0, 2.5, 5.0, 8.0, 10.0)
    assert classes.assign(values).tolist() == [1, 1, 2, 2, 3, 3, 4, 4]


def test_a_long_tail_does_not_pull_its_edge_away():
    values = pd.Series([*range(1, 101), 5_000], dtype=float)
    classes = classify(values, max_classes=5)
    assert classes.edges[-2] <= 100
    assert classes.edges[-1] == 5_000
    assert classes.assign(values).value_counts().min() >= 15


def test_zero_has_a_class_of_its_own_and_missing_has_none():
    values = pd.Series([0, 3, None, 7], index=list("abcd"), dtype="Int64")
    classes = classify(values)
    assert classes.has_zero
    assert classes.assign(values).tolist() == [0, 1, pd.NA, 2]
    assert classes.assign(values).index.tolist() == list("abcd")
    assert classes.assign(values).dtype == "Int64"
    assert not classify(values[["b", "d"]]).has_zero


def test_upper_edges_belong_to_their_class():
    classes = Classes(edges=(1.0, 2.0, 5.0), has_zero=False)
    assert len(classes) == 2
    assert classes.assign(pd.Series([1.0, 1.5, 2.0, 2.1, 5.0])).tolist() == [1, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("values", "edges", "has_zero"),
    [
        ([], (), False),
        ([None, None], (), False),
        ([0, 0, None], (), True),
        ([1], (0, 1), False),
        ([1.0, 1.0], (0, 1), False),
        ([5, 5, 0], (4, 5), True),
        ([1, 2, 3], (0, 1, 2, 3), False),
        ([0.5, 1.0], (0.4, 0.5, 1.0), False),
        ([0.0373], (0.037, 0.04), False),
    ],
)
def test_few_values(values, edges, has_zero):
    classes = classify(pd.Series(values, dtype=float))
    assert classes == Classes(edges=edges, has_zero=has_zero)
    assert (
        classes.assign(pd.Series(values, dtype=float)).notna().sum()
        == pd.Series(values, dtype=float).notna().sum()
    )


def test_shares_stay_below_one_and_counts_stay_whole():
    shares = np.linspace(0.031, 0.987, 200)
    assert edges_of(*shares)[-1] == 1.0
    counts = edges_of(*[1] * 50, *[2] * 30, *[3] * 20, *[7] * 9, 13)
    assert all(edge == int(edge) for edge in counts)
    assert counts[0] == 0
    assert counts[1] == 1


@given(st.lists(values_or_missing, max_size=60), st.integers(1, 6))
def test_classes_hold_every_value_and_none_is_empty(values, max_classes):
    series = pd.Series(values, dtype=float)
    classes = classify(series, max_classes=max_classes)
    above = series[series > 0]
    assert list(classes.edges) == sorted(set(classes.edges))
    assert len(classes) <= max_classes
    class_of = classes.assign(series)
    assert class_of.isna().tolist() == series.isna().tolist()
    assert ((class_of == 0) == (series == 0))[series.notna()].all()
    assert set(class_of.dropna()) - {0} == set(range(1, len(classes) + 1))
    if len(above):
        assert 0 <= classes.edges[0] <= above.min()
        assert above.max() <= classes.edges[-1]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_edges_of_shares_are_shares(values):
    classes = classify(pd.Series(values))
    assert all(0 <= edge <= 1 for edge in classes.edges)


@given(st.lists(values_or_missing, max_size=40), st.randoms(use_true_random=False))
def test_row_order_does_not_matter(values, chance):
    shuffled = chance.sample(values, len(values))
    assert classify(pd.Series(values, dtype=float)) == classify(pd.Series(shuffled, dtype=float))


def test_wrong_values_and_options_are_named():
    for max_classes in (0, 7):
        with pytest.raises(OptionError, match="expected 1 to 6 classes"):
            classify(pd.Series([1.0]), max_classes=max_classes)
    with pytest.raises(FrameError, match=r"found -1 among 1 rows, first \['b'\]"):
        classify(pd.Series([1.0, -1.0], index=["a", "b"]))
    with pytest.raises(FrameError, match="found inf"):
        classify(pd.Series([float("inf")]))


def test_values_of_another_view_are_refused():
    classes = classify(pd.Series([2.0, 4.0]))
    with pytest.raises(FrameError, match=r"found 9, first \['120101'\]"):
        classes.assign(pd.Series([3.0, 9.0], index=["120102", "120101"]))
    with pytest.raises(FrameError, match="within the classes"):
        Classes(edges=(), has_zero=True).assign(pd.Series([1.0]))
