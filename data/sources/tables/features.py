"""Map files as tables: the properties of each feature, then its latitude and longitude."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely import Point
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from data.sources.cell_text import Cell
from data.sources.tables.cells import NOT_ONE_PLACE, TableFile, check_size
from data.sources.tables.process import read_apart
from data.store.errors import RegisterError
from geo.crs import METRIC

LATITUDE, LONGITUDE = "latitude", "longitude"
UNREADABLE_SHAPE = "a shape that cannot be read"
"""Stands where the coordinates should be, so that the row is refused as one whose latitude is not a number."""
_DEGREES = CRS.from_epsg(4326)
_METRIC_CODE = CRS.from_user_input(METRIC).to_epsg()
_DECIMALS = 7  # a centimetre
_ODD_WORDS = re.compile(r"[\ud800-\udfff]")


def read_geopackage_table(path: Path, layer: str | int) -> TableFile:
    """
    Read one layer of a GeoPackage; rows are numbered by `fid`, which is a column too.

    Raises
    ------
    RegisterError
        If the file cannot be read, the layer is missing or too large, or its coordinate system is unknown.
    """
    found = read_apart(path, "sqlite", layer)
    names: list[str] = found["names"]
    numbers: list[int] = found["numbers"]
    rows: list[list[Cell]] = [[_cell(value) for value in row] for row in zip(*found["columns"], strict=True)]
    rows = rows or [[] for _ in numbers]
    if "fid" not in names:
        names = ["fid", *names]
        rows = [[number, *row] for number, row in zip(numbers, rows, strict=True)]
    if found["wkb"] is not None:
        shapes = [_from_wkb(shape) for shape in found["wkb"]]
        place = f"{path.name}, layer {found['layer']!r}"
        crs = _crs(found["crs"], place)
        names, rows = _with_points(names, rows, shapes, crs=crs)
        return _table(found["layer"], names, rows, numbers, path, crs=crs)
    return _table(found["layer"], names, rows, numbers, path)


def read_geojson_table(path: Path, layer: str | int) -> TableFile:
    """
    Read a GeoJSON file; rows are numbered as the features come, and an `id` outside the properties is a column too.

    The coordinate system is degrees (RFC 7946) unless the file has the `crs` of the standard of 2008.

    Raises
    ------
    RegisterError
        If the file is not a collection of features, or is too large.
    """
    document = _document(path)
    name = document.get("name")
    sheet = name if isinstance(name, str) else ""
    if layer not in {0, sheet}:
        message = (
            f"{path.name}: expected the layer {layer!r}, found {sheet!r}; a GeoJSON file has one layer. "
            "Correct `sheet` in [file] of the profile."
        )
        raise RegisterError(message, file=path.name, sheet=layer)
    features = document["features"]
    properties = [_properties(feature, path, number) for number, feature in enumerate(features, start=1)]
    names = list(dict.fromkeys(key for row in properties for key in row))
    check_size(path.name, rows=len(features), columns=len(names))
    rows = [[_cell(row.get(key)) for key in names] for row in properties]
    shapes = [_from_geojson(feature.get("geometry")) for feature in features]
    crs = _crs(_stated_crs(document), path.name)
    names, rows = _with_points(names, rows, shapes, crs=crs)
    return _table(sheet, names, rows, list(range(1, len(rows) + 1)), path, crs=crs)


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        where = f", row {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        message = f"{path.name}{where}: expected a GeoJSON file, found broken JSON ({str(error)[:99]}). Fetch it again."
        raise RegisterError(message, file=path.name) from error
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        return document  # type: ignore[no-any-return]
    keys = ", ".join(list(document)[:5]) if isinstance(document, dict) else "a list"
    message = (
        f"{path.name}: expected a GeoJSON FeatureCollection, found JSON of the type {kind!r} with {keys}. Fetch the "
        "register itself, as GeoJSON."
    )
    raise RegisterError(message, file=path.name, found=kind)


def _properties(feature: object, path: Path, number: int) -> dict[str, Any]:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        message = (
            f"{path.name}, feature {number}: expected an object with `properties` and `geometry`, found "
            f"{json.dumps(feature)[:80]}. Fetch the file again."
        )
        raise RegisterError(message, file=path.name, row=number)
    properties = dict(feature.get("properties") or {})
    if "id" in feature:
        properties.setdefault("id", feature["id"])
    return properties


def _stated_crs(document: dict[str, Any]) -> str | None:
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None


def _crs(text: str | None, place: str) -> CRS:
    try:
        return CRS.from_user_input(text) if text else _DEGREES
    except CRSError as error:
        message = (
            f"{place}: expected a coordinate system such as EPSG:4326 or EPSG:2180, found {text[:100]!r}. Save the "  # type: ignore[index]
            "file again in EPSG:4326."
        )
        raise RegisterError(message, crs=text) from error


def _from_wkb(shape: str | None) -> BaseGeometry | str | None:
    if shape is None:
        return None
    try:
        return shapely.from_wkb(shape)
    except (ShapelyError, ValueError):
        return UNREADABLE_SHAPE


def _from_geojson(geometry: object) -> BaseGeometry | str | None:
    if geometry is None:
        return None
    try:
        return shapely.from_geojson(json.dumps(geometry))
    except (ShapelyError, ValueError, RecursionError):
        return UNREADABLE_SHAPE


def _with_points(
    names: Sequence[str], rows: list[list[Cell]], shapes: Sequence[BaseGeometry | str | None], *, crs: CRS
) -> tuple[list[str], list[list[Cell]]]:
    """Add latitude and longitude; properties of the same name are called properties, the shape is what counts."""
    renamed = [f"{name} (property)" if name in {LATITUDE, LONGITUDE} else name for name in names]
    transformer = Transformer.from_crs(crs, _DEGREES, always_xy=True)
    placed = [
        [*row, *_latitude_longitude(shape, transformer)] for row, shape in zip(rows, shapes, strict=True)
    ]
    return [*renamed, LATITUDE, LONGITUDE], placed


def _latitude_longitude(shape: BaseGeometry | str | None, transformer: Transformer) -> tuple[Cell, Cell]:
    if shape is None or isinstance(shape, str):
        return shape, shape
    if shape.is_empty:
        return None, None
    try:
        point = _one_place(shape)
        if point is None:
            found = f"{NOT_ONE_PLACE}{shape.geom_type}, {shapely.get_num_geometries(shape)} parts"
            return found, found
        longitude, latitude = transformer.transform(shapely.get_x(point), shapely.get_y(point))
    except (ShapelyError, ProjError, ValueError):
        return UNREADABLE_SHAPE, UNREADABLE_SHAPE
    return round(latitude, _DECIMALS), round(longitude, _DECIMALS)


def _one_place(shape: BaseGeometry) -> Point | None:
    """
    Return the point of a shape that is one place: a point, or one inside an outline.

    None for several points, a line and a mixture: taking one of them would be a guess that looks like a door.
    """
    parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
    if len(parts) == 1 and parts[0].geom_type.startswith(("Multi", "GeometryCollection")):
        return _one_place(parts[0])
    if {part.geom_type for part in parts} == {"Polygon"}:
        return shape.representative_point()
    points = {part.coords[0][:2]: part for part in parts if part.geom_type == "Point"}
    is_one = len(points) == 1 and all(part.geom_type == "Point" for part in parts)
    return next(iter(points.values())) if is_one else None


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _ODD_WORDS.sub("", text)


def _table(
    sheet: str,
    names: Sequence[str],
    rows: list[list[Cell]],
    numbers: list[int],
    path: Path,
    *,
    crs: CRS = _DEGREES,
) -> TableFile:
    """Return the table; the labels are its first row, which no file has, so that its number is 0."""
    return TableFile(
        sheet,
        [list(names), *rows],
        [0, *numbers],
        {},
        path.name,
        row_word="feature",
        is_metric=crs.to_epsg() == _METRIC_CODE,
    )
