"""
The everyday part of OpenStreetMap's `opening_hours`: rules of dates, days and hours, and how they are written.

A rule after ";" replaces what earlier rules say of its days, and with it the hours that run over from the night
before; a rule after ", " is added to them. What this part does not hold (sunrise, weeks, comments) is left to the
library behind `data/opening_hours`.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAY = "PH"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY_MIN = 24 * 60

State = Literal["open", "off", "unknown"]
Span = tuple[int, int | None]
"""Minutes from midnight at which hours begin and end; past 24 hours on the next day, None when the end is open."""

WHOLE_DAY: tuple[Span, ...] = ((0, DAY_MIN),)


def span_between(opens: int, closes: int) -> Span:
    """
    Return the hours between two times of the day, past midnight where the second is not later.

    From midnight to midnight, or to 23:59 where a form knows no 24:00, is the whole day.
    """
    if opens == 0 and closes in {0, DAY_MIN - 1}:
        return WHOLE_DAY[0]
    return opens, closes if closes > opens else closes + DAY_MIN


@dataclass(frozen=True)
class DayOfYear:
    """A day, or with no `day` a whole month; of every year when there is no `year`."""

    month: int
    day: int | None = None
    year: int | None = None

    def __str__(self) -> str:
        words = [str(self.year)] if self.year else []
        return " ".join([*words, MONTHS[self.month - 1], *([f"{self.day:02}"] if self.day else [])])

    def checked(self) -> "DayOfYear":
        """Return itself; ValueError when there is no such day."""
        # 2000 had a 29 February: a day of every year may be one.
        dt.date(2000 if self.year is None else self.year, self.month, 1 if self.day is None else self.day)
        return self


@dataclass(frozen=True)
class Dates:
    """A stretch of the calendar, both ends included; no `last` means from then on."""

    first: DayOfYear
    last: DayOfYear | None

    def __str__(self) -> str:
        if self.last is None:
            return f"{self.first}+"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def checked(self) -> "Dates":
        """Return itself; ValueError when one end has a year or day and the other none, or they are swapped."""
        if self.last is None:
            return self
        one, other = self.first, self.last
        if (one.year is None) != (other.year is None) or (one.day is None) != (other.day is None):
            raise ValueError("the two ends are not told alike")
        if self.first.year and self._end(self.first.year) < _ordinal(self.first, 1, self.first.year):
            raise ValueError("the last day is before the first")
        return self

    def meets(self, other: "Dates") -> bool:
        """Tell whether some day is in both."""
        return any(
            mine[0] <= theirs[1] and theirs[0] <= mine[1]
            for mine in self.stretches()
            for theirs in other.stretches()
        )

    def stretches(self) -> list[tuple[int, int]]:
        """Return pairs of day numbers; every-year dates are laid on the years in which plans are made."""
        if self.first.year:
            return [(_ordinal(self.first, 1, self.first.year), self._end(self.first.year))]
        years = range(2000, 2100)
        return [(_ordinal(self.first, 1, year), self._end(year)) for year in years]

    def _end(self, year: int) -> int:
        if self.last is None:
            return dt.date.max.toordinal()
        end = _ordinal(self.last, 31, self.last.year or year)
        turns = not self.last.year and end < _ordinal(self.first, 1, year)
        return _ordinal(self.last, 31, year + 1) if turns else end


def last_of_month(day: DayOfYear) -> int:
    """Return the number of the month's last day; 29 for February of every year."""
    return calendar.monthrange(2000 if day.year is None else day.year, day.month)[1]


def _ordinal(day: DayOfYear, default_day: int, year: int) -> int:
    last = calendar.monthrange(year, day.month)[1]
    return dt.date(year, day.month, min(day.day or default_day, last)).toordinal()


@dataclass(frozen=True)
class Rule:
    """
    One rule; empty `days` are every day of the dates.

    An open rule has hours. One that is off or unknown may have none; unknown with hours and no days means that
    nobody said on which days. `is_added` tells a rule after ", " from one after ";".
    """

    spans: tuple[Span, ...]
    days: tuple[str, ...] = ()
    dates: tuple[Dates, ...] = ()
    state: State = "open"
    is_added: bool = False

    @property
    def is_overnight(self) -> bool:
        """Tell whether some hours run past midnight."""
        return any(closes is not None and closes > DAY_MIN for _, closes in self.spans)

    def __str__(self) -> str:
        words = [",".join(map(str, self.dates)), write_days(self.days), ",".join(map(_span, self.spans))]
        if self.state != "open":
            words.append(self.state)
        return " ".join(filter(None, words))


