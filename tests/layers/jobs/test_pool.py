"""Real processes with tiny functions: ended at the limit, replaced when lost, errors as they were raised."""

import os
import time
from queue import Queue

import pytest

from data.scenarios import ScenarioError
from data.store.settings import Settings
from layers.answers.errors import JobLostError, JobTooLongError
from layers.jobs.job import Job
from layers.jobs.pool import WorkerPool
from tests.layers.jobs import tiny_work

WAIT_S = 90


@pytest.fixture(scope="module")
def pool():
    pool = WorkerPool(workers=1, limit_s=1.0)
    yield pool
    pool.close()


def outcome_of(pool, work, *arguments):
    told = Queue()
    pool.start(Job(Settings.from_environment({}), work, arguments), told.put)
    outcome = told.get(timeout=WAIT_S)
    return outcome if isinstance(outcome, Exception) else outcome.unpack()


def test_another_less_urgent_process_computes(pool):
    process_id, niceness = outcome_of(pool, tiny_work.process_id)
    assert process_id != os.getpid()
    assert niceness == os.nice(0) + 5


def test_a_job_is_ended_at_its_limit_and_the_next_one_runs(pool):
    started = time.monotonic()
    assert isinstance(outcome_of(pool, tiny_work.busy, 60), JobTooLongError)
    assert time.monotonic() - started < 30
    assert outcome_of(pool, tiny_work.echo, "next") == "next"


def test_a_process_that_dies_is_replaced(pool):
    assert isinstance(outcome_of(pool, tiny_work.die), JobLostError)
    assert outcome_of(pool, tiny_work.echo, "next") == "next"


def test_an_idle_process_that_is_killed_is_replaced(pool):
    process_id, _ = outcome_of(pool, tiny_work.process_id)
    os.kill(process_id, 9)
    time.sleep(0.5)
    assert outcome_of(pool, tiny_work.echo, "next") == "next"


def test_of_several_jobs_after_a_kill_none_ends_the_processes_of_another(pool):
    process_id, _ = outcome_of(pool, tiny_work.process_id)
    os.kill(process_id, 9)
    time.sleep(0.5)
    told = Queue()
    for number in range(6):
        pool.start(Job(Settings.from_environment({}), tiny_work.echo, (number,)), told.put)
    assert sorted(told.get(timeout=WAIT_S).unpack() for _ in range(6)) == list(range(6))


def test_a_job_without_memory_is_lost(pool):
    with pytest.raises(JobLostError):
        outcome_of(pool, tiny_work.exhaust)


def test_an_error_comes_back_with_its_class_message_and_facts(pool):
    with pytest.raises(ScenarioError, match="expected a scenario, found none") as caught:
        outcome_of(pool, tiny_work.refuse)
    assert caught.value.facts == {"field": "text", "found": "x"}
    assert "tiny_work.py" in caught.value.__notes__[0]


def test_an_error_that_cannot_be_sent_gives_way_to_one_that_can(pool):
    with pytest.raises(RuntimeError, match="OddError"):
        outcome_of(pool, tiny_work.be_odd)


def test_a_job_that_is_ended_tells_nothing_and_frees_its_process(pool):
    told = Queue()
    end = pool.start(Job(Settings.from_environment({}), tiny_work.sleep, (30,)), told.put)
    end()
    assert outcome_of(pool, tiny_work.echo, "next") == "next"
    assert told.empty()
