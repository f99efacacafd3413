"""Opening the database, bringing its schema up to date, and the lock under which one process writes."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError

from geo.errors import SupportMapError

MIGRATIONS = Path(__file__).parent / "migrations"
_SQLITE_WAIT_S = 120
_WRITE_LOCK = 0x5_0907  # any number that no other program asks PostgreSQL for


class DatabaseAddressError(SupportMapError, ValueError):
    """The address of the database is not one of SQLite or PostgreSQL."""


class RegistryMissingError(SupportMapError, FileNotFoundError):
    """There is no database where the settings say."""


class NotMigratedError(SupportMapError, RuntimeError):
    """The database has no schema yet, or an old one."""


def open_engine(database_url: str) -> Engine:
    """
    Return an engine for SQLite or PostGIS; no connection and no file is made yet.

    SQLite gets write-ahead logging (a load does not stop readers), enforced foreign keys and transactions that
    also cover reads and DDL.

    Raises
    ------
    DatabaseAddressError
        If the address cannot be read, names another database or a driver that is not installed.
    """
    try:
        url = make_url(database_url)
        backend = url.get_backend_name()
        if backend == "postgresql":
            return create_engine(url, pool_pre_ping=True)
        if backend == "sqlite":
            engine = create_engine(url, connect_args={"timeout": _SQLITE_WAIT_S})
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
    except (ArgumentError, ImportError) as error:
        raise _address_error(database_url) from error
    raise _address_error(database_url)


def require_database(engine: Engine) -> None:
    """
    Check that the file of an SQLite database exists: SQLite makes an empty one of a mistyped address.

    Raises
    ------
    RegistryMissingError
        If it does not; PostgreSQL says so itself when it is asked for a connection.
    """
    file = _sqlite_file(engine)
    if file is not None and not file.is_file():
        raise RegistryMissingError(
            f"expected a database at {file}, found none; run `make data`", database=str(file)
        )


def require_migrated(engine: Engine) -> None:
    """
    Check that the schema is the newest one.

    Raises
    ------
    NotMigratedError
        If it is older, or there is none.
    """
    if not is_migrated(engine):
        raise NotMigratedError(
            "expected the newest schema, found an older one or none; run `python -m data migrate` "
            "(CHANGELOG.md says when that empties the registry, which `python -m data load --commit` fills again)"
        )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin late and skip SELECT and DDL; we begin them ourselves below.
    connection.isolation_level = None
    cursor = connection.cursor()
    _use_write_ahead_log(cursor)
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _use_write_ahead_log(cursor: Any) -> None:
    """Switch the journal; of several first connections at once SQLite refuses all but one without waiting."""
    last = time.monotonic() + _SQLITE_WAIT_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > last:
                raise
            time.sleep(0.05)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """
    Begin a transaction that covers reads and DDL too.

    A writer asks for the write lock at once with `execution_options(sqlite_begin="IMMEDIATE")`, so that it waits
    for another writer instead of failing half way.
    """
    kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")


def migrate(engine: Engine, revision: str = "head") -> None:
    """
    Bring the schema to `revision`; going back uses `base` or an older revision's name.

    Makes the folder of an SQLite database. Another process that writes is waited for, so that two first loads
    at once both succeed.
    """
    file = _sqlite_file(engine)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    if revision == "head" and is_migrated(engine):
        return
    with exclusive(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        current = MigrationContext.configure(connection).get_current_revision()
        going_back = revision == "base" or (
            current is not None and revision in _ancestors(ScriptDirectory.from_config(config), current)
        )
        (command.downgrade if going_back else command.upgrade)(config, revision)


@contextmanager
def exclusive(engine: Engine, report: Callable[[str], None] = lambda _: None) -> Iterator[Connection]:
    """
    Give the one connection that may write now, in a transaction; another writer is waited for.

    Raises
    ------
    SupportMapError
        If another process holds an SQLite database for two minutes.
    """
    if engine.dialect.name == "postgresql":
        key = {"key": _WRITE_LOCK}
        with engine.begin() as connection:
            if not connection.execute(text("SELECT pg_try_advisory_xact_lock(:key)"), key).scalar():
                report("Another load is running; waiting for it.")
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), key)
            yield connection
        return
    with engine.connect() as raw:
        connection = raw.execution_options(sqlite_begin="IMMEDIATE")
        try:
            transaction = connection.begin()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            raise SupportMapError(
                f"expected to write within {_SQLITE_WAIT_S} s, found another load that holds the database; "
                "wait for it to end and try again"
            ) from error
        with transaction:
            yield connection


def is_migrated(engine: Engine) -> bool:
    """Whether the schema is the newest one."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config()).get_current_head()


def has_no_schema(engine: Engine) -> bool:
    """Whether no revision was ever applied: there is nothing that a migration could change."""
    file = _sqlite_file(engine)
    if file is not None and not file.exists():
        return True
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() is None


def _sqlite_file(engine: Engine) -> Path | None:
    """Return the file of an SQLite database; None in memory and for other databases."""
    database = engine.url.database
    is_file = engine.dialect.name == "sqlite" and database not in {None, "", ":memory:"}
    return Path(str(database)) if is_file else None


def _address_error(database_url: str) -> DatabaseAddressError:
    # Only the scheme: the rest may hold a password.
    scheme, separator, _ = database_url.partition("://")
    found = f"{scheme}://…" if separator else "an address without ://"
    return DatabaseAddressError(
        "expected SUPPORT_MAP_DATABASE_URL as sqlite:///PATH or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE, "
        f"found {found}; correct it, or unset it for the embedded database",
        found=found,
    )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _ancestors(scripts: ScriptDirectory, revision: str) -> set[str]:
    return {script.revision for script in scripts.iterate_revisions(revision, "base")} - {revision}
