"""Figures in words: what is missing, what is only a bound, and how each kind of number is rounded."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.table_building import build_area_table
from layers.indicators import INDICATORS, KINDS
from layers.indicators.knowledge import OF_KNOWLEDGE
from layers.indicators.places_per_1000 import QUEUE
from layers.text import texts_of
from layers.view.view import View
from layers.widgets import ranking
from layers.words.area_facts import Figure
from layers.words.caption import build_caption
from layers.words.figures import figures_of, is_served_elsewhere, remarks, write_cell, write_figure
from tests.support.kept import kept
from tests.support.tiny_world import GMINAS, service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

FIRST, SECOND, THIRD = GMINAS
PL = texts_of("pl")


def said(value, column, bound=""):
    return write_figure(value, column, PL, bound=bound).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("column", "value", "bound", "words"),
    [
        ("served_persons", 164.0, "most", "nie wiemy, ilu"),
        ("over_capacity_persons", 164.0, "most", "nie wiemy, ilu"),
        ("served_persons", 163.0, "most", "najwyżej 163"),
        ("served_persons", 164.0, "least", "co najmniej 164"),
        ("served_persons", 164.0, "", "164"),
    ],
)
def test_at_most_all_excludes_nothing(column, value, bound, words):
    row = {"demand_persons": 164, column: value}
    assert write_cell(row, column, texts_of("pl"), bound=bound) == words


@pytest.mark.parametrize(
    ("value", "column", "bound", "words"),
    [
        (12345, "facilities_count", "", "12 345"),
        (449.6, "served_persons", "", "450"),
        (0, "places_per_1000", "", "0"),
        (0.04, "places_per_1000", "", "0,04"),
        (2.25, "access_per_1000", "least", "co najmniej 2,2"),
        (0.996, "coverage_share", "", "99,6%"),
        (0.002, "gap_share", "", "0,2%"),
        (0.0002, "gap_share", "least", "co najmniej 0,02%"),
        (0.9999, "gap_share", "", "99,99%"),
        (0, "gap_share", "", "0%"),
        (0.5, "gap_share", "most", "najwyżej 50,0%"),
        (0.5, "day_per_1000", "unsure", "0,5 (niepewne)"),
        (11.2, "norm_missing_places", "", "12"),
        (12.0000000001, "missing_places", "", "12"),
        (0.001, "places_to_keep", "most", "najwyżej 1"),
        (40.0, "day_change", "", "+40,0"),
        (-30.0, "round_the_clock_change", "", "−30,0"),
        (0.0, "day_change", "", "0"),
        (-0.04, "day_change", "", "−0,04"),
        (0.0016, "day_change", "unsure", "+0,002 (niepewne)"),
        (3, "organisation", "", "centrum usług społecznych (CUS) działa"),
        (1, "local_plan", "", "nie ma planu"),
    ],
)
def test_words_of_a_figure(value, column, bound, words):
    assert said(value, column, bound) == words


@pytest.mark.parametrize("column", KINDS)
@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_missing_is_said_and_never_zero(column, missing):
    assert said(missing, column) == "brak danych"
    assert said(missing, column, "least") == "brak danych"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_bound_has_words_in_every_language(lang):
    texts = texts_of(lang)
    plain = write_figure(5, "facilities_count", texts)
    bounded = {
        write_figure(5, "facilities_count", texts, bound=bound) for bound in ("least", "most", "unsure")
    }
    assert len(bounded) == 3
    assert all(plain in words and words != plain for words in bounded)


@kept
def table(services=(), *, claims=(("CAL-DPS", "12"),), **view):
    return build_area_table(tiny_registry(list(services), claims=claims), View().with_changes(**view))


@pytest.mark.parametrize("indicator", INDICATORS)
def test_the_answer_comes_first_and_every_figure_is_in_the_table(indicator):
    groups = INDICATORS[indicator].groups or ("older",)
    # The tiny world knows the age of 65 alone.
    columns = figures_of(table(indicator=indicator, group=groups[0], age_from=65))
    assert columns[0] == indicator
    assert len(columns) == len(set(columns))


def test_without_people_only_what_is_known_is_shown():
    shelters = {"group": "homeless", "form": "BEZ-SCH"}
    assert figures_of(table(**shelters)) == ("facilities_count", "capacity_places")
    assert figures_of(table(**shelters, indicator="facilities_count")) == (
        "facilities_count",
        "capacity_places",
    )
    assert figures_of(table(**shelters, indicator="day_per_1000")) == ("day_per_1000",)
    # At the voivodeship they are counted.
    assert "demand_persons" in figures_of(table(**shelters, level="voivodeship"))
    assert set(figures_of(table(**shelters, indicator="knowledge"))) == {"knowledge", *OF_KNOWLEDGE}


def test_remarks_name_what_is_missing_or_a_bound():
    services = [service(1, FIRST, capacity_places=5), service(2, THIRD), service(3, THIRD, capacity_places=2)]
    result = table(services, norm=100.0)
    names = build_caption(result, PL).columns
    columns = ["facilities_count", "capacity_places", "norm_missing_places"]
    notes = remarks(result, columns, PL, names=names)
    assert notes[FIRST] == ""
    assert notes[THIRD] == (
        "Liczba placówek: co najmniej 2; Liczba miejsc: co najmniej 2; "
        "O ile mniej miejsc stoi na samym obszarze, niż daje cel 100 na "
        "1000 osób (bez sąsiadów): brak danych (co najmniej jedna placówka nie podaje liczby miejsc)"
    )
    nothing = replace(result, rows=result.rows.assign(**dict.fromkeys(columns)))
    said = remarks(nothing, columns, PL, names=names)
    assert all(said.str.startswith("Liczba placówek, Liczba miejsc, O ile mniej"))
    assert said[THIRD].endswith("brak danych (nie mamy pełnego rejestru tej formy na tym obszarze)")


class TestServedElsewhere:
    """A home of 30 places in Pierwsza serves 300 people: all 200 there, and within 10 km the 100 of Druga."""

    home = (service(1, FIRST, capacity_places=30),)

    def test_a_gmina_without_a_facility_says_where_its_places_are(self):
        result = table(self.home, indicator="gap_share", norm=100.0, distance_km=10)
        assert result.rows.loc[[FIRST, SECOND], "value"].tolist() == [0, 0]
        assert is_served_elsewhere(result)[[FIRST, SECOND]].tolist() == [False, True]
        notes = remarks(result, ["gap_share"], PL, names={"gap_share": "Luka"})
        assert notes[FIRST] == ""
        assert notes[SECOND] == (
            "na tym obszarze nie ma takiej placówki dla tej grupy; miejsca w zasięgu są w innych gminach"
        )

    def test_the_legend_says_no_more_than_that(self):
        zero = build_caption(
            table(self.home, indicator="gap_share", norm=100.0, distance_km=10), PL
        ).zero_label
        assert "licząc też placówki innych gmin" in zero
        assert "dla wszystkich" not in zero

    def test_another_indicator_has_no_such_remark(self):
        assert not is_served_elsewhere(table(self.home)).any()


@pytest.mark.parametrize(
    ("lang", "words"), [("pl", "mniej niż 1"), ("uk", "менше ніж 1"), ("en", "less than 1")]
)
def test_at_most_none_after_rounding_is_less_than_one(lang, words):
    assert write_figure(0, "most_missing_places", texts_of(lang), bound="most") == words
    assert write_figure(0, "most_missing_places", texts_of(lang)) == "0"


def test_where_no_home_stands_queue_and_free_places_are_not_applicable():
    """A complete list names no home in the second gmina, so there is no queue; of the third nothing is known."""
    services = [service(1, FIRST, capacity_places=3, vacant_places=1, waiting_persons=2)]
    table = build_area_table(tiny_registry(services), View())
    texts = texts_of("pl")
    written = {
        code: [Figure(table, code, column).written(texts) for column in QUEUE] for code in table.rows.index
    }
    assert written[FIRST] == ["2", "1"]
    assert written[SECOND] == ["nie dotyczy"] * 2
    assert written[THIRD] == ["brak danych"] * 2
    said = remarks(table, QUEUE, texts, names={column: column for column in QUEUE})
    assert said[SECOND] == (
        "waiting_persons, vacant_places: nie dotyczy (pełna lista nie wymienia tu żadnej takiej placówki dla tej grupy)"
    )
    assert ranking._words(table.rows, table.bounds["vacant_places"], "vacant_places", texts) == [
        "1",
        "nie dotyczy",
        "brak danych",
    ]
