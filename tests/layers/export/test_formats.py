"""Every format that somebody offers has the words of its button."""

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.export.cost_files import COST_FORMATS
from layers.export.files import FORMATS
from layers.export.scenario_files import SCENARIO_FORMATS
from layers.text import texts_of
from tests.support.folders import REPOSITORY

BUTTONS = [
    f"{section}.download_{name}"
    for section, formats in (
        ("coordinator", FORMATS),
        ("costs_file", COST_FORMATS),
        ("scenario", SCENARIO_FORMATS),
    )
    for name in formats
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_format_has_the_words_of_its_button(lang):
    assert [key for key in BUTTONS if not texts_of(lang).has(key)] == []


def test_every_format_of_a_view_is_documented():
    text = (REPOSITORY / "docs" / "export.md").read_text(encoding="utf-8")
    section = text.partition("## Files of a view")[2].partition("\n## ")[0]
    assert [name for name in FORMATS if f"| `{name}` |" not in section] == []
