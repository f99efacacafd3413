"""The file of an SQLite database: where it is, and that it is there."""

from pathlib import Path

from sqlalchemy import Engine

from data.store.database_errors import DatabaseFileError, RegistryMissingError


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
    file = sqlite_file(engine)
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


def make_folder(engine: Engine) -> None:
    """Make the folder of the file of an SQLite database that is not there yet."""
    file = sqlite_file(engine)
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


def sqlite_file(engine: Engine) -> Path | None:
    """Return the file of an SQLite database; None in memory and for other databases."""
    database = engine.url.database
    is_file = engine.dialect.name == "sqlite" and database not in {None, "", ":memory:"}
    return Path(str(database)) if is_file else None
