"""What the example's pages say of why they show it, and of what brings real data."""

import pytest

from data.loading.no_source import NoSource
from data.vocabulary.languages import LANGUAGES
from layers.text import texts_of
from layers.words.example_words import advice_words, why_lines


def reason(*lacking: str) -> NoSource:
    return NoSource("has_files", "no_files", "no_addresses", files=9, lacking=lacking)


def test_needed_files_that_are_nowhere_are_named_and_the_command_alone_is_not_the_advice():
    texts = texts_of("pl")
    said = list(why_lines(reason("teryt/kody.csv", "granice.geojson"), texts))
    assert said[-1] == "Bez tych plików nie da się niczego pokazać: teryt/kody.csv, granice.geojson."
    assert "dokłada, czego brakuje" in advice_words(reason("granice.geojson"), texts)
    assert "brak" not in " ".join(why_lines(reason(), texts))
    assert advice_words(reason(), texts) == "Osoba, która prowadzi tę stronę, wczyta je poleceniem"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_file_is_named_in_each_language(lang):
    assert list(why_lines(reason("granice.geojson"), texts_of(lang)))[-1].endswith(": granice.geojson.")
