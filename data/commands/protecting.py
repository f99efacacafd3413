"""The command that hides a place at once, and the only one that shows it again: protect."""

import argparse
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, select

from data.commands.loading import reason, report
from data.duplicates.store import parse_record
from data.loading.protecting import open_records_of_place, protect_merged, protect_same_place
from data.reading.clusters import duplicate_pairs, merged_records
from data.reading.protection import following, lift, origins_of, protect, protected_records
from data.reading.record_handles import Record, key_of_handle, protected_handles, safe_handles
from data.store.database_file import require_database
from data.store.schema import Facility, Protection
from data.store.schema_revision import require_migrated
from data.store.settings import Settings
from data.store.transactions import writing
from data.store.visibility import HIDDEN, PROTECTED, is_public
from geo.errors import SupportMapError

_ENDS = ("left_source", "left_key", "right_source", "right_key")


class UnknownPlaceError(SupportMapError, LookupError):
    """There is no such record."""


class ProtectionError(SupportMapError, ValueError):
    """What is asked for would change nothing, or is not for this command to change."""


def add_to(commands: Any) -> None:
    """Add the command to a parser."""
    command = commands.add_parser(
        "protect", help="hide a place at once, on every day; alone: list what is hidden"
    )
    command.add_argument(
        "record", nargs="?", type=parse_record, metavar="SOURCE:KEY", help="KEY may be a handle, @12"
    )
    command.add_argument(
        "--as", dest="visibility", choices=PROTECTED, help="how secret it is (default: hidden)"
    )
    command.add_argument("--lift", action="store_true", help="show it again; needs --reason")
    command.add_argument("--reason", help="why; kept in the database, shown nowhere")
    command.add_argument("--list", action="store_true", help="list every reason in force, with its day")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    del settings
    require_database(engine)
    require_migrated(engine)
    if options.list or (options.record is None and not options.lift):
        if options.record is not None or options.lift:
            raise ProtectionError("expected --list alone, found more; leave out the record or --list")
        with engine.connect() as connection:
            yield from _listed(connection)
        return
    if options.record is None:
        raise ProtectionError(
            "expected which place to show again, as SOURCE:KEY, found none; `protect` lists them"
        )
    if options.lift and options.reason is None:
        raise ProtectionError(
            "expected --reason with --lift, found none; say why the place may be shown again"
        )
    if options.lift:
        options.reason = _explained(options.reason)
    if options.lift and options.visibility:
        raise ProtectionError(
            "expected --lift without --as, found both; lift it, then protect it as something else"
        )
    with writing(engine, report) as connection:
        record = _known(connection, options.record)
        lines = (
            list(_lift(connection, record, options.reason))
            if options.lift
            else list(_protect(connection, record, options.visibility or HIDDEN, options.reason))
        )
    yield from lines


def _explained(text: str) -> str:
    """Return a reason that explains something; hiding a place never waits for one."""
    try:
        return reason(text)
    except argparse.ArgumentTypeError as error:
        raise ProtectionError(f"{error}. Nothing was changed.") from None


def _known(connection: Connection, named: Record) -> Record:
    """Return the record that a person names by its key or handle."""
    source, text = named
    record = (source, key_of_handle(connection, source, text) or text)
    for table in (Facility, Protection):
        query = select(table.id).where(table.source_code == record[0], table.record_key == record[1])
        if connection.execute(query.limit(1)).first() is not None:
            return record
    raise UnknownPlaceError(
        f"expected a record as SOURCE:KEY or SOURCE:@NUMBER, found {':'.join(named)!r}, which is none; `python -m data "
        "status` lists sources, `python -m data history SOURCE NAME` finds records by a part of their name. "
        "Nothing was changed.",
        record=":".join(named),
    )


