"""People of an age in powiats and voivodeships by year: a table that any voivodeship can fill (docs/projections.md)."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from data.sources.readable import reader_of
from data.sources.registers.code_text import area_code_of_unit, bare_name
from data.sources.staged import Staged, rejected_rows, require_columns

KINDS = {"historyczny": "counted", "prognoza": "projected"}
RETIREMENT_AGE = "wiek_poprodukcyjny"
BY_YEAR_COLUMNS = ["area_code", "age_from", "age_to", "year", "kind", "persons"]
_OPEN = re.compile(r"(?P<low>\d{1,3})(?:plus|\+)")
_BAND = re.compile(r"(?P<low>\d{1,3})-(?P<high>\d{1,3})")
_YEAR = re.compile(r"(?:19|20|21)\d\d")


@reader_of("a table of projected population")
def read_projection(path: Path, *, names: Mapping[str, Collection[str]]) -> Staged:
    """
    Read a table of people by area, year and age.

    Parameters
    ----------
    path
        CSV in UTF-8 with commas: `teryt_powiat`, `rok`, `typ`, `miara`, `populacja`; `powiat` (its name) may be
        there; others are not read.
    names
        Area code (2 or 4 digits) → its names on our boundaries, older and later.

    Returns
    -------
    staged
        Records: `BY_YEAR_COLUMNS`, one row per row of the file that was taken. Refused are rows of an unknown area,
        of a code that does not have the name beside it, of people past the age of retirement (women from 60, men
        from 65: not 65+), and of anything else that cannot be read.

    Raises
    ------
    SourceFormatError
        If a column is missing.
    """
    table = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    columns = ["teryt_powiat", "rok", "typ", "miara", "populacja"]
    require_columns(table, columns, file_name=path.name)
    stated = table["powiat"] if "powiat" in table.columns else pd.Series("", index=table.index)
    taken: dict[tuple[object, ...], int] = {}
    refused: list[tuple[str, str, str]] = []
    for number, (name, (code, year, kind, measure, persons)) in enumerate(
        zip(stated, table[columns].itertuples(index=False), strict=True), start=2
    ):
        reason = _fault(code, name, names) or _unreadable(year, kind, measure, persons)
        if not reason:
            key = (area_code_of_unit(code), *(read_ages(measure) or ()), int(year), KINDS[kind.strip()])
            reason = "repeated_row" if key in taken else ""
            taken.setdefault(key, int(persons))
        if reason:
            refused.append((str(number), reason, f"{code} {name} {year} {kind} {measure}: {persons}"))
    records = pd.DataFrame([(*key, persons) for key, persons in taken.items()], columns=BY_YEAR_COLUMNS)
    return Staged(records.astype({"age_to": "Int64"}), rejected_rows(refused), rows_read=len(table))


def _fault(code: str, name: str, names: Mapping[str, Collection[str]]) -> str:
    """Return why the area is refused, or nothing."""
    area_code = area_code_of_unit(code)
    if area_code is None:
        return "bad_code"
    if area_code not in names:
        return "unknown_area"
    is_named = not name or bare_name(name) in {bare_name(known) for known in names[area_code]}
    return "" if is_named else "bad_code"


def _unreadable(year: str, kind: str, measure: str, persons: str) -> str:
    """Return why the figure is refused, or nothing."""
    if measure.strip() == RETIREMENT_AGE:
        return "other_age_limit"
    if read_ages(measure) is None or kind.strip() not in KINDS:
        return "unknown_value"
    if not _YEAR.fullmatch(year.strip()):
        return "unreadable_date"
    if not persons.strip():
        return "missing_number"
    return "" if re.fullmatch(r"[0-9]+", persons.strip()) else "not_a_number"


def read_ages(measure: str) -> tuple[int, int | None] | None:
    """Return first and last year of age of `65plus` or `65-69` (last None for an open band); None for other words."""
    text = measure.strip().replace(" ", "")
    if found := _OPEN.fullmatch(text):
        return int(found["low"]), None
    if (found := _BAND.fullmatch(text)) and int(found["low"]) <= int(found["high"]):
        return int(found["low"]), int(found["high"])
    return None
