"""On which days registers state free places or queues, which are months of a file, and how far their totals agree."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, case, func, select

from data.reading.stated_vacancies import days_of, telling_forms
from data.store.schema import RegisterTotal, Release


@dataclass(frozen=True)
class StatedDays:
    """
    The days of one register.

    Attributes
    ----------
    days
        Ascending.
    months
        Those of them that are an earlier month in a file: of queues and free places alone.
    missing_months
        Last days of months between its days that no file tells; only of a register that has `months`.
    totals, equal
        Totals that it states on all its days, and how many of them equal the sums of its rows.
    """

    source_code: str
    days: tuple[date, ...]
    months: tuple[date, ...]
    missing_months: tuple[date, ...]
    totals: int
    equal: int


def stated_days(connection: Connection) -> list[StatedDays]:
    """Return the days of each register that states free places or a queue on any day, by source code."""
    days = days_of(connection, {source for source, _ in telling_forms(connection)})
    query = (
        select(
            Release.id,
            Release.source_code,
            Release.file_on,
            func.count(RegisterTotal.id).label("totals"),
            func.sum(case((RegisterTotal.stated == RegisterTotal.computed, 1), else_=0)).label("equal"),
        )
        .outerjoin(RegisterTotal, RegisterTotal.release_id == Release.id)
        .where(Release.id.in_(days))
        .group_by(Release.id, Release.source_code, Release.file_on)
    )
    rows = sorted(connection.execute(query).all(), key=lambda row: (row.source_code, days[row.id]))
    found = []
    for source in sorted({row.source_code for row in rows}):
        own = [row for row in rows if row.source_code == source]
        told = tuple(days[row.id] for row in own)
        months = tuple(days[row.id] for row in own if row.file_on is not None)
        found.append(
            StatedDays(
                source,
                told,
                months,
                months_without(told) if months else (),
                sum(int(row.totals) for row in own),
                sum(int(row.equal or 0) for row in own),
            )
        )
    return found


def months_without(days: tuple[date, ...]) -> tuple[date, ...]:
    """Return the last days of the months between the first and the last day of which there is none."""
    told = {(day.year, day.month) for day in days}
    missing, month = [], days[0].replace(day=1)
    while month <= days[-1]:
        following = (month + timedelta(days=31)).replace(day=1)
        if (month.year, month.month) not in told:
            missing.append(following - timedelta(days=1))
        month = following
    return tuple(missing)
