"""What is computed once for all is forgotten, least used first, and released then."""

from layers.cache.once import forget_all, once


def test_what_is_forgotten_is_released_once():
    made, released = [], []

    @once(most=2, release=released.append)
    def answer_of(name: str) -> str:
        made.append(name)
        return name.upper()

    assert [answer_of(name) for name in ("a", "b", "a", "c")] == ["A", "B", "A", "C"]
    assert made == ["a", "b", "c"]
    # A connection to a database stayed open until the process happened to throw it away.
    assert released == ["B"]
    forget_all()
    assert sorted(released) == ["A", "B", "C"]
    assert answer_of("a") == "A"
    assert made == ["a", "b", "c", "a"]
