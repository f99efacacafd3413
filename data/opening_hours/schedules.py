"""
Hours as schedules of HSDS 3.1 and back: weekly hours, with a first and a last day of validity or without.

HSDS cannot say a season of every year, public holidays, an open end or that hours are not known; such hours are not
turned into schedules, and their words belong in `description`. Times are local, without an offset: Poland's changes
twice a year. `closes_at` at or before `opens_at` is on the next day, so a whole day is from 00:00 to 00:00.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from data.opening_hours.parse import parse_rules
from data.opening_hours.rules import (
    DAY_MIN,
    DAYS,
    HOLIDAY,
    Dates,
    DayOfYear,
    Span,
    Week,
    last_of_month,
    resolve,
    rules_of_week,
    span_between,
    write_rules,
)

_OTHER_DAYS = ("until", "count", "byweekno", "bymonthday", "byyearday", "timezone")
"""Columns that change which days or hours are meant."""
_TIME = re.compile(r"(\d{2}):(\d{2})(?::00)?")


def to_schedules(opening_hours: str) -> list[dict[str, str]] | None:
    """
    Return schedules that say the same, or None when HSDS cannot say it.

    Returns
    -------
    schedules
        `freq`, `byday`, `opens_at`, `closes_at`, and `valid_from`, `valid_to` where the hours have dates; one per
        set of days with the same hours, without `id`.
    """
    rules = parse_rules(opening_hours)
    weeks = resolve(rules) if rules else None
    if weeks is None:
        return None
    schedules: list[dict[str, str]] = []
    for dates, week in weeks.items():
        validity = _validity(dates)
        by_span: dict[Span, list[str]] = {}
        for day in (*DAYS, HOLIDAY):
            for span in week.get(day, ("off", ()))[1]:
                by_span.setdefault(span, []).append(day)
        is_sayable = all(HOLIDAY not in days and closes is not None for (_, closes), days in by_span.items())
        if validity is None or not is_sayable or HOLIDAY in week:
            return None
        for (opens, closes), days in by_span.items():
            byday = ",".join(day.upper() for day in days)
            times = {"opens_at": _clock(opens), "closes_at": _clock(closes or 0)}
            schedules.append({"freq": "WEEKLY", "byday": byday, **times, **validity})
    return schedules or None


def from_schedules(rows: Iterable[Mapping[str, Any]]) -> str | None:
    """
    Return the `opening_hours` that schedules say together, or None when one of them is not plainly weekly.

    A time with an offset is not: it means another hour in summer than in winter.
    """
    weeks: dict[Dates | None, Week] = {}
    for row in rows:
        read = _read(row)
        if read is None:
            return None
        dates, days, span = read
        week = weeks.setdefault(dates, {})
        for day in days:
            spans = {*week.get(day, ("open", ()))[1], span}
            week[day] = ("open", tuple(sorted(spans)))
    rules = [
        rule for dates, week in weeks.items() for rule in rules_of_week(week, dates=(dates,) if dates else ())
    ]
    if not rules:
        return None
    # Schedules add up; rules of dates that meet, or that run into the next day, must not replace each other.
    is_added = any(rule.is_overnight for rule in rules) or any(
        one is None or other is None or one.meets(other) for one, other in combinations(weeks, 2)
    )
    return write_rules([replace(rule, is_added=is_added and at > 0) for at, rule in enumerate(rules)])


def _validity(dates: tuple[Dates, ...]) -> dict[str, str] | None:
    """Return the first and the last day; None when there are several stretches or they come back every year."""
    if not dates:
        return {}
    first, last = dates[0].first, dates[0].last
    if len(dates) > 1 or first.year is None:
        return None
    validity = {"valid_from": dt.date(first.year, first.month, first.day or 1).isoformat()}
    if last is not None and last.year is not None:
        validity["valid_to"] = dt.date(last.year, last.month, last.day or last_of_month(last)).isoformat()
    return validity


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _read(row: Mapping[str, Any]) -> tuple[Dates | None, list[str], Span] | None:
    is_weekly = row.get("freq") == "WEEKLY" and str(row.get("interval") or 1) in {"1", "1.0"}
    if not is_weekly or any(row.get(name) not in {None, ""} for name in _OTHER_DAYS):
        return None
    days = [day.strip().capitalize() for day in str(row.get("byday") or "").split(",")]
    opens, closes = (_TIME.fullmatch(str(row.get(name) or "")) for name in ("opens_at", "closes_at"))
    if not opens or not closes or not set(days) <= set(DAYS):
        return None
    start, end = (int(time[1]) * 60 + int(time[2]) for time in (opens, closes))
    if start >= DAY_MIN or end >= DAY_MIN or int(opens[2]) > 59 or int(closes[2]) > 59:
        return None
    try:
        dates = _dates(str(row.get("valid_from") or ""), str(row.get("valid_to") or ""))
    except ValueError:
        return None
    return dates, days, span_between(start, end)


def _dates(valid_from: str, valid_to: str) -> Dates | None:
    if not valid_from and not valid_to:
        return None
    first, last = (dt.date.fromisoformat(text) if text else None for text in (valid_from, valid_to))
    if first is None or (last and last < first):
        raise ValueError("`opening_hours` cannot end without a beginning")
    return Dates(_day(first), _day(last) if last else None)


def _day(day: dt.date) -> DayOfYear:
    return DayOfYear(day.month, day.day, day.year)
