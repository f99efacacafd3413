"""
The table of a view as XLSX: what it is about on the first sheet, then the table with its sums, ready to be printed.

Numbers are numbers in full precision, shown rounded; text is always written as text. Queue and free places over time,
where registers tell them, stand on a sheet of their own (`layers.export.queue_sheet`).
"""

import io
import math
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from geo.printed_numbers import DECIMALS
from layers.answers.area_table import AreaTable
from layers.answers.totals import totals_of
from layers.export.queue_sheet import QueueSheet, write_queue_sheet
from layers.export.table_rows import printed_as, table_rows
from layers.export.workbook import new_book, sheet_name, sheet_text, warning_format
from layers.indicators import KINDS
from layers.text import Texts, texts_of
from layers.words.caption import Caption
from layers.words.figures import tells_nothing, write_figure
from layers.words.view_words import Wording

_WIDTHS: Final = {
    "area_code": 9,
    "name": 24,
    "powiat_name": 16,
    "voivodeship_name": 16,
    "oldest_dated_on": 11,
    "sign": 5,
    "remarks": 40,
    "class_label": 17,
}
"""Letters that a column has room for; a number of the widest head has `_NUMBER_WIDTH`."""
_NUMBER_WIDTH: Final = 12
_PAGE_WIDTH: Final = 132
"""Letters of 11 points that stand beside each other on A4, landscape, between its margins."""
_SMALLEST_PRINT: Final = 0.75
"""A page is never printed smaller: 11 points are 8 then. What is wider goes on to a second page."""
_EXCEL_FORMATS: Final = {
    "count": "#,##0",
    "rate": "#,##0.0;-#,##0.0;0",
    "change": "+#,##0.0;-#,##0.0;0",
    "share": "[=0]0%;[=1]0%;0.0%",
    "day": "yyyy-mm-dd",
}


def table_xlsx(table: AreaTable, caption: Caption, *, queue: QueueSheet | None = None) -> bytes:
    """
    Return the workbook of a view.

    Missing numbers are empty cells on grey, and the sign beside the view's own number says which kind of missing it is.
    No name can become a formula or a link. The same input gives the same bytes.
    """
    buffer = io.BytesIO()
    made_on = date.fromisoformat(caption.as_of_iso) if caption.as_of_iso else None
    comments = f"{caption.snapshot}. {caption.as_of}"
    with new_book(buffer, title=caption.title, comments=comments, made_on=made_on) as book:
        _write_about(book, caption)
        _write_table(book, table, caption)
        if queue is not None:
            write_queue_sheet(
                book,
                queue,
                texts_of(caption.language),
                warning=caption.warning or "",
                warning_format=warning_format(book),
            )
    return buffer.getvalue()


