"""What a load reads: the real catalogue, or the example region where nothing real is at hand and nothing ever was."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from data.catalogue import Catalogue, read_catalogue
from data.catalogue_file import CatalogueError
from data.loading.ended_releases import retire_example
from data.loading.known_releases import KnownRelease, known_releases
from data.loading.no_source import no_source_error
from data.loading.timeline import loaded_files
from data.sheets.own_files import with_sheets
from data.source_kinds import NEEDED
from data.sources.fetch import FoundFile, find_files, missing_error
from data.store.settings import OWN_EXAMPLE, Settings, example_catalogue
from geo.errors import SupportMapError


@dataclass(frozen=True)
class Chosen:
    """
    What a load reads, and what is loaded already.

    Attributes
    ----------
    files
        As `data.sources.fetch.find_files` found them, by source code.
    before
        The releases in force, by source code.
    message
        Why it is the example region, or why nothing is loaded; empty for real data.
    is_nothing_done
        Whether the database keeps the real data that it has, because none is at hand.
    """

    catalogue: Catalogue
    settings: Settings
    files: Mapping[str, Sequence[FoundFile]]
    before: dict[str, KnownRelease]
    message: str = ""
    is_nothing_done: bool = False


def choose(
    connection: Connection,
    real: Chosen,
    *,
    catalogue_path: Path,
    is_example_allowed: bool,
    report: Callable[[str], None],
) -> Chosen:
    """
    Return what is to be read: what was found, or the example region instead where that is allowed.

    Raises
    ------
    SourceMissingError
        If what nothing can be shown without is missing, and the example may not be loaded instead.
    CatalogueError
        If the example is none.
    """
    why = _why_not(real, catalogue_path=catalogue_path, is_example_allowed=is_example_allowed)
    if why is None:
        return real
    if not is_example_allowed:
        raise why
    if _has_real(real.before):
        report(str(why))
        return replace(real, message=str(why), is_nothing_done=True)
    message = f"{why}\nTHE EXAMPLE REGION is loaded instead: all of it is invented, nothing in it is real."
    example = example_catalogue()
    catalogue = read_catalogue(example)
    if not catalogue.is_invented:
        raise CatalogueError(
            f"{example}: expected an example region with `is_invented = true`, found a catalogue without it; "
            "correct SUPPORT_MAP_EXAMPLE",
            path=str(example),
        )
    catalogue = with_sheets(catalogue, real.settings.own_data)
    report(message)
    settings = replace(real.settings, mirror=example.parent, is_download_allowed=False)
    files, _ = find_files(catalogue.source, settings)
    before = _without_another_example(
        connection, real.before, files if example == OWN_EXAMPLE else {}, report
    )
    return Chosen(catalogue, settings, files, before, message)


def _why_not(real: Chosen, *, catalogue_path: Path, is_example_allowed: bool) -> SupportMapError | None:
    """Return why the catalogue cannot be loaded; None where it can."""
    kept = _kept_words(real.before)
    if not real.files:
        return no_source_error(real.settings, catalogue_path=catalogue_path, kept=kept)
    lacking = [
        source for source in real.catalogue.source if source.kind in NEEDED and source.code not in real.files
    ]
    if not lacking or not is_example_allowed or _has_real(real.before):
        return None
    others = real.catalogue.other_boundaries
    return missing_error(lacking, real.settings, kept=kept, other_boundaries=others)


def _has_real(before: Mapping[str, KnownRelease]) -> bool:
    """Tell whether anything real was ever loaded here: the example region may not stand beside it."""
    return any(not known.is_invented for known in before.values())


def _without_another_example(
    connection: Connection,
    before: dict[str, KnownRelease],
    files: Mapping[str, Sequence[FoundFile]],
    report: Callable[[str], None],
) -> dict[str, KnownRelease]:
    """
    Take out the example of another version of the application, and return what is known then.

    Some of its files are none of this one's, by what they hold or by their name, which is their day. Nothing changed in
    it, so nothing is compared: it is another region. An example of the operator's own is updated as any source: of it
    no files are given.
    """
    now = {(file.path.name, file.sha256) for found in files.values() for file in found}
    loaded = {(file.file_name, file.sha256) for known in loaded_files(connection).values() for file in known}
    if not now or loaded <= now:
        return before
    report("The example that is loaded is of another version of the application: it goes whole.")
    retire_example(connection, before)
    return known_releases(connection)


def _kept_words(before: Mapping[str, KnownRelease]) -> str:
    """Say what the database holds and keeps."""
    if _has_real(before):
        return "The database keeps the real data that it has."
    if before:
        return "The database holds the example region, which is invented, and keeps it."
    return "The database holds nothing."
