"""What a world keeps, and what it forgets."""

import numpy as np
import pytest

from layers.answers.measures.memory import Memory


def test_what_is_computed_is_kept_and_the_least_used_forgotten():
    memory, made = Memory(), []
    for key in [*range(256), 0, 256, 0, 1]:
        memory.keep(key, lambda key=key: made.append(key))
    # 257 keys: number 1 was the least used when 256 came, and is made again.
    assert made == [*range(256), 256, 1]


@pytest.mark.parametrize("inside", [lambda many: many, lambda many: (many,), lambda many: {"a": many}])
def test_what_is_large_is_forgotten_wherever_it_is_held(inside):
    memory, made = Memory(), []
    many = np.zeros(20_000_000)  # 160 MB that nobody writes to, so that they are never taken
    for key in (0, 1, 0):
        memory.keep(key, lambda key=key: made.append(key) or inside(many))
    assert made == [0, 1, 0]
