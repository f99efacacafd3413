"""Lists of a printed card."""

import math
from datetime import date

import pytest

from layers.answers.measures.stated_days import StatedDay
from layers.export.sheet_lists import facility_cells
from layers.text import texts_of
from layers.words.area_facts import FacilityFact


def cells(lang, *, places, of):
    fact = FacilityFact(
        facility_id=1,
        name="Warsztat",
        capacity_places=places,
        dated_on=date(2023, 9, 19),
        dated_precision="day",
        origin="register",
        verified_on=None,
        gmina_name="",
        is_for_others=False,
        places_of=of,
    )
    return facility_cells(fact, 20, texts_of(lang))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("pl", "35 (inna lista: 2011-06)"),
        ("uk", "35 (інший список: 2011-06)"),
        ("en", "35 (another list: 2011-06)"),
    ],
)
def test_the_day_of_places_of_another_list_says_whose_it_is(lang, said):
    assert cells(lang, places=35.0, of=(StatedDay(date(2011, 6, 30), "month"),))[1:3] == [said, "2023-09-19"]


def test_places_of_another_list_without_a_day_say_so():
    assert cells("pl", places=35.0, of=(None,))[1] == "35 (inna lista: bez daty)"


def test_places_that_nobody_states_are_of_no_list():
    assert cells("pl", places=math.nan, of=(None,))[1] == "brak danych"
