"""Which list a field of a facility is from: where several lists have one, its places may be of another than its row."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

PLACES: Final = "capacity_places"
QUEUES: Final = ("vacant_places", "waiting_persons")
WHERE: Final = ("geometry", "gmina_code")
"""Fields that numbers are made of beside what a row says of itself: how many, who waits, and where it stands."""
ORIGINS: Final = ("field_sources", "field_days")
"""Columns of the registry that tell it (`data.reading.merged_services`)."""
RECORD: Final = ("service_id", "source_code", "dated_on", "dated_precision")


def records_of(services: pd.DataFrame, field: str) -> pd.DataFrame:
    """
    Return the record that a field of each service is from.

    Parameters
    ----------
    services
        The columns `RECORD`, `ORIGINS` and the field.

    Returns
    -------
    records
        Columns of `RECORD`, one row for each service that has the field, in their order and with their index: of a
        facility of one record its own source and day, of a merged one those of the record that has the field.
    """
    here = services.loc[services[field].notna(), [*RECORD, *ORIGINS]]
    found = {name: here[name].tolist() for name in RECORD}
    for row, (sources, days) in enumerate(zip(*(here[name] for name in ORIGINS), strict=True)):
        # Most facilities are of one record: theirs stands already.
        if isinstance(sources, dict) and sources.get(field):
            found["source_code"][row] = sources[field][0]
            found["dated_on"][row], found["dated_precision"][row] = _day(days, field)
    return pd.DataFrame(found, columns=list(RECORD), index=here.index)


def other_records_of(services: pd.DataFrame, field: str) -> pd.DataFrame:
    """Return those of `records_of` that are of another source than the row of the facility."""
    records = records_of(services, field)
    return records[records["source_code"] != services["source_code"].reindex(records.index)]


def used_records(services: pd.DataFrame, fields: Sequence[str]) -> pd.DataFrame:
    """Return the records that any of several fields are from, one row for each field of each service."""
    return pd.concat([records_of(services, field) for field in fields], ignore_index=True)


def _day(days: Any, field: str) -> tuple[date | None, str | None]:
    """Return the day of a field of a merged facility, and how far it is known."""
    day: tuple[date | None, str | None] = (
        days.get(field, (None, None)) if isinstance(days, dict) else (None, None)
    )
    return day
