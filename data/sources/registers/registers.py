"""
Reading a register of facilities: rows to records, every row accepted or rejected with a reason.

The register's own total rows are compared with sums of its rows, so that a merged cell or a branch that was
read wrongly shows as a difference.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.sources.cell_text import one_line
from data.sources.registers.doubtful_cell import Doubt
from data.sources.registers.kept_words import kept_cells, kept_reason
from data.sources.registers.profile import RegisterProfile
from data.sources.registers.profile_tables import RowRule, Section, Totals
from data.sources.registers.register_layout import Layout
from data.sources.registers.register_row import said_of_protection, stage_row
from data.sources.registers.register_totals import WHOLE_REGISTER, Sums
from data.sources.registers.repeated_rows import RepeatedRows
from data.sources.registers.row_prints import ReadBefore, RowPrints
from data.sources.registers.row_width import missing_cells, require_no_surplus
from data.sources.registers.staged_register import StagedRegister, record_frame
from data.sources.staged import rejected_rows
from data.sources.tables.cells import TableFile, is_formula_error
from data.sources.tables.table_file import read_table_file
from data.store.errors import RegisterError, UnreadableRowError


def read_register(
    profile: RegisterProfile,
    path: Path,
    *,
    month: dt.date | None = None,
    before: ReadBefore | None = None,
) -> StagedRegister:
    """
    Read the register at `path` as `profile` says.

    Parameters
    ----------
    month
        The last day of an earlier month that the file has columns for, to be read in the place of its newest one.
    before
        What was read of the register before, so that only what is new or changed is read; None reads all.

    Raises
    ------
    RegisterError
        If the file cannot be opened, its sheet, a required column or its date is not found, or it has no rows; if the
        month is not before the day of the file.
    """
    table = read_table_file(path, profile.file)
    reader = _Reader(profile, table, path, month=month, before=before)
    for row in range(reader.layout.first_row, reader.layout.end_row()):
        reader.read(row)
    rejected = rejected_rows(reader.rejected)
    if not reader.records and not reader.taken_over and not reader.rejected:
        message = (
            f"{table.place}: expected rows of facilities below the header, found none in {len(table.rows):,} rows. "
            "Check that this is the right file, and `skip` and `end` in [rows] of the profile."
        )
        raise RegisterError(message, file=path.name, sheet=table.sheet)
    return StagedRegister(
        records=record_frame(reader.records),
        rejected=rejected,
        totals=reader.sums.frame(),
        not_compared=reader.sums.not_compared(),
        as_of=reader.layout.as_of,
        rows_read=len(reader.records) + len(reader.taken_over) + len(rejected),
        doubts=(*(Doubt(kind, facts) for kind, facts in table.doubts), *reader.doubts),
        is_metric=table.is_metric,
        prints=reader.prints,
        taken_over=reader.taken_over,
    )


class _Reader:
    """Goes down the table once; remembers the section, the header and the cells to be filled down."""

    def __init__(
        self,
        profile: RegisterProfile,
        table: TableFile,
        path: Path,
        *,
        month: dt.date | None,
        before: ReadBefore | None,
    ) -> None:
        self.profile = profile
        self.table = table
        self.records: list[dict[str, Any]] = []
        self.rejected: list[tuple[str, str, str]] = []
        self.doubts: list[Doubt] = []
        self.sums = Sums(_totals_of(profile, month))
        self.section: Section | None = None
        self.section_title = ""
        self.section_words: dict[str, str] = {}
        self._above: dict[str, str] = {}
        self._seen = RepeatedRows(has_keys="facility_key" in profile.columns)
        self.layout = Layout(profile, table, path, month=month)
        self.columns = self.layout.columns
        self._naming = {name for name in profile.columns if _leads_to(profile, name, "facility_name")}
        # In metres the axes are told by all points of a file together.
        self._prints = RowPrints(profile, None if table.is_metric or month else before, self.layout.as_of)
        self.prints: dict[str, str] = {}
        self.taken_over: dict[str, str] = {}

    def read(self, row: int) -> None:
        """Take one row of the table into account."""
        text = self.table.row_text(row)
        if section := self.layout.section_at(row):
            self.section, self.section_title = section, text
            match = section.title.fullmatch(text)
            self.section_words = (
                {name: word for name, word in match.groupdict().items() if word} if match else {}
            )
            self._above = {}
            self.layout.enter(section, row)
            return
        if (
            not text
            or row < self.layout.header.data_row
            or any(rule.search(text) for rule in self.profile.rows.skip)
        ):
            return
        reference = self.table.reference(row)
        if row in self.table.swallowed:
            self._reject_swallowed(self.table.swallowed[row])
            return
        cells = self._cells(row)
        try:
            require_no_surplus(self.table, self.layout.header, row)
            self._reject_by_rules(text, cells)
            lacking = missing_cells(self.table, self.layout.header, self.columns, row)
            row_print = None if lacking else self._prints.of(cells)
            if row_print and self._is_taken_over(row_print, reference):
                return
            record, doubts = self._stage(cells, reference, is_continued=self._is_continued(row))
        except UnreadableRowError as error:
            error.label = self._label_of(error.column)
            error.found = self._kept(error.found, cells, column=error.column)
            self.rejected.append((reference, error.reason, error.detail))
            return
        if self.section and self.section.reject:
            name = self._kept(one_line(record["facility_name"]), cells)
            self.rejected.append((reference, self.section.reject, f"{self.section_title}: {name}"))
            return
        self.records.append(record | {"row_reference": reference})
        if row_print and not doubts:
            self.prints[record["facility_key"]] = row_print
        self.doubts += [
            Doubt(one.kind, _labelled(one.facts, self._label_of), reference, record["facility_key"])
            for one in (*lacking, *doubts)
        ]

    def _is_taken_over(self, row_print: str, reference: str) -> bool:
        """Tell whether the row says what it said when its record in force was read, and note that."""
        key = self._prints.record_of(row_print)
        if key is None or not self._seen.take_over(key, reference):
            return False
        self.taken_over[key] = row_print
        return True

    def _reject_swallowed(self, lines: range) -> None:
        """Refuse every line that a quotation mark put into one row."""
        found = (
            f"lines {lines[0]} to {lines[-1]} are one row: a quotation mark opened in line {lines[0]} is closed in "
            f"line {lines[-1]}"
        )
        self.rejected += [
            (str(line), "swallowed_rows", UnreadableRowError("swallowed_rows", found).detail)
            for line in lines
        ]

    def _cells(self, row: int) -> dict[str, str]:
        cells = {}
        for name, place in self.layout.header.columns.items():
            fill = self.profile.columns[name].fill
            text = self.table.text(row, place) if fill == "none" else self.table.merged_text(row, place)
            if fill == "down":
                text = text or self._above.get(name, "")
                self._above[name] = text
            cells[name] = text
        for name, column in self.columns.items():
            if column.join:
                cells[name] = column.join_with.join(cells.get(part, "") for part in column.join)
        return {name: cells[name] for name in self.columns if name in cells}

    def _reject_by_rules(self, text: str, cells: dict[str, str]) -> None:
        for rule in self.profile.rows.reject:
            if _applies(rule, text, cells):
                raise UnreadableRowError(rule.reason, self._read_cells(cells), is_of_profile=True)
        if self.profile.totals and _applies(self.profile.totals, text, cells):
            known = {name: "" if is_formula_error(cell) else cell for name, cell in cells.items()}
            self.sums.state(self._label(cells), known)
            raise UnreadableRowError("total_row", self._read_cells(cells))
        for name in self.layout.header.columns:
            if is_formula_error(cells.get(name, "")):
                found = f"{name}: {cells[name]!r}, expected a value"
                raise UnreadableRowError("formula_error", found, column=name)

    def _kept(self, found: str, cells: dict[str, str], *, column: str = "") -> str:
        """Return what may be kept of the words that say why the row was not taken."""
        form, visibility = said_of_protection(self.profile, cells | self.section_words, form=self._form())
        return kept_reason(
            found,
            support_form=form,
            visibility=visibility,
            is_of_protection=column != ""
            and any(_leads_to(self.profile, column, field) for field in ("support_form", "visibility")),
        )

    def _read_cells(self, cells: dict[str, str]) -> str:
        """Return the cells of the row that the profile reads, under their labels in the file."""
        return kept_cells(
            {
                label: cells.get(name, "")
                for name, label in self.layout.header.labels.items()
                if name in self.columns
            }
        )

    def _form(self) -> str | None:
        return (self.section.form if self.section else None) or self.profile.register_.form

    def _label_of(self, name: str) -> str:
        """Return a column of the profile as it stands in the file; a joined one is all its parts."""
        column = self.columns.get(name)
        parts = column.join if column and column.join else (name,)
        return " and ".join(
            self.layout.header.labels[part] for part in parts if part in self.layout.header.labels
        )

    def _is_continued(self, row: int) -> bool:
        """Tell whether the row goes on with the facility of the rows above: its own name is empty."""
        return any(
            self.columns[name].fill != "none" and not self.table.text(row, place)
            for name, place in self.layout.header.columns.items()
            if name in self._naming
        )

    def _stage(
        self, cells: dict[str, str], reference: str, *, is_continued: bool
    ) -> tuple[dict[str, Any], list[Doubt]]:
        cells = cells | self.section_words
        record, doubts = stage_row(self.profile, cells, form=self._form())
        if not is_continued and not (self.section and self.section.reject):
            self._seen.refuse_repeated(record, reference)
        self.sums.add(self._label(cells), record)
        return record, doubts

    def _label(self, cells: dict[str, str]) -> str:
        group = self.profile.totals.group if self.profile.totals else "section"
        if group == "register":
            return WHOLE_REGISTER
        return self.section_title if group == "section" else one_line(cells.get(group, ""))


def _labelled(facts: dict[str, Any], label_of: Callable[[str], str]) -> dict[str, Any]:
    """Return facts that name the column as it stands in the file, not in the profile."""
    if "column" not in facts:
        return facts
    return facts | {"column": label_of(facts["column"]) or facts["column"]}


def _applies(rule: RowRule | Totals, text: str, cells: dict[str, str]) -> bool:
    return bool(rule.pattern.search(cells.get(rule.column, "") if rule.column else text))


def _leads_to(profile: RegisterProfile, name: str, field: str) -> bool:
    """Tell whether the words of a column may end in the field, itself or through its splits."""
    column = profile.columns.get(name)
    if field in {name, column.to if column else None}:
        return True
    groups = {group for split in column.split for group in split.pattern.groupindex} if column else set()
    return any(_leads_to(profile, group, field) for group in groups - {name})


def _totals_of(profile: RegisterProfile, month: dt.date | None) -> Totals | None:
    """Return the totals to compare: of an earlier month those of what the file tells of it."""
    totals = profile.totals
    if totals is None or month is None:
        return totals
    told = tuple(quantity for quantity in totals.quantities if quantity in profile.as_of.months)
    return totals.model_copy(update={"quantities": told}) if told else None
