"""The days that numbers are of: those of the registers, and of a register that states none those of its rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, Self

import pandas as pd

from data.store.own_sheets import CORRECTIONS

Precision = Literal["day", "month", "year"]
_NEXT: Final = {"day": timedelta(days=1), "month": timedelta(days=31), "year": timedelta(days=366)}
"""From the first day of a period on: a day of the next one."""


@dataclass(frozen=True)
class StatedDay:
    """A day as far as it is known: the first one of its month or year where no more is stated."""

    day: date
    precision: Precision = "day"

    @property
    def last(self) -> date:
        """The last day that it can be."""
        after = self.day + _NEXT[self.precision]
        if self.precision != "day":
            after = after.replace(day=1, month=1 if self.precision == "year" else after.month)
        return after - timedelta(days=1)


@dataclass(frozen=True)
class DayRange:
    """The oldest and the newest of several days, None where none is stated, and how many state none."""

    oldest: StatedDay | None = None
    newest: StatedDay | None = None
    undated: int = 0

    @classmethod
    def of(cls, days: Sequence[StatedDay | None]) -> Self:
        """Return the range of days, None of what states none."""
        told = [day for day in days if day is not None]
        oldest = min(told, key=lambda day: (day.day, day.last), default=None)
        newest = max(told, key=lambda day: (day.last, day.day), default=None)
        return cls(oldest, newest, len(days) - len(told))


def days_of_rows(rows: pd.DataFrame) -> tuple[StatedDay | None, ...]:
    """Return the day of each row (`dated_on`, `dated_precision`), None of one that states none."""
    return tuple(
        None if pd.isna(day) else StatedDay(day, "day" if pd.isna(precision) else precision)
        for day, precision in zip(rows["dated_on"], rows["dated_precision"], strict=True)
    )


def days_of_registers(
    sources: pd.DataFrame, registers: Collection[str], rows: pd.DataFrame
) -> tuple[StatedDay | None, ...]:
    """
    Return the day of each register, and of one that states none the days of its rows: their numbers are of these.

    Parameters
    ----------
    sources
        Rows of `Registry.sources`.
    registers
        Codes of the registers; others in `sources` are left out.
    rows
        The services that count: `source_code`, `dated_on` and `dated_precision`.

    Returns
    -------
    days
        None for a row that states none, and for a register that states none and has no row.
    """
    days: list[StatedDay | None] = []
    stated = sources.loc[sources["source_code"].isin(registers), ["source_code", "as_of"]]
    for code, day in stated.itertuples(index=False):
        if not pd.isna(day):
            days.append(StatedDay(day))
            continue
        days += days_of_rows(rows[rows["source_code"] == code]) or [None]
    # What a person put right is of no list, and of the day on which it was.
    days += days_of_rows(rows[rows["source_code"] == CORRECTIONS])
    return tuple(days)
