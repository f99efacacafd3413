"""What was computed, kept for all sessions: the least used is forgotten when the whole grows too large."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from layers.jobs.bench import run
from layers.jobs.job import Job
from layers.jobs.parcel import Parcel, pack

MOST_BYTES = 256_000_000
"""Of all results as they are packed; unpacked they take up to about twice that."""


@dataclass(frozen=True)
class Kept:
    """A result; it may be None."""

    value: Any
    size: int


class Results:
    """
    Results by their job.

    Parameters
    ----------
    most_bytes
        How large all of them may be together, packed. A larger one is given out and not kept.
    """

    def __init__(self, *, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._kept: OrderedDict[Job, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, job: Job) -> Kept | None:
        """Return what was made, or None."""
        with self._lock:
            kept = self._kept.get(job)
            if kept is not None:
                self._kept.move_to_end(job)
            return kept

    def put(self, job: Job, value: Any, *, size: int) -> None:
        """Keep a value whose packed size is known."""
        with self._lock:
            self._forget(job)
            self._kept[job] = Kept(value, size)
            self.size += size
            while self.size > self.most_bytes:
                self._forget(next(iter(self._kept)))

    def take(self, job: Job, parcel: Parcel) -> Any:
        """Unpack what a process sent, keep it and return it; an error is raised and not kept."""
        value = parcel.unpack()
        self.put(job, value, size=len(parcel.content))
        return value

    def make_here(self, job: Job) -> Any:
        """Compute a job in this thread, keep its value and return it."""
        value = run(job)
        self.put(job, value, size=len(pack(value).content))
        return value

    def _forget(self, job: Job) -> None:
        kept = self._kept.pop(job, None)
        if kept is not None:
            self.size -= kept.size
