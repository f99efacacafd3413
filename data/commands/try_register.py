"""
The command that reads a file as a profile says and tells all that a load would, before any load.

It ends with 1 when the file or the profile cannot be read, else with 0: rejected rows and things to look at are told
in its output, for a person decides whether they are right.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from data.loading.known_world import known_world
from data.loading.register_file import check_file, read_register_file
from data.loading.register_plan import PlaceSources, item_of_doubt
from data.places.stated_area import with_voivodeships
from data.reading.release_queries import NO_TOTALS
from data.sources.registers.profile import RegisterProfile, load_profile
from data.sources.registers.staged_register import StagedRegister
from data.store.query_frames import Row
from data.store.settings import Settings

_SHOWN = 20

WORK_ITEM_ADVICE = {
    "axes_not_told": "both orders of the axes fit: compare one point with a map, and say the area in more detail",
    "axes_swapped": "northing seems to come first: save the file again in EPSG:4326, or with x (easting) first",
    "cell_left_out": "a spreadsheet made it a date or a number: format the column as text and type it again",
    "coordinate_disagrees": "the point lies elsewhere than the words say: correct one of them",
    "facility_rows_disagree": "rows of one facility give several localities: give each place a key of its own",
    "gmina_code_disagrees": "the code is of another area than the other words: correct one of them",
    "gmina_code_unknown": "no gmina has the code: correct it, or leave it out and give the name",
    "gmina_disagrees": "the place lies in another gmina than stated: correct the locality or the gmina",
    "gmina_name_unknown": "no gmina has the name there: correct it",
    "gmina_younger_than_boundaries": "nothing to do: it is counted in the gmina that it was part of",
    "hidden_rows": "rows that are hidden or filtered out were read too: delete them if they do not count",
    "hidden_sheet": "the sheet that the profile names is hidden: check that it is the right one",
    "letters_damaged": "letters look as if they went through a wrong encoding: save the file again as UTF-8",
    "locality_ambiguous": "several localities have the name: give the gmina or the postal code",
    "locality_unknown": "no locality has the name there: correct it, or the gmina",
    "not_located": "no such place is known there: correct the locality or the gmina, or give the one that is missing",
    "personal_name": "the text seems to name a private person and is left out: take the name out of the file",
    "phone_doubtful": "these have more or fewer digits than a telephone: it is shown and cannot be dialled; correct it",
    "phone_left_out": "these are no whole telephone numbers: format the column as text and type them again",
    "places_by_sex_differ": "women's and men's vacant places do not add up: correct one of the numbers",
    "powiat_unknown": "no powiat of the voivodeship has the name: correct it",
    "row_cut_short": "the row has fewer cells than the header: check that nothing is missing at its end",
    "service_area_unknown": "no area has these codes: correct them",
    "total_differs": "the register's own total is not the sum of its rows: look for a row that is missing",
    "vacancies_exceed_capacity": "more vacant places than places: correct one of the numbers",
}
"""By kind; in English, as all output of commands."""


def add_to(commands: Any) -> None:
    """Add the command to a parser."""
    command = commands.add_parser("try", help="read a file as a profile says; nothing is loaded")
    command.add_argument("profile", type=Path, help="a TOML file as data/registers/README.md describes")
    command.add_argument("file", type=Path, help="the register")
    command.add_argument("--all", action="store_true", help=f"every record and row, not the first {_SHOWN}")
    command.set_defaults(run=_try)


def _try(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    profile = load_profile(options.profile)
    found = read_register_file(profile, options.file)
    known = known_world(engine, settings, voivodeship_code=profile.register_.voivodeship)
    staged = found.staged if known.world is None else with_voivodeships(found.staged, known.world.areas)
    most = None if options.all else _SHOWN
    facilities = staged.records["facility_key"].nunique()
    yield (
        f"{staged.rows_read} rows: {len(staged.records)} accepted ({facilities} facilities), "
        f"{len(staged.rejected)} rejected; the register speaks of {staged.as_of or 'no day'}"
    )
    yield known.words
    yield from _warnings(staged)
    yield from _doubtful(_doubts(profile, options.file, staged, known.world), staged, most)
    yield from _records(staged, most)
    yield from _rejected(staged, most)
    yield from _totals(staged)
    if found.not_kept:
        yield ""
        yield "values that the registry has no place for"
        yield from (f"  {count} × {name}" for name, count in sorted(found.not_kept.items()))


def _doubts(
    profile: RegisterProfile, path: Path, staged: StagedRegister, world: PlaceSources | None
) -> Sequence[Row]:
    """Return the work items of a load; without areas, those that need none."""
    if world is None or staged.records.empty:
        return [item_of_doubt(doubt, path.name) for doubt in staged.doubts]
    return check_file(profile, path, staged, world).work_items


def _doubtful(items: Sequence[Row], staged: StagedRegister, most: int | None) -> Iterator[str]:
    """Say by kind what a person should look at: how many, what to do, and each with its row and its values."""
    yield ""
    yield f"to look at: {len(items)}"
    records = staged.records.drop_duplicates("facility_key").set_index("facility_key")
    for kind, count in Counter(item["kind"] for item in items).most_common():
        yield f"  {count} × {kind}: {WORK_ITEM_ADVICE.get(kind, 'look at it')}"
        mine = [item for item in items if item["kind"] == kind]
        for item in mine[:most]:
            yield f"    {_where(item, records)}: {_facts(item)}"
        if most and count > most:
            yield f"    … and {count - most} more (--all)"


def _where(item: Row, records: pd.DataFrame) -> str:
    """Return the row and the name of a work item's subject; that of a protected place is its row alone."""
    subject = item["subject"]
    if subject not in records.index:
        return str(subject)
    row = item["facts"].get("row") or records.loc[subject, "row_reference"]
    return f"{row}  {records.loc[subject, 'facility_name']}"


def _facts(item: Row) -> str:
    return ", ".join(
        f"{name}: {value}" for name, value in item["facts"].items() if name != "row" and _is_known(value)
    )


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
