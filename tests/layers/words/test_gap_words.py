"""What is missing in words: heading, line over a map, list and cell tell one amount in one wording."""

import math
from dataclasses import replace

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.gap_answer import Amount, GapAnswer
from layers.answers.measures.inputs import Norm
from layers.text import texts_of
from layers.words.gap_words import GapWords, amount_words, known_words

AMOUNTS = {
    "exact": Amount(7, 7, 7),
    "least": Amount(1, 1, 246),
    "most": Amount(2, 5, 5),
    "unsure": Amount(1, 129, 545),
    "least_open": Amount(1, 1, math.nan),
    "unsure_open": Amount(1, 22, math.nan),
}

SAID_BETWEEN = {"en": " missing"}
"""What a language says between number and range."""


def heading_of(amount, texts):
    answer = GapAnswer(Norm(5.0, None), amount, Amount(0, 0, 0), 0.0, 100.0, ("list",), 0, 3)
    return GapWords(answer, texts, form="CAL-DPS", way="").missing()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("amount", AMOUNTS.values(), ids=AMOUNTS)
def test_an_amount_is_worded_as_the_heading_words_it(amount, lang):
    texts = texts_of(lang)
    heading = heading_of(amount, texts).split(";")[0]
    to, why = texts.t("gap.to_target", norm="5"), texts.t("gap.why_list")
    without = heading.replace(f": {why}", "").replace(f" ({why})", "").replace(f" {to}", "")
    said = amount_words(amount, "places", texts)
    assert said in without.replace(SAID_BETWEEN.get(lang, ""), "")


def test_what_is_at_least_is_no_range_of_a_number():
    pl = texts_of("pl")
    assert amount_words(AMOUNTS["least"], "places", pl) == "co najmniej 1 miejsca (najwyżej 246)"
    assert amount_words(AMOUNTS["most"], "", pl) == "najwyżej 5 (co najmniej 2)"
    assert amount_words(AMOUNTS["unsure"], "", pl) == "co najmniej 1 (najwyżej 545)"


def test_what_may_be_nothing_is_not_said_to_be_missing_at_least():
    pl = texts_of("pl")
    assert amount_words(Amount(0, 0, 246), "places", pl) == "od 0 do 246 miejsc"
    assert amount_words(Amount(0, 5, 5), "places", pl) == "od 0 do 5 miejsc"
    assert amount_words(Amount(0, 0, math.nan), "places", pl) == "0 miejsc lub więcej"


def test_of_what_may_be_nothing_no_number_is_told_alone():
    """Under "it is not known whether any are missing" the effect of a scenario said "80 places (from 0 to 160)"."""
    answer = GapAnswer(Norm(5.0, None), Amount(0, 80, 160), Amount(0, 0, 0), 0.0, 100.0, ("list",), 0, 3)
    assert amount_words(answer.told_places, "places", texts_of("pl")) == "od 0 do 160 miejsc"


def test_of_mostly_unknown_people_no_estimate_is_told():
    """Of Poland 249 places were told, which are those of one voivodeship; most of the others have no complete list."""
    pl = texts_of("pl")
    amount = Amount(246, 249, 15_649)
    answer = GapAnswer(Norm(2.36, None), amount, Amount(0, 0, 0), 11.0, 100.0, ("list",), 0, 3)
    assert GapWords(answer, pl, form="DZI-KLS", way="").missing() == (
        "do celu 2,36 na 1000 brakuje co najmniej 246 miejsc (najwyżej 15\xa0649: niepełne listy); "
        "nasz szacunek, bez części osób: 249"
    )
    assert amount_words(answer.told_places, "places", pl) == "co najmniej 246 miejsc (najwyżej 15\xa0649)"
    # However few are left out: +300 club places turned "at least 1,085" into "1,326 are missing", of fewer people.
    for persons in (10.0, 1.0):
        few = replace(answer, no_data_persons=persons)
        assert (
            GapWords(few, pl, form="DZI-KLS", way="").missing()
            == GapWords(answer, pl, form="DZI-KLS", way="").missing()
        )
        assert few.told_places == Amount(246, 246, 15_649)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_estimate_of_fewer_people_than_are_unknown_is_not_told_of_all(lang):
    """Of Poland: "our estimate… 190", which is of 650,056 people of 7,837,678."""
    texts, amount = texts_of(lang), Amount(172, 190, 15_541)
    answer = GapAnswer(Norm(2.13, None), amount, Amount(0, 0, 0), 49.0, 100.0, ("list",), 0, 3)
    told = GapWords(answer, texts, form="DZI-KLS", way="")
    assert "190" in told.missing()
    assert told.names_estimate
    few = GapWords(replace(answer, no_data_persons=50.0), texts, form="DZI-KLS", way="")
    least = replace(answer, missing_places=replace(amount, estimate=172), no_data_persons=0.0)
    assert few.missing() == GapWords(least, texts, form="DZI-KLS", way="").missing()
    assert "190" not in few.missing()
    assert not few.names_estimate
    perhaps = replace(answer, missing_places=Amount(0, 190, 15_541), no_data_persons=50.0)
    assert "190" not in GapWords(perhaps, texts, form="DZI-KLS", way="").missing()


