"""
Queue, free places and places on each day of a register: stocks of several days beside each other, never joined.

Each register is told for itself. Its days are of one publisher and one list; the days, the homes and the rules of
another one are not the same, so that no line goes through two of them.
"""

import math
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from data.reading.stated_days import months_without
from data.registry.registry import Registry
from data.store.smallest_area import smallest_area
from data.vocabulary import has_profiles
from geo.teryt import CODE_DIGITS
from layers.answers.measures.profiles import is_for_group, is_for_others
from layers.answers.measures.stocks import (
    AT_MOST,
    QUANTITIES,
    STATING,
    Change,
    Stock,
    change_between,
    stocks_of_rows,
)
from layers.view.question import Help, Question


@dataclass(frozen=True)
class QueueHistory:
    """
    The stocks of one register in one area.

    Attributes
    ----------
    source_code
        The register.
    stocks
        One for each of its days, ascending; also of a day on which it lists nothing here.
    changes
        By quantity; without those that fewer than two days tell.
    came, gone
        Facilities that only the last day with a list of its own has, and those that only the first has.
    """

    source_code: str
    stocks: tuple[Stock, ...]
    changes: tuple[Change, ...]
    came: int
    gone: int

    @property
    def listed(self) -> tuple[Stock, ...]:
        """The days that have a list of their own: those that are no month in a file of a later day."""
        return tuple(stock for stock in self.stocks if not stock.is_month)

    @property
    def missing_months(self) -> tuple[date, ...]:
        """Last days of the months between its days that no file tells; none where no day is a month in a file."""
        if len(self.listed) == len(self.stocks):
            return ()
        return months_without(tuple(stock.day for stock in self.stocks))

    def is_stated(self, quantity: str) -> bool:
        """Tell whether any day has a number."""
        return any(not math.isnan(stock.numbers[quantity]) for stock in self.stocks)

    @property
    def is_of_others(self) -> bool:
        """Tell whether some of the numbers may be of others, too."""
        return any(stock.at_most for stock in self.stocks)


def queue_histories(
    registry: Registry, of: Help, prefix: str, *, is_for_all: bool = False, until: date | None = None
) -> tuple[QueueHistory, ...]:
    """
    Return what each register stated of an area over its days; nothing of one without queue and free places there.

    Parameters
    ----------
    of
        The form, and the group whose services are told; of a home of several profiles those for the group.
    prefix
        Code of the area; empty for the country.
    is_for_all
        Whether services for other groups are told, too.
    until
        The day that the view is of; None for today. Days between two editions of the lists have one registry, but a
        month of a yearly file may lie between them.
    """
    stated, rows = _known(registry, until), stated_of(registry, of, is_for_all=is_for_all, until=until)
    rows = rows[rows["area_code"].str.startswith(prefix)].assign(area_code=prefix)
    found = []
    for source, own in rows.groupby("source_code", sort=True):
        of_source = stated[stated["source_code"] == source]
        days, months = sorted(of_source["day"].unique()), set(of_source.loc[of_source["is_month"], "day"])
        told = {stock.day: stock for stock in stocks_of_rows(stocks_by_area(own))}
        nothing = dict.fromkeys(QUANTITIES, math.nan)
        stocks = tuple(
            replace(
                told.get(day, Stock(day, nothing, 0, dict.fromkeys(QUANTITIES, 0))), is_month=day in months
            )
            for day in days
        )
        listed = [day for day in days if day not in months]
        first, last = (set(own.loc[own["day"].isin(end), "facility_id"]) for end in (listed[:1], listed[-1:]))
        changes = [change_between(own, stocks, quantity) for quantity in QUANTITIES]
        history = QueueHistory(
            str(source),
            stocks,
            tuple(change for change in changes if change is not None),
            came=len(last - first),
            gone=len(first - last),
        )
        if history.is_stated("vacant_places") or history.is_stated("waiting_persons"):
            found.append(history)
    return tuple(found)


def stated_of(
    registry: Registry, of: Help, *, is_for_all: bool = False, until: date | None = None
) -> pd.DataFrame:
    """
    Return the rows of a form in `Registry.stated_vacancies`, up to the day of a view.

    With the `area_code` of the smallest area known, and `is_for_others`: nobody is another to everybody.
    """
    stated = _known(registry, until)
    rows = stated[stated["support_form"] == of.form]
    if not is_for_all:
        rows = rows[is_for_group(rows, of.group)]
    others = False if is_for_all else is_for_others(rows, of.group)
    return rows.assign(area_code=smallest_area(rows), is_for_others=others)


def stocks_by_area(rows: pd.DataFrame) -> pd.DataFrame:
    """
    Return the stocks of areas.

    Parameters
    ----------
    rows
        As `stated_of` returns them, with the `area_code` to sum by.

    Returns
    -------
    stocks
        One row each, by `area_code`, `source_code` and `day`: `facilities`, the sums of `QUANTITIES` (missing where no
        service states it) and for each how many facilities state it (`STATING`) and whether it is so much at most
        (`AT_MOST`).
    """
    keys = ["area_code", "source_code", "day"]
    of_facility = rows.groupby([*keys, "facility_id"])
    columns: dict[str, pd.Series] = {"facilities": of_facility.size().groupby(keys).size()}
    for name in QUANTITIES:
        columns[name] = rows.groupby(keys)[name].sum(min_count=1)
        is_stating = of_facility[name].count() == of_facility.size()
        columns[STATING[name]] = is_stating.groupby(keys).sum()
        is_some = (rows[name] > 0).fillna(value=False).astype(bool)
        columns[AT_MOST[name]] = (
            rows.assign(is_less=is_some & rows["is_for_others"]).groupby(keys)["is_less"].any()
        )
    return pd.DataFrame(columns).reset_index()


def stocks_of_view(registry: Registry, question: Question, *, until: date | None = None) -> pd.DataFrame:
    """
    Return the stocks of the areas of a question, for a file: of voivodeships and powiats, and of gminas where it asks.

    Returns
    -------
    stocks
        As `stocks_by_area` gives them, with `is_for_all` (False first) where the form has profiles; in the order of
        registers, areas and days. Empty where no register of the scope states any.
    """
    levels = ["voivodeship", "powiat"]
    if question.level == "gmina" and not question.is_wide_gmina:
        levels.append("gmina")
    parts = []
    for is_for_all in (False, True) if has_profiles(question.form) else (False,):
        rows = stated_of(registry, question.help, is_for_all=is_for_all, until=until)
        rows = rows[rows["area_code"].str.startswith(question.scope_code)]
        for digits in (CODE_DIGITS[level] for level in levels):
            # Of some facilities only a larger area is known.
            known = rows[rows["area_code"].str.len() >= digits]
            areas = known.assign(area_code=known["area_code"].str[:digits])
            parts.append(stocks_by_area(areas).assign(is_for_all=is_for_all))
    stocks = pd.concat(parts, ignore_index=True)
    return stocks.sort_values(["source_code", "area_code", "is_for_all", "day"], ignore_index=True)


def _known(registry: Registry, until: date | None) -> pd.DataFrame:
    """Return what was stated up to the day of a view: at least up to that from which its registry held."""
    stated, last = registry.stated_vacancies, until or registry.held_from
    return stated if last is None else stated[stated["day"] <= last]
