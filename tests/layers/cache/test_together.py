"""Who asks at the same time shares an answer, and nobody gets one that was begun before they asked."""

import threading

import pytest

from layers.cache.together import Together


def in_threads(count, ask):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask())) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads, answers


def test_those_who_wait_for_an_answer_share_the_next_one():
    together, begun, goes_on, asked = Together(), threading.Event(), threading.Event(), []

    def question():
        asked.append(len(asked) + 1)
        number = asked[-1]
        begun.set()
        assert goes_on.wait(10)
        return number

    first, answer_of_first = in_threads(1, lambda: together.ask(question))
    assert begun.wait(10)
    others, answers = in_threads(8, lambda: together.ask(question))
    goes_on.set()
    for thread in (*first, *others):
        thread.join(10)
    assert answer_of_first == [1]
    # None of them has the first answer: it was begun before they asked.
    assert 1 not in answers
    assert len(answers) == 8
    assert len(asked) <= 9


def test_one_after_another_each_asks():
    together, asked = Together(), []
    for number in range(3):
        assert together.ask(lambda: asked.append(1) or len(asked)) == number + 1


def test_an_error_is_not_shared_and_the_next_one_asks():
    together = Together()
    with pytest.raises(ValueError, match="silent"):
        together.ask(lambda: int("silent"))
    assert together.ask(lambda: 7) == 7