@pytest.mark.parametrize(
    ("amount", "unknown", "is_named"),
    [
        (Amount(1, 1, 206), 7.0, False),
        (Amount(5, 5, 5), 0.0, False),
        (Amount(1, 129, 545), 7.0, True),
        (Amount(1, 129, 545), 11.0, True),
        (Amount(0, 12, 545), 7.0, True),
        (Amount(0, 0, 545), 7.0, False),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_estimate_is_named_where_the_sentence_says_so(amount, unknown, is_named, lang):
    texts = texts_of(lang)
    answer = GapAnswer(Norm(5.0, None), amount, Amount(0, 0, 0), unknown, 100.0, ("list",), 0, 3)
    words = GapWords(answer, texts, form="CAL-DPS", way="")
    assert words.names_estimate is is_named
    assert (known_words((answer,), texts) in words.missing()) is is_named


def test_where_nothing_is_listed_it_is_said_what_the_most_is():
    """Of 2019, before any list: "as many as 3,252 may be (incomplete lists)", which is what all people would need."""
    amount = Amount(0, 0, 3_252)
    answer = GapAnswer(Norm(5.0, None), amount, Amount(0, 0, 0), 100.0, 100.0, ("no_list",), 0, 3)
    said = GapWords(answer, texts_of("pl"), form="CAL-DPS", way="").missing().replace("\xa0", " ")
    assert said == (
        "nie wiadomo, czy do celu 5 na 1000 brakuje miejsc: nie mamy żadnej listy z tego obszaru; gdyby nie było tu "
        "żadnej placówki, brakowałoby 3 252"
    )
    # The table under it, whose rows have a most each, adds up to the same.
    assert answer.told_places.most == amount.most


def test_an_estimate_that_counts_on_places_of_others_stands_apart():
    """Mazowieckie: 165 places were told as the middle of 12 and 1,179; they are the best of three worlds for homes."""
    amount = Amount(12, 165, 1_179)
    answer = GapAnswer(Norm(5.0, None), amount, Amount(0, 0, 0), 9.0, 100.0, ("list", "profile"), 0, 3)
    said = GapWords(answer, texts_of("pl"), form="CAL-DPS", way="").missing().replace("\xa0", " ")
    assert said == (
        "do celu 5 na 1000 brakuje co najmniej 12 miejsc (najwyżej 1 179: niepełne listy, część miejsc może być dla "
        "innych osób); nasz szacunek, bez części osób i ze wszystkimi miejscami, które mogą być też "
        "dla innych osób: 165"
    )
    # Where nothing else is unsure it is the least, and no estimate.
    least = replace(answer, missing_places=Amount(165, 165, 1_179), reasons=("profile",))
    assert not least.missing_places.is_estimate_apart


def test_an_estimate_of_everybody_leaves_nobody_out():
    """Warszawa: "without some people" stood beside "no data: 0 people"."""
    pl, nothing = texts_of("pl"), Amount(0, 0, 0)
    answer = GapAnswer(Norm(5.0, None), AMOUNTS["unsure"], nothing, 0.0, 100.0, ("size", "list"), 0, 3)
    assert known_words((answer,), pl) == "nasz szacunek"
    with_town = replace(answer, reasons=("list", "town"))
    assert known_words((with_town,), pl) == "nasz szacunek, z placówkami tam, gdzie je rysujemy"
    below = GapWords(with_town, pl, form="CAL-DPS", way="").rest()
    assert "Nasz szacunek, z placówkami tam, gdzie je rysujemy: 129" in below
    assert "Nasz szacunek: 129" in GapWords(answer, pl, form="CAL-DPS", way="").rest()


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        (("list",), "nasz szacunek, bez części osób"),
        (("town",), "nasz szacunek, z placówkami tam, gdzie je rysujemy"),
        (("profile",), "nasz szacunek, ze wszystkimi miejscami, które mogą być też dla innych osób"),
        (
            ("size", "town"),
            "nasz szacunek, bez części osób i z placówkami tam, gdzie je rysujemy",
        ),
        (
            ("list", "town", "profile"),
            (
                "nasz szacunek, bez części osób, ze wszystkimi miejscami, które mogą być też dla "
                "innych osób i z placówkami tam, gdzie je rysujemy"
            ),
        ),
    ],
)
def test_an_estimate_says_what_it_is_counted_by(reasons, said):
    left_out = 10.0 if {"list", "size"} & set(reasons) else 0.0
    answer = GapAnswer(Norm(5.0, None), AMOUNTS["unsure"], Amount(0, 0, 0), left_out, 100.0, reasons, 0, 3)
    assert known_words((answer,), texts_of("pl")) == said


