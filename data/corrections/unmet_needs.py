"""What readers did not find: where, for which group and of which form, and how many of them told so."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd
from sqlalchemy import Connection, func, insert, select

from data.corrections.errors import FloodError
from data.store.query_frames import read_frame
from data.store.schema import UnmetNeed
from geo.teryt import CODE_DIGITS

LEAST_SHOWN: Final = 5
"""Fewer of an area are told to nobody: one may be the one person of a village who asked."""
MOST_A_DAY: Final = 600
MOST_OF_GMINA_A_DAY: Final = 20
DAYS_TOLD: Final = 365
_COLUMNS: Final = ["area_code", "need_group", "reports", "forms", "first_on", "last_on"]
_ORDER: Final = ["reports", "area_code", "need_group"]


@dataclass(frozen=True)
class Unmet:
    """What somebody did not find; `support_form` is None where the whole group was meant."""

    receipt: str
    gmina_code: str
    need_group: str
    support_form: str | None = None


def take_need(connection: Connection, need: Unmet, *, today: date) -> bool:
    """
    Count that somebody did not find help; return False where the same form came before.

    Raises
    ------
    FloodError
        If too many came on one day, of one gmina or of all.
    """
    if connection.execute(select(UnmetNeed.id).where(UnmetNeed.receipt == need.receipt)).first() is not None:
        return False
    of_day = select(func.count()).select_from(UnmetNeed).where(UnmetNeed.reported_on == today)
    of_gmina = of_day.where(UnmetNeed.gmina_code == need.gmina_code)
    is_full = connection.execute(of_day).scalar_one() >= MOST_A_DAY
    if is_full or connection.execute(of_gmina).scalar_one() >= MOST_OF_GMINA_A_DAY:
        raise FloodError("expected fewer reports on one day, found as many as are taken; try again tomorrow")
    connection.execute(insert(UnmetNeed).values(reported_on=today, **vars(need)))
    return True


def is_counted(connection: Connection, receipt: str) -> bool:
    """Tell whether a form brought a need that was counted."""
    return connection.execute(select(UnmetNeed.id).where(UnmetNeed.receipt == receipt)).first() is not None


def unmet_needs(connection: Connection, *, today: date, level: str = "gmina") -> pd.DataFrame:
    """
    Return how many readers of the last year did not find help, of areas with at least `LEAST_SHOWN` of a group.

    Parameters
    ----------
    level
        `gmina`, `powiat` or `voivodeship`, into which gminas are added up.

    Returns
    -------
    needs
        One row an area and group: `area_code`, `need_group`, `reports`, `forms` (form of support → reports that name
        it, as far as these are at least `LEAST_SHOWN`, too), `first_on`, `last_on`; most first. They are reports, and
        not people: anybody may send several, and nobody checked them.
    """
    query = select(
        UnmetNeed.gmina_code, UnmetNeed.need_group, UnmetNeed.support_form, UnmetNeed.reported_on
    ).where(UnmetNeed.reported_on > today - timedelta(days=DAYS_TOLD))
    rows = read_frame(connection, query)
    digits = CODE_DIGITS[level]
    found = [
        {
            "area_code": code,
            "need_group": group,
            "reports": len(of_group),
            "forms": _told_forms(of_group["support_form"]),
            "first_on": of_group["reported_on"].min(),
            "last_on": of_group["reported_on"].max(),
        }
        for (code, group), of_group in rows.groupby([rows["gmina_code"].str[:digits], "need_group"])
        if len(of_group) >= LEAST_SHOWN
    ]
    told = pd.DataFrame(found, columns=_COLUMNS)
    return told.sort_values(_ORDER, ascending=[False, True, True]).reset_index(drop=True)


def _told_forms(forms: pd.Series) -> dict[str, int]:
    counts = forms.dropna().value_counts()
    return {str(form): int(count) for form, count in counts.items() if count >= LEAST_SHOWN}
