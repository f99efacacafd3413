"""Commands that only read: status, work, area, changes, history, totals."""

import argparse
import json
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine

from data.loading.report import MOST_RECORDS, say_record
from data.own_catalogue import whole_catalogue
from data.reading import area_queries, release_queries
from data.reading.history import MASKED, record_history, release_changes
from data.reading.record_handles import protected_handles
from data.reading.record_search import record_keys
from data.registry import counts, work_items
from data.registry.status import read_status
from data.sources.fetch import damaged_files
from data.store.database_file import require_database
from data.store.schema_revision import require_migrated
from data.store.settings import Settings
from geo.errors import SupportMapError, TerytError
from geo.teryt import Teryt


class UnknownRecordError(SupportMapError, LookupError):
    """There is no such source or record."""


def add_to(commands: Any) -> None:
    """Add the commands to a parser."""
    command = commands.add_parser("status", help="tell what is loaded")
    command.add_argument("--json", action="store_true", help="as JSON with stable names")
    command.set_defaults(run=_status)
    command = commands.add_parser("work", help="list what a person should look at")
    command.add_argument("kind", nargs="?", help="only one kind, as `status` counts them")
    command.set_defaults(run=_reading(_work))
    command = commands.add_parser(
        "area", help="tell which gmina of our boundaries a code of another year means"
    )
    command.add_argument("code", help="7 digits, or WWPPGG_R")
    command.add_argument(
        "--vintage", default="2026", help="the year of the code: 2019, 2020, 2025 or 2026 (default)"
    )
    command.set_defaults(run=_reading(_area))
    command = commands.add_parser("changes", help="tell what the newest release of a source changed")
    command.add_argument("source", help="its code, as `status` lists it")
    command.set_defaults(run=_reading(_changes))
    command = commands.add_parser("history", help="tell what happened to a facility, field by field")
    command.add_argument("source", help="the code of its source")
    command.add_argument("record", help="its record key, a part of its name, or its town or village")
    command.set_defaults(run=_reading(_history))
    command = commands.add_parser("totals", help="compare our totals with official ones")
    command.set_defaults(run=_reading(_totals))


