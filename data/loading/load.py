"""The load: find files, plan what changed, show it, and write it in one transaction or not at all."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from data.catalogue import (
    REAL_CATALOGUE,
    read_catalogue,
)
from data.engine import exclusive, require_migrated
from data.loading.catalogue_load import CatalogueLoad
from data.loading.release_store import (
    known_releases,
)
from data.loading.report import LoadReport
from data.loading.timeline import date_undated, loaded_files
from data.settings import Settings, example_catalogue
from data.sources.fetch import find_files, missing_error

_REAL_DATA_HINT = (
    "`make data` loads the real data; it needs the publishers' files in the folder of SUPPORT_MAP_MIRROR."
)


@dataclass(frozen=True)
class LoadSummary:
    """
    What a load did, or would do: `written` and `unchanged` are source codes.

    `message` is empty or for the person; `report` tells the releases written, row by row when asked.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    is_invented: bool
    seconds: float
    message: str = ""
    is_committed: bool = True
    report: LoadReport | None = None


def load_all(
    engine: Engine,
    settings: Settings,
    *,
    report: Callable[[str], None] = lambda _: None,
    catalogue_path: Path = REAL_CATALOGUE,
    is_committed: bool = True,
    is_again: bool = False,
    accepted_difference: str | None = None,
) -> LoadSummary:
    """
    Load every source of the catalogue whose file or meaning changed, in one transaction.

    With none of the files anywhere, an empty database gets the invented region; a database with real data
    keeps it. Another load at the same time is waited for. Interrupted at any moment, the database stays as it
    was. A register's files are read in the order of their days, so that its history is kept (`data.loading.timeline`).

    Parameters
    ----------
    report
        Called with one line for each step.
    is_committed
        False only plans: everything is done, told and taken back, so that what is shown is what would be written.
    is_again
        Load what `undo` took back, too.
    accepted_difference
        Why figures that differ from official ones are taken all the same; kept and printed on exports.

    Raises
    ------
    NotMigratedError, CatalogueError, SourceMissingError, ChecksumError, LoadRefusedError, SupportMapError
        Nothing was changed.
    """
    started = time.perf_counter()
    require_migrated(engine)
    with without_garbage_collection():
        return _load_all(
            engine,
            settings,
            report=report,
            catalogue_path=catalogue_path,
            is_committed=is_committed,
            is_again=is_again,
            accepted_difference=accepted_difference,
            started=started,
        )


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """
    Keep Python from looking for cycles while hundreds of thousands of rows are alive, none of them in a cycle.

    It would look again and again, and take a third of the load's time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _load_all(
    engine: Engine,
    settings: Settings,
    *,
    report: Callable[[str], None],
    catalogue_path: Path,
    is_committed: bool,
    is_again: bool,
    accepted_difference: str | None,
    started: float,
) -> LoadSummary:
    catalogue = read_catalogue(catalogue_path)
    files, missing = find_files(catalogue.source, settings, report=report)
    if files and missing:
        raise missing_error(missing, settings)
    message = ""
    profiles_folder = catalogue_path.parent / "registers"
    with exclusive(engine, report) as connection:
        before = known_releases(connection)
        if not files:
            if any(not release.is_invented for release in before.values()):
                message = (
                    f"No source was found; the database keeps the real data that it has. {_REAL_DATA_HINT}"
                )
                report(message)
                seconds = time.perf_counter() - started
                return LoadSummary((), tuple(before), is_invented=False, seconds=seconds, message=message)
            message = f"No source was found; this is the invented region, not real data. {_REAL_DATA_HINT}"
            report(message)
            example = example_catalogue()
            catalogue = read_catalogue(example)
            profiles_folder = example.parent / "registers"
            here = replace(settings, mirror=example.parent, is_download_allowed=False)
            files, missing = find_files(catalogue.source, here)
            if missing:
                raise missing_error(missing, here)
        registers = {source.code: files[source.code] for source in catalogue.of_kind("register")}
        for sentence in date_undated(connection, registers):
            report(sentence)
        load = CatalogueLoad(
            catalogue,
            files,
            profiles_folder,
            settings,
            loaded=loaded_files(connection),
            accepted_difference=accepted_difference,
            report=report,
        )
        written, told = load.write(connection, before, is_again=is_again)
        if not is_committed:
            connection.rollback()
    unchanged = tuple(source.code for source in catalogue.source if source.code not in written)
    seconds = time.perf_counter() - started
    report(
        f"{len(written)} sources {'written' if is_committed else 'would be written'}, "
        f"{len(unchanged)} unchanged, {seconds:.1f} s"
    )
    return LoadSummary(
        tuple(written),
        unchanged,
        catalogue.is_invented,
        seconds,
        message,
        is_committed=is_committed,
        report=told,
    )
