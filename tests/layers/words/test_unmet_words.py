"""What readers did not find is told to planners by area, of the group of the view alone."""

from datetime import date

import pandas as pd
import pytest

from layers.text import texts_of
from layers.words.unmet_words import unmet_head, unmet_lines

DAYS = {"first_on": date(2026, 3, 1), "last_on": date(2026, 11, 30)}
NEEDS = pd.DataFrame(
    [
        {"area_code": "120001", "need_group": "homeless", "reports": 7, "forms": {"BEZ-NOC": 5}, **DAYS},
        {"area_code": "120002", "need_group": "homeless", "reports": 5, "forms": {}, **DAYS},
        {"area_code": "120001", "need_group": "older", "reports": 22, "forms": {}, **DAYS},
        {"area_code": "240001", "need_group": "homeless", "reports": 9, "forms": {}, **DAYS},
    ]
)
NAMES = {"120001": "Pierwsza", "120002": "Druga"}


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "pl",
            [
                "Pierwsza: 7 zgłoszeń, od 1 marca 2026 do 30 listopada 2026 (w tym noclegownia: 5)",
                "Druga: 5 zgłoszeń, od 1 marca 2026 do 30 listopada 2026",
            ],
        ),
        (
            "en",
            [
                "Pierwsza: 7 reports, from 1 March 2026 to 30 November 2026 (of them night shelter: 5)",
                "Druga: 5 reports, from 1 March 2026 to 30 November 2026",
            ],
        ),
    ],
)
def test_areas_of_the_view_and_its_group_alone(lang, lines):
    assert unmet_lines(NEEDS, NAMES, "homeless", texts_of(lang)) == lines


def test_nothing_is_said_where_nothing_was_reported():
    assert unmet_lines(NEEDS[:0], NAMES, "homeless", texts_of("uk")) == []
    assert "osoby starsze" in unmet_head("older", texts_of("pl"))
