"""A sheet of a workbook (XLSX, XLSB, ODS, XLS) as a table."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.sources.cell_text import Cell
from data.sources.tables.cells import TableFile
from data.sources.tables.process import read_apart

_READERS: dict[str, Callable[[str], Cell]] = {
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
}


def read_workbook_table(path: Path, kind: str, sheet: str | int) -> TableFile:
    """
    Read one sheet.

    Parameters
    ----------
    kind
        "zip" or "ole", as `table_kind.py` tells.

    Raises
    ------
    RegisterError
        If the file is not a workbook that can be read, or the sheet is missing or too large.
    """
    found = read_apart(path, kind, sheet)
    rows = [[_cell(value) for value in row] for row in found["rows"]]
    merged = {
        (row, column): (top, left)
        for top, left, bottom, right in found["merged"]
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    doubts: list[tuple[str, dict[str, Any]]] = []
    if found["is_hidden"]:
        doubts.append(("hidden_sheet", {"sheet": found["sheet"]}))
    if hidden := found["hidden_rows"]:
        facts = {"sheet": found["sheet"], "rows": len(hidden), "first_row": hidden[0] + 1}
        doubts.append(("hidden_rows", facts))
    return TableFile(found["sheet"], rows, list(range(1, len(rows) + 1)), merged, path.name, doubts=doubts)


def _cell(value: Any) -> Cell:
    cell: Cell = value
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        cell = _READERS.get(kind, str)(text)
    return cell
