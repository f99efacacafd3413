"""Commands about facilities that are listed twice: duplicates, merge, part."""

import argparse
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, select

from data.commands.loading import reason
from data.duplicates.store import decide, parse_record
from data.loading.protecting import protect_merged
from data.reading.clusters import duplicate_pairs
from data.reading.history import MASKED
from data.reading.protection import following
from data.reading.record_handles import Record, key_of_handle, protected_handles, safe_handles
from data.store.database_file import require_database
from data.store.schema import Facility
from data.store.schema_revision import require_migrated
from data.store.settings import Settings
from data.store.transactions import exclusive


def add_to(commands: Any) -> None:
    """Add the commands to a parser."""
    command = commands.add_parser("duplicates", help="list pairs that wait for a person")
    command.add_argument("--all", action="store_true", help="those that were decided, too")
    command.set_defaults(run=_list)
    for name, verdict, help_text in (
        ("merge", "same", "say that two records are one facility"),
        ("part", "different", "say that two records are two facilities"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("one", type=parse_record, metavar="SOURCE:KEY")
        command.add_argument("other", type=parse_record, metavar="SOURCE:KEY")
        command.add_argument("--because", required=True, type=reason, metavar="REASON")
        command.add_argument("--force", action="store_true", help="though gmina or form differ")
        command.set_defaults(run=_decide, verdict=verdict)


def _list(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    del settings
    require_database(engine)
    require_migrated(engine)
    with engine.connect() as connection:
        pairs = duplicate_pairs(connection)
        shown = pairs if options.all else pairs[pairs["verdict"] == "doubtful"]
        query = select(
            Facility.source_code,
            Facility.record_key,
            Facility.name,
            Facility.street_address,
        ).where(Facility.ended_release_id.is_(None))
        records = {(row.source_code, row.record_key): row for row in connection.execute(query)}
        handles = protected_handles(connection)
    if shown.empty:
        yield "no pairs wait for a person"
    for pair in shown.to_dict("records"):
        yield from _say(pair, records, handles)


def _say(
    pair: Mapping[Hashable, Any], records: Mapping[Record, Any], handles: Mapping[Record, str]
) -> Iterator[str]:
    score = f"{pair['score']:.2f}" if pair["score"] == pair["score"] and pair["score"] is not None else "-"
    yield f"{pair['verdict']} (by {pair['decided_by']}, score {score})" + (
        f": {pair['reason']}" if pair["reason"] else ""
    )
    for side in ("left", "right"):
        source, key = pair[f"{side}_source"], pair[f"{side}_key"]
        record, handle = records.get((source, key)), handles.get((source, key))
        if handle:
            yield f"    {source}:{handle}  {MASKED}"
            continue
        if record is None:
            yield f"    {source}:{key}  (no longer in force)"
            continue
        yield f"    {source}:{key}  {record.name}, {record.street_address or 'no street'}"
    if any((pair[f"{side}_source"], pair[f"{side}_key"]) in handles for side in ("left", "right")):
        return  # that an address is the same tells it, where the other record's is shown
    points = pair["evidence"].get("points", {})
    told = [f"{name} {value:+}" for name, value in points.items() if value]
    yield "    " + ", ".join(
        [*told, *(f"objection: {word}" for word in pair["evidence"].get("objections", []))]
    )


def _decide(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    del settings
    require_database(engine)
    require_migrated(engine)
    with exclusive(engine) as connection:
        decide(
            connection,
            options.one,
            options.other,
            verdict=options.verdict,
            reason=options.because,
            is_forced=options.force,
        )
        protected = protect_merged(connection)
        records = _known(connection, options.one), _known(connection, options.other)
        still = [one for one, other in (records, records[::-1]) if one in following(connection, other)]
        handles = safe_handles(connection, [*protected, *still])
    word = "one facility" if options.verdict == "same" else "two facilities"
    yield f"{':'.join(options.one)} and {':'.join(options.other)} are {word} from now on"
    yield from (f"{handles[record]} is protected as the other is" for record in protected)
    if options.verdict == "different":
        yield from (
            f"{handles[record]} stays protected; `python -m data protect --lift` shows it" for record in still
        )


def _known(connection: Connection, record: Record) -> Record:
    source, key = record
    return source, key_of_handle(connection, source, key) or key
