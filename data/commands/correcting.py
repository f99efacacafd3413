"""The command that puts one field of a record right above its register, and takes that back: correct."""

import argparse
import getpass
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine

from data.commands.loading import reason, report
from data.corrections.addresses import addresses_at_hand
from data.corrections.correcting import Corrected, correct, undo_correction
from data.corrections.errors import CorrectionError
from data.corrections.standing import SAID, standing_corrections
from data.duplicates.store import parse_record
from data.reading.protection import protected_records
from data.store.database_file import require_database
from data.store.plain_text import plain_text
from data.store.schema_revision import require_migrated
from data.store.settings import Settings
from data.store.transactions import writing

_ADDRESS = ("street_address", "address")


def add_to(commands: Any) -> None:
    """Add the command to a parser."""
    command = commands.add_parser(
        "correct", help="put one field of a record right, above its register; alone: list corrections"
    )
    command.add_argument(
        "record",
        nargs="?",
        type=parse_record,
        metavar="SOURCE:KEY",
        help="KEY as in the address of its page, too",
    )
    command.add_argument(
        "field", nargs="?", metavar="FIELD", help="phones, opening_hours_text, website, status…"
    )
    command.add_argument(
        "value", nargs="?", metavar="VALUE", help='as a cell would have it; "" where none is known'
    )
    command.add_argument("--reason", type=reason, help="why; the page of the place shows it")
    command.add_argument(
        "--form", metavar="CODE", help="the service that is meant, where the record has several"
    )
    command.add_argument("--undo", type=int, metavar="NUMBER", help="take a correction back; needs --reason")
    add_by(command)
    command.set_defaults(run=_run)


def add_by(command: argparse.ArgumentParser) -> None:
    """Add who decides; without it, who is logged in."""
    command.add_argument(
        "--by", metavar="WHO", help="who says so; kept, shown on no page (default: the login name)"
    )


def said_by(options: argparse.Namespace) -> str:
    """Return who decides, as said or as logged in."""
    try:
        return str(options.by or getpass.getuser())
    except (OSError, KeyError):  # no name for a number, as in a container
        return "unknown"


def _run(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    require_database(engine)
    require_migrated(engine)
    if options.undo is not None:
        yield from _undo(options, engine)
    elif options.record is None:
        with engine.connect() as connection:
            yield from _listed(connection)
    else:
        yield from _correct(options, engine, settings)


def _correct(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    if options.value is None or options.reason is None:
        raise CorrectionError(
            "expected SOURCE:KEY FIELD VALUE --reason, found less; say which field is how, and why. "
            "Nothing was changed."
        )
    with writing(engine, report) as connection:
        done = correct(
            connection,
            options.record,
            options.field,
            options.value,
            reason=options.reason,
            by=said_by(options),
            form=options.form,
            find=addresses_at_hand(connection, settings) if options.field in _ADDRESS else None,
        )
    yield from corrected_lines(done)


def corrected_lines(done: Corrected) -> Iterator[str]:
    """Say what was corrected, and how to take it back."""
    before = f"{_said(done.before)} → " if done.is_open else ""
    yield f"correction {done.number}: {done.field} of {done.handle}: {before}{_said(done.value)}"
    yield f'pages show it from now on; `python -m data correct --undo {done.number} --reason "…"` takes it back'


def _undo(options: argparse.Namespace, engine: Engine) -> Iterator[str]:
    if options.record is not None or options.reason is None:
        raise CorrectionError(
            "expected --undo NUMBER with --reason alone, found another; say why it is taken back. Nothing was changed."
        )
    with writing(engine, report) as connection:
        what = undo_correction(connection, options.undo, reason=options.reason, by=said_by(options))
    yield f"correction {options.undo} ({what}) was taken back: lists speak again"


def _listed(connection: Connection) -> Iterator[str]:
    found = standing_corrections(connection)
    if not found:
        yield "nothing is corrected"
        return
    known = protected_records(connection)
    for one in found:
        of = one.correction
        # Of a place that is protected by now the old words may tell where it is.
        is_open = of.record not in known
        value, why = (_said(of.value), plain_text(of.reason)) if is_open else ("(protected)", "(protected)")
        form = f" ({of.support_form})" if of.support_form else ""
        yield f"{of.number}  {of.corrected_at:%Y-%m-%d}  {one.handle}  {of.field}{form} → {value}"
        yield f"    by {plain_text(of.corrected_by)}: {why}; {SAID[one.standing]}"


def _said(value: Any) -> str:
    """Return a value as a cell would have it."""
    if isinstance(value, dict):
        town = " ".join(filter(None, (value["postal_code"], value["locality_name"])))
        return plain_text(f"{value['street_address']}, {town} ({value['place_grade']})")
    if isinstance(value, list):
        items = (_said_item(item) for item in value)
        return plain_text(", ".join(items)) or "nothing"
    return "nothing" if value is None else plain_text(value)


def _said_item(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    extension = f" wew. {item['extension']}" if item.get("extension") is not None else ""
    description = f" ({item['description']})" if item.get("description") else ""
    return f"{item['number']}{extension}{description}"
