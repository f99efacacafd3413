"""A connection to PostgreSQL that does not wait for ever; it needs the extra `postgis`."""

from collections.abc import Generator
from typing import Any, Final

import psycopg
from psycopg.rows import Row

from data.store.patience import OF_COMMANDS

_LOOK_S: Final = 0.1
"""How often psycopg looks up from waiting."""


class SilentServerError(psycopg.OperationalError):
    """PostgreSQL sent nothing for too long."""


UNANSWERED: Final = (
    SilentServerError,
    psycopg.errors.ConnectionTimeout,
    psycopg.errors.QueryCanceled,
    psycopg.errors.LockNotAvailable,
    psycopg.errors.IdleInTransactionSessionTimeout,
)
"""Errors that say that the server did not answer in time."""


class PatientConnection(psycopg.Connection[Row]):
    """A connection that gives up, and closes itself, when the server sends nothing for `silence_s`."""

    silence_s: float = OF_COMMANDS.silence_s

    def wait(self, gen: Any, interval: float = _LOOK_S, timeout: float | None = None) -> Any:
        """Wait for an answer as psycopg does, but not for ever."""
        return super().wait(self._counted(gen, interval), interval, timeout)

    def _counted(self, gen: Any, interval: float) -> Generator[Any, Any, Any]:
        """
        Pass on what psycopg asks and is told, and count how often in a row there was nothing.

        Looks are counted, not seconds: on a busy machine a thread may sleep long while the answer has come.
        """
        most = self.silence_s / interval
        looks = 0
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                looks = 0 if ready else looks + 1
                if looks > most:
                    self.pgconn.finish()
                    raise SilentServerError(f"the server sent nothing for {self.silence_s:g} s")
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value
