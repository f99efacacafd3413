"""Where the header, the sections and the rows of a register's table stand, and of which day it is."""

import datetime as dt
from pathlib import Path

from data.sources.registers.profile import RegisterProfile
from data.sources.registers.profile_tables import Section
from data.sources.registers.register_date import register_date
from data.sources.tables.cells import TableFile
from data.sources.tables.header import SEARCHED_ROWS, Header, find_header
from data.store.errors import RegisterError

_SECTION_HEADER_ROWS = 5


class Layout:
    """
    The layout of one table.

    Attributes
    ----------
    columns
        Those of the profile; labels with a day in them are of the day of the file.
    header
        The header in force: of the table, or of the section that was entered last.
    first_row
        The first row that may be a record, counted from 0.
    as_of
        The day that the register speaks of; None when it does not say.

    Raises
    ------
    RegisterError
        If a required column, a section or the day is not found.
    """

    def __init__(
        self, profile: RegisterProfile, table: TableFile, path: Path, *, month: dt.date | None
    ) -> None:
        self._profile = profile
        self._table = table
        self.columns = profile.columns
        self.header = Header({}, 0)
        self.first_row = 0
        self.as_of: dt.date | None = None
        self._find_table(path, month)

    def _find_table(self, path: Path, month: dt.date | None) -> None:
        """Find where the rows begin, the day and the header; labels with the day in them need the day first."""
        sections = self._profile.sections
        is_dated = any(column.is_dated for column in self.columns.values())
        if sections:
            self.first_row = self._first_section()
        elif not is_dated:
            self._take_header()
        titles = SEARCHED_ROWS if is_dated and not sections else self.first_row
        self.as_of = register_date(self._profile, self._table, path, before_row=titles, month=month)
        if is_dated and self.as_of:
            self.columns = {name: column.on(self.as_of) for name, column in self.columns.items()}
        if sections and not any(section.has_header for section in sections):
            self.header = self._find_header(0, self.first_row)
        elif is_dated and not sections:
            self._take_header()

    def _take_header(self) -> None:
        self.header = self._find_header(0)
        self.first_row = self.header.data_row

    def _find_header(self, row: int, searched_rows: int = 0) -> Header:
        return find_header(
            self._table,
            self.columns,
            header_rows=self._profile.file.header_rows,
            first_row=row,
            searched_rows=searched_rows,
        )

    def end_row(self) -> int:
        """Return the row at which the table ends: the one that the profile names, or the end of the sheet."""
        rows = range(self.first_row, len(self._table.rows))
        end = self._profile.rows.end
        return next((row for row in rows if end and end.search(self._table.row_text(row))), rows.stop)

    def _first_section(self) -> int:
        for row in range(len(self._table.rows)):
            if self.section_at(row):
                return row
        titles = " or ".join(repr(section.title.pattern) for section in self._profile.sections)
        message = (
            f"{self._table.place}: expected a section headed {titles}, found none "
            f"in {len(self._table.rows)} rows. Check that this is the right file, or correct `title` in "
            "[[sections]] of the profile."
        )
        raise RegisterError(message, sheet=self._table.sheet, expected=titles)

    def section_at(self, row: int) -> Section | None:
        """Return the section that a row is the title of; None where it is none."""
        if not self._profile.sections:
            return None
        text = self._table.row_text(row)
        return next((section for section in self._profile.sections if section.title.fullmatch(text)), None)

    def enter(self, section: Section, row: int) -> None:
        """Take the header of a section that has its own, below its title in `row`."""
        if section.has_header:
            self.header = self._find_header(row + 1, _SECTION_HEADER_ROWS)
