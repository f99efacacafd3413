"""How areas spread over values: bars that add up to all areas, each of one class and of a round width."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.printed_numbers import printed_number, printed_numbers
from layers.answers.distribution import MOST_BINS, bin_edges, distribution_of
from layers.answers.table_building import build_area_table
from layers.answers.value_classes import classes_of, printed_values
from layers.view.view import View
from tests.support.tiny_world import service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

TINY = build_area_table(tiny_registry([service(1, "120001", capacity_places=30)]), View())


def table(*values, **view):
    """Return a table of gminas with these values; only what a distribution reads is there."""
    codes = [f"12{number:04d}" for number in range(1, len(values) + 1)]
    rows = pd.DataFrame({"name": codes, "value": np.array(values, dtype=float)}, index=codes)
    chosen = View(scope="12").with_changes(**view)
    rows[chosen.indicator] = rows["value"]
    classes = classes_of(chosen, rows)
    class_of = classes.assign(printed_values(chosen.question, rows["value"]))
    bounds = pd.DataFrame("", index=rows.index, columns=rows.columns)
    return replace(TINY, rows=rows, bounds=bounds, view=chosen, classes=classes, class_of=class_of)


def test_bars_zero_and_no_data_are_apart():
    spread = distribution_of(table(0, 0, 1, 4, 4, 9, np.nan))
    # The map has classes from 1,2 and from 5,0 on: the bar that a class begins in is cut there.
    assert [(one.low, one.high, one.count) for one in spread.bins] == [
        (0, 1, 0), (1, 1.2, 1), (1.2, 2, 0), (2, 3, 0), (3, 4, 0), (4, 5, 2), (5, 6, 0), (6, 7, 0), (7, 8, 0),
        (8, 9, 0), (9, 10, 1),
    ]  # fmt: skip
    assert (spread.zero_count, spread.no_data_count) == (2, 1)
    # 0, 0, 1, 4, 4, 9: the middle lies between 1 and 4.
    assert (spread.median, spread.lowest, spread.highest) == (2.5, 0, 9)
    assert (spread.known_count, spread.areas_count) == (6, 7)
    # As on the map, a number that a bar begins with is in it: 9 is in 9,0-9,9, and 10 in none.
    assert [spread.bin_of(value) for value in (0, 0.5, 1, 9, 10, np.nan)] == [None, 0, 1, 10, None, None]


def test_a_bar_is_of_one_class_and_bars_of_a_class_hold_all_of_it():
    made = table(*range(1, 61))
    spread = distribution_of(made)
    assert [one.count for one in spread.bins] == [9, 10, 10, 10, 10, 10, 1]
    for number in range(1, len(made.classes) + 1):
        assert sum(one.counts[number - 1] for one in spread.bins) == (made.class_of == number).sum()


def test_bars_of_shares_are_five_wide_and_none_straddles_25_or_75():
    spread = distribution_of(table(0, 0.22, 0.27, 0.74, 0.76, 1, indicator="coverage_share"))
    assert [one.low for one in spread.bins] == [*range(0, 101, 5)]
    assert [(one.low, one.counts) for one in spread.bins if one.count] == [
        (20, (1, 0, 0, 0, 0)), (25, (0, 1, 0, 0, 0)), (70, (0, 0, 1, 0, 0)), (75, (0, 0, 0, 1, 0)),
        (100, (0, 0, 0, 0, 1)),
    ]  # fmt: skip
    assert not spread.is_uneven


def test_nothing_known_is_said_and_not_drawn_as_zero():
    spread = distribution_of(table(np.nan, np.nan))
    assert (spread.bins, spread.zero_count, spread.no_data_count, spread.median) == ((), 0, 2, None)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.just(0.0), st.floats(0.001, 10_000)), min_size=1, max_size=60))
def test_every_known_area_is_in_one_bar(values):
    spread = distribution_of(table(*values, np.nan))
    assert spread.known_count == len(values)
    assert spread.no_data_count == 1
    assert len(spread.bins) <= 2 * MOST_BINS
    assert all(sum(map(bool, one.counts)) <= 1 for one in spread.bins)
    for value in printed_numbers(pd.Series(values)):
        assert (spread.bin_of(value) is None) == (value == 0)
    for before, after in zip(spread.bins, spread.bins[1:], strict=False):
        assert before.high == after.low
    if spread.median:
        assert spread.bin_of(printed_number(spread.median)) is not None


@pytest.mark.parametrize(
    ("values", "least_width", "edges"),
    [
        ([0, 1, 3], 1, [1, 2, 3, 4]),
        ([2, 30], 1, [0, 5, 10, 15, 20, 25, 30, 35]),
        ([0, 0.1, 1], 0.1, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1]),
        ([0, 0.04, 0.5], 0.1, [0, 0.2, 0.4, 0.6]),
        ([9.3, 9.5], 0.1, [9.3, 9.4, 9.5, 9.6]),
        ([0, 0], 1, []),
    ],
)
def test_bins_are_round(values, least_width, edges):
    assert bin_edges(pd.Series(values, dtype=float), least_width=least_width) == pytest.approx(edges)
