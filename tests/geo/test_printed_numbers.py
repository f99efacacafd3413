import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.printed_numbers import decimals_of, printed_number, printed_numbers


@pytest.mark.parametrize(
    ("value", "printed", "decimals"),
    [
        (0, 0, 0),
        (0.04, 0.04, 2),
        (0.0004, 0.0004, 4),
        (0.05, 0.1, 1),
        (24.94, 24.9, 1),
        (24.95, 25.0, 1),
        (99.94, 99.9, 1),
        (99.96, 99.96, 2),
        (99.9996, 99.9996, 4),
        (100, 100, 0),
        (100 - 1e-12, 100, 0),
    ],
)
def test_a_share_is_nought_or_all_only_when_it_is(value, printed, decimals):
    assert printed_number(value, whole=100) == printed
    assert decimals_of(value, whole=100) == decimals


def test_a_rate_has_no_whole():
    assert printed_number(99.96) == 100.0
    assert decimals_of(99.96) == 1


@pytest.mark.parametrize(
    ("value", "bound", "printed"),
    [
        (2.25, "least", 2.2),
        (2.25, "most", 2.3),
        (2.25, "unsure", 2.3),
        (2.3, "least", 2.3),  # held as a hair less
        (2.3, "most", 2.3),
        (99.96, "most", 99.96),
        (99.99, "least", 99.9),
        (0.04, "least", 0.04),
        (0.01, "most", 0.1),
        (100, "least", 100),
        (0, "most", 0),
    ],
)
def test_a_bound_stays_true_when_it_is_printed(value, bound, printed):
    assert printed_number(value, whole=100, bound=bound) == printed


@given(st.floats(0, 1e6), st.sampled_from(["least", "most"]))
def test_no_printed_bound_says_more_than_is_known(value, bound):
    printed = printed_number(value, bound=bound)
    assert printed <= value + 1e-6 if bound == "least" else printed >= value - 1e-6


def test_missing_stays_missing():
    printed = printed_numbers(pd.Series([None, 2.25], index=["a", "b"], dtype="Float64"))
    assert printed.isna().tolist() == [True, False]
    assert printed["b"] == 2.3, "half a step goes up, as everybody's spreadsheet rounds"
