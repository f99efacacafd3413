"""
The process that writes light pages.

Python runs one thread of a process at a time. Beside planners' pages that are drawn, a search of 15 ms would wait for
seconds; in a process of its own it waits for other searches only.
"""

import asyncio
import threading
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from data.store.settings import Settings
from layers.answers.errors import JobError, JobLostError, PageLostError
from layers.cache.settings_in_use import settings_in_use, use_settings
from layers.jobs.bench import Bench
from layers.jobs.job import Job
from layers.jobs.pool import Outcome, WorkerPool
from layers.site.light_pages import LIGHT_PAGES, in_words
from layers.site.ready_pages import make_ready

_LIMIT_S: Final = 60.0
_SENT: Final = (
    "type",
    "http_version",
    "method",
    "scheme",
    "path",
    "raw_path",
    "query_string",
    "root_path",
    "headers",
    "client",
    "server",
    "path_params",
)
"""What a page may know of a request: plain values, which another process can read."""


@dataclass(frozen=True)
class Asked:
    """A request on its way to the process: the pattern of its address and its scope."""

    path: str
    scope: dict[str, Any]


@dataclass(frozen=True)
class Written:
    """A page on its way back."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class PageProcess:
    """
    One process that writes light pages, each after the other; a lost one is made anew.

    Parameters
    ----------
    settings
        Where the database is.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool = WorkerPool(workers=1, limit_s=_LIMIT_S, niceness=0, most_tasks=0)

    async def answer(self, path: str, request: Request) -> Response:
        """Return the answer to a request; one that a lost process took with it is asked for once more."""
        asked = Asked(path, {name: request.scope[name] for name in _SENT if name in request.scope})
        outcome = await self._outcome(asked)
        if type(outcome) is JobLostError:
            outcome = await self._outcome(asked)
        return _response(outcome, request)

    async def _outcome(self, asked: Asked) -> Outcome:
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Outcome] = loop.create_future()

        def tell(outcome: Outcome) -> None:
            # Whoever asked may be gone by now.
            if not waiting.done():
                waiting.set_result(outcome)

        def tell_here(outcome: Outcome) -> None:
            loop.call_soon_threadsafe(tell, outcome)

        self._pool.start(Job(self._settings, write, (asked,)), tell_here)
        return await waiting

    def make_ready(self) -> None:
        """Let the process read the state of now and what the first visitor needs, and wait for it."""
        is_over = threading.Event()
        self._pool.start(Job(self._settings, prepare), lambda _: is_over.set())
        is_over.wait(_LIMIT_S)

    def close(self) -> None:
        """End the process; the next request starts another."""
        self._pool.close()


@lru_cache(maxsize=1)
def page_process(settings: Settings) -> PageProcess:
    """Return the process of this server for a database."""
    return PageProcess(settings)


def write(bench: Bench, asked: Asked) -> Written:
    """Write a page, in the process of pages."""
    _settle(bench.settings)
    response = LIGHT_PAGES[asked.path](Request(asked.scope))
    return Written(response.status_code, response.raw_headers, bytes(response.body))


def prepare(bench: Bench) -> None:
    """Make ready what pages need, in the process of pages."""
    _settle(bench.settings)
    make_ready()


def _settle(settings: Settings) -> None:
    """Go by the settings of the server; what pages need is read here, and no process starts others."""
    alone = replace(settings, jobs=0)
    if settings_in_use() != alone:
        use_settings(alone)


def _response(outcome: Outcome, request: Request) -> Response:
    def answer(_request: Request) -> Response:
        if isinstance(outcome, JobError):
            raise PageLostError(f"expected a page of {request.scope['path']!r}, found none") from outcome
        if isinstance(outcome, Exception):
            raise outcome
        written: Written = outcome.unpack()
        response = Response(written.body, written.status)
        response.raw_headers = written.headers
        return response

    return in_words(answer)(request)
