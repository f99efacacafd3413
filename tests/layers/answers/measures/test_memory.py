"""What a world keeps, and what it forgets."""

from layers.answers.measures.memory import Memory


def test_what_is_computed_is_kept_and_the_least_used_forgotten():
    memory, made = Memory(), []
    for key in [*range(48), 0, 48, 0, 1]:
        memory.keep(key, lambda key=key: made.append(key))
    # 49 keys: number 1 was the least used when 48 came, and is made again.
    assert made == [*range(48), 48, 1]
