"""
A sheet as XLSX: known records, lists to choose from, checks of what is typed, and what the file is.

Words are always written as text, so that none that begins with =, +, - or @ can become a formula. The file says of
itself, in cells that every spreadsheet keeps, of which form and area it is.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from data.sheets.columns import (
    ABOUT,
    BASELINE,
    FACILITIES,
    LISTS,
    LONGEST_NUMBER,
    STATUS_WORDS,
    WHEELCHAIR_WORDS,
    SheetColumn,
    columns_of,
)
from data.sheets.known import KnownRows
from data.sheets.shown_by_default import note_in_sheet
from data.store.own_sheets import SheetOf
from data.store.plain_text import plain_text
from data.vocabulary import support_forms

MARK = "mapa-wsparcia-arkusz-1"
"""Begins the words by which a sheet is known again; the number is of its make."""
MARK_LABEL = "Znacznik (nie zmieniać)"
_FREE_ROWS = 500
"""Rows below the known ones that have lists and checks, too."""
_PAUSE_NOTE = "W kolumnie „Czy działa” wybierz „zawieszona (przerwa)”; od kiedy i do kiedy napisz w uwagach."
_LOAD_NOTE = (
    "python -m data load --file PLIK.xlsx pokazuje zmiany, z --commit je zapisuje; "
    "python -m data undo cofa zapis."
)
_PROTECTED_NOTE = (
    "Adresów chronionych (np. schronisk dla osób doznających przemocy) w arkuszu nie ma i wczytanie ich nie zmienia. "
    "Nie wpisuj ich tutaj. Po wczytaniu zmiany z arkusza są też w plikach CSV w folderze danych własnych, również "
    "adres placówki, którą objęto ochroną później: chroń ten folder i ten arkusz tak jak bazę."
)


def mark_of(sheet: SheetOf) -> str:
    """Return the words by which the file is known again."""
    return f"{MARK} {sheet.support_form} {sheet.area_code}"


def write_sheet(known: KnownRows, path: Path, *, made_on: date) -> None:
    """Write a sheet; an area of which nothing is known gets heads, lists and checks alone."""
    columns = columns_of(known.sheet.support_form)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        formats = _Formats(book)
        main = book.add_worksheet(FACILITIES)
        _write_rows(main, columns, known, formats)
        for position, column in enumerate(columns):
            main.write_comment(0, position, column.help, {"x_scale": 2})
        _write_about(book.add_worksheet(ABOUT), known, made_on, formats)
        _add_lists(main, book.add_worksheet(LISTS), columns, known)
        baseline = book.add_worksheet(BASELINE)
        _write_rows(baseline, columns, known, formats)
        baseline.hide()
        main.activate()


class _Formats:
    """The formats of a sheet; text is text also where nothing is written yet, so that no zero and no plus is lost."""

    def __init__(self, book: Any) -> None:
        self.head: Any = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EDE7F3", "bottom": 1}
        )
        self.text: Any = book.add_format({"num_format": "@", "valign": "top"})
        self.number: Any = book.add_format({"num_format": "0", "valign": "top"})
        self.label: Any = book.add_format({"bold": True, "valign": "top"})
        self.wrapped: Any = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, column: SheetColumn) -> Any:
        """Return the format of a column's cells."""
        return self.number if column.holds == "number" else self.text


def _write_rows(sheet: Any, columns: Sequence[SheetColumn], known: KnownRows, formats: _Formats) -> None:
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width, formats.of(column))
        sheet.write_string(0, position, column.head, formats.head)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 2)
    for line, row in enumerate(known.rows, start=1):
        for position, column in enumerate(columns):
            text = row[column.name]
            if text and column.holds == "number":
                sheet.write_number(line, position, int(text), formats.number)
            elif text:
                sheet.write_string(line, position, plain_text(text), formats.of(column))


def _write_about(sheet: Any, known: KnownRows, made_on: date, formats: _Formats) -> None:
    form = support_forms()[known.sheet.support_form]
    pairs = (
        ("Rodzaj wsparcia", f"{form.name['pl']} ({form.code})"),
        ("Obszar", f"{known.area_name} ({known.sheet.area_code})"),
        ("Wierszy na początku", str(len(known.rows))),
        ("Przygotowano", made_on.isoformat()),
        (
            "Jak wypełniać",
            "Popraw komórki, dopisz wiersze na końcu, usuń wiersze placówek, których już nie ma.",
        ),
        ("Puste komórki", "Puste znaczy: nie wiadomo. Zero wpisz tylko wtedy, gdy naprawdę jest zero."),
        ("Przerwa w działaniu", _PAUSE_NOTE),
        ("Chronione adresy", _PROTECTED_NOTE),
        *((("Co będzie widoczne", note),) if (note := note_in_sheet(known.sheet)) else ()),
        ("Wczytanie", _LOAD_NOTE),
        (MARK_LABEL, mark_of(known.sheet)),
    )
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    for line, (label, text) in enumerate(pairs):
        sheet.write_string(line, 0, label, formats.label)
        sheet.write_string(line, 1, text, formats.wrapped)


def _add_lists(main: Any, lists: Any, columns: Sequence[SheetColumn], known: KnownRows) -> None:
    """Write the lists to choose from, and put lists and checks on the columns."""
    words = {
        "stated_gmina_code": known.gminas,
        "status": tuple(STATUS_WORDS),
        "wheelchair": tuple(WHEELCHAIR_WORDS),
        "subtype": known.profiles,
    }
    last = len(known.rows) + _FREE_ROWS
    for place, (name, items) in enumerate(words.items()):
        lists.set_column(place, place, 36)
        for line, word in enumerate(items):
            lists.write_string(line, place, plain_text(word))
        column = xl_col_to_name(place)
        words_at = f"='{LISTS}'!${column}$1:${column}${max(len(items), 1)}"
        for position in (at for at, one in enumerate(columns) if one.name == name and items):
            is_open = name == "subtype"
            main.data_validation(
                1, position, last, position, _choice(words_at, columns[position], is_open=is_open)
            )
    for position, one in enumerate(columns):
        if one.holds == "number":
            main.data_validation(1, position, last, position, _number(one))
        elif one.name == "facility_name":
            main.data_validation(1, position, last, position, _not_empty(one))


def _choice(words_at: str, column: SheetColumn, *, is_open: bool) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": words_at,
        "error_title": column.head,
        "error_message": "Wybierz z listy." if not is_open else "Nie ma tego na liście. Zostawić?",
        "error_type": "warning" if is_open else "stop",
    }


def _number(column: SheetColumn) -> dict[str, Any]:
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": LONGEST_NUMBER,
        "error_title": column.head[:32],
        "error_message": "Wpisz liczbę całkowitą albo zostaw puste, gdy nie wiadomo.",
    }


def _not_empty(column: SheetColumn) -> dict[str, Any]:
    return {
        "validate": "length",
        "criteria": ">",
        "value": 1,
        "error_title": column.head,
        "error_message": "Nazwa musi być.",
        "ignore_blank": False,
    }
