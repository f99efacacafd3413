"""The ranking beside its numbers: bars, lines and changes never say more than is known."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData

from layers.answers.area_order import is_listed_whole
from layers.answers.table_building import build_area_table
from layers.export.table_rows import table_rows
from layers.text import texts_of
from layers.view.view import View
from layers.widgets import ranking
from layers.words.caption import build_caption
from tests.support.tiny_world import service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

FIRST, SECOND, THIRD = "120001", "120002", "240001"


def table(**view):
    return build_area_table(
        tiny_registry([service(1, FIRST, capacity_places=30)]), View().with_changes(**view)
    )


def series():
    """People of three gminas over three years: one grows by a half, one has a gap, one begins with nobody."""
    return pd.DataFrame(
        {2000: [100.0, 50.0, 0.0], 2010: [120.0, np.nan, 5.0], 2020: [150.0, 40.0, 10.0]},
        index=[FIRST, SECOND, THIRD],
    )


@pytest.fixture
def drawn(monkeypatch):
    """Give a function that draws a ranking and returns what Streamlit was given."""

    def draw(made, **options):
        given = {}
        monkeypatch.setattr(st, "dataframe", lambda data, **rest: given.update(data=data, **rest))
        texts = texts_of("pl")
        names = {code: str(name) for code, name in made.rows["name"].items()}
        ranking.show_ranking(made, names, build_caption(made, texts), texts, **options)
        return given

    return draw


def words(styler):
    """Return the words of the cells as Streamlit sends them to the browser."""
    proto = ArrowData()
    marshall_styler(proto, styler, "ranking")
    return convert_arrow_bytes_to_pandas_df(proto.styler.display_values)


def test_every_number_is_sent_with_its_words_and_sorted_as_a_number(drawn):
    given = drawn(table(), series=series(), series_name="Osoby 65+")
    sent, numbers = words(given["data"]), given["data"].data
    assert list(sent.columns) == list(numbers.columns)
    written = numbers.map(str)
    rate = numbers.columns[1]
    assert sent[rate].tolist() == ["0", "150,0", "brak danych"]
    assert numbers[rate].tolist()[:2] == [0.0, 150.0]
    assert pd.isna(numbers[rate].iloc[2])
    assert sent["Nazwa"].tolist() == written["Nazwa"].tolist()


def test_a_full_bar_is_the_highest_number_or_the_whole_of_a_share():
    made = table()
    assert ranking.longest_bar(made, "places_per_1000") == 150.0
    shares = made.rows.assign(coverage_share=[0.5, 0.2, np.nan])
    assert ranking.longest_bar(replace(made, rows=shares), "coverage_share") == 1.0


@pytest.mark.parametrize("values", [[np.nan] * 3, [0.0, 0.0, np.nan]])
def test_no_bars_where_there_is_nothing_to_compare(values, drawn):
    made = table()
    made = replace(made, rows=made.rows.assign(places_per_1000=values, value=values))
    assert ranking.longest_bar(made, "places_per_1000") == 0
    assert "Na pasku" not in drawn(made)["data"].data


def test_words_and_changes_have_no_bars():
    made = table(indicator="knowledge")
    assert ranking.longest_bar(made, "knowledge") == 0


def test_the_bar_repeats_the_answer_and_misses_where_it_misses(drawn):
    given = drawn(table())
    shown = given["data"].data
    assert list(shown.columns[:3]) == ["Nazwa", "Liczba miejsc na 1000 osób", "Na pasku"]
    assert shown["Nazwa"].tolist() == ["Druga", "Pierwsza", "Trzecia"]
    assert shown["Na pasku"].tolist()[:2] == [0.0, 150.0]
    assert pd.isna(shown["Na pasku"].iloc[2])
    # With the name it is no wider than a phone (358 px), however long its head is.
    widths = [given["column_config"][head]["width"] for head in shown.columns[:2]]
    assert sum(widths) <= 340
    bar = given["column_config"]["Na pasku"]["type_config"]
    assert (bar["min_value"], bar["max_value"], bar["format"]) == (0.0, 150.0, " ")
    # Numbers keep their words.
    assert "brak danych" in words(given["data"]).to_numpy()


def test_a_line_has_no_gap():
    lines = ranking.lines(series(), pd.Index([THIRD, FIRST, SECOND, "999999"]))
    assert lines[FIRST] == [100.0, 120.0, 150.0]
    assert lines[SECOND] is None
    assert lines["999999"] is None
    assert list(lines.index) == [THIRD, FIRST, SECOND, "999999"]


def test_change_from_first_to_last_year():
    changes = ranking.changes(series())
    assert changes[FIRST] == pytest.approx(0.5)
    assert changes[SECOND] == pytest.approx(-0.2)
    assert pd.isna(changes[THIRD]), "from nothing no part can be told"


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.5, "+50,0%"), (-0.2, "−20,0%"), (0.0, "0%"), (-0.0004, "−0,04%"), (12.0, "+1\u00a0200,0%")],
)
def test_a_change_has_its_sign(share, text):
    assert ranking.write_change(share, texts_of("pl")) == text


def test_a_series_adds_a_line_and_its_change(drawn):
    given = drawn(table(), series=series(), series_name="Osoby 65+")
    shown = given["data"].data
    assert list(shown.columns[2:5]) == ["Na pasku", "Osoby 65+", "Zmiana 2000–2020"]
    assert shown.set_index("Nazwa").loc["Pierwsza", "Osoby 65+"] == [100.0, 120.0, 150.0]
    assert "+50,0%" in words(given["data"])["Zmiana 2000–2020"].tolist()


def test_one_year_is_no_line(drawn):
    shown = drawn(table(), series=series()[[2000]], series_name="Osoby 65+")["data"].data
    assert "Osoby 65+" not in shown


def test_an_unknown_number_leaves_no_order_of_numbers():
    """Two lists are complete: the second gmina has least. Where the third is unknown, nobody knows who has least."""
    services = [service(1, FIRST, capacity_places=30), service(2, THIRD, capacity_places=1)]
    known = build_area_table(tiny_registry(services, claims=(("CAL-DPS", "12"), ("CAL-DPS", "24"))), View())
    assert is_listed_whole(known)
    assert ranking.ranked(known)["name"].tolist() == ["Druga", "Trzecia", "Pierwsza"]
    values = known.rows["value"].where(known.rows.index != SECOND)
    unknown = replace(known, rows=known.rows.assign(value=values))
    assert unknown.rows["is_complete"].all()
    assert not (unknown.value_bounds != "").any()
    assert not is_listed_whole(unknown)
    assert ranking.ranked(unknown)["name"].tolist() == ["Druga", "Pierwsza", "Trzecia"]
    assert table_rows(unknown, build_caption(unknown, texts_of("pl")))["name"].tolist() == [
        "Druga",
        "Pierwsza",
        "Trzecia",
    ]


def test_where_most_people_live_comes_first():
    """Poland opened with "the worst first" and its smallest gmina on top."""
    made = table(indicator="people", scope="12", age_from=65)
    assert ranking.ranked(made)["people"].is_monotonic_decreasing
