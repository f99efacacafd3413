"""What the first visitor would wait for is made before, and a server without data starts all the same."""

import logging

import pytest

from layers.cache import query_readers, shared_answers
from layers.cache.once import forget_all
from layers.site import first_visit


@pytest.fixture(autouse=True)
def _anew():
    forget_all()
    yield
    forget_all()


def test_registry_and_reader_are_there_for_the_first_visitor(monkeypatch, invented_database_url, caplog):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
    first_visit.prepare_first_visit().join(60)
    made = []
    monkeypatch.setattr(shared_answers, "read_registry", lambda *_, **__: made.append("registry"))
    monkeypatch.setattr(query_readers, "QueryReader", lambda *_, **__: made.append("reader"))
    registry = shared_answers.open_registry()
    assert query_readers.reader_of(registry).read("nocleg").need is not None
    assert made == []
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_without_a_database_the_server_starts(monkeypatch, tmp_path, caplog):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    with caplog.at_level(logging.INFO):
        first_visit.prepare_first_visit().join(30)
    assert "nothing to prepare" in caplog.text
    assert not any(record.levelno >= logging.WARNING for record in caplog.records)
