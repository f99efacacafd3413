"""Who waits for what: a fake pool whose jobs begin when there is room and end when the test says so."""

import pytest

from data.store.settings import Settings
from layers.answers.errors import (
    AddressFullError,
    JobLostError,
    JobReplacedError,
    JobsFullError,
    JobTooLongError,
)
from layers.jobs.job import Job
from layers.jobs.parcel import pack, pack_error
from layers.jobs.queue import JobQueue, Limits, Visitor
from layers.jobs.results import Results
from tests.layers.jobs import tiny_work

ANNA, BEATA, CELINA, DOROTA = (Visitor(name) for name in ("anna", "beata", "celina", "dorota"))


class FakePool:
    """Notes what begins and what is ended."""

    def __init__(self, workers=1):
        self.workers, self.limit_s = workers, 60.0
        self.begun, self.ended, self._done, self.closed = [], [], {}, 0

    def start(self, job, done):
        self.begun.append(name_of(job))
        self._done[name_of(job)] = done
        return lambda: self.ended.append(name_of(job))

    def close(self):
        self.closed += 1

    def finish(self, name, outcome=None):
        self._done[name](pack(f"answer {name}") if outcome is None else outcome)


class Clock:
    """A clock that the test turns."""

    now = 0.0

    def __call__(self):
        return self.now


def job(name):
    return Job(Settings.from_environment({"SUPPORT_MAP_MIRROR": ""}), tiny_work.echo, (name,))


def name_of(job):
    return job.arguments[0]


@pytest.fixture
def pool():
    return FakePool()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def results():
    return Results()


@pytest.fixture
def ask(pool, clock, results):
    queue = JobQueue(pool, Limits(per_visitor=2, per_address=30, in_all=60), clock=clock)
    return lambda name, visitor: queue.ask(job(name), visitor, results)


def test_two_visitors_with_one_question_wait_for_one_job(ask, pool, results):
    first, second = ask("a", ANNA), ask("a", BEATA)
    assert pool.begun == ["a"]
    pool.finish("a")
    assert first.wait(0)
    assert second.wait(0)
    assert first.result() == second.result() == "answer a"
    assert results.get(job("a")).value == "answer a"


def test_jobs_begin_in_the_order_of_asking_and_each_visitor_knows_how_many_are_ahead(ask, pool):
    first, second, third = ask("a", ANNA), ask("b", BEATA), ask("c", CELINA)
    assert [ticket.people_ahead for ticket in (first, second, third)] == [0, 1, 2]
    pool.finish("a")
    assert pool.begun == ["a", "b"]
    assert third.people_ahead == 1


def test_all_who_wait_for_the_same_job_are_ahead(ask):
    ask("a", ANNA), ask("b", BEATA), ask("b", CELINA)
    assert ask("c", DOROTA).people_ahead == 3


def test_the_second_job_of_a_visitor_lets_others_pass(ask, pool):
    ask("a1", ANNA)
    second = ask("a2", ANNA)
    ask("b", BEATA), ask("c", CELINA)
    assert second.people_ahead == 2
    for name in ("a1", "b", "c"):
        pool.finish(name)
    assert pool.begun == ["a1", "b", "c", "a2"]


def test_whoever_comes_again_and_again_does_not_keep_a_second_job_waiting(pool, clock, results):
    queue = JobQueue(pool, Limits(in_all=3), clock=clock)
    queue.ask(job("a1"), ANNA, results)
    queue.ask(job("a2"), ANNA, results)
    running = "a1"
    for number in range(6):
        queue.ask(job(str(number)), Visitor(f"other {number}"), results)
        pool.finish(running)
        running = pool.begun[-1]
    assert "a2" in pool.begun


def test_as_many_run_at_once_as_there_are_workers(clock, results):
    pool = FakePool(workers=2)
    queue = JobQueue(pool, clock=clock)
    for name, visitor in (("a", ANNA), ("b", BEATA), ("c", CELINA)):
        queue.ask(job(name), visitor, results)
    assert pool.begun == ["a", "b"]


def test_of_one_visitor_the_newest_two_questions_hold(ask, pool):
    ask("z", DOROTA)
    oldest = ask("a1", ANNA)
    ask("a2", ANNA), ask("a3", ANNA)
    assert oldest.wait(0)
    with pytest.raises(JobReplacedError):
        oldest.result()
    for name in ("z", "a2", "a3"):
        pool.finish(name)
    assert pool.begun == ["z", "a2", "a3"]


