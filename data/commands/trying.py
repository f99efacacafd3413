"""The command that reads a file as a profile says and needs no database: for who writes a profile."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from data.loading.register_file import read_register_file
from data.release_queries import NO_TOTALS
from data.settings import Settings
from data.sources.profile import load_profile
from data.sources.registers import StagedRegister

_SHOWN = 20


def add_to(commands: Any) -> None:
    """Add the command to a parser."""
    command = commands.add_parser("try", help="read a file as a profile says; nothing is loaded")
    command.add_argument("profile", type=Path, help="a TOML file as data/registers/README.md describes")
    command.add_argument("file", type=Path, help="the register")
    command.add_argument("--all", action="store_true", help=f"every record and row, not the first {_SHOWN}")
    command.set_defaults(run=_try)


def _try(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    del engine, settings
    found = read_register_file(load_profile(options.profile), options.file)
    staged = found.staged
    most = None if options.all else _SHOWN
    facilities = staged.records["facility_key"].nunique()
    yield (
        f"{staged.rows_read} rows: {len(staged.records)} accepted ({facilities} facilities), "
        f"{len(staged.rejected)} rejected; the register speaks of {staged.as_of or 'no day'}"
    )
    yield from _warnings(staged)
    yield from _records(staged, most)
    yield from _rejected(staged, most)
    yield from _totals(staged)
    if found.not_kept:
        yield ""
        yield "values that the registry has no place for"
        yield from (f"  {count} × {name}" for name, count in sorted(found.not_kept.items()))


def _records(staged: StagedRegister, most: int | None) -> Iterator[str]:
    yield ""
    yield "records, with the fields that they have"
    for record in staged.records.head(most or len(staged.records)).to_dict("records"):
        yield f"  {record['row_reference']}  {record['facility_name']}"
        known = {name: value for name, value in record.items() if _is_known(value)}
        yield from (
            f"      {name}: {value}"
            for name, value in known.items()
            if name not in {"row_reference", "facility_name"}
        )
    if most and len(staged.records) > most:
        yield f"  … and {len(staged.records) - most} more (--all)"


def _warnings(staged: StagedRegister) -> Iterator[str]:
    """Say what a load would not refuse and a person would not want."""
    facilities = staged.records.drop_duplicates("facility_key")
    if facilities.empty:
        return
    names = facilities["facility_name"].value_counts()
    if names.iloc[0] > 2:
        yield f"look: {names.iloc[0]} facilities are called {names.index[0]!r}"
    if facilities["street_address"].isna().all():
        yield "look: no record has an address, so the same place in another list would not be merged"
    if facilities["locality_name"].isna().all() and facilities["latitude"].isna().all():
        yield "look: no record has a locality or a point, so none gets a place better than its gmina"


def _rejected(staged: StagedRegister, most: int | None) -> Iterator[str]:
    yield ""
    yield "rejected rows"
    if staged.rejected.empty:
        yield "  none"
    counts = staged.rejected["reason"].value_counts()
    yield from (f"  {count} × {reason}" for reason, count in counts.items())
    for row in staged.rejected.head(most or len(staged.rejected)).to_dict("records"):
        yield f"  {row['row_reference']}  {row['reason']}: {row['detail']}"


def _totals(staged: StagedRegister) -> Iterator[str]:
    yield ""
    yield "the register's own totals, beside the sums of its rows"
    if staged.totals.empty and not staged.not_compared:
        yield f"  not compared: {NO_TOTALS}"
    yield from (f"  not compared: {label}: {why}" for label, why in staged.not_compared)
    for total in staged.totals.to_dict("records"):
        mark = "" if total["stated"] == total["computed"] else "  <- differs"
        yield f"  {total['label']}: {total['quantity']} {total['stated']}, {total['computed']}{mark}"


def _is_known(value: Any) -> bool:
    return bool(value) if isinstance(value, list | str) else bool(pd.notna(value))
