"""
What an XLSX sheet says beside its values: how far its cells reach, and which of them hold a failed formula.

The library that reads workbooks gives failed formulas as empty cells, and asks for memory for the whole rectangle
of cells before anybody can look at it. Both would be silent: so the sheet is gone through once before.
"""

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat

from data.sources.tables.archive import Archive
from data.sources.tables.cells import check_size, column_letters
from data.sources.tables.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from data.store.errors import RegisterError

_REFERENCE = re.compile(r"\$?([A-Z]{1,7})\$?(\d{1,9})")
_NOT_PLAIN = re.compile(rb"""\bt\s*=\s*["']e["']|<(?:\w+:)?f[\s/>]|<!DOCTYPE|<!ENTITY""")
_CELL_START = re.compile(rb'<(?:\w+:)?c(?=[\s/>])(?:\sr="([A-Z]{1,3})(\d{1,7})")?')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row(?=\s)(?=[^>]*\shidden="(?:1|true)")(?=[^>]*\sr="(\d{1,7})")[^>]*>')
_TAGS = {"row", "c", "v", "is", "f"}
_NEVER_COMPUTED = "#NIEPRZELICZONE!"
"""What stands for a formula whose file keeps no value: written by a program that cannot calculate."""
_ENTITIES_MESSAGE = "an entity declaration, which no workbook has"


