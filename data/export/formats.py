"""Every format of an export by its name: its writer, the ending of its file, and writing it whole or not at all."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from data.export.extract import Extract
from data.store.whole_file import whole_file
from geo.errors import SupportMapError


class ExportError(SupportMapError, OSError):
    """The file cannot be written where it should be."""


@dataclass(frozen=True)
class Format:
    """A format; its writer is imported only when it is asked for."""

    ending: str
    module: str
    writer: str
    meaning: str


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "gpkg": Format(".gpkg", "data.export.geopackage", "write_geopackage", "GeoPackage, for QGIS"),
        "geojson": Format(".geojson", "data.export.geojson", "write_geojson", "GeoJSON (RFC 7946)"),
        "csv": Format(".zip", "data.export.delimited", "write_csv", "CSV tables in a ZIP"),
        "xlsx": Format(".xlsx", "data.export.workbook", "write_xlsx", "spreadsheet with Polish heads"),
        "hsds": Format(".json", "data.hsds", "write_hsds_json", "HSDS 3.1 as JSON"),
        "hsds-package": Format(
            ".zip", "data.hsds", "write_hsds_package", "HSDS 3.1 as a tabular data package"
        ),
    }
)


def write_export(extract: Extract, path: Path, *, file_format: str, is_replaced: bool = False) -> None:
    """
    Write an extract to a file; when anything fails, nothing is left and nothing was replaced.

    Raises
    ------
    ExportError
        If the file is there already and may not be replaced, has another ending, or cannot be written.
    """
    chosen = FORMATS[file_format]
    _check(path, chosen, is_replaced=is_replaced)
    write: Callable[[Extract, Path], None] = getattr(importlib.import_module(chosen.module), chosen.writer)
    try:
        with whole_file(path) as made:
            write(extract, made)
    except OSError as error:
        raise ExportError(
            f"cannot write {path.name} to {path.parent}: {error.strerror or error}; nothing was changed there",
            path=str(path),
        ) from error


def _check(path: Path, chosen: Format, *, is_replaced: bool) -> None:
    if path.suffix.lower() != chosen.ending:
        raise ExportError(
            f"expected the name of a file that ends in {chosen.ending}, found {path.name!r}; rename it",
            path=str(path),
        )
    if not path.parent.is_dir():
        raise ExportError(
            f"expected a folder to write {path.name} to, found none at {path.parent}; make it first",
            path=str(path),
        )
    if path.is_dir():
        raise ExportError(f"expected the name of a file, found a folder: {path}", path=str(path))
    if path.exists() and not is_replaced:
        raise ExportError(
            f"expected no file at {path}, found one; choose another name, or replace it with --force",
            path=str(path),
        )
