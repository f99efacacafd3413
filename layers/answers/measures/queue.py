"""
The queue and the free places that registers state: a stock on one day, of the homes that state it.

A queue is people waiting. It is never set against the people who used a service during a year, nor is a stock of one
day added to that of another without saying both days.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from layers.answers.measures.inputs import MeasureInputs, placed_in
from layers.answers.measures.measured import Measured
from layers.answers.measures.newest_stated import with_newest_months
from layers.answers.measures.reached import bounds_of

STATED = ("waiting_persons", "vacant_places")


@dataclass(frozen=True)
class Queue:
    """
    What the registers state of some services in all.

    Attributes
    ----------
    waiting_persons, vacant_places
        Sums over the services that state them; NaN where none does. Somebody may wait for several homes.
    facilities, stating
        Facilities, and those of them that state either.
    stating_waiting, stating_vacant
        Those that state the one and the other.
    oldest, newest
        The days of what is stated; None where no register says one.
    is_waiting_most, is_vacant_most
        Whether some of the people may wait for, or some of the places be free in, what is for others, or what is of so
        old a row of an incomplete list that it may have closed (`layers.answers.measures.old_rows`): a number of last
        year is no "at least" of now.
    """

    waiting_persons: float
    vacant_places: float
    facilities: int
    stating: int
    stating_waiting: int
    stating_vacant: int
    oldest: date | None
    newest: date | None
    is_waiting_most: bool = False
    is_vacant_most: bool = False

    @property
    def is_known(self) -> bool:
        """Tell whether anything is stated."""
        return self.stating > 0


def queue_of(services: pd.DataFrame) -> Queue:
    """
    Return what is stated of services in all.

    Parameters
    ----------
    services
        One row per service: `facility_id`, `waiting_persons`, `vacant_places` (missing = not stated), `vacancies_on`;
        where they are told, `is_for_others` and `may_be_gone`.
    """
    stating = services[services[list(STATED)].notna().any(axis="columns")]
    days = [day for day in stating["vacancies_on"] if not pd.isna(day)]
    sums = {name: stating[name].astype("Float64").sum(min_count=1) for name in STATED}
    waiting, vacant = (float("nan") if pd.isna(value) else float(value) for value in sums.values())
    return Queue(
        waiting,
        vacant,
        facilities=int(services["facility_id"].nunique()),
        stating=int(stating["facility_id"].nunique()),
        stating_waiting=_stating(services, "waiting_persons"),
        stating_vacant=_stating(services, "vacant_places"),
        oldest=min(days, default=None),
        newest=max(days, default=None),
        is_waiting_most=bool(_may_be_less(stating, "waiting_persons").any()),
        is_vacant_most=bool(_may_be_less(stating, "vacant_places").any()),
    )


def _may_be_less(services: pd.DataFrame, name: str) -> pd.Series:
    """Tell of which services some of the people or places may be those of others, or no longer there."""
    is_less = pd.Series(data=False, index=services.index)
    for flag in ("is_for_others", "may_be_gone"):
        if flag in services:
            is_less |= services[flag].astype(bool)
    return is_less & (services[name] > 0).fillna(value=False).astype(bool)


def _stating(services: pd.DataFrame, name: str) -> int:
    """Return how many facilities state a number."""
    return int(services.loc[services[name].notna(), "facility_id"].nunique())


def queue_by_area(inputs: MeasureInputs) -> Measured:
    """
    Return `waiting_persons` and `vacant_places` of each area; no columns where no service of the scope states either.

    Missing where no service of the area states it, *at least* where one does not or the list is not complete, *at most*
    where one is for others, too; unsure where besides its row is so old that it may be gone.
    """
    areas, of = inputs.areas.index, inputs.question.help
    services = placed_in(with_newest_months(inputs.services, inputs.registry, of), areas)
    is_whole = services["is_complete"].astype(bool).groupby(services["area_code"]).all()
    is_known = inputs.known_areas | is_whole.reindex(areas, fill_value=False)
    columns, bounds = {}, {}
    for name in STATED:
        if services[name].isna().all():
            continue
        groups = services[name].astype("Float64").groupby(services["area_code"])
        columns[name] = groups.sum(min_count=1).reindex(areas).astype("Int64")
        is_part = (groups.count() < groups.size()).reindex(areas, fill_value=False) | ~is_known
        is_less = _may_be_less(services, name).groupby(services["area_code"]).any()
        is_told = columns[name].notna()
        bounds[name] = bounds_of(is_part & is_told, is_less.reindex(areas, fill_value=False) & is_told)
    return Measured(pd.DataFrame(columns, index=areas), bounds)
