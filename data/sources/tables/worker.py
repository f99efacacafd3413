"""
The process that reads binary formats: workbooks and GeoPackages.

The libraries for them are compiled code. A damaged file can make such code ask for more memory than there is or run
without end, and then it takes the whole program with it; no `except` helps. So it runs in a process of its own, with
limits, and `table_process.py` waits for what it says: one JSON object on standard output.
"""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from data.sources.tables.archive import Archive
from data.sources.tables.biff import read_ole_workbook, scan_xls
from data.sources.tables.cells import check_size
from data.sources.tables.limits import (
    MOST_CELLS,
    MOST_READING_MEMORY_BYTES,
    MOST_READING_SECONDS,
    MOST_ROWS,
)
from data.sources.tables.sheet import SheetScan, scan_ods, scan_xlsx
from data.store.errors import RegisterError

_XLSX_PART, _XLSB_PART, _ODS_PART = "xl/workbook.xml", "xl/workbook.bin", "content.xml"
_OTHER_ARCHIVES = {
    "word/document.xml": "a Word document (DOCX)",
    "ppt/presentation.xml": "a PowerPoint presentation (PPTX)",
    "doc.kml": "a KMZ map",
}


def read_workbook(path: Path, kind: str, sheet: str | int) -> dict[str, Any]:
    """
    Return `sheet`, `rows`, `merged`, `is_hidden` and `hidden_rows` of one sheet.

    Sheets are counted as a reader sees them: hidden ones are read by their name only.

    Parameters
    ----------
    kind
        "zip" (XLSX, XLSB, ODS) or "ole" (XLS).

    Raises
    ------
    RegisterError
        If the file is not a workbook that can be read, or the sheet is missing or too large.
    """
    archive = Archive(path) if kind == "zip" else None
    if archive:
        _require_workbook(archive)
    scans = {} if archive else scan_xls(read_ole_workbook(path), path.name)
    try:
        workbook = CalamineWorkbook.from_path(path)
        hidden = {one.name for one in workbook.sheets_metadata if one.visible != SheetVisibleEnum.Visible}
        shown = [name for name in workbook.sheet_names if name not in hidden]
        counted = shown if isinstance(sheet, int) and shown else workbook.sheet_names
        name = _chosen(path, sheet, counted, "sheet")
        place = f"{path.name}, sheet {name!r}"
        scan = scans.get(name, SheetScan())
        if archive and _XLSX_PART in archive.parts:
            scan = scan_xlsx(archive, name)
        elif archive and _ODS_PART in archive.parts:
            scan = scan_ods(archive, name)
        table = workbook.get_sheet_by_name(name)
    except CalamineError as error:
        message = (
            f"{path.name}: expected a whole workbook, found a broken one ({error}). Fetch the file again."
        )
        raise RegisterError(message, file=path.name) from error
    check_size(place, rows=table.total_height, columns=table.total_width)
    rows = table.to_python(skip_empty_area=False)
    width = max(map(len, rows), default=0)
    for (row, column), words in scan.failed.items():
        if 0 <= row < len(rows) and column < width:
            rows[row][column] = words
    return {
        "sheet": name,
        "rows": rows,
        "merged": _merged(place, table.merged_cell_ranges or [], len(rows), width),
        "is_hidden": name in hidden,
        "hidden_rows": [row for row in sorted(scan.hidden_rows) if row < len(rows) and any(rows[row])],
    }


def read_layer(path: Path, layer: str | int) -> dict[str, Any]:
    """
    Return `layer`, `names`, `columns`, `wkb` (in hexadecimal), `numbers` and `crs` of one layer of a GeoPackage.

    Raises
    ------
    RegisterError
        If the file is not a GeoPackage that can be read, or the layer is missing or too large.
    """
    for unneeded in ("geopandas", "pandas", "pyarrow", "shapely"):
        # pyogrio would import them for frames, which nobody asks for here: half a second for each file.
        sys.modules.setdefault(unneeded, None)  # type: ignore[arg-type]
    import pyogrio  # noqa: PLC0415  after the line above
    import pyogrio.raw  # noqa: PLC0415

    try:
        found = [str(name) for name, _ in pyogrio.list_layers(path)]
        name = _chosen(path, layer, found, "layer")
        place = f"{path.name}, layer {name!r}"
        columns = len(pyogrio.read_info(path, layer=name)["fields"])
        rows = int(pyogrio.read_info(path, layer=name, force_feature_count=True)["features"])
        check_size(place, rows=max(rows, 0), columns=columns)
        meta, numbers, shapes, values = pyogrio.raw.read(
            path, layer=name, return_fids=True, datetime_as_string=True, max_features=MOST_ROWS
        )
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        UnicodeDecodeError,
        RuntimeError,
    ) as error:
        message = (
            f"{path.name}: expected a whole GeoPackage, found a broken one ({error}). Fetch the file again."
        )
        raise RegisterError(message, file=path.name) from error
    return {
        "layer": name,
        "names": [str(label) for label in meta["fields"]],
        "columns": [[_plain(value) for value in column.tolist()] for column in values],
        "wkb": None
        if shapes is None
        else [None if shape is None else bytes(shape).hex() for shape in shapes],
        "numbers": [int(number) for number in numbers],
        "crs": meta["crs"],
    }


