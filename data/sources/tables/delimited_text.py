"""A CSV file of any usual encoding and separator as a table."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from data.sources.cell_text import Cell
from data.sources.tables.cells import TableFile, check_size
from data.store.errors import RegisterError

SEPARATORS = (";", ",", "\t", "|")
_COMPARED_ROWS = 200
_CHECKED_ROWS = 10_000
_SEPARATOR_LINE = re.compile(r"\Asep=(.)\r?\n")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE = ("cp1250", "iso-8859-2")
"""In this order when both say the same: the letters that the two share."""
_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_USUAL = _POLISH | frozenset("„”’‘“–—…§°²³½€«»×·•éÉöÖüÜäÄßáÁčČšŠžŽřŘ\xa0\xad")
_LEAST_USUAL_SHARE = 0.8
_CLOSED_QUOTATION = re.compile(r'"[^"]*"')
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True)
class Decoded:
    """Text of a file and the encoding it was in."""

    text: str
    encoding: str


def read_text_table(path: Path, *, encoding: str = "auto", separator: str = "auto") -> TableFile:
    """
    Read a CSV file.

    Parameters
    ----------
    encoding
        A name that Python knows, or "auto": told by the byte order mark and by Polish letters.
    separator
        One character, or "auto": the one that parts most rows into as many cells.

    Raises
    ------
    RegisterError
        If the bytes are not in one encoding, a quotation is not closed, or there are too many rows or columns.
    """
    decoded = decode(path.read_bytes(), path.name, encoding)
    text = decoded.text
    skipped_lines = 0
    if separator == "auto" and (match := _SEPARATOR_LINE.match(text)):
        separator, text, skipped_lines = match[1], text[match.end() :], 1
    if separator == "auto":
        separator = tell_separator(text)
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    swallowed: dict[int, range] = {}
    width = 0
    lines = io.StringIO(text, newline="").readlines()
    for number, last, row in _rows(text, separator, path.name):
        if last > number and _is_swallowed(lines[number - 1 : last], separator, width):
            swallowed[len(rows)] = range(number + skipped_lines, last + skipped_lines + 1)
        rows.append([*row])
        numbers.append(number + skipped_lines)
        if len(row) > width or len(rows) % _CHECKED_ROWS == 0:
            width = max(width, len(row))
            check_size(f"{path.name}, row {numbers[-1]}", rows=len(rows), columns=width)
    check_size(path.name, rows=len(rows), columns=width)
    padded = [row + [""] * (width - len(row)) for row in rows]
    return TableFile(
        "",
        padded,
        numbers,
        {},
        path.name,
        lengths=[len(row) for row in rows],
        swallowed=swallowed,
        is_cut=not text.endswith(("\n", "\r")),
    )


def decode(content: bytes, file_name: str, encoding: str = "auto") -> Decoded:
    """
    Return the text of a file.

    Notes
    -----
    Statistics of whole languages mistake ISO-8859-2 for Windows-1250, which differ in six Polish letters only. So
    the choice is made by those letters: the encoding in which more of the bytes over 127 are Polish is taken.

    Raises
    ------
    RegisterError
        If some rows are in UTF-8 and others are not, or the bytes are Polish in no encoding we know; names the
        first such row and its bytes.
    """
    if encoding == "auto":
        encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    if not encoding:
        return _tell_encoding(content, file_name)
    try:
        return Decoded(content.decode(encoding).removeprefix("\ufeff"), encoding)
    except UnicodeDecodeError as error:
        raise _wrong_bytes(content, file_name, encoding, error.start, error.end) from error
    except UnicodeError as error:
        message = f"{file_name}: expected text in {encoding}, found {error}. Correct `encoding` in [file]."
        raise RegisterError(message, file=file_name, encoding=encoding) from error


def tell_separator(text: str) -> str:
    """Return the separator that parts most of the first rows into the same number of cells, at least two."""
    best, best_score = ",", (0.0, 0)
    for separator in SEPARATORS:
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            widths = Counter(len(row) for row in islice(reader, _COMPARED_ROWS) if any(row))
        except csv.Error:
            continue
        many = {width: count for width, count in widths.items() if width > 1}
        if many:
            width = max(many, key=lambda width: (many[width], width))
            score = (many[width] / widths.total(), width)
            best, best_score = max((best_score, best), (score, separator))[::-1]
    return best


def _is_swallowed(lines: Sequence[str], separator: str, width: int) -> bool:
    """
    Whether the lines of one row are rows of their own, held together by a quotation mark that was left open.

    A text of several lines may have separators too, but its first and its last line do not both part into as many
    cells as the rows of the table. A comma before a space is one of a sentence.
    """
    mark = re.compile(re.escape(separator) + (r"(?! )" if separator == "," else ""))
    first, last = (1 + len(mark.findall(_CLOSED_QUOTATION.sub("", line))) for line in (lines[0], lines[-1]))
    return first == last == width > 1


def _rows(text: str, separator: str, file_name: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield each row with the numbers of the lines it begins and ends on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    first_line = 1
    try:
        for row in reader:
            yield first_line, reader.line_num, row
            first_line = reader.line_num + 1
    except csv.Error as error:
        message = (
            f"{file_name}, row {first_line}: expected cells parted by {separator!r}, found {error}. Look for a "
            "quotation mark that is not closed in this row, or for a file that was cut off; if the separator is "
            "another, say `separator` in [file] of the profile."
        )
        raise RegisterError(message, file=file_name, row=first_line) from error


def _tell_encoding(content: bytes, file_name: str) -> Decoded:
    high = content.translate(None, bytes(range(128)))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if any(_is_polish_utf8(line) for line in content.splitlines()):
            raise _wrong_bytes(content, file_name, "utf-8", error.start, error.end) from error
    else:
        letters = {char for char in set(text) if ord(char) > 127}
        # Capitals such as the "ÓŻ" of RÓŻANA in Windows-1250 happen to be valid UTF-8 too.
        if not letters or _POLISH & letters or _usual_share(high, "cp1250") < 1:
            return Decoded(text, "utf-8")
    shares = {name: _usual_share(high, name) for name in _ONE_BYTE}
    best = max(_ONE_BYTE, key=lambda name: shares[name])
    if shares[best] < _LEAST_USUAL_SHARE:
        start = content.index(high[:1])
        raise _wrong_bytes(content, file_name, "UTF-8, Windows-1250 or ISO-8859-2", start, start + 1)
    try:
        return Decoded(content.decode(best), best)
    except UnicodeDecodeError as error:
        raise _wrong_bytes(content, file_name, best, error.start, error.end) from error


def _usual_share(high: bytes, encoding: str) -> float:
    """Return how many of the bytes over 127 are Polish letters or usual signs in the encoding."""
    counts = Counter(high)
    usual = sum(
        count for byte, count in counts.items() if bytes([byte]).decode(encoding, errors="replace") in _USUAL
    )
    return usual / max(len(high), 1)


def _is_polish_utf8(line: bytes) -> bool:
    if line.isascii():
        return False
    try:
        return bool(_POLISH & set(line.decode("utf-8")))
    except UnicodeDecodeError:
        return False


def _wrong_bytes(content: bytes, file_name: str, encoding: str, start: int, end: int) -> RegisterError:
    """Return the error for bytes that are not in the encoding, with the row they stand in."""
    row = 1 + sum(1 for match in _LINE.finditer(content, 0, start) if match[0][-1:] in {b"\r", b"\n"})
    begin = max(content.rfind(b"\n", 0, start), content.rfind(b"\r", 0, start)) + 1
    ends = [place for place in (content.find(b"\n", end), content.find(b"\r", end)) if place >= 0]
    line = content[begin : min(ends, default=len(content))]
    found = " ".join(f"0x{byte:02X}" for byte in content[start:end])
    shown = line.decode("cp1250", errors="replace").strip()[:80]
    message = (
        f"{file_name}, row {row}: expected text in {encoding}, found the bytes {found} (the row may be {shown!r} in "
        "Windows-1250). When only some rows are like this, the file was put together from several: open it, correct "
        "these rows and save it as UTF-8. When all are, say the right `encoding` in [file] of the profile."
    )
    return RegisterError(message, file=file_name, row=row, bytes=found, encoding=encoding)
