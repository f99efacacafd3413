"""Opening the database: an engine for SQLite or PostGIS that explains what it cannot do."""

from functools import partial
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError

from data.store.database_errors import DatabaseAddressError, DatabaseSilentError, error_of_sqlite
from data.store.database_file import sqlite_file
from data.store.extras import require_extra
from data.store.patience import OF_COMMANDS, Patience
from data.store.sqlite_connection import begin_sqlite, connect_sqlite, leave_read_only, prepare_sqlite


def open_engine(database_url: str, *, patience: Patience = OF_COMMANDS) -> Engine:
    """
    Return an engine for SQLite or PostGIS; no connection and no file is made yet.

    SQLite gets write-ahead logging (a load does not stop readers), enforced foreign keys and transactions that
    also cover reads and DDL. A file that may only be read is read.

    Parameters
    ----------
    database_url
        SQLAlchemy address.
    patience
        How long to wait; pages give `OF_PAGES`.

    Raises
    ------
    DatabaseAddressError
        If the address cannot be read, names another database or a driver that is not installed. What is wrong with
        the database as a whole is raised when it is asked: `DatabaseFileError`, `DatabaseReadOnlyError`,
        `DatabaseSilentError`.
    """
    try:
        url = make_url(database_url)
        backend = url.get_backend_name()
        if backend == "postgresql":
            return _postgresql_engine(url, patience)
        if backend == "sqlite":
            return _sqlite_engine(url, patience)
    except (ArgumentError, ImportError) as error:
        raise _address_error(database_url) from error
    raise _address_error(database_url)


def _postgresql_engine(url: Any, patience: Patience) -> Engine:
    require_extra("psycopg", "postgis", purpose="databases of PostgreSQL")
    from data.store.postgresql_connection import UNANSWERED, PatientConnection  # noqa: PLC0415 - an extra

    own = url.query.get("options", "")
    arguments = patience.postgresql_arguments(own if isinstance(own, str) else " ".join(own))
    engine = create_engine(url, pool_pre_ping=True, pool_timeout=patience.pool_s, connect_args=arguments)
    if engine.dialect.driver == "psycopg":
        # A class of its own, because the limit belongs to the connection.
        kind: Any = type("Connection", (PatientConnection,), {"silence_s": patience.silence_s})

        def connect(_dialect: Any, _record: Any, positional: Any, named: Any) -> Any:
            return kind.connect(*positional, **named)

        event.listen(engine, "do_connect", connect)
    event.listen(engine, "handle_error", partial(_explain_postgresql, unanswered=UNANSWERED))
    return engine


def _explain_postgresql(context: ExceptionContext, *, unanswered: tuple[type[Exception], ...]) -> None:
    """Say that the server does not answer; the pool's own question finds that out by itself and connects again."""
    error = context.original_exception
    if context.is_pre_ping or not isinstance(error, unanswered):
        return
    raise DatabaseSilentError(
        f"expected the database to answer in time, found: {str(error).strip()}; see whether the server runs and what "
        "holds it, and try again"
    ) from error


def _sqlite_engine(url: Any, patience: Patience) -> Engine:
    # A database in memory has one connection, for which nobody waits.
    pool = {} if url.database in {None, "", ":memory:"} else {"pool_timeout": patience.pool_s}
    engine = create_engine(url, connect_args={"timeout": float(patience.lock_s)}, **pool)
    file = sqlite_file(engine)

    def explain(context: ExceptionContext) -> None:
        explained = error_of_sqlite(context.original_exception, file)
        if explained is not None:
            raise explained from context.original_exception

    event.listen(engine, "do_connect", connect_sqlite)
    event.listen(engine, "connect", partial(prepare_sqlite, wait_s=patience.lock_s))
    event.listen(engine, "checkin", leave_read_only)
    event.listen(engine, "begin", begin_sqlite)
    event.listen(engine, "handle_error", explain)
    return engine


def _address_error(database_url: str) -> DatabaseAddressError:
    # Only the scheme: the rest may hold a password.
    scheme, separator, _ = database_url.partition("://")
    found = f"{scheme}://…" if separator else "an address without ://"
    return DatabaseAddressError(
        "expected SUPPORT_MAP_DATABASE_URL as sqlite:///PATH or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE, "
        f"found {found}; correct it, or unset it for the embedded database",
        found=found,
    )
