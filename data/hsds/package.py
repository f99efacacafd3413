"""Reading the tabular data package of HSDS, or its bare CSV files, from a folder or an archive."""

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from data.hsds.identifiers import Node
from data.hsds.standard import Table, tables
from data.hsds.tables import Tables
from data.hsds.tabular import PACKAGE_FILE, unguarded
from data.sources.tables.archive import Archive

_NUMBER = re.compile(r"[+-]?[0-9]{1,300}(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_STANDARD_KEYS = ("resources", "name", "profile")


def read_package(path: Path) -> Tables:
    """
    Read a package; without a datapackage.json the CSV files are known by the standard's names.

    Raises
    ------
    RegisterError
        If the archive is broken or unpacks to too much, or a file is not what the standard says.
    """
    found = Tables(path.name, is_package=True)
    read = _folder_reader(path) if path.is_dir() else _archive_reader(path)
    files = _described_files(read, found) or {name: table.file for name, table in tables().items()}
    for name, file in files.items():
        content = read(file)
        if content is not None:
            _read_table(tables()[name], file, content, found)
    if not found.rows:
        wanted = ", ".join(table.file for table in tables().values())
        raise found.error("package", f"expected {wanted}", "found none of them", "Give the whole package")
    return found


def _folder_reader(path: Path) -> Callable[[str], bytes | None]:
    def read(name: str) -> bytes | None:
        file = path / name
        return file.read_bytes() if file.is_file() else None

    return read


def _archive_reader(path: Path) -> Callable[[str], bytes | None]:
    """Return a reader of the files of an archive, which may lie together in one folder of it."""
    archive = Archive(path)
    known = {table.file for table in tables().values()} | {PACKAGE_FILE}
    folders = sorted(
        {PurePosixPath(part).parent for part in archive.parts if PurePosixPath(part).name in known}
    )
    top = folders[0] if folders else PurePosixPath()

    def read(name: str) -> bytes | None:
        part = str(top / name)
        return archive.read(part) if part in archive.parts else None

    return read


def _described_files(read: Callable[[str], bytes | None], found: Tables) -> dict[str, str]:
    """Return the files that datapackage.json names, by table; empty when there is none."""
    content = read(PACKAGE_FILE)
    # The standard's own examples have a symbolic link that was unpacked as the text of its path.
    if content is None or (len(content) < 200 and content.strip().endswith(PACKAGE_FILE.encode())):
        return {}
    try:
        package = json.loads(content)
        resources = {resource["name"]: resource["path"] for resource in package["resources"]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise found.error(
            PACKAGE_FILE,
            "expected JSON with `resources` that have a `name` and a `path`",
            f"found {type(error).__name__}: {error}",
            "Correct it, or leave it out: the CSV files are then known by their names",
        ) from error
    found.own_keys = {key: value for key, value in package.items() if key not in _STANDARD_KEYS}
    files = {name: file for name, file in resources.items() if name in tables()}
    for name, file in files.items():
        if (
            not isinstance(file, str)
            or PurePosixPath(file).is_absolute()
            or ".." in PurePosixPath(file).parts
        ):
            raise found.error(
                f"{PACKAGE_FILE}: {name}",
                "expected a path inside the package",
                f"found {file!r}",
                "Correct it",
            )
        if read(file) is None:
            raise found.error(
                f"{PACKAGE_FILE}: {name}",
                f"expected the file {file}",
                "found none",
                "Add it to the package",
            )
    return files


def _read_table(table: Table, file: str, content: bytes, found: Tables) -> None:
    for where, cells in _rows(file, content, found):
        values: Node = {}
        for name, text in cells.items():
            if not text:
                continue
            field = table.fields.get(name)
            if field is not None and field.type == "number":
                values[name] = _number(text, f"{where}, column {name}", found)
            else:
                values[name] = unguarded(text)
        found.add(table.name, where, values)


def _rows(file: str, content: bytes, found: Tables) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the place and the cells of every row; a row without a cell is no row."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise found.error(
            f"{file}, line {line}",
            "expected UTF-8",
            f"found byte {content[error.start]:#04x}",
            "Save it as UTF-8",
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if header is None:
                header = _header(cells, file, found)
            elif any(cells):
                if len(cells) != len(header):
                    raise found.error(
                        f"{file}!{number}",
                        f"expected {len(header)} cells",
                        f"found {len(cells)}",
                        "Correct the row",
                    )
                yield f"{file}!{number}", dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise found.error(
            f"{file}!{number + 1}", "expected CSV with commas", f"found another text ({error})", "Correct it"
        ) from error


def _header(cells: list[str], file: str, found: Tables) -> list[str]:
    if "id" not in cells or len(set(cells)) != len(cells):
        raise found.error(
            f"{file}!1",
            "expected a header with `id` and every column once",
            f"found {', '.join(cells)[:200]}",
            "Give the file of the standard, with commas between columns",
        )
    return cells


def _number(text: str, where: str, found: Tables) -> float | int:
    plain = unguarded(text).strip()
    try:
        number = float(plain) if _NUMBER.fullmatch(plain) else math.nan
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise found.error(where, "expected a number", f"found {text[:80]!r}", "Correct the cell")
    return int(plain) if plain.lstrip("+-").isdigit() else number
