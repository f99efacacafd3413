"""
Boundaries of gminas as any publisher gives them: other names of columns, codes and systems, rings and borders to mend.

What comes out is what `data.sources.country.boundaries` reads.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError

from data.sources.country.border_words import gap_words, piece_words, refused
from data.sources.country.boundaries import require_poland
from data.sources.country.foreign_codes import whole_codes
from data.sources.country.parts_of_areas import joined_parts
from data.sources.readable import reader_of
from data.sources.staged import SourceFormatError
from geo.crs import GEOGRAPHIC, METRIC, to_geographic, to_metric
from geo.errors import GeometryError
from geo.geometry import repair
from geo.slivers import close_slivers

CODE_COLUMNS: Final = ("terc", "JPT_KOD_JE", "GISCO_ID", "LAU_ID", "TERYT", "teryt")
"""Ours; those of PRG (GUGiK) and of LAU (Eurostat); what is found first is taken where nobody names one."""
NAME_COLUMNS: Final = ("name", "JPT_NAZWA_", "LAU_NAME", "nazwa", "NAZWA")
MOST_M2: Final = 100.0
"""A piece of land that may change hands so that borders are one line: the size of a garden, in 312,000 km²."""
WIDTH_M: Final = 2.0
"""A strip narrower than this may change hands whatever its length: borders are surveyed no better."""
_MOST_TOLD = 5


@dataclass(frozen=True)
class Reading:
    """How a file is read; None lets the file tell."""

    code_column: str | None = None
    name_column: str | None = None
    crs: str | None = None
    is_swapped: bool = False
    most_m2: float = MOST_M2
    width_m: float = WIDTH_M


@dataclass(frozen=True)
class ReadBoundaries:
    """
    Gminas that are a coverage (`terc` of 7 digits, `name`, EPSG:4326), and what was done for it.

    `told` are sentences for a person: which columns, which system, what was repaired and closed, with places.
    """

    gminas: gpd.GeoDataFrame
    told: tuple[str, ...]


@reader_of("boundaries of gminas as a map file")
def read_boundaries(path: Path, reading: Reading, *, known: Mapping[str, tuple[str, str]]) -> ReadBoundaries:
    """
    Read boundaries of a publisher.

    Parameters
    ----------
    known
        6 digits of gminas that are known → code of 7 digits and name: for codes without the type, and for files
        without names.

    Raises
    ------
    SourceFormatError
        If the file cannot be read so; says which columns there are, and which option tells what is missing. If borders
        do not fit their neighbours by more than the tolerance, names gminas, square metres and coordinates.
    """
    told: list[str] = []
    table = _placed(path, reading, told)
    code_column = _column(table, reading.code_column, CODE_COLUMNS, path.name, "code")
    codes = whole_codes(table[code_column].tolist(), known=known, file_name=path.name)
    names = _names(table, reading, codes, known, path.name)
    told.append(f"codes are those of column {code_column!r}, {len(codes)} rows")
    gminas = gpd.GeoDataFrame({"terc": codes, "name": names}, geometry=list(table.geometry), crs=GEOGRAPHIC)
    _require_polygons(gminas, path.name)
    _require_poland(gminas, path.name)
    gminas = joined_parts(gminas, path.name, told)
    return ReadBoundaries(_fitted(gminas, reading, path.name, told), tuple(told))


def _placed(path: Path, reading: Reading, told: list[str]) -> gpd.GeoDataFrame:
    """Return the table in EPSG:4326, longitude first."""
    try:
        with np.errstate(invalid="ignore"):  # coordinates that are no numbers are told below, with their rows
            table = gpd.read_file(path)
    except (DataSourceError, DataLayerError, ShapelyError, ValueError) as error:
        raise SourceFormatError(
            f"{path.name}: expected a map file (GeoJSON, GeoPackage, Shapefile), found one that cannot be read "
            f"({str(error)[:200]}). Fetch it again; of a Shapefile all its parts (.shp, .dbf, .shx, .prj)."
        ) from error
    if not isinstance(table, gpd.GeoDataFrame) or table.empty:
        raise SourceFormatError(f"{path.name}: expected polygons, found a table without shapes or rows.")
    if reading.crs is not None:
        try:
            table = table.set_crs(CRS.from_user_input(reading.crs), allow_override=True)
        except CRSError as error:
            raise SourceFormatError(
                f"--crs: expected a system such as {METRIC}, found {reading.crs!r}", found=reading.crs
            ) from error
    if table.crs is None:
        raise SourceFormatError(
            f"{path.name}: expected a coordinate system, found none; {_likely_system(table)}. Say it with `--crs`."
        )
    if reading.is_swapped:
        table = table.set_geometry(shapely.transform(table.geometry, lambda points: points[:, ::-1]))
        told.append("the axes were exchanged, as `--swap-axes` says")
    told.append(f"coordinates are {table.crs.name}")
    _require_finite(table, path.name, "which are no place: export these rows again")
    placed = table.to_crs(GEOGRAPHIC)
    _require_finite(
        placed, path.name, f"which {table.crs.name} has no place for: say another system with `--crs`"
    )
    return placed


def _require_finite(table: gpd.GeoDataFrame, file_name: str, why: str) -> None:
    """Refuse shapes with coordinates that are infinite or no numbers, by the numbers of their rows."""
    points, of = shapely.get_coordinates(table.geometry.to_numpy(), return_index=True)
    rows = sorted({int(row) + 1 for row in of[~np.isfinite(points).all(axis=1)]})
    if rows:
        named = ", ".join(_row_words(table, row) for row in rows[:_MOST_TOLD])
        more = f" and {len(rows) - _MOST_TOLD} more" if len(rows) > _MOST_TOLD else ""
        raise SourceFormatError(
            f"{file_name}: expected finite coordinates, found infinite ones, or none, in row {named}{more}, {why}.",
            rows=rows,
        )


def _row_words(table: gpd.GeoDataFrame, row: int) -> str:
    """Return the number of a row, counted from 1, with what it says first."""
    said = [
        str(value)
        for value in table.drop(columns=table.geometry.name).iloc[row - 1]
        if isinstance(value, str)
    ]
    return f"{row} ({', '.join(said[:2])})" if said else str(row)


def _likely_system(table: gpd.GeoDataFrame) -> str:
    west, south, east, north = (float(side) for side in table.total_bounds)
    numbers = f"its numbers reach from {west:.6g}, {south:.6g} to {east:.6g}, {north:.6g}"
    if west >= -180 and east <= 180 and south >= -90 and north <= 90:
        return f"{numbers}, which look like degrees ({GEOGRAPHIC})"
    if max(abs(east), abs(north)) < 1_000_000:
        return f"{numbers}, which look like metres of {METRIC}"
    return numbers


def _column(
    table: gpd.GeoDataFrame, wanted: str | None, usual: Collection[str], file_name: str, what: str
) -> str:
    columns = [str(name) for name in table.columns if name != table.geometry.name]
    found = [name for name in ([wanted] if wanted else usual) if name in columns]
    if not found:
        expected = repr(wanted) if wanted else f"one of {', '.join(usual)}"
        raise SourceFormatError(
            f"{file_name}: expected a column {expected} with the {what} of each gmina, found {', '.join(columns)}. "
            f"Name it with `--{what}-column`.",
            columns=columns,
        )
    return found[0]


def _names(
    table: gpd.GeoDataFrame,
    reading: Reading,
    codes: list[str],
    known: Mapping[str, tuple[str, str]],
    file_name: str,
) -> list[str]:
    """Return the names of the file; where it has no such column those that are known."""
    usual = [name for name in NAME_COLUMNS if name in table.columns]
    if reading.name_column or usual or any(code[:6] not in known for code in codes):
        column = _column(table, reading.name_column, NAME_COLUMNS, file_name, "name")
        return [str(name).strip() if isinstance(name, str) else "" for name in table[column]]
    return [known[code[:6]][1] for code in codes]


def _require_poland(gminas: gpd.GeoDataFrame, file_name: str) -> None:
    coded = gminas.assign(area_code=gminas["terc"].str[:6], teryt_code=gminas["terc"])
    try:
        require_poland(coded, file_name)
    except SourceFormatError as error:
        raise SourceFormatError(
            f"{error} Or say it here: `--swap-axes` where the other axis comes first, `--crs {METRIC}` where the file "
            "names another system than its numbers are in (GeoJSON without one is taken as degrees)."
        ) from error


def _require_polygons(gminas: gpd.GeoDataFrame, file_name: str) -> None:
    is_shape = gminas.geometry.geom_type.isin(["Polygon", "MultiPolygon"]) & ~gminas.geometry.is_empty
    if not is_shape.all():
        first = ", ".join(gminas.loc[~is_shape, "terc"].head(_MOST_TOLD))
        raise SourceFormatError(
            f"{file_name}: expected a polygon for each gmina, found none for {first}. "
            "Put their borders into the file, or take the rows out if they are no gminas of their own."
        )


def _fitted(gminas: gpd.GeoDataFrame, reading: Reading, file_name: str, told: list[str]) -> gpd.GeoDataFrame:
    """Return gminas with rings repaired and slivers closed, and tell both."""
    broken = gminas.loc[~gminas.geometry.is_valid, "terc"].tolist()
    if broken:
        told.append(
            f"rings of {len(broken)} gminas crossed themselves and were rebuilt: "
            f"{', '.join(broken[:_MOST_TOLD])}"
        )
    metric = to_metric(repair(gminas)).set_index("terc", drop=False)
    try:
        closed = close_slivers(metric, most_m2=reading.most_m2, width_m=reading.width_m)
    except GeometryError as error:
        raise refused(
            error, gminas, most_m2=reading.most_m2, width_m=reading.width_m, file_name=file_name
        ) from error
    pieces = closed.pieces
    told += gap_words(closed.gaps, gminas)
    if len(pieces):
        told.append(
            f"{len(pieces)} slivers between gminas were closed, {pieces['area_m2'].sum():.1f} m² in all, the largest "
            f"{pieces['area_m2'].max():.1f} m² (allowed: {reading.most_m2:g} m², or {reading.width_m:g} m wide):"
        )
        told += [f"    {line}" for line in piece_words(pieces, gminas)]
    elif closed.gaps.empty:
        told.append("all borders fit their neighbours")
    return to_geographic(closed.areas).reset_index(drop=True)
