"""The day that a register speaks of."""

import datetime as dt
from pathlib import Path

from data.sources.cell_text import EARLIEST_DATE, is_sane_date, latest_date, read_date
from data.sources.registers.profile import RegisterProfile
from data.sources.tables.cells import TableFile
from data.store.errors import RegisterError


def register_date(
    profile: RegisterProfile,
    table: TableFile,
    path: Path,
    *,
    before_row: int,
    month: dt.date | None = None,
) -> dt.date | None:
    """
    Return the day that the register speaks of, or None when neither it nor its profile says.

    Parameters
    ----------
    profile
        Says where the date stands: in a title over the table, in the name of the file, or nowhere.
    table, path
        The file.
    before_row
        Titles are looked for above this row.
    month
        The last day of an earlier month of its year, when only what it tells of that one is read.

    Raises
    ------
    RegisterError
        If the profile promises a title with a date and there is none: an undated register would pass unseen. Also
        if the day is before 1990 or more than a year ahead, or the month is not an earlier one of its year.
    """
    day = _stated_date(profile, table, path, before_row=before_row)
    if day and not is_sane_date(day):
        message = (
            f"{table.place}: expected the day of the register between {EARLIEST_DATE} and {latest_date()}, found "
            f"{day}. Correct the year in the file, or [as_of] of the profile."
        )
        raise RegisterError(message, file=path.name, found=day)
    if month and (day is None or month.year != day.year or month >= day):
        message = (
            f"{table.place}: expected a month of the year of the register before its day, found {month:%Y-%m} and "
            f"{day or 'no day'}. Correct `as_of` of the file in the catalogue."
        )
        raise RegisterError(message, file=path.name, found=day)
    return month or day


def _stated_date(
    profile: RegisterProfile, table: TableFile, path: Path, *, before_row: int
) -> dt.date | None:
    rules = profile.as_of
    if rules.title:
        titles = [table.row_text(row) for row in range(min(max(before_row, 1), len(table.rows)))]
        match = next((found for title in titles if (found := rules.title.search(title))), None)
        read = read_date(match["date"]) if match else None
        if read is None:
            message = (
                f"{table.place}: expected the date of the register over its table ({rules.title.pattern!r}), "
                f"found {' / '.join(filter(None, titles))!r}. Correct `title` in [as_of] of the profile."
            )
            raise RegisterError(message, file=path.name, found=titles)
        return read[0]
    if (
        rules.file_name
        and (match := rules.file_name.search(path.name))
        and (read := read_date(match["date"]))
    ):
        return read[0]
    return rules.fixed
