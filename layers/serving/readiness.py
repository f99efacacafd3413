"""
Whether the server is alive and whether it can serve: `/healthz` and `/readyz`.

`/healthz` asks nobody. `/readyz` asks the database, in one thread for all who ask and never longer than a few
seconds; what it found is told to who runs the server, everybody else learns yes or no.
"""

import shutil
import time
from asyncio import shield, wait_for, wrap_future
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from data.reading.registry_state import newest_day
from data.store.database_errors import DatabaseNewerError, DatabaseSilentError, RegistryMissingError
from data.store.database_file import require_database
from data.store.engine import open_engine
from data.store.patience import OF_PAGES
from data.store.schema_revision import is_migrated
from data.store.settings import REPOSITORY
from geo.errors import SupportMapError
from layers.cache.settings_in_use import settings_in_use
from layers.serving.visitor import is_operator

_WAIT_S: Final = 4.0
_KEEP_S: Final = 2.0
_OLD_DAYS: Final = 180
_LEAST_FREE_MB: Final = 500
_NO_STORE: Final = {"cache-control": "no-store"}


@dataclass(frozen=True)
class Readiness:
    """
    What `/readyz` found.

    Attributes
    ----------
    is_ready
        The database answers, its schema is the newest, and there are data in it. Old data and little room are told
        beside it: they need a person, not another server.
    database
        `answers`, `silent`, `missing` or `refused`.
    schema
        `newest`, `older` or `newer`; None where the database does not answer.
    as_of
        The newest day that a register speaks of.
    age_days
        Days since then.
    is_old
        Whether that is more than half a year.
    free_mb
        Free room where the embedded database or the map files lie.
    has_room
        Whether that is at least 500 MB.
    """

    is_ready: bool
    database: str
    schema: str | None = None
    as_of: date | None = None
    age_days: int | None = None
    is_old: bool | None = None
    free_mb: int | None = None
    has_room: bool | None = None


class ReadinessCheck:
    """
    Asks in one thread for everybody, and remembers for two seconds.

    Parameters
    ----------
    check
        Finds out; it must end by itself.
    wait_s
        How long one request waits for it.
    """

    def __init__(self, check: Callable[[], Readiness], *, wait_s: float = _WAIT_S) -> None:
        self._check = check
        self._wait_s = wait_s
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="readiness")
        self._running: Future[Readiness] | None = None
        self._found: tuple[float, Readiness] | None = None

    async def readiness(self) -> Readiness:
        """Return what was found; that the database is silent when finding out takes too long."""
        if self._found and time.monotonic() - self._found[0] < _KEEP_S:
            return self._found[1]
        if self._running is None or self._running.done():
            self._running = self._thread.submit(self._run)
        try:
            return await wait_for(_shielded(self._running), self._wait_s)
        except TimeoutError:
            return Readiness(is_ready=False, database="silent")

    def _run(self) -> Readiness:
        found = self._check()
        self._found = (time.monotonic(), found)
        return found


def health_routes(check: Callable[[], Readiness] | None = None) -> list[Route]:
    """Return the routes of `/healthz` and `/readyz`."""
    checked = ReadinessCheck(check or find_readiness)

    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok", headers=_NO_STORE)

    async def ready(request: Request) -> Response:
        found = await checked.readiness()
        details = is_operator(request.scope, settings_in_use().status_token)
        told = _plain(found) if details else {"is_ready": found.is_ready}
        return JSONResponse(told, status_code=200 if found.is_ready else 503, headers=_NO_STORE)

    return [Route("/healthz", alive), Route("/readyz", ready)]


def find_readiness() -> Readiness:
    """Ask the database that the settings name."""
    engine = _engine(settings_in_use().database_url)
    found = _found(engine)
    free_mb = _free_mb(engine)
    return replace(found, free_mb=free_mb, has_room=None if free_mb is None else free_mb >= _LEAST_FREE_MB)


def _found(engine: Engine) -> Readiness:
    try:
        require_database(engine)
        if not is_migrated(engine):
            return Readiness(is_ready=False, database="answers", schema="older")
        with engine.connect() as connection:
            as_of = newest_day(connection)
    except DatabaseNewerError:
        return Readiness(is_ready=False, database="answers", schema="newer")
    except (SupportMapError, SQLAlchemyError) as error:
        words: dict[type[Exception], str] = {RegistryMissingError: "missing", DatabaseSilentError: "silent"}
        return Readiness(is_ready=False, database=words.get(type(error), "refused"))
    if as_of is None:
        return Readiness(is_ready=False, database="answers", schema="newest")
    age = (datetime.now(tz=UTC).date() - as_of).days
    return Readiness(
        is_ready=True, database="answers", schema="newest", as_of=as_of, age_days=age, is_old=age > _OLD_DAYS
    )


@cache
def _engine(url: str) -> Engine:
    return open_engine(url, patience=OF_PAGES)


def _free_mb(engine: Engine) -> int | None:
    """Return the free room of the disk; of the nearest folder that there is."""
    is_file = engine.dialect.name == "sqlite" and engine.url.database
    place = Path(engine.url.database).resolve() if is_file and engine.url.database else REPOSITORY / "var"
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        return shutil.disk_usage(place).free // 1_000_000
    except OSError:
        return None


async def _shielded(future: Future[Readiness]) -> Readiness:
    """Wait for a future of all requests; who gives up waiting must not end it for the others."""
    return await shield(wrap_future(future))


def _plain(found: Readiness) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(found).items()
    }
