"""Two ways to use a database: alone as the one that writes, or to read all of one moment."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, Engine, text

from data.store.database_errors import DatabaseSilentError, read_only_error
from data.store.database_file import sqlite_file
from geo.errors import SupportMapError

_WRITE_LOCK = 0x5_0907  # any number that no other program asks PostgreSQL for
_OTHER_LOAD_MIN = 30


@contextmanager
def exclusive(engine: Engine, report: Callable[[str], None] = lambda _: None) -> Iterator[Connection]:
    """
    Give the one connection that may write now, in a transaction; another writer is waited for.

    Raises
    ------
    DatabaseReadOnlyError
        If an SQLite database may not be written.
    SupportMapError
        If another process holds an SQLite database for two minutes, or PostgreSQL for half an hour.
    """
    if engine.dialect.name == "postgresql":
        key = {"key": _WRITE_LOCK}
        with engine.begin() as connection:
            if not connection.execute(text("SELECT pg_try_advisory_xact_lock(:key)"), key).scalar():
                report("Another load is running; waiting for it.")
                connection.execute(text(f"SET LOCAL lock_timeout = '{_OTHER_LOAD_MIN}min'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), key)
            yield connection
        return
    with engine.connect() as raw:
        if raw.info.get("is_immutable"):
            raise read_only_error(sqlite_file(engine))
        connection = raw.execution_options(sqlite_begin="IMMEDIATE")
        try:
            transaction = connection.begin()
        except DatabaseSilentError as error:
            raise SupportMapError(
                "expected to write, found another load that holds the database; wait for it to end and try again"
            ) from error
        with transaction:
            yield connection


def writing(
    engine: Engine, report: Callable[[str], None] = lambda _: None
) -> AbstractContextManager[Connection]:
    """Give a connection that writes a few rows beside a load; only SQLite has to wait for one that runs meanwhile."""
    return exclusive(engine, report) if engine.dialect.name == "sqlite" else engine.begin()


@contextmanager
def one_moment(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose SELECTs all see the same state."""
    # PostgreSQL would otherwise let each SELECT see what was committed a moment before it.
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**options) as connection:
        yield connection
