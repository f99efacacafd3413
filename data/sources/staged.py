"""What a reader of a source gives back: rows taken, rows refused with a reason, and the two add up."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from geo.errors import SupportMapError


class SourceFormatError(SupportMapError, ValueError):
    """A source's file does not have the columns or values that its kind promises."""


@dataclass(frozen=True)
class Staged:
    """
    The content of a source that is not a register.

    Attributes
    ----------
    records
        Accepted rows in our column names.
    rejected
        Refused rows: `row_reference`, `reason` (a short code), `detail`.
    rows_read
        Rows of the file; equals accepted plus rejected.
    """

    records: pd.DataFrame
    rejected: pd.DataFrame
    rows_read: int


def rejected_rows(rows: Sequence[tuple[str, str, str]] = ()) -> pd.DataFrame:
    """Return a frame of refused rows from (row_reference, reason, detail)."""
    return pd.DataFrame(list(rows), columns=["row_reference", "reason", "detail"], dtype=object)


def require_columns(frame: pd.DataFrame, columns: Sequence[str], *, file_name: str) -> None:
    """
    Check that a file has the columns that its reader needs.

    Raises
    ------
    SourceFormatError
        Naming the columns that are missing and those that were found.
    """
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise SourceFormatError(
            f"{file_name}: expected columns {', '.join(missing)}; found "
            f"{', '.join(map(str, frame.columns))}. "
            "Give the file of the right kind, or correct the catalogue.",
            missing=missing,
        )
