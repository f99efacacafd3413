"""
The registry from the command line.

    python -m data migrate            bring the database schema up to date
    python -m data load [--offline]   the same, then load every source that changed (--offline: no network)
    python -m data status [--json]    tell what is loaded
    python -m data work [KIND]        list what a person should look at, one line each
    python -m data area CODE [--vintage YEAR]
                                      tell which gmina of our boundaries a TERYT code of another year means

`status --json` prints one object with these keys, whose names do not change:

    is_invented   true when the invented region is loaded and nothing of it is real
    fingerprint   12 hex digits that change with any release; null dates are unknown
    as_of         the newest date that a register speaks of
    releases      source_code, is_invented, boundary_vintage, as_of, file_name, file_sha256, fingerprint,
                  loaded_at (UTC), rows_read, rows_accepted, rows_rejected; one object a source
    rows          gmina, powiat, voivodeship, locality, facility, service: rows of the current releases
    population    persons, persons_65_plus, persons_80_plus
    forms         voivodeship_code, voivodeship_name, support_form, facilities,
                  capacity_places (sum of those known, or null),
                  capacity_unknown (services that do not state it),
                  set_aside (services that a complete register replaces); active services only
    rejected      source_code, reason, rows
    totals        source_code, quantity, totals (how many the register states), equal (to the sums of its rows)
    work_items    kind → number of open work items
"""

import argparse
import json
import sys
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from data import queries, release_queries
from data.engine import migrate, open_engine, require_database, require_migrated
from data.load import load_all
from data.settings import Settings
from data.status import read_status
from geo.errors import SupportMapError, TerytError
from geo.teryt import Teryt


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 with one message when it did not."""
    options = _parser().parse_args(arguments)
    settings = Settings.from_environment()
    try:
        engine = open_engine(settings.database_url)
        try:
            _run(options, engine, settings)
        finally:
            engine.dispose()
    except BrokenPipeError:  # the reader of our output (`| head`) had enough
        sys.stdout = None
        return 0
    except SupportMapError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except DBAPIError as error:
        # The driver's own words; SQLAlchemy adds the statement and its values, which may be private.
        print(f"error: the database refused: {str(error.orig).strip()}", file=sys.stderr)
        return 1
    return 0


def _run(options: argparse.Namespace, engine: Engine, settings: Settings) -> None:
    if options.command == "migrate":
        migrate(engine)
        print("the database schema is up to date", file=sys.stderr)
    elif options.command == "load":
        used = replace(settings, is_download_allowed=False) if options.offline else settings
        migrate(engine)
        load_all(engine, used, report=lambda line: print(line, file=sys.stderr, flush=True))
    else:
        require_database(engine)
        require_migrated(engine)
        with engine.connect() as connection:
            print(_answer(options, connection))


def _answer(options: argparse.Namespace, connection: Connection) -> str:
    """Return what a command that only reads has to say."""
    if options.command == "area":
        return _say_area(connection, options.code, options.vintage)
    if options.command == "work":
        items = release_queries.work_items(connection, options.kind).to_dict("records")
        return "\n".join(_say_work_item(item) for item in items) or "no open work items"
    status = read_status(connection)
    return (
        json.dumps(status.to_json(), ensure_ascii=False, indent=2)
        if options.json
        else "\n".join(status.lines())
    )


def _say_work_item(item: Mapping[Hashable, Any]) -> str:
    facts = ", ".join(f"{name}: {value}" for name, value in item["facts"].items())
    return f"{item['kind']}  {item['source_code']}  {item['subject']}  {facts}"


def _say_area(connection: Connection, code: str, vintage: str) -> str:
    """
    Say in one line which gmina of our boundaries a code means.

    Raises
    ------
    TerytError
        If the code is not one, or has no area here.
    """
    wanted = Teryt.parse(code).teryt_code
    area_code, is_parent = queries.area_of_code(connection, wanted, vintage)
    if area_code is None:
        raise TerytError(
            f"expected a gmina code of {vintage} that has an area on our boundaries, found {code!r}, which has none; "
            f"check the code and the year (--vintage)",
            code=code,
            vintage=vintage,
        )
    area = queries.areas(connection, "gmina").set_index("area_code").loc[area_code]
    where = f"{area_code} {area['name']} (powiat {area['powiat_name']}, {area['voivodeship_name']})"
    found = f"{wanted} of {vintage} is {where} on the boundaries of {area['boundary_vintage']}"
    return (
        f"{found}: the gmina is younger than the boundaries, this is the one it was part of"
        if is_parent
        else found
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m data", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="bring the database schema up to date")
    load = commands.add_parser("load", help="load every source that changed, in one transaction")
    load.add_argument("--offline", action="store_true", help="read mirror and cache only, download nothing")
    status = commands.add_parser("status", help="tell what is loaded")
    status.add_argument("--json", action="store_true", help="as JSON with stable names")
    work = commands.add_parser("work", help="list what a person should look at")
    work.add_argument("kind", nargs="?", help="only one kind, as `status` counts them")
    area = commands.add_parser("area", help="tell which gmina of our boundaries a code of another year means")
    area.add_argument("code", help="7 digits, or WWPPGG_R")
    area.add_argument(
        "--vintage", default="2026", help="the year of the code: 2019, 2020, 2025 or 2026 (default)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
