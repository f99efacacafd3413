"""The page of twenty questions: it has the questions that tests ask, and pictures that a telephone can load."""

import csv
import re

import pytest
from PIL import Image

from tests.support.folders import REPOSITORY
from tests.support.guide_pictures import FOLDER, LONGEST_PX, MOST_BYTES, PICTURES, WIDTH_PX, packed

PAGE = FOLDER / "twenty-questions.md"


def questions():
    with (REPOSITORY / "tests/examples/guide_questions.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_page_quotes_every_question_that_is_asked_in_tests():
    text = PAGE.read_text(encoding="utf-8")
    asked = questions()
    assert [row["query"] for row in asked if row["query"] not in text] == []
    assert len(asked) == len({row["place"] for row in asked}) == 20
    assert {row["lang"] for row in asked} == {"pl", "uk", "en"}


def test_pictures_are_those_of_the_script_and_shown():
    shown = re.findall(r"\]\((\w+)\.webp\)", PAGE.read_text(encoding="utf-8"))
    assert shown == [picture.name for picture in PICTURES] == sorted(shown, key=shown.index)
    assert {path.stem for path in FOLDER.glob("*.webp")} == set(shown)
    assert len(shown) <= 8
    asked = {row["query"] for row in questions()}
    assert {picture.words for picture in PICTURES} <= asked


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_of_a_telephone_and_small(picture):
    path = FOLDER / f"{picture.name}.webp"
    assert path.stat().st_size <= MOST_BYTES
    with Image.open(path) as image:
        assert image.width == WIDTH_PX
        assert image.height <= LONGEST_PX


def test_a_picture_that_cannot_be_small_is_refused(tmp_path):
    path = tmp_path / "noise.png"
    Image.effect_noise((1500, 1500), 200).save(path)
    with pytest.raises(SystemExit, match="show less of the page"):
        packed(path.read_bytes())
