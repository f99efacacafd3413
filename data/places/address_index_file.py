"""
The file of an address index: made once from a source's file, kept in the cache folder, thrown away without loss.

Nothing in it is ours or secret: it holds published addresses in an order in which they are found. Its name has the
checksum of the source's file, so a newer file gets an index of its own.
"""

import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from math import cos, radians
from operator import itemgetter
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from data.places.house_numbers import base_of, written
from data.places.locality_names import fold_locality
from data.places.street_names import street_name
from data.source_kinds import Kind
from data.sources.country.addresses import AddressLine, StreetLine, address_lines, street_lines
from data.sources.staged import SourceFormatError
from geo.errors import SupportMapError

_FORM: Final = "3"
"""Raise it when names or numbers are compared otherwise, so that every index is made again."""
_FOLDER: Final = "address_index"
_BATCH: Final = 50_000
PER_DEGREE: Final = 100_000
"""Points are whole numbers of a hundred-thousandth of a degree, about a metre."""
METRES_PER_DEGREE: Final = 111_200.0
"""Of latitude, within 0.5 % in Poland; of longitude times the cosine of the latitude."""
_SCHEMA: Final = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
    CREATE TABLE rejected (line INTEGER, reason TEXT, detail TEXT);
    CREATE TABLE street (
        id INTEGER PRIMARY KEY, gmina_code TEXT, locality TEXT, name TEXT, addresses INTEGER,
        latitude INTEGER, longitude INTEGER, half_diagonal_m INTEGER
    );
    CREATE TABLE door (street_id INTEGER, base INTEGER, number TEXT, latitude INTEGER, longitude INTEGER);
    CREATE TABLE word (gmina_code TEXT, word TEXT, street_id INTEGER);
"""
_INDEXES: Final = """
    CREATE INDEX door_of_street ON door (street_id, base);
    CREATE INDEX street_of_word ON word (gmina_code, word);
"""
_MADE: Final = re.findall(r"CREATE (?:TABLE|INDEX) (\w+)", _SCHEMA + _INDEXES)
"""Tables and indexes that a whole file has."""
_Street = tuple[str, str, str]
"""Gmina code, locality and street as the file writes them."""
_Line = TypeVar("_Line", AddressLine, StreetLine)


class CacheFolderError(SupportMapError, OSError):
    """The cache folder cannot be written."""


def index_path(cache: Path, sha256: str) -> Path:
    """Return where the index of a source's file is kept."""
    return cache / _FOLDER / f"{sha256[:16]}-{_FORM}.sqlite"


def ensure_index(source_file: Path, kind: Kind, cache: Path, *, sha256: str) -> Path:
    """
    Return the index of a file, which is made if it is missing or damaged.

    Parameters
    ----------
    kind
        `addresses` for every door, `address_streets` for streets alone.

    Raises
    ------
    SourceFormatError
        If the file cannot be read.
    CacheFolderError
        If there is no folder to write it in.
    """
    path = index_path(cache, sha256)
    if is_whole(path):
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    except OSError as error:
        raise CacheFolderError(
            f"{path.parent}: expected a folder in which the index of {source_file.name} can be made, found one that "
            f"cannot be written ({error.strerror}); name another one in SUPPORT_MAP_CACHE, or give the right to write",
            folder=str(path.parent),
        ) from error
    os.close(handle)
    part = Path(name)
    try:
        write_index(part, source_file, kind)
        _put(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _put(part: Path, path: Path) -> None:
    """Put an index in its place; whoever makes the same at the same time puts the same there."""
    try:
        part.replace(path)
    except OSError as error:
        raise CacheFolderError(
            f"{path}: expected a place for an index of addresses, found {'a folder' if path.is_dir() else 'none'} "
            f"({error.strerror}). Take away what is there; nothing of ours is kept in the cache folder.",
            path=str(path),
        ) from error


def is_whole(path: Path) -> bool:
    """Tell whether an index is there with all its tables, was finished, and can be read to its end."""
    if not path.is_file():
        return False
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            form = connection.execute("SELECT value FROM meta WHERE name = 'form'").fetchone()
            check = connection.execute("PRAGMA quick_check(1)").fetchone()
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return bool(form == (_FORM,) and check == ("ok",) and set(_MADE) <= names)


def index_figures(path: Path) -> tuple[int, list[tuple[str, str, str]]]:
    """Return how many lines the file of an index has, and those refused: row of the file, reason, words."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        (lines,) = connection.execute("SELECT value FROM meta WHERE name = 'lines'").fetchone()
        rejected = connection.execute("SELECT line, reason, detail FROM rejected ORDER BY line").fetchall()
    finally:
        connection.close()
    return int(lines), [(str(line), reason, detail) for line, reason, detail in rejected]


def write_index(
    path: Path, source_file: Path, kind: Kind, *, leaves_out: Callable[[AddressLine], bool] | None = None
) -> None:
    """
    Write an index line by line.

    Parameters
    ----------
    path
        An empty file, or one that does not exist.
    leaves_out
        Addresses that the index shall not have, for a measurement of what it finds without them.

    Raises
    ------
    SourceFormatError
        If the file cannot be read.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        writer = _Writer(connection)
        if kind == "addresses":
            writer.add_addresses(address_lines(source_file), leaves_out)
        else:
            writer.add_streets(street_lines(source_file))
        writer.require_sense(source_file)
        connection.execute("COMMIT")
        connection.executescript(_INDEXES)
        # Written last: an index without it was not finished.
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)", [("lines", str(writer.lines)), ("form", _FORM)]
        )
    finally:
        connection.close()


