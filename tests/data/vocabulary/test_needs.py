"""The vocabulary of needs: its forms exist, and every need has words in every language."""

import shutil

import pytest

from data.vocabulary import FOLDER, support_forms
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.lines import VocabularyError
from data.vocabulary.needs import needs


def test_every_form_of_a_need_is_a_form_and_every_language_has_words():
    for need in needs().values():
        assert set(need.forms) <= set(support_forms())
        assert all(need.phrases[language] for language in LANGUAGES)


def test_every_form_that_people_can_be_helped_by_has_a_need():
    # Food banks give to organisations: people are sent to the points that hand food out.
    named = {form for need in needs().values() for form in need.forms}
    assert set(support_forms()) - named == {"ZYW-BAN"}


@pytest.mark.parametrize(("old", "new"), [(",CAL-DPS,", ",CAL-XXX,"), (",hospice;", ",;")])
def test_a_wrong_cell_is_named(tmp_path, old, new):
    folder = shutil.copytree(FOLDER, tmp_path / "vocabulary")
    file = folder / "needs.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"needs\.csv, line"):
        needs(folder)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_means_two_needs(language):
    phrases = [phrase for need in needs().values() for phrase in need.phrases[language]]
    assert sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}) == []
