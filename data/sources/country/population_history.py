"""People by age, sex and year (GUS BDL in long form: one row a unit, age, sex and year)."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from data.sources.country.population_projection import BY_YEAR_COLUMNS
from data.sources.readable import reader_of
from data.sources.registers.code_text import area_code_of_unit, bare_name
from data.sources.staged import Staged, rejected_rows, require_columns

SEXES = frozenset({"kobiety", "mężczyźni"})
_BAND = re.compile(r"(?P<low>\d+)-(?P<high>\d+)")
_OPEN = re.compile(r"(?P<low>\d+) i więcej")
_COLUMNS = ["Kod", "Nazwa", "Wiek", "Płeć", "Rok", "Wartosc"]
_KEY = ["area_code", "age_from", "age_to", "year"]


@reader_of("a table of population by year")
def read_history(path: Path, *, names: Mapping[str, Collection[str]]) -> Staged:
    """
    Read people of powiats or voivodeships by year; women and men are added up.

    Parameters
    ----------
    names
        Area code (2 or 4 digits) → its names on our boundaries.

    Returns
    -------
    staged
        Records: `BY_YEAR_COLUMNS`, `kind` is `counted`; one row for the two rows of women and men. A row whose other
        sex is not there is refused: half of the people would look like all.

    Raises
    ------
    SourceFormatError
        If a column is missing.
    """
    table = pd.read_csv(path, sep=";", dtype=str, encoding="utf-8-sig", keep_default_na=False)
    require_columns(table, _COLUMNS, file_name=path.name)
    units = {(code, name): _area_code(code, name, names) for code, name in set(_pairs(table))}
    found = [units[pair] for pair in _pairs(table)]
    ages = {text: _ages(text) for text in table["Wiek"].unique()}
    rows = pd.DataFrame(
        {
            "area_code": [code for code, _ in found],
            "reason": [reason for _, reason in found],
            "age_from": [(ages[text] or (0, None))[0] for text in table["Wiek"]],
            "age_to": pd.array([(ages[text] or (0, None))[1] for text in table["Wiek"]], dtype="Int64"),
            "year": table["Rok"],
            "sex": table["Płeć"],
        }
    )
    is_open = rows["reason"] == ""
    for reason, is_wrong in (
        ("total_row", table["Płeć"].isin(["ogółem"]) | table["Wiek"].isin(["ogółem"])),
        (
            "unknown_value",
            ~table["Płeć"].isin(SEXES) | table["Wiek"].map(lambda text: ages[text] is None).astype(bool),
        ),
        ("unreadable_date", ~table["Rok"].str.fullmatch(r"(?:19|20)\d\d")),
        ("missing_number", table["Wartosc"].str.strip() == ""),
        ("not_a_number", ~table["Wartosc"].str.fullmatch(r"[0-9]+")),
        ("repeated_row", rows.where(is_open).duplicated([*_KEY, "sex"])),
    ):
        rows.loc[is_open & is_wrong, "reason"] = reason
        is_open = rows["reason"] == ""
    sexes = rows[is_open].groupby(_KEY, dropna=False)["sex"].transform("nunique")
    rows.loc[sexes.index[sexes < len(SEXES)], "reason"] = "missing_number"
    is_open = rows["reason"] == ""

    kept = rows[is_open].assign(persons=pd.to_numeric(table.loc[is_open, "Wartosc"]), kind="counted")
    sums = kept.groupby([*_KEY, "kind"], dropna=False, sort=False)["persons"].sum()
    records = sums.reset_index().astype({"year": int})
    refused = [
        (str(position + 2), rows["reason"][position], " ".join(table.loc[position, _COLUMNS]))
        for position in table.index[~is_open]
    ]
    return Staged(records[BY_YEAR_COLUMNS], rejected_rows(refused), rows_read=len(table))


def _pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["Kod"], table["Nazwa"], strict=True))


def _area_code(code: str, name: str, names: Mapping[str, Collection[str]]) -> tuple[str, str]:
    """Return the area code, and the reason why the unit is refused or nothing."""
    area_code = area_code_of_unit(code)
    if area_code is None:
        return "", "bad_code"
    if area_code not in names:
        return "", "unknown_area"
    if bare_name(name) not in {bare_name(known) for known in names[area_code]}:
        return "", "bad_code"
    return area_code, ""


def _ages(text: str) -> tuple[int, int | None] | None:
    if found := _BAND.fullmatch(text):
        return int(found["low"]), int(found["high"])
    if found := _OPEN.fullmatch(text):
        return int(found["low"]), None
    return None
