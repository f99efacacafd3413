"""Reading a CSV file of the vocabulary: one line is one entry, and an error names the line."""

import csv
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from data.vocabulary.languages import LANGUAGES
from geo.errors import SupportMapError

Entry = TypeVar("Entry")


class VocabularyError(SupportMapError, ValueError):
    """A file of the vocabulary has a line that is not as it should be."""


class Line:
    """One line; every method returns a cell read as what it should be, or raises naming file, line and column."""

    def __init__(self, file_name: str, number: int, cells: Mapping[str, str]) -> None:
        self.file_name = file_name
        self.number = number
        self._cells = cells

    def error(self, column: str, expected: str) -> VocabularyError:
        """Return the error of a cell."""
        found = self._cells[column]
        message = (
            f"{self.file_name}, line {self.number}, column {column}: expected {expected}, found {found!r}. "
            "Correct the cell; docs/vocabulary.md tells what each column holds."
        )
        return VocabularyError(message, file=self.file_name, line=self.number, column=column, found=found)

    def text(self, column: str) -> str:
        """Return the cell, which may be empty."""
        return self._cells[column].strip()

    def word(self, column: str) -> str:
        """Return the cell, which may not be empty."""
        if not self.text(column):
            raise self.error(column, "some words")
        return self.text(column)

    def one_of(self, column: str, known: Collection[str]) -> str:
        """Return the cell, which must be one of the known words."""
        if self.text(column) not in known:
            raise self.error(column, f"one of {', '.join(word or 'nothing' for word in known)}")
        return self.text(column)

    def several_of(
        self, column: str, known: Collection[str], *, can_be_none: bool = False
    ) -> tuple[str, ...]:
        """Return the words parted by semicolons, each known and said once."""
        words = tuple(self.text(column).split(";")) if self.text(column) else ()
        if not set(words) <= set(known) or len(set(words)) < len(words) or not (words or can_be_none):
            raise self.error(column, f"words parted by semicolons, each once, of {', '.join(known)}")
        return words

    def several(self, column: str) -> tuple[str, ...]:
        """Return the words parted by semicolons, each said once; none where the cell is empty."""
        words = tuple(word.strip() for word in self.text(column).split(";")) if self.text(column) else ()
        if not all(words) or len(set(words)) < len(words):
            raise self.error(column, "words parted by semicolons, each once")
        return words

    def day(self, column: str) -> dt.date | None:
        """Return a date, None when the cell is empty."""
        try:
            return dt.date.fromisoformat(self.text(column)) if self.text(column) else None
        except ValueError as error:
            raise self.error(column, "a date such as 2026-01-31") from error

    def days(self, column: str) -> int:
        """Return a number of days, from one day to ten years."""
        if not self.text(column).isdecimal() or not 1 <= int(self.text(column)) <= 3653:
            raise self.error(column, "a number of days, 1 to 3653")
        return int(self.text(column))

    def yes(self, column: str) -> bool:
        """Tell whether the cell says yes; it may only say yes or no."""
        return self.one_of(column, ("yes", "no")) == "yes"

    def names(self) -> Mapping[str, str]:
        """Return the name in each language."""
        return self.words("name")

    def words(self, column: str) -> Mapping[str, str]:
        """Return the cells of a column that each language has one of; none may be empty."""
        return MappingProxyType({language: self.word(f"{column}_{language}") for language in LANGUAGES})


def _remedy(columns: tuple[str, ...], header: tuple[str, ...]) -> str:
    """Return which columns to put in and which to take out of a header."""
    missing = [column for column in columns if column not in header]
    others = [
        column for place, column in enumerate(header) if column not in columns or column in header[:place]
    ]
    put_in = f"Put in: {', '.join(missing)}." if missing else ""
    take_out = f"Take out: {', '.join(others)}." if others else ""
    return " ".join(filter(None, (put_in, take_out)))


@cache
def read_lines(folder: Path, name: str, columns: tuple[str, ...]) -> tuple[Line, ...]:
    """
    Return the lines of one file.

    Raises
    ------
    VocabularyError
        If the file cannot be read, lacks a column or has one too many, or a line is shorter or longer than the header.
    """
    file_name = f"{name}.csv"
    try:
        with (folder / file_name).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            header = tuple(reader.fieldnames or ())
            if set(header) != set(columns) or len(header) != len(columns):
                message = (
                    f"{file_name}, line 1: expected the columns {', '.join(columns)}, found {', '.join(header)}. "
                    f"{_remedy(columns, header)}"
                )
                raise VocabularyError(message, file=file_name, line=1, found=header)
            lines = []
            for cells in reader:
                if None in cells or None in cells.values():
                    message = (
                        f"{file_name}, line {reader.line_num}: expected {len(columns)} cells as in the header, found "
                        "another number. Put words with commas between quotation marks."
                    )
                    raise VocabularyError(message, file=file_name, line=reader.line_num)
                lines.append(Line(file_name, reader.line_num, cells))
    except (OSError, UnicodeError, csv.Error) as error:
        message = f"{file_name}: expected a CSV file in UTF-8, found {error}. Restore the file."
        raise VocabularyError(message, file=file_name) from error
    return tuple(lines)


def by_code(lines: Iterable[Line], make: Callable[[Line], Entry]) -> Mapping[str, Entry]:
    """Return what `make` makes of each line, by the code in the line, which may stand only once."""
    entries: dict[str, Entry] = {}
    for line in lines:
        code = line.word("code")
        if code in entries:
            raise line.error("code", "a code that no line above has")
        entries[code] = make(line)
    return MappingProxyType(entries)
