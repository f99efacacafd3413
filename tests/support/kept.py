"""What several tests read of the same tiny world is computed once."""

import functools
import pickle
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


def kept(make: Callable[Asked, Made]) -> Callable[Asked, Made]:
    """
    Decorate what computes something of rows of services: of the same rows it is what was made before; only read it.

    Under a `monkeypatch` that only one test of the module has, ask `make.__wrapped__`.
    """
    made: dict[bytes, Made] = {}

    @functools.wraps(make)
    def kept_of(*args: Asked.args, **kwargs: Asked.kwargs) -> Made:
        asked = pickle.dumps((args, sorted(kwargs.items())))
        if asked not in made:
            made[asked] = make(*args, **kwargs)
        return made[asked]

    return kept_of
