"""What stands over two maps: the whole title, or of a long one what it is about."""

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.text import texts_of
from layers.words.caption import build_caption
from layers.words.short_answer import heading_over_maps, short_answer
from layers.words.view_words import Wording
from tests.layers.words.test_titles import HALF, gaps, home


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_title_of_two_lines_is_the_heading_and_a_longer_one_is_told_below(lang, monkeypatch):
    texts = texts_of(lang)
    monkeypatch.setattr("layers.words.short_answer._LONGEST_HEADING", 100)
    short = gaps([home(places=100)], distance_km=20)
    title = build_caption(short, texts).title
    assert len(title) <= 100
    assert heading_over_maps(short, title, texts) == title
    long = gaps([], claims=HALF, own=True, form="DZI-KLS")
    title = build_caption(long, texts).title
    assert len(title) > 100
    heading = heading_over_maps(long, title, texts)
    assert heading == Wording(long, texts).subject()
    assert not any(letter.isdecimal() for letter in heading)
    assert short_answer(long, texts)
