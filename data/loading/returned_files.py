"""
Files of a register whose content was there before and is there again: of a later day, after another content.

Such a file is an edition of its own day, as any other. A file is known by its content, so that one that returns is told
apart by a mark of the day, as the months of a file are (`data.loading.months`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.loading.timeline import MONTH_MARK, LoadedFile
from data.reading.editions import in_order_of_days
from data.sources.fetch import FoundFile

_MARK = "@"


@dataclass(frozen=True)
class _Place:
    """A content at a place in the order of days: `known_as` of what is loaded, `at` the place in the files given."""

    day: date
    content: str
    known_as: str | None = None
    at: int | None = None


def with_returns(files: Sequence[FoundFile], loaded: Sequence[LoadedFile]) -> list[FoundFile]:
    """
    Return the files of a register in the same order, those whose content returns with a checksum of their own.

    A file that says what the one before it by its day said is nothing new. One without a day, which is the only one of
    its source, returns when what is in force is another content that is not at hand any more.
    """
    held = [entry for entry in in_order_of_days(loaded) if MONTH_MARK not in entry.sha256]
    names = {place.at: name for place, name in _named(files, held)}
    return [
        _known_as(file, _undated(file, held) if file.as_of is None else names[at])
        for at, file in enumerate(files)
    ]


def _known_as(file: FoundFile, name: str) -> FoundFile:
    return replace(file, sha256=name, is_returned=_MARK in name)


def _named(files: Sequence[FoundFile], loaded: Sequence[LoadedFile]) -> list[tuple[_Place, str]]:
    """Return every content in the order of days with the checksum that it is known by there; loaded ones first."""
    line = [_Place(entry.effective_on, _content(entry.sha256), known_as=entry.sha256) for entry in loaded]
    line += [
        _Place(file.as_of, file.sha256, at=at) for at, file in enumerate(files) if file.as_of is not None
    ]
    of_day = {(place.day, place.content): place.known_as for place in line if place.known_as}
    names: list[tuple[_Place, str]] = []
    for place in sorted(line, key=lambda place: place.day):
        known_as = place.known_as or of_day.get((place.day, place.content))
        if known_as is None:
            known_as = _name_after(names, place)
        names.append((place, known_as))
    return names


def _name_after(before: Sequence[tuple[_Place, str]], place: _Place) -> str:
    """Return the checksum of a content that is not loaded for its day, by what stands before it."""
    if before and before[-1][0].content == place.content:
        return before[-1][1]
    was_there = any(other.content == place.content for other, _ in before)
    return f"{place.content}{_MARK}{place.day}" if was_there else place.content


def _undated(file: FoundFile, held: Sequence[LoadedFile]) -> str:
    if not any(_content(entry.sha256) == file.sha256 for entry in held):
        return file.sha256
    last = held[-1]
    # By what it follows: taken back, it is known again on any later day.
    return last.sha256 if _content(last.sha256) == file.sha256 else f"{file.sha256}{_MARK}{last.release_id}"


def _content(sha256: str) -> str:
    return sha256.partition(_MARK)[0]
