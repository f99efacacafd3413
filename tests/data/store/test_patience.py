"""A database that does not answer is given up in seconds, whoever holds it and however it is frozen."""

import os
import signal
import sqlite3
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from data.store.database_errors import DatabaseSilentError
from data.store.engine import open_engine
from data.store.patience import OF_COMMANDS, OF_PAGES, Patience
from data.store.schema_revision import migrate
from data.store.transactions import exclusive
from tests.support.postgis import running_cluster

HASTY = Patience(connect_s=2, pool_s=1, silence_s=2, statement_s=1, lock_s=1, idle_s=60)


@contextmanager
def frozen(engine):
    """Stop every process of a cluster, as a machine without air does."""
    with engine.connect() as connection:
        folder = connection.execute(text("SHOW data_directory")).scalar()
    main = (Path(folder) / "postmaster.pid").read_text().split()[0]
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=", "-o", "ppid="], capture_output=True, text=True, check=True
    ).stdout
    pids = [int(line.split()[0]) for line in listed.splitlines() if main in line.split()]
    assert len(pids) > 3
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@pytest.fixture(scope="module")
def own_cluster(postgis_programs):
    """Give a cluster of our own: freezing one that other tests use would freeze them."""
    with running_cluster(postgis_programs) as address:
        yield address


@pytest.mark.postgis
def test_a_frozen_server_is_given_up_and_taken_back(own_cluster):
    engine = open_engine(f"{own_cluster}/postgres", patience=HASTY)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    start = time.monotonic()
    # One connection waits in the pool, another is made: both are given up.
    with frozen(engine), pytest.raises((DatabaseSilentError, OperationalError)):
        engine.connect()
    assert time.monotonic() - start < 9
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 2")).scalar() == 2
    engine.dispose()


@pytest.mark.postgis
def test_a_server_that_freezes_during_a_statement_is_given_up(own_cluster):
    engine = open_engine(f"{own_cluster}/postgres", patience=HASTY)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        start = time.monotonic()
        with frozen(engine), pytest.raises(DatabaseSilentError, match="sent nothing for 2 s"):
            connection.execute(text("SELECT 2"))
        assert time.monotonic() - start < 4
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 3")).scalar() == 3
    engine.dispose()


@pytest.mark.postgis
def test_the_server_ends_what_takes_too_long_itself(own_cluster):
    engine = open_engine(f"{own_cluster}/postgres", patience=HASTY)
    with engine.connect() as connection, pytest.raises(DatabaseSilentError, match="statement timeout"):
        connection.execute(text("SELECT pg_sleep(3)"))
    with engine.connect() as connection:
        limits = [
            connection.execute(text(f"SHOW {name}")).scalar()
            for name in ("statement_timeout", "lock_timeout")
        ]
    assert limits == ["1s", "1s"]
    engine.dispose()


@pytest.mark.postgis
def test_a_load_waits_longer_than_a_page(own_cluster):
    patient = open_engine(f"{own_cluster}/postgres")
    with patient.connect() as connection:
        assert connection.execute(text("SHOW statement_timeout")).scalar() == "1h"
    with exclusive(patient), patient.connect() as other:
        assert not other.execute(text("SELECT pg_try_advisory_lock(329991)")).scalar()
    patient.dispose()
    assert OF_PAGES.connect_s + OF_PAGES.silence_s < 10
    assert OF_PAGES.lock_s < OF_COMMANDS.lock_s


def test_a_locked_file_is_given_up_and_taken_back(tmp_path):
    url = f"sqlite:///{tmp_path / 'held.sqlite'}"
    own = open_engine(url)
    migrate(own)
    own.dispose()
    holder = sqlite3.connect(tmp_path / "held.sqlite", isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    engine = open_engine(url, patience=HASTY)
    start = time.monotonic()
    with pytest.raises(DatabaseSilentError, match="locked by another program"):
        engine.connect()
    assert time.monotonic() - start < 3
    holder.execute("COMMIT")
    holder.close()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    engine.dispose()
