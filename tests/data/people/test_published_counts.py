"""The newest figure of each area, with its own day."""

from datetime import date

import pandas as pd

from data.people.published_counts import BASES, newest_counts
from tests.data.people.test_people import counts_of


def newest(*rows):
    told = newest_counts(counts_of(*rows), BASES["homeless"])
    return {code: (row.persons, row.counted_on) for code, row in told.iterrows()}


def test_each_area_has_the_newest_of_its_own():
    assert newest(
        ("12", 1893, "2019-02-14"),
        ("12", 2093, "2024-02-29"),
        ("08", 812, "2019-02-14"),
        ("00", 30330, "2019-02-14"),
    ) == {
        "00": (30330, date(2019, 2, 14)),
        "08": (812, date(2019, 2, 14)),
        "12": (2093, date(2024, 2, 29)),
    }


def test_a_day_known_by_its_month_or_not_at_all_is_no_day():
    assert newest(("18", 1060, "2013-02"), ("28", 1071, None), ("28", 1424, "2015-01-22")) == {
        "28": (1424, date(2015, 1, 22))
    }


def test_of_two_different_figures_of_a_day_neither_counts():
    assert newest(("12", 5, "2024-02-29"), ("12", 6, "2024-02-29"), ("12", 4, "2019-02-14")) == {
        "12": (4, date(2019, 2, 14))
    }
    assert newest(("12", 5, "2024-02-29"), ("12", 5, "2024-02-29")) == {"12": (5, date(2024, 2, 29))}


def test_without_counts_there_is_nothing():
    assert isinstance(newest_counts(counts_of(), BASES["homeless"]), pd.DataFrame)
    assert newest() == {}
