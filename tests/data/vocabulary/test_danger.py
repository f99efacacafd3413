"""The vocabulary of danger, of whom a place is for and of giving says what is wrong with a line."""

import shutil

import pytest

from data.vocabulary import FOLDER
from data.vocabulary.danger import danger_signs, danger_words
from data.vocabulary.lines import VocabularyError
from data.vocabulary.whom import giving_words, whom_words
from layers.answers.resident_filters import ASKED_OF_BEDS


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "words", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "words"


def _add(folder, name, line):
    with (folder / f"{name}.csv").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


@pytest.mark.parametrize(
    ("read", "name", "line", "column"),
    [
        (danger_words, "danger_words", "nothing,,,", "words_pl"),
        (danger_words, "danger_words", "twice,nóż;nóż,,", "words_pl"),
        (danger_signs, "danger_signs", "no_such_need,kill,,,,yes,zabije", "need"),
        (danger_signs, "danger_signs", "violence,no_such_words,,,,yes,zabije", "words"),
        (danger_signs, "danger_signs", "violence,kill,,,near,yes,zabije", "within"),
        (danger_signs, "danger_signs", "violence,kill,,no_such_words,,yes,zabije", "before"),
        (danger_signs, "danger_signs", "violence,kill,,,,maybe,zabije", "is_sure"),
        (whom_words, "whom_words", "women,,,,", "words_pl"),
        (giving_words, "giving_words", "no_such_need,oddam,,", "needs"),
    ],
)
def test_a_wrong_line_is_told_with_its_column(folder, read, name, line, column):
    _add(folder, name, line)
    with pytest.raises(VocabularyError, match=f"{name}.csv, line .*, column {column}"):
        read(folder)


def test_whom_are_filters_that_lists_ask():
    assert {words.code for words in whom_words()} <= set(ASKED_OF_BEDS)
