"""The TERC register of GUS and the crosswalk of gmina codes between vintages."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from data.sources.readable import reader_of
from data.sources.staged import SourceFormatError, Staged, rejected_rows, require_columns

_WHOLE_GMINA_TYPES = frozenset("123")
_KIND_OF_PART = {
    "4": "town of an urban-rural gmina",
    "5": "rural part of an urban-rural gmina",
    "8": "district of Warsaw",
    "9": "district of a city",
}


@reader_of("the TERC register")
def read_terc(path: Path) -> Staged:
    """
    Read the official TERC register, as CSV or as the zip that holds one.

    Returns
    -------
    staged
        Records: `teryt_code` (2, 4 or 7 digits), `level`, `name`, `kind` (powiat: `land` or `city`; else
        empty). Parts of gminas (types 4, 5, 8, 9) are rejected: counted beside their gmina they count people
        twice.
    """
    table = pd.read_csv(io.BytesIO(_csv_bytes(path)), sep=";", dtype=str, encoding="utf-8-sig")
    require_columns(table, ["WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZWA_DOD"], file_name=path.name)
    table = table.dropna(how="all").fillna("")
    is_part = (table["RODZ"] != "") & ~table["RODZ"].isin(_WHOLE_GMINA_TYPES)
    code = table["WOJ"] + table["POW"] + table["GMI"] + table["RODZ"]
    rejected = rejected_rows(
        [
            (str(position + 2), "part_of_gmina", f"{code[position]} {name}: {_KIND_OF_PART.get(kind, kind)}")
            for position, name, kind in zip(
                table.index[is_part], table.loc[is_part, "NAZWA"], table.loc[is_part, "RODZ"], strict=True
            )
        ]
    )
    whole = table[~is_part]
    level = code[~is_part].str.len().map({2: "voivodeship", 4: "powiat", 7: "gmina"})
    is_city = whole["NAZWA_DOD"].str.contains("na prawach powiatu", regex=False)
    records = pd.DataFrame(
        {
            "teryt_code": code[~is_part],
            "level": level,
            # The register shouts the names of voivodeships; everybody else writes them small.
            "name": whole["NAZWA"].where(level != "voivodeship", whole["NAZWA"].str.lower()),
            "kind": is_city.map({True: "city", False: "land"}).where(level == "powiat", ""),
        }
    ).reset_index(drop=True)
    return Staged(records, rejected, rows_read=len(table))


@reader_of("a table of codes by year")
def read_crosswalk(path: Path, *, vintages: Mapping[str, str]) -> Staged:
    """
    Read the table of gmina codes in several vintages, one row a gmina.

    Parameters
    ----------
    vintages
        Column of the file → vintage, for example `{"gugik_2026_02": "2026"}`.

    Returns
    -------
    staged
        Records: `gmina_code` (6 digits), `name`, `vintage`, `teryt_code`; one row per gmina and vintage that
        knows it.
    """
    table = pd.read_csv(path, dtype=str)
    require_columns(table, ["terc6", "name", *vintages], file_name=path.name)
    is_nameless = table["terc6"].isna() | table["name"].isna()
    rejected = rejected_rows(
        [(str(position + 2), "missing_code", "") for position in table.index[is_nameless]]
    )
    long = (
        table[~is_nameless]
        .rename(columns={"terc6": "gmina_code"})
        .melt(["gmina_code", "name"], list(vintages), var_name="column", value_name="teryt_code")
        .dropna(subset=["teryt_code"])
    )
    long["vintage"] = long["column"].map(dict(vintages))
    records = long[["gmina_code", "name", "vintage", "teryt_code"]].reset_index(drop=True)
    return Staged(records, rejected, rows_read=len(table))


def _csv_bytes(path: Path) -> bytes:
    if path.suffix != ".zip":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        if len(names) != 1:
            raise SourceFormatError(
                f"{path.name}: expected one CSV in the zip, found {names or 'none'}. Take the "
                "register's zip as GUS gives it.",
                found=names,
            )
        return archive.read(names[0])
