"""Addresses counted by cells of 1 km: where in a gmina houses stand, and not how many people live in them."""

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.sources.country.grid_names import CELL_CRS, square_of_cell
from data.sources.readable import reader_of
from data.sources.staged import Staged, rejected_rows, require_columns
from geo.crs import to_metric


@reader_of("a CSV file of addresses by cell")
def read_address_grid(path: Path, *, area_of_code: Mapping[str, str]) -> Staged:
    """
    Read the addresses of each cell and gmina; a cell astride a border has a row for each side.

    Parameters
    ----------
    path
        UTF-8, commas: `grid_id` (`data.sources.country.grid_names`), `teryt` (6 digits), `addresses`.
    area_of_code
        6-digit gmina code of any vintage → code of a gmina of our boundaries.

    Returns
    -------
    staged
        Records: `gmina_code`, `addresses` (1 or more), the square of the cell as geometry, EPSG:2180; one row a cell
        and gmina of our boundaries, so that parts of a gmina that was divided later come together. A row that names no
        cell, an unknown gmina or no whole number of addresses above 0, or one that came before, is refused.
    """
    table = pd.read_csv(path, dtype={"grid_id": str, "teryt": str}, encoding="utf-8-sig")
    require_columns(table, ["grid_id", "teryt", "addresses"], file_name=path.name)
    squares = {text: square_of_cell(text) for text in table["grid_id"].fillna("").unique()}
    addresses = pd.to_numeric(table["addresses"], errors="coerce")
    codes = table["teryt"].map(area_of_code)
    reason = pd.Series("", index=table.index)
    reason[table.duplicated(["grid_id", "teryt"])] = "repeated_row"
    reason[~((addresses > 0) & (addresses % 1 == 0))] = "missing_number"
    reason[codes.isna()] = "unknown_area"
    reason[table["grid_id"].fillna("").map(squares).isna()] = "bad_cell"
    is_taken = reason == ""
    rejected = rejected_rows(
        [
            (str(row + 2), reason[row], f"{table.loc[row, 'grid_id']}, {table.loc[row, 'teryt']}")
            for row in table.index[~is_taken]
        ]
    )
    taken = pd.DataFrame({"gmina_code": codes, "grid_id": table["grid_id"], "addresses": addresses})[is_taken]
    sums = taken.groupby(["gmina_code", "grid_id"], as_index=False)["addresses"].sum()
    corners = np.array([squares[text] for text in sums["grid_id"]], dtype=float).reshape(-1, 3).T
    west, south, size = corners
    shapes = shapely.box(west, south, west + size, south + size)
    cells = gpd.GeoDataFrame(
        sums[["gmina_code", "addresses"]].assign(addresses=sums["addresses"].astype("int64")),
        geometry=shapes,
        crs=CELL_CRS,
    )
    return Staged(to_metric(cells), rejected, rows_read=len(table))
