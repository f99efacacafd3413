"""A grid of people (cells of 1 km as a rule) that an operator gives: GeoPackage, GeoTIFF or CSV."""

import sqlite3
import warnings
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from data.sources.country.grid_names import CELL_CRS, centre_of_cell
from data.sources.readable import reader_of
from data.sources.staged import SourceFormatError, Staged, rejected_rows, require_columns
from data.store.extras import require_extra
from geo.crs import to_metric

QUANTITIES = ("persons", "persons_65_plus")
MOST_CELLS = 4_000_000
"""A 1-km grid of Poland has 320 thousand cells; a file of more than this is of another country or a finer raster."""


@reader_of("a grid of people as GeoPackage, GeoTIFF or CSV")
def read_population_grid(
    path: Path, *, columns: Mapping[str, str] | None = None, crs: str | None = None
) -> Staged:
    """
    Read the cells of a grid.

    Parameters
    ----------
    path
        `.gpkg`: one layer of points or polygons with a column of persons. `.tif`: one band of persons; pixels without
        a value are no cells. `.csv`, `.csv.gz`: UTF-8, commas, a column of persons, and either `cell`
        with identifiers such as `1kmN3000E4500` or `CRS3035RES1000mN3000000E4500000`, or `x` (easting or longitude)
        and `y` of the centre.
    columns
        Column of the file → `persons`, `persons_65_plus`, `cell`, `x` or `y`; columns that have these names already
        need no entry.
    crs
        System of `x` and `y`, or of a file that does not say its own; never guessed.

    Returns
    -------
    staged
        Records: `row_reference`, `persons` (float, 0 or more), `persons_65_plus` (missing where unknown), point
        geometry of the centre, EPSG:2180. A row without persons, or of a centre that came before, is refused.

    Raises
    ------
    SourceFormatError
        Naming file, row and value: another kind of file, no CRS, wrong columns, an identifier that cannot be read,
        a negative or infinite number, more than `MOST_CELLS` cells.
    """
    kind = _kind(path)
    if kind == "raster":
        cells, references = _read_raster(path, crs)
    elif kind == "package":
        cells, references = _read_package(path, dict(columns or {}), crs)
    else:
        cells, references = _read_table(path, dict(columns or {}), crs)
    for quantity in QUANTITIES:
        _require_people(path, quantity, cells[quantity].to_numpy(), references)
    cells["row_reference"] = references
    cells = to_metric(cells)
    is_missing = cells["persons"].isna()
    centres = np.round(cells.geometry.get_coordinates().to_numpy(), 1)
    is_repeated = pd.DataFrame(centres, index=cells.index)[~is_missing].duplicated()
    is_repeated = is_repeated.reindex(cells.index, fill_value=False)
    refused = [
        (reference, reason, f"({x:.0f}, {y:.0f})")
        for reason, is_wrong in (("missing_number", is_missing), ("repeated_row", is_repeated))
        for reference, (x, y) in zip(
            cells.loc[is_wrong, "row_reference"], centres[is_wrong.to_numpy()], strict=True
        )
    ]
    taken = cells[~is_missing & ~is_repeated].reset_index(drop=True)
    return Staged(taken, rejected_rows(refused), rows_read=len(cells))


def _kind(path: Path) -> str:
    name = path.name.lower()
    for kind, endings in (
        ("package", (".gpkg",)),
        ("raster", (".tif", ".tiff")),
        ("table", (".csv", ".csv.gz")),
    ):
        if name.endswith(endings):
            return kind
    raise SourceFormatError(
        f"{path.name}: expected .gpkg, .tif, .tiff, .csv or .csv.gz; save the grid as one."
    )


def _read_table(path: Path, columns: dict[str, str], crs: str | None) -> tuple[gpd.GeoDataFrame, list[str]]:
    table = pd.read_csv(
        path, dtype=str, encoding="utf-8-sig", keep_default_na=False, nrows=MOST_CELLS + 1
    ).rename(columns=columns)
    _require_size(path, len(table))
    references = [str(number) for number in range(2, len(table) + 2)]
    is_by_cell = "cell" in table.columns
    require_columns(table, ["persons", "cell"] if is_by_cell else ["persons", "x", "y"], file_name=path.name)
    if is_by_cell:
        centres = [centre_of_cell(text) for text in table["cell"]]
        if None in centres:
            row = centres.index(None)
            raise SourceFormatError(
                f"{path.name}: row {references[row]}: expected a cell such as 1kmN3000E4500 or "
                f"CRS3035RES1000mN3000000E4500000, found {table['cell'].iloc[row]!r}. Correct the row, or name "
                "the right column in `columns` of the catalogue.",
                row=references[row],
                value=table["cell"].iloc[row],
            )
        places = np.array(centres, dtype=float).reshape(-1, 2)
        system = _system(path, CELL_CRS)
    else:
        places = np.column_stack([_numbers(path, table[name], references) for name in ("x", "y")])
        _require_places(path, places, references)
        system = _system(path, crs)
    people = {name: _numbers(path, table[name], references) for name in QUANTITIES if name in table.columns}
    return _cells(people, shapely.points(places), system), references


