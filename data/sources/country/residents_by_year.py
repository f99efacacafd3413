"""Residents of areas by year and age, as the statistical office counts and projects them in one table of many years."""

import re
from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from data.sources.readable import reader_of
from data.sources.staged import SourceFormatError, Staged, rejected_rows, require_columns

AGES: Final = (60, 65, 70, 75, 80, 85)
"""First years of age from which residents are kept, where the file tells them."""
MAIN: Final = "main"
RESIDENT_COLUMNS: Final = [
    "area_code",
    "variant",
    "year",
    "persons",
    *(f"persons_{age}_plus" for age in AGES),
]
_CODE_COLUMNS: Final = ("teryt7", "teryt4", "teryt2", "teryt")
_VARIANTS: Final[Mapping[str, str]] = {"Niski": "low", "Wysoki": "high"}
# The office's slips: the group after 40-49 is 50-59, the one after 45-49 is 50-54.
_SLIPS: Final[Mapping[str, str]] = {"50-49": "50-59", "50-44": "50-54"}
_BAND: Final = re.compile(r"(?P<low>\d+)(?:-(?P<high>\d+)|\+)")
_BOTH, _SEXES, _ALL = "T", ("M", "F"), "total"
_KEY: Final = ["variant", "area_code", "age_group"]

Numbers = Mapping[str, pd.DataFrame]
"""Persons by variant and area (rows) and year (columns), for each group of ages."""


@reader_of("a table of residents by year")
def read_residents_by_year(path: Path, *, area_of_code: Mapping[str, str]) -> Staged:
    """
    Read residents of areas, all and from several ages on, of every year of the file.

    Parameters
    ----------
    path
        CSV in UTF-8 with commas: a code (`teryt7` of gminas, `teryt4`, `teryt2`, or `teryt` of both), `sex` (`T`, `M`,
        `F`), `age_group` and a column for each year; `scenario` where the file has a low and a high one. Groups may
        overlap (`65+`, `0-17`), and those without one pair of ages (`60+/65+`, past retirement) are not used.
    area_of_code
        6, 4 or 2 digits (`00` is Poland) → the area of our boundaries.

    Returns
    -------
    staged
        Records: `RESIDENT_COLUMNS`, one row an area, variant and year. An age at which no group of the file begins is
        missing, and not estimated here. `rows_read` counts rows of the file.

    Raises
    ------
    SourceFormatError
        If a column or a number is missing, a group is told twice and differently, or groups or sexes do not add up to
        their whole: the message names area, year and both numbers.
    """
    table = pd.read_csv(path, dtype=dict.fromkeys(_CODE_COLUMNS, str), encoding="utf-8-sig")
    code_column = next((name for name in _CODE_COLUMNS if name in table.columns), _CODE_COLUMNS[0])
    require_columns(table, [code_column, "sex", "age_group"], file_name=path.name)
    years = [name for name in table.columns if re.fullmatch(r"(?:19|20|21)\d\d", name)]
    variants = table["scenario"].map(_VARIANTS) if "scenario" in table.columns else MAIN
    rows = table.assign(
        area_code=table[code_column].str[:6].map(area_of_code),
        variant=variants,
        age_group=table["age_group"].replace(dict(_SLIPS)),
    )
    is_known = rows["area_code"].notna() & rows["variant"].notna()
    refused = [
        (
            str(position + 2),
            "unknown_value" if pd.isna(rows.loc[position, "variant"]) else "unknown_area",
            str(table.loc[position, code_column]),
        )
        for position in rows.index[~is_known]
    ]
    taken = rows[is_known]
    _require_whole_numbers(taken, years, path.name)
    by_sex = {sex: _numbers(taken[taken["sex"] == sex], years, path.name) for sex in (_BOTH, *_SEXES)}
    both = by_sex[_BOTH]
    if _ALL not in both:
        raise SourceFormatError(
            f"{path.name}: expected a group `{_ALL}` of both sexes (`{_BOTH}`), found none."
        )
    for group in set(both).intersection(*(by_sex[sex] for sex in _SEXES)):
        parts = [by_sex[sex][group] for sex in _SEXES]
        _require_equal(parts[0].add(parts[1]), both[group], f"women and men of {group}", path.name)
    records = _records(_from_ages(both, path.name))
    return Staged(records, rejected_rows(refused), rows_read=len(table))


