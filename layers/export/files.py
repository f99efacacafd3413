"""Files of a view: every format by its name, which is the ending of its file, too."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final, Literal

import geopandas as gpd

from layers.answers.area_table import AreaTable
from layers.export.formats import CSV, PNG, SVG, TXT, XLSX, FileFormat
from layers.export.queue_sheet import QueueSheet
from layers.export.table_book import table_xlsx
from layers.export.tables import table_csv, table_description
from layers.words.caption import Caption


@dataclass(frozen=True, eq=False)
class ViewFile:
    """
    What a file of a view is made of.

    `towns` are those that a picture names (`layers.export.map_names`), `queue` is what registers state over time.
    """

    table: AreaTable
    areas: gpd.GeoDataFrame
    outlines: gpd.GeoDataFrame
    caption: Caption
    towns: gpd.GeoDataFrame | None = None
    queue: QueueSheet | None = None


def _picture(of: ViewFile, *, file_format: Literal["png", "svg"]) -> bytes:
    # Who names a file or draws its button does not wait half a second for matplotlib.
    from layers.export.snapshot import draw_snapshot  # noqa: PLC0415

    return draw_snapshot(of.table, of.areas, of.outlines, of.caption, file_format=file_format, towns=of.towns)


FORMATS: Final[Mapping[str, FileFormat[[ViewFile]]]] = MappingProxyType(
    {
        "png": FileFormat(PNG, partial(_picture, file_format="png")),
        "svg": FileFormat(SVG, partial(_picture, file_format="svg")),
        "xlsx": FileFormat(XLSX, lambda of: table_xlsx(of.table, of.caption, queue=of.queue)),
        "csv": FileFormat(CSV, lambda of: table_csv(of.table, of.caption)),
        "txt": FileFormat(TXT, lambda of: table_description(of.table, of.caption)),
    }
)


def export_bytes(
    table: AreaTable,
    areas: gpd.GeoDataFrame,
    outlines: gpd.GeoDataFrame,
    caption: Caption,
    *,
    file_format: str,
    towns: gpd.GeoDataFrame | None = None,
    queue: QueueSheet | None = None,
) -> bytes:
    """
    Return the file of one of `FORMATS`.

    Raises
    ------
    ValueError
        If there is no such format.
    """
    if file_format not in FORMATS:
        raise ValueError(f"expected one of {', '.join(FORMATS)}, found {file_format!r}")
    return FORMATS[file_format].write(ViewFile(table, areas, outlines, caption, towns, queue))


def file_name(table: AreaTable, file_format: str) -> str:
    """Return the name of the file; the snapshot id in it tells two states of the registry apart."""
    return f"mapa-wsparcia_{table.snapshot_id}.{file_format}"