@dataclass
class SheetScan:
    """
    Rows and columns up to the last cell that is not empty; (row, column) from 0 → words of a failed formula.

    `hidden_rows`, from 0, are hidden by hand or left out by a filter: a reader of the sheet does not see them.
    """

    rows: int = 0
    columns: int = 0
    failed: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)

    def add(self, row: int, column: int) -> None:
        """Take a cell that is not empty into account."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)


def scan_xlsx(archive: Archive, sheet: str) -> SheetScan:
    """
    Go through one sheet of an XLSX workbook.

    A sheet that plainly has nothing to report is not walked cell by cell: of 100,000 rows and 20 columns that would
    take 15 seconds instead of 5. Its scan is empty.

    Raises
    ------
    RegisterError
        If a part is not well-formed XML, or the cells reach further than any register does.
    """
    place = f"{archive.path.name}, sheet {sheet!r}"
    part = _part_of_sheet(archive, sheet)
    scan = SheetScan()
    if part is None:
        return scan
    content = archive.read(part)
    if _is_plain(content):
        scan.hidden_rows = {int(match[1]) - 1 for match in _HIDDEN_ROW.finditer(content)}
        return scan
    walker = _CellWalker(scan, place)
    _parse(archive.chunks(part), place, start=walker.start, end=walker.end, words=walker.words)
    check_size(place, rows=scan.rows, columns=scan.columns)
    return scan


def scan_ods(archive: Archive, sheet: str) -> SheetScan:
    """
    Go through one sheet of an ODS workbook for its hidden rows.

    Raises
    ------
    RegisterError
        If the part is not well-formed XML.
    """
    scan = SheetScan()
    place = f"{archive.path.name}, sheet {sheet!r}"
    row, is_wanted = 0, False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, is_wanted
        if tag == "table:table":
            is_wanted, row = attributes.get("table:name") == sheet, 0
        elif tag == "table:table-row" and is_wanted:
            repeated = attributes.get("table:number-rows-repeated", "1")
            count = min(int(repeated), MOST_ROWS) if repeated.isdecimal() else 1
            if attributes.get("table:visibility") in {"collapse", "filter"}:
                scan.hidden_rows.update(range(row, row + count))
            row += count

    _parse(archive.chunks("content.xml"), place, start=start)
    return scan


def _part_of_sheet(archive: Archive, sheet: str) -> str | None:
    """Return the name of the part that holds the sheet, by the workbook's own list."""
    links: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def link(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            links[attributes.get("Id", "")] = attributes.get("Target", "")

    def listed(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            linked = next((value for name, value in attributes.items() if _local(name) == "id"), "")
            sheets[attributes.get("name", "")] = linked

    for part, handler in (("xl/_rels/workbook.xml.rels", link), ("xl/workbook.xml", listed)):
        if part in archive.parts:
            _parse(archive.chunks(part), f"{archive.path.name}, {part}", start=handler)
    target = links.get(sheets.get(sheet, ""))
    if not target:
        return None
    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return next((name for name in archive.parts if name.casefold() == path.casefold()), None)


def _is_plain(content: bytes) -> bool:
    """Tell whether all formulas have results and all cells, empty ones too, stand within the limits."""
    if _NOT_PLAIN.search(content):
        return False
    columns, rows = set(), set()
    for match in _CELL_START.finditer(content):
        columns.add(match[1])
        rows.add(match[2])
    if not rows or None in rows:
        return False
    width = 1 + max(_column_of(letters.decode()) for letters in columns)
    height = max(map(int, rows))
    return width <= MOST_COLUMNS and height <= MOST_ROWS and width * height <= MOST_CELLS


class _CellWalker:
    """Follows `<row>` and `<c>`; a cell counts when it has a value, not when it only has a colour."""

    def __init__(self, scan: SheetScan, place: str) -> None:
        self._scan = scan
        self._place = place
        self._row = -1
        self._column = -1
        self._is_error = False
        self._is_text = False
        self._has_formula = False
        self._has_value = False
        self._is_in_value = False
        self._words = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag if tag in _TAGS else _local(tag):
            case "row":
                number = attributes.get("r", "")
                self._row = int(number) - 1 if number.isdecimal() else self._row + 1
                self._column = -1
                if attributes.get("hidden") in {"1", "true"}:
                    self._scan.hidden_rows.add(self._row)
            case "c":
                self._begin_cell(attributes.get("r", ""))
                self._is_error = attributes.get("t") == "e"
                self._is_text = attributes.get("t") == "str"
                self._has_value, self._has_formula, self._words = False, False, ""
            case "f":
                self._has_formula = True
            case "v" | "is":
                self._has_value = self._is_in_value = True

    def _begin_cell(self, reference: str) -> None:
        self._column += 1
        if match := _REFERENCE.fullmatch(reference):
            self._row = int(match[2]) - 1
            self._column = _column_of(match[1])

    def words(self, text: str) -> None:
        if (self._is_error or self._has_formula) and self._is_in_value and len(self._words) < 40:
            self._words += text

    def end(self, tag: str) -> None:
        match tag if tag in _TAGS else _local(tag):
            case "v" | "is":
                self._is_in_value = False
            case "c" if self._has_formula and not self._is_text and not self._words.strip():
                self._is_error, self._words = True, _NEVER_COMPUTED
                self._end_cell()
            case "c" if self._has_value:
                self._end_cell()

    def _end_cell(self) -> None:
        row, column = self._row, self._column
        if row >= self._scan.rows or column >= self._scan.columns:
            self._scan.add(row, column)
            check_size(
                f"{self._place}, cell {column_letters(column)}{row + 1}", rows=row + 1, columns=column + 1
            )
        if self._is_error:
            self._scan.failed[row, column] = self._words.strip() or "#N/A"


@lru_cache(maxsize=MOST_COLUMNS)
def _column_of(letters: str) -> int:
    """Return the column, from 0, of the letters that spreadsheets give it."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _parse(
    chunks: Iterable[bytes],
    place: str,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    words: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.EntityDeclHandler = _refuse_entities
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003  expat has no name for it
    except (expat.ExpatError, ValueError) as error:
        if isinstance(error, RegisterError):
            raise
        message = f"{place}: expected a well-formed workbook, found {error}. Fetch the file again."
        raise RegisterError(message, found=str(error)) from error


def _refuse_entities(*_: object) -> NoReturn:
    raise ValueError(_ENTITIES_MESSAGE)
