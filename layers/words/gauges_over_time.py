"""Queue and free places over the days of registers, in words: what grew, what fell, and between which days."""

import math
from dataclasses import dataclass
from datetime import date

from data.registry.registry import Registry
from data.store.plain_text import plain_text
from data.vocabulary import has_profiles
from geo.printed_numbers import bound_of
from layers.answers.measures.queue_history import QueueHistory, queue_histories
from layers.answers.measures.stocks import QUANTITIES, Change, Stock
from layers.text import Texts
from layers.view.question import Help
from layers.words.figures import BOUND_TEXTS
from layers.words.source_words import unnamed_source

BARS = ("vacant_places", "waiting_persons")
"""What is drawn: numbers of one size."""


@dataclass(frozen=True)
class RegisterOverTime:
    """
    What one register tells of an area over its days.

    Attributes
    ----------
    source_code
        The register.
    history, whole
        Of the services for the group, and of all services of the form; the latter None where a form has no profiles.
    """

    source_code: str
    history: QueueHistory
    whole: QueueHistory | None


def registers_over_time(
    registry: Registry, of: Help, prefix: str, *, until: date | None = None
) -> tuple[RegisterOverTime, ...]:
    """
    Return the registers that tell a queue or free places of an area for the group.

    Parameters
    ----------
    prefix
        Code of the area; empty for the country.
    until
        The day that the view is of; None for today.
    """
    everybody = queue_histories(registry, of, prefix, is_for_all=True, until=until)
    whole = {history.source_code: history for history in everybody} if has_profiles(of.form) else {}
    return tuple(
        RegisterOverTime(history.source_code, history, whole.get(history.source_code))
        for history in queue_histories(registry, of, prefix, until=until)
    )


def register_name(registry: Registry, source_code: str, texts: Texts) -> str:
    """Return a register with its publisher, also of a day on which none of its lists held."""
    sources = registry.named_sources
    sources = sources[sources["source_code"] == source_code]
    if sources.empty:
        return unnamed_source(source_code, texts)
    name, publisher = (plain_text(sources[column].iloc[0]) for column in ("name", "publisher"))
    return texts.t("over_time.register", name=name, publisher=publisher)


def register_lines(told: RegisterOverTime, texts: Texts) -> list[str]:
    """Return what a register tells over time as sentences."""
    return [*group_lines(told, texts), *whole_lines(told, texts)]


def group_lines(told: RegisterOverTime, texts: Texts) -> list[str]:
    """Return what changed of the services for the group; one sentence where the register has a single day."""
    history, t = told.history, texts.t
    others = [t("over_time.others")] if history.is_of_others else []
    if len(history.stocks) == 1:
        return [t("over_time.one_day", day=history.stocks[0].day), *others]
    lines = others + [change_line(change, texts) for change in history.changes]
    lines += [t(f"over_time.never_{quantity}") for quantity in BARS if not history.is_stated(quantity)]
    return lines + _list_line(history, texts, of="group") + month_lines(history, texts)


def month_lines(history: QueueHistory, texts: Texts) -> list[str]:
    """Return what days that are months in a file do not tell, and the months that no file has; nothing without any."""
    count = len(history.stocks) - len(history.listed)
    lines = [texts.t("over_time.months", count=count)] if count else []
    if history.missing_months:
        months = ", ".join(texts.date(day, precision="month") for day in history.missing_months)
        lines.append(texts.t("over_time.missing_months", months=months))
    return lines


def bar_lines(told: RegisterOverTime, texts: Texts) -> list[str]:
    """Return what changed of the queue and free places for the group alone."""
    return [change_line(change, texts) for change in told.history.changes if change.quantity in BARS]


def whole_lines(told: RegisterOverTime, texts: Texts) -> list[str]:
    """Return what changed of all services of the form, where there are others than those for the group."""
    if told.whole is None or told.whole.stocks == told.history.stocks:
        return []
    changes = [change for change in told.whole.changes if change.quantity in BARS]
    lines = [change_line(change, texts, of="all") for change in changes]
    return lines + _list_line(told.whole, texts, of="all")


def _list_line(history: QueueHistory, texts: Texts, *, of: str) -> list[str]:
    """Return that the list is not the same on the last day; nothing where it is."""
    if not history.came and not history.gone:
        return []
    first, last = history.listed[0], history.listed[-1]
    line = texts.t(
        f"over_time.list_{of}",
        first=first.facilities,
        first_day=first.day,
        last=last.facilities,
        last_day=last.day,
        came=history.came,
        gone=history.gone,
    )
    return [line]


def change_line(change: Change, texts: Texts, *, of: str = "group") -> str:
    """Return one change in a sentence, with the days of both numbers and what was beyond them in between."""
    t = texts.t
    line = t(
        "over_time.change",
        subject=t(f"over_time.{change.quantity}_{of}"),
        first=change.first,
        first_day=change.first_day,
        last=change.last,
        last_day=change.last_day,
        said=_by(change.last - change.first, texts),
    )
    if change.same is not None:
        count, first, last = change.same
        key = "over_time.same_places" if change.is_whole else "over_time.part"
        line = f"{line} {t(key, count=count, first=first, last=last, said=_by(last - first, texts))}"
    beyond = [
        t(f"over_time.{name}", day=one[0], number=one[1])
        for name, one in (("least", change.least), ("most", change.most))
        if one is not None
    ]
    return f"{line} {t('over_time.between', said='; '.join(beyond))}" if beyond else line


def _by(difference: float, texts: Texts) -> str:
    """Return by how much a number grew or fell."""
    key = "more" if difference > 0 else "less" if difference < 0 else "same"
    return texts.t(f"over_time.{key}", by=abs(difference))


def told_quantities(history: QueueHistory) -> tuple[str, ...]:
    """Return the numbers that a table of the register has a column for: those that any of its days tells."""
    return tuple(quantity for quantity in QUANTITIES if history.is_stated(quantity))


def stock_cell(stock: Stock, quantity: str, texts: Texts) -> str:
    """Return one number of one day in words, with its bound: not stated is no data, of some facilities at least."""
    number = stock.numbers[quantity]
    if stock.facilities == 0:
        return texts.t("over_time.none_listed")
    if math.isnan(number):
        return texts.t("no_data")
    written = texts.number(number)
    bound = bound_of(is_more=not stock.is_whole(quantity), is_less=quantity in stock.at_most)
    written = texts.t(BOUND_TEXTS[bound], value=written) if bound else written
    if stock.is_whole(quantity):
        return written
    stating = texts.t("over_time.stated_by", stating=stock.stating[quantity], facilities=stock.facilities)
    return f"{written} ({stating})"
