"""The command that takes the public registry out: export."""

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.export.formats import FORMATS, write_export
from data.export.query import read_extract
from data.export.selection import selected
from data.store.database_file import require_database
from data.store.schema_revision import require_migrated
from data.store.settings import Settings
from data.vocabulary import screen_groups, support_forms


def add_to(commands: Any) -> None:
    """Add the command to a parser."""
    listed = "; ".join(f"{name} ({kind.ending}): {kind.meaning}" for name, kind in FORMATS.items())
    command = commands.add_parser(
        "export", help="write the public registry to a file", epilog=f"Formats: {listed}."
    )
    command.add_argument("format", choices=list(FORMATS), metavar="FORMAT", help=", ".join(FORMATS))
    command.add_argument("path", type=Path, metavar="PATH", help="the file to write")
    command.add_argument(
        "--as-of", type=_day, metavar="YYYY-MM-DD", help="the registry as it held on that day (default: now)"
    )
    command.add_argument("--group", choices=screen_groups(), help="only services for this group")
    command.add_argument("--area", metavar="CODE", help="only a gmina, powiat or voivodeship (TERYT)")
    command.add_argument(
        "--form",
        type=_form,
        action="append",
        default=[],
        metavar="CODE",
        help="only this form; may be repeated",
    )
    command.add_argument("--force", action="store_true", help="replace the file if there is one")
    command.set_defaults(run=_export)


def _export(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    del settings
    require_database(engine)
    require_migrated(engine)
    whole = read_extract(engine, day=options.as_of)
    extract = selected(
        whole, group=options.group, area=options.area, forms=tuple(dict.fromkeys(options.form))
    )
    write_export(extract, options.path, file_format=options.format, is_replaced=options.force)
    counted = ", ".join(
        f"{len(rows):,} {name}"
        for name, rows in (
            ("facilities", extract.facilities),
            ("services", extract.services),
            ("organizations", extract.organizations),
            ("service areas", extract.service_areas),
            ("stops", extract.stops),
        )
    )
    yield f"{options.path}: {counted}"
    yield f"as of {extract.as_of}, snapshot {extract.snapshot_id}"
    yield from extract.notes


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a day such as 2026-06-30, found {text!r}") from None
    today = datetime.now(tz=UTC).date()
    if day > today:
        raise argparse.ArgumentTypeError(f"expected a day up to today, {today}, found {text!r}")
    return day


def _form(text: str) -> str:
    if text not in support_forms():
        raise argparse.ArgumentTypeError(
            f"expected the code of a form of support such as CAL-DPS, found {text!r}"
        )
    return text
