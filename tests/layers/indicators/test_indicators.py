"""What a map can show: found by itself, measured by a function that exists, with words in every language."""

import inspect
import sys
from pkgutil import resolve_name

import pytest

import layers.indicators
from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import Measured
from layers.indicators import COLUMNS, HOME, INDICATORS
from layers.text import texts_of
from layers.words.figures import name_key


def test_they_are_offered_in_their_order():
    positions = [indicator.position for indicator in INDICATORS.values()]
    assert positions == sorted(positions)
    named = ("places_per_1000", "facilities_count", "gap_share", "knowledge")
    assert sorted(named, key=list(INDICATORS).index) == list(named)


def test_what_is_told_beside_an_answer_is_a_column():
    assert {code for indicator in INDICATORS.values() for code in indicator.figures} <= set(COLUMNS)
    assert HOME["capacity_places"].code == "facilities_count"


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)
def test_the_measure_makes_columns_of_inputs(indicator):
    measure = resolve_name(indicator.measure)
    (inputs,) = inspect.signature(measure, eval_str=True).parameters.values()
    assert inputs.annotation is MeasureInputs
    assert inspect.signature(measure, eval_str=True).return_annotation is Measured


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)
def test_there_are_words_of_it(indicator, lang):
    keys = [f"export_indicator_{indicator.code}"]
    if indicator.class_codes:
        keys += [f"export_{indicator.code}_{code}" for code in (*indicator.class_codes, "nothing")]
    else:
        keys.append(f"export_unit_{indicator.code}")
    assert texts_of(lang).has(name_key(indicator.code)), (
        f"expected a text of the key {name_key(indicator.code)}"
    )
    if indicator.title:
        keys += [f"export_title_{said}_{indicator.title}" for said in ("zero", "some")]
        keys.append(f"export_zero_{indicator.code}")
    assert [key for key in keys if not texts_of(lang).has(key)] == []


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)
def test_numbers_have_a_title(indicator):
    # Gaps and people are answers of their own; an indicator in words has a title for its classes.
    own = {
        "gap_share": "export_title_gaps",
        "people": "export_title_people",
        "known_places": "export_title_known_places",
    }
    assert indicator.title or indicator.class_codes or texts_of("pl").has(own.get(indicator.code, "")), (
        "expected `title`, the ending of export_title_zero_… and export_title_some_…, found none"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_there_are_words_of_every_number(column, lang):
    keys = [f"export_column_{column.code}", f"explain.what.{column.subject}"]
    keys += [f"explain.formula.{column.subject}"]
    keys += [f"explain.missing.{column.lack}"] if column.lack else []
    assert [key for key in keys if not texts_of(lang).has(key)] == []


def test_a_module_more_is_an_indicator_more(tmp_path, monkeypatch):
    (tmp_path / "people_per_facility.py").write_text(
        "from layers.indicators.indicator import FORM, PEOPLE, Column, Indicator\n"
        'HERE = (Indicator(Column("people_per_facility", "count", "geo.new.people_per_facility"), position=15,\n'
        '    measure="layers.answers.measures.places.measure_places", figures=(),\n'
        "    choices=frozenset({FORM, PEOPLE})),)\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(layers.indicators, "__path__", [*layers.indicators.__path__, str(tmp_path)])
    found = [indicator.code for indicator in layers.indicators.found_in(layers.indicators.__path__)]
    monkeypatch.delitem(sys.modules, "layers.indicators.people_per_facility")
    assert found[1:4] == ["places_per_1000", "people_per_facility", "facilities_count"]
