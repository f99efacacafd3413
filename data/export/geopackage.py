"""
The registry as a GeoPackage: facilities and stops as layers of points, all else as attribute tables.

Columns have types of their own (integer, boolean, date), so that QGIS can filter and join without conversion;
`services.facility_id` is the key to facilities. The table `about` and the description of every layer say what
the data are.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.raw import write as write_layer

from data.export.about import TITLE, about
from data.export.extract import Extract
from data.export.flat import TABLE_NAMES, Field, fields, flat_tables
from data.store.plain_text import plain_text
from geo.crs import GEOGRAPHIC

_POINTS = ("facilities", "stops")
_IN_GEOMETRY = ("longitude", "latitude")
_CLOCK = "OGR_CURRENT_DATE"


def write_geopackage(extract: Extract, path: Path) -> None:
    """
    Write an extract; the same extract gives the same bytes.

    `path` must end in `.gpkg`: GDAL warns about anything else.
    """
    described = _description(extract)
    geometries = {"facilities": extract.facilities.geometry, "stops": extract.stops.geometry}
    # GDAL writes down when a layer was made; the day of the data says more and is the same each time.
    with _Clock(f"{extract.as_of.isoformat()}T00:00:00.000Z"):
        for table, rows in flat_tables(extract).items():
            columns = [
                field for field in fields()[table] if not (table in _POINTS and field.name in _IN_GEOMETRY)
            ]
            _write(
                path,
                table,
                [(field.name, *_column(field, rows[field.name])) for field in columns],
                points=_wkb(geometries[table]) if table in geometries else None,
                identifier=TABLE_NAMES[table],
                description=described,
            )
        facts = about(extract)
        texts = [np.array([plain_text(fact[part]) for fact in facts], dtype=object) for part in (0, 1)]
        said = [(name, values, None) for name, values in zip(("item", "text"), texts, strict=True)]
        _write(path, "about", said, points=None, identifier="O danych", description=described)


def _write(
    path: Path,
    layer: str,
    columns: Iterable[tuple[str, np.ndarray[Any, Any], np.ndarray[Any, Any] | None]],
    *,
    points: np.ndarray[Any, Any] | None,
    identifier: str,
    description: str,
) -> None:
    names, values, masks = zip(*columns, strict=True)
    write_layer(
        path,
        points,
        values,
        names,
        field_mask=masks,
        layer=layer,
        driver="GPKG",
        geometry_type=None if points is None else "Point",
        crs=None if points is None else GEOGRAPHIC,
        append=path.exists(),
        layer_options={"IDENTIFIER": identifier, "DESCRIPTION": description},
    )


def _column(field: Field, values: pd.Series) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any] | None]:
    """Return the values as GDAL types them, and which are missing."""
    is_missing = values.isna().to_numpy()
    match field.kind:
        case "integer":
            return values.fillna(0).to_numpy(dtype="int32"), is_missing
        case "decimal":
            return values.to_numpy(dtype="float64", na_value=np.nan), is_missing
        case "flag":
            return values.to_numpy(dtype=bool), None
        case "date":
            return np.array(
                [None if lost else str(day) for day, lost in zip(values, is_missing, strict=True)],
                dtype="datetime64[D]",
            ), None
    texts = [None if lost else plain_text(str(text)) for text, lost in zip(values, is_missing, strict=True)]
    return np.array(texts, dtype=object), None


def _wkb(points: Any) -> np.ndarray[Any, Any]:
    made: np.ndarray[Any, Any] = shapely.to_wkb(np.asarray(points, dtype=object))
    return made


def _description(extract: Extract) -> str:
    """Return what stands with every layer: a layer is often copied without the rest."""
    notes = " ".join(extract.notes)
    return plain_text(
        f"{notes} {TITLE}, {extract.as_of.isoformat()}, {extract.snapshot_id}. "
        "Licencje i źródła / licences and sources: sources."
    )


class _Clock:
    """Lets GDAL believe that it is some instant, for as long as a `with` lasts."""

    def __init__(self, instant: str) -> None:
        self._instant = instant
        self._before: str | None = None

    def __enter__(self) -> None:
        self._before = pyogrio.get_gdal_config_option(_CLOCK)
        pyogrio.set_gdal_config_options({_CLOCK: self._instant})

    def __exit__(self, *_: object) -> None:
        pyogrio.set_gdal_config_options({_CLOCK: self._before})
