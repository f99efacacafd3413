"""
What registers state newest of queues and free places: of an earlier day, often a month in a file of a later one.

Such a month is no edition of the list (`data.reading.editions`): of that day nobody has the list, but its queue.
"""

import pandas as pd

from data.registry.once import once_for_registry
from data.registry.registry import Registry
from layers.answers.measures.queue_history import stated_of
from layers.view.question import Help


@once_for_registry
def newest_months(registry: Registry, of: Help, *, is_for_all: bool = False) -> pd.DataFrame:
    """
    Return the rows of those registers whose newest day is an earlier month of a file.

    Returns
    -------
    rows
        As `stated_of` has them, of that day alone; `facility_id` is a text that no service of the registry has, and
        `dated_on` and `dated_precision` are those of what is stated. Empty where the newest day of every register is
        one of its lists, as it is now.
    """
    stated = stated_of(registry, of, is_for_all=is_for_all)
    if registry.held_from is None:
        return _numbered(stated.iloc[:0])
    newest = stated["day"] == stated["source_code"].map(stated.groupby("source_code")["day"].max())
    return _numbered(stated[newest & stated["is_month"]])


def with_newest_months(
    services: pd.DataFrame, registry: Registry, of: Help, *, is_for_all: bool = False
) -> pd.DataFrame:
    """
    Return services, for what is stated of queues and free places, with the rows of `newest_months` for their own.

    Parameters
    ----------
    services
        Services of the form: `source_code`, `facility_id`, `waiting_persons`, `vacant_places`, `vacancies_on`, codes
        of areas and, where it is told, `is_for_others`.

    Returns
    -------
    stating
        The services of all other registers and those rows, from anywhere, with `is_complete`: of rows whether the
        register listed all of the form then, of services False.
    """
    months = newest_months(registry, of, is_for_all=is_for_all)
    told = pd.DataFrame(services).assign(is_complete=False)
    if months.empty:
        return told
    if "is_for_others" not in told:
        told = told.assign(is_for_others=False)
    told = told[~told["source_code"].isin(months["source_code"])]
    if told.empty:
        return months.reset_index(drop=True)
    return pd.concat([told, months], ignore_index=True)


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    names = rows["source_code"] + " " + rows["facility_id"].astype(str)
    return rows.assign(facility_id=names, dated_on=rows["vacancies_on"], dated_precision="day")
