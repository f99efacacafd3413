"""
Who draws first: residents' pages at once, pages with large tables and maps one at a time and after them.

Python runs one thread at a time. Where eight pages turn 2,477 areas into words at once, a page that is ready in a
moment gets a ninth of a core. Where they take turns it gets a half, and all of it where they also let it pass before
each of their parts.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Drawn = TypeVar("Drawn")
TURN_PATIENCE_S, PASSING_PATIENCE_S = 20.0, 0.5
"""Both are courtesies, and nobody can be held up by them: who waited as long for a turn, or for residents' pages
before a part of a page, draws beside the others."""


class Drawing:
    """Which pages are drawn now; one for all sessions."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._residents = 0
        self._is_taken = False
        self._mine = threading.local()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Draw a resident's page: parts of other pages begin after it."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """Draw a part of a page, or all of it, in the turn that the page has or now takes."""
        if self._has_turn:
            self._let_pass()
            yield
            return
        self._take()
        try:
            self._let_pass()
            yield
        finally:
            self._leave()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Leave the turn to others while the page waits for something that is not drawn."""
        if not self._has_turn:
            yield
            return
        self._leave()
        try:
            yield
        finally:
            self._take()

    def _count(self, residents: int) -> None:
        with self._changed:
            self._residents += residents
            self._changed.notify_all()

    @property
    def _has_turn(self) -> bool:
        return getattr(self._mine, "has_turn", False)

    def _let_pass(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._residents, timeout=PASSING_PATIENCE_S)

    def _take(self) -> None:
        with self._changed:
            self._mine.has_turn = self._changed.wait_for(lambda: not self._is_taken, timeout=TURN_PATIENCE_S)
            self._is_taken = True

    def _leave(self) -> None:
        if not self._has_turn:
            return
        with self._changed:
            self._mine.has_turn = self._is_taken = False
            self._changed.notify_all()


drawing = Drawing()


def in_turn(draw: Callable[Arguments, Drawn]) -> Callable[Arguments, Drawn]:
    """Let a function that draws a part of a page, or all of it, do so in turn."""

    @wraps(draw)
    def drawn(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Drawn:
        with drawing.in_turn():
            return draw(*args, **kwargs)

    return drawn


def at_once(draw: Callable[Arguments, Drawn]) -> Callable[Arguments, Drawn]:
    """Let a function draw a resident's page while parts of other pages that have not begun wait."""

    @wraps(draw)
    def drawn(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Drawn:
        with drawing.at_once():
            return draw(*args, **kwargs)

    return drawn
