"""What is computed by jobs: kept for all sessions, or asked for while the page waits."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, Protocol

from data.registry.registry import Registry
from data.store.settings import Settings
from layers.cache.once import once
from layers.cache.settings_in_use import settings_in_use
from layers.jobs.bench import bench_of
from layers.jobs.job import Job, key_of
from layers.jobs.pool import WorkerPool
from layers.jobs.queue import JobQueue, Limits, Ticket, Visitor
from layers.jobs.results import Results

_STEP_S = 0.5


class WaitingRoom(Protocol):
    """Where somebody waits for a job, and who that is: a page says in words how long; a command only waits."""

    def visitor(self) -> Visitor:
        """Return who asks."""

    def wait_for(self, ticket: Ticket) -> Any:
        """Wait, leave the queue, and return what the job made."""


class _SilentRoom:
    """Waits without a word, for everybody who has no page."""

    def visitor(self) -> Visitor:
        return Visitor(f"thread {threading.get_ident()}")

    def wait_for(self, ticket: Ticket) -> Any:
        try:
            while not ticket.wait(_STEP_S):
                pass
            return ticket.result()
        finally:
            ticket.leave()


_room: WaitingRoom = _SilentRoom()


def wait_in(room: WaitingRoom) -> None:
    """Let everybody of this process wait in a room of the frame's; said once, before the first page."""
    global _room  # noqa: PLW0603 - the one place where the frame tells the cache what it may not import
    _room = room


def made(function: Callable[..., Any], *arguments: Hashable, at_hand: Registry | None = None) -> Any:
    """
    Return what a function of `layers.jobs.work` makes of its arguments: kept, or computed while the page waits.

    Parameters
    ----------
    at_hand
        The registry that the first argument is the key of; it is not read again where no other process computes.

    Raises
    ------
    JobError
        If it takes too long, or so much is computed already that nobody would wait for it.
    """
    settings, results = settings_in_use(), _results()
    job = Job(settings, function, arguments)
    kept = results.get(job)
    if kept is not None:
        return kept.value
    if not settings.jobs:
        if at_hand is not None:
            bench_of(settings).take(key_of(at_hand), at_hand)
        return results.make_here(job)
    return _room.wait_for(_queue(settings).ask(job, _room.visitor(), results))


def begin_workers() -> None:
    """Start the processes that compute, before the first visitor comes."""
    settings = settings_in_use()
    if settings.jobs:
        _queue(settings).runner.begin()


def prepare(function: Callable[..., Any], *arguments: Hashable) -> None:
    """Let a process compute what nobody waits for, so that it is at hand there."""
    settings = settings_in_use()
    if settings.jobs:
        _queue(settings).runner.start(Job(settings, function, arguments), lambda _: None)


@once(most=1)
def _results() -> Results:
    return Results()


@once(most=1)
def _queue(settings: Settings) -> JobQueue:
    limits = Limits(per_address=settings.jobs_per_address, in_all=settings.jobs_waiting)
    return JobQueue(WorkerPool(workers=settings.jobs, limit_s=settings.job_seconds), limits)
