"""
Which files of a register are to be read, and in which order, beside those that are loaded.

The releases of a source hold in the order of their numbers, and that order is also one of days: of two files of one
day the one loaded later holds. A file whose content was loaded before is nothing new, wherever it stands in the
catalogue, unless another content was between them (`data.loading.returned_files`). A file older than what is loaded is
read, and after it every later file again: numbers and days both grow, and nothing that was loaded is touched, so that
the load can be taken back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, select, update

from data.reading.editions import in_order_of_days
from data.sources.fetch import FoundFile
from data.store.schema import Release

MONTH_MARK = "#"
"""Parts the checksum of a file from the month of it that is meant."""


@dataclass(frozen=True)
class LoadedFile:
    """One release of a source that nobody took back: which file it was, and from which day it holds."""

    release_id: int
    sha256: str
    fingerprint: str
    file_name: str
    as_of: date | None
    effective_on: date


@dataclass(frozen=True)
class Step:
    """
    One file to read.

    `is_newest` is the file that holds in the end; `is_superseded` gives way to another of its day in the same load.
    `is_history` says that it is older than what is in force: it follows the release `after_id`, or is the first.
    """

    file: FoundFile
    fingerprint: str
    is_newest: bool = True
    is_superseded: bool = False
    is_history: bool = False
    after_id: int | None = None


@dataclass(frozen=True)
class Steps:
    """What to read, oldest first, and a sentence for each decision."""

    read: tuple[Step, ...]
    told: tuple[str, ...]


@dataclass(frozen=True)
class _Entry:
    """A place in the order of days: what is loaded, or a new file."""

    day: date
    name: str
    file: FoundFile | None
    """None when what is loaded is not at hand to be read again."""
    loaded: LoadedFile | None = None


def loaded_files(connection: Connection) -> dict[str, list[LoadedFile]]:
    """Return the releases of each source that were not taken back, as they were loaded."""
    query = select(
        Release.source_code,
        Release.id.label("release_id"),
        Release.file_sha256.label("sha256"),
        Release.fingerprint,
        Release.file_name,
        Release.as_of,
        Release.effective_on,
    ).where(Release.state != "withdrawn")
    found: dict[str, list[LoadedFile]] = {}
    for row in connection.execute(query.order_by(Release.id)).mappings():
        values = {name: value for name, value in row.items() if name != "source_code"}
        found.setdefault(row["source_code"], []).append(LoadedFile(**values))
    return found


def date_undated(connection: Connection, files: Mapping[str, Sequence[FoundFile]]) -> list[str]:
    """
    Give releases of files that told no day the day that the catalogue gives them by now; say each in a sentence.

    Else a corrected file of that day would count as older than the day on which the first one was loaded.
    """
    told = []
    for code, found in files.items():
        for file in (file for file in found if file.as_of is not None):
            is_undated = and_(
                Release.source_code == code,
                Release.file_sha256 == file.sha256,
                Release.as_of.is_(None),
                Release.state != "withdrawn",
            )
            day = {"as_of": file.as_of, "effective_on": file.as_of}
            if connection.execute(update(Release).where(is_undated).values(day)).rowcount:
                told.append(
                    f"{code}: {file.name} told no day and holds from {file.as_of}, as the catalogue says now"
                )
    return told


def newest_last(files: Sequence[FoundFile], loaded: Sequence[LoadedFile]) -> list[FoundFile]:
    """Return files by the day that the catalogue gives; of one day those loaded before first, as they were loaded."""
    order = {known.sha256: known.release_id for known in loaded}
    return sorted(files, key=lambda file: (file.as_of or date.min, order.get(file.sha256, float("inf"))))


def steps_of(
    files: Sequence[FoundFile],
    *,
    prints: Mapping[str, str],
    loaded: Sequence[LoadedFile],
    withdrawn: frozenset[str],
    day_of: Callable[[FoundFile], date],
    today: date,
) -> Steps:
    """
    Return what to read of a register.

    Parameters
    ----------
    files
        Those at hand, in the order of the catalogue.
    prints
        Their fingerprints, by checksum.
    loaded
        As `loaded_files` returns.
    withdrawn
        Fingerprints that a person took back and that are to be left alone.
    day_of
        Reads a file to tell its day; called for new files only.
    """
    told: list[str] = []
    known = _known(loaded)
    by_content = _each_once(files, known, told)
    new: list[_Entry] = []
    for sha256, file in by_content.items():
        if sha256 in {entry.sha256 for entry in known}:
            continue
        if prints[sha256] in withdrawn:
            told.append(f"{file.name} was taken back; `--again` loads it all the same")
            continue
        day = day_of(file)
        if file.is_returned and day != (file.as_of or today):
            told.append(
                f"{file.name}: the same content as before, and it says its day itself ({day}): nothing new"
            )
            continue
        new.append(_Entry(day, file.name, file))
    readable = {sha256: file for sha256, file in by_content.items() if prints[sha256] not in withdrawn}
    line = [_Entry(entry.effective_on, entry.file_name, readable.get(entry.sha256), entry) for entry in known]
    for entry in sorted(new, key=lambda entry: entry.day):
        at = sum(other.day <= entry.day for other in line)
        lost = next((other for other in reversed(line[at:]) if other.file is None), None)
        if lost is not None:
            told.append(
                f"{entry.name} speaks of {entry.day}, older than what is loaded, and was left out: {lost.name} of "
                f"{lost.day} would have to be read again after it and is not at hand. Put that file back into the "
                "catalogue and the mirror beside this one, or load all files into an empty database"
            )
            continue
        told += _place_told(entry, line, at, today)
        line.insert(at, entry)
    first = next((at for at, entry in enumerate(line) if entry.loaded is None), len(line))
    if first < len(line):
        return Steps(_steps(line, first, prints), (*told, *_seen_told(line[:first], line, len(files))))
    again = _again(line, by_content, prints=prints, withdrawn=withdrawn, day_of=day_of, told=told)
    kept = line[:-1] if again else line
    return Steps((again,) if again else (), (*told, *_seen_told(kept, line, len(files))))


def _known(loaded: Sequence[LoadedFile]) -> list[LoadedFile]:
    """Return the releases in the order of days, each file once; of one day all, the one that holds last."""
    last = {entry.sha256: entry for entry in in_order_of_days(loaded)}
    return sorted(last.values(), key=lambda entry: entry.release_id)


def _each_once(
    files: Sequence[FoundFile], known: Sequence[LoadedFile], told: list[str]
) -> dict[str, FoundFile]:
    """Return files by content; of equal ones that which was loaded, else the first."""
    days = {entry.sha256: entry.as_of for entry in known}
    found: dict[str, FoundFile] = {}
    for file in sorted(files, key=lambda file: file.as_of != days.get(file.sha256, file.as_of)):
        first = found.setdefault(file.sha256, file)
        if first is not file:
            told.append(f"{file.name}: the same content as {first.name}, seen before: nothing new")
    return found


def _place_told(entry: _Entry, line: Sequence[_Entry], at: int, today: date) -> list[str]:
    told = []
    if at < len(line):
        told.append(
            f"{entry.name} speaks of {entry.day}, older than what is loaded ({line[-1].name} of {line[-1].day}): it "
            f"becomes history, and {len(line) - at} later files are read again"
        )
    if at and line[at - 1].day == entry.day:
        told.append(f"{entry.day}: {entry.name} takes the place of {line[at - 1].name} of the same day")
    if entry.file is not None and entry.file.is_returned:
        told.append(
            f"{entry.name} says again what was said before another file: it is the edition of {entry.day}"
        )
    if entry.day > today:
        told.append(
            f"{entry.name} speaks of {entry.day}, a day that has not come: it is shown as the newest all the same. If "
            "the date is wrong, `python -m data undo`, correct it in the file or the catalogue and load again"
        )
    return told


def _seen_told(kept: Sequence[_Entry], line: Sequence[_Entry], count: int) -> list[str]:
    """Say what stands in the catalogue and is not read: files that gave way, then how many others."""
    told = []
    seen = 0
    for at, entry in enumerate(kept):
        later = [other for other in line[at + 1 :] if other.day == entry.day]
        if entry.file is not None and later:
            told.append(
                f"{entry.name}: seen before, nothing new: {later[-1].name} of the same day ({entry.day}) holds"
            )
        elif entry.file is not None:
            seen += 1
    return [*told, *([f"files seen before, nothing new: {seen}"] if seen and count > 1 else [])]


def _steps(line: Sequence[_Entry], first: int, prints: Mapping[str, str]) -> tuple[Step, ...]:
    """Return the steps from the first new file on."""
    before = line[first - 1].loaded if first else None
    is_history = any(entry.loaded is not None for entry in line[first:])
    return tuple(
        Step(
            entry.file,
            prints[entry.file.sha256],
            is_newest=at == len(line) - 1,
            is_superseded=at + 1 < len(line) and line[at + 1].day == entry.day,
            is_history=is_history and at == first,
            after_id=before.release_id if before else None,
        )
        for at, entry in enumerate(line)
        if at >= first and entry.file is not None
    )


def _again(
    line: Sequence[_Entry],
    by_content: Mapping[str, FoundFile],
    *,
    prints: Mapping[str, str],
    withdrawn: frozenset[str],
    day_of: Callable[[FoundFile], date],
    told: list[str],
) -> Step | None:
    """Return the step that reads what is in force anew because its meaning changed; None when all is as it was."""
    last = line[-1].loaded if line else None
    if last is None:
        return None
    file = by_content.get(last.sha256)
    if file is None:
        if by_content:
            told.append(
                f"{last.file_name} of {last.effective_on} is in force and not in the catalogue: it stays until a newer "
                "file is loaded or its load is taken back (`python -m data undo`)"
            )
        return None
    name, print_ = file.name, prints[file.sha256]
    if print_ == last.fingerprint:
        return None
    if print_ in withdrawn:
        told.append(f"{name} was taken back; `--again` loads it all the same")
        return None
    if len(line) > 1 and file.as_of != last.as_of and (day := day_of(file)) < line[-2].day:
        told.append(
            f"{name} now speaks of {day}, older than {line[-2].name} of {line[-2].day} before it, and was left as it "
            "is; load all files into an empty database to put them in that order"
        )
        return None
    told.append(f"{name} is read anew: its entry, its profile or the program changed")
    return Step(file, print_)
