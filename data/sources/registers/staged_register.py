"""A register as it was read: a record for every row that was taken, a reason for every other one."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.sources.registers.doubtful_cell import Doubt
from data.sources.registers.record_fields import FIELDS, INTEGERS, ORGANIZATION_FIELDS


@dataclass(frozen=True)
class StagedRegister:
    """
    A register ready to be loaded.

    Attributes
    ----------
    records
        One row per accepted input row, which is one service; columns of `record_fields.FIELDS`, None or NA
        where the register does not say. Rows of one facility share `facility_key`.
    rejected
        `row_reference`, `reason` (a short code) and `detail` of every other row.
    totals
        `label`, `powiat_name` (None when not of a powiat), `quantity`, `stated` by the register's own total
        rows, `computed` from its rows.
    as_of
        The day the register speaks of; None when it does not say.
    rows_read
        `len(records) + len(taken_over) + len(rejected)`; blank rows, titles and headers are not rows.
    dates_rows
        Whether `as_of` is also the day of rows without one of their own; not that of an exchange file, which says
        when the file was made.
    not_compared
        Label and reason of every sum that has no total of the register beside it, where the profile names totals.
    doubts
        What a person should look at of rows that were accepted, and of the file itself.
    is_metric
        Whether the file gives its points in metres, where either axis may come first.
    prints
        Key of a record → the print of the one row that it was read from, where a later file may be compared with it
        (`data.sources.registers.row_prints`).
    taken_over
        The same of records in force whose row says what it said before: they are not among `records`.
    organizations
        Columns of `record_fields.ORGANIZATION_FIELDS`, from files that tell more of them than a name; their
        records name them by `organization_key`.
    """

    records: pd.DataFrame
    rejected: pd.DataFrame
    totals: pd.DataFrame
    as_of: dt.date | None
    rows_read: int
    dates_rows: bool = True
    not_compared: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    is_metric: bool = False
    prints: Mapping[str, str] = field(default_factory=dict)
    taken_over: Mapping[str, str] = field(default_factory=dict)
    organizations: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=list(ORGANIZATION_FIELDS), dtype=object)
    )


def record_frame(records: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the records: nullable whole numbers, plain floats, elsewhere objects, None when missing."""
    columns: dict[str, pd.Series[Any]] = {}
    for name, kind in FIELDS.items():
        values = [record[name] for record in records]
        dtype = "Int64" if name in INTEGERS else "float64" if kind == "decimal" else object
        columns[name] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(columns)
