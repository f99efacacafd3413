"""A connection to SQLite: opened also where the file may only be read, with the journal and transactions we want."""

import sqlite3
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection


def connect_sqlite(_dialect: Any, record: Any, positional: Any, named: Any) -> Any:
    """Open a database, also one that this user may only read."""
    connection = sqlite3.connect(*positional, **named)
    record.info.pop("is_immutable", None)
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").close()
    except sqlite3.Error as error:
        connection.close()
        if not _may_only_be_read(error, Path(positional[0])):
            raise
        # Write-ahead logging wants to write beside the file even for a reader, unless nobody can change it.
        address = f"file:{quote(str(Path(positional[0]).resolve()))}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, **named)
        record.info["is_immutable"] = True
    return connection


def leave_read_only(_connection: Any, record: Any) -> None:
    """Close a connection that takes its file for unchangeable: somebody may change it before the next question."""
    if record.info.get("is_immutable"):
        record.invalidate()


def prepare_sqlite(connection: Any, _record: Any, *, wait_s: float) -> None:
    """Set up a new connection."""
    # The driver's own transactions begin late and skip SELECT and DDL; we begin them ourselves below.
    connection.isolation_level = None
    cursor = connection.cursor()
    _use_write_ahead_log(cursor, wait_s)
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def begin_sqlite(connection: Connection) -> None:
    """
    Begin a transaction that covers reads and DDL too.

    A writer asks for the write lock at once with `execution_options(sqlite_begin="IMMEDIATE")`, so that it waits
    for another writer instead of failing half way.
    """
    kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")


def _use_write_ahead_log(cursor: Any, wait_s: float) -> None:
    """Switch the journal; of several first connections at once SQLite refuses all but one without waiting."""
    last = time.monotonic() + wait_s
    while True:
        try:
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith("SQLITE_READONLY"):
                return  # who only reads needs no journal
            is_held = error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            if not is_held or time.monotonic() > last:
                raise
            time.sleep(0.05)
        else:
            return


def _may_only_be_read(error: sqlite3.Error, file: Path) -> bool:
    """Tell whether the file is there, whole, and only the right to write beside it is missing."""
    if not error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) or not file.is_file():
        return False
    log = file.with_name(f"{file.name}-wal")
    # What a load wrote last would stand there alone: without it the registry would be an older one.
    return not (log.exists() and log.stat().st_size)