def _reading(say: Any) -> Any:
    """Return a command that says something about a database that exists and is up to date."""

    def run(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
        del settings
        require_database(engine)
        require_migrated(engine)
        with engine.connect() as connection:
            yield from say(options, connection)

    return run


def _status(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    """Say what is loaded, what is not there, and which files of the mirror and the cache are damaged."""
    require_database(engine)
    require_migrated(engine)
    damaged = damaged_files(whole_catalogue(settings.catalogue).source, settings)
    with engine.connect() as connection:
        status = read_status(connection)
    if options.json:
        yield json.dumps({**status.to_json(), "damaged": damaged}, ensure_ascii=False, indent=2)
        return
    yield from status.lines()
    if damaged:
        yield f"damaged files, of which a load reads nothing: {len(damaged)}"
        yield from (f"  {code}: {said}" for code, said in damaged.items())


def _work(options: argparse.Namespace, connection: Connection) -> Iterator[str]:
    items = work_items.work_items(connection, options.kind).to_dict("records")
    if not items:
        yield "no open work items"
    for item in items:
        yield _say_work_item(item)


def _say_work_item(item: Mapping[Hashable, Any]) -> str:
    facts = ", ".join(f"{name}: {value}" for name, value in item["facts"].items())
    return f"{item['kind']}  {item['source_code']}  {item['subject']}  {facts}"


def _area(options: argparse.Namespace, connection: Connection) -> Iterator[str]:
    """Say in one line which gmina of our boundaries a code means."""
    wanted = Teryt.parse(options.code).teryt_code
    area_code, is_parent = area_queries.area_of_code(connection, wanted, options.vintage)
    if area_code is None:
        raise TerytError(
            f"expected a gmina code of {options.vintage} that has an area on our boundaries, found "
            f"{options.code!r}, which has none; check the code and the year (--vintage)",
            code=options.code,
            vintage=options.vintage,
        )
    gminas = area_queries.areas(connection, "gmina").set_index("area_code")
    area = gminas.loc[area_code]
    where = f"{area_code} {area['name']} (powiat {area['powiat_name']}, {area['voivodeship_name']})"
    found = f"{wanted} of {options.vintage} is {where} on the boundaries of {area['boundary_vintage']}"
    if is_parent:
        found += ": the gmina is younger than the boundaries, this is the one it was part of"
    others = gminas[(gminas["people_code"] == area["people_code"]) & (gminas.index != area_code)]
    if len(others):
        names = ", ".join(f"{code} {name}" for code, name in others["name"].items())
        found += f"; they were one gmina when its people were counted, who are told together: {names}"
    yield found


def _changes(options: argparse.Namespace, connection: Connection) -> Iterator[str]:
    release = release_queries.newest_release(connection, options.source)
    if release is None:
        raise _unknown(connection, options.source)
    yield (
        f"{options.source}: {release.file_name}, from {release.effective_on}: {release.records_added} added, "
        f"{release.records_changed} changed, {release.records_unchanged} unchanged, "
        f"{release.records_vanished} vanished"
    )
    for record in release_changes(connection, release.id, limit=MOST_RECORDS):
        yield from say_record(record)


def _history(options: argparse.Namespace, connection: Connection) -> Iterator[str]:
    keys = record_keys(connection, options.source, options.record)
    if not keys:
        if release_queries.newest_release(connection, options.source) is None:
            raise _unknown(connection, options.source)
        raise UnknownRecordError(
            f"expected a record key of {options.source}, a part of a name or a town or village, found "
            f"{options.record!r}, which fits none",
            record=options.record,
        )
    if len(keys) > 1:
        handles = protected_handles(connection)
        yield f"{len(keys)} records fit; name one of them:"
        for key, name in keys.items():
            handle = handles.get((options.source, key))
            yield f"    {handle}  {MASKED}" if handle else f"    {key}  {name}"
        return
    for change in record_history(connection, options.source, next(iter(keys))):
        yield f"{change.effective_on}  {change.file_name}  {change.row_reference}"
        yield from say_record(change)


def _totals(options: argparse.Namespace, connection: Connection) -> Iterator[str]:
    del options
    yield "totals that registers state themselves, beside the sums of their rows"
    for row in release_queries.register_totals(connection).to_dict("records"):
        yield _say_total(row["source_code"], row["label"], row["quantity"], row["stated"], row["computed"])
    for code, reasons in release_queries.totals_not_compared(connection).items():
        yield from (f"{code:<24} not compared: {why}" for why in reasons)
    yield ""
    yield "official totals, beside the counted facilities and places of all sources"
    official = counts.official_comparison(connection).to_dict("records")
    if not official:
        yield "not compared: no official totals are loaded"
    for row in official:
        where = f"voivodeship {row['area_code']}"
        # What is only set beside ours counts other things, too: there is no difference to tell.
        is_alike = not pd.isna(row["tolerance_pct"])
        line = _say_total(
            row["source_code"], where, row["quantity"], row["official"], row["ours"], is_alike=is_alike
        )
        yield line + ("" if row["is_complete"] else "  (no complete register here)")


def _say_total(
    source: str, label: str, quantity: str, official: int, ours: int, *, is_alike: bool = True
) -> str:
    difference = f"{ours - official:>+7}" if is_alike else f"{'':>7}"
    return f"{source:<24} {label:<34} {quantity:<16} {official:>7} {ours:>7} {difference}".rstrip()


def _unknown(connection: Connection, source: str) -> UnknownRecordError:
    known = ", ".join(release_queries.releases(connection)["source_code"])
    return UnknownRecordError(
        f"expected the code of a source, found {source!r}; there are {known}", source=source
    )
