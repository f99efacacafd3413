"""Boundaries of gminas, and of the powiats and voivodeships that they make up."""

from numbers import Real
from pathlib import Path

import geopandas as gpd
import pandas as pd
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.errors import ShapelyError

from data.sources.readable import reader_of
from data.sources.staged import SourceFormatError, require_columns
from geo.crs import GEOGRAPHIC, to_geographic, to_metric
from geo.geometry import dissolve, mend_coverage, repair, simplify_coverage
from geo.slivers import without_small_holes

SIMPLIFICATION_M = 300.0
_DRAWN_GAP_M2 = 10_000.0
_ROUNDED_M = 1.0
"""Borders that should be one line and are this near to each other are so but for the decimals of their file."""
_CODE_DIGITS = 7
_POLAND = (13.5, 48.5, 24.7, 56.1)
"""West, south, east and north of all that any boundaries of Poland reach, in degrees."""
_MIDDLES = {
    "02": (16.4, 51.1),
    "04": (18.5, 53.1),
    "06": (22.9, 51.2),
    "08": (15.3, 52.2),
    "10": (19.4, 51.6),
    "12": (20.3, 49.9),
    "14": (21.1, 52.3),
    "16": (17.9, 50.65),
    "18": (22.2, 50.0),
    "20": (22.9, 53.3),
    "22": (18.0, 54.15),
    "24": (19.0, 50.3),
    "26": (20.8, 50.8),
    "28": (20.8, 53.9),
    "30": (17.2, 52.3),
    "32": (15.5, 53.6),
}
"""Longitude and latitude of the middle of each voivodeship. In metres, swapped axes may leave a gmina in Poland."""
_REACH = (2.5, 1.7)
"""No voivodeship reaches further from its middle than this, in degrees."""
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
        If the file is no map, a code repeats or is not a whole gmina (types 1, 2, 3), a gmina has no name or no
        polygon, or lies outside Poland, as one with its axes swapped does.
    """
    table = _opened(path)
    require_columns(table, ["terc", "name"], file_name=path.name)
    codes = table["terc"].map(_code)
    is_whole = codes.str.fullmatch(r"\d{6}[123]").fillna(value=False).astype(bool)
    if not is_whole.all():
        first = ", ".join(map(str, table.loc[~is_whole, "terc"].head(5)))
        raise SourceFormatError(
            f"{path.name}: expected 7-digit codes of whole gminas, types 1, 2 or 3; found {first}. "
            "Give the boundaries of gminas, without their parts.",
            codes=table.loc[~is_whole, "terc"].tolist(),
        )
    _require_shapes(table, codes, path.name)
    gminas = gpd.GeoDataFrame(
        {
            "area_code": codes.str[:6],
            "teryt_code": codes,
            "name": table["name"],
            "kind": codes.str[6].map(_GMINA_KINDS),
        },
        geometry=table.geometry.to_crs(GEOGRAPHIC),
    )
    require_poland(gminas, path.name)
    repeated = gminas.loc[gminas["area_code"].duplicated(), "area_code"]
    if not repeated.empty:
        raise SourceFormatError(
            f"{path.name}: expected each gmina once; these come again: {', '.join(repeated.head(5))}.",
            codes=repeated.tolist(),
        )
    return _mended(repair(gminas)).sort_values("area_code", ignore_index=True)


def _mended(gminas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return gminas whose common borders are the same line again, where the decimals of the file parted them."""
    metric = to_metric(gminas)
    mended = mend_coverage(metric, most_m=_ROUNDED_M)
    return gminas if mended is metric else to_geographic(mended)


def _opened(path: Path) -> gpd.GeoDataFrame:
    try:
        table = gpd.read_file(path)
    except (DataSourceError, DataLayerError, ShapelyError, ValueError) as error:
        raise SourceFormatError(
            f"{path.name}: expected a map file of gminas such as GeoJSON, found one that cannot be read "
            f"({str(error)[:200]}). Fetch it again."
        ) from error
    if not isinstance(table, gpd.GeoDataFrame) or table.crs is None:
        raise SourceFormatError(
            f"{path.name}: expected polygons and their coordinate system, found "
            f"{'a table without shapes' if not isinstance(table, gpd.GeoDataFrame) else 'no coordinate system'}. "
            "Save the file again as GeoJSON in EPSG:4326."
        )
    return table


