"""Who may come to a place: what its numbers, name, hours and conditions of intake say, and nothing more."""

import pytest

from layers.answers.resident_filters import answer

HOURS = "mężczyźni: wt–śr 8:30–13:30; kobiety: czw 8:30–13:30"


@pytest.mark.parametrize(
    ("name", "women", "men", "families", "couples"),
    [
        ("Schronisko (kobiety i kobiety z dziećmi)", True, False, True, False),
        ("Schronisko „Prometeusz” (kobiety, rodzic z dziećmi)", True, False, True, False),
        ("Schronisko dla bezdomnych kobiet oraz rodzin", True, False, True, False),
        ("Schronisko dla Bezdomnych Kobiet", True, False, None, False),
        ("Noclegownia męska", False, True, False, False),
        ("Ogrzewalnia przy Domu dla Bezdomnych Mężczyzn", None, True, None, None),
        ("Noclegownia – Miejski Ośrodek Pomocy Rodzinie", None, None, None, None),
        ("Noclegownia Towarzystwa Przyjaciół Dzieci", None, None, None, None),
        ("Schronisko dla par i kobiet", True, False, None, True),
    ],
)
def test_a_name_says_for_whom_a_place_is(name, women, men, families, couples):
    row = {"facility_name": name}
    said = [answer(row, code) for code in ("women", "men", "families", "couples")]
    assert said == [women, men, families, couples]


def test_hours_of_their_own_are_an_answer_whatever_the_name_says():
    row = {"facility_name": "Przytulisko dla bezdomnych mężczyzn – łaźnia", "opening_hours_text": HOURS}
    assert [answer(row, code) for code in ("women", "men")] == [True, True]
    assert answer(row, "families") is None


@pytest.mark.parametrize(
    ("intake", "no_referral", "sober"),
    [
        ("bez warunków wstępnych", True, True),
        ("na skierowanie", False, None),
        ("wymagana trzeźwość", None, False),
        ("na skierowanie; wymagana trzeźwość", False, False),
        ("bez warunków wstępnych; na skierowanie", None, True),
        ("Skierowanie nie jest potrzebne", True, None),
        ("Zadzwoń, powiemy o skierowaniu", None, None),
        (None, None, None),
    ],
)
def test_filters_of_intake_read_what_the_card_says(intake, no_referral, sober):
    row = {"facility_name": "Schronisko", "intake_text": intake}
    assert (answer(row, "no_referral"), answer(row, "sober")) == (no_referral, sober)
