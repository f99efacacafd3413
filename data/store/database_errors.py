"""What is wrong with a database as a whole: its version, its file, its silence."""

import sqlite3
from pathlib import Path

from geo.errors import SupportMapError

_READ_ONLY = "SQLITE_READONLY"
_SILENT = ("SQLITE_BUSY", "SQLITE_LOCKED")
_BROKEN = {
    "SQLITE_CANTOPEN": ("a file that can be opened", "check the path, and the permissions of the file and its folder"),
    "SQLITE_PERM": ("a file that can be opened", "check the permissions of the file and its folder"),
    "SQLITE_AUTH": ("a file that can be opened", "check the permissions of the file and its folder"),
    "SQLITE_NOTADB": (
        "an SQLite database",
        "it is a file of another kind; correct SUPPORT_MAP_DATABASE_URL, or move the file away",
    ),
    "SQLITE_CORRUPT": ("a whole SQLite database", "it is damaged; restore a copy, or move it away and load again"),
    "SQLITE_FULL": ("room on the disk", "free some space and try again; nothing of this step was kept"),
    "SQLITE_IOERR": ("a disk that can be read and written", "check its space and its health, and try again"),
}  # fmt: skip


class DatabaseAddressError(SupportMapError, ValueError):
    """The address of the database is not one of SQLite or PostgreSQL."""


class RegistryMissingError(SupportMapError, FileNotFoundError):
    """There is no database where the settings say."""


class NotMigratedError(SupportMapError, RuntimeError):
    """The database has no schema yet, or an old one."""


class DatabaseNewerError(SupportMapError, RuntimeError):
    """The database was made by a newer version of the program, whose schema this one does not know."""


class DatabaseFileError(SupportMapError, OSError):
    """The file of an SQLite database cannot be used: it cannot be opened, is something else, or has no room."""


class DatabaseReadOnlyError(DatabaseFileError, PermissionError):
    """The file of an SQLite database may be read but not written."""


class DatabaseSilentError(SupportMapError, TimeoutError):
    """The database does not answer in time: it is frozen, cut off, or held by another program."""


def error_of_sqlite(error: BaseException, file: Path | None) -> SupportMapError | None:
    """Return what an error of SQLite means for who runs the program; None where it is about a statement."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if not isinstance(error, sqlite3.Error) or file is None:
        return None
    if name.startswith(_READ_ONLY):
        return read_only_error(file)
    if name.startswith(_SILENT):
        return DatabaseSilentError(
            f"expected to use the database {file} in time, found it locked by another program; wait for a load to end "
            "and try again, or end the program that holds it",
            database=str(file),
        )
    for prefix, (expected, remedy) in _BROKEN.items():
        if name.startswith(prefix):
            return DatabaseFileError(
                f"expected {expected} at {file}, found: {error}; {remedy}", database=str(file), found=name
            )
    return None


def read_only_error(file: Path | None) -> DatabaseReadOnlyError:
    """Return the error of writing to a file that may only be read."""
    return DatabaseReadOnlyError(
        f"expected a database that may be written at {file}, found one that may only be read; give the user of "
        "this program the right to write the file and its folder, or use a copy; nothing was changed",
        database=str(file),
    )
