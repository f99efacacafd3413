"""Danger in a typed line (tests/examples/danger_lines.csv): noticed whatever stands beside it, else not."""

import csv
import time
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from data.finding.danger_reader import DangerReader
from data.finding.line_needs import LineNeeds
from data.finding.query_reader import QueryReader
from data.finding.typed import typed_words
from data.places.place_search import PlaceIndex
from data.vocabulary.danger import DangerSign, danger_signs, danger_words
from data.vocabulary.needs import needs

LINES = Path(__file__).parents[2] / "examples" / "danger_lines.csv"
OFFERED = "?"
"""Before a need that is only offered."""


def _lines():
    with LINES.open(encoding="utf-8", newline="") as file:
        return [(row["query"], row["need"]) for row in csv.DictReader(file)]


DANGEROUS = [(query, need) for query, need in _lines() if need]
HARMLESS = [query for query, need in _lines() if not need]


@pytest.fixture(scope="module")
def danger():
    return DangerReader(danger_words(), danger_signs(), needs())


@pytest.fixture(scope="module")
def reader():
    town = {
        "locality_key": "1",
        "name": "Kraków",
        "kind": "miasto",
        "gmina_code": "126101",
        "gmina_name": "Kraków",
        "powiat_name": "Kraków",
        "voivodeship_name": "małopolskie",
        "population_persons": 755_000,
        "geometry": Point(20, 50),
    }
    gminas = pd.DataFrame(columns=["area_code", "name", "powiat_name", "voivodeship_name", "label_point"])
    return QueryReader(PlaceIndex(gpd.GeoDataFrame([town], geometry="geometry", crs=4326), gminas))


def told(read):
    return "" if read.need is None else ("" if read.is_sure else OFFERED) + read.need.code


@pytest.mark.parametrize(("query", "need"), _lines())
def test_a_line_is_danger_or_none(danger, query, need):
    assert told(danger.read(typed_words(query))) == need


@pytest.mark.parametrize(("query", "need"), DANGEROUS)
@pytest.mark.parametrize("around", ["{}, Kraków", "Kraków, {}", "nocleg i obiad, {}, opieka dla mamy"])
def test_a_town_or_another_need_beside_it_changes_nothing(reader, query, need, around):
    understood = reader.read(around.format(query))
    assert understood.danger is not None
    if not need.startswith(OFFERED):
        assert understood.need is not None
        assert understood.need.code == need
    if "Kraków" in around:
        assert "Kraków" in [place.name for place in (understood.place, *understood.places) if place]


@pytest.mark.parametrize("query", HARMLESS)
def test_what_is_no_danger_is_not_told_as_danger(reader, query):
    assert reader.read(query).danger is None


@pytest.mark.parametrize("sign", danger_signs(), ids=lambda sign: sign.example)
def test_every_sign_has_an_example_that_it_is_found_in(sign):
    alone = DangerReader(danger_words(), [sign], needs())
    assert alone.read(typed_words(sign.example)).need == needs()[sign.need]


def test_every_list_of_words_is_used():
    used = {code for sign in danger_signs() for code in (*sign.words, *sign.unless, *sign.before)}
    assert used == set(danger_words())


@pytest.mark.parametrize("typed", ["przedawkowalem", "PRZEDAWKOWAŁEM", "przedawkowłem", "samobujstwo"])
def test_a_typing_error_is_forgiven_in_long_words(danger, typed):
    assert danger.read(typed_words(typed)).is_sure


def test_words_of_different_languages_are_no_sign_together():
    words = {"a": {"pl": ("ona",), "en": ()}, "b": {"pl": (), "en": ("hits",)}}
    sign = DangerSign("violence", ("a", "b"), (), (), None, is_sure=True, example="")
    assert DangerReader(words, [sign], needs()).read(typed_words("ona hits")).need is None


def test_a_long_line_is_read_at_once(danger):
    start = time.thread_time()
    danger.read(typed_words("mi się nie " * 70))
    assert time.thread_time() - start < 0.05


def test_a_word_of_another_matter_is_no_danger_with_a_typing_error():
    assert LineNeeds().said(typed_words("przenocować")).danger.need is None
    assert LineNeeds().said(typed_words("przemocc")).danger.need == needs()["violence"]
