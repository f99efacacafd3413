"""What is wrong with a database as a whole is said at once, by every command, with what to do."""

import os
import sqlite3
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from data.__main__ import main
from data.registry.reading import read_registry
from data.store.database_errors import (
    DatabaseFileError,
    DatabaseNewerError,
    DatabaseReadOnlyError,
    error_of_sqlite,
)
from data.store.engine import open_engine
from data.store.schema_revision import migrate, require_migrated
from data.store.transactions import exclusive
from layers.__main__ import main as draw

READING = (
    ["status"],
    ["work"],
    ["totals"],
    ["duplicates"],
    ["quality"],
    ["changes", "x"],
    ["export", "csv", "x.zip"],
)
WRITING = (["migrate"], ["load"], ["load", "--commit"], ["undo"])


@contextmanager
def nobody(*, only: Path):
    """Be somebody without rights in a folder; root has all rights, so it becomes another user."""
    only.chmod(0o555)
    for file in only.iterdir():
        file.chmod(0o444)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        only.chmod(0o755)


@pytest.fixture
def read_only(invented_database_url):
    """Give the address of a registry that may be read but not written, in a folder that others can reach."""
    with tempfile.TemporaryDirectory(prefix="support-map-") as name:
        folder = Path(name)
        source = sqlite3.connect(invented_database_url.removeprefix("sqlite:///"))
        target = sqlite3.connect(folder / "registry.sqlite")
        source.backup(target)
        target.execute("PRAGMA journal_mode = WAL")
        source.close()
        target.close()
        with nobody(only=folder):
            yield f"sqlite:///{folder / 'registry.sqlite'}"


def test_a_file_that_may_only_be_read_is_read(read_only):
    engine = open_engine(read_only)
    require_migrated(engine)
    registry = read_registry(engine)
    assert registry.state.is_invented
    assert len(registry.services)
    engine.dispose()


@pytest.mark.parametrize("command", [["load", "--commit", "--again"], ["undo"]])
def test_a_file_that_may_only_be_read_is_not_written_and_nobody_waits(
    read_only, command, monkeypatch, capsys
):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", read_only)
    monkeypatch.setenv("SUPPORT_MAP_MIRROR", "")
    monkeypatch.setenv("SUPPORT_MAP_CACHE", "/none")
    start = time.monotonic()
    assert main(command) == 1
    assert time.monotonic() - start < 20
    assert "found one that may only be read" in capsys.readouterr().err


def test_reading_commands_read_a_file_that_may_only_be_read(read_only, monkeypatch, capsys):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", read_only)
    assert main(["status"]) == 0
    assert main(["migrate"]) == 0, "there is nothing to migrate"
    assert "EXAMPLE REGION" in capsys.readouterr().out


def test_a_lock_for_writing_is_refused_at_once(read_only):
    engine = open_engine(read_only)
    start = time.monotonic()
    with pytest.raises(DatabaseReadOnlyError), exclusive(engine) as connection:
        connection.execute(text("DELETE FROM service"))
    assert time.monotonic() - start < 5
    engine.dispose()


def test_unwritten_changes_beside_a_read_only_file_are_not_passed_over(read_only):
    file = Path(read_only.removeprefix("sqlite:///"))
    error = sqlite3.OperationalError("attempt to write a readonly database")
    error.sqlite_errorname = "SQLITE_READONLY_CANTINIT"
    from data.store.sqlite_connection import _may_only_be_read

    assert _may_only_be_read(error, file)
    if os.getuid() == 0:
        os.seteuid(0)
    file.parent.chmod(0o755)
    file.with_name(f"{file.name}-wal").write_bytes(b"changes")
    assert not _may_only_be_read(error, file)


@pytest.fixture
def newer(tmp_path):
    """Give the address of a database whose schema is of a later program."""
    url = f"sqlite:///{tmp_path / 'newer.sqlite'}"
    engine = open_engine(url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    engine.dispose()
    return url


@pytest.mark.parametrize("command", [*READING, *WRITING], ids=" ".join)
def test_a_database_of_a_newer_program_is_said_by_every_command(
    newer, command, monkeypatch, capsys, tmp_path
):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", newer)
    monkeypatch.setenv("SUPPORT_MAP_MIRROR", "")
    monkeypatch.chdir(tmp_path)
    assert main(command) == 1
    said = capsys.readouterr().err
    assert "found 0999, of a newer version of this program; update the program" in said
    assert "run `python -m data migrate`" not in said
    engine = open_engine(newer)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0999"
    engine.dispose()


def test_a_newer_database_is_told_on_both_kinds(engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    for ask in (require_migrated, migrate):
        with pytest.raises(DatabaseNewerError):
            ask(engine)


def test_drawing_commands_say_it_too(newer, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", newer)
    assert draw(["snapshot", "--out", str(tmp_path / "out")]) == 1
    assert "of a newer version of this program" in capsys.readouterr().err


@pytest.mark.parametrize("command", [*READING, *WRITING], ids=" ".join)
@pytest.mark.parametrize("kind", ["random", "folder", "beneath a file", "text"])
def test_a_place_that_cannot_hold_a_database_is_said_at_once(tmp_path, kind, command, monkeypatch, capsys):
    place = tmp_path / "place"
    if kind == "folder":
        place.mkdir()
    else:
        place.write_bytes(b"no database " * 100 if kind == "text" else bytes(range(1, 256)) * 20)
    if kind == "beneath a file":
        place = place / "registry.sqlite"
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{place}")
    monkeypatch.setenv("SUPPORT_MAP_MIRROR", "")
    monkeypatch.chdir(tmp_path)
    start = time.monotonic()
    assert main(command) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: expected ")
    assert str(place.parent) in said
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("SQLITE_FULL", "free some space"),
        ("SQLITE_IOERR_WRITE", "check its space"),
        ("SQLITE_CORRUPT", "restore a copy"),
        ("SQLITE_CANTOPEN_ISDIR", "check the path"),
    ],
)
def test_every_trouble_of_a_file_says_what_to_do(code, words):
    error = sqlite3.OperationalError("trouble")
    error.sqlite_errorname = code
    explained = error_of_sqlite(error, Path("/srv/registry.sqlite"))
    assert isinstance(explained, DatabaseFileError)
    assert words in str(explained)
    assert error_of_sqlite(sqlite3.IntegrityError("UNIQUE"), Path("/srv/registry.sqlite")) is None
