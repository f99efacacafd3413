"""Reading the everyday part of `opening_hours` into rules."""

import re

from data.opening_hours.rules import (
    DAY_MIN,
    DAYS,
    HOLIDAY,
    MONTHS,
    WHOLE_DAY,
    Dates,
    DayOfYear,
    Rule,
    Span,
    State,
    by_time,
    span_between,
)

_MONTH = "|".join(MONTHS)
_DATE = rf"(?:\d{{4}} )?(?:{_MONTH})(?: \d{{1,2}}(?![\d:]))?"
_DATES = rf"{_DATE}(?:\+|-(?:{_DATE}|\d{{1,2}}(?![\d:])))?"
_DAY = rf"(?:{'|'.join(DAYS)})"
_DAY_RANGE = rf"(?:{_DAY}(?:-{_DAY})?|{HOLIDAY})"
_CLOCK = r"\d{1,2}:\d{2}"
_SPAN = rf"{_CLOCK}(?:-{_CLOCK}(?![\d+/])|\+)"
_RULE = re.compile(
    rf"(?P<dates>{_DATES}(?:, ?{_DATES})*)?:? ?(?P<days>{_DAY_RANGE}(?:, ?{_DAY_RANGE})*)? ?"
    rf"(?P<spans>{_SPAN}(?:, ?{_SPAN})*)? ?(?P<state>open|off|closed|unknown)?"
)
_SEPARATOR = re.compile(r"\s*(?:;\s*|,\s+)")
_ONE_DATE = re.compile(rf"(?:(\d{{4}}) )?({_MONTH})(?: (\d{{1,2}}))?")
_ONE_SPAN = re.compile(r"(\d{1,2}):(\d{2})(?:-(\d{1,2}):(\d{2})|\+)")


def parse_rules(text: str) -> tuple[Rule, ...] | None:
    """Return the rules of an `opening_hours`, or None when it holds more than the everyday part."""
    plain = " ".join(text.split())
    if plain == "24/7":
        return (Rule(WHOLE_DAY, DAYS),)
    rules: list[Rule] = []
    at, is_added = 0, False
    while True:
        match = _RULE.match(plain, at)
        rule = _rule(match, is_added=is_added) if match and match[0].strip() else None
        if rule is None or match is None:
            return None
        rules.append(rule)
        if match.end() == len(plain):
            return tuple(rules)
        gap = _SEPARATOR.match(plain, match.end())
        if gap is None:
            return None
        at, is_added = gap.end(), "," in gap[0]


def _rule(match: re.Match[str], *, is_added: bool) -> Rule | None:
    try:
        dates = tuple(_dates(found) for found in re.findall(_DATES, match["dates"] or ""))
        spans = tuple(_read_span(found) for found in _ONE_SPAN.finditer(match["spans"] or ""))
    except ValueError:
        return None
    state: State = (
        "unknown" if match["state"] == "unknown" else "off" if match["state"] in {"off", "closed"} else "open"
    )
    if (state == "off" and spans) or len({one.first.year is None for one in dates}) > 1:
        return None
    if state == "open" and not spans:
        spans = WHOLE_DAY
    return Rule(tuple(sorted(spans, key=by_time)), _days(match["days"] or ""), dates, state, is_added)


def _dates(text: str) -> Dates:
    first, *rest = _ONE_DATE.finditer(text)
    start = _day_of_year(first)
    if text.endswith("+"):
        return Dates(start, None)
    if rest:
        return Dates(start, _day_of_year(rest[0])).checked()
    if "-" in text:
        number = int(text.rsplit("-", 1)[1])
        return Dates(start, DayOfYear(start.month, number, start.year).checked()).checked()
    return Dates(start, start)


def _day_of_year(match: re.Match[str]) -> DayOfYear:
    year, month, day = match.groups()
    return DayOfYear(
        MONTHS.index(month) + 1, int(day) if day else None, int(year) if year else None
    ).checked()


def _days(text: str) -> tuple[str, ...]:
    found: set[str] = set()
    for part in filter(None, re.split(r", ?", text)):
        first, _, last = (word.strip() for word in part.partition("-"))
        if first == HOLIDAY or not last:
            found.add(first)
            continue
        start, end = DAYS.index(first), DAYS.index(last)
        found |= {DAYS[index % 7] for index in range(start, end + 1 if end >= start else end + 8)}
    return tuple(day for day in (*DAYS, HOLIDAY) if day in found)


def _read_span(match: re.Match[str]) -> Span:
    opens = int(match[1]) * 60 + int(match[2])
    if opens >= DAY_MIN or int(match[2]) > 59:
        raise ValueError(match[0])
    if match[3] is None:
        return opens, None
    opens, closes = span_between(opens, int(match[3]) * 60 + int(match[4]))
    if closes is None or closes - opens > DAY_MIN or int(match[4]) > 59:
        raise ValueError(match[0])
    return opens, closes
