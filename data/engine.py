"""Opening the database and bringing its schema up to date."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url

MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(database_url: str) -> Engine:
    """
    Return an engine for SQLite or PostGIS; no connection is made yet.

    SQLite gets its folder made, write-ahead logging (a load does not stop readers), enforced foreign keys and
    transactions that also cover reads and DDL.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 120})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin late and skip SELECT and DDL; we begin them ourselves below.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """
    Begin a transaction that covers reads and DDL too.

    A writer asks for the write lock at once with `execution_options(sqlite_begin="IMMEDIATE")`, so that it waits
    for another writer instead of failing half way.
    """
    kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to `revision`; going back uses `base` or an older revision's name."""
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        current = MigrationContext.configure(connection).get_current_revision()
        going_back = revision == "base" or (
            current is not None and revision in _ancestors(ScriptDirectory.from_config(config), current)
        )
        (command.downgrade if going_back else command.upgrade)(config, revision)


def is_migrated(engine: Engine) -> bool:
    """Whether the schema is the newest one."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _ancestors(scripts: ScriptDirectory, revision: str) -> set[str]:
    return {script.revision for script in scripts.iterate_revisions(revision, "base")} - {revision}
