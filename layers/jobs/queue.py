"""Who waits for what: one job for each question, visitors in turn, none more than they may have."""

import time
from collections import OrderedDict
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from threading import Event, RLock
from typing import Any, Protocol

from layers.answers.errors import (
    AddressFullError,
    JobLostError,
    JobReplacedError,
    JobsFullError,
    JobTooLongError,
)
from layers.jobs.job import Job
from layers.jobs.pool import Outcome
from layers.jobs.results import Results

_LINGER_S = 2.0
"""A page that is drawn again leaves its job for a moment; it keeps its place for so long."""
_LATE_S = 15.0
"""A job that is not over so long after its limit has lost its process unnoticed."""
_REMEMBERED = {JobTooLongError: 600.0, JobLostError: 60.0}
"""For how many seconds a question is not tried again after it ended so."""
_MOST_REMEMBERED = 1000


class Runner(Protocol):
    """What computes: `layers.jobs.pool.WorkerPool`."""

    workers: int
    limit_s: float

    def start(self, job: Job, done: Callable[[Outcome], None]) -> Callable[[], None]:
        """Begin a job; return what ends it."""

    def begin(self) -> None:
        """Make ready to compute."""

    def close(self) -> None:
        """End everything."""


@dataclass(frozen=True)
class Limits:
    """How many jobs may wait or run: of one visitor, of one address, of all."""

    per_visitor: int = 2
    per_address: int = 30
    in_all: int = 60


@dataclass(frozen=True)
class Visitor:
    """Who asks: a session, and the address that a trusted proxy says (empty: not known)."""

    session: str
    address: str = ""


@dataclass(eq=False)
class _Entry:
    job: Job
    results: Results
    place: int
    visitors: dict[str, Visitor] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    left_at: float | None = None
    started_at: float | None = None
    end: Callable[[], None] | None = None
    over: Event = field(default_factory=Event)
    value: Any = None
    error: Exception | None = None


