"""When a closed door opens next: told where the hours tell it, and not promised on a day of which they are silent."""

import datetime as dt

import pytest

from data.opening_hours import POLISH_TIME, OpeningHoursError, is_open, opens_next


def at(*parts):
    return dt.datetime(*parts, tzinfo=POLISH_TIME)


MONDAY_EVENING = at(2026, 11, 30, 17)
EVE_OF_CHRISTMAS_EVE = at(2026, 12, 23, 17)


@pytest.mark.parametrize(
    ("hours", "asked_at", "opens_at"),
    [
        ("Mo-Fr 08:00-16:00", MONDAY_EVENING, at(2026, 12, 1, 8)),
        ("We 08:00+", MONDAY_EVENING, at(2026, 12, 2, 8)),
        ("18:00-08:00", MONDAY_EVENING, at(2026, 11, 30, 18)),
        ("Mo-Fr 08:00-16:00; PH off", EVE_OF_CHRISTMAS_EVE, at(2026, 12, 28, 8)),
        # Nobody knows whether it opens on the holiday, nor so which opening is the next.
        ("Mo-Fr 08:00-16:00", EVE_OF_CHRISTMAS_EVE, None),
        ("Jun 08:00-16:00", MONDAY_EVENING, None),
        ("24/7", MONDAY_EVENING, None),
        ("Mo-Fr unknown", MONDAY_EVENING, None),
    ],
)
def test_next_opening(hours, asked_at, opens_at):
    assert opens_next(hours, asked_at) == opens_at
    if opens_at is not None:
        assert not is_open(hours, opens_at - dt.timedelta(minutes=1))


def test_of_a_place_that_never_closes_a_holiday_is_a_day_like_others():
    hours = "Mo-Fr 08:00-16:00"
    assert opens_next(hours, EVE_OF_CHRISTMAS_EVE, is_round_the_clock=True) == at(2026, 12, 24, 8)


def test_what_is_no_hours_is_refused():
    with pytest.raises(OpeningHoursError):
        opens_next("whenever", MONDAY_EVENING)
