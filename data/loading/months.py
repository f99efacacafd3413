"""
The earlier months of a file that has a column for each month of its year.

They are read as days of their own, older than the file's: what registers state of queues and free places over time. A
month is told once: where two files of a year have it the earlier file does that has a number of it, and what is loaded
of it stays.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from data.loading.timeline import MONTH_MARK, LoadedFile, newest_last
from data.sources.fetch import FoundFile
from data.sources.registers.profile import RegisterProfile
from data.sources.registers.staged_register import StagedRegister
from data.store.errors import RegisterError


def earlier_months(
    files: Sequence[FoundFile], loaded: Sequence[LoadedFile], *, tells: Callable[[FoundFile], bool]
) -> list[FoundFile]:
    """
    Return a file for each earlier month of the year of each file, those of older files first.

    Parameters
    ----------
    files
        Those of a register whose profile names `months`; one whose day the catalogue does not say has none.
    loaded
        Its releases; a month that another file told before is left out.
    tells
        Reads a month that is not loaded: whether the file has any number of it. Else a later file may tell it.
    """
    known = {entry.sha256 for entry in loaded}
    contents = {entry.effective_on: entry.sha256 for entry in loaded}
    told: set[date | None] = {file.as_of for file in files}
    found: list[FoundFile] = []
    for file in newest_last(files, ()):
        for last in _months_before(file.as_of):
            # The content of one month is not that of the file: both are known by their own print.
            sha256 = f"{file.sha256}{MONTH_MARK}{last:%Y-%m}"
            if last in told or contents.get(last, sha256) != sha256:
                continue
            month = replace(file, sha256=sha256, as_of=last, whole_on=file.as_of)
            if sha256 in known or tells(month):
                told.add(last)
                found.append(month)
    return found


def why_untold(profile: RegisterProfile, read: Callable[[], StagedRegister]) -> str | None:
    """Return why a month is left out, by what `read` gives of it; None where the file has a number of it."""
    try:
        records = read().records
    except RegisterError as error:
        return f"this month cannot be read and is left out: {error}"
    is_told = bool(records[list(profile.as_of.months)].notna().any(axis=None))
    return None if is_told else "the file has no number of this month, which is left out"


def _months_before(day: date | None) -> Iterator[date]:
    if day is None:
        return
    for month in range(1, day.month):
        yield date(day.year, month, monthrange(day.year, month)[1])
