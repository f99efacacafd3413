"""
Who draws first: pages with large tables and maps are drawn one at a time.

Python runs one thread at a time. Where eight pages turn 2,477 areas into words at once, what else the process does
gets a ninth of a core. Where they take turns it gets a half. Residents' pages are written in another process
(`layers.site.page_process`).
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Drawn = TypeVar("Drawn")
TURN_PATIENCE_S = 20.0
"""A courtesy, and nobody can be held up by it: who waited as long for a turn draws beside the others."""


class Drawing:
    """Which pages are drawn now; one for all sessions."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._is_taken = False
        self._mine = threading.local()

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """Draw a part of a page, or all of it, in the turn that the page has or now takes."""
        if self._has_turn:
            yield
            return
        self._take()
        try:
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

    @property
    def _has_turn(self) -> bool:
        return getattr(self._mine, "has_turn", False)

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
