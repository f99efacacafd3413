"""
From what Polish lists say of hours to OpenStreetMap's `opening_hours`, or to nothing: never a guess.

One word that is not known, two readings of a number ("1.10-15.10" is a season or hours) or a day named twice, and
the whole text is not understood. What a text leaves unsaid is kept as unknown: hours without days ("7:30-15:30") do
not tell on which days, a season without hours not when the door is open.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise

from data.opening_hours.polish_words import NotUnderstoodError, Word, read_words
from data.opening_hours.rules import (
    DAY_MIN,
    DAYS,
    HOLIDAY,
    WHOLE_DAY,
    Dates,
    DayOfYear,
    Rule,
    Span,
    Week,
    last_of_month,
    rules_of_week,
    span_between,
    write_rules,
)

LONGEST_TEXT = 600
"""Longer texts tell of several counters and telephones, never of one door."""


@lru_cache(maxsize=4096)
def from_polish(text: str) -> str | None:
    """
    Return the hours that a Polish text states, or None when not every word of it is understood.

    "pon., śr. 8-18, wt., czw., pt. 8-16" becomes "Mo,We 08:00-18:00; Tu,Th,Fr 08:00-16:00". Hours without days
    become "07:30-15:30 unknown", a season or days without hours "Nov 01-Mar 31 unknown": outside them the place
    is closed, inside them nobody knows.
    """
    if len(text) > LONGEST_TEXT:
        return None
    try:
        rules = _rules(_Reader(read_words(text)).clauses())
    except (NotUnderstoodError, ValueError):
        return None
    return write_rules(rules)


@dataclass
class _Clause:
    """What one part of the text says; None where it is silent, no spans is "closed"."""

    season: Dates | None = None
    days: tuple[str, ...] | None = None
    spans: tuple[Span, ...] | None = None


class _Reader:
    """Goes over the words once and parts them into clauses."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.at = 0
        self.names_midnight_twice = False

    def clauses(self) -> list[_Clause]:
        found: list[_Clause] = []
        season: Dates | None = None
        self._skip("and", "bullet")
        while self.at < len(self.words):
            if (named := self._season()) is not None:
                season = named
                self._skip("and", "to")
                if self.at == len(self.words) and [clause.season for clause in found] == [None]:
                    found[0].season = season  # "codziennie 18-8 od 1 listopada do 31 marca"
                    break
            found.append(self._clause(season))
            self._skip("and", "bullet")
        if not found:
            raise NotUnderstoodError("neither days nor hours")
        hours = {span for clause in found for span in clause.spans or ()}
        if self.names_midnight_twice and hours != set(WHOLE_DAY):
            raise NotUnderstoodError("0:00-0:00 beside other hours: open all day, or left empty")
        return found

    def _clause(self, season: Dates | None) -> _Clause:
        if self._is_hours():
            clause = _Clause(season, spans=self._spans())
            clause.days = self._days_after_hours()
            return clause
        days = self._days() if self._is_days() else None
        if days is None and season is None:
            raise NotUnderstoodError(self._kind())
        self._skip("and", "to")
        return _Clause(season, days, self._spans() if self._is_hours() else None)

    def _days_after_hours(self) -> tuple[str, ...] | None:
        """Take "8-16 pn-pt"; after a comma only when the text ends there, else they begin the next clause."""
        if self._is_days():
            return self._days()
        start = self.at
        self._skip("and")
        if self._is_days():
            days = self._days()
            if self.at == len(self.words):
                return days
        self.at = start
        return None

    def _season(self) -> Dates | None:
        start = self.at
        if self._kind() == "months":
            first, last = self._take("months").value
            return Dates(first, last)
        self._skip("from")
        if self._kind() != "date":
            self.at = start
            return None
        first = self._take("date").value
        self._take("to")
        self._skip("to")
        return _season_between(first, self._take("date").value)

    def _is_days(self) -> bool:
        return self._kind() in {"day", "days"} or (self._kind() == "from" and self._kind(1) == "day")

    def _days(self) -> tuple[str, ...]:
        days = list(self._some_days())
        while self._kind() == "and":
            start = self.at
            self._skip("and")
            if not self._is_days():
                self.at = start
                break
            days += self._some_days()
        start = self.at
        self._skip("and")
        if self._kind() == "except":
            self.at += 1
            excluded = self._days()
            if not set(excluded) <= {*days, HOLIDAY}:
                raise NotUnderstoodError("an exception to days that were not named")
            days = [day for day in days if day not in excluded]
            return (*days, "no holiday") if HOLIDAY in excluded else tuple(days)
        self.at = start
        return tuple(days)

    def _some_days(self) -> tuple[str, ...]:
        if self._kind() == "days":
            listed: tuple[str, ...] = self._take("days").value
            return listed
        self._skip("from")
        first = int(self._take("day").value)
        start = self.at
        self._skip("to")
        if self.at == start or self._kind() != "day":
            self.at = start
            return (DAYS[first],)
        last = int(self._take("day").value)
        return tuple(DAYS[index % 7] for index in range(first, last + 1 if last >= first else last + 8))

    def _is_hours(self) -> bool:
        return self._kind() in {"time", "whole_day", "off"} or (
            self._kind() == "from" and self._kind(1) == "time"
        )

    def _spans(self) -> tuple[Span, ...]:
        if self._kind() in {"whole_day", "off"}:
            return WHOLE_DAY if self._take(self._kind()).kind == "whole_day" else ()
        spans = [self._span()]
        while self._kind() == "and":
            start = self.at
            self._skip("and")
            if not self._is_hours():
                self.at = start
                break
            spans.append(self._span())
        spans.sort()
        if any(closes is None or closes > opens for (_, closes), (opens, _) in pairwise(spans)):
            raise NotUnderstoodError("hours that overlap")
        return tuple(spans)

    def _span(self) -> Span:
        is_open_ended = self._kind() == "from"
        self._skip("from")
        opens = int(self._take("time").value)
        if self._kind() != "to":
            if not is_open_ended:
                raise NotUnderstoodError("one time, neither from nor to")
            return _checked_span(opens, None)
        self._skip("to")
        closes = int(self._take("time").value)
        self.names_midnight_twice |= opens == closes == 0
        return _checked_span(opens, closes)

    def _kind(self, ahead: int = 0) -> str:
        return self.words[self.at + ahead].kind if self.at + ahead < len(self.words) else ""

    def _take(self, kind: str) -> Word:
        if self._kind() != kind:
            raise NotUnderstoodError(self._kind())
        self.at += 1
        return self.words[self.at - 1]

    def _skip(self, *kinds: str) -> None:
        while self._kind() in kinds:
            self.at += 1


