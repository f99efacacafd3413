"""Hours in words: "poniedziałek–piątek 8:00–16:00; święta nieczynne"; the words are in `words.csv`."""

import csv
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from data.opening_hours.parse import parse_rules
from data.opening_hours.rules import (
    DAY_MIN,
    DAYS,
    WHOLE_DAY,
    Dates,
    DayOfYear,
    Rule,
    Span,
    resolve,
    rules_of_week,
    write_days,
)

_WORDS = Path(__file__).with_name("words.csv")
_DASH = "–"


@lru_cache(maxsize=4096)
def say(opening_hours: str, language: str) -> str:
    """Return the hours in words of a language; what goes beyond the everyday part stays as it is written."""
    rules = parse_rules(opening_hours)
    if rules is None:
        return opening_hours
    weeks = resolve(rules)
    if weeks is not None:
        rules = tuple(rule for dates, week in weeks.items() for rule in rules_of_week(week, dates=dates))
    words = _words(language)
    if len(rules) == 1 and rules[0].spans == WHOLE_DAY and rules[0].days == DAYS and not rules[0].dates:
        return words["always"]
    return "; ".join(_rule(rule, words) for rule in rules)


@cache
def _words(language: str) -> Mapping[str, str]:
    with _WORDS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row[language] for row in csv.DictReader(file)}


def _rule(rule: Rule, words: Mapping[str, str]) -> str:
    dates = ", ".join(_dates(one, words) for one in rule.dates)
    # Dates tell their days themselves; "every day" would only lengthen them.
    days = (
        ""
        if dates and rule.days == DAYS
        else words["every_day"]
        if rule.days == DAYS
        else _days(rule.days, words)
    )
    when = ": ".join(filter(None, [dates, days]))
    hours = ", ".join(_span(span, words) for span in rule.spans)
    if rule.state == "off":
        hours = words["off"]
    elif rule.state == "unknown" and not rule.spans:
        return words["hours_unknown"].format(days=when) if when else words["nothing_known"]
    elif rule.state == "unknown":
        hours = words["days_unknown"].format(hours=hours)
    return f"{when}{': ' if dates and not days else ' '}{hours}".strip()


def _days(days: tuple[str, ...], words: Mapping[str, str]) -> str:
    parts = (part.split("-") for part in write_days(days).split(",") if part)
    return ", ".join(_DASH.join(words[day] for day in part) for part in parts)


def _dates(dates: Dates, words: Mapping[str, str]) -> str:
    if dates.last is None:
        return words["dates_from"].format(date=_day(dates.first, words))
    if dates.first == dates.last:
        return _day(dates.first, words)
    dash = f" {_DASH} " if dates.first.day or dates.first.year else _DASH
    return f"{_day(dates.first, words)}{dash}{_day(dates.last, words)}"


def _day(day: DayOfYear, words: Mapping[str, str]) -> str:
    if day.day is None:
        month = words[f"month_{day.month}"]
        return words["month_of_year"].format(month=month, year=day.year) if day.year else month
    key = "date_of_year" if day.year else "date"
    return words[key].format(day=day.day, month=words[f"of_month_{day.month}"], year=day.year)


def _span(span: Span, words: Mapping[str, str]) -> str:
    opens, closes = span
    if span == WHOLE_DAY[0]:
        return words["whole_day"]
    if closes is None:
        return words["from"].format(time=_clock(opens))
    return f"{_clock(opens)}{_DASH}{_clock(closes if closes <= DAY_MIN else closes - DAY_MIN)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