def _write_table(book: Workbook, table: AreaTable, caption: Caption) -> None:
    rows = table_rows(table, caption)
    sheet = book.add_worksheet(sheet_name(caption.sheet_names[0]))
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EDE7F3", "bottom": 1}
    )
    missing = book.add_format({"bg_color": "#F2F2F2"})
    top = 0
    if caption.warning:
        # Above the head, where it cannot be scrolled away.
        sheet.write_string(top, 0, caption.warning, warning_format(book))
        top += 1
    for position, column in enumerate(rows.columns):
        formats = _NumberFormats(book, KINDS.get(column, ""))
        sheet.set_column(position, position, _WIDTHS.get(column, _NUMBER_WIDTH))
        sheet.write_string(top, position, sheet_text(caption.columns[column]), head)
        for line, value in enumerate(rows[column], start=top + 1):
            _write_cell(sheet, line, position, value, column=column, formats=formats, missing=missing)
    # As high as the longest head needs it, broken at the width of its column.
    longest = max(_lines_of(caption.columns[column], column) for column in rows.columns)
    sheet.set_row(top, 15 * longest)
    last = top + len(rows)
    if len(rows) > 1:
        texts = texts_of(caption.language)
        _write_totals(book, sheet, table, tuple(rows.columns), line=last + 1, texts=texts)
    sheet.freeze_panes(top + 1, 2)
    sheet.autofilter(top, 0, max(last, top + 1), len(rows.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:Z100000"})
    _set_pages(sheet, list(rows.columns), top)
    sheet.set_footer("&L&8" + _footer(caption) + "&R&8&P / &N")


def _lines_of(head: str, column: str) -> int:
    return math.ceil(1.2 * len(head) / _WIDTHS.get(column, _NUMBER_WIDTH))


def _set_pages(sheet: Worksheet, columns: Sequence[str], top: int) -> None:
    """Set A4 so that letters stay readable; what is too wide goes on beside codes and names, which are repeated."""
    width = sum(_WIDTHS.get(column, _NUMBER_WIDTH) for column in columns)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0, top)
    sheet.repeat_columns(0, 1)
    repeated = sum(_WIDTHS[column] for column in columns[:2])
    room = _PAGE_WIDTH / _SMALLEST_PRINT
    pages = 1 if width <= room else math.ceil((width - repeated) / (room - repeated))
    sheet.fit_to_pages(pages, 0)


def _write_totals(
    book: Workbook,
    sheet: Worksheet,
    table: AreaTable,
    columns: tuple[str, ...],
    *,
    line: int,
    texts: Texts,
) -> None:
    """Write the row of sums, apart from the rows that can be sorted, and of each that is not sure how far it is."""
    totals = totals_of(table, columns)
    look = {"bold": True, "top": 1, "bg_color": "#EDE7F3"}
    words, numbers = (
        book.add_format({**look, "text_wrap": True}),
        book.add_format({**look, "num_format": "#,##0"}),
    )
    said = [
        f"{name}: {write_figure(total.value, column, texts, bound=total.bound)}"
        for column, total in totals.items()
        if total.bound and (name := texts.t(f"export_column_{column}", **Wording(table, texts).values))
    ]
    for position, column in enumerate(columns):
        total = totals.get(column)
        if total is not None and not tells_nothing(total.value, column, total.bound):
            sheet.write_number(line, position, total.value, numbers)
        elif column == "name":
            sheet.write_string(line, position, texts.t("export_total"), words)
        elif column == "remarks":
            sheet.write_string(line, position, "; ".join([*said, texts.t("export_total_note")]), words)
        else:
            sheet.write_blank(line, position, None, words)


def _write_cell(
    sheet: Any,
    line: int,
    position: int,
    value: Any,
    *,
    column: str,
    formats: "_NumberFormats",
    missing: Format,
) -> None:
    if KINDS.get(column, "words") == "words":
        sheet.write_string(line, position, "" if pd.isna(value) else sheet_text(value))
    elif pd.isna(value):
        sheet.write_blank(line, position, None, missing)
    elif KINDS[column] == "day":
        sheet.write_datetime(line, position, date.fromordinal(int(value)), formats.of(float(value)))
    else:
        sheet.write_number(line, position, float(value), formats.of(float(value)))


class _NumberFormats:
    """The formats of one column: the usual one, and of more decimals for what it would show as none or all."""

    def __init__(self, book: Workbook, kind: str) -> None:
        self._book, self._kind, self._made = book, kind, dict[str, Format]()

    def of(self, value: float) -> Format:
        """Return the format of a number."""
        code = _EXCEL_FORMATS.get(self._kind, "#,##0")
        decimals = printed_as(value, self._kind)[1] if self._kind in {"rate", "share", "change"} else 0
        if decimals > DECIMALS:
            digits = f"0.{'0' * decimals}"
            codes = {"share": f"{digits}%", "change": f"+{digits};-{digits}"}
            code = codes.get(self._kind, digits)
        if code not in self._made:
            self._made[code] = self._book.add_format({"num_format": code})
        return self._made[code]


def _write_about(book: Workbook, caption: Caption) -> None:
    sheet = book.add_worksheet(sheet_name(caption.sheet_names[1]))
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 5, 34)
    line = 0
    if caption.warning:
        sheet.write_string(line, 0, caption.warning, warning_format(book))
        line += 1
    for label, text in caption.about:
        sheet.write_string(line, 0, sheet_text(label), bold)
        sheet.merge_range(line, 1, line, 5, "", wrapped)
        sheet.write_string(line, 1, sheet_text(text), wrapped)
        sheet.set_row(line, 15 * (1 + len(text) // 150))
        line += 1
    line += 1
    sheet.write_string(line, 0, sheet_text(caption.sources_title), bold)
    for position, head in enumerate(caption.source_heads):
        sheet.write_string(line + 1, position, sheet_text(head), bold)
    for number, source in enumerate(caption.sources, start=line + 2):
        parts = (source.name, source.publisher, source.licence, source.attribution, source.as_of, source.url)
        for position, text in enumerate(parts):
            sheet.write_string(number, position, sheet_text(text), wrapped)


def _footer(caption: Caption) -> str:
    """Return the footer of printed pages; `&` starts a code there, and 255 letters are the most."""
    return f"{caption.as_of} · {caption.snapshot}".replace("&", "&&")[:200]
