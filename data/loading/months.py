"""
The earlier months of a file that has a column for each month of its year.

They are read as days of their own, older than the file's: what registers state of queues and free places over time. A
month is told once: where two files of a year have it the earlier file does, and what is loaded of it stays.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from data.loading.timeline import LoadedFile, newest_last
from data.sources.fetch import FoundFile


def earlier_months(files: Sequence[FoundFile], loaded: Sequence[LoadedFile]) -> list[FoundFile]:
    """
    Return a file for each earlier month of the year of each file, those of older files first.

    Parameters
    ----------
    files
        Those of a register whose profile names `months`; one whose day the catalogue does not say has none.
    loaded
        Its releases; a month that another file told before is left out.
    """
    contents = {entry.effective_on: entry.sha256 for entry in loaded}
    told: set[date | None] = {file.as_of for file in files}
    found: list[FoundFile] = []
    for file in newest_last(files, ()):
        for last in _months_before(file.as_of):
            # The content of one month is not that of the file: both are known by their own print.
            sha256 = f"{file.sha256}#{last:%Y-%m}"
            if last not in told and contents.get(last, sha256) == sha256:
                told.add(last)
                found.append(replace(file, sha256=sha256, as_of=last, whole_on=file.as_of))
    return found


def _months_before(day: date | None) -> Iterator[date]:
    if day is None:
        return
    for month in range(1, day.month):
        yield date(day.year, month, monthrange(day.year, month)[1])
