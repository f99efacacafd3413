"""Alive is said at once; ready only when the database answers, and details only to who runs the server."""

import json
import threading
import time
from datetime import UTC, datetime, timedelta

import anyio
import pytest
from sqlalchemy import text
from starlette.applications import Starlette

from data.store.engine import open_engine
from data.store.schema_revision import migrate
from layers.serving.readiness import Readiness, ReadinessCheck, find_readiness, health_routes
from tests.support.asking import asked

STRANGER = ("203.0.113.7", 40000)


def _app(check):
    return Starlette(routes=health_routes(check))


def test_alive_needs_no_database():
    answer = asked(_app(lambda: pytest.fail("not asked")), "/healthz", client=STRANGER)
    assert (answer.status, answer.body) == (200, b"ok")


def test_details_are_for_who_runs_the_server(monkeypatch):
    monkeypatch.setenv("SUPPORT_MAP_STATUS_TOKEN", "geheim")
    app = _app(lambda: Readiness(is_ready=True, database="answers", schema="newest", age_days=3, free_mb=900))
    assert json.loads(asked(app, "/readyz").body)["age_days"] == 3
    assert json.loads(asked(app, "/readyz", client=STRANGER).body) == {"is_ready": True}
    proxied = asked(app, "/readyz", headers={"x-forwarded-for": "203.0.113.7"})
    assert json.loads(proxied.body) == {"is_ready": True}
    told = asked(app, "/readyz", headers={"authorization": "Bearer geheim"}, client=STRANGER)
    assert json.loads(told.body)["free_mb"] == 900


def test_a_database_that_hangs_is_told_in_time_and_asked_once():
    asked_times, release = [], threading.Event()

    def hang():
        asked_times.append(1)
        release.wait(10)
        return Readiness(is_ready=True, database="answers")

    check = ReadinessCheck(hang, wait_s=0.2)
    start = time.monotonic()
    for _ in range(3):
        found = anyio.run(check.readiness)
        assert (found.is_ready, found.database) == (False, "silent")
    assert time.monotonic() - start < 3
    assert len(asked_times) == 1
    release.set()


def test_a_loaded_database_is_ready(monkeypatch, invented_database_url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
    found = find_readiness()
    assert (found.is_ready, found.database, found.schema) == (True, "answers", "newest")
    assert found.age_days == (datetime.now(tz=UTC).date() - found.as_of) / timedelta(days=1)
    assert found.free_mb > 0


@pytest.mark.parametrize(
    ("kind", "database", "schema"),
    [
        ("missing", "missing", None),
        ("odd", "refused", None),
        ("bare", "answers", "older"),
        ("empty", "answers", "newest"),
        ("newer", "answers", "newer"),
    ],
)
def test_what_is_not_ready_says_why(monkeypatch, tmp_path, kind, database, schema):
    file = tmp_path / f"{kind}.sqlite"
    url = f"sqlite:///{file}"
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", url)
    if kind == "odd":
        file.write_bytes(b"no database" * 200)
    elif kind == "bare":
        file.touch()
    elif kind != "missing":
        engine = open_engine(url)
        migrate(engine)
        if kind == "newer":
            with engine.begin() as connection:
                connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        engine.dispose()
    found = find_readiness()
    assert (found.is_ready, found.database, found.schema) == (False, database, schema)
    assert file.exists() == (kind != "missing")
