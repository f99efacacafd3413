"""
Rows that say what they said when the records in force were read: they are known by a print and not read again.

A print is a hash of the words that a profile reads of a row and of everything else that its record depends on. It is
kept with the record of a public facility that is one row and gave nobody anything to look at; every other row is read
each time, so that what a person has to see of it is said again.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data.sources.registers.profile import RegisterProfile


@dataclass(frozen=True)
class ReadBefore:
    """
    What was read of a register before.

    Attributes
    ----------
    basis
        A hash of everything beside the row and the year of the list that a record depends on.
    day
        The day of the file, where it tells none itself.
    records
        The print of a row → the key of the record in force that came of it.
    """

    basis: str
    day: date | None = None
    records: Mapping[str, str] = field(default_factory=dict)


class RowPrints:
    """The prints of the rows of one file; none where a row cannot be understood alone, or nobody keeps them."""

    def __init__(self, profile: RegisterProfile, before: ReadBefore | None, day: date | None) -> None:
        self._records = before.records if before else {}
        # What a code meant is of the year of the list (data.places.world.AreaIndex.whole_of).
        year = (day or before.day) if before else None
        self._basis = f"{before.basis} {year.year if year else ''}" if before else ""
        self._is_kept = before is not None and _is_each_row_alone(profile)

    def of(self, cells: Mapping[str, str]) -> str | None:
        """Return the print of a row by the words of its cells, in the order of the profile."""
        if not self._is_kept:
            return None
        words = "\x1f".join((self._basis, *cells, *cells.values()))
        return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()

    def record_of(self, row_print: str | None) -> str | None:
        """Return the key of the record in force that came of such a row; None where there is none."""
        return self._records.get(row_print) if row_print else None


def _is_each_row_alone(profile: RegisterProfile) -> bool:
    """
    Tell whether a row's record depends on no other row: it has its own key and nothing is filled down or summed.

    Of an organization with a number the first row tells the name, for all.
    """
    columns = profile.columns
    return (
        "facility_key" in columns
        and not profile.sections
        and profile.totals is None
        and all(column.fill == "none" for column in columns.values())
        and not any("organization_key" in (name, column.to) for name, column in columns.items())
    )
