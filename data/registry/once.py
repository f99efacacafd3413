"""What is computed once for a registry, and forgotten with it."""

from collections.abc import Callable, Hashable
from functools import wraps
from threading import RLock
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from data.registry.registry import Registry

Options = ParamSpec("Options")
Answer = TypeVar("Answer")


def once_for_registry(
    function: Callable[Concatenate[Registry, Options], Answer],
) -> Callable[Concatenate[Registry, Options], Answer]:
    """
    Decorate a function of a registry so that it is computed once for the same further arguments.

    A registry never changes: a load, a correction or a protected place makes another one, with answers of its own.
    Everybody gets the same answer, which nobody may change. Who asks meanwhile waits for it.
    """
    kept: WeakKeyDictionary[Registry, dict[Hashable, Any]] = WeakKeyDictionary()
    lock = RLock()

    @wraps(function)
    def computed(registry: Registry, /, *arguments: Options.args, **named: Options.kwargs) -> Answer:
        key = arguments, tuple(sorted(named.items()))
        of_registry = kept.get(registry, {})
        if key in of_registry:
            answer: Answer = of_registry[key]
            return answer
        with lock:
            of_registry = kept.setdefault(registry, {})
            if key not in of_registry:
                of_registry[key] = function(registry, *arguments, **named)
            return of_registry[key]  # type: ignore[no-any-return]

    return computed
