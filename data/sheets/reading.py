"""Reading a sheet back: which it is, what it says now, and what was known when it was made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.sheets.area_of_rows import outside_of_area
from data.sheets.columns import (
    ABOUT,
    BASELINE,
    COLUMNS,
    FACILITIES,
    SheetColumn,
    columns_of,
    sheet_profile,
)
from data.sheets.sheet_rows import SheetRow, Texts
from data.sheets.workbook import MARK
from data.sources.cell_text import has_email, one_line, read_date
from data.sources.registers.doubtful_cell import Doubt
from data.sources.registers.profile_tables import File
from data.sources.registers.register_row import made_key
from data.sources.registers.registers import read_register
from data.sources.tables.cells import TableFile
from data.sources.tables.table_file import read_table_file
from data.store.errors import RegisterError
from data.store.own_sheets import SheetOf
from data.store.query_frames import Row, plain_rows
from data.vocabulary import support_forms

_WORDS_OF_PROFILES = (
    ("or teach it to the profile", "or choose one from the list of its column"),
    ("is not in the map of the profile", "is none of the words of its column"),
    ("Fill the name in, or name such rows in [rows] of the profile", "Fill the name in, or delete the row"),
    ("Correct the cell, or add a pattern to the profile", "Correct the cell"),
    ("names are not looked up here", "or choose from the list of the column, as “Zabierzów (120616)”"),
)
"""What is said of rows of registers → of those of a sheet, which has no profile that anybody could mend."""
_LEFT_OUT = {
    "cell_left_out": "A spreadsheet made it a date or a number. Format the column as text and type the words again.",
    "phone_left_out": "This is no whole telephone number. Write all 9 digits (or a short number such as 112), and "
    "several numbers parted by commas.",
}
"""Parts of a cell that cannot be taken, by the kind of their doubt → what to do."""
_DAY = "vacancies_on"
_HEAD_OF_DAY = next(column.head for column in COLUMNS if column.name == _DAY)


OwnRows = Mapping[str, Sequence[Texts]]
"""Rows of an own file by the key of their record there; each has the words of its columns by name."""
TELLING = ("facility_name", "street_address", "locality_name", "stated_gmina_code")
"""By what a facility of a sheet alone is known."""


class SheetError(RegisterError):
    """A file is no sheet that `python -m data template` made, or holds what cannot be taken."""


@dataclass(frozen=True)
class FilledSheet:
    """
    A sheet as it came back: `rows` of now, `baseline` of when it was made.

    `records` are its rows as they were read, a service each; `emails` say in which cells an e-mail address was.
    """

    sheet: SheetOf
    rows: tuple[SheetRow, ...]
    baseline: tuple[SheetRow, ...]
    records: tuple[Row, ...] = ()
    emails: tuple[str, ...] = ()


def read_sheet(path: Path) -> FilledSheet:
    """
    Read a sheet, saved by any spreadsheet.

    Raises
    ------
    SheetError
        If the mark, a sheet or a column is missing, a cell cannot be taken, or a gmina lies outside of the area of the
        sheet; all such cells are told with row, column, value and what to do.
    """
    sheet = _marked(path)
    columns = columns_of(sheet.support_form)
    table = _table(path, FACILITIES)
    rows = tuple(_rows(table, columns))
    baseline = tuple(_rows(_table(path, BASELINE), columns))
    # Where a facility may stand is looked at with all other cells: one round tells all that is to be mended.
    outside = list(outside_of_area(rows, baseline, sheet))
    records = _readable(path, sheet, outside) if rows else ()
    return FilledSheet(sheet, rows, baseline, records, tuple(_emails(table)))


def lined(texts: Texts) -> dict[str, str]:
    """Return the words as one line each, a day in one way: spreadsheets break lines and turn days."""
    said = {name: one_line(text.replace("\n", "; ")) for name, text in texts.items()}
    day = read_date(said.get(_DAY, ""))
    return said | {_DAY: day[0].isoformat()} if day is not None and day[1] == "day" else said


def key_of_added(row: SheetRow) -> str:
    """Return by what a facility that somebody added is known in the own file."""
    return made_key(lined(row.texts), TELLING).replace(":", " ")


def _marked(path: Path) -> SheetOf:
    table = _table(path, ABOUT)
    for row in range(len(table.rows)):
        for column in range(len(table.rows[row])):
            words = table.text(row, column).split()
            if len(words) == 3 and words[0] == MARK and words[1] in support_forms() and words[2].isdigit():
                return SheetOf(words[1], words[2])
    raise SheetError(
        f"{path.name}: expected the words “{MARK} FORM AREA” on the sheet {ABOUT!r}, by which a sheet is known again; "
        "found none. Make a sheet of this version with `python -m data template FORM --area CODE OUT.xlsx` and copy "
        "the rows into it.",
        file=path.name,
    )


def _table(path: Path, sheet: str) -> TableFile:
    try:
        return read_table_file(path, File(format="workbook", sheet=sheet))
    except RegisterError as error:
        raise SheetError(
            f"{error} A sheet to fill in is made by `python -m data template FORM --area CODE OUT.xlsx`; any other "
            "list needs a profile (docs/adding-a-register.md).",
            file=path.name,
        ) from error


def _rows(table: TableFile, columns: tuple[SheetColumn, ...]) -> Iterator[SheetRow]:
    heads = {one_line(table.text(0, place)): place for place in range(len(table.rows[0]))}
    if missing := [column.head for column in columns if column.head not in heads]:
        raise SheetError(
            f"{table.place}: expected the columns of the sheet in its first row, found none called "
            f"{', '.join(map(repr, missing))}. Put them back as they were called; they may be empty.",
            columns=missing,
        )
    for row in range(1, len(table.rows)):
        texts = {column.name: table.text(row, heads[column.head]) for column in columns}
        if any(texts.values()):
            yield SheetRow(table.reference(row), texts)


def _emails(table: TableFile) -> Iterator[str]:
    """Say in which cells an e-mail address was: none is ever read."""
    for row in range(1, len(table.rows)):
        for column, cell in enumerate(table.rows[row]):
            if has_email(cell):
                yield (
                    f"{table.reference(row)}: {one_line(table.text(0, column))}: an e-mail address is left out: "
                    "none is ever kept"
                )


def _of_sheet(detail: str) -> str:
    for words, instead in _WORDS_OF_PROFILES:
        detail = detail.replace(words, instead)
    return detail


def _left_out(doubt: Doubt, sheet: SheetOf) -> str:
    """Return column, value and what to do; of a form that is not shown to everybody the value is not told."""
    is_public = support_forms()[sheet.support_form].default_visibility == "public"
    value = (
        f"{doubt.facts['found']!r}" if is_public else "the value is not told, because the form is protected"
    )
    return f"column {doubt.facts['column']}: {value}. {_LEFT_OUT[doubt.kind]}"


def _readable(path: Path, sheet: SheetOf, outside: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows as they are read; refuse the sheet when a cell cannot be taken: a row would look deleted."""
    staged = read_register(sheet_profile(sheet), path)
    rejected = staged.rejected[["row_reference", "reason", "detail"]].itertuples(index=False, name=None)
    problems = [
        f"  {reference}: {reason}: {_of_sheet(str(detail))}" for reference, reason, detail in rejected
    ]
    problems += [
        f"  {doubt.row_reference or path.name}: {doubt.kind}: {_left_out(doubt, sheet)}"
        for doubt in staged.doubts
        if doubt.kind in _LEFT_OUT
    ]
    today = datetime.now(UTC).date()
    days = staged.records[["row_reference", "vacancies_on"]].itertuples(index=False, name=None)
    problems += [
        f"  {reference}: future_day: column {_HEAD_OF_DAY!r}: {day}, expected a day that has come. Write the day of "
        "which the numbers are."
        for reference, day in days
        if day is not None and day > today
    ]
    problems += [f"  {line}" for line in outside]
    if problems:
        raise SheetError(
            f"{path.name}: cells that cannot be taken, of a row the first that stops its reading: {len(problems)}. "
            "Nothing was changed. Correct them in the sheet (or empty them, which says that it is not known), save it "
            "and load it again:\n" + "\n".join(problems),
            problems=len(problems),
        )
    return tuple(plain_rows(staged.records))
