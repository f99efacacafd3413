"""Schedules of others become hours; what they do not say plainly stays words."""

import pytest

from data.hsds.hours import read_hours, schedule_rows
from data.hsds.tables import HsdsRow

WEEKDAYS = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "08:00", "closes_at": "16:00"}


def _rows(*schedules):
    return [
        HsdsRow("schedule", f"schedules.csv!{number}", {"id": str(number)} | fields)
        for number, fields in enumerate(schedules, start=2)
    ]


@pytest.mark.parametrize(
    ("schedules", "hours", "words"),
    [
        ([], None, None),
        ([WEEKDAYS], "Mo,Tu 08:00-16:00", None),
        ([WEEKDAYS | {"description": "w święta zamknięte"}], "Mo,Tu 08:00-16:00", "w święta zamknięte"),
        ([WEEKDAYS | {"timezone": 2, "description": "rano"}], None, "rano"),
        (
            [{"description": "Mo-Fr 10:00-12:00", "notes": "przed południem"}],
            "Mo-Fr 10:00-12:00",
            "przed południem",
        ),
        ([{"notes": "proszę dzwonić"}], None, "proszę dzwonić"),
        ([{"description": "rano"}, {"description": "wieczorem"}], None, "rano\nwieczorem"),
    ],
)
def test_hours_and_words_are_read(schedules, hours, words):
    assert read_hours(_rows(*schedules)) == (hours, words)


def test_fields_that_made_the_hours_count_as_kept():
    (row,) = rows = _rows(WEEKDAYS | {"description": "rano", "attending_type": "osobiście"})
    read_hours(rows)
    assert row.fields.keys() - row.taken == {"id", "attending_type"}


@pytest.mark.parametrize(
    ("hours", "words", "rows"),
    [
        (None, None, []),
        ("Sa 10:00-12:00", "w soboty", [("SA", "10:00", "12:00", "Sa 10:00-12:00", "w soboty")]),
        ("Mo-Fr 08:00-16:00; PH off", None, [(None, None, None, "Mo-Fr 08:00-16:00; PH off", None)]),
        (None, "w soboty", [(None, None, None, None, "w soboty")]),
    ],
)
def test_hours_are_written_for_machines_where_hsds_can_say_them(hours, words, rows):
    names = ("byday", "opens_at", "closes_at", "description", "notes")
    assert [tuple(row.get(name) for name in names) for row in schedule_rows(hours, words)] == rows
