"""What is computed by jobs: kept for all sessions, or asked for while the page waits."""

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any

import streamlit as st

from data.registry.registry import Registry
from data.store.settings import Settings
from layers.jobs.bench import bench_of
from layers.jobs.job import Job, key_of
from layers.jobs.pool import WorkerPool
from layers.jobs.queue import JobQueue, Limits
from layers.jobs.results import Results
from layers.widgets.waiting import visitor, wait_for


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
    settings, results = Settings.from_environment(), _results()
    job = Job(settings, function, arguments)
    kept = results.get(job)
    if kept is not None:
        return kept.value
    if not settings.jobs:
        if at_hand is not None:
            bench_of(settings).take(key_of(at_hand), at_hand)
        return results.make_here(job)
    return wait_for(_queue(settings).ask(job, visitor(), results))


def begin_workers() -> None:
    """Start the processes that compute, before the first visitor comes."""
    settings = Settings.from_environment()
    if settings.jobs:
        _queue(settings).runner.begin()


def prepare(function: Callable[..., Any], *arguments: Hashable) -> None:
    """Let a process compute what nobody waits for, so that it is at hand there."""
    settings = Settings.from_environment()
    if settings.jobs:
        _queue(settings).runner.start(Job(settings, function, arguments), lambda _: None)


@st.cache_resource(show_spinner=False)
def _results() -> Results:
    return Results()


@cache
def _queue(settings: Settings) -> JobQueue:
    limits = Limits(per_address=settings.jobs_per_address, in_all=settings.jobs_waiting)
    return JobQueue(WorkerPool(workers=settings.jobs, limit_s=settings.job_seconds), limits)
