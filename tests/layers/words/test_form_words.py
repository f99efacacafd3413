"""A programme that has ended is told with its successor, wherever its form is."""

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from layers.words.form_words import programme_notes
from tests.support.tiny_world import service, tiny_registry

SENTENCE = (
    "Program „Senior+” trwał do 31 grudnia 2025. Jego następcą jest program „Aktywny Senior” na lata 2026–2030. "
    "Placówki mogą działać dalej."
)


def test_a_programme_is_told_once_for_both_of_its_forms():
    assert programme_notes(["DZI-DDS", "DZI-KLS", "CAL-DPS"], texts_of("pl")) == [SENTENCE]
    assert programme_notes(["CAL-DPS"], texts_of("pl")) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_names_the_successor_and_the_years(lang):
    (said,) = programme_notes(["DZI-KLS"], texts_of(lang))
    assert {"pl": "Aktywny Senior", "en": "Active Senior", "uk": "Активний сеньйор"}[lang] in said
    assert "2025" in said
    assert "2030" in said


def test_the_planners_notes_and_prints_have_it_where_the_form_is_chosen():
    registry = tiny_registry([service(1, "120001", support_form="DZI-KLS")])
    club = View().with_changes(form="DZI-KLS")
    assert SENTENCE in build_caption(build_area_table(registry, club), texts_of("pl")).notes
    assert SENTENCE not in build_caption(build_area_table(registry, View()), texts_of("pl")).notes