def _read_package(path: Path, columns: dict[str, str], crs: str | None) -> tuple[gpd.GeoDataFrame, list[str]]:
    layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if len(layers) != 1:
        raise SourceFormatError(
            f"{path.name}: expected one layer with geometry, found {len(layers)} ({', '.join(layers)}). "
            "Save the grid alone in a file.",
            layers=layers,
        )
    _require_table(path, layers[0])
    _require_size(path, int(pyogrio.read_info(path, layer=layers[0], force_feature_count=True)["features"]))
    table = gpd.read_file(path, layer=layers[0]).rename(columns=columns)
    require_columns(table, ["persons"], file_name=path.name)
    references = [str(number) for number in range(1, len(table) + 1)]
    shapes = table.geometry.to_numpy()
    is_cell = np.isin(shapely.get_type_id(shapes), [0, 3, 6]) & ~shapely.is_empty(shapes)
    if not is_cell.all():
        row = int(np.flatnonzero(~is_cell)[0])
        kind = shapes[row].geom_type if shapes[row] is not None else "nothing"
        raise SourceFormatError(
            f"{path.name}: row {references[row]}: expected a point or a polygon, found {kind}. "
            "Leave such rows out of the grid.",
            row=references[row],
            value=kind,
        )
    people = {name: _numbers(path, table[name], references) for name in QUANTITIES if name in table.columns}
    return _cells(people, shapely.centroid(shapes), table.crs or _system(path, crs)), references


def _require_table(path: Path, layer: str) -> None:
    """Refuse a view: it is a computation, which may be endless, and not people that somebody counted."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
        found = file.execute("SELECT type FROM sqlite_master WHERE name = ?", (layer,)).fetchone()
    if found is not None and found[0] == "view":
        raise SourceFormatError(
            f"{path.name}: expected a layer that is a table, found the view {layer!r}. Save it as a layer of its own.",
            layer=layer,
        )


def _read_raster(path: Path, crs: str | None) -> tuple[gpd.GeoDataFrame, list[str]]:
    require_extra("rasterio", "grids", purpose="grids as GeoTIFF")
    import rasterio  # noqa: PLC0415 - an extra, and GDAL once more: only who has such a file waits for it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)  # it is an error below
        with rasterio.open(path) as raster:
            _require_size(path, raster.width * raster.height)
            if raster.count != 1:
                raise SourceFormatError(
                    f"{path.name}: expected one band of persons, found {raster.count}. Save that band alone.",
                    found=raster.count,
                )
            system = CRS.from_wkt(raster.crs.to_wkt()) if raster.crs else _system(path, crs)
            if raster.transform.is_identity:
                raise SourceFormatError(
                    f"{path.name}: expected a raster that says where it lies, found none. Give it its geotransform."
                )
            band, transform = raster.read(1, masked=True), raster.transform
    rows, numbers = np.nonzero(~np.ma.getmaskarray(band))
    values = np.asarray(band.data[rows, numbers], dtype=float)
    is_value = ~np.isnan(values)
    rows, numbers, values = rows[is_value], numbers[is_value], values[is_value]
    # Middles of pixels, by the six numbers of the affine transform: a corner, and two steps that may be turned.
    east, north = numbers + 0.5, rows + 0.5
    x = transform.a * east + transform.b * north + transform.c
    y = transform.d * east + transform.e * north + transform.f
    references = [f"{row + 1}:{number + 1}" for row, number in zip(rows, numbers, strict=True)]
    return _cells({"persons": values}, shapely.points(x, y), system), references


def _cells(people: Mapping[str, NDArray[np.float64]], centres: Any, crs: object) -> gpd.GeoDataFrame:
    unknown = np.full(len(centres), np.nan)
    return gpd.GeoDataFrame(
        {name: people.get(name, unknown) for name in QUANTITIES}, geometry=centres, crs=crs
    )


def _system(path: Path, crs: str | None) -> CRS:
    if crs is None:
        raise SourceFormatError(
            f"{path.name}: expected to know the coordinate system, found none in the file. Say it as `crs` of "
            'the source in the catalogue, for example crs = "EPSG:2180".'
        )
    try:
        return CRS.from_user_input(crs)
    except CRSError as error:
        raise SourceFormatError(
            f"{path.name}: expected a coordinate system such as EPSG:2180, found {crs!r}. Correct `crs` in the "
            "catalogue.",
            value=crs,
        ) from error


def _numbers(path: Path, column: pd.Series, references: list[str]) -> NDArray[np.float64]:
    """Return numbers, missing where the cell is empty."""
    is_empty = column.isna() | (column.astype(str).str.strip() == "")
    numbers = pd.to_numeric(column.where(~is_empty), errors="coerce")
    is_word = (numbers.isna() & ~is_empty).to_numpy()
    if is_word.any():
        row = int(np.flatnonzero(is_word)[0])
        raise _wrong(path, references[row], str(column.name), column.iloc[row], "a number")
    return np.asarray(numbers.to_numpy(dtype=float, na_value=np.nan))


def _require_people(path: Path, name: str, values: NDArray[np.float64], references: list[str]) -> None:
    is_wrong = (values < 0) | np.isinf(values)
    if is_wrong.any():
        row = int(np.flatnonzero(is_wrong)[0])
        raise _wrong(path, references[row], name, f"{values[row]:g}", "0 or more people")


def _require_places(path: Path, places: NDArray[np.float64], references: list[str]) -> None:
    is_wrong = ~np.isfinite(places).all(axis=1)
    if is_wrong.any():
        row = int(np.flatnonzero(is_wrong)[0])
        raise _wrong(path, references[row], "x, y", tuple(places[row].tolist()), "two numbers")


def _require_size(path: Path, cells: int) -> None:
    if cells > MOST_CELLS:
        raise SourceFormatError(
            f"{path.name}: expected at most {MOST_CELLS:,} cells, found more ({cells:,}). Cut the grid to Poland, "
            "or give cells of 1 km.",
            found=cells,
        )


def _wrong(path: Path, row: str, column: str, value: object, expected: str) -> SourceFormatError:
    return SourceFormatError(
        f"{path.name}: row {row}: expected {expected} in {column}, found {value!r}. Correct the row; where the "
        "number of people is not known or secret, leave it empty.",
        row=row,
        column=column,
        value=value,
    )
