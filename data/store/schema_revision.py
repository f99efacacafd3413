"""The revision of the schema: whether it is the newest one, and bringing it there."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from data.store.database_errors import DatabaseNewerError, NotMigratedError
from data.store.database_file import make_folder, sqlite_file
from data.store.transactions import exclusive

MIGRATIONS = Path(__file__).parent / "migrations"


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
    make_folder(engine)
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
    file = sqlite_file(engine)
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


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _ancestors(scripts: ScriptDirectory, revision: str) -> set[str]:
    return {script.revision for script in scripts.iterate_revisions(revision, "base")} - {revision}
