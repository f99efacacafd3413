"""
The table of a view as XLSX and CSV: the same numbers as on the page and in the picture.

CSV is a pure table, one head and one row per area. Where the numbers come from stands in its last columns
rather than in lines above the head: a spreadsheet and pandas both read it as it is, and a row that is
filtered out or pasted elsewhere keeps its source. Polish and Ukrainian files have `;` between columns and a
decimal comma, as spreadsheets in these languages expect. pandas reads them with
`read_csv(path, sep=";", decimal=",", dtype={"Kod TERYT": str})`. A column of numbers holds numbers and empty cells, and
the column of remarks says why a cell is empty.
"""

import csv
import io
import math
from datetime import UTC, date, datetime
from typing import Any, Final

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from data.store.plain_text import cell_text, plain_text
from data.vocabulary.languages import LANGUAGES
from geo.printed_numbers import DECIMALS, LEAST, MOST, Bound, decimals_of, printed_number, rounded
from layers.answers.area_order import by_name, is_listed_whole
from layers.answers.area_table import AreaTable
from layers.export.queue_sheet import QueueSheet, write_queue_sheet
from layers.indicators import KINDS
from layers.text import texts_of
from layers.words.area_names import names_beside
from layers.words.caption import PROVENANCE, Caption, table_columns
from layers.words.figures import ROUNDED_UP, remarks, tells_nothing, whole_up

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
    "change": "+#,##0.0;-#,##0.0;0.0",
    "share": "[=0]0%;[=1]0%;0.0%",
    "day": "yyyy-mm-dd",
}
_ISO_LENGTHS: Final = {"day": 10, "month": 7, "year": 4}
_EARLIEST: Final = date(2000, 1, 1)
_LONGEST_CELL: Final = 32_767


def table_rows(table: AreaTable, caption: Caption) -> pd.DataFrame:
    """
    Return the table to print: one row per area, numbers unrounded, missing = no data.

    Namesakes of one powiat have the kind of gmina in their name. A rate or share of which only a bound is known is
    rounded as it is printed: no spreadsheet shows more than "at least" it.

    Gminas that have a class each have a row each, also where they are one area of the map.

    In the order of codes; by name where not every number is known and sure, as on the page. Columns are those
    of the view's page; `class_label` holds the words of the legend.
    """
    table = table.by_part
    rows = table.rows.sort_index() if is_listed_whole(table) else by_name(table.rows)
    rows = rows.assign(
        # No join by code may give the people of a union to one of its parts.
        area_code=["+".join(table.together.codes_of(str(code))) for code in rows.index],
        is_lower_bound=table.bounds["value"].reindex(rows.index) == LEAST,
    )
    if not table.has_symbols:
        labels = [caption.zero_label or "", *caption.class_labels]
        rows["class_label"] = [
            caption.no_data if pd.isna(number) else labels[int(number)]
            for number in table.class_of.reindex(rows.index)
        ]
    columns = table_columns(table)
    rows["remarks"] = remarks(table, columns, texts_of(caption.language), names=caption.columns)
    if table.question.is_of_knowledge:
        # As text, because a date may be known by its month or year only.
        rows["oldest_dated_on"] = [
            "" if day is None else day.isoformat()[: _ISO_LENGTHS[precision or "day"]]
            for day, precision in zip(rows["oldest_dated_on"], rows["oldest_dated_precision"], strict=True)
        ]
    rows["name"] = pd.Series(names_beside(table.rows, texts_of(caption.language)), dtype="str")
    for column in columns:
        if KINDS.get(column) in {"rate", "share", "change"}:
            rows[column] = _true_to_bounds(rows[column], table.bounds[column].reindex(rows.index))
        elif KINDS.get(column) == "count":
            rows[column] = _without_empty_words(rows[column], table.bounds[column].reindex(rows.index))
    for column in ROUNDED_UP.intersection(columns):
        rows[column] = rows[column].astype("Float64").astype(float).map(whole_up)
    return rows[list(columns)]


def _without_empty_words(values: pd.Series, bounds: pd.Series) -> pd.Series:
    """Return counts, but none where "at least none" is all that is known: the page says so in words, as remarks do."""
    numbers = values.astype("Float64").astype(float)
    is_empty = [
        not math.isnan(number) and tells_nothing(number, str(values.name), bound)
        for number, bound in zip(numbers, bounds, strict=True)
    ]
    return values.mask(pd.Series(is_empty, index=values.index))


