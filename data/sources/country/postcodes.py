"""Postal codes: the post town of each, with its powiat and a point that is rough."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.sources.readable import reader_of
from data.sources.staged import SourceFormatError, Staged, rejected_rows
from geo.crs import GEOGRAPHIC
from geo.joins import points_in_areas

_COLUMNS = 12
"""GeoNames: country, code, place, name and code of areas of three levels, latitude, longitude, accuracy."""
_CODE, _NAME, _VOIVODESHIP, _POWIAT, _LATITUDE, _LONGITUDE = 1, 2, 3, 5, 9, 10
_IS_CODE = r"\d{2}-\d{3}"


@reader_of("a table of postal codes")
def read_postcodes(path: Path, gminas: gpd.GeoDataFrame) -> Staged:
    """
    Read postal codes (GeoNames, tab-separated, no header, one row a code and post town).

    Parameters
    ----------
    gminas
        Gminas with `area_code`, geometry, EPSG:4326.

    Returns
    -------
    staged
        Records: `postal_code`, `name` of the post town, `powiat_name` and `voivodeship_name` as the file
        states them (empty where it does not), `point`, and `gmina_code` in which that point lies. Points are
        rounded to minutes of arc, all codes of a city share one, and one in eighty belongs to a namesake: let
        `data.places.postal_places.PostalPlaces` tell where a code is. Rows outside all gminas are rejected.

    Raises
    ------
    SourceFormatError
        If the file does not have the twelve columns of GeoNames.
    """
    table = pd.read_csv(path, sep="\t", header=None, dtype=str, keep_default_na=False, quoting=3)
    if table.shape[1] != _COLUMNS:
        raise SourceFormatError(
            f"{path.name}: expected {_COLUMNS} columns parted by tabs, as GeoNames gives postal codes, "
            f"found {table.shape[1]}. Check that it is the file that the catalogue names.",
            columns=table.shape[1],
        )
    latitude, longitude = (
        pd.to_numeric(table[column], errors="coerce") for column in (_LATITUDE, _LONGITUDE)
    )
    has_point = latitude.between(-90, 90) & longitude.between(-180, 180)
    is_code = table[_CODE].str.fullmatch(_IS_CODE)
    has_name = table[_NAME].str.strip() != ""
    located = table.index[has_point]
    points = gpd.GeoSeries.from_xy(longitude[has_point], latitude[has_point], index=located, crs=GEOGRAPHIC)
    gmina_code = points_in_areas(gpd.GeoDataFrame(geometry=points), gminas).area_code.reindex(table.index)
    reason = pd.Series(None, index=table.index, dtype=object)
    reason[gmina_code.isna()] = "outside_areas"
    reason[~has_point | ~has_name] = "missing_name_or_point"
    reason[~is_code] = "not_a_postal_code"
    detail = table[_CODE] + " " + table[_NAME] + ": " + table[_LATITUDE] + ", " + table[_LONGITUDE]
    is_refused = reason.notna()
    rejected = rejected_rows(
        [
            (str(position + 1), reason[position], detail[position])
            for position in table.index[is_refused.to_numpy()]
        ]
    )
    kept = table[~is_refused]
    records = pd.DataFrame(
        {
            "postal_code": kept[_CODE],
            "name": kept[_NAME].str.strip(),
            "powiat_name": kept[_POWIAT].str.strip(),
            "voivodeship_name": kept[_VOIVODESHIP].str.strip(),
            "gmina_code": gmina_code[kept.index].astype(str),
            "point": points.reindex(kept.index),
        }
    ).reset_index(drop=True)
    return Staged(records, rejected, rows_read=len(table))
