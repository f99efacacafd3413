"""
Public holidays of Poland, and hours that do not say what they mean on one.

"Mo-Fr 08:00-16:00" says nothing of a holiday that falls on a Thursday: the door may be open or not, so nobody is told
that it is. Hours that name PH say what they say; hours without weekdays ("Oct-Mar 18:00-08:00"), of the whole week
round the clock and of every night are about every day there is.
"""

import datetime as dt
import re
from functools import lru_cache

from opening_hours import OpeningHours

from data.opening_hours.parse import parse_rules
from data.opening_hours.rules import DAY_MIN, DAYS, HOLIDAY, WHOLE_DAY, Rule

_DAY = dt.timedelta(days=1)
_QUOTED = re.compile(r'"[^"]*"')
_NAMES_HOLIDAYS = re.compile(rf"\b{HOLIDAY}\b")
_NAMES_WEEKDAYS = re.compile(rf"\b(?:{'|'.join(DAYS)})\b")


@lru_cache(maxsize=4096)
def is_public_holiday(day: dt.date) -> bool:
    """Tell whether the law of that year makes the day free; 24 December is since 2025."""
    return bool(_public_holidays().is_open(dt.datetime.combine(day, dt.time(12))))


def hangs_on_holiday(plain: str, local: dt.datetime) -> bool:
    """
    Return whether a door at an instant hangs on a public holiday of which its hours say nothing.

    Parameters
    ----------
    plain
        Hours as `data.opening_hours.check` returns them.
    local
        Polish time. A night belongs to the day on which it begins: one that begins on the eve of a holiday is told, one
        that begins on the holiday is not, in the morning after it either.
    """
    if not is_public_holiday(local.date()) and not is_public_holiday(local.date() - _DAY):
        return False
    rules = parse_rules(plain)
    if rules is None:
        return _hangs_beyond_rules(plain, local)
    named = [number for number, rule in enumerate(rules) if HOLIDAY in rule.days]
    if named and not _is_overruled(rules[named[-1] :], local.date()):
        return False
    today, eve = local.date(), local.date() - _DAY
    minute = local.hour * 60 + local.minute
    own = _rules_of(rules, today)
    night = [_is_untold(rule, eve) for rule in _rules_of(rules, eve) if _covers(rule, minute + DAY_MIN)]
    is_told = any(_covers(rule, minute) and not _is_untold(rule, today) for rule in own)
    return not is_told and all(night) and (bool(night) or any(_is_untold(rule, today) for rule in own))


def _is_overruled(rules: tuple[Rule, ...], day: dt.date) -> bool:
    """
    Return whether a later rule of weekdays opens what the first rule closes on holidays ("PH off; Mo-Fr 8:00-16:00").

    The form lets the later rule win; who wrote it meant the contrary, so nobody is told that the door is open.
    """
    closed, *later = rules
    return closed.state == "off" and any(
        DAYS[day.weekday()] in rule.days and rule.state != "off" for rule in later
    )


def _rules_of(rules: tuple[Rule, ...], day: dt.date) -> list[Rule]:
    """Return the rules that hold on a day: one after ";" replaces those before it."""
    holding: list[Rule] = []
    for rule in rules:
        is_of_dates = not rule.dates or any(
            first <= day.toordinal() <= last for dates in rule.dates for first, last in dates.stretches()
        )
        if is_of_dates and (not rule.days or DAYS[day.weekday()] in rule.days):
            holding = [*holding, rule] if rule.is_added else [rule]
    return holding


def _is_untold(rule: Rule, day: dt.date) -> bool:
    """Tell whether a rule would have hours on a public holiday only because of the weekday on which it falls."""
    return is_public_holiday(day) and rule.state != "off" and bool(rule.days) and not _is_of_every_day(rule)


def _is_of_every_day(rule: Rule) -> bool:
    """Tell whether a rule of the whole week never closes, or is of every night ("codziennie 18–8")."""
    return set(rule.days) == set(DAYS) and (rule.spans == WHOLE_DAY or _is_of_nights(rule))


def _is_of_nights(rule: Rule) -> bool:
    return bool(rule.spans) and all(closes is not None and closes > DAY_MIN for _, closes in rule.spans)


def _covers(rule: Rule, minute: int) -> bool:
    return rule.state != "off" and any(
        opens <= minute and (closes is None or minute < closes) for opens, closes in rule.spans
    )


def _hangs_beyond_rules(plain: str, local: dt.datetime) -> bool:
    """Say it of hours that hold more than everyday rules: then the whole holiday and its night hang on it."""
    words = _QUOTED.sub("", plain)
    if _NAMES_HOLIDAYS.search(words) or not _NAMES_WEEKDAYS.search(words):
        return False
    if is_public_holiday(local.date()):
        return True
    hours = OpeningHours(plain, country="PL", max_interval_days=366)
    midnight = dt.datetime.combine(local.date(), dt.time())
    _, until, _, _ = next(hours.intervals(midnight))
    return bool(hours.is_open(midnight)) and (until is None or until > local)


@lru_cache(maxsize=1)
def _public_holidays() -> OpeningHours:
    return OpeningHours(HOLIDAY, country="PL")
