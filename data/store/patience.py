"""
How long we wait for a database before we say that it does not answer.

A page has a person waiting at it, so it gives up in seconds; a load or a migration may take an hour and waits for
another one. PostgreSQL ends what takes too long itself, but a frozen server ends nothing: who waits for it must
count too.
"""

from dataclasses import dataclass
from typing import Any, Final


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
