"""
Drawing large tables and maps, one at a time.

Python runs one thread at a time. Where eight pages turn 2,477 areas into words at once, a page that is ready in a
moment gets a ninth of a core; where they take turns, it gets a half.
"""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Drawn = TypeVar("Drawn")
_turn = Lock()


def in_turn(draw: Callable[Arguments, Drawn]) -> Callable[Arguments, Drawn]:
    """Let a function draw while no other such function draws. It may not wait for a job meanwhile."""

    @wraps(draw)
    def drawn(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Drawn:
        with _turn:
            return draw(*args, **kwargs)

    return drawn
