"""What is computed once for all visitors of the process; an error is not kept."""

import inspect
from collections.abc import Callable, Hashable
from threading import Condition
from typing import Any, ParamSpec, TypeVar

from cachetools import LRUCache, cached

Options = ParamSpec("Options")
Answer = TypeVar("Answer")
_forgetting: list[Callable[[], None]] = []


def once(
    *, most: int, release: Callable[[Any], object] | None = None
) -> Callable[[Callable[Options, Answer]], Callable[Options, Answer]]:
    """
    Decorate a function so that it is computed once for the same arguments, also when many ask at the same time.

    Parameters
    ----------
    most
        How many answers are kept; the least used is forgotten first.
    release
        What is done with an answer that is forgotten; whoever has it may still use it.

    Notes
    -----
    An argument whose name begins with an underscore is not compared: the others say which it is. Everybody gets the
    same answer, which nobody may change.
    """

    def decorate(function: Callable[Options, Answer]) -> Callable[Options, Answer]:
        compared = [not name.startswith("_") for name in inspect.signature(function).parameters]

        def key(*arguments: Hashable) -> tuple[Hashable, ...]:
            return tuple(
                argument for argument, is_compared in zip(arguments, compared, strict=True) if is_compared
            )

        computed: Any = cached(_Kept(most, release), key=key, condition=Condition())(function)
        _forgetting.append(computed.cache_clear)
        return computed  # type: ignore[no-any-return]

    return decorate


class _Kept(LRUCache[Hashable, Any]):
    """Answers, the least used of which is forgotten first, and released."""

    def __init__(self, most: int, release: Callable[[Any], object] | None) -> None:
        super().__init__(maxsize=most)
        self._release = release or (lambda _: None)

    def popitem(self) -> tuple[Hashable, Any]:
        key, answer = super().popitem()
        self._release(answer)
        return key, answer

    def clear(self) -> None:
        while self:
            self.popitem()


def forget_all() -> None:
    """Forget every answer, as a process that begins anew."""
    for forget in _forgetting:
        forget()
