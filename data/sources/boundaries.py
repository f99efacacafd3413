"""Boundaries of gminas, and of the powiats and voivodeships that they make up."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.sources.readable import reader_of
from data.sources.staged import SourceFormatError, require_columns
from geo.crs import GEOGRAPHIC, to_geographic, to_metric
from geo.geometry import dissolve, repair, simplify_coverage

SIMPLIFICATION_M = 300.0
_GMINA_KINDS = {"1": "urban", "2": "rural", "3": "urban_rural"}


@reader_of("boundaries of gminas as GeoJSON")
def read_gminas(path: Path) -> gpd.GeoDataFrame:
    """
    Read gmina polygons with `terc` (7 digits) and `name`.

    Returns
    -------
    gminas
        `area_code` (6 digits), `teryt_code`, `name`, `kind`, geometry repaired, EPSG:4326, sorted by code.

    Raises
    ------
    SourceFormatError
        If a code repeats or is not a whole gmina (types 1, 2, 3).
    """
    table = gpd.read_file(path)
    require_columns(table, ["terc", "name"], file_name=path.name)
    is_whole = table["terc"].astype(str).str.fullmatch(r"\d{6}[123]")
    if not is_whole.all():
        first = ", ".join(map(str, table.loc[~is_whole, "terc"].head(5)))
        raise SourceFormatError(
            f"{path.name}: expected 7-digit codes of whole gminas, types 1, 2 or 3; found {first}. "
            "Give the boundaries of gminas, without their parts.",
            codes=table.loc[~is_whole, "terc"].tolist(),
        )
    gminas = gpd.GeoDataFrame(
        {
            "area_code": table["terc"].str[:6],
            "teryt_code": table["terc"],
            "name": table["name"],
            "kind": table["terc"].str[6].map(_GMINA_KINDS),
        },
        geometry=table.geometry.to_crs(GEOGRAPHIC),
    )
    repeated = gminas.loc[gminas["area_code"].duplicated(), "area_code"]
    if not repeated.empty:
        raise SourceFormatError(
            f"{path.name}: expected each gmina once; these come again: {', '.join(repeated.head(5))}.",
            codes=repeated.tolist(),
        )
    return repair(gminas).sort_values("area_code", ignore_index=True)


def build_areas(gminas: gpd.GeoDataFrame, register: pd.DataFrame, *, vintage: str) -> gpd.GeoDataFrame:
    """
    Make all three levels from gminas.

    The coverage of gminas is simplified once and the upper levels are dissolved from it, so that a powiat's
    drawn border is exactly its gminas' drawn border.

    Parameters
    ----------
    gminas
        As `read_gminas` returns.
    register
        Records of `read_terc`, for the names of powiats and voivodeships.
    vintage
        Year of the boundaries.

    Returns
    -------
    areas
        One row per area in the order voivodeships, powiats, gminas: columns of the table `area`; three
        geometry columns in EPSG:4326.
    """
    simplified = to_geographic(simplify_coverage(to_metric(gminas), tolerance_m=SIMPLIFICATION_M))
    by_level = [
        _upper_level(gminas, simplified, register, level=level, digits=digits)
        for level, digits in (("voivodeship", 2), ("powiat", 4))
    ]
    own = pd.DataFrame(gminas.drop(columns="geometry")).assign(
        level="gmina", geometry=list(gminas.geometry), geometry_simplified=list(simplified.geometry)
    )
    areas = pd.concat([*by_level, own], ignore_index=True)
    full = gpd.GeoSeries(areas["geometry"].tolist(), crs=GEOGRAPHIC)
    areas["label_point"] = list(full.representative_point())
    areas["area_km2"] = to_metric(gpd.GeoDataFrame(geometry=full)).area.to_numpy() / 1e6
    areas["voivodeship_code"] = areas["area_code"].str[:2]
    areas["powiat_code"] = areas["area_code"].str[:4].where(areas["level"] == "gmina", None)
    areas["boundary_vintage"] = vintage
    return gpd.GeoDataFrame(areas, geometry="geometry", crs=GEOGRAPHIC)


def _upper_level(
    gminas: gpd.GeoDataFrame,
    simplified: gpd.GeoDataFrame,
    register: pd.DataFrame,
    *,
    level: str,
    digits: int,
) -> pd.DataFrame:
    code = gminas["area_code"].str[:digits]
    full = _dissolved(gminas, code)
    drawn = _dissolved(simplified, code)
    named = register[register["level"] == level].set_index("teryt_code")
    unknown = full.index.difference(named.index)
    if not unknown.empty:
        raise SourceFormatError(
            f"The TERC register has no {level} for these codes of the boundaries: {', '.join(unknown[:5])}. "
            "Use a register of a year near to the boundaries.",
            codes=unknown.tolist(),
        )
    return pd.DataFrame(
        {
            "area_code": full.index,
            "teryt_code": full.index,
            "name": named["name"].reindex(full.index).tolist(),
            "kind": named["kind"].reindex(full.index).tolist(),
            "level": level,
            "geometry": full.tolist(),
            "geometry_simplified": drawn.reindex(full.index).tolist(),
        }
    )


def _dissolved(frame: gpd.GeoDataFrame, code: pd.Series) -> pd.Series:
    """Return the union of the coverage by code, indexed by code, in the order of codes."""
    parts = gpd.GeoDataFrame(
        {"code": code.to_numpy(), "shape": frame.geometry.to_numpy()}, geometry="shape", crs=frame.crs
    )
    whole = dissolve(parts, by="code")
    return pd.Series(list(whole.geometry), index=pd.Index(whole["code"], name=None))