@reader_of("a CSV file of residents")
def read_residents(path: Path, *, area_of_code: Mapping[str, str]) -> Staged:
    """
    Read all residents of whole gminas on one day; the file tells no ages.

    Only types 1, 2 and 3 are taken: 4, 5, 8 and 9 are parts of them.

    Parameters
    ----------
    path
        CSV in UTF-8 with commas: `teryt7`, `type`, `population`.
    area_of_code
        6-digit gmina code of any vintage → code of a gmina of our boundaries.

    Returns
    -------
    staged
        Records: `RESIDENT_COLUMNS` without `year`, one row a gmina.
    """
    table = pd.read_csv(path, dtype={"teryt7": str, "type": str}, encoding="utf-8-sig")
    require_columns(table, ["teryt7", "type", "population"], file_name=path.name)
    _require_whole_numbers(table.assign(area_code=table["teryt7"], age_group=_ALL), ["population"], path.name)
    codes = table["teryt7"].str[:6].map(area_of_code)
    is_part = ~table["type"].isin(["1", "2", "3"])
    is_refused = is_part | codes.isna()
    refused = [
        (
            str(position + 2),
            "part_of_gmina" if is_part[position] else "unknown_area",
            table.loc[position, "teryt7"],
        )
        for position in table.index[is_refused]
    ]
    persons = table["population"][~is_refused].groupby(codes[~is_refused]).sum()
    records = pd.DataFrame({"area_code": persons.index, "variant": MAIN, "persons": persons.to_numpy()})
    columns = [column for column in RESIDENT_COLUMNS if column != "year"]
    return Staged(records.reindex(columns=columns), rejected_rows(refused), rows_read=len(table))


def _require_whole_numbers(rows: pd.DataFrame, years: list[str], file_name: str) -> None:
    for year in years:
        if not pd.api.types.is_integer_dtype(rows[year]):
            numbers = pd.to_numeric(rows[year], errors="coerce")
            wrong = rows[numbers.isna() | (numbers % 1 != 0)].iloc[0]
            raise SourceFormatError(
                f"{file_name}: expected whole numbers of persons, found {wrong[year]} of {wrong['area_code']}, "
                f"{wrong['age_group']}, in {year}. Fetch the file again.",
                codes=[wrong["area_code"]],
            )


def _numbers(rows: pd.DataFrame, years: list[str], file_name: str) -> Numbers:
    """Return the numbers of one sex by group; the same group may stand in two tables of the file."""
    told = rows.drop_duplicates([*_KEY, *years])
    repeated = told.duplicated(_KEY)
    if repeated.any():
        first = told[repeated].iloc[0]
        raise SourceFormatError(
            f"{file_name}: expected each group of an area once, found {first['age_group']} of {first['area_code']} "
            "twice and differently. Fetch the file again.",
            codes=[first["area_code"]],
        )
    wide = told.set_index(["variant", "area_code"])
    return {str(group): of_group[years].sort_index() for group, of_group in wide.groupby("age_group")}


def _from_ages(both: Numbers, file_name: str) -> Numbers:
    """Return persons by the name of their column: all, and from each age that the groups tell."""
    found = {"persons": both[_ALL]}
    chain = _chain(both)
    if chain:
        _require_equal(_sum([both[group] for _, group in chain]), both[_ALL], "ages", file_name)
    for age in AGES:
        parts = [both[group] for first, group in chain if first >= age]
        summed = _sum(parts) if any(first == age for first, _ in chain) else None
        open_group = both.get(f"{age}+")
        if summed is not None and open_group is not None:
            _require_equal(summed, open_group, f"ages from {age}", file_name)
        told = open_group if summed is None else summed
        if told is not None:
            found[f"persons_{age}_plus"] = told
    return found


def _sum(parts: list[pd.DataFrame]) -> pd.DataFrame:
    return reduce(lambda whole, part: whole.add(part), parts)


def _chain(groups: Numbers) -> list[tuple[int, str]]:
    """Return groups that follow each other from birth to the open one, the narrowest first; none with a gap."""
    starting: dict[int, list[tuple[float, str]]] = {}
    for group in groups:
        if found := _BAND.fullmatch(group):
            end = int(found["high"]) if found["high"] else float("inf")
            starting.setdefault(int(found["low"]), []).append((end, group))
    chain: list[tuple[int, str]] = []
    age = 0.0
    while age != float("inf"):
        if age not in starting:
            return []
        end, group = min(starting[int(age)])
        chain.append((int(age), group))
        age = end + 1
    return chain


def _require_equal(parts: pd.DataFrame, whole: pd.DataFrame, what: str, file_name: str) -> None:
    found = parts.reindex(whole.index)
    row, column = np.nonzero(found.ne(whole).to_numpy())
    if len(row):
        (_, area_code), year = whole.index[row[0]], whole.columns[column[0]]
        number = found.iloc[row[0], column[0]]
        raise SourceFormatError(
            f"{file_name}: expected {what} to add up to {whole.iloc[row[0], column[0]]} persons in {area_code} in "
            f"{year}, found {'none' if pd.isna(number) else int(number)}. Fetch the file again.",
            codes=[area_code],
            year=int(year),
        )


def _records(numbers: Numbers) -> pd.DataFrame:
    melted = [
        of_age.melt(var_name="year", value_name=column, ignore_index=False).set_index("year", append=True)
        for column, of_age in numbers.items()
    ]
    records = pd.concat(melted, axis="columns").reset_index()
    records = records.reindex(columns=RESIDENT_COLUMNS).astype({"year": int})
    counts = [column for column in RESIDENT_COLUMNS if column.startswith("persons")]
    return records.astype(dict.fromkeys(counts, "Int64"))
