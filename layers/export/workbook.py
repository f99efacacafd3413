"""
Tables with what stands on every file of them, as XLSX and CSV.

CSV is a pure table that carries its sources in the last columns; text is always written as text, numbers as numbers,
and of what is not known the cell is empty.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from data.store.plain_text import cell_text, plain_text
from data.vocabulary.languages import LANGUAGES
from layers.text import Texts
from layers.words.view_words import SourceLine

_SOURCE_HEADS: Final = ("source", "publisher", "licence", "attribution", "as_of", "url")
_LONGEST_CELL: Final = 32_767
_EARLIEST: Final = date(2000, 1, 1)

Cell = str | int | bool | None
"""Text, a whole number, yes or no; None is not known, and an empty cell."""


@dataclass(frozen=True)
class WorkbookSheet:
    """
    One sheet: its name, heads and rows; rows whose number is in `bold` are sums.

    Title and warning stand above the heads, unless a program is to read the sheet.
    """

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    bold: frozenset[int] = frozenset()
    has_lines_above: bool = True


@dataclass(frozen=True)
class FileFacts:
    """
    What stands on every file: label and text of each fact, the sources, and how loudly the data are invented.

    `made_on` is the day of the data in the properties of the file: the same input gives the same bytes.
    """

    title: str
    about: tuple[tuple[str, str], ...]
    sources: tuple[SourceLine, ...]
    warning: str
    snapshot_id: str
    made_on: date | None


def write_csv(heads: Sequence[str], rows: Sequence[Sequence[Cell]], facts: FileFacts, texts: Texts) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark; the last columns say where every row comes from."""
    endings = [
        (texts.t("export_column_title"), facts.title),
        *facts.about,
        (texts.t("export_column_sources"), " | ".join(source.text for source in facts.sources)),
        (texts.t("export_column_warning"), facts.warning),
    ]
    # A label of several facts (assumptions) is one column.
    merged: dict[str, list[str]] = {}
    for label, text in endings:
        merged.setdefault(label, []).append(text)
    ending = [cell_text(" ".join(parts)) for parts in merged.values()]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=LANGUAGES[texts.lang].list_separator, lineterminator="\r\n")
    writer.writerow(map(cell_text, [*heads, *merged]))
    for row in rows:
        writer.writerow([*(_csv_cell(cell, texts) for cell in row), *ending])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def write_workbook(pages: Iterable[WorkbookSheet], facts: FileFacts, texts: Texts) -> bytes:
    """Return sheets of tables and a last one with facts and sources; no text can become a formula or a link."""
    buffer = io.BytesIO()
    with new_book(buffer, title=facts.title, comments=facts.snapshot_id, made_on=facts.made_on) as book:
        for page in pages:
            _write_page(book, page, facts, texts)
        _write_about(book, facts, texts)
    return buffer.getvalue()


def _write_page(book: Workbook, page: WorkbookSheet, facts: FileFacts, texts: Texts) -> None:
    sheet = book.add_worksheet(sheet_name(page.name))
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EDE7F3", "bottom": 1}
    )
    looks = {
        (kind, is_bold): book.add_format({**look, "bold": is_bold})
        for is_bold in (False, True)
        for kind, look in {
            "text": {"valign": "top"},
            "number": {"num_format": "#,##0"},
            "missing": {"bg_color": "#F2F2F2"},
        }.items()
    }
    top = 0
    for line, look in (
        (facts.warning, warning_format(book)),
        (facts.title, book.add_format({"bold": True})),
    ):
        if line and page.has_lines_above:
            # Above the head, where it cannot be scrolled away.
            sheet.write_string(top, 0, sheet_text(line), look)
            top += 1
    for position, name in enumerate(page.heads):
        lengths = [len(cell) for row in page.rows if isinstance(cell := row[position], str)]
        sheet.set_column(position, position, min(44, max([14, *lengths])))
        sheet.write_string(top, position, sheet_text(name), head)
    for number, row in enumerate(page.rows):
        is_bold = number in page.bold
        for position, cell in enumerate(row):
            at = (top + 1 + number, position)
            if cell is None:
                sheet.write_blank(*at, None, looks["missing", is_bold])
            elif isinstance(cell, int) and not isinstance(cell, bool):
                sheet.write_number(*at, cell, looks["number", is_bold])
            else:
                sheet.write_string(*at, sheet_text(_words(cell, texts)), looks["text", is_bold])
    sheet.set_row(top, 62)
    sheet.freeze_panes(top + 1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:Z10000"})
    sheet.repeat_rows(0, top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8" + facts.snapshot_id + "&R&8&P / &N")


def _write_about(book: Workbook, facts: FileFacts, texts: Texts) -> None:
    sheet = book.add_worksheet(sheet_name(texts.t("costs_file.sheet_about")))
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 5, 34)
    line = 0
    if facts.warning:
        sheet.write_string(line, 0, facts.warning, warning_format(book))
        line += 1
    for label, text in ((texts.t("export_label_title"), facts.title), *facts.about):
        sheet.write_string(line, 0, sheet_text(label), bold)
        sheet.merge_range(line, 1, line, 5, "", wrapped)
        sheet.write_string(line, 1, sheet_text(text), wrapped)
        sheet.set_row(line, min(400, 15 * (1 + len(text) // 150)))
        line += 1
    line += 1
    sheet.write_string(line, 0, texts.t("export_sources"), bold)
    for position, head in enumerate(_SOURCE_HEADS):
        sheet.write_string(line + 1, position, texts.t(f"export_label_{head}"), bold)
    for number, source in enumerate(facts.sources, start=line + 2):
        parts = (source.name, source.publisher, source.licence, source.attribution, source.as_of, source.url)
        for position, text in enumerate(parts):
            sheet.write_string(number, position, sheet_text(text), wrapped)


def _words(cell: Cell, texts: Texts) -> str:
    """Return text, or yes or no."""
    return cell if isinstance(cell, str) else texts.t("export_yes" if cell else "export_no")


def _csv_cell(cell: Cell, texts: Texts) -> str:
    """Return a cell as text: numbers as they are, without separators, so that a minus stays a number."""
    if cell is None:
        return ""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)
    return str(cell_text(_words(cell, texts)))


def new_book(buffer: io.BytesIO, *, title: str, comments: str, made_on: date | None) -> Workbook:
    """
    Return an empty workbook: no text in it can become a formula or a link, and the same input gives the same bytes.

    Parameters
    ----------
    made_on
        The day of the data, as the day on which the file was made; None where nobody knows it.
    """
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    day = made_on or _EARLIEST
    book.set_properties(
        {
            "title": title[:255],
            "comments": comments,
            "created": datetime(day.year, day.month, day.day, tzinfo=UTC),
        }
    )
    return book


def warning_format(book: Workbook) -> Format:
    """Return the look of the line that says that data are invented."""
    return book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#8B0000", "font_size": 13})


def sheet_text(text: object) -> str:
    """Return text as a cell can hold it; it is written as text, so it needs no apostrophe."""
    return plain_text(text)[:_LONGEST_CELL]


def sheet_name(name: str) -> str:
    """Return a name that Excel takes for a sheet: 31 letters at most, and none of seven signs."""
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in name)[:31]
