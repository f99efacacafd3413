"""
What is known while the database does not answer: the last state that it told, and since when it is silent.

A page asks the database which state of the registry is the newest. When it does not answer in time, the state that
it told last goes on being shown, and the next visitors do not wait for it: one thread asks again every few seconds.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from functools import cache
from typing import Final, TypeVar

from sqlalchemy import Engine, text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from data.store.database_errors import DatabaseSilentError

RETRY_S: Final = 5.0
_GRACE_S: Final = 0.5
"""How long a visitor waits for the thread that asks again: the first one after a quiet hour should see it answer."""
_MOST_KNOWN: Final = 64
_SILENCE: Final = (DatabaseSilentError, OperationalError, InterfaceError, PoolTimeoutError)

Answer = TypeVar("Answer")


class DatabaseWatch:
    """
    Whether one database answers, for all sessions of the process.

    Parameters
    ----------
    probe
        Asks the database something small; it must end by itself.
    retry_s
        Least time between two attempts while the database is silent.
    """

    def __init__(self, probe: Callable[[], object], *, retry_s: float) -> None:
        self._probe = probe
        self._retry_s = retry_s
        self._lock = threading.Lock()
        self._known: OrderedDict[Hashable, object] = OrderedDict()
        self._answered_at: datetime | None = None
        self._failed_at: float | None = None
        self._attempt: threading.Thread | None = None

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """
        Return the answer of a question that may not reach the database: a success says nothing of its health.

        Raises
        ------
        DatabaseSilentError
            If it does not answer; at once when that is known already.
        """
        if self.is_silent():
            raise DatabaseSilentError(
                "expected an answer of the database, which has not answered for a while"
            )
        try:
            return question()
        except _SILENCE as error:
            self._failed()
            if isinstance(error, DatabaseSilentError):
                raise
            # Without the driver's words: they may name a host and a user. The log gets the cause.
            raise DatabaseSilentError(
                f"expected an answer of the database, found {type(error).__name__}"
            ) from error

    def last_answer(self, key: Hashable, question: Callable[[], Answer]) -> Answer:
        """
        Return the answer of the database, or while it is silent the last one to the same question.

        Raises
        ------
        DatabaseSilentError
            If it is silent and was not asked this before.
        """
        try:
            answer = self.ask(question)
        except DatabaseSilentError:
            with self._lock:
                if key not in self._known:
                    raise
                return self._known[key]  # type: ignore[return-value]
        self._answered()
        with self._lock:
            self._known[key] = answer
            self._known.move_to_end(key)
            while len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
        return answer

    def forget_all_but(self, is_of_now: Callable[[object], bool]) -> None:
        """Forget answers that hold no more: what came to be protected may not be shown from an older one."""
        with self._lock:
            for key in [key for key, answer in self._known.items() if not is_of_now(answer)]:
                del self._known[key]

    def is_silent(self) -> bool:
        """Tell whether the database is silent; asks again when it is time to, and only who asks waits a moment."""
        attempt = None
        with self._lock:
            if self._failed_at is None:
                return False
            if self._attempt is None and time.monotonic() - self._failed_at >= self._retry_s:
                attempt = self._attempt = threading.Thread(
                    target=self._try, name="database-watch", daemon=True
                )
                attempt.start()
        if attempt is not None:
            attempt.join(_GRACE_S)
        return self._failed_at is not None

    def silent_since(self) -> datetime | None:
        """Return when the silent database answered last (UTC); None while it answers or if it never did."""
        return self._answered_at if self._failed_at is not None else None

    def _try(self) -> None:
        try:
            self._probe()
        except Exception:  # noqa: BLE001 - whatever it is, there is no answer
            self._failed()
        else:
            self._answered()
        finally:
            with self._lock:
                self._attempt = None

    def _answered(self) -> None:
        with self._lock:
            self._failed_at = None
            self._answered_at = datetime.now(tz=UTC)

    def _failed(self) -> None:
        with self._lock:
            self._failed_at = time.monotonic()


@cache
def watch_of(engine: Engine) -> DatabaseWatch:
    """Return the watch over the database of an engine."""

    def probe() -> None:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    return DatabaseWatch(probe, retry_s=RETRY_S)