def test_less_than_a_place_is_not_none():
    none = GapAnswer(Norm(5.0, None), Amount(0, 0, 0), Amount(0, 0, 0), 0.0, 100.0, (), 0, 3)
    words = [
        GapWords(answer, texts_of("pl"), form="CAL-DPS", way="").missing()
        for answer in (none, replace(none, is_below_one=True))
    ]
    assert words == ["do celu 5 na 1000 nie brakuje miejsc", "do celu 5 na 1000 brakuje miejsc: mniej niż 1"]


@pytest.mark.parametrize(
    ("lang", "least", "exact"),
    [
        ("pl", "co najmniej części miejsca", "brakuje mniej niż 1 miejsca (w tabeli: 1)"),
        ("uk", "щонайменше частини місця", "бракує менше ніж 1 місця (у таблиці: 1)"),
        ("en", "at least a part of a place", "less than 1 place (1 in the table) missing"),
    ],
)
def test_less_than_a_place_is_no_place(lang, least, exact):
    """0.07 of a place was "1 is missing", and 0.53 "at least 1"."""
    texts = texts_of(lang)
    answer = GapAnswer(Norm(5.0, None), Amount(1, 1, 206), Amount(0, 0, 0), 0.0, 100.0, ("list",), 0, 3)
    part = replace(answer, is_least_a_part=True, is_estimate_a_part=True)
    assert least in GapWords(part, texts, form="CAL-DPS", way="").missing()
    assert least not in GapWords(answer, texts, form="CAL-DPS", way="").missing()
    alone = replace(part, missing_places=Amount(1, 1, 1))
    assert exact in GapWords(alone, texts, form="CAL-DPS", way="").missing()
    assert amount_words(alone.missing_places, "", texts, answer=alone) == texts.t("below_one")
    # Of more than one place nothing changes.
    more = replace(part, missing_places=Amount(5, 5, 206), is_least_a_part=False)
    assert "5" in GapWords(more, texts, form="CAL-DPS", way="").missing()


def test_a_heading_leaves_reasons_and_people_to_the_line_below():
    answer = GapAnswer(Norm(5.0, None), AMOUNTS["unsure"], Amount(9, 9, 12), 0.0, 100.0, ("list",), 1, 3)
    words = GapWords(answer, texts_of("pl"), form="CAL-DPS", way="w odległości do 5 km")
    assert words.heading() == "do celu 5 na 1000 brakuje co najmniej 1 miejsca (najwyżej 545)"
    assert words.rest() == (
        "Liczymy tylko gminy, w których znamy liczbę osób (2 z 3). Dlaczego nie wiemy dokładnie: niepełne listy. "
        "Nasz szacunek, bez części osób: 129. "
        "Mieszka tu co najmniej 9 osób, które nie mają placówki w odległości do 5 km"
    )
