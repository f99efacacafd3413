"""What was made once for a key, as long as there is room for it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from threading import RLock
from typing import Any, TypeVar

import numpy as np
import pandas as pd

Kept = TypeVar("Kept")
_MOST_KEPT = 256
_MOST_BYTES = 256_000_000
"""Of what one world keeps: who reaches whom within 50 km takes 63 MB, and anybody can ask for many such.

Bytes are what is bounded; the number only holds what has none. A planner who goes through the indicators of a group
asks for some 10 things at each distance of each form.
"""


class Memory:
    """Things by their key, for all threads; of too many or too large ones the least used are forgotten."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = RLock()

    def keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what was made for a key, made now if it was not."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                kept: Kept = self._kept[key][0]
                return kept
            made = make()
            self._kept[key] = made, _size_of(made)
            while len(self._kept) > _MOST_KEPT or sum(size for _, size in self._kept.values()) > _MOST_BYTES:
                self._kept.popitem(last=False)
            return made


def _size_of(thing: Any) -> int:
    """Return about how many bytes the arrays and frames in a thing take."""
    if isinstance(thing, np.ndarray):
        return int(thing.nbytes)
    if isinstance(thing, pd.DataFrame):
        return int(thing.memory_usage(index=False).sum())
    if isinstance(thing, pd.Series):
        return int(thing.memory_usage(index=False))
    if isinstance(thing, (tuple, list, Mapping)):
        return sum(map(_size_of, thing.values() if isinstance(thing, Mapping) else thing))
    if is_dataclass(thing):
        return sum(_size_of(getattr(thing, part.name)) for part in fields(thing))
    return 0
