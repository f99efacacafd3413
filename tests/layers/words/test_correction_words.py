"""A card says which of its facts were put right, when and why; the register stays its source."""

from datetime import date

import pandas as pd
import pytest

from data.reading.corrections import CORRECTABLE
from data.vocabulary.languages import LANGUAGES
from layers.text import texts_of
from layers.words.correction_words import correction_lines
from layers.words.service_words import names_of, source_words, unchecked_lines

DAY = date(2026, 11, 30)
ONE = {"field": "phones", "on": DAY, "reason": "zadzwoniliśmy"}


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("pl", "Telefony – poprawione 30 listopada 2026, powód: zadzwoniliśmy"),
        ("uk", "Телефони – виправлено 30 листопада 2026 р., причина: zadzwoniliśmy"),
        ("en", "Telephones – corrected on 30 November 2026, reason: zadzwoniliśmy"),
    ],
)
def test_field_day_and_reason(lang, line):
    assert [words.replace("\u202f", " ") for words in correction_lines([ONE, ONE], texts_of(lang))] == [line]


def test_of_a_protected_place_no_reason_is_told():
    assert correction_lines([ONE | {"reason": None}], texts_of("pl")) == [
        "Telefony – poprawione 30 listopada 2026"
    ]


@pytest.mark.parametrize("nothing", [None, float("nan"), [], ""])
def test_nothing_put_right_is_no_line(nothing):
    assert correction_lines(nothing, texts_of("pl")) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_that_can_be_corrected_has_a_name(lang):
    assert all(texts_of(lang).has(f"correction.field.{field}") for field in CORRECTABLE)


def test_a_card_has_it_beside_its_source():
    service = {
        "source_code": "register",
        "support_form": "CAL-DPS",
        "field_sources": {"facility_name": ["register"], "phones": ["own-corrections"]},
        "corrections": [ONE],
    }
    sources = pd.DataFrame({"source_code": ["register"], "name": ["Rejestr domów"], "publisher": ["Urząd"]})
    assert source_words(service, names_of(sources), texts_of("pl")) == "Źródło: Urząd"
    assert "Telefony – poprawione 30 listopada 2026, powód: zadzwoniliśmy" in unchecked_lines(
        service, texts_of("pl")
    )
