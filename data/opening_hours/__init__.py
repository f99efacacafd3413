"""
Hours in the form of OpenStreetMap's `opening_hours`: checked, asked whether a door is open, said in words.

The library behind it knows the public holidays of Poland. Where hours hang on what we do not know (school
holidays, the sun, an open end, a condition in a comment, a public holiday of which they say nothing) nobody is told
that a door is open.
"""

import datetime as dt
import re
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # its stubs forget the error

from data.opening_hours.holidays import hangs_on_holiday, is_public_holiday
from data.opening_hours.polish import from_polish
from data.opening_hours.schedules import from_schedules, to_schedules
from data.opening_hours.words import say
from geo.errors import SupportMapError

__all__ = [
    "OpeningHoursError",
    "check",
    "from_polish",
    "from_schedules",
    "is_holiday_untold",
    "is_open",
    "is_public_holiday",
    "opens_next",
    "say",
    "to_schedules",
]

POLISH_TIME = ZoneInfo("Europe/Warsaw")
LONGEST_TEXT = 1000

_QUOTED = re.compile(r'"[^"]*"')
_NOT_KNOWN = re.compile(r"\bSH\b|sunrise|sunset|dawn|dusk", re.IGNORECASE)
_MOST_DAYS_AHEAD = 14
_OPEN_END = re.compile(r"\d\+")
_TO_THE_LAST_MINUTE = re.compile(r"\b0?0:00-23:59\b")
"""The whole day in forms that know no 24:00; for the library the door would be closed for a minute."""


class OpeningHoursError(SupportMapError, ValueError):
    """A text is not in the form of OpenStreetMap's `opening_hours`."""


def check(text: str) -> str:
    """
    Return the text in one line.

    Raises
    ------
    OpeningHoursError
        If it is not in the form of `opening_hours`; names the text and the place where it goes wrong.
    """
    plain = " ".join(text.split())
    problem = _problem(plain)
    if problem:
        shown = plain if len(plain) <= 100 else f"{plain[:100]}…"
        message = (
            f"expected hours in the form of OpenStreetMap's opening_hours, for example "
            f'"Mo-Fr 08:00-16:00; PH off", found {shown!r} ({problem}). Correct the hours or leave them empty.'
        )
        raise OpeningHoursError(message, value=text)
    return plain


def is_open(opening_hours: str, at: dt.datetime, *, is_round_the_clock: bool = False) -> bool | None:
    """
    Return whether a door is open at an instant, or None when the hours do not tell.

    Parameters
    ----------
    opening_hours
        In the form that `check` accepts.
    at
        Without a time zone it is Polish time.
    is_round_the_clock
        Of a place that never closes: its hours hold on public holidays too, also when they say nothing of them.

    Raises
    ------
    OpeningHoursError
        If the hours are not in that form.
    """
    plain, local = check(opening_hours), _polish(at)
    known = _QUOTED.sub("", plain)
    if _NOT_KNOWN.search(known) or (not is_round_the_clock and hangs_on_holiday(plain, local)):
        return None
    hours = _parsed(plain)
    if hours.is_unknown(local):
        return None
    if hours.is_closed(local):
        return False
    _, _, _, comment = next(hours.intervals(local))
    return None if comment or _OPEN_END.search(known) else True


def is_holiday_untold(opening_hours: str, at: dt.datetime) -> bool:
    """
    Return whether the answer of `is_open` is missing because of a public holiday of which the hours say nothing.

    Raises
    ------
    OpeningHoursError
        If the hours are not in the form that `check` accepts.
    """
    return hangs_on_holiday(check(opening_hours), _polish(at))


def opens_next(
    opening_hours: str, at: dt.datetime, *, is_round_the_clock: bool = False
) -> dt.datetime | None:
    """
    Return when a closed door opens next, or None when the hours do not tell or not within a fortnight.

    Parameters are those of `is_open`. A holiday of which the hours say nothing ends what can be told: behind it nobody
    knows which opening is the next.

    Returns
    -------
    opens_at
        Polish time, later than `at`.

    Raises
    ------
    OpeningHoursError
        If the hours are not in the form that `check` accepts.
    """
    plain, local = check(opening_hours), _polish(at)
    if _NOT_KNOWN.search(_QUOTED.sub("", plain)):
        return None
    until = local + dt.timedelta(days=_MOST_DAYS_AHEAD)
    for begins_at, _, state, comment in _parsed(plain).intervals(local, until):
        if state == State.UNKNOWN or comment:
            return None
        if state == State.OPEN and begins_at > local:
            is_untold = not is_round_the_clock and hangs_on_holiday(plain, begins_at)
            return None if is_untold else begins_at.replace(tzinfo=POLISH_TIME)
    return None


def _polish(at: dt.datetime) -> dt.datetime:
    return at.astimezone(POLISH_TIME).replace(tzinfo=None) if at.tzinfo else at


@lru_cache(maxsize=4096)
def _problem(plain: str) -> str:
    """Return what is wrong with the text; nothing when it is right."""
    if not plain:
        return "it is empty"
    if len(plain) > LONGEST_TEXT:
        return f"it is longer than {LONGEST_TEXT} characters"
    try:
        _parsed(plain)
    except ParserError as error:
        place = re.search(r"-->\s*1:(\d+)", str(error))
        return f"not understood from character {place[1]} on" if place else "not understood"
    return ""


@lru_cache(maxsize=4096)
def _parsed(plain: str) -> OpeningHours:
    whole = _TO_THE_LAST_MINUTE.sub("00:00-24:00", plain)
    return OpeningHours(whole, country="PL", max_interval_days=366)
