"""Residents of gminas, powiats, voivodeships and the country, which must be one number in every year."""

from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from data.loading.plan import LoadRefusedError
from geo.teryt import COUNTRY

_MOST_TOLD: Final = 5


def require_equal_sums(residents: pd.DataFrame) -> None:
    """
    Check that areas add up to the larger ones that hold them, in every year, variant and age that both tell.

    Parameters
    ----------
    residents
        As `data.reading.people_queries.residents_by_year` returns, of all files together: a level without a file is
        passed over, and the next larger one compared.

    Raises
    ------
    LoadRefusedError
        Naming files, year, areas and both numbers. Unlike a register, they are sums of one publication: no reason makes
        a difference right.
    """
    found: list[str] = []
    for _, of_variant in residents.groupby("variant", observed=True):
        levels = of_variant["area_code"].str.len().where(of_variant["area_code"] != COUNTRY, 0)
        by_level = [of_variant[levels == digits] for digits in sorted(levels.unique(), reverse=True)]
        for parts, wholes in pairwise(by_level):
            found += _differences(parts, wholes)
    if found:
        more = f"\n  and {len(found) - _MOST_TOLD} more" if len(found) > _MOST_TOLD else ""
        raise LoadRefusedError(
            "residents by year: expected areas to add up to those that hold them, found (parts ≠ whole):\n  "
            + "\n  ".join(found[:_MOST_TOLD])
            + more
            + "\nNothing was changed: what was loaded before stays. Fetch these files again, all of one publication.",
            differences=found,
        )


def _differences(parts: pd.DataFrame, wholes: pd.DataFrame) -> list[str]:
    key = ["area_code", "kind", "year"]
    columns = [name for name in parts.columns if name.startswith("persons")]
    digits = 0 if wholes["area_code"].iloc[0] == COUNTRY else len(wholes["area_code"].iloc[0])
    # Files reach different years, and of one year there may be a count of another file.
    parts, wholes = _of_same_years(parts, wholes), _of_same_years(wholes, parts)
    files = " and ".join(dict.fromkeys([*parts["file_name"].unique(), *wholes["file_name"].unique()]))
    said = parts.assign(area_code=parts["area_code"].str[:digits] if digits else COUNTRY)
    sums = said.groupby(key, observed=True)[columns].sum(min_count=1)
    told = wholes.set_index(key)[columns]
    # An area that only one of them has is a difference of all its people.
    both = sums.index.union(told.index)
    sums, told = sums.reindex(both), told.reindex(both)
    is_told = sums.notna().any() & told.notna().any()
    return [
        f"{files}: {name} of {area_code} in {year}: {_number(sums, place, name)} ≠ {_number(told, place, name)}"
        for name in is_told.index[is_told]
        for place in both[(sums[name].fillna(-1) != told[name].fillna(-1)).to_numpy()]
        for area_code, _, year in [place]
    ]


def _of_same_years(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    told = set(zip(others["kind"], others["year"], strict=True))
    is_told = [pair in told for pair in zip(rows["kind"], rows["year"], strict=True)]
    return rows[is_told]


def _number(frame: pd.DataFrame, place: tuple[str, str, int], column: str) -> str:
    value = float(frame[column].loc[place])
    return "none" if np.isnan(value) else str(int(value))
