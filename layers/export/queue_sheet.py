"""The sheet of queue and free places on the days of registers: a row for each register, area, group and day."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from data.registry.registry import Registry
from data.store.plain_text import plain_text
from layers.answers.area_table import AreaTable
from layers.answers.gauges import has_gauges
from layers.answers.measures.queue_history import stocks_of_view
from layers.answers.measures.stocks import AT_MOST, QUANTITIES, STATING
from layers.text import Texts
from layers.words.gauges_over_time import register_name

_WIDTHS: Final = {"register_name": 60, "area_name": 28, "whose": 18}
_WIDTH: Final = 16
_COLUMNS: Final = (
    "register_name",
    "area_code",
    "area_name",
    "whose",
    "day",
    "facilities",
    *(column for name in QUANTITIES for column in (name, STATING[name])),
)


@dataclass(frozen=True, eq=False)
class QueueSheet:
    """
    What stands on the sheet.

    Attributes
    ----------
    stocks
        `layers.answers.measures.queue_history.stocks_of_view`.
    registers, areas
        Names by code.
    """

    stocks: pd.DataFrame
    registers: dict[str, str]
    areas: dict[str, str]


def queue_sheet(registry: Registry, table: AreaTable, texts: Texts) -> QueueSheet | None:
    """Return the sheet of a view about places that can be missing; None where no register tells of them."""
    if not has_gauges(table):
        return None
    stocks = stocks_of_view(registry, table.question, until=table.view.date)
    if stocks.empty:
        return None
    codes = stocks["source_code"].unique()
    areas = registry.areas.set_index("area_code")["name"]
    return QueueSheet(stocks, {code: register_name(registry, code, texts) for code in codes}, areas.to_dict())


def write_queue_sheet(
    book: Workbook, of: QueueSheet, texts: Texts, *, warning: str, warning_format: Format
) -> None:
    """
    Add the sheet to a book; a number that a register does not state is an empty cell on grey.

    Parameters
    ----------
    warning
        What stands above everything else, where it cannot be scrolled away; empty for none.
    """
    sheet = book.add_worksheet(texts.t("over_time.sheet"))
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EDE7F3", "bottom": 1}
    )
    note = book.add_format({"text_wrap": True, "valign": "top"})
    missing = book.add_format({"bg_color": "#F2F2F2"})
    number = book.add_format({"num_format": "#,##0"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    top = 0
    if warning:
        sheet.write_string(top, 0, warning, warning_format)
        top += 1
    sheet.merge_range(top, 0, top, len(_COLUMNS) - 1, texts.t("over_time.sheet_note"), note)
    sheet.set_row(top, 34)
    top += 1
    for position, column in enumerate(_COLUMNS):
        sheet.set_column(position, position, _WIDTHS.get(column, _WIDTH))
        sheet.write_string(top, position, texts.t(f"over_time.{column}"), head)
    sheet.repeat_rows(0, top)
    for line, row in enumerate(of.stocks.to_dict("records"), start=top + 1):
        words = {
            "register_name": of.registers[row["source_code"]],
            "area_code": row["area_code"],
            "area_name": of.areas.get(row["area_code"], ""),
            "whose": texts.t(f"over_time.whose_{_whose(row)}"),
        }
        for position, column in enumerate(_COLUMNS):
            if column in words:
                sheet.write_string(line, position, plain_text(words[column]))
            elif column == "day":
                sheet.write_datetime(line, position, row[column], day)
            elif pd.isna(row[column]):
                sheet.write_blank(line, position, None, missing)
            else:
                sheet.write_number(line, position, int(row[column]), number)
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + len(of.stocks), len(_COLUMNS) - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:Z100000"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _whose(row: Mapping[Hashable, Any]) -> str:
    """Return for whom the numbers of a row are: for all, for the group, or at most for the group."""
    if row["is_for_all"]:
        return "all"
    return "group_at_most" if any(row[AT_MOST[name]] for name in QUANTITIES) else "group"