def _code(value: object) -> str | None:
    """Return a code as text; one that became a number has lost its zero, which 7 digits give back."""
    if isinstance(value, Real) and not isinstance(value, bool):
        number = float(value)
        return str(int(number)).zfill(_CODE_DIGITS) if number.is_integer() else None
    return value.strip() if isinstance(value, str) else None


def _require_shapes(table: gpd.GeoDataFrame, codes: pd.Series, file_name: str) -> None:
    """Refuse gminas without a name or a polygon."""
    is_shape = table.geometry.geom_type.isin(["Polygon", "MultiPolygon"]) & ~table.geometry.is_empty
    is_named = table["name"].map(lambda name: isinstance(name, str) and bool(name.strip()))
    for is_right, expected in ((is_shape, "a polygon"), (is_named, "a name")):
        if not is_right.all():
            first = ", ".join(codes[~is_right].head(5))
            raise SourceFormatError(
                f"{file_name}: expected {expected} for each gmina, found none for {int((~is_right).sum())} of "
                f"them: {first}. Fetch the file again, or complete it.",
                codes=codes[~is_right].tolist(),
            )


def require_poland(gminas: gpd.GeoDataFrame, file_name: str) -> None:
    """Refuse boundaries that lie elsewhere: with their axes swapped, or in another system than the file says."""
    bounds = gminas.geometry.bounds
    is_inside = (bounds["minx"] >= _POLAND[0]) & (bounds["miny"] >= _POLAND[1])
    is_inside &= (bounds["maxx"] <= _POLAND[2]) & (bounds["maxy"] <= _POLAND[3])
    if is_inside.all():
        _require_own_voivodeship(gminas, file_name)
        return
    first = gminas.loc[~is_inside].iloc[0]
    x, y = (float(bounds.loc[first.name, side]) for side in ("minx", "miny"))
    hint = (
        "Exchange the axes" if _POLAND[0] <= y and _POLAND[1] <= x <= _POLAND[3] else "Name the right system"
    )
    raise SourceFormatError(
        f"{file_name}: expected gminas in Poland, longitude {_POLAND[0]:g} to {_POLAND[2]:g} and latitude "
        f"{_POLAND[1]:g} to {_POLAND[3]:g}; found {int((~is_inside).sum())} elsewhere, the first "
        f"{first['teryt_code']} at longitude {x:g}, latitude {y:g}. {hint} and save the file again in EPSG:4326.",
        codes=gminas.loc[~is_inside, "area_code"].tolist(),
    )


def _require_own_voivodeship(gminas: gpd.GeoDataFrame, file_name: str) -> None:
    """Refuse boundaries of which a gmina lies far from its voivodeship: metres with northing before easting."""
    bounds = gminas.geometry.bounds
    longitudes, latitudes = (bounds["minx"] + bounds["maxx"]) / 2, (bounds["miny"] + bounds["maxy"]) / 2
    rows = zip(gminas["teryt_code"], gminas["name"], longitudes, latitudes, strict=True)
    for code, name, x, y in rows:
        middle = _MIDDLES.get(code[:2])
        if middle and (abs(x - middle[0]) > _REACH[0] or abs(y - middle[1]) > _REACH[1]):
            raise SourceFormatError(
                f"{file_name}: expected {code} {name} within its voivodeship, near longitude {middle[0]:g} and "
                f"latitude {middle[1]:g}; found it at longitude {x:.2f}, latitude {y:.2f}. Look for swapped axes "
                "(northing before easting) and save the file again in EPSG:4326.",
                codes=[code],
            )


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
    simplified = simplify_coverage(to_metric(gminas), tolerance_m=SIMPLIFICATION_M)
    by_level = [
        _upper_level(gminas, simplified, register, level=level, digits=digits)
        for level, digits in (("voivodeship", 2), ("powiat", 4))
    ]
    own = pd.DataFrame(gminas.drop(columns="geometry")).assign(
        level="gmina",
        geometry=list(gminas.geometry),
        geometry_simplified=list(to_geographic(simplified).geometry),
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
    outlines = _dissolved(simplified, code)
    # A gap of some metres between two gminas is no border of what they are parts of.
    whole = without_small_holes(outlines.to_numpy(), most_m2=_DRAWN_GAP_M2)
    drawn = gpd.GeoSeries(whole, index=outlines.index, crs=simplified.crs).to_crs(GEOGRAPHIC)
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
