"""What is missing in words: heading, line over a map, list and cell tell one amount in one wording."""

import math

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.gaps import Amount, GapAnswer
from layers.answers.measures.inputs import Norm
from layers.text import texts_of
from layers.words.gap_words import GapWords, amount_words

AMOUNTS = {
    "exact": Amount(7, 7, 7),
    "least": Amount(1, 1, 246),
    "most": Amount(2, 5, 5),
    "unsure": Amount(1, 129, 545),
    "least_open": Amount(1, 1, math.nan),
    "unsure_open": Amount(1, 22, math.nan),
}


def heading_of(amount, texts):
    answer = GapAnswer(Norm(5.0, None), amount, Amount(0, 0, 0), 0.0, 100.0, ("list",), 0, 3)
    return GapWords(answer, texts, form="CAL-DPS", way="").missing()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("amount", AMOUNTS.values(), ids=AMOUNTS)
def test_an_amount_is_worded_as_the_heading_words_it(amount, lang):
    texts = texts_of(lang)
    heading = heading_of(amount, texts)
    to, why = texts.t("gap.to_target", norm="5"), texts.t("gap.why_list")
    without = heading.replace(f": {why}", "").replace(f" ({why})", "").replace(f" {to}", "")
    said = amount_words(amount, "places", texts)
    # English says between number and range what is missing.
    assert said in without.replace(" missing", "") if lang == "en" else said in without


def test_what_is_at_least_is_no_range_of_a_number():
    pl = texts_of("pl")
    assert amount_words(AMOUNTS["least"], "places", pl) == "co najmniej 1 miejsca (najwyżej 246)"
    assert amount_words(AMOUNTS["most"], "", pl) == "najwyżej 5 (co najmniej 2)"
    assert amount_words(AMOUNTS["unsure"], "", pl) == "129 (od 1 do 545)"


def test_what_may_be_nothing_is_not_said_to_be_missing_at_least():
    pl = texts_of("pl")
    assert amount_words(Amount(0, 0, 246), "places", pl) == "od 0 do 246 miejsc"
    assert amount_words(Amount(0, 5, 5), "places", pl) == "5 miejsc (od 0 do 5)"