class _Writer:
    """Writes lines into the tables of an index; of streets the names alone are kept in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ids: dict[_Street, int] = {}
        self.lines = self._rejected = 0

    def require_sense(self, source_file: Path) -> None:
        """Refuse a file without lines, or most lines of which say nothing: it is cut, or another one."""
        if not self.lines:
            raise SourceFormatError(
                f"{source_file.name}: expected lines with addresses below its head, found none. Fetch the file again.",
                file=source_file.name,
            )
        if self._rejected * 2 > self.lines:
            raise SourceFormatError(
                f"{source_file.name}: expected lines with gmina, locality and a point in degrees, found "
                f"{self._rejected} of {self.lines} without. Check that it is the file that the catalogue names.",
                file=source_file.name,
            )

    def add_addresses(
        self, lines: Iterable[AddressLine], leaves_out: Callable[[AddressLine], bool] | None
    ) -> None:
        doors = (
            (
                self._id_of((line.gmina_code, line.locality, line.street)),
                base_of(line.number),
                written(line.number),
                round(line.latitude * PER_DEGREE),
                round(line.longitude * PER_DEGREE),
            )
            for line in self._usable(lines)
            if leaves_out is None or not leaves_out(line)
        )
        # By street and number, so that what is asked for together lies together.
        self._connection.execute("CREATE TEMP TABLE came AS SELECT * FROM door")
        while batch := list(islice(doors, _BATCH)):
            self._connection.executemany("INSERT INTO came VALUES (?, ?, ?, ?, ?)", batch)
        self._connection.execute("INSERT INTO door SELECT * FROM came ORDER BY street_id, base, number")
        self._connection.execute("DROP TABLE came")
        self._write_streets_of_doors()

    def add_streets(self, lines: Iterable[StreetLine]) -> None:
        rows = (
            (
                self._id_of((line.gmina_code, line.locality, line.street)),
                line.gmina_code,
                fold_locality(line.locality),
                line.street,
                line.addresses,
                round(line.latitude * PER_DEGREE),
                round(line.longitude * PER_DEGREE),
                round(line.half_diagonal_m),
            )
            for line in self._usable(lines)
        )
        while batch := list(islice(rows, _BATCH)):
            self._connection.executemany(
                "INSERT OR IGNORE INTO street VALUES (?, ?, ?, ?, ?, ?, ?, ?)", batch
            )

    def _usable(self, lines: Iterable[_Line]) -> Iterator[_Line]:
        for line in lines:
            self.lines += 1
            if not line.fault:
                yield line
                continue
            self._rejected += 1
            detail = f"{line.gmina_code}, {line.locality}, {line.street}"
            row = (self.lines + 1, line.fault, detail)
            self._connection.execute("INSERT INTO rejected VALUES (?, ?, ?)", row)

    def _id_of(self, street: _Street) -> int:
        """Return the number of a street, which is new where it was not seen before; its words find it again."""
        known = self._ids.get(street)
        if known is not None:
            return known
        number = self._ids[street] = len(self._ids) + 1
        words = dict.fromkeys(street_name(street[2]).words or ("",))
        self._connection.executemany(
            "INSERT INTO word VALUES (?, ?, ?)", [(street[0], word, number) for word in words]
        )
        return number

    def _write_streets_of_doors(self) -> None:
        """Write each street with the median of its doors and half the diagonal of the box that holds them."""
        of_door = self._connection.execute(
            "SELECT street_id, latitude, longitude FROM door ORDER BY street_id"
        )
        middles = {
            number: _middle([(latitude, longitude) for _, latitude, longitude in doors])
            for number, doors in groupby(of_door, key=itemgetter(0))
        }
        self._connection.executemany(
            "INSERT INTO street VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (number, gmina_code, fold_locality(locality), street, *middles[number])
                for (gmina_code, locality, street), number in self._ids.items()
            ),
        )


def _middle(points: Sequence[tuple[int, int]]) -> tuple[int, int, int, int]:
    """Return how many points there are, their median, and half the diagonal of the box that holds them."""
    places = np.array(points)
    latitude, longitude = np.median(places, axis=0)
    box = np.ptp(places, axis=0) / PER_DEGREE * METRES_PER_DEGREE
    half_m = np.hypot(box[0], box[1] * cos(radians(latitude / PER_DEGREE))) / 2
    return len(places), round(latitude), round(longitude), round(half_m)
