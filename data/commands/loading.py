"""Commands that change what is loaded: migrate, load, undo."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.loading.load import load_all
from data.loading.own_sheet import load_sheet
from data.loading.undo import undo_last_load
from data.sources.fetch import ChecksumError
from data.store.database_file import require_database
from data.store.schema_revision import has_no_schema, migrate
from data.store.settings import Settings

SHORTEST_REASON = 10


def report(line: str) -> None:
    """Print one line of progress at once."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def add_to(commands: Any) -> None:
    """Add the commands to a parser."""
    command = commands.add_parser("migrate", help="bring the database schema up to date")
    command.set_defaults(run=_migrate)
    command = commands.add_parser("load", help="show what a load of every source that changed would write")
    command.add_argument("--commit", action="store_true", help="write it, in one transaction")
    command.add_argument(
        "--file", metavar="SHEET", type=Path, help="load only this filled sheet of `python -m data template`"
    )
    command.add_argument("--details", action="store_true", help="tell every rejected row and changed record")
    command.add_argument(
        "--offline", action="store_true", help="read mirror and cache only, download nothing"
    )
    command.add_argument(
        "--or-example",
        action="store_true",
        help="where no real source is found, keep what is loaded, or load the invented example region",
    )
    command.add_argument("--again", action="store_true", help="load files that `undo` took back, too")
    command.add_argument(
        "--accept-difference",
        metavar="REASON",
        type=reason,
        help="take figures that differ from official ones; the reason is kept and printed on exports",
    )
    command.set_defaults(run=_load)
    command = commands.add_parser("undo", help="take the last load back, whole")
    command.set_defaults(run=_undo)


def reason(text: str) -> str:
    """Return a reason given on the command line; one word explains nothing to who reads it later."""
    words = " ".join(text.split())
    if len(words) < SHORTEST_REASON:
        raise argparse.ArgumentTypeError(
            f"expected a reason that others will understand, of at least {SHORTEST_REASON} letters, found {text!r}"
        )
    return words


def _migrate(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    del options, settings
    migrate(engine)
    report("the database schema is up to date")
    yield from ()


def _load(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    settings.require_folders()
    used = replace(settings, is_download_allowed=False) if options.offline else settings
    if options.file is not None:
        yield from _load_sheet(options, engine, used)
        return
    # A plan changes nothing, so it may only make the schema of a database that has none.
    if options.commit or has_no_schema(engine):
        migrate(engine)
    summary = load_all(
        engine,
        used,
        report=report,
        is_committed=options.commit,
        is_again=options.again,
        accepted_difference=options.accept_difference,
        is_example_allowed=options.or_example,
    )
    if summary.report is not None:
        yield from summary.report.lines(is_detailed=options.details)
        if not options.commit:
            yield "nothing was written: `python -m data load --commit` writes it"
    if summary.damaged and not options.or_example:
        files = "\n".join(f"  {code}: {said}" for code, said in summary.damaged.items())
        raise ChecksumError(
            f"everything else was {'loaded' if options.commit else 'read'}; these files are damaged, and what they "
            f"tell is as it was before:\n{files}",
            sources=list(summary.damaged),
        )


def _load_sheet(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    """Tell what a filled sheet changes, and with `--commit` write it."""
    require_database(engine)
    loaded = load_sheet(
        engine,
        settings,
        options.file,
        report=report,
        is_committed=options.commit,
        accepted_difference=options.accept_difference,
    )
    if loaded.summary is None:
        yield "nothing changed: the sheet says what is known"
        return
    if loaded.summary.report is not None:
        yield from loaded.summary.report.lines(is_detailed=options.details)
    if not options.commit:
        yield "nothing was written: the same command with `--commit` writes it"


def _undo(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    del options, settings
    require_database(engine)
    undone = undo_last_load(engine, report=report)
    yield (
        f"load {undone.load_id} of {undone.applied_at:%Y-%m-%d %H:%M} UTC was taken back: "
        f"{', '.join(undone.source_codes)}"
    )
    if undone.still_protected:
        yield (
            f"{len(undone.still_protected)} places that it protected stay protected on every day until each is lifted "
            "(`python -m data protect --lift`):"
        )
        yield from (f"    {handle}" for handle in undone.still_protected)
