"""Every format of an export by its name: what it is called, how it is made."""

from typing import Final

import geopandas as gpd

from layers.area_table import AreaTable
from layers.export.caption import Caption
from layers.export.tables import table_csv, table_xlsx

FORMATS: Final = ("png", "svg", "xlsx", "csv")


def export_bytes(
    table: AreaTable,
    areas: gpd.GeoDataFrame,
    outlines: gpd.GeoDataFrame,
    caption: Caption,
    *,
    file_format: str,
    towns: gpd.GeoDataFrame | None = None,
) -> bytes:
    """
    Return the file of one format; a picture has the names of `towns` (`layers.export.place_names.main_towns`).

    Raises
    ------
    ValueError
        If the format is not one of `FORMATS`.
    """
    match file_format:
        case "png" | "svg":
            # Who names a file or draws its button does not wait half a second for matplotlib.
            from layers.export.snapshot import draw_snapshot  # noqa: PLC0415

            return draw_snapshot(table, areas, outlines, caption, file_format=file_format, towns=towns)
        case "xlsx":
            return table_xlsx(table, caption)
        case "csv":
            return table_csv(table, caption)
    raise ValueError(f"expected one of {', '.join(FORMATS)}, found {file_format!r}")


def file_name(table: AreaTable, file_format: str) -> str:
    """Return the name of the file; the snapshot id in it tells two states of the registry apart."""
    return f"mapa-wsparcia_{table.snapshot_id}.{file_format}"
