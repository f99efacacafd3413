"""The numbers of a legend of symbols are round, and none is of nothing that the map shows."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.maps.symbol_sizes import legend_values, round_below


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        # People of 65 and more by voivodeship: the legend ended with 190,731, the smallest of them.
        ([190_731, 650_339, 1_055_201], (1_000_000, 200_000)),
        ([650_339, 190_731, 20_000], (500_000, 100_000, 20_000)),
        ([1, 2, 50], (50, 10, 2)),
        ([612, 36], (500, 100, 50)),
        ([4, 12], (10, 5)),
        ([7], (5,)),
        ([1], (1,)),
        ([0.3, 0.02], (0.2, 0.05, 0.02)),
        ([0, None], ()),
    ],
)
def test_numbers_are_round_and_of_the_map(values, shown):
    assert legend_values(pd.Series(values, dtype=float)) == shown


@given(st.lists(st.floats(0.1, 1e7), min_size=1))
def test_first_is_at_most_the_highest_and_the_others_lie_between(values):
    first, *others = legend_values(pd.Series(values))
    assert max(values) / 2.5 <= first <= max(values) * (1 + 1e-9)
    assert all(min(values) <= other < first for other in others)
    assert [round_below(value * (1 + 1e-9)) for value in (first, *others)] == [first, *others]
