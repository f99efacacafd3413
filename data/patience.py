"""
How long we wait for a database before we say that it does not answer.

A page has a person waiting at it, so it gives up in seconds; a load or a migration may take an hour and waits for
another one. PostgreSQL ends what takes too long itself, but a frozen server ends nothing: who waits for it must
count too.
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from psycopg.rows import Row

_LOOK_S: Final = 0.1
"""How often psycopg looks up from waiting."""


class SilentServerError(psycopg.OperationalError):
    """PostgreSQL sent nothing for too long."""


@dataclass(frozen=True)
class Patience:
    """
    Limits in seconds.

    Attributes
    ----------
    connect_s
        For a connection to PostgreSQL.
    pool_s
        For one of the connections that others of this process hold.
    silence_s
        For the next byte of PostgreSQL, counted here.
    statement_s
        For one statement, counted by PostgreSQL.
    lock_s
        For what another transaction holds, on both databases.
    idle_s
        Between two statements of one transaction, counted by PostgreSQL.
    """

    connect_s: int
    pool_s: int
    silence_s: int
    statement_s: int
    lock_s: int
    idle_s: int

    def postgresql_arguments(self, own_options: str = "") -> dict[str, Any]:
        """Return arguments of a connection to PostgreSQL; `own_options` are those of its address."""
        limits = {
            "statement_timeout": self.statement_s,
            "lock_timeout": self.lock_s,
            "idle_in_transaction_session_timeout": self.idle_s,
        }
        options = " ".join(f"-c {name}={seconds * 1000}" for name, seconds in limits.items())
        return {
            "connect_timeout": self.connect_s,
            "options": f"{options} {own_options}".strip(),
            # A cable that was pulled: the kernel asks, and gives up, on its own.
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
        }


OF_PAGES: Final = Patience(connect_s=3, pool_s=3, silence_s=6, statement_s=30, lock_s=3, idle_s=60)
OF_COMMANDS: Final = Patience(
    connect_s=30, pool_s=30, silence_s=3900, statement_s=3600, lock_s=120, idle_s=3600
)


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
