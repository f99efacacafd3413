"""Light pages that a process of their own writes: the same bytes, words when it is lost, and a new one after that."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette

from data.store.settings import Settings
from layers.answers.errors import JobLostError
from layers.cache.settings_in_use import settings_in_use, use_settings
from layers.jobs.bench import Bench
from layers.site import page_process as module
from layers.site.page_process import Asked, page_process
from layers.site.routes import site_routes
from tests.support.asking import asked

ADDRESSES = [
    ("/", "lang=uk"),
    ("/pomoc", "lang=pl&q=nocleg"),
    ("/gmina/980101", ""),
    ("/gmina/990101", "lang=en"),
    ("/pomoc/podpowiedzi", "q=klub"),
    ("/robots.txt", ""),
]


@pytest.fixture
def settings(invented_database_url, monkeypatch):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
    monkeypatch.setenv("SUPPORT_MAP_JOBS", "1")
    settings = Settings.from_environment()
    yield settings
    page_process(settings).close()
    page_process.cache_clear()


def answer_of(address):
    answer = asked(Starlette(routes=site_routes()), *address, headers={"host": "mapa.example"})
    return answer.status, sorted(answer.headers.items()), answer.body


def test_the_process_of_pages_writes_what_this_one_would(settings, monkeypatch):
    written = [answer_of(address) for address in ADDRESSES]
    monkeypatch.setenv("SUPPORT_MAP_JOBS", "0")
    assert written == [answer_of(address) for address in ADDRESSES]
    assert [status for status, _, _ in written] == [200, 303, 200, 404, 200, 200]


@pytest.mark.parametrize("wait_s", [0.0, 0.5])
def test_a_process_that_is_killed_is_made_anew_and_nobody_is_told(settings, wait_s):
    process = page_process(settings)
    process.make_ready()
    (worker,) = process._pool._running_pool()._pool_manager.worker_manager.workers
    os.kill(worker, signal.SIGKILL)
    time.sleep(wait_s)
    with ThreadPoolExecutor(4) as visitors:
        answers = list(visitors.map(answer_of, [("/", "")] * 4))
    assert [status for status, _, _ in answers] == [200] * 4


def test_a_page_that_the_process_did_not_write_is_words(settings, monkeypatch):
    def lost(job, done):
        done(JobLostError("expected a page, found its process ended"))

    monkeypatch.setattr(page_process(settings)._pool, "start", lost)
    status, headers, body = answer_of(("/gmina/980101", "lang=en"))
    assert status == 503
    assert ("cache-control", "no-store") in headers
    assert b"Open it again in half a minute" in body


def test_the_process_goes_by_the_settings_of_the_server_and_starts_no_others(invented_database_url):
    settings = Settings.from_environment(
        {"SUPPORT_MAP_DATABASE_URL": invented_database_url, "SUPPORT_MAP_JOBS": "2"}
    )
    try:
        written = module.write(Bench(settings), Asked("/robots.txt", _scope("/robots.txt")))
        assert (written.status, settings_in_use().jobs) == (200, 0)
        assert settings_in_use().database_url == invented_database_url
    finally:
        use_settings(None)


def _scope(path):
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [],
        "path_params": {},
    }
