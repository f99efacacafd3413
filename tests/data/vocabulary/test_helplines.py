"""Telephones for everybody: each with its source and day, 112 always among them."""

import shutil

import pytest

from data.opening_hours import check, say
from data.vocabulary import FOLDER, screen_groups
from data.vocabulary.helplines import EMERGENCY, helplines, helplines_for
from data.vocabulary.lines import VocabularyError
from data.vocabulary.needs import needs


def numbers(some):
    return [one.number for one in some]


def test_each_number_stands_once_and_has_hours_that_can_be_said():
    assert len(set(numbers(helplines()))) == len(helplines())
    for one in helplines():
        check(one.hours)
        assert say(one.hours, "uk")


@pytest.mark.parametrize("group", screen_groups())
@pytest.mark.parametrize("need", ["", *needs()])
def test_nobody_is_without_112_and_somebody_to_talk_to(group, need):
    assert {EMERGENCY, "116 123"} <= set(numbers(helplines_for(group, need)))


def test_what_answers_a_need_by_itself_stands_first():
    assert numbers(helplines_for("older", "talk_now"))[:2] == ["116 123", "22 635 09 54"]
    assert numbers(helplines_for("older", "violence"))[:2] == ["112", "800 120 002"]
    assert "800 120 002" not in numbers(helplines_for("older"))
    assert numbers(helplines_for("homeless")) == ["112", "116 123"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("116 123,", "brak,"), (",2025-11\n", ",jesienią\n"), ("https://gov", "gov"), (",all,", ",anybody,")],
)
def test_a_wrong_cell_is_named(tmp_path, old, new):
    folder = shutil.copytree(FOLDER, tmp_path / "vocabulary")
    file = folder / "helplines.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"helplines\.csv, line"):
        helplines(folder)
