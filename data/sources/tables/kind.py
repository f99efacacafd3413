"""What a file is, told by its first bytes and not by its name: offices rename web pages to .xls."""

import re
from pathlib import Path
from typing import Literal

from data.sources.tables.limits import MOST_FILE_BYTES
from data.store.errors import RegisterError

FileKind = Literal["zip", "ole", "sqlite", "json", "text"]

KIND_WORDS: dict[FileKind, str] = {
    "zip": "a workbook or another ZIP archive",
    "ole": "an old XLS workbook or another OLE document",
    "sqlite": "a GeoPackage or another SQLite database",
    "json": "a JSON document",
    "text": "plain text",
}

_LOOKED_AT = 8192
_OWN: tuple[tuple[bytes, FileKind], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"SQLite format 3\x00", "sqlite"),
)
_OTHER = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"\x09\x08\x04\x00", "a workbook of Excel 4 or older"),
    (b"\x09\x04\x06\x00", "a workbook of Excel 4 or older"),
    (b"\x09\x02\x06\x00", "a workbook of Excel 4 or older"),
    (b"\x09\x00\x04\x00", "a workbook of Excel 4 or older"),
)
_OTHER_BINARY = (
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"BZh", "a bzip2 archive"),
    (b"PAR1", "a Parquet table"),
    (b"MZ", "a Windows program"),
)
"""Words that a CSV file might begin with too; control characters after them tell."""
_MARKUP = (
    (re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet"), "a workbook in Excel's XML form of 2003"),
    (re.compile(rb"<!doctype html|<html|<head|<table|<body", re.IGNORECASE), "an HTML page"),
    (re.compile(rb"\A<\?xml|\A<[a-z]+[ >]", re.IGNORECASE), "an XML document"),
    (re.compile(rb"\AMIME-Version:", re.IGNORECASE), "a web archive (MHTML)"),
)
_JSON = re.compile(rb"\A(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\x0c\x1a"))
_MOST_CONTROL_SHARE, _MOST_CONTROL_CHARACTERS = 0.1, 32


def tell_kind(path: Path) -> FileKind:
    """
    Return what the file is.

    Raises
    ------
    RegisterError
        If it cannot be opened, is empty or too large, or is something that no register comes in; says what.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
    except OSError as error:
        message = f"{path.name}: expected a file that can be read, found {error.strerror}. Give another path."
        raise RegisterError(message, file=path.name) from error
    if not start.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        message = f"{path.name}: expected a register, found an empty file of {size:,} bytes. Fetch it again."
        raise RegisterError(message, file=path.name, bytes=size)
    if size > MOST_FILE_BYTES:
        message = (
            f"{path.name}: expected a register of at most {MOST_FILE_BYTES // 2**20} MB, found "
            f"{size / 2**20:,.0f} MB. Check that this is the right file."
        )
        raise RegisterError(message, file=path.name, bytes=size)
    for magic, kind in _OWN:
        if start.startswith(magic):
            return kind
    if found := _other(start):
        message = (
            f"{path.name}: expected a register as XLSX, XLS, ODS, CSV, GeoJSON or GeoPackage, found {found}. Fetch the "
            "register itself, or open this file and save it as XLSX."
        )
        raise RegisterError(message, file=path.name, found=found)
    return "json" if _JSON.match(start.removeprefix(b"\xef\xbb\xbf").lstrip()) else "text"


def _other(start: bytes) -> str | None:
    """Return what the file is when it is nothing that we read."""
    control = len(start) - len(start.translate(None, _CONTROL))
    marks = _OTHER + _OTHER_BINARY if control else _OTHER
    found = next((words for magic, words in marks if start.startswith(magic)), None)
    plain = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if found is None and plain.startswith((b"<", b"MIME")):
        found = next((words for pattern, words in _MARKUP if pattern.search(plain)), None)
    if found is None and not start.startswith(_BYTE_ORDER_MARKS):
        if start.count(0) > len(start) / 4:
            found = "text in UTF-16 without a byte order mark, or a binary file"
        elif control > max(_MOST_CONTROL_CHARACTERS, len(start) * _MOST_CONTROL_SHARE):
            found = "a binary file of a kind we do not know"
    return found
