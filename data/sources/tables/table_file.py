"""A table as it stands in a file: a workbook, text, GeoJSON or GeoPackage."""

from pathlib import Path

from data.sources.registers.osm_file import is_osm, read_osm_file
from data.sources.registers.profile import File
from data.sources.tables.cells import TableFile
from data.sources.tables.delimited_text import read_text_table
from data.sources.tables.features import read_geojson_table, read_geopackage_table
from data.sources.tables.kind import KIND_WORDS, FileKind, tell_kind
from data.sources.tables.workbook import read_workbook_table
from data.store.errors import RegisterError

_KINDS: dict[str, tuple[FileKind, ...]] = {
    "workbook": ("zip", "ole"),
    "csv": ("text", "json"),
    "geojson": ("json",),
    "geopackage": ("sqlite",),
    "osm": ("json",),
}
_WORDS = {
    "workbook": "an XLSX, ODS or XLS workbook",
    "csv": "a CSV file",
    "geojson": "a GeoJSON file",
    "geopackage": "a GeoPackage",
    "osm": "Overpass JSON or GeoJSON of OpenStreetMap",
}


def read_table_file(path: Path, rules: File) -> TableFile:
    """
    Read one table.

    Raises
    ------
    RegisterError
        If the file is not what it should be, is broken, locked or larger than a register can be, or lacks the
        sheet. Nothing else is raised, whatever the file holds.
    """
    kind = tell_kind(path)
    if rules.format != "auto" and kind not in _KINDS[rules.format]:
        message = (
            f"{path.name}: expected {_WORDS[rules.format]}, found {KIND_WORDS[kind]}. Fetch the file again, or correct "
            "`format` in [file] of the profile."
        )
        raise RegisterError(message, file=path.name, format=rules.format, found=kind)
    if kind in {"zip", "ole"}:
        table = read_workbook_table(path, kind, rules.sheet)
    elif kind == "sqlite":
        table = read_geopackage_table(path, rules.sheet)
    elif kind == "json" and rules.format != "csv":
        is_map_of_osm = rules.format == "osm" or (rules.format == "auto" and is_osm(path.read_bytes()))
        table = read_osm_file(path) if is_map_of_osm else read_geojson_table(path, rules.sheet)
    else:
        table = read_text_table(path, encoding=rules.encoding, separator=rules.separator)
    if not any(table.row_text(row) for row in range(len(table.rows))):
        message = (
            f"{table.place}: expected a table, found no words in any cell. Check that this is the right file."
        )
        raise RegisterError(message, file=path.name, sheet=table.sheet)
    return table
