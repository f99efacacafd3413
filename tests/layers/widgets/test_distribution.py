"""How areas spread over values: bars that add up to all areas, round bins, and a table that says it all."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.vocabulary.languages import LANGUAGES
from geo.printed_numbers import printed_number, printed_numbers
from layers.answers.area_table import build_area_table
from layers.answers.value_classes import classes_of, printed_values
from layers.text import texts_of
from layers.text.style import ZERO_COLOUR, class_colours
from layers.view.view import View
from layers.widgets.distribution import MOST_BINS, bin_edges, distribution_html, distribution_of
from layers.words.caption import build_caption
from layers.words.legend_words import LegendWords
from tests.support.tiny_world import service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

TINY = build_area_table(tiny_registry([service(1, "120001", capacity_places=30)]), View())
HOSTILE = "<img src=x onerror=alert(1)>"


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


def html(made, **options):
    return distribution_html(made, build_caption(TINY, texts_of("pl")), texts_of("pl"), **options)


def rows_of(text):
    """Return label, count and marks of each row, as they are read."""
    found = re.findall(r'<tr[^>]*><th scope="row">(.*?)</th><td>(.*?)</td></tr>', text)
    return [
        (label, int(re.search(r"-count\">([\d\u00a0]+)<", cell)[1]), re.findall(r"-mark-\w+\">(.*?)<", cell))
        for label, cell in found
    ]


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


def test_a_bar_that_a_class_begins_in_is_cut_there_and_the_page_says_so():
    made = table(0, 3, 32, 34, 61, 90, indicator="places_per_1000", classes="r_33_60")
    spread = distribution_of(made)
    assert {33.0, 60.0} <= {one.low for one in spread.bins}
    assert all(sum(map(bool, one.counts)) <= 1 for one in spread.bins)
    assert spread.is_uneven
    assert "nie wszystkie słupki obejmują tyle samo liczb" in html(made)
    assert "nie wszystkie słupki" not in html(table(*range(1, 61)))


def test_an_indicator_in_words_has_a_bar_for_each_class():
    made = build_area_table(
        tiny_registry([service(1, "120001", capacity_places=30)]), View(indicator="knowledge")
    )
    spread = distribution_of(made)
    assert len(spread.bins) == 3
    assert spread.median is None
    assert spread.known_count + spread.no_data_count == 3
    caption = build_caption(made, texts_of("pl"))
    labels = [row[0] for row in rows_of(distribution_html(made, caption, texts_of("pl")))]
    assert labels[:3] == list(caption.class_labels)


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


def test_the_table_says_every_number():
    read = rows_of(html(table(0, 0, 1, 4, 4, 9, np.nan, chosen="120004"), chosen_name="Bochnia"))
    assert read[0] == ("0 – nie ma miejsc", 2, [])
    assert [row[1] for row in read] == [2, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 1, 1]
    assert read[1][0] == "&gt;0–0,9"
    assert read[4] == ("2,0–2,9", 0, ["mediana: 2,5"])
    assert read[6][2] == ["Bochnia: 4,0"]
    assert read[-1][0] == "brak danych (to nie jest zero)"


def test_a_chosen_area_without_data_is_marked_there():
    read = rows_of(html(table(1, 4, np.nan, chosen="120003"), chosen_name="Bochnia"))
    assert read[-1][2] == ["Bochnia: brak danych"]


def test_counts_and_shares_are_labelled_as_on_the_map():
    counts = rows_of(html(table(1, 2, 30, indicator="facilities_count")))
    assert [row[0] for row in counts][1:3] == ["1–4", "5–9"]
    shares = rows_of(html(table(0, 0.05, 1, indicator="coverage_share")))
    assert [row[0] for row in shares][1:3] == ["&gt;0–4,9%", "5,0–9,9%"]


def test_a_share_is_counted_in_the_class_that_it_is_printed_in():
    # 24.96 % prints 25,0 and is in 25,0-49,9 on the map; 99.9 is nearly all, 99.96 prints so, and 100 is all.
    made = table(0, 0.2494, 0.2496, 0.999, 0.9996, 1, 1, indicator="coverage_share")
    assert made.class_of.tolist() == [0, 1, 2, 4, 4, 5, 5]
    labels = LegendWords(made, texts_of("pl")).class_labels()
    assert labels == (">0–24,9%", "25,0–49,9%", "50,0–74,9%", "75,0–99,9%", "100%")
    read = {label: count for label, count, _ in rows_of(html(made))}
    assert (read["20,0–24,9%"], read["25,0–29,9%"], read["95,0–99,9%"], read["100%"]) == (1, 1, 2, 2)
    assert len(read) == 22
    # Each bar has the colours of the classes of the map, and no other: none of 100% in the bar before.
    spread = distribution_of(made)
    assert spread.bins[-2].counts == (0, 0, 0, 2, 0)
    assert spread.bins[-1].counts == (0, 0, 0, 0, 2)
    assert spread.bins[4].counts == (1, 0, 0, 0, 0)
    assert spread.bins[5].counts == (0, 1, 0, 0, 0)


def test_the_whole_has_a_bar_of_its_own_also_where_all_else_is_little():
    read = rows_of(html(table(0.02, 1, indicator="coverage_share")))
    assert [(label, count) for label, count, _ in read if count] == [("&gt;0–4,9%", 1), ("100%", 1)]


def test_bars_have_the_colours_of_the_map_and_names_stay_text():
    made = table(0, 0.5, 1, chosen="120001")
    text = html(made, chosen_name=HOSTILE, heading=HOSTILE)
    assert "<img" not in text
    assert ZERO_COLOUR in text
    for colour in class_colours(len(made.classes)):
        assert colour in text
    widths = [float(width) for width in re.findall(r"max\(([\d.]+)%", text)]
    assert max(widths) == 55


def test_uncertain_values_are_counted():
    made = table(1, 2, 3)
    made.bounds.loc["120001", "value"] = "least"
    assert "„co najmniej”): 1." in html(made)
    assert "co najmniej”)" not in html(table(1, 2, 3))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("level", ["gmina", "powiat", "voivodeship"])
def test_every_language_and_level_has_words(lang, level):
    made, texts = table(0, 1, np.nan), texts_of(lang)
    made = replace(made, view=replace(made.view, level=level))
    for one in (made, replace(made, rows=made.rows.dropna(), class_of=made.class_of.dropna())):
        assert "<table" in distribution_html(one, build_caption(TINY, texts), texts)
