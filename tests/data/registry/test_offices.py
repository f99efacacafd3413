"""Whom to call: the office of a gmina, of a land powiat, and of a city that is both."""

from datetime import date
from types import SimpleNamespace

import pandas as pd

from data.registry.offices import office_of, offices_of
from data.registry.registry import OFFICE_COLUMNS
from data.registry.told_together import ToldTogether
from layers.text import texts_of
from layers.words.office_words import office_lines

ROWS = [
    (
        "1206",
        "Starostwo Powiatowe",
        "al. Nowa 20, 30-037 Kraków",
        "12 634 42 66",
        None,
        date(2023, 9, 1),
        "o",
    ),
    ("120616", "Urząd Gminy", "Zabierzów 1, 32-080 Zabierzów", None, None, date(2023, 9, 1), "o"),
    ("126101", "Urząd Miasta Krakowa", "pl. 3/4, 31-004 Kraków", "12 616 12 00", None, None, "o"),
]
REGISTRY = SimpleNamespace(together=ToldTogether(), offices=pd.DataFrame(ROWS, columns=OFFICE_COLUMNS))


def test_a_city_with_powiat_rights_has_the_office_of_its_gmina():
    assert office_of(REGISTRY, "1206").name == "Starostwo Powiatowe"
    assert office_of(REGISTRY, "1261").name == office_of(REGISTRY, "126101").name == "Urząd Miasta Krakowa"
    assert office_of(REGISTRY, "12") is None
    assert office_of(REGISTRY, "120101") is None


def test_where_a_gmina_has_no_telephone_the_powiat_is_called():
    assert office_of(REGISTRY, "120616").name == "Starostwo Powiatowe"
    alone = SimpleNamespace(
        together=ToldTogether(), offices=REGISTRY.offices[REGISTRY.offices["area_code"] == "120616"]
    )
    assert office_of(alone, "120616").phone is None


def test_the_sentence_says_that_it_is_no_social_assistance_centre():
    (line,) = office_lines(offices_of(REGISTRY, "1206"), texts_of("pl"))
    assert line == (
        "Gdzie zapytać: Starostwo Powiatowe, al. Nowa 20, 30-037 Kraków, tel. 12 634 42 66. "
        "To urząd, a nie ośrodek pomocy społecznej."
    )
    assert "not a social assistance centre" in office_lines(offices_of(REGISTRY, "1206"), texts_of("en"))[0]
    alone = SimpleNamespace(
        together=ToldTogether(), offices=REGISTRY.offices[REGISTRY.offices["area_code"] == "120616"]
    )
    assert "tel." not in office_lines(offices_of(alone, "120616"), texts_of("pl"))[0]
    assert office_lines(offices_of(REGISTRY, "120101"), texts_of("uk")) == []
