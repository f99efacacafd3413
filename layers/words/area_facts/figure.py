"""One number of one area, as a place in an area table: a card can show nothing that no table holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.printed_numbers import Bound
from layers.answers.area_table import AreaTable
from layers.indicators import KINDS
from layers.text import Texts
from layers.view.view import View
from layers.words.figures import write_cell, write_figure

TableOf = Callable[[View], AreaTable]
"""Gives the table of a view; those of one card are of one registry."""


@dataclass(frozen=True, eq=False)
class Figure:
    """
    A cell of an area table.

    Attributes
    ----------
    table
        Of the view that the number belongs to; not always the view of the page.
    code
        The area.
    column
        One of `layers.indicators.KINDS`.
    """

    table: AreaTable
    code: str
    column: str

    @property
    def value(self) -> float:
        """The number; NaN where nobody knows it, also when the table has no such column."""
        if self.column not in self.table.rows:
            return float("nan")
        value: Any = self.table.rows.loc[self.code, self.column]
        return float("nan") if pd.isna(value) else float(value)

    @property
    def is_known(self) -> bool:
        """Tell whether there is a number."""
        return not pd.isna(self.value)

    @property
    def bound(self) -> Bound:
        """How far the number is to be believed; words say it themselves."""
        if KINDS[self.column] == "words":
            return ""
        return self.table.bound_of(self.code, self.column)

    def written(self, texts: Texts) -> str:
        """Return the number as the map, the ranking and the files write it."""
        if self.column in self.table.rows:
            row = self.table.rows.loc[self.code].to_dict()
            return write_cell(row, self.column, texts, bound=self.bound)
        return write_figure(self.value, self.column, texts, bound=self.bound)


def figures(table: AreaTable, code: str, columns: tuple[str, ...]) -> tuple[Figure, ...]:
    """
    Return some figures of an area.

    Raises
    ------
    KeyError
        If a column is none that is shown anywhere.
    """
    strange = [column for column in columns if column not in KINDS]
    if strange:
        raise KeyError(f"expected columns of layers.indicators.KINDS, found {strange}")
    return tuple(Figure(table, code, column) for column in columns)
