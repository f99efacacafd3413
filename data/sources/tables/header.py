"""Finding the columns of a table by the labels over them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from data.sources.registers.profile_tables import Column
from data.sources.tables.cells import TableFile
from data.store.errors import RegisterError

_IGNORED = re.compile(r"[\s*]+")
SEARCHED_ROWS = 40
_LEAST_LIKENESS = 60


@dataclass(frozen=True)
class Header:
    """
    Where the columns of the profile stand and what is over them.

    `columns` and `data_row`, where data begin, are counted from 0; `labels` are for messages: "C 'Liczba miejsc'".
    """

    columns: Mapping[str, int]
    data_row: int
    labels: Mapping[str, str] = field(default_factory=dict)


def find_header(
    table: TableFile,
    columns: Mapping[str, Column],
    *,
    header_rows: int,
    first_row: int = 0,
    searched_rows: int = 0,
) -> Header:
    """
    Find the header at or below `first_row`.

    Labels are compared without white space, asterisks and case, because they change from month to month. In
    a header of several rows the lowest label over a column is its own; those above it are for `under`.

    Raises
    ------
    RegisterError
        If a required column is missing or stands twice; names the sheet, the label and what was found.
    """
    wanted = {name: column for name, column in columns.items() if column.header}
    last_row = min(first_row + (searched_rows or SEARCHED_ROWS), len(table.rows))
    best: tuple[int, int] | None = None
    for row in range(first_row, last_row):
        if not _has_label(table, row, wanted):
            continue
        found = _columns_at(table, row, wanted, header_rows)
        missing = [name for name, column in wanted.items() if column.required and name not in found]
        if not missing:
            return Header(found, row + header_rows, _labels(table, row, found, header_rows))
        if best is None or len(missing) < best[0]:
            best = (len(missing), row)
    raise _missing(table, wanted, header_rows, best[1] if best else min(first_row, len(table.rows) - 1))


def _label(text: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFC", text)).casefold()


def _labels(table: TableFile, row: int, found: Mapping[str, int], header_rows: int) -> dict[str, str]:
    """Return the letter of each column and the lowest label over it, as they stand in the file."""
    labels = {}
    for name, place in found.items():
        rows = range(min(row + header_rows, len(table.rows)) - 1, row - 1, -1)
        words = (" ".join(table.merged_text(at, place).split()) for at in rows)
        labels[name] = f"{table.column_name(place)} {next(filter(None, words), '')!r}"
    return labels


def _has_label(table: TableFile, row: int, wanted: Mapping[str, Column]) -> bool:
    labels = {_label(header) for column in wanted.values() for header in (*column.header, column.under or "")}
    return any(_label(table.text(row, column)) in labels - {""} for column in range(len(table.rows[row])))


def _stack(table: TableFile, row: int, column: int, header_rows: int) -> list[str]:
    """Return the labels over a column from the highest to its own."""
    rows = range(row, min(row + header_rows, len(table.rows)))
    labels = [_label(table.merged_text(header_row, column)) for header_row in rows]
    return list(dict.fromkeys(label for label in labels if label))


def _columns_at(table: TableFile, row: int, wanted: Mapping[str, Column], header_rows: int) -> dict[str, int]:
    stacks = [_stack(table, row, column, header_rows) for column in range(len(table.rows[row]))]
    found: dict[str, int] = {}
    for name, column in wanted.items():
        labels = {_label(header) for header in column.header}
        places = [
            place
            for place, stack in enumerate(stacks)
            if stack and stack[-1] in labels and (column.under is None or _label(column.under) in stack[:-1])
        ]
        if len(places) > 1:
            where = f"{table.place}, {table.row_word} {table.numbers[row]}"
            message = (
                f"{where}: expected one column {column.header[0]!r}, found {len(places)} "
                f"(columns {', '.join(map(table.column_name, places))}). "
                f"Say `under` in [columns.{name}], or rename all but one."
            )
            raise RegisterError(message, sheet=table.sheet, label=column.header[0], found=places)
        if places:
            found[name] = places[0]
    return found


def _missing(table: TableFile, wanted: Mapping[str, Column], header_rows: int, row: int) -> RegisterError:
    found = _columns_at(table, row, wanted, header_rows) if table.rows else {}
    name, column = next((n, c) for n, c in wanted.items() if c.required and n not in found)
    seen = [
        " ".join(table.merged_text(at, place).split())
        for at in range(max(row, 0), min(row + header_rows, len(table.rows)))
        for place in range(len(table.rows[at]))
    ]
    shown = list(dict.fromkeys(label for label in seen if label))
    message = (
        f"{table.place}: expected a column headed {' or '.join(map(repr, column.header))}, found "
        f"{', '.join(map(repr, shown[:20])) or 'an empty table'}. {_nearest(column, shown)}"
        f"Check that this is the right file; if the label changed, add it to `header` in [columns.{name}]."
    )
    return RegisterError(message, sheet=table.sheet, label=column.header[0], found=shown)


def _nearest(column: Column, shown: list[str]) -> str:
    """Return a sentence with the label that the wanted one may have become, or nothing."""
    labels = {label: _label(label) for label in shown}
    matches = [
        process.extractOne(_label(header), labels, scorer=fuzz.WRatio, score_cutoff=_LEAST_LIKENESS)
        for header in column.header
    ]
    best = max(filter(None, matches), key=lambda match: match[1], default=None)
    return f"The nearest is {best[2]!r}. " if best else ""
