"""How the people of an urban-rural gmina divide between its town and its villages, as two files of GUS tell it."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from data.sources.country.population import choose_bands
from data.sources.readable import reader_of
from data.sources.staged import require_columns

PART_COLUMNS = [
    "gmina_code",
    "town_persons",
    "rural_persons",
    "town_persons_65_plus",
    "rural_persons_65_plus",
]
_SIDES: Mapping[str, str] = {"4": "town", "5": "rural"}
"""Types of units: 4 is the town in an urban-rural gmina (3), 5 all else of it."""
_OLDER_FROM = 65


@reader_of("a CSV file of residents")
def read_town_parts(path: Path, *, area_of_code: Mapping[str, str]) -> pd.DataFrame:
    """
    Return town and villages of each urban-rural gmina from a table that tells no ages.

    Parameters
    ----------
    path
        As `data.sources.country.residents_by_year.read_residents` takes it.
    area_of_code
        6-digit gmina code of any vintage → code of a gmina of our boundaries.

    Returns
    -------
    parts
        `PART_COLUMNS`, one row a gmina of which both parts are told; persons of 65 and more are missing.
    """
    table = pd.read_csv(path, dtype={"teryt7": str, "type": str}, encoding="utf-8-sig")
    require_columns(table, ["teryt7", "type", "population"], file_name=path.name)
    return _parts(table["teryt7"].str[:6].map(area_of_code), table["type"], {"persons": table["population"]})


@reader_of("a CSV file of population")
def read_town_parts_by_age(path: Path, *, area_of_code: Mapping[str, str]) -> pd.DataFrame:
    """Return what `read_town_parts` does from a table by age (`data.sources.country.population.read_population`)."""
    table = pd.read_csv(path, sep=";", dtype=str, encoding="utf-8-sig")
    require_columns(table, ["Kod", "ogółem"], file_name=path.name)
    bands = choose_bands(list(table.columns), file_name=path.name)
    numbers = table[["ogółem", *(column for column, *_ in bands)]].apply(pd.to_numeric, errors="coerce")
    older = [column for column, low, _ in bands if low >= _OLDER_FROM]
    persons = {
        "persons": numbers["ogółem"],
        "persons_65_plus": numbers[older].sum(axis=1, skipna=False),
    }
    return _parts(table["Kod"].str[:6].map(area_of_code), table["Kod"].str[6:], persons)


def _parts(codes: pd.Series, types: pd.Series, persons: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Return one row a gmina of which both sides are told."""
    is_part = types.isin(list(_SIDES)) & codes.notna()
    sides = pd.DataFrame(dict(persons))[is_part].assign(
        gmina_code=codes[is_part], side=types[is_part].map(_SIDES)
    )
    wide = sides.pivot_table(index="gmina_code", columns="side", values=list(persons), aggfunc="sum")
    found = wide.set_axis([f"{column[1]}_{column[0]}" for column in wide.columns], axis="columns")
    found = found.reset_index().reindex(columns=PART_COLUMNS)
    return found.dropna(subset=["town_persons", "rural_persons"]).reset_index(drop=True)
