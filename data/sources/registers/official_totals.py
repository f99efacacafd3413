"""Official totals by voivodeship, published as one table with names instead of codes."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from data.sources.readable import reader_of
from data.sources.staged import Staged, rejected_rows, require_columns
from geo.teryt import VOIVODESHIPS

_CODES = {name: code for code, name in VOIVODESHIPS.items()}


@reader_of("a CSV file of official totals")
def read_official_totals(path: Path, *, columns: Mapping[str, str]) -> Staged:
    """
    Read a table of voivodeships.

    Parameters
    ----------
    path
        CSV in UTF-8 with a column `wojewodztwo`.
    columns
        Column of the file → quantity (`facilities` or `capacity_places`); others are not read.

    Returns
    -------
    staged
        Records `area_code`, `quantity`, `value`; a row whose voivodeship or figure cannot be read is refused.

    Raises
    ------
    SourceFormatError
        If a column is missing.
    """
    frame = pd.read_csv(path, dtype=str)
    require_columns(frame, ["wojewodztwo", *columns], file_name=path.name)
    records: list[tuple[str, str, int]] = []
    rejected: list[tuple[str, str, str]] = []
    for number, row in enumerate(frame.to_dict("records"), start=2):
        name = str(row["wojewodztwo"]).strip().lower()
        figures = {quantity: str(row[column]).strip() for column, quantity in columns.items()}
        if name not in _CODES:
            rejected.append((str(number), "unknown_value", f"wojewodztwo: {name!r} is no voivodeship"))
        elif not all(figure.isdigit() for figure in figures.values()):
            rejected.append((str(number), "not_a_number", f"{name}: {figures}"))
        else:
            records += [(_CODES[name], quantity, int(figure)) for quantity, figure in figures.items()]
    return Staged(
        pd.DataFrame(records, columns=["area_code", "quantity", "value"]),
        rejected_rows(rejected),
        rows_read=len(frame),
    )
