"""A scenario as rows of a table: what an editor shows, and what goes into CSV and XLSX."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

import numpy as np
import pandas as pd

from data.scenarios.changes import Change, ScenarioError, make_changes
from data.scenarios.scenario import LONGEST_TITLE, Scenario
from data.store.plain_text import plain_text

ROW_COLUMNS: Final = tuple(field.name for field in fields(Change))
_WHOLE: Final = ("places", "build_cost_zl", "run_cost_zl_year")
_DEGREES: Final = ("longitude", "latitude")


def to_rows(scenario: Scenario) -> list[dict[str, Any]]:
    """
    Return one row per change with the columns `ROW_COLUMNS`.

    Cells are None, whole numbers, degrees or texts; area codes stand in one text, parted by `;`. No text can be read
    as a formula: kinds, forms, handles and codes begin with a letter or a digit.
    """
    return [
        {
            name: (";".join(value) or None) if isinstance(value := getattr(change, name), tuple) else value
            for name in ROW_COLUMNS
        }
        for change in scenario.changes
    ]


def from_rows(
    rows: Iterable[Mapping[str, Any]], *, title: str, support_form: str, need_group: str
) -> Scenario:
    """
    Read the rows of an editor, of CSV or of XLSX.

    Parameters
    ----------
    rows
        Cells by column; columns may be left out. None, NaN, NA, empty text and a row of nothing else mean no
        value. Numbers may come as text (`30`, `30.0`) or as floats; degrees are rounded to 5 decimals.
    title
        As somebody typed it: it is made plain, and cut to the longest that is allowed.

    Raises
    ------
    ScenarioError
        If a row is no change; names its number (rows without any value are counted too), the field and the value.
    """
    read = [{str(name): value for name, cell in row.items() if (value := _cell(str(name), cell)) is not None}
            for row in rows]  # fmt: skip
    numbers = [number for number, cells in enumerate(read, start=1) if cells]
    try:
        changes = make_changes(cells for cells in read if cells)
    except ScenarioError as error:
        change = error.facts.get("change")
        if not isinstance(change, int):
            raise
        number = numbers[change - 1]
        message = str(error).replace(f"change {change}:", f"row {number}:", 1)
        raise ScenarioError(message, **(error.facts | {"change": number})) from error
    return Scenario(plain_text(title)[:LONGEST_TITLE].strip(), support_form, need_group, changes)


def _cell(name: str, cell: Any) -> Any:
    """Return the value that a cell means, None for nothing; what cannot be read stays as it is, to be refused."""
    value = cell.strip() if isinstance(cell, str) else cell
    if name == "area_codes" and isinstance(value, str):
        value = tuple(code.strip() for code in value.split(";") if code.strip())
    if isinstance(value, (list, tuple)):
        return tuple(value) or None
    if value is None or value is pd.NA or value is pd.NaT or value == "" or value != value:  # noqa: PLR0124 - NaN
        return None
    if name in _WHOLE:
        return _whole(value)
    number = _number(value) if name in _DEGREES else None
    return value if number is None else round(number, 5)


def _whole(cell: Any) -> Any:
    if isinstance(cell, str) and cell.isascii() and cell.isdigit() and len(cell) < 20:
        return int(cell)
    number = _number(cell)
    return cell if number is None or not number.is_integer() else int(number)


def _number(cell: Any) -> float | None:
    """Return a finite number; None for anything else, truth values among them."""
    if isinstance(cell, (bool, np.bool_)):
        return None
    try:
        number = float(cell)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