def test_a_job_that_another_wants_too_is_not_taken_off(ask, pool):
    ask("z", DOROTA)
    ask("a1", ANNA), ask("a1", BEATA)
    ask("a2", ANNA), ask("a3", ANNA)
    pool.finish("z")
    assert pool.begun == ["z", "a1"]


def test_a_page_that_is_drawn_again_keeps_its_place(ask, pool, clock):
    ask("z", DOROTA)
    ticket = ask("a", ANNA)
    ask("b", BEATA)
    ticket.leave()
    clock.now += 1.0
    assert ask("a", ANNA).people_ahead == 1
    clock.now += 10.0
    pool.finish("z")
    assert pool.begun == ["z", "a"]


def test_a_waiting_job_that_everybody_left_is_dropped(ask, pool, clock):
    ask("z", DOROTA)
    ask("a", ANNA).leave()
    clock.now += 3.0
    assert ask("b", BEATA).people_ahead == 1
    pool.finish("z")
    assert pool.begun == ["z", "b"]


def test_a_running_job_that_everybody_left_is_ended_only_for_another(ask, pool, clock):
    ask("a", ANNA).leave()
    clock.now += 3.0
    waiting = ask("b", BEATA)
    waiting.wait(0)
    assert pool.ended == ["a"]
    assert pool.begun == ["a", "b"]


def test_a_running_job_that_everybody_left_is_kept_when_nobody_waits(ask, pool, clock, results):
    ask("a", ANNA).leave()
    clock.now += 30.0
    pool.finish("a")
    assert pool.ended == []
    assert results.get(job("a")).value == "answer a"


def test_the_queue_is_bounded(pool, clock, results):
    queue = JobQueue(pool, Limits(in_all=3), clock=clock)
    for number in range(3):
        queue.ask(job(str(number)), Visitor(f"tab {number}"), results)
    with pytest.raises(JobsFullError):
        queue.ask(job("3"), Visitor("tab 3"), results)
    # A question that is in the queue already takes no more room.
    queue.ask(job("2"), Visitor("tab 3"), results)


def test_an_address_has_its_limit_and_visitors_without_one_have_none(pool, clock, results):
    queue = JobQueue(pool, Limits(per_address=2), clock=clock)
    for number in range(2):
        queue.ask(job(str(number)), Visitor(f"desk {number}", "10.0.0.1"), results)
    with pytest.raises(AddressFullError):
        queue.ask(job("2"), Visitor("desk 2", "10.0.0.1"), results)
    queue.ask(job("2"), Visitor("desk 3", "10.0.0.2"), results)
    for number in range(3, 9):
        queue.ask(job(str(number)), Visitor(f"desk {number}"), results)


@pytest.mark.parametrize(
    ("error", "still", "again"),
    [(JobTooLongError("60 s"), 599.0, 601.0), (JobLostError("no memory"), 59.0, 61.0)],
)
def test_what_was_ended_is_not_tried_again_for_a_while(ask, pool, clock, error, still, again):
    ticket = ask("a", ANNA)
    pool.finish("a", error)
    with pytest.raises(type(error)):
        ticket.result()
    ticket.leave()
    clock.now = still
    with pytest.raises(type(error)):
        ask("a", BEATA)
    clock.now = again
    ask("a", BEATA)
    assert pool.begun == ["a", "a"]


def test_an_error_of_the_job_reaches_all_who_wait_and_is_not_kept(ask, pool, results):
    first, second = ask("a", ANNA), ask("a", BEATA)
    pool.finish("a", pack_error(ValueError("wrong")))
    for ticket in (first, second):
        with pytest.raises(ValueError, match="wrong"):
            ticket.result()
    assert results.get(job("a")) is None
    ask("a", ANNA)
    assert pool.begun == ["a", "a"]


def test_a_process_that_never_tells_its_end_is_given_up(ask, pool, clock):
    ticket = ask("a", ANNA)
    clock.now = 80.0
    ticket.wait(0)
    with pytest.raises(JobLostError):
        ticket.result()
    assert pool.closed == 1
