"""Residents of gminas by age (GUS BDL, one row a unit, one column an age band)."""

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from data.sources.readable import reader_of
from data.sources.staged import SourceFormatError, Staged, rejected_rows, require_columns

_BAND = re.compile(r"(?P<low>\d+)-(?P<high>\d+)")
_OPEN_BAND = re.compile(r"(?P<low>\d+) i więcej")
_WHOLE_GMINA_TYPES = frozenset("123")


@reader_of("a CSV file of population")
def read_population(path: Path, *, area_of_code: Mapping[str, str]) -> Staged:
    """
    Read residents of whole gminas by age.

    Only types 1, 2 and 3 are taken: 4, 5, 8 and 9 are parts of them. Bands that overlap narrower ones
    (`0-14`, `70 i więcej`) are left out.

    Parameters
    ----------
    area_of_code
        6-digit gmina code of any vintage → code of a gmina of our boundaries.

    Returns
    -------
    staged
        Records: `row_reference`, `area_code`, `age_from`, `age_to` (missing for the open band), `persons`,
        and `total_persons` (the row's own total); one row per gmina and band. `rows_read` counts rows of the
        file.

    Raises
    ------
    SourceFormatError
        If the bands leave out an age or count one twice.
    """
    table = pd.read_csv(path, sep=";", dtype=str, encoding="utf-8-sig")
    require_columns(table, ["Kod", "Nazwa", "ogółem"], file_name=path.name)
    bands = choose_bands(list(table.columns), file_name=path.name)
    refused: list[tuple[str, str, str]] = []
    taken: list[tuple[object, ...]] = []
    numbers = table[[column for column, *_ in bands] + ["ogółem"]].apply(pd.to_numeric, errors="coerce")
    is_counted = numbers.notna().all(axis=1)
    for position, code, name in zip(
        table.index, table["Kod"].fillna(""), table["Nazwa"].fillna(""), strict=True
    ):
        reference = str(position + 2)
        area_code = area_of_code.get(code[:6])
        if len(code) != 7 or not code.isdigit():
            refused.append((reference, "bad_code", f"{code} {name}"))
        elif code[6] not in _WHOLE_GMINA_TYPES:
            refused.append((reference, "part_of_gmina", f"{code} {name}"))
        elif area_code is None:
            refused.append((reference, "unknown_area", f"{code} {name}"))
        elif not is_counted[position]:
            refused.append((reference, "missing_number", f"{code} {name}"))
        else:
            row = numbers.loc[position]
            total = int(row["ogółem"])
            taken += [
                (reference, area_code, low, high, int(row[column]), total) for column, low, high in bands
            ]
    columns = ["row_reference", "area_code", "age_from", "age_to", "persons", "total_persons"]
    records = pd.DataFrame(taken, columns=columns).astype({"age_to": "Int64"})
    return Staged(records, rejected_rows(refused), rows_read=len(table))


def choose_bands(columns: list[str], *, file_name: str) -> list[tuple[str, int, int | None]]:
    """
    Choose age bands that count every age once, the narrowest at each age.

    Returns
    -------
    bands
        (column, first year, last year or None), in the order of age.
    """
    by_start: dict[int, list[tuple[str, int, int | None]]] = {}
    for column in columns:
        if found := _BAND.fullmatch(column):
            low, high = int(found["low"]), int(found["high"])
            by_start.setdefault(low, []).append((column, low, high))
        elif found := _OPEN_BAND.fullmatch(column):
            by_start.setdefault(int(found["low"]), []).append((column, int(found["low"]), None))
    chosen: list[tuple[str, int, int | None]] = []
    age: int | None = 0
    while age is not None:
        here = by_start.get(age)
        if not here:
            raise SourceFormatError(
                f"{file_name}: no age band begins at {age}; found columns {', '.join(columns)}.", age=age
            )
        narrowest = min(here, key=lambda band: (band[2] is None, band[2] or 0))
        chosen.append(narrowest)
        age = None if narrowest[2] is None else narrowest[2] + 1
    return chosen
