"""What readers did not find: where, for which group and of which form, and how many of them told so."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd
from sqlalchemy import Connection, func, insert, select, update

from data.corrections.errors import FloodError
from data.corrections.told_counts import LEAST_SHOWN, told_gminas
from data.store.query_frames import read_frame
from data.store.schema import Area, UnmetNeed

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

    A form that was gone back to, put right and sent again counts once, as it was sent last.

    Raises
    ------
    FloodError
        If too many came on one day, of one gmina or of all.
    """
    if is_counted(connection, need.receipt):
        last = {"need_group": need.need_group, "support_form": need.support_form}
        connection.execute(update(UnmetNeed).where(UnmetNeed.receipt == need.receipt).values(last))
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
    Return how many readers of the last year did not find help, as far as areas may be told of.

    Parameters
    ----------
    level
        `gmina`, `powiat` or `voivodeship`, into which gminas are added up.

    Returns
    -------
    needs
        One row an area and group: `area_code`, `need_group`, `reports`, `forms` (form of support → reports that name
        it), `first_on`, `last_on`; most first. They are reports, and not people: anybody may send several, and nobody
        checked them. Of an area above a gmina they may be fewer than there are (`data.corrections.told_counts`).
    """
    query = select(
        UnmetNeed.gmina_code, UnmetNeed.need_group, UnmetNeed.support_form, UnmetNeed.reported_on
    ).where(UnmetNeed.reported_on > today - timedelta(days=DAYS_TOLD))
    rows = read_frame(connection, query)
    known = set(connection.scalars(select(Area.area_code).where(Area.level == "gmina").distinct()))
    found = []
    for group, of_group in rows.groupby("need_group"):
        told_forms = _forms_of_gminas(of_group)
        counts = {str(code): int(count) for code, count in of_group["gmina_code"].value_counts().items()}
        for code, gminas in told_gminas(counts, known, level=level).items():
            told_of = of_group[of_group["gmina_code"].isin(gminas)]
            found.append(
                {
                    "area_code": code,
                    "need_group": group,
                    "reports": len(told_of),
                    "forms": _added(forms for gmina, forms in told_forms.items() if gmina.startswith(code)),
                    "first_on": told_of["reported_on"].min(),
                    "last_on": told_of["reported_on"].max(),
                }
            )
    told = pd.DataFrame(found, columns=_COLUMNS)
    return told.sort_values(_ORDER, ascending=[False, True, True]).reset_index(drop=True)


def _forms_of_gminas(reports: pd.DataFrame) -> dict[str, dict[str, int]]:
    """
    Return of each gmina that is told the forms with enough reports.

    None where what is left of its reports would be too few to be told. Areas above have those of their gminas and no
    others, so nothing follows from the difference.
    """
    told = {}
    for gmina, of_gmina in reports.groupby("gmina_code"):
        counts = of_gmina["support_form"].dropna().value_counts()
        forms = {str(form): int(count) for form, count in counts.items() if count >= LEAST_SHOWN}
        rest = len(of_gmina) - sum(forms.values())
        if forms and (rest == 0 or rest >= LEAST_SHOWN):
            told[str(gmina)] = forms
    return told


def _added(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return counts of forms added up, the most first."""
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return dict(total.most_common())
