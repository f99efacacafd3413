"""A table as it stands in a file: XLS, XLSX or CSV, with merged cells and the rows' own numbers."""

import csv
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from data.errors import RegisterError
from data.sources.cell_text import Cell, cell_text
from data.sources.profile import File


@dataclass(frozen=True)
class TableFile:
    """
    Rows of one sheet or CSV file.

    Attributes
    ----------
    sheet
        Name of the sheet; empty for CSV.
    rows
        Cells as the file has them, all rows equally long.
    numbers
        The number that each row has in its file, from 1.
    merged
        Cell (row, column) → first cell of the merged block it belongs to, both counted from 0.
    """

    sheet: str
    rows: list[list[Cell]]
    numbers: list[int]
    merged: dict[tuple[int, int], tuple[int, int]]

    def text(self, row: int, column: int) -> str:
        """Return the words written in this very cell."""
        return cell_text(self.rows[row][column])

    def merged_text(self, row: int, column: int) -> str:
        """Return the words of the cell, or of the merged block that covers it."""
        return self.text(*self.merged.get((row, column), (row, column)))

    def row_text(self, row: int) -> str:
        """Return all words of the row in one line."""
        return " ".join(word for cell in self.rows[row] for word in cell_text(cell).split())

    def reference(self, row: int) -> str:
        """Return where a reader finds the row: "Część 1!8", or "8" in a CSV file."""
        return f"{self.sheet}!{self.numbers[row]}" if self.sheet else str(self.numbers[row])


def read_table_file(path: Path, rules: File) -> TableFile:
    """
    Read one table.

    Raises
    ------
    RegisterError
        If the file cannot be opened as what it should be, is not in its encoding or lacks the sheet.
    """
    if rules.format == "csv":
        return _read_csv(path, rules)
    try:
        workbook = CalamineWorkbook.from_path(path)
        found = workbook.sheet_names
        known = rules.sheet in found if isinstance(rules.sheet, str) else 0 <= rules.sheet < len(found)
        if not known:
            message = (
                f"{path.name}: expected the sheet {rules.sheet!r}, found {', '.join(map(repr, found))}. "
                "Correct `sheet` in [file] of the profile."
            )
            raise RegisterError(message, file=path.name, sheet=rules.sheet, found=found)
        name = rules.sheet if isinstance(rules.sheet, str) else found[rules.sheet]
        sheet = workbook.get_sheet_by_name(name)
    except (CalamineError, OSError) as error:
        message = f"{path.name}: expected an XLS or XLSX workbook, found {error}. Fetch the file again."
        raise RegisterError(message, file=path.name) from error
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    blocks = sheet.merged_cell_ranges or []
    merged = {
        (row, column): (top, left)
        for (top, left), (bottom, right) in blocks
        for row in range(top, min(bottom + 1, len(rows)))
        for column in range(left, min(right + 1, len(rows[row])))
    }
    return TableFile(sheet=name, rows=rows, numbers=list(range(1, len(rows) + 1)), merged=merged)


def _read_csv(path: Path, rules: File) -> TableFile:
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    try:
        with path.open(encoding=rules.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=rules.separator, strict=True)
            first_line = 1
            for row in reader:
                rows.append(list(row))
                numbers.append(first_line)
                first_line = reader.line_num + 1
    except (UnicodeError, csv.Error, OSError) as error:
        message = (
            f"{path.name}: expected a CSV file in {rules.encoding} with {rules.separator!r} between columns, "
            f"found {error}. Correct `encoding` or `separator` in [file] of the profile, or fetch the file "
            "again."
        )
        raise RegisterError(message, file=path.name) from error
    width = max(map(len, rows), default=0)
    padded = [row + [""] * (width - len(row)) for row in rows]
    return TableFile(sheet="", rows=padded, numbers=numbers, merged={})
