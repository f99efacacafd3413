"""Opening the database, bringing its schema up to date, and the lock under which one process writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError

from data.store.database_errors import (
    DatabaseAddressError,
    DatabaseFileError,
    DatabaseNewerError,
    DatabaseSilentError,
    NotMigratedError,
    RegistryMissingError,
    error_of_sqlite,
    read_only_error,
)
from data.store.extras import require_extra
from data.store.patience import OF_COMMANDS, Patience
from data.store.sqlite_connection import (
    begin_sqlite,
    connect_sqlite,
    leave_read_only,
    prepare_sqlite,
)
from geo.errors import SupportMapError

__all__ = [
    "DatabaseAddressError",
    "NotMigratedError",
    "RegistryMissingError",
    "exclusive",
    "has_no_schema",
    "is_migrated",
    "migrate",
    "open_engine",
    "require_database",
    "require_migrated",
]

MIGRATIONS = Path(__file__).parent / "migrations"
_WRITE_LOCK = 0x5_0907  # any number that no other program asks PostgreSQL for
_OTHER_LOAD_MIN = 30


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


def require_database(engine: Engine) -> None:
    """
    Check that the file of an SQLite database exists: SQLite makes an empty one of a mistyped address.

    Raises
    ------
    RegistryMissingError
        If it does not; PostgreSQL says so itself when it is asked for a connection.
    DatabaseFileError
        If there is a folder in its place.
    """
    file = _sqlite_file(engine)
    if file is None or file.is_file():
        return
    if file.is_dir():
        raise DatabaseFileError(
            f"expected the file of a database at {file}, found a folder; add the name of the file to "
            "SUPPORT_MAP_DATABASE_URL",
            database=str(file),
        )
    raise RegistryMissingError(
        f"expected a database at {file}, found none; run `python -m data load --commit --or-example`",
        database=str(file),
    )


def require_migrated(engine: Engine) -> None:
    """
    Check that the schema is the newest one.

    Raises
    ------
    NotMigratedError
        If it is older, or there is none.
    DatabaseNewerError
        If it is of a newer version of the program.
    """
    if not is_migrated(engine):
        raise NotMigratedError(
            "expected the newest schema, found an older one or none; run `python -m data migrate` "
            "(CHANGELOG.md says when that empties the registry, which `python -m data load --commit` fills again)"
        )


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
    file = _sqlite_file(engine)

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


def migrate(engine: Engine, revision: str = "head") -> None:
    """
    Bring the schema to `revision`; going back uses `base` or an older revision's name.

    Makes the folder of an SQLite database. Another process that writes is waited for, so that two first loads
    at once both succeed.

    Raises
    ------
    DatabaseFileError
        If the folder cannot be made or the file cannot be used.
    DatabaseNewerError
        If the schema is of a newer version of the program.
    """
    _make_folder(engine)
    if revision == "head" and is_migrated(engine):
        return
    with exclusive(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        current = _current(connection)
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
            raise read_only_error(_sqlite_file(engine))
        connection = raw.execution_options(sqlite_begin="IMMEDIATE")
        try:
            transaction = connection.begin()
        except DatabaseSilentError as error:
            raise SupportMapError(
                "expected to write, found another load that holds the database; wait for it to end and try again"
            ) from error
        with transaction:
            yield connection


def is_migrated(engine: Engine) -> bool:
    """
    Whether the schema is the newest one.

    Raises
    ------
    DatabaseNewerError
        If it is of a newer version of the program.
    """
    with engine.connect() as connection:
        current = _current(connection)
    return current == _revisions().newest


def has_no_schema(engine: Engine) -> bool:
    """Tell whether the database is empty of a schema: no revision was ever applied."""
    file = _sqlite_file(engine)
    if file is not None and not file.exists():
        return True
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() is None


def _current(connection: Connection) -> str | None:
    """Return the revision of the schema; one that we do not know can only be a newer one."""
    current = MigrationContext.configure(connection).get_current_revision()
    known = _revisions().known
    if current is not None and current not in known:
        raise DatabaseNewerError(
            f"expected a schema up to revision {max(known)}, found {current}, of a newer version of this program; "
            "update the program, or name another database in SUPPORT_MAP_DATABASE_URL; nothing was changed",
            revision=current,
        )
    return current


class _Revisions(NamedTuple):
    newest: str | None
    known: frozenset[str]


@cache
def _revisions() -> _Revisions:
    """Return the revisions that this program knows; reading all migrations takes longer than asking a database."""
    scripts = ScriptDirectory.from_config(_config())
    return _Revisions(
        scripts.get_current_head(), frozenset(script.revision for script in scripts.walk_revisions())
    )


def _make_folder(engine: Engine) -> None:
    file = _sqlite_file(engine)
    if file is None or file.exists():
        require_database(engine)
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseFileError(
            f"expected a folder for the database at {file.parent}, found: {error.strerror or error}; correct "
            "SUPPORT_MAP_DATABASE_URL or the permissions",
            database=str(file),
        ) from error


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
