"""A table as it stands in a file: a sheet of a workbook (XLSX, XLSB, ODS, XLS), text, GeoJSON or GeoPackage."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.sources.cell_text import Cell
from data.sources.registers.osm_file import is_osm, read_osm_file
from data.sources.registers.profile_tables import File
from data.sources.tables.cells import TableFile
from data.sources.tables.delimited_text import read_text_table
from data.sources.tables.features import read_geojson_table, read_geopackage_table
from data.sources.tables.kind import KIND_WORDS, FileKind, tell_kind
from data.sources.tables.process import read_apart
from data.store.errors import RegisterError

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


_KINDS: dict[str, tuple[FileKind, ...]] = {
    "workbook": ("zip", "ole"),
    "csv": ("text", "json"),
    "geojson": ("json",),
    "geopackage": ("sqlite",),
    "osm": ("json",),
}
_WORDS = {
    "workbook": "an XLSX, ODS or XLS workbook",
    "csv": "a CSV file",
    "geojson": "a GeoJSON file",
    "geopackage": "a GeoPackage",
    "osm": "Overpass JSON or GeoJSON of OpenStreetMap",
}


def read_table_file(path: Path, rules: File) -> TableFile:
    """
    Read one table.

    Raises
    ------
    RegisterError
        If the file is not what it should be, is broken, locked or larger than a register can be, or lacks the
        sheet. Nothing else is raised, whatever the file holds.
    """
    kind = tell_kind(path)
    if rules.format != "auto" and kind not in _KINDS[rules.format]:
        message = (
            f"{path.name}: expected {_WORDS[rules.format]}, found {KIND_WORDS[kind]}. Fetch the file again, or correct "
            "`format` in [file] of the profile."
        )
        raise RegisterError(message, file=path.name, format=rules.format, found=kind)
    if kind in {"zip", "ole"}:
        table = read_workbook_table(path, kind, rules.sheet)
    elif kind == "sqlite":
        table = read_geopackage_table(path, rules.sheet)
    elif kind == "json" and rules.format != "csv":
        is_map_of_osm = rules.format == "osm" or (rules.format == "auto" and is_osm(path.read_bytes()))
        table = read_osm_file(path) if is_map_of_osm else read_geojson_table(path, rules.sheet)
    else:
        table = read_text_table(path, encoding=rules.encoding, separator=rules.separator)
    if not any(table.row_text(row) for row in range(len(table.rows))):
        message = (
            f"{table.place}: expected a table, found no words in any cell. Check that this is the right file."
        )
        raise RegisterError(message, file=path.name, sheet=table.sheet)
    return table
