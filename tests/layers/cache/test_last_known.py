"""While the database is silent its last answer holds, nobody waits for it twice, and it is asked again."""

import threading
import time

import pytest
from sqlalchemy.exc import OperationalError

from data.store.database_errors import DatabaseSilentError
from layers.cache.last_known import DatabaseWatch


class Database:
    """One that can be told to fall silent."""

    def __init__(self) -> None:
        self.is_silent = False
        self.asked = 0

    def answer(self) -> str:
        self.asked += 1
        if self.is_silent:
            raise OperationalError("SELECT secret", {}, Exception("host db.example refused user anna"))
        return "edition 7"


@pytest.fixture
def database():
    return Database()


def test_the_last_answer_holds_while_the_database_is_silent(database):
    watch = DatabaseWatch(database.answer, retry_s=60)
    assert watch.last_answer("now", database.answer) == "edition 7"
    assert watch.silent_since() is None
    database.is_silent = True
    assert watch.last_answer("now", database.answer) == "edition 7"
    assert watch.silent_since() is not None
    with pytest.raises(DatabaseSilentError):
        watch.last_answer("another day", database.answer)


def test_an_answer_of_a_state_that_is_over_is_not_given_again(database):
    """A place was protected after somebody had looked at an earlier day: that day may not come back with its door."""
    watch = DatabaseWatch(database.answer, retry_s=60)
    assert watch.last_answer("of May", lambda: "May, unprotected") == "May, unprotected"
    assert watch.last_answer("now", database.answer) == "edition 7"
    watch.forget_all_but(lambda answer: answer == "edition 7")
    database.is_silent = True
    assert watch.last_answer("now", database.answer) == "edition 7"
    with pytest.raises(DatabaseSilentError):
        watch.last_answer("of May", database.answer)


def test_who_comes_next_is_told_at_once(database):
    watch = DatabaseWatch(database.answer, retry_s=60)
    database.is_silent = True
    with pytest.raises(DatabaseSilentError) as caught:
        watch.ask(database.answer)
    assert "anna" not in str(caught.value)
    for _ in range(20):
        with pytest.raises(DatabaseSilentError):
            watch.ask(database.answer)
    assert database.asked == 1


def test_one_thread_asks_again_and_the_word_goes_by_itself(database):
    watch = DatabaseWatch(database.answer, retry_s=0.0)
    watch.last_answer("now", database.answer)
    database.is_silent = True
    watch.last_answer("now", database.answer)
    assert watch.is_silent()
    database.is_silent = False
    assert watch.last_answer("now", database.answer) == "edition 7"
    assert watch.silent_since() is None


def test_visitors_of_a_frozen_database_do_not_pile_up():
    release, attempts = threading.Event(), []

    def frozen() -> None:
        attempts.append(1)
        release.wait(10)

    def silent() -> None:
        raise DatabaseSilentError("silent")

    watch = DatabaseWatch(frozen, retry_s=0.0)
    with pytest.raises(DatabaseSilentError):
        watch.ask(silent)
    start = time.monotonic()
    visitors = [threading.Thread(target=watch.is_silent) for _ in range(30)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert time.monotonic() - start < 3
    assert len(attempts) == 1
    release.set()


def test_a_success_that_never_reached_the_database_says_nothing(database):
    watch = DatabaseWatch(database.answer, retry_s=60)
    watch.ask(lambda: "cached")
    assert watch._answered_at is None
