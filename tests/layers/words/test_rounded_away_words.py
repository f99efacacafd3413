"""Why a card tells no share of what is missing: the numbers are those of real cards of November 2026."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from data.vocabulary.languages import LANGUAGES
from layers.text import texts_of
from layers.words.rounded_away_words import of_later_years, of_triad, rounded_away_line

CODE = "1213"


def table(*, missing, most, share, over=489.0, out=0.0):
    row = {
        "missing_places": missing,
        "least_missing_places": 0.0,
        "most_missing_places": most,
        "gap_share": share,
        "over_capacity_persons": over,
        "out_of_reach_persons": out,
    }
    return SimpleNamespace(rows=pd.DataFrame([row], index=[CODE]))


TODAY = table(missing=1.0, most=15.0, share=0.0105, over=337.0)
IN_2030 = table(missing=0.0, most=16.0, share=np.nan)
IN_2035 = table(missing=1.0, most=17.0, share=0.017, over=583.0)


def figure(of, column):
    return SimpleNamespace(table=of, column=column)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_year_that_tells_none_between_two_that_tell_one_has_its_reason(lang):
    """1,0 %, no data and 1,7 % stood in one row; 489 people lacked a place in 2030, and 337 today."""
    texts = texts_of(lang)
    years = [
        SimpleNamespace(figures=(figure(of, "gap_share"), figure(of, "missing_places")))
        for of in (IN_2030, IN_2035)
    ]
    facts = SimpleNamespace(forecast=years, code=CODE, triad=SimpleNamespace(gap=figure(TODAY, "gap_share")))
    assert of_later_years(facts, texts) == texts.t("rounded_away.line")
    assert of_triad(facts, texts) == ""
    told = SimpleNamespace(forecast=years[1:], code=CODE, triad=None)
    assert (of_later_years(told, texts), of_triad(told, texts)) == ("", "")


def test_people_without_a_place_beside_an_unknown_number_have_their_reason():
    """Powiat pułtuski: 5 people for whom places do not suffice, 0.02 of a place, and "we do not know how many"."""
    facts = SimpleNamespace(
        code=CODE, triad=SimpleNamespace(gap=figure(table(missing=0.0, most=5.0, share=np.nan, over=5.0), ""))
    )
    assert of_triad(facts, texts_of("pl")).startswith("Gdzie szacunek liczby brakujących miejsc")


@pytest.mark.parametrize(
    "other",
    [
        table(missing=0.0, most=0.0, share=0.0, over=0.0),  # nothing is missing
        table(missing=0.0, most=5.0, share=np.nan, over=0.0),  # nobody is told to lack a place
        table(missing=np.nan, most=np.nan, share=np.nan, over=np.nan, out=np.nan),  # no norm
    ],
)
def test_elsewhere_there_is_nothing_to_explain(other):
    assert rounded_away_line([other], CODE, texts_of("pl")) == ""