Day = tuple[State, tuple[Span, ...]]
Week = dict[str, Day]


def write_rules(rules: Sequence[Rule]) -> str:
    """Return the rules as `opening_hours`."""
    if len(rules) == 1 and rules[0] in {Rule(WHOLE_DAY), Rule(WHOLE_DAY, DAYS)}:
        return "24/7"
    text = str(rules[0])
    for rule in rules[1:]:
        text += f"{', ' if rule.is_added else '; '}{rule}"
    return text


def write_days(days: Iterable[str]) -> str:
    """Return days as "Mo-Fr" or "Mo,We,PH"; three days in a row make a range."""
    listed = list(days)
    runs: list[list[str]] = []
    for day in (day for day in DAYS if day in listed):
        if runs and DAYS.index(runs[-1][-1]) + 1 == DAYS.index(day):
            runs[-1].append(day)
        else:
            runs.append([day])
    words = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(run) for run in runs]
    return ",".join([*words, *([HOLIDAY] if HOLIDAY in listed else [])])


def rules_of_week(week: Mapping[str, Day], *, dates: tuple[Dates, ...] = ()) -> list[Rule]:
    """
    Return the fewest rules that say the same: days with equal hours share one.

    Rules of a week with hours past midnight are added to each other, so that no rule cuts another's night.
    """
    groups: dict[Day, list[str]] = {}
    for day in (*DAYS, HOLIDAY):
        if day in week:
            groups.setdefault(week[day], []).append(day)
    rules = [Rule(spans, tuple(days), dates, state) for (state, spans), days in groups.items()]
    # A public holiday is also a day of the week: its rule has to come last to replace that day's.
    rules.sort(key=lambda rule: HOLIDAY in rule.days)
    if any(rule.is_overnight for rule in rules):
        rules = [replace(rule, is_added=index > 0) for index, rule in enumerate(rules)]
    return rules


def resolve(rules: Sequence[Rule]) -> dict[tuple[Dates, ...], Week] | None:
    """
    Return what holds on each day of the week, by dates, or None when rules of different dates get in each other's way.

    None too when hours past midnight are cut by a rule of the next day, and for hours that are not known.
    """
    weeks: dict[tuple[Dates, ...], Week] = {}
    for index, rule in enumerate(rules):
        if rule.state == "unknown" or (not rule.is_added and _cuts_a_night(rules[:index], rule)):
            return None
        others = [dates for dates in weeks if dates != rule.dates]
        if not rule.is_added and any(_meet(rule.dates, dates) for dates in others):
            return None
        week = weeks.setdefault(rule.dates, {})
        for day in rule.days or DAYS:
            before = week.get(day, ("off", ())) if rule.is_added else ("off", ())
            if before[0] == "open" and rule.state == "off":
                return None  # "off" that is added to hours closes them; nobody writes that
            week[day] = (rule.state, tuple(sorted({*before[1], *rule.spans}, key=by_time)))
    return weeks


def _cuts_a_night(earlier: Sequence[Rule], rule: Rule) -> bool:
    """Tell whether hours past midnight of one end on a day of the other, where it is doubtful which of them holds."""
    taken = {day for other in earlier for day in other.days or DAYS}
    nights = {DAYS[(DAYS.index(day) + 1) % len(DAYS)] for day in rule.days or DAYS if day in DAYS}
    return any(other.is_overnight for other in earlier) or (
        rule.is_overnight and not nights.isdisjoint(taken)
    )


def _meet(some: tuple[Dates, ...], others: tuple[Dates, ...]) -> bool:
    return not some or not others or any(one.meets(other) for one in some for other in others)


def by_time(span: Span) -> tuple[int, int]:
    """Return what sorts spans; an open end comes last."""
    return span[0], 3 * DAY_MIN if span[1] is None else span[1]


def _span(span: Span) -> str:
    opens, closes = span
    if closes is None:
        return f"{_clock(opens)}+"
    return f"{_clock(opens)}-{_clock(closes if closes <= DAY_MIN else closes - DAY_MIN)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
