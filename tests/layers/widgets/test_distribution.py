"""How areas spread over values: bars that add up to all areas, round bins, and a table that says it all."""

import re
from dataclasses import replace

import numpy as np
import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.distribution import distribution_of
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.text.style import ZERO_COLOUR, class_colours
from layers.view.view import View
from layers.widgets.distribution import distribution_html
from layers.words.caption import build_caption
from layers.words.legend_words import LegendWords
from tests.layers.answers.test_distribution import TINY, table
from tests.support.tiny_world import service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

HOSTILE = "<img src=x onerror=alert(1)>"


def html(made, **options):
    return distribution_html(made, build_caption(TINY, texts_of("pl")), texts_of("pl"), **options)


def rows_of(text):
    """Return label, count and marks of each row, as they are read."""
    found = re.findall(r'<tr[^>]*><th scope="row">(.*?)</th><td>(.*?)</td></tr>', text)
    return [
        (label, int(re.search(r"-count\">([\d\u00a0]+)<", cell)[1]), re.findall(r"-mark-\w+\">(.*?)<", cell))
        for label, cell in found
    ]


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


def test_the_table_says_every_number():
    read = rows_of(html(table(0, 0, 1, 4, 4, 9, np.nan, chosen="120004"), chosen_name="Bochnia"))
    assert read[0] == ("0 – nie ma miejsc dla tej grupy", 2, [])
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
    assert labels == (">0–24,9%", "25,0–49,9%", "50,0–74,9%", "75,0–<100%", "100%")
    read = {label: count for label, count, _ in rows_of(html(made))}
    assert (read["20,0–24,9%"], read["25,0–29,9%"], read["95,0–&lt;100%"], read["100%"]) == (1, 1, 2, 2)
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
