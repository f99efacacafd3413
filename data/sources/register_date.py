"""The day that a register speaks of."""

import datetime as dt
from pathlib import Path

from data.errors import RegisterError
from data.sources.cell_text import read_date
from data.sources.profile import RegisterProfile
from data.sources.table_file import TableFile


def register_date(
    profile: RegisterProfile, table: TableFile, path: Path, *, before_row: int
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

    Raises
    ------
    RegisterError
        If the profile promises a title with a date and there is none: an undated register would pass unseen.
    """
    rules = profile.as_of
    if rules.title:
        titles = [table.row_text(row) for row in range(min(max(before_row, 1), len(table.rows)))]
        match = next((found for title in titles if (found := rules.title.search(title))), None)
        read = read_date(match["date"]) if match else None
        if read is None:
            message = (
                f"{path.name}: expected the date of the register over its table ({rules.title.pattern!r}), "
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
