"""
The registry as CSV: a ZIP with a file a table, and a README with sources and licences.

Files are in UTF-8 with a byte order mark, without which Excel reads another encoding; commas part the columns and
a point the decimals. A text that a spreadsheet would take for a formula starts with an apostrophe. The last two
columns of every file say from which state of the registry a row is, wherever it is copied to.
"""

import csv
import io
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from data.export.about import readme
from data.export.extract import Extract
from data.export.flat import TABLE_NAMES, fields, flat_tables
from data.store.plain_text import cell_text

_BOM = b"\xef\xbb\xbf"
_ANY_DAY = (1980, 1, 1, 0, 0, 0)
"""A ZIP knows no file without a time; one and the same gives the same bytes each time."""
README = "README.txt"


def write_csv(extract: Extract, path: Path) -> None:
    """Write the tables of an extract; the same extract gives the same bytes."""
    names = {f"{table}.csv": f"{name} / {table.replace('_', ' ')}" for table, name in TABLE_NAMES.items()}
    state = (("snapshot_id", extract.snapshot_id), ("is_invented", _cell(extract.is_invented)))
    with ZipFile(path, "w") as archive:
        _add(archive, README, readme(extract, names))
        for table, rows in flat_tables(extract).items():
            _add(archive, f"{table}.csv", table_csv(table, rows, state))


def table_csv(table: str, rows: pd.DataFrame, state: tuple[tuple[str, str], ...]) -> str:
    """Return one table; `state` are columns that have the same value in every row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([*rows.columns, *(name for name, _ in state)])
    ending = [value for _, value in state]
    columns = [_cells(rows[field.name]) for field in fields()[table]]
    writer.writerows([*cells, *ending] for cells in zip(*columns, strict=True))
    return buffer.getvalue()


def _cells(values: pd.Series) -> list[str]:
    return [""] * len(values) if values.isna().all() else [_cell(value) for value in values.astype(object)]


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return cell_text(value)
    if value is None or value is pd.NA:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _add(archive: ZipFile, name: str, text: str) -> None:
    entry = ZipInfo(name, date_time=_ANY_DAY)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, _BOM + text.encode())
