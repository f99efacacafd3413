"""
What an old XLS workbook says beside its values: what it really is, its password, its reach, its failed formulas.

An XLS file is a small file system (OLE) with a stream of records (BIFF); Microsoft documents both as [MS-CFB] and
[MS-XLS]. Values are read elsewhere, by a library that gives failed formulas as empty cells.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile  # type: ignore[import-untyped]

from data.sources.tables.cells import check_size
from data.sources.tables.sheet import SheetScan
from data.store.errors import RegisterError

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_FORMULA, _BOOLERR, _MULRK, _ROW = 0x0006, 0x0205, 0x00BD, 0x0208
_IS_HIDDEN = 0x20
_ONE_CELL = {_FORMULA, _BOOLERR, 0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6}
"""Records of one cell with a value: formula, error or truth, number, label, shared label, RK, rich label."""
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_OTHER_DOCUMENTS = {
    "WordDocument": "a Word document (DOC)",
    "PowerPoint Document": "a PowerPoint presentation (PPT)",
    "__properties_version1.0": "an Outlook message (MSG)",
}
_LOCKED = "expected an open workbook, found one with a password. Ask for a file without, or save it without."


def read_ole_workbook(path: Path) -> bytes:
    """
    Return the stream of records of an XLS workbook.

    Raises
    ------
    RegisterError
        If the file is another kind of document, has a password or is broken.
    """
    if not olefile.isOleFile(path):
        message = (
            f"{path.name}: expected an XLS workbook, found a broken one (cut off). Fetch the file again."
        )
        raise RegisterError(message, file=path.name)
    with olefile.OleFileIO(path) as file:
        names = {entry[0] for entry in file.listdir()}
        if "EncryptedPackage" in names:
            raise RegisterError(f"{path.name}: {_LOCKED}", file=path.name)
        stream = next((name for name in ("Workbook", "Book") if name in names), None)
        if stream is None:
            found = next((words for name, words in _OTHER_DOCUMENTS.items() if name in names), None)
            found = found or f"an OLE file with {', '.join(sorted(names)[:5]) or 'nothing in it'}"
            message = f"{path.name}: expected a workbook, found {found}. Fetch the register itself as XLSX, XLS or CSV."
            raise RegisterError(message, file=path.name, found=found)
        records: bytes = file.openstream(stream).read()
    if any(kind == _FILEPASS for kind, _ in _first_substream(records)):
        raise RegisterError(f"{path.name}: {_LOCKED}", file=path.name)
    return records


def scan_xls(records: bytes, file_name: str) -> dict[str, SheetScan]:
    """
    Go through the sheets of an XLS workbook, all of them: the library that reads one sheet holds every sheet.

    Raises
    ------
    RegisterError
        If the cells of a sheet reach further than any register does.
    """
    scans = {}
    for name, start in _sheets(records):
        scans[name] = scan = _scan_sheet(records, start)
        check_size(f"{file_name}, sheet {name!r}", rows=scan.rows, columns=scan.columns)
    return scans


def _scan_sheet(records: bytes, start: int) -> SheetScan:
    scan = SheetScan()
    depth = 0
    for kind, data in _records(records, start):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            break
        if depth > 1 or len(data) < 6:
            continue
        row, column = struct.unpack_from("<HH", data)
        if kind in _ONE_CELL:
            scan.add(row, column)
            if word := _failed(kind, data):
                scan.failed[row, column] = word
        elif kind == _ROW and len(data) >= 16 and data[12] & _IS_HIDDEN:
            scan.hidden_rows.add(row)
        elif kind == _MULRK:
            scan.add(row, struct.unpack_from("<H", data, len(data) - 2)[0])
    return scan


def _failed(kind: int, data: bytes) -> str | None:
    if kind == _BOOLERR and len(data) >= 8 and data[7]:
        return _ERRORS.get(data[6], "#N/A")
    if kind == _FORMULA and len(data) >= 14 and data[12:14] == b"\xff\xff" and data[6] == 2:
        return _ERRORS.get(data[8], "#N/A")
    return None


def _records(records: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    place = start
    while place + 4 <= len(records):
        kind, size = struct.unpack_from("<HH", records, place)
        yield kind, records[place + 4 : place + 4 + size]
        place += 4 + size


def _first_substream(records: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records about the whole workbook, which come before those of the sheets."""
    for kind, data in _records(records):
        if kind == _EOF:
            return
        yield kind, data


def _sheets(records: bytes) -> Iterator[tuple[str, int]]:
    for kind, data in _first_substream(records):
        if kind == _BOUNDSHEET and len(data) >= 8:
            name = data[8:].decode("utf-16-le" if data[7] & 1 else "latin-1", errors="replace")
            yield name, struct.unpack_from("<I", data)[0]
