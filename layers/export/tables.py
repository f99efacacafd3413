"""
The table of a view as CSV and the description beside it: the same numbers as on the page and in the picture.

CSV is a pure table, one head and one row per area, which a spreadsheet and pandas both read as it is. Its last columns
name the state of the data, by which its description and every other file of the view is found, and warn of data that
are invented. Polish and Ukrainian files have `;` between columns and a decimal comma, as spreadsheets in these
languages expect. pandas reads them with `read_csv(path, sep=";", decimal=",", dtype={"Kod TERYT": str})`. A column of
numbers holds numbers and empty cells; a sign stands beside the view's own number, and remarks say why a cell is empty.
"""

import csv
import io
from datetime import date
from typing import Final

import pandas as pd

from data.store.plain_text import cell_text, plain_text
from data.vocabulary.languages import LANGUAGES
from geo.printed_numbers import DECIMALS
from layers.answers.area_table import AreaTable
from layers.export.table_rows import printed_as, table_rows
from layers.indicators import KINDS
from layers.text import texts_of
from layers.words.caption import PROVENANCE, Caption, table_columns

<<<<<<< HEAD
_TEXT_COLUMNS: Final = {
    "area_code": 11,
    "name": 30,
    "powiat_name": 24,
    "voivodeship_name": 22,
    "oldest_dated_on": 17,
    "remarks": 60,
}
_EXCEL_FORMATS: Final = {
    "count": "#,##0",
    "rate": "#,##0.0;-#,##0.0;0",
    "change": "+#,##0.0;-#,##0.0;0",
    "share": "[=0]0%;[=1]0%;0.0%",
    "day": "yyyy-mm-dd",
}
=======
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
"""Without it Excel and old editors read another encoding."""
>>>>>>> r16


def table_csv(table: AreaTable, caption: Caption) -> bytes:
    """
    Return the table as CSV in UTF-8 with a byte order mark, without which Excel reads another encoding.

    Numbers have one decimal or none, more only where they would read as none or all, and shares are in per cent; 0 and
    100 % have none.
    Missing numbers are empty cells, never 0, and the remarks of the row say why. Text that a spreadsheet would take for
    a formula starts with an apostrophe.
    """
    language = LANGUAGES[caption.language]
    rows = table_rows(table, caption)
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=language.list_separator, lineterminator="\r\n")
    kept = [column for column in PROVENANCE if caption.provenance[column]]
    writer.writerow([cell_text(caption.columns[column]) for column in (*rows.columns, *kept)])
    ending = [cell_text(caption.provenance[column]) for column in kept]
    written = [_csv_column(rows[column], decimal_sign=language.decimal_sign) for column in rows.columns]
    for cells in zip(*written, strict=True):
        writer.writerow([*cells, *ending])
    return _BYTE_ORDER_MARK + buffer.getvalue().encode()


def _csv_column(values: pd.Series, *, decimal_sign: str) -> list[str]:
    column = str(values.name)
    kind = KINDS.get(column, "words")
    if kind == "words":
        return [cell_text("" if pd.isna(value) else value) for value in values]
    return [
        "" if pd.isna(value) else _csv_number(float(value), kind).replace(".", decimal_sign)
        for value in values
    ]


def _csv_number(value: float, kind: str) -> str:
    if kind == "day":
        return date.fromordinal(int(value)).isoformat()
    if kind == "count":
        return f"{value:.0f}"
    printed, decimals = printed_as(value, kind)
    return f"{printed:.{decimals}f}"


def table_description(table: AreaTable, caption: Caption) -> bytes:
    """
    Return what stands beside the CSV, as text in UTF-8: title, days, signs, notes, columns, sources and licences.

    A line each; the same input gives the same bytes.
    """
<<<<<<< HEAD
    buffer = io.BytesIO()
    made_on = date.fromisoformat(caption.as_of_iso) if caption.as_of_iso else None
    comments = f"{caption.snapshot}. {caption.as_of}"
    with new_book(buffer, title=caption.title, comments=comments, made_on=made_on) as book:
        _write_table(book, table, caption)
        if queue is not None:
            write_queue_sheet(
                book,
                queue,
                texts_of(caption.language),
                warning=caption.warning or "",
                warning_format=warning_format(book),
            )
        _write_about(book, caption)
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
        sheet.set_column(position, position, _TEXT_COLUMNS.get(column, 17))
        sheet.write_string(top, position, sheet_text(caption.columns[column]), head)
        for line, value in enumerate(rows[column], start=top + 1):
            _write_cell(
                sheet, line, position, value, column=column, caption=caption, formats=formats, missing=missing
            )
    sheet.set_row(top, 48)
    sheet.freeze_panes(top + 1, 2)
    sheet.autofilter(top, 0, top + max(len(rows), 1), len(rows.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:Z100000"})
    sheet.repeat_rows(0, top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8" + _footer(caption) + "&R&8&P / &N")


def _write_cell(
    sheet: Any,
    line: int,
    position: int,
    value: Any,
    *,
    column: str,
    caption: Caption,
    formats: "_NumberFormats",
    missing: Format,
) -> None:
    if column == "is_lower_bound":
        sheet.write_string(line, position, caption.yes if value else caption.no)
    elif KINDS.get(column, "words") == "words":
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
=======
    heads = "; ".join(caption.columns[column] for column in (*table_columns(table), *PROVENANCE[:1]))
    facts = [*caption.about, (texts_of(caption.language).t("export_label_columns"), heads)]
    lines = [*(f"{label}: {text}" for label, text in facts), "", f"{caption.sources_title}:"]
    lines += [f"- {source.text}" for source in caption.sources]
    return _BYTE_ORDER_MARK + "".join(f"{plain_text(line)}\r\n" for line in lines).encode()
>>>>>>> r16
