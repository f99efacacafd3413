"""One line of the report."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Disagreement:
    """One line of the report."""

    view: str
    where: str
    said: str
    computed: str
    file: str

    def __str__(self) -> str:
        return f"{self.view}: {self.where}\n    said {self.said}, computed {self.computed} ({self.file})"
