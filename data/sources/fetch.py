"""Where a source's file is read from: the mirror, then the cache, then the publisher."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pooch

from data.catalogue import OtherBoundaries, Source, SourceFile
from data.store.settings import Settings
from geo.errors import SupportMapError


class SourceMissingError(SupportMapError, FileNotFoundError):
    """A file is in neither mirror nor cache and cannot be downloaded."""


class ChecksumError(SupportMapError, ValueError):
    """A file is not the one that the catalogue describes."""


@dataclass(frozen=True)
class FoundFile:
    """
    A file whose checksum is right; `as_of` is the day that the catalogue gives it.

    One that is not `is_at_hand` was loaded before: what stands on it is as it was, nothing new can be read with it.
    With `whole_on`, the day of the whole file, only an earlier month in it is meant, which `as_of` ends. The content of
    one that `is_returned` was there before, with another one between; its `sha256` has a mark more.
    """

    path: Path
    sha256: str
    as_of: date | None = None
    is_at_hand: bool = True
    whole_on: date | None = None
    is_returned: bool = False

    @property
    def month(self) -> date | None:
        """The last day of the month that is meant; None for the whole file."""
        return self.as_of if self.whole_on else None

    @property
    def name(self) -> str:
        """Its name, with the month where only one of it is meant."""
        return f"{self.path.name} ({self.month:%Y-%m})" if self.month else self.path.name


LeaveOut = Callable[[Source, ChecksumError], bool]
"""Asked of each damaged file: whether its source is done without it."""


def find_files(
    sources: Iterable[Source],
    settings: Settings,
    *,
    report: Callable[[str], None] = lambda _: None,
    is_left_out: LeaveOut = lambda _source, _error: False,
) -> tuple[dict[str, list[FoundFile]], list[Source]]:
    """
    Find the files of each source and check them.

    Parameters
    ----------
    is_left_out
        Asked of each damaged file; one that is left out counts as one that is not there.

    Returns
    -------
    found
        By source code, the oldest first, the newest always there; older ones only where they are at hand.
    missing
        Sources whose newest file is nowhere.

    Raises
    ------
    ChecksumError
        If a file is there but differs from its checksum, and is not left out.
    """

    def find(source: Source, file: SourceFile) -> FoundFile | None:
        try:
            return _find(file, settings, report, beside=source.files_folder)
        except ChecksumError as error:
            if not is_left_out(source, error):
                raise
            return None

    found: dict[str, list[FoundFile]] = {}
    missing: list[Source] = []
    for source in sources:
        newest = find(source, source.newest)
        if newest is None:
            missing.append(source)
            continue
        older = [find(source, file) for file in source.older]
        found[source.code] = [file for file in older if file is not None] + [newest]
    return found, missing


def damaged_files(sources: Iterable[Source], settings: Settings) -> dict[str, str]:
    """Return what is said of each damaged file at hand, by source code; no publisher is asked."""
    said: dict[str, str] = {}

    def note(source: Source, error: ChecksumError) -> bool:
        said[source.code] = str(error)
        return True

    find_files(sources, replace(settings, is_download_allowed=False), is_left_out=note)
    return said


def missing_error(
    missing: Sequence[Source],
    settings: Settings,
    *,
    kept: str = "Nothing was changed.",
    other_boundaries: Iterable[OtherBoundaries] = (),
) -> SourceMissingError:
    """
    Return the error that names every missing file without which nothing stands, and says where to put it.

    `kept` says what becomes of the database. Where boundaries are missing and those of another year are at hand, it
    says how they are loaded instead.
    """
    lines = [f"  {named_file(source)}" for source in missing]
    mirror = settings.mirror or "not set: SUPPORT_MAP_MIRROR names the folder"
    return SourceMissingError(
        "These files of the catalogue are in neither the mirror nor the cache and could not be downloaded; without "
        "them nothing can be shown:\n"
        + "\n".join(lines)
        + f"\n{kept} Put them in the mirror by hand (mirror: {mirror})."
        + (
            _other_year(settings, other_boundaries)
            if any(source.kind == "boundaries" for source in missing)
            else ""
        ),
        paths=[source.newest.path for source in missing],
    )


def _other_year(settings: Settings, boundaries: Iterable[OtherBoundaries]) -> str:
    """Return how boundaries that are missing can be done without, empty where they cannot."""
    if settings.boundaries is not None:
        return f" SUPPORT_MAP_BOUNDARIES={settings.boundaries} asks for them: unset it for those of the catalogue."
    folders = [folder for folder in (settings.mirror, settings.cache) if folder is not None]
    for other in boundaries:
        if any((folder / other.files[0].path).is_file() for folder in folders):
            return f" Or load those of {other.vintage}, which are there: set SUPPORT_MAP_BOUNDARIES={other.vintage}."
    return ""


def named_file(source: Source) -> str:
    """Return the path of a source's newest file with its publisher, as a person looks for it."""
    publisher = ", ".join(filter(None, (source.publisher, source.publisher_url)))
    return f"{source.newest.path} ({publisher})"


def sha256_of(path: Path) -> str:
    """Return the checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _find(
    file: SourceFile, settings: Settings, report: Callable[[str], None], *, beside: Path | None
) -> FoundFile | None:
    """Return the file beside the operator's own catalogue, in mirror or cache, or as its publisher gives it."""
    own = beside / file.path if beside is not None else None
    if own is not None and own.is_file():
        return _checked(
            own, file, "Correct `sha256` in your own catalogue (SUPPORT_MAP_CATALOGUE), or the file."
        )
    in_mirror = settings.mirror / file.path if settings.mirror is not None else None
    if in_mirror is not None and in_mirror.is_file():
        return _checked(
            in_mirror,
            file,
            "Replace it in the mirror, correct the catalogue, or take it away: the load then does without it, unless "
            "it is one of those without which nothing can be shown.",
        )
    in_cache = settings.cache / file.path
    if in_cache.is_file():
        return _checked(in_cache, file, "Delete it from the cache and load again.")
    if file.download_url is None or not settings.is_download_allowed:
        return None
    report(f"downloading {file.download_url}")
    return _download(file, file.download_url, in_cache)


def _download(file: SourceFile, address: str, target: Path) -> FoundFile | None:
    """Fetch to the cache; an unreachable publisher is a missing file, a wrong file is an error."""
    try:
        # pooch writes beside the target and moves it there when the checksum is right: no half files.
        path = pooch.retrieve(
            address, known_hash=f"sha256:{file.sha256}", fname=target.name, path=target.parent
        )
    except ValueError as error:
        raise ChecksumError(
            f"{address}: expected a file with sha256 {file.sha256}, the publisher gave another. "
            "If the publisher released a new file, add it to the catalogue with its date.",
            path=file.path,
            expected=file.sha256,
        ) from error
    except OSError:  # requests' errors are OSErrors
        return None
    return FoundFile(Path(path), file.sha256, file.as_of)


def _checked(path: Path, file: SourceFile, advice: str) -> FoundFile:
    actual = sha256_of(path)
    if actual != file.sha256:
        raise ChecksumError(
            f"{path}: expected sha256 {file.sha256}, found {actual}. {advice}",
            path=str(path),
            expected=file.sha256,
            found=actual,
        )
    return FoundFile(path, actual, file.as_of)
