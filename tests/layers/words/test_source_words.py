"""A day is told as what it is: a check, the day of a list or register, or an election."""

from datetime import date

import pytest

from layers.text import Texts
from layers.words.source_words import capital, day_words

ELECTION, DAY = date(2019, 5, 26), date(2026, 6, 30)


def record(origin, *, dated_on=DAY, verified_on=None, dated_precision="day"):
    return {
        "origin": origin,
        "dated_on": dated_on,
        "verified_on": verified_on,
        "dated_precision": dated_precision,
    }


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("pl", "adres lokalu wyborczego z 2019 r., niepotwierdzony"),
        ("uk", "адреса виборчої дільниці 2019 р., не підтверджена"),
        ("en", "address of a polling station of 2019, not confirmed"),
    ],
)
def test_election_day_is_no_check(lang, said):
    assert day_words(record("polling_station", dated_on=ELECTION), Texts(lang)) == said


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (record("register"), "data rejestru: 30 czerwca 2026"),
        (record("list"), "data wykazu: 30 czerwca 2026"),
        (record("list", dated_precision="year"), "data wykazu: 2026"),
        (record("list", verified_on=DAY), "sprawdzono: 30 czerwca 2026"),
        (record("list", dated_on=None), "bez daty"),
        (record("polling_station", dated_on=None), "adres lokalu wyborczego, niepotwierdzony"),
    ],
)
def test_checked_is_said_only_where_somebody_did(of, said):
    assert day_words(of, Texts("pl")) == said


def test_a_line_begins_with_a_capital():
    assert capital("data wykazu") == "Data wykazu"
    assert capital("") == ""
