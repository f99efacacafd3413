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
from layers.answers.area_table import AreaTable
from layers.export.table_rows import printed_as, table_rows
from layers.indicators import KINDS
from layers.text import texts_of
from layers.words.caption import PROVENANCE, Caption, table_columns

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
"""Without it Excel and old editors read another encoding."""


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
    heads = "; ".join(caption.columns[column] for column in (*table_columns(table), *PROVENANCE[:1]))
    facts = [*caption.about, (texts_of(caption.language).t("export_label_columns"), heads)]
    lines = [*(f"{label}: {text}" for label, text in facts), "", f"{caption.sources_title}:"]
    lines += [f"- {source.text}" for source in caption.sources]
    return _BYTE_ORDER_MARK + "".join(f"{plain_text(line)}\r\n" for line in lines).encode()
