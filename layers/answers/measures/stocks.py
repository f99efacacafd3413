"""Stocks of a register on its days, and how a number changed between two of them."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

QUANTITIES: Final = ("vacant_places", "waiting_persons", "capacity_places")
STATING: Final = {name: f"stating_{name}" for name in QUANTITIES}
AT_MOST: Final = {name: f"is_{name}_at_most" for name in QUANTITIES}


@dataclass(frozen=True)
class Stock:
    """
    What a register states of the services of an area on one of its days.

    Attributes
    ----------
    day
        The day of the register.
    numbers
        Sums over the services that state them, by `QUANTITIES`; NaN where none does.
    facilities, stating
        Facilities on the list, and those of them that state each number for all of their services.
    at_most
        The numbers a part of which may be of others (`layers.answers.measures.profiles`).
    is_month
        Whether the day is an earlier month in a file: of queues and free places alone, and of the facilities that are
        on the list of the day of the file.
    """

    day: date
    numbers: dict[str, float]
    facilities: int
    stating: dict[str, int]
    at_most: frozenset[str] = frozenset()
    is_month: bool = False

    def is_whole(self, quantity: str) -> bool:
        """Tell whether every facility on the list states a number."""
        return self.facilities > 0 and self.stating[quantity] == self.facilities


@dataclass(frozen=True)
class Change:
    """
    A number on the first and on the last day that it is told of.

    Attributes
    ----------
    quantity
        One of `QUANTITIES`.
    first_day, last_day, first, last
        Days and sums.
    is_whole
        Whether the sums are of the whole list on both days; else of the facilities that state the number on both: a
        longer list is not more help.
    same
        Of the facilities that state it on both days: how many there are, and their sums; None where these are all.
    least, most
        Day and number of the least and the most in between, where they are beyond both ends; else None.
    """

    quantity: str
    first_day: date
    last_day: date
    first: float
    last: float
    is_whole: bool
    same: tuple[int, float, float] | None = None
    least: tuple[date, float] | None = None
    most: tuple[date, float] | None = None


def stocks_of_rows(frame: pd.DataFrame) -> tuple[Stock, ...]:
    """Return a stock for each row: `day`, `QUANTITIES`, `facilities`, `STATING` and `AT_MOST`."""
    return tuple(
        Stock(
            day=row["day"],
            numbers={name: math.nan if pd.isna(row[name]) else float(row[name]) for name in QUANTITIES},
            facilities=int(row["facilities"]),
            stating={name: int(row[STATING[name]]) for name in QUANTITIES},
            at_most=frozenset(name for name in QUANTITIES if row[AT_MOST[name]]),
        )
        for row in frame.to_dict("records")
    )


def change_between(rows: pd.DataFrame, stocks: tuple[Stock, ...], quantity: str) -> Change | None:
    """Return the change of a number in an area, of the same facilities where not all are told on both days."""
    told = [stock for stock in stocks if not math.isnan(stock.numbers[quantity])]
    if len(told) < 2:
        return None
    first, last = told[0], told[-1]
    ends = rows[rows["day"].isin([first.day, last.day])]
    same = _of_the_same(ends, first.day, last.day, quantity)
    if first.is_whole(quantity) and last.is_whole(quantity) and ends["is_complete"].all():
        is_same_list = first.facilities == last.facilities == same[0]
        least, most = _beyond(told, quantity)
        return Change(
            quantity,
            first.day,
            last.day,
            first.numbers[quantity],
            last.numbers[quantity],
            is_whole=True,
            same=None if is_same_list or not same[0] else same,
            least=least,
            most=most,
        )
    return Change(quantity, first.day, last.day, *same[1:], is_whole=False, same=same) if same[0] else None


def _of_the_same(ends: pd.DataFrame, first: date, last: date, quantity: str) -> tuple[int, float, float]:
    """Return how many facilities state a number for all of their services on both days, and its sums."""
    is_stated = ends[quantity].notna().groupby([ends["day"], ends["facility_id"]]).all()
    days = is_stated[is_stated].reset_index()["facility_id"].value_counts()
    both = days.index[days == 2]
    of_both = ends[ends["facility_id"].isin(both)]
    sums = [float(of_both.loc[of_both["day"] == day, quantity].sum()) for day in (first, last)]
    return len(both), sums[0], sums[1]


def _beyond(told: list[Stock], quantity: str) -> tuple[tuple[date, float] | None, tuple[date, float] | None]:
    """Return the least and the most of whole stocks, where it is not that of the first or the last."""
    numbers = [(stock.day, stock.numbers[quantity]) for stock in told if stock.is_whole(quantity)]
    least, most = min(numbers, key=_number), max(numbers, key=_number)
    ends = {numbers[0][1], numbers[-1][1]}
    return (None if least[1] in ends else least), (None if most[1] in ends else most)


def _number(of_day: tuple[date, float]) -> float:
    return of_day[1]