def _season_between(first: DayOfYear, last: DayOfYear) -> Dates:
    if (first.year is None) != (last.year is None):
        raise NotUnderstoodError("one end of the season with a year, one without")
    if first.day or last.day or first.year:
        first = replace(first, day=first.day or 1)
        last = replace(last, day=last.day or last_of_month(last))
    return Dates(first.checked(), last.checked()).checked()


def _checked_span(opens: int, closes: int | None) -> Span:
    if opens >= DAY_MIN or (closes is not None and closes > DAY_MIN) or opens == closes != 0:
        raise NotUnderstoodError("no time of the day")
    return (opens, None) if closes is None else span_between(opens, closes)


def _rules(clauses: list[_Clause]) -> list[Rule]:
    if len(clauses) == 1 and (rule := _rule_with_gap(clauses[0])):
        return [rule]
    weeks: dict[Dates | None, Week] = {}
    for clause in clauses:
        if clause.spans is None or (clause.days is None and clause.season is None):
            raise NotUnderstoodError("a part without days or without hours among several")
        week = weeks.setdefault(clause.season, {})
        for day in DAYS if clause.days is None else clause.days:
            named = HOLIDAY if day == "no holiday" else day
            if named in week:
                raise NotUnderstoodError("a day named twice")
            week[named] = ("open", clause.spans) if clause.spans and day != "no holiday" else ("off", ())
    if (None in weeks and len(weeks) > 1) or any(
        one.meets(other) for one, other in combinations(filter(None, weeks), 2)
    ):
        raise NotUnderstoodError("seasons that overlap")
    rules = [
        rule
        for season, week in weeks.items()
        for rule in rules_of_week(week, dates=(season,) if season else ())
    ]
    if any(rule.is_overnight for rule in rules):
        if any(HOLIDAY in rule.days for rule in rules):
            raise NotUnderstoodError("which part of a night is a holiday's")
        rules = [replace(rule, is_added=index > 0) for index, rule in enumerate(rules)]
    # Dates tell their days themselves: "Oct-Mar 18:00-08:00", not "Oct-Mar Mo-Su".
    return [replace(rule, days=()) if rule.dates and rule.days == DAYS else rule for rule in rules]


def _rule_with_gap(clause: _Clause) -> Rule | None:
    """Return the rule of a text that leaves days or hours unsaid; None when it leaves neither."""
    dates = (clause.season,) if clause.season else ()
    if clause.spans is None:
        if "no holiday" in (clause.days or ()):
            raise NotUnderstoodError("hours are missing")
        return Rule((), clause.days or (), dates, "unknown")
    if clause.days is not None or dates:
        return None
    if clause.spans == WHOLE_DAY:
        return Rule(WHOLE_DAY)
    return Rule(clause.spans, state="unknown") if clause.spans else Rule((), state="off")