def _protect(connection: Connection, record: Record, visibility: str, why: str | None) -> Iterator[str]:
    entered = protect(connection, [(record, visibility, None)], origin="person", reason=why)
    also = [*protect_same_place(connection, record), *protect_merged(connection)]
    counted = protected_records(connection)[record]
    open_ones = {*open_records_of_place(connection, record), *_doubtful(connection, record)}
    handles = safe_handles(connection, [record, *also, *open_ones])
    yield (
        f"{handles[record]} is {counted} on every day from now on"
        if entered
        else f"{handles[record]} is {counted} already, because a person said so"
    )
    yield from (f"{handles[other]} is the same place and is protected, too" for other in also)
    still = sorted(open_ones - protected_records(connection).keys())
    if still:
        yield "these may be the same place and still show it; protect each that is, or merge it:"
        yield from (f"    {handles[other]}" for other in still)
    yield f'only `python -m data protect --lift {handles[record]} --reason "…"` shows it again'


def _doubtful(connection: Connection, record: Record) -> set[Record]:
    """Return the records that may be one facility with a record, and wait for a person."""
    pairs = duplicate_pairs(connection)
    found = set()
    for left_source, left_key, right_source, right_key in pairs.loc[
        pairs["verdict"] == "doubtful", list(_ENDS)
    ].itertuples(index=False, name=None):
        ends = {(left_source, left_key), (right_source, right_key)}
        found |= ends - {record} if record in ends else set()
    return found


def _lift(connection: Connection, record: Record, why: str) -> Iterator[str]:
    handle = safe_handles(connection, [record])[record]
    known = protected_records(connection)
    if record not in known:
        raise ProtectionError(
            f"expected a record that is protected, found {handle}, which is not; `python -m data protect` lists them. "
            "Nothing was changed."
        )
    said = _said_by_source(connection, record)
    if not is_public(said):
        raise ProtectionError(
            f"expected a record that its source gives as public, found that {handle} is {said} there; correct the "
            "register or its profile and load it first. Nothing was changed.",
            visibility=said,
        )
    merged = _merged_with(connection, record) & known.keys()
    of_their_own = {
        other
        for other in merged
        if origins_of(connection, other) != {"merged"} or not is_public(_said_by_source(connection, other))
    }
    if of_their_own:
        named = ", ".join(sorted(safe_handles(connection, of_their_own).values()))
        raise ProtectionError(
            f"expected a record that stands alone or whose lists agree, found that {handle} is one facility with "
            f"{named}, protected too; lift that first, or `python -m data part` them. Nothing was changed."
        )
    count = lift(connection, record, reason=why)
    yield f"{handle} is shown again as its source says; reasons lifted: {count}"
    for name in sorted(safe_handles(connection, merged).values()):
        yield f"{name} is the same facility and is shown again, too"
    for other in merged:
        lift(connection, other, reason=why)
    others = sorted(following(connection, record))
    if others:
        yield "these are still protected because of it; lift each that may be shown:"
        yield from (f"    {name}" for name in safe_handles(connection, others).values())


def _said_by_source(connection: Connection, record: Record) -> str | None:
    newest = (
        select(Facility.visibility)
        .where(Facility.source_code == record[0], Facility.record_key == record[1])
        .order_by(Facility.release_id.desc())
        .limit(1)
    )
    return connection.execute(newest).scalar()


def _merged_with(connection: Connection, record: Record) -> set[Record]:
    members = merged_records(connection)
    groups = members.groupby("cluster")[["source_code", "record_key"]]
    clusters = (set(group.itertuples(index=False, name=None)) for _, group in groups)
    return next((cluster - {record} for cluster in clusters if record in cluster), set())


def _listed(connection: Connection) -> Iterator[str]:
    query = (
        select(
            Protection.source_code,
            Protection.record_key,
            Protection.visibility,
            Protection.origin,
            Protection.protected_at,
        )
        .where(Protection.lifted_at.is_(None))
        .order_by(Protection.protected_at.desc(), Protection.id)
    )
    rows = connection.execute(query).all()
    if not rows:
        yield "nothing is protected"
        return
    handles = protected_handles(connection)
    yield f"{'since (UTC)':<12} {'visibility':<15} {'because of':<10} record"
    for row in rows:
        handle = f"{row.source_code}:{handles[row.source_code, row.record_key]}"
        yield f"{row.protected_at:%Y-%m-%d}   {row.visibility:<15} {row.origin:<10} {handle}"
