"""Pages with large tables take turns, and leave the turn while they wait."""

import threading
import time

import pytest

from layers.screens import coordinator, planner
from layers.widgets import drawing as module
from layers.widgets.drawing import Drawing

LONG_S = 5.0


@pytest.fixture
def beside():
    """Run functions in threads of their own; all have ended with the test."""
    threads = []

    def run(function):
        thread = threading.Thread(target=function)
        threads.append(thread)
        thread.start()
        return thread

    yield run
    for thread in threads:
        thread.join(LONG_S)
        assert not thread.is_alive()


def test_one_page_draws_at_a_time(beside):
    drawing, inside, most = Drawing(), [], []

    def page():
        with drawing.in_turn():
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    for thread in [beside(page) for _ in range(8)]:
        thread.join(LONG_S)
    assert most == [1] * 8


def test_a_part_has_the_turn_of_its_page_and_the_turn_is_free_after_an_error(beside):
    drawing, drawn = Drawing(), []
    with pytest.raises(ValueError, match="broken"), drawing.in_turn(), drawing.in_turn():
        raise ValueError("broken")

    def page():
        with drawing.in_turn():
            drawn.append("other")

    beside(page).join(LONG_S)
    assert drawn == ["other"]


def test_who_waits_for_a_job_leaves_the_turn_to_others(beside):
    drawing, drawn = Drawing(), []

    def other():
        with drawing.in_turn():
            drawn.append("other")

    with drawing.in_turn():
        with drawing.aside():
            beside(other).join(LONG_S)
            assert drawn == ["other"]
        waiting = beside(other)
        waiting.join(0.05)
        assert drawn == ["other"]
    waiting.join(LONG_S)
    assert drawn == ["other", "other"]


def test_nobody_is_held_up_for_ever(beside, monkeypatch):
    monkeypatch.setattr(module, "TURN_PATIENCE_S", 0.02)
    drawing, drawn = Drawing(), []

    def page():
        with drawing.in_turn(), drawing.in_turn():
            drawn.append("page")

    with drawing.in_turn():
        beside(page).join(LONG_S)
        assert drawn == ["page"]
    beside(page).join(LONG_S)
    assert drawn == ["page", "page"]


def test_planners_and_coordinators_draw_in_turn(monkeypatch):
    asked = []

    class EndError(Exception):
        """EndError the page before it draws."""

    def refused(*_):
        asked.append("in turn")
        raise EndError

    monkeypatch.setattr(Drawing, "in_turn", refused)
    for screen in (planner, coordinator):
        with pytest.raises(EndError):
            screen.render()
    assert asked == ["in turn"] * 2
