"""What the first visitor would wait for is made before, and anew after a change; without data a server starts, too."""

import contextlib
import logging
import shutil
import sqlite3
import threading
import time

import pytest
from sqlalchemy import make_url

from layers.cache import query_readers, shared_answers
from layers.cache.once import forget_all
from layers.site import first_visit


@pytest.fixture(autouse=True)
def _anew():
    forget_all()
    yield
    forget_all()


@pytest.fixture
def prepare(monkeypatch):
    """Return what prepares in a thread and gives it; it ends with the test."""
    monkeypatch.setattr(first_visit, "WATCH_S", 0.05)
    ended, threads = threading.Event(), []

    def begin():
        threads.append(first_visit.prepare_first_visit(ended))

    yield begin
    ended.set()
    for thread in threads:
        thread.join(60)


@pytest.fixture
def prepared(monkeypatch):
    """Return the states that were made ready, growing."""
    states, prepare = [], first_visit._prepare

    def noted():
        prepare()
        with contextlib.suppress(Exception):
            states.append(shared_answers.state_of_now())

    monkeypatch.setattr(first_visit, "_prepare", noted)
    return states


def wait_for(is_so):
    until = time.monotonic() + 60
    while not is_so() and time.monotonic() < until:
        time.sleep(0.02)
    assert is_so()


def test_registry_and_reader_are_there_for_the_first_visitor(
    monkeypatch, invented_database_url, caplog, prepare, prepared
):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
    prepare()
    wait_for(lambda: len(prepared) == 1)
    made = []
    monkeypatch.setattr(shared_answers, "read_registry", lambda *_, **__: made.append("registry"))
    monkeypatch.setattr(query_readers, "QueryReader", lambda *_, **__: made.append("reader"))
    registry = shared_answers.open_registry()
    assert query_readers.reader_of(registry).read("nocleg").need is not None
    assert made == []
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_a_load_while_the_server_runs_is_made_ready_before_anybody_asks(
    monkeypatch, tmp_path, invented_database_url, prepare, prepared
):
    database = tmp_path / "copy.sqlite"
    shutil.copy(make_url(invented_database_url).database, database)
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{database}")
    read, asked = [], shared_answers.read_registry
    monkeypatch.setattr(
        shared_answers, "read_registry", lambda *given, **named: read.append(1) or asked(*given, **named)
    )
    prepare()
    wait_for(lambda: len(prepared) == 1)
    time.sleep(0.3)
    assert len(prepared) == len(read) == 1, "nothing has changed, so nothing is made"
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE release SET fingerprint = 'another' WHERE state = 'current'")
    wait_for(lambda: len(prepared) == 2)
    assert prepared[0] != prepared[1] == shared_answers.open_registry().state.fingerprint
    assert len(read) == 2, "who comes after it reads nothing"


def test_without_a_database_the_server_starts(monkeypatch, tmp_path, caplog, prepare):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    with caplog.at_level(logging.INFO):
        prepare()
        wait_for(lambda: "nothing to prepare" in caplog.text)
        time.sleep(0.2)
    assert caplog.text.count("nothing to prepare") == 1
    assert not any(record.levelno >= logging.WARNING for record in caplog.records)
