"""Rows of a text file that are shorter or longer than its header: cells were lost, or a comma moved them."""

from collections.abc import Mapping

from data.sources.registers.doubtful_cell import Doubt
from data.sources.registers.profile_tables import Column
from data.sources.tables.cells import TableFile
from data.sources.tables.header import Header
from data.store.errors import UnreadableRowError


def missing_cells(table: TableFile, header: Header, columns: Mapping[str, Column], row: int) -> list[Doubt]:
    """
    Refuse a row of a text file that ends before a required column, and the last one that ends in its middle.

    Spreadsheets leave empty cells at the end of rows out, so that a shorter row alone is only pointed out.
    """
    if not table.lengths:
        return []
    length = table.lengths[row]
    width = _header_width(table, header)
    found = f"{length} cells, {width} in the header"
    if length >= width:
        return []
    lost = [name for name, place in header.columns.items() if place >= length]
    is_last = table.is_cut and row == len(table.rows) - 1
    if is_last or any(columns[name].required for name in lost):
        raise UnreadableRowError("row_cut_short", found)
    return [Doubt("row_cut_short", {"cells": length, "expected": width})]


def _header_width(table: TableFile, header: Header) -> int:
    labels = table.rows[max(header.data_row - 1, 0)]
    return max((place for place, label in enumerate(labels, start=1) if label), default=0)


def require_no_surplus(table: TableFile, header: Header, row: int) -> None:
    """Refuse a row of a text file that has words beyond its header: a comma in a text moved all that follow."""
    if table.sheet or table.row_word != "row":
        return
    width = _header_width(table, header)
    cells = len(table.rows[row])
    surplus = [word for word in (table.text(row, at) for at in range(width, cells)) if word]
    if surplus:
        # The words themselves are of no column that the profile reads.
        found = f"{width + len(surplus)} or more cells, {width} in the header"
        raise UnreadableRowError("too_many_cells", found)
