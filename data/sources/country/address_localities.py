"""Localities that have addresses: the second list beside PRNG, which lacks hamlets and so hides namesakes."""

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from data.sources.readable import reader_of
from data.sources.staged import Staged, rejected_rows, require_columns
from geo.crs import GEOGRAPHIC


@reader_of("a CSV file of localities with addresses")
def read_address_localities(path: Path, *, area_of_code: Mapping[str, str]) -> Staged:
    """
    Read localities as the address points of PRG name them, one row a gmina and name.

    Parameters
    ----------
    area_of_code
        6-digit gmina code of any vintage → code of a gmina of our boundaries.

    Returns
    -------
    staged
        Records: `name`, `gmina_code` as the addresses state it, `addresses` (their number) and `half_diagonal_m` of the
        box that holds them (both missing where the file does not say it), `point` in the middle of the addresses. A
        locality astride a border of our (older) boundaries may have that point a few hundred metres beyond it: the code
        is believed, for it says which gminas have the name.
    """
    table = pd.read_csv(path, dtype=str)
    require_columns(table, ["teryt", "locality", "lat", "lon"], file_name=path.name)
    latitude, longitude = (pd.to_numeric(table[column], errors="coerce") for column in ("lat", "lon"))
    told = (
        table["half_diag_km"] if "half_diag_km" in table.columns else pd.Series(index=table.index, dtype=str)
    )
    half_diagonal_m = pd.to_numeric(told, errors="coerce") * 1000.0
    gmina_code = table["teryt"].map(area_of_code)
    addresses = pd.to_numeric(table.get("addresses", pd.Series(np.nan, index=table.index)), errors="coerce")
    reason = pd.Series("", index=table.index)
    reason[gmina_code.isna()] = "unknown_area"
    reason[table["locality"].isna() | latitude.isna() | longitude.isna()] = "missing_name_or_point"
    is_usable = reason == ""
    rejected = rejected_rows(
        [
            (
                str(position + 2),
                reason[position],
                f"{table.loc[position, 'locality']}, {table.loc[position, 'teryt']}",
            )
            for position in table.index[~is_usable]
        ]
    )
    points = gpd.GeoSeries.from_xy(longitude[is_usable], latitude[is_usable], crs=GEOGRAPHIC)
    records = pd.DataFrame(
        {
            "name": table.loc[is_usable, "locality"],
            "gmina_code": gmina_code[is_usable],
            "addresses": addresses[is_usable],
            "point": list(points),
            "half_diagonal_m": half_diagonal_m[is_usable],
        }
    ).reset_index(drop=True)
    return Staged(records, rejected, rows_read=len(table))
