"""
The registry as XLSX, for people: a sheet a table with Polish heads, and what the data are on the first sheet.

The second row of each sheet names the column as all other formats do, and the last sheet explains every column.
Numbers are numbers and dates are dates. Text is always written as text, so that no name can become a formula or a link.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from data.export.about import TITLE, about
from data.export.extract import Extract
from data.export.flat import TABLE_NAMES, Field, fields, flat_tables
from data.store.plain_text import plain_text

_LONGEST_CELL = 32_767
_WIDTHS = {"text": 24, "integer": 12, "decimal": 12, "date": 12, "flag": 9}
_WIDE = ("name", "facility_name", "organization_name", "street_address", "attribution")
_ID_WIDTH = 12
_YES, _NO = "tak", "nie"
_ABOUT, _DICTIONARY = "O danych", "Słownik"


def write_xlsx(extract: Extract, path: Path) -> None:
    """Write an extract; the same extract gives the same bytes."""
    options = {
        "constant_memory": True,  # rows go straight to the file: a registry may have 100,000 of them
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(path, options) as book:
        day = extract.as_of
        book.set_properties(
            {
                "title": TITLE,
                "comments": plain_text(f"{' '.join(extract.notes)} {day.isoformat()} {extract.snapshot_id}"),
                "created": datetime(day.year, day.month, day.day, tzinfo=UTC),
            }
        )
        styles = _Styles(book)
        banner = extract.notes[0] if extract.is_invented and extract.notes else None
        _write_pairs(book.add_worksheet(_ABOUT), about(extract), styles, banner)
        for table, rows in flat_tables(extract).items():
            _write_table(book.add_worksheet(TABLE_NAMES[table]), fields()[table], rows, styles, banner)
        _write_dictionary(book.add_worksheet(_DICTIONARY), styles)


class _Styles:
    """The formats of a workbook."""

    def __init__(self, book: Any) -> None:
        self.head: Any = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EDE7F3"}
        )
        self.code: Any = book.add_format({"italic": True, "font_color": "#595959", "bottom": 1})
        self.wrapped: Any = book.add_format({"text_wrap": True, "valign": "top"})
        self.date: Any = book.add_format({"num_format": "yyyy-mm-dd"})
        self.warning: Any = book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": "#8B0000", "font_size": 13}
        )


def _write_table(
    sheet: Any, columns: tuple[Field, ...], rows: pd.DataFrame, styles: _Styles, banner: str | None
) -> None:
    top = _write_banner(sheet, banner, styles)
    for position, field in enumerate(columns):
        sheet.set_column(position, position, _width(field))
    sheet.set_row(top, 32)
    for line, style, heads in (
        (top, styles.head, [field.name_pl for field in columns]),
        (top + 1, styles.code, [field.name for field in columns]),
    ):
        for position, head in enumerate(heads):
            sheet.write_string(line, position, head, style)
    first = top + 2
    sheet.freeze_panes(first, 0)
    if len(rows):
        sheet.autofilter(first - 1, 0, first - 1 + len(rows), len(columns) - 1)
    kinds = [field.kind for field in columns]
    values = [rows[field.name].astype(object) for field in columns]
    for line, cells in enumerate(zip(*values, strict=True), start=first):
        for position, (kind, value) in enumerate(zip(kinds, cells, strict=True)):
            if value is not None and value is not pd.NA:
                _write_cell(sheet, (line, position), value, kind, styles)


def _write_cell(sheet: Any, at: tuple[int, int], value: Any, kind: str, styles: _Styles) -> None:
    if kind == "text":
        sheet.write_string(*at, _text(str(value)))
    elif kind == "date":
        sheet.write_datetime(*at, _day(value), styles.date)
    elif kind == "flag":
        sheet.write_string(*at, _YES if value else _NO)
    else:
        sheet.write_number(*at, float(value))


def _write_pairs(sheet: Any, pairs: tuple[tuple[str, str], ...], styles: _Styles, banner: str | None) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 110)
    top = _write_banner(sheet, banner, styles)
    for line, (label, text) in enumerate(pairs, start=top):
        sheet.write_string(line, 0, label, styles.head)
        sheet.write_string(line, 1, _text(text), styles.wrapped)


def _write_dictionary(sheet: Any, styles: _Styles) -> None:
    sheet.set_column(0, 2, 28)
    sheet.set_column(3, 3, 90)
    for position, head in enumerate(("arkusz", "kolumna", "nazwa", "znaczenie (po angielsku)")):
        sheet.write_string(0, position, head, styles.head)
    sheet.freeze_panes(1, 0)
    listed = [(table, field) for table, columns in fields().items() for field in columns]
    for line, (table, field) in enumerate(listed, start=1):
        for position, text in enumerate((TABLE_NAMES[table], field.name, field.name_pl, field.meaning)):
            sheet.write_string(line, position, text)


def _write_banner(sheet: Any, banner: str | None, styles: _Styles) -> int:
    """Write the banner above the head, where it cannot be scrolled away; return the first free row."""
    if banner is None:
        return 0
    sheet.write_string(0, 0, _text(banner), styles.warning)
    return 1


def _width(field: Field) -> int:
    if field.name.endswith("_id"):
        return _ID_WIDTH
    return 40 if field.name in _WIDE else _WIDTHS[field.kind]


def _text(text: str) -> str:
    """Return text as a cell can hold it; it is written as text, so it needs no apostrophe."""
    return plain_text(text)[:_LONGEST_CELL]


def _day(value: date) -> datetime:
    return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a cell has no time zone