class JobQueue:
    """
    Jobs that wait or run.

    Parameters
    ----------
    runner
        Computes as many jobs at once as it has workers.
    clock
        Seconds of a clock that never goes back.
    """

    def __init__(
        self, runner: Runner, limits: Limits | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.runner, self.limits, self.clock = runner, limits or Limits(), clock
        self._entries: OrderedDict[Job, _Entry] = OrderedDict()
        self._refused: OrderedDict[Job, tuple[Exception, float]] = OrderedDict()
        self._lock = RLock()
        self._number = 0

    def ask(self, job: Job, visitor: Visitor, results: Results) -> "Ticket":
        """
        Take a place in the queue, the one that the job has already if it has one.

        Of one visitor's jobs the oldest gives way when there would be too many.

        Raises
        ------
        JobTooLongError, JobLostError
            If the same job ended so a short while ago.
        JobsFullError
            If too many jobs wait already: of this address, or in all.
        """
        with self._lock:
            self._tidy()
            self._require_not_refused(job)
            entry = self._entries.get(job)
            if entry is None:
                self._make_room_for(visitor)
                self._require_room(visitor)
                entry = self._entries[job] = _Entry(job, results, self._place_for(visitor))
            entry.visitors[visitor.session] = visitor
            entry.waiting[visitor.session] = entry.waiting.get(visitor.session, 0) + 1
            entry.left_at = None
            self._begin_next()
            return Ticket(self, entry, visitor)

    def people_ahead(self, entry: _Entry, visitor: Visitor) -> int:
        """Return how many others are computed for before this visitor; 0 when it is their turn."""
        with self._lock:
            if entry.started_at is not None:
                return 0
            sessions = {session for other in self._running() for session in other.waiting}
            for other in self._in_turn():
                if other is entry:
                    break
                sessions.update(other.waiting)
            return len(sessions - {visitor.session})

    def step(self) -> None:
        """End what nobody waits for and begin what is next; everybody who waits calls this now and then."""
        with self._lock:
            self._tidy()
            self._begin_next()

    def leave(self, entry: _Entry, visitor: Visitor) -> None:
        """Stop waiting."""
        with self._lock:
            count = entry.waiting.get(visitor.session, 0) - 1
            if count > 0:
                entry.waiting[visitor.session] = count
                return
            entry.waiting.pop(visitor.session, None)
            if not entry.waiting:
                entry.left_at = self.clock()

    def _running(self) -> list[_Entry]:
        return [entry for entry in self._entries.values() if entry.started_at is not None]

    def _in_turn(self) -> list[_Entry]:
        """Return the jobs that are waited for and not begun, the next one first."""
        waiting = [entry for entry in self._entries.values() if entry.started_at is None and entry.waiting]
        return sorted(waiting, key=lambda entry: entry.place)

    def _place_for(self, visitor: Visitor) -> int:
        """Return the place of a new job: in the order of asking, but a visitor's second lets a queue of others pass."""
        self._number += 1
        own = sum(visitor.session in entry.waiting for entry in self._entries.values())
        return self._number + own * self.limits.in_all

    def _require_not_refused(self, job: Job) -> None:
        error, until = self._refused.get(job, (None, 0.0))
        if error is not None and self.clock() < until:
            raise copy(error)
        self._refused.pop(job, None)

    def _make_room_for(self, visitor: Visitor) -> None:
        """Take the visitor's oldest jobs off until one more fits."""
        session = visitor.session
        own = [
            entry
            for entry in self._entries.values()
            # One that runs and was left is over soon, or ended where it holds up another.
            if session in entry.waiting or (session in entry.visitors and entry.started_at is None)
        ]
        for entry in own[: max(0, len(own) + 1 - self.limits.per_visitor)]:
            entry.visitors.pop(session, None)
            entry.waiting.pop(session, None)
            if not entry.waiting:
                self._drop(entry, JobReplacedError("expected one question at a time, found a newer one"))

    def _require_room(self, visitor: Visitor) -> None:
        of_address = sum(
            any(other.address == visitor.address for other in entry.visitors.values())
            for entry in self._entries.values()
        )
        if visitor.address and of_address >= self.limits.per_address:
            raise AddressFullError(
                f"expected fewer than {self.limits.per_address} jobs of one address, found {of_address}; "
                "try again in a minute"
            )
        if len(self._entries) >= self.limits.in_all:
            raise JobsFullError(
                f"expected fewer than {self.limits.in_all} jobs, found {len(self._entries)}; try again in a minute"
            )

    def _tidy(self) -> None:
        """Drop what nobody has waited for in the last moments, if it holds up others, and what has lost its process."""
        now = self.clock()
        has_others = bool(self._in_turn())
        for entry in list(self._entries.values()):
            is_left = entry.left_at is not None and now - entry.left_at > _LINGER_S
            if is_left and (entry.started_at is None or has_others):
                self._drop(entry, JobReplacedError("expected somebody to wait for the answer, found nobody"))
            elif entry.started_at is not None and now - entry.started_at > self.runner.limit_s + _LATE_S:
                self._drop(entry, JobLostError("expected a process to tell its end, found it silent"))
                self.runner.close()

    def _drop(self, entry: _Entry, error: Exception) -> None:
        self._entries.pop(entry.job, None)
        if entry.end is not None:
            entry.end()
        entry.error = error
        entry.over.set()

    def _begin_next(self) -> None:
        free = self.runner.workers - len(self._running())
        for entry in self._in_turn()[: max(0, free)]:
            entry.started_at = self.clock()
            entry.end = self.runner.start(entry.job, partial(self._end, entry))

    def _end(self, entry: _Entry, outcome: Outcome) -> None:
        """Take what came of a job; called by the runner."""
        if isinstance(outcome, Exception):
            entry.error = outcome
        else:
            try:
                # Unpacked before anybody is held up by the lock.
                entry.value = entry.results.take(entry.job, outcome)
            except Exception as error:  # noqa: BLE001 - raised again where the page waits
                entry.error = error
        with self._lock:
            if self._entries.get(entry.job) is entry:
                del self._entries[entry.job]
            for kind, seconds in _REMEMBERED.items():
                if isinstance(entry.error, kind):
                    self._refused[entry.job] = entry.error, self.clock() + seconds
            while len(self._refused) > _MOST_REMEMBERED:
                self._refused.popitem(last=False)
            entry.over.set()
            self._begin_next()


class Ticket:
    """A visitor's place in the queue."""

    def __init__(self, queue: JobQueue, entry: _Entry, visitor: Visitor) -> None:
        self._queue, self._entry, self._visitor = queue, entry, visitor

    @property
    def people_ahead(self) -> int:
        """How many others are computed for first."""
        return self._queue.people_ahead(self._entry, self._visitor)

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; return whether the job is over."""
        if self._entry.over.wait(seconds):
            return True
        self._queue.step()
        return self._entry.over.is_set()

    def result(self) -> Any:
        """Return what the job made, or raise what became of it."""
        if self._entry.error is not None:
            # Several may raise it, each with a way of its own to it.
            raise copy(self._entry.error)
        return self._entry.value

    def leave(self) -> None:
        """Stop waiting; a job that nobody waits for is ended when it holds up another."""
        self._queue.leave(self._entry, self._visitor)