def _plain(value: object) -> object:
    """Return a value that JSON has: nothing for not-a-number and for pictures kept in a table."""
    if isinstance(value, bytes) or value != value:  # noqa: PLR0124  only not-a-number differs from itself
        return None
    return value


def _require_workbook(archive: Archive) -> None:
    parts = archive.parts
    name = archive.path.name
    if "META-INF/manifest.xml" in parts and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        message = f"{name}: expected an open workbook, found one with a password. Ask the publisher for a file without."
        raise RegisterError(message, file=name)
    is_ods = "mimetype" in parts and b"spreadsheet" in archive.read("mimetype")
    if _XLSX_PART in parts or _XLSB_PART in parts or is_ods:
        return
    found = next((words for part, words in _OTHER_ARCHIVES.items() if part in parts), None)
    found = found or f"a ZIP archive with {', '.join(sorted(parts)[:5]) or 'nothing in it'}"
    message = (
        f"{name}: expected a workbook, found {found}. Give the register itself as XLSX, ODS, XLS or CSV."
    )
    raise RegisterError(message, file=name, found=found)


def _chosen(path: Path, wanted: str | int, found: list[str], word: str) -> str:
    if isinstance(wanted, str) and wanted in found:
        return wanted
    if isinstance(wanted, int) and 0 <= wanted < len(found):
        return found[wanted]
    message = (
        f"{path.name}: expected the {word} {wanted!r}, found {', '.join(map(repr, found[:20])) or 'none'}. "
        "Correct `sheet` in [file] of the profile."
    )
    raise RegisterError(message, file=path.name, sheet=wanted, found=found)


def _merged(
    place: str, blocks: list[tuple[tuple[int, int], tuple[int, int]]], height: int, width: int
) -> list[tuple[int, int, int, int]]:
    """Return (top, left, bottom, right) of the merged blocks, cut to the table; ends are of the block."""
    cut = [
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for (top, left), (bottom, right) in blocks
        if top < height and left < width
    ]
    cells = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in cut)
    if cells > MOST_CELLS:
        message = (
            f"{place}: expected merged blocks that do not overlap, found {len(cut):,} over {cells:,} cells. "
            "Fetch the file again."
        )
        raise RegisterError(message, found=cells)
    return cut


def _tagged(cell: object) -> object:
    """Return what JSON has no word for as {"kind": text}."""
    if isinstance(cell, dt.timedelta):
        return {"duration": str(cell)}
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return {type(cell).__name__: cell.isoformat()}
    message = f"no cell is a {type(cell).__name__}"
    raise TypeError(message)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415  Windows has none, and then only the time is limited
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, MOST_READING_MEMORY_BYTES),
        (resource.RLIMIT_CPU, MOST_READING_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, hard))


def main(arguments: list[str]) -> None:
    """Read the file that the arguments name and write what was found, or why it was refused."""
    _limit()
    path, kind, sheet = Path(arguments[0]), arguments[1], json.loads(arguments[2])
    try:
        answer = read_layer(path, sheet) if kind == "sqlite" else read_workbook(path, kind, sheet)
    except RegisterError as error:
        answer = {"refused": str(error)}
    except Exception as error:  # noqa: BLE001  whatever compiled code says of a damaged file, the file is damaged
        found = f"{type(error).__name__}: {error}"
        answer = {
            "refused": f"{path.name}: expected a whole file, found a broken one ({found}). Fetch it again."
        }
    sys.stdout.write(json.dumps(answer, default=_tagged))


if __name__ == "__main__":
    main(sys.argv[1:])