def _true_to_bounds(values: pd.Series, bounds: pd.Series) -> pd.Series:
    """Return numbers unrounded, but for those at least or at most so large, which are as they are printed."""
    kind, numbers = KINDS[str(values.name)], values.astype("Float64").astype(float)
    for code in numbers.index[bounds.isin([LEAST, MOST]) & numbers.notna()]:
        if kind == "change":
            numbers[code] = rounded(numbers[code], DECIMALS, bound=bounds[code])
        else:
            printed, _ = _printed(numbers[code], kind, bound=bounds[code])
            numbers[code] = printed / 100 if kind == "share" else printed
    return numbers


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
    writer.writerow([cell_text(caption.columns[column]) for column in (*rows.columns, *PROVENANCE)])
    ending = [cell_text(caption.provenance[column]) for column in PROVENANCE]
    written = [
        _csv_column(rows[column], caption, decimal_sign=language.decimal_sign) for column in rows.columns
    ]
    for cells in zip(*written, strict=True):
        writer.writerow([*cells, *ending])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _csv_column(values: pd.Series, caption: Caption, *, decimal_sign: str) -> list[str]:
    column = str(values.name)
    if column == "is_lower_bound":
        return [caption.yes if value else caption.no for value in values]
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
    if kind in {"count", "change"}:
        return f"{value:.{0 if kind == 'count' else DECIMALS}f}"
    printed, decimals = _printed(value, kind)
    return f"{printed:.{decimals}f}"


def _printed(value: float, kind: str, *, bound: Bound = "") -> tuple[float, int]:
    """Return a rate or a share, in per cent, as it is printed, with the number of its decimals."""
    value, whole = (100 * value, 100.0) if kind == "share" else (value, math.inf)
    decimals = decimals_of(value, whole=whole, bound=bound)
    return printed_number(value, whole=whole, bound=bound), decimals


def table_xlsx(table: AreaTable, caption: Caption, *, queue: QueueSheet | None = None) -> bytes:
    """
    Return the table as XLSX: the table on the first sheet, sources and description on the last.

    In between, where registers tell them, stand queue and free places over time (`layers.export.queue_sheet`).

    Numbers are numbers in full precision, shown rounded; missing ones are empty cells on grey. Text is always
    written as text, so that no name can become a formula or a link. The same input gives the same bytes.
    """
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        made_on = date.fromisoformat(caption.as_of_iso) if caption.as_of_iso else _EARLIEST
        book.set_properties(
            {
                "title": caption.title[:255],
                "comments": f"{caption.snapshot}. {caption.as_of}",
                "created": datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC),
            }
        )
        _write_table(book, table, caption)
        if queue is not None:
            write_queue_sheet(
                book,
                queue,
                texts_of(caption.language),
                warning=caption.warning or "",
                warning_format=_warning_format(book),
            )
        _write_about(book, caption)
    return buffer.getvalue()


def _write_table(book: Workbook, table: AreaTable, caption: Caption) -> None:
    rows = table_rows(table, caption)
    sheet = book.add_worksheet(_sheet_name(caption.sheet_names[0]))
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EDE7F3", "bottom": 1}
    )
    missing = book.add_format({"bg_color": "#F2F2F2"})
    top = 0
    if caption.warning:
        # Above the head, where it cannot be scrolled away.
        sheet.write_string(top, 0, caption.warning, _warning_format(book))
        top += 1
    for position, column in enumerate(rows.columns):
        formats = _NumberFormats(book, KINDS.get(column, ""))
        sheet.set_column(position, position, _TEXT_COLUMNS.get(column, 17))
        sheet.write_string(top, position, _text(caption.columns[column]), head)
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
        sheet.write_string(line, position, "" if pd.isna(value) else _text(value))
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
        decimals = _printed(value, self._kind)[1] if self._kind in {"rate", "share"} else 0
        if decimals > DECIMALS:
            code = f"0.{'0' * decimals}" + ("%" if self._kind == "share" else "")
        if code not in self._made:
            self._made[code] = self._book.add_format({"num_format": code})
        return self._made[code]


def _write_about(book: Workbook, caption: Caption) -> None:
    sheet = book.add_worksheet(_sheet_name(caption.sheet_names[1]))
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 5, 34)
    line = 0
    if caption.warning:
        sheet.write_string(line, 0, caption.warning, _warning_format(book))
        line += 1
    for label, text in caption.about:
        sheet.write_string(line, 0, _text(label), bold)
        sheet.merge_range(line, 1, line, 5, "", wrapped)
        sheet.write_string(line, 1, _text(text), wrapped)
        sheet.set_row(line, 15 * (1 + len(text) // 150))
        line += 1
    line += 1
    sheet.write_string(line, 0, _text(caption.sources_title), bold)
    for position, head in enumerate(caption.source_heads):
        sheet.write_string(line + 1, position, _text(head), bold)
    for number, source in enumerate(caption.sources, start=line + 2):
        parts = (source.name, source.publisher, source.licence, source.attribution, source.as_of, source.url)
        for position, text in enumerate(parts):
            sheet.write_string(number, position, _text(text), wrapped)


def _warning_format(book: Workbook) -> Format:
    return book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#8B0000", "font_size": 13})


def _text(text: object) -> str:
    """Return text as a cell can hold it; it is written as text, so it needs no apostrophe."""
    return plain_text(text)[:_LONGEST_CELL]


def _sheet_name(name: str) -> str:
    """Return a name that Excel takes for a sheet: 31 letters at most, and none of seven signs."""
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in name)[:31]


def _footer(caption: Caption) -> str:
    """Return the footer of printed pages; `&` starts a code there, and 255 letters are the most."""
    return f"{caption.as_of} · {caption.snapshot}".replace("&", "&&")[:200]
