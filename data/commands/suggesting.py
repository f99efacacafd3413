"""The command that tells what readers report, and decides on it: suggestions."""

import argparse
import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine

from data.commands.correcting import add_by, corrected_lines, said_by
from data.commands.loading import reason, report
from data.corrections.addresses import addresses_at_hand
from data.corrections.suggestions import accept, decide, suggestion, suggestions
from data.corrections.told_counts import LEAST_SHOWN
from data.corrections.unmet_needs import unmet_needs
from data.store.database_file import require_database
from data.store.plain_text import cell_text, plain_text
from data.store.schema_revision import require_migrated
from data.store.settings import Settings
from data.store.transactions import writing

_COLUMNS: Final = (
    *("id", "received_at", "kind", "state", "handle", "gmina_code", "topic", "proposal", "words"),
    *("answer", "decided_by", "decided_at"),
)


def add_to(commands: Any) -> None:
    """Add the command to a parser."""
    command = commands.add_parser("suggestions", help="what readers report; answer, close or accept it")
    parts = command.add_subparsers(dest="part", metavar="list|show|accept|answer|close|needs")
    listing = parts.add_parser("list", help="those that nobody decided (the default)")
    listing.add_argument("--all", action="store_true", help="those that were decided, too")
    listing.add_argument("--csv", action="store_true", help="as CSV, safe to open in a spreadsheet")
    parts.add_parser("show", help="one of them whole").add_argument("number", type=int, metavar="NUMBER")
    for name, what in (("answer", "answer it"), ("close", "close it without a change")):
        part = parts.add_parser(name, help=f"{what}; its sender may read why")
        part.add_argument("number", type=int, metavar="NUMBER")
        part.add_argument("--because", required=True, type=reason, metavar="REASON")
        add_by(part)
    part = parts.add_parser("accept", help="make a correction of it")
    part.add_argument("number", type=int, metavar="NUMBER")
    part.add_argument("--field", metavar="FIELD", help="another field than the report means")
    part.add_argument("--value", metavar="VALUE", help="another value than it proposes")
    part.add_argument(
        "--form", metavar="CODE", help="the service that is meant, where the record has several"
    )
    part.add_argument(
        "--reason", type=reason, help="why; shown on the page (default: the number of the report)"
    )
    add_by(part)
    parts.add_parser("needs", help=f"what readers did not find, of areas with {LEAST_SHOWN} reports and more")
    command.set_defaults(run=_run, part="list", all=False, csv=False)


def _run(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    require_database(engine)
    require_migrated(engine)
    if options.part in {"list", "show", "needs"}:
        with engine.connect() as connection:
            yield from _told(options, connection)
        return
    with writing(engine, report) as connection:
        lines = list(_decided(options, connection, settings))
    yield from lines


def _told(options: argparse.Namespace, connection: Connection) -> Iterator[str]:
    if options.part == "needs":
        yield from _needs(connection)
    elif options.part == "show":
        yield from _whole(suggestion(connection, options.number))
    else:
        found = suggestions(connection, is_all=options.all)
        yield from _as_csv(found) if options.csv else _as_lines(found)


def _decided(options: argparse.Namespace, connection: Connection, settings: Settings) -> Iterator[str]:
    by = said_by(options)
    if options.part == "accept":
        done = accept(
            connection,
            options.number,
            by=by,
            reason=options.reason,
            field=options.field,
            value=options.value,
            form=options.form,
            find=addresses_at_hand(connection, settings),
        )
        yield from corrected_lines(done)
        return
    state = "answered" if options.part == "answer" else "closed"
    decide(connection, options.number, state=state, answer=options.because, by=by)
    yield f"suggestion {options.number} is {state}; its sender may read why"


def _as_lines(found: list[dict[str, Any]]) -> Iterator[str]:
    if not found:
        yield "no suggestions wait for a person"
    for one in found:
        state = "" if one["state"] == "open" else f" ({one['state']})"
        about = one["handle"] or (f"gmina {one['gmina_code']}" if one["gmina_code"] else "no gmina known")
        proposed = f" → {plain_text(one['proposal'])}" if one["proposal"] else ""
        topic = f"  {one['topic']}" if one["topic"] else ""
        yield f"{one['id']}  {one['received_at']:%Y-%m-%d}  {one['kind']}  {about}{topic}{proposed}{state}"
        if one["words"]:
            yield f"    {plain_text(one['words'])}"
        if one["state"] == "open" and one["handle"]:
            yield f"    python -m data suggestions accept {one['id']}"


def _whole(one: dict[str, Any]) -> Iterator[str]:
    for name in _COLUMNS:
        if one[name] is not None:
            yield f"{name:<12} {plain_text(one[name])}"


def _as_csv(found: list[dict[str, Any]]) -> Iterator[str]:
    for row in (_COLUMNS, *([one[name] for name in _COLUMNS] for one in found)):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(
            ["" if cell is None else cell_text(cell) for cell in row]
        )
        yield line.getvalue()


def _needs(connection: Connection) -> Iterator[str]:
    today = datetime.now(UTC).date()
    for level in ("gmina", "powiat", "voivodeship"):
        for row in unmet_needs(connection, today=today, level=level).to_dict("records"):
            forms = "".join(f", {form}: {count}" for form, count in row["forms"].items())
            days = f"{row['first_on']} to {row['last_on']}"
            yield f"{level} {row['area_code']}  {row['need_group']}  {row['reports']} reports{forms}; {days}"
    yield f"areas with fewer than {LEAST_SHOWN} reports of one group are not told; reports are not people"
