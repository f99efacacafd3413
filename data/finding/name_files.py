"""The files of names that are written by hand: other languages, districts, and places abroad."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent


def rows_of(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the lines of a file of names, without its header."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        next(reader)
        for row in reader:
            yield tuple(row)
