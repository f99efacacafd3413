"""
The files that loaded sheets leave, and the sources that they are.

A sheet is not kept as it came: what it changes is written as a CSV of its own beside the database, so that every load
can read it again, on other boundaries too, and `undo` can give way to the file before it.
"""

import csv
import io
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from data.catalogue import Catalogue, Source, SourceFile
from data.own_catalogue import sheet_source
from data.sheets import columns as sheet_columns
from data.sheets.columns import FACILITIES, KEY, NO_ROWS, SAID_FIELDS, SAVED_AT, columns_of
from data.sheets.reading import OwnRows
from data.sheets.sheet_rows import Texts
from data.sources.fetch import sha256_of
from data.sources.registers.profile_tables import File
from data.sources.tables.table_file import read_table_file
from data.store.errors import RegisterError
from data.store.own_sheets import PREFIX, SheetOf, sheet_of_code
from data.store.schema import Release
from data.store.whole_file import whole_file
from data.vocabulary import support_forms

PROFILE_PATH = Path(sheet_columns.__file__)
"""What says how the files are read, in the place of a profile."""
_OWNERS_FOLDER: Final = 0o700
_OWNERS_FILE: Final = 0o600


def folder_of(own_data: Path, *, is_invented: bool) -> Path:
    """Return where the files of sheets of real data, or of the example region, are: they never meet."""
    return own_data / ("example" if is_invented else "real")


def with_sheets(catalogue: Catalogue, own_data: Path | None) -> Catalogue:
    """Return a catalogue with the sheets that were loaded into this database before."""
    if own_data is None:
        return catalogue
    folder = folder_of(own_data, is_invented=catalogue.is_invented)
    found = [_source_in(path) for path in sorted(folder.glob("own-*")) if path.is_dir()]
    sources = tuple(source for source in found if source is not None)
    return catalogue.model_copy(update={"source": (*catalogue.source, *sources)})


def _source_in(folder: Path) -> Source | None:
    sheet = sheet_of_code(folder.name)
    paths = sorted(folder.glob("*.csv"))
    if sheet is None or sheet.support_form not in support_forms() or not paths:
        return None
    files = [SourceFile(path=path.name, sha256=sha256_of(path), as_of=_day_of(path)) for path in paths]
    return sheet_source(sheet, files).at(folder, is_beside=True)


def _day_of(path: Path) -> date:
    return date.fromisoformat(path.name[:10])


def write_rows(folder: Path, sheet: SheetOf, rows: OwnRows, *, saved_at: datetime) -> Path:
    """
    Write the next file of a sheet below `folder`, and return its path; its name is the moment.

    Nobody but its owner may read it or the folder: a facility that was protected since stands there with its address.
    """
    path = folder / sheet.source_code / f"{saved_at:%Y-%m-%dT%H%M%S%f}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    _close(folder)
    text = io.StringIO()
    columns = columns_of(sheet.support_form)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(column.head for column in columns), SAID_FIELDS, SAVED_AT])
    written: list[Texts] = [texts for of_record in rows.values() for texts in of_record]
    for texts in written or [{"facility_name": NO_ROWS}]:
        cells = [texts.get(column.name, "") for column in columns]
        writer.writerow([*cells, texts.get("said_fields", ""), saved_at.isoformat()])
    with whole_file(path) as unfinished:
        unfinished.touch(mode=_OWNERS_FILE)
        unfinished.write_text(text.getvalue(), encoding="utf-8")
    return path


def _close(folder: Path) -> None:
    """Leave the folder and what earlier versions wrote into it to their owner; what is another user's stays."""
    for path in (folder, *folder.glob(f"{PREFIX}*"), *folder.glob(f"{PREFIX}*/*.csv")):
        with suppress(PermissionError):
            path.chmod(_OWNERS_FOLDER if path.is_dir() else _OWNERS_FILE)


def left_over(connection: Connection, folder: Path) -> tuple[str, ...]:
    """Return the codes of sheets with a file that no load ever read: one was killed when it had written it."""
    query = select(Release.source_code, Release.file_name).where(Release.source_code.startswith(PREFIX))
    read = {(row.source_code, row.file_name) for row in connection.execute(query)}
    paths = sorted(path for path in folder.glob(f"{PREFIX}*/*.csv") if sheet_of_code(path.parent.name))
    codes = [path.parent.name for path in paths if (path.parent.name, path.name) not in read]
    return tuple(dict.fromkeys(codes))


def rows_in_force(connection: Connection, sheet: SheetOf, folder: Path) -> dict[str, list[Mapping[str, str]]]:
    """
    Return the rows of the file of a sheet that is in force, by key; none before the first.

    Raises
    ------
    RegisterError
        If that file is gone: without it the next one would lose what it says.
    """
    query = select(Release.file_name).where(
        Release.source_code == sheet.source_code, Release.state == "current"
    )
    name = connection.execute(query).scalar()
    if name is None:
        return {}
    path = folder / sheet.source_code / name
    if not path.is_file():
        raise RegisterError(
            f"expected {path}, the file of this sheet that is in force, found none. Nothing was changed. Put it back "
            "from a copy: what it says would be lost otherwise.",
            path=str(path),
        )
    return _read(path, sheet)


def _read(path: Path, sheet: SheetOf) -> dict[str, list[Mapping[str, str]]]:
    table = read_table_file(path, File(sheet=FACILITIES))
    columns = columns_of(sheet.support_form)
    heads = {table.text(0, place): place for place in range(len(table.rows[0]))}
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in range(1, len(table.rows)):
        texts = {
            column.name: table.text(row, heads[column.head]) for column in columns if column.head in heads
        }
        texts["said_fields"] = table.text(row, heads[SAID_FIELDS]) if SAID_FIELDS in heads else ""
        if texts["facility_name"] != NO_ROWS:
            found.setdefault(texts[KEY.name], []).append(texts)
    return found
