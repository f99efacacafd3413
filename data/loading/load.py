"""The load: find files, plan what changed, show it, and write it in one transaction or not at all."""

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine

from data.catalogue import REAL_CATALOGUE, Catalogue, Source
from data.loading.at_hand import AtHand, at_hand
from data.loading.catalogue_load import CatalogueLoad
from data.loading.chosen_catalogue import Chosen, choose
from data.loading.known_releases import boundaries_in_force, known_releases
from data.loading.report import LoadReport
from data.loading.timeline import date_undated, loaded_files
from data.own_catalogue import catalogue_in_use
from data.registry.missing_sources import missing_source, say_kept, say_missing
from data.sheets.own_files import with_sheets
from data.source_kinds import NEEDED
from data.sources.fetch import ChecksumError, FoundFile, find_files
from data.store.schema_revision import require_migrated
from data.store.settings import Settings
from data.store.transactions import exclusive


@dataclass(frozen=True)
class LoadSummary:
    """
    What a load did, or would do: `written` and `unchanged` are source codes.

    `message` is empty or for the person; `report` tells the releases written, row by row when asked. `missing` are
    sources without a file that were never loaded; `kept` are those whose file is gone and whose rows stay. `damaged` is
    what is said of each damaged file that the load did without, by source code: the source is kept or missing.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    is_invented: bool
    seconds: float
    message: str = ""
    is_committed: bool = True
    report: LoadReport | None = None
    kept: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    damaged: Mapping[str, str] = field(default_factory=dict)


def load_all(
    engine: Engine,
    settings: Settings,
    *,
    report: Callable[[str], None] = lambda _: None,
    catalogue_path: Path = REAL_CATALOGUE,
    is_committed: bool = True,
    is_again: bool = False,
    accepted_difference: str | None = None,
    is_example_allowed: bool = True,
    only: str | None = None,
    within: Connection | None = None,
    check: Callable[[], None] = lambda: None,
) -> LoadSummary:
    """
    Load every source of the catalogue whose file or meaning changed, in one transaction.

    What is not at hand is no data, and what was loaded of it before stays (`data.loading.at_hand`); so it is where a
    file that can be done without is damaged. With none of the files anywhere, or without one on which all stands, a
    database without real data gets the example region, if that is allowed; one with real data keeps it. The example
    goes whole when real data come. Another load at the same time is waited for. Interrupted at any moment, the database
    stays as it was. A register's files are read in the order of their days, so that its history is kept
    (`data.loading.timeline`).

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
    is_example_allowed
        Whether the example region, or what is loaded, is good enough where no real source is found, or not what all
        stands on; else that is an error.
    only
        The code of the one source to load; all others stay as they are.
    within
        The connection of `data.store.transactions.exclusive` of whoever writes alone already and commits it; without it
        the load takes one.
    check
        Called when all is written and not yet committed or taken back; what it raises refuses the load.

    Raises
    ------
    NotMigratedError, CatalogueError, NoSourceError, SourceMissingError, ChecksumError, LoadRefusedError and others
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
            is_example_allowed=is_example_allowed,
            only=only,
            within=within,
            check=check,
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
    is_example_allowed: bool,
    only: str | None,
    within: Connection | None,
    check: Callable[[], None],
    started: float,
) -> LoadSummary:
    in_force = boundaries_in_force(engine)
    catalogue = catalogue_in_use(settings, catalogue_path=catalogue_path, in_force=in_force)
    catalogue = with_sheets(catalogue, settings.own_data)
    found, damaged = _without_damaged(catalogue, settings, report)
    with nullcontext(within) if within is not None else exclusive(engine, report) as connection:
        chosen = choose(
            connection,
            Chosen(catalogue, settings, found, known_releases(connection)),
            catalogue_path=catalogue_path,
            is_example_allowed=is_example_allowed,
            report=report,
        )
        catalogue, files, before = chosen.catalogue, chosen.files, chosen.before
        if chosen.is_nothing_done:
            seconds = time.perf_counter() - started
            return LoadSummary((), tuple(before), is_invented=False, seconds=seconds, message=chosen.message)
        registers = {
            source.code: files[source.code]
            for source in catalogue.of_kind("register")
            if source.code in files
        }
        for sentence in date_undated(connection, registers):
            report(sentence)
        loaded = loaded_files(connection)
        parts = at_hand(
            catalogue,
            files,
            in_force=[
                code
                for code, known in before.items()
                if known.fingerprint and known.is_invented == catalogue.is_invented
            ],
            loaded=loaded,
            settings=chosen.settings,
        )
        for sentence in _partial_words(parts):
            report(sentence)
        load = CatalogueLoad(
            catalogue,
            parts.files,
            chosen.settings,
            loaded=loaded,
            accepted_difference=accepted_difference,
            report=report,
            only=only,
        )
        written, told = load.write(connection, before, is_again=is_again)
        check()
        if not is_committed:
            connection.rollback()
    kept_codes, missing = (tuple(source.code for source in some) for some in (parts.kept, parts.missing))
    unchanged = tuple(
        source.code for source in catalogue.source if source.code not in {*written, *kept_codes, *missing}
    )
    seconds = time.perf_counter() - started
    report(
        f"{len(written)} sources {'written' if is_committed else 'would be written'}, "
        f"{len(unchanged)} unchanged, {len(kept_codes)} kept without a file, {len(missing)} not loaded, {seconds:.1f} s"
    )
    return LoadSummary(
        tuple(written),
        unchanged,
        catalogue.is_invented,
        seconds,
        chosen.message,
        is_committed=is_committed,
        report=told,
        kept=kept_codes,
        missing=missing,
        damaged=damaged,
    )


def _without_damaged(
    catalogue: Catalogue, settings: Settings, report: Callable[[str], None]
) -> tuple[dict[str, list[FoundFile]], dict[str, str]]:
    """Return the files of a catalogue, and what is said of each damaged one that can be done without."""
    damaged: dict[str, str] = {}

    def is_left_out(source: Source, error: ChecksumError) -> bool:
        if source.kind in NEEDED:
            return False
        damaged[source.code] = str(error)
        report(f"{source.code}: DAMAGED, so the load goes on without it: {error}")
        return True

    return find_files(catalogue.source, settings, report=report, is_left_out=is_left_out)[0], damaged


def _partial_words(parts: AtHand) -> Iterator[str]:
    """Say which files a load does without, whose they are and what each would add."""
    yield from (say_kept(source) for source in parts.kept)
    yield from (f"{code}: the sheet's folder is gone; what it said stays" for code in parts.sheets)
    if parts.missing:
        yield f"not loaded, so that what they tell is no data: {len(parts.missing)} sources"
        for source in parts.missing:
            yield from say_missing(missing_source(source))
