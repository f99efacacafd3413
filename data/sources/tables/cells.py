"""The cells of one table as they stand in a file, with merged blocks and the rows' own numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.sources.cell_text import Cell, cell_text
from data.sources.tables.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from data.store.errors import RegisterError

_FORMULA_ERROR = re.compile(
    r"#[A-ZĄĆĘŁŃÓŚŹŻ_]+(?:/0)?[!?]|#(?:N/[AD][!?]?|GETTING_DATA|POBIERANIE_DANYCH)|(?:Err|Błąd):\d{3}|#{3,}"
)

NOT_ONE_PLACE = "a shape that is not one place: "
"""Stands with the kind of the shape where the coordinates of a feature should be, so that its row is refused."""


@dataclass(frozen=True)
class TableFile:
    """
    Rows of one sheet, layer or text file.

    Attributes
    ----------
    sheet
        Name of the sheet or layer; empty for CSV, and for GeoJSON without a name.
    rows
        Cells as the file has them, all rows equally long.
    numbers
        The number that each row has in its file, from 1; of a feature its place or identifier.
    merged
        Cell (row, column) → first cell of the merged block it belongs to, both counted from 0.
    file_name
        For messages.
    row_word
        What a reader counts in this kind of file: "row" or "feature".
    lengths
        How many cells each row of a text file has itself; empty for other files, whose rows cannot be cut short.
    swallowed
        Row → the lines of a text file that a quotation mark put into one row.
    is_cut
        Whether a text file ends without the end of its last line.
    is_metric
        Whether the points of a map file are in EPSG:2180, where either axis may come first.
    doubts
        What a person should know of the file itself: (kind of work item, facts).
    """

    sheet: str
    rows: list[list[Cell]]
    numbers: list[int]
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    file_name: str = ""
    row_word: str = "row"
    lengths: Sequence[int] = ()
    swallowed: Mapping[int, range] = field(default_factory=dict)
    is_cut: bool = False
    is_metric: bool = False
    doubts: Sequence[tuple[str, dict[str, Any]]] = ()

    @property
    def place(self) -> str:
        """Return the beginning of a message: "a.xlsx, sheet 'Dane'", or "a.csv"."""
        sheet = f"{'sheet' if self.row_word == 'row' else 'layer'} {self.sheet!r}" if self.sheet else ""
        return ", ".join(filter(None, [self.file_name, sheet])) or "the table"

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

    def column_name(self, column: int) -> str:
        """Return the letter that spreadsheets give a column ("A", "AB"), or its number in a file without letters."""
        return column_letters(column) if self.sheet and self.row_word == "row" else str(column + 1)


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_formula_error(text: str) -> bool:
    """
    Whether a cell holds the outcome of a failed formula instead of a value.

    Knows the words of Excel and LibreOffice in English and Polish (#REF!, #ADR!, #N/A, #N/D!, #NAZWA?, Err:502)
    and the "####" that is saved for a number wider than its column.
    """
    return bool(_FORMULA_ERROR.fullmatch(text.strip()))


def check_size(place: str, *, rows: int, columns: int) -> None:
    """
    Check that a table is not larger than any register.

    Raises
    ------
    RegisterError
        Naming the figures and the limits.
    """
    for found, most, words in ((rows, MOST_ROWS, "rows"), (columns, MOST_COLUMNS, "columns")):
        if found > most:
            message = (
                f"{place}: expected at most {most:,} {words}, found {found:,}. Check that this is the right file; "
                f"delete stray cells beyond the table and save it again."
            )
            raise RegisterError(message, limit=most, found=found)
    if rows * columns > MOST_CELLS:
        message = (
            f"{place}: expected at most {MOST_CELLS:,} cells, found {rows:,} rows of {columns:,} columns. Check that "
            f"this is the right file; delete stray cells beyond the table and save it again."
        )
        raise RegisterError(message, limit=MOST_CELLS, found=rows * columns)
