"""One answer for all who asked before it was begun: as if each had asked alone, for the work of one."""

from collections.abc import Callable
from threading import Condition
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Together(Generic[Answer]):
    """
    Lets people who ask the same at the same time share an answer.

    Nobody gets an answer that was begun before they asked: what came to be protected a moment before must be seen.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._is_asking = False
        self._begun = 0
        self._ended = 0
        self._answer: Answer | None = None

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """Return the answer of a question that begins now or later; an error is not shared."""
        with self._changed:
            wanted = self._begun + 1
            while self._is_asking and self._ended < wanted:
                self._changed.wait()
            if self._ended >= wanted:
                return self._answer  # type: ignore[return-value]
            self._is_asking = True
            self._begun += 1
            mine = self._begun
        try:
            answer = question()
        except BaseException:
            self._end()
            raise
        self._end(mine, answer)
        return answer

    def _end(self, number: int = 0, answer: Answer | None = None) -> None:
        with self._changed:
            self._is_asking = False
            if number:
                self._ended, self._answer = number, answer
            self._changed.notify_all()
