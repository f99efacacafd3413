"""The load of a filled sheet: what it changes is told, then written as any other load, which `undo` takes back."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from data.catalogue import REAL_CATALOGUE
from data.loading.content_checks import without_persons
from data.loading.load import LoadSummary, load_all
from data.registry.work_items import items_of_source
from data.sheets.area_of_rows import advice_of_area
from data.sheets.changes import SheetChanges, changes_of
from data.sheets.columns import columns_of
from data.sheets.doubts import doubts_of, postal_beginnings
from data.sheets.known import known_rows, sheets_speaking
from data.sheets.own_files import folder_of, left_over, rows_in_force, write_rows
from data.sheets.own_rows import own_rows
from data.sheets.reading import FilledSheet, OwnRows, SheetError, key_of_added, read_sheet
from data.sheets.shown_by_default import default_line
from data.sheets.taken_words import taken
from data.store.own_sheets import SheetOf
from data.store.query_frames import plain_rows
from data.store.schema import Facility, Release
from data.store.schema_revision import require_migrated
from data.store.settings import Settings, example_catalogue
from data.store.transactions import exclusive
from data.vocabulary import has_door


@dataclass(frozen=True)
class SheetLoad:
    """What a sheet changes, and the load of it; None where it changes nothing."""

    sheet: SheetOf
    changes: SheetChanges
    summary: LoadSummary | None


def load_sheet(
    engine: Engine,
    settings: Settings,
    path: Path,
    *,
    report: Callable[[str], None] = lambda _: None,
    catalogue_path: Path = REAL_CATALOGUE,
    is_committed: bool = True,
    accepted_difference: str | None = None,
) -> SheetLoad:
    """
    Load a sheet that `python -m data template` made and somebody filled in.

    Its changes become a file of the operator's own (`Settings.own_data`) and a source of its own, whose records speak
    instead of those that they change. Nothing else is loaded but what loads of sheets that were killed left: it is read
    before anything is compared. Protected places are not in sheets and stay as they are.

    Raises
    ------
    SheetError, LoadRefusedError and others
        Nothing was changed.
    """
    require_migrated(engine)
    _own_data(settings)
    filled, not_kept = taken(read_sheet(path))
    withheld = _withheld(filled)
    is_invented = require_loaded(engine)
    if is_invented:
        catalogue_path = example_catalogue()
        settings = replace(
            settings, mirror=catalogue_path.parent, is_download_allowed=False, boundaries=None, catalogue=None
        )

    def load_one(connection: Connection, code: str, used: Settings, **options: Any) -> LoadSummary:
        return load_all(
            engine,
            used,
            report=report,
            catalogue_path=catalogue_path,
            accepted_difference=accepted_difference,
            is_example_allowed=False,
            only=code,
            within=connection,
            **options,
        )

    # Who writes alone reads alone, too: what another sheet says meanwhile would be written over.
    with (
        _folder_to_write(settings, is_committed=is_committed) as used,
        _taken_back() as written,
        exclusive(engine, report) as connection,
    ):
        # What is in force is read where it is kept, so that what is said of it names no copy.
        kept = folder_of(_own_data(settings), is_invented=is_invented)
        folder = folder_of(_own_data(used), is_invented=is_invented)
        for code in left_over(connection, folder):
            report(f"{code}: a load of this sheet was killed before it was done; it is completed first")
            load_one(connection, code, used)
        now = datetime.now(UTC).replace(tzinfo=None)
        changes, rows = _compared(connection, filled, kept, saved_at=now, withheld=withheld)
        for line in (*changes.lines(), *_left_out(filled, not_kept, withheld)):
            report(line)
        line = default_line(filled.sheet)
        if line and (changes.added or changes.replaced):
            report(f"  look at  {line}")
        for line in doubts_of(changes, postal_beginnings(connection, filled.sheet)):
            report(line)
        if changes.is_empty:
            if not is_committed:
                connection.rollback()
            return SheetLoad(filled.sheet, changes, None)
        written.append(write_rows(folder, filled.sheet, rows, saved_at=now))
        summary = load_one(
            connection,
            filled.sheet.source_code,
            used,
            is_committed=is_committed,
            check=lambda: _checked(connection, changes, filled.sheet, report),
        )
    return SheetLoad(filled.sheet, changes, summary)


def _checked(
    connection: Connection, changes: SheetChanges, sheet: SheetOf, report: Callable[[str], None]
) -> None:
    """Refuse what stands in another area, and tell what the load found in the rows of the sheet."""
    _require_placed_in_area(connection, changes, sheet)
    for item in plain_rows(items_of_source(connection, sheet.source_code)):
        facts = ", ".join(f"{name}: {value}" for name, value in item["facts"].items() if value is not None)
        report(f"  look at  {item['subject']}: {item['kind']}{f' ({facts})' if facts else ''}")


def _require_placed_in_area(connection: Connection, changes: SheetChanges, sheet: SheetOf) -> None:
    """Refuse an added facility without a gmina of its own whose address is in another area than the sheet's."""
    if not has_door(sheet.support_form):
        return
    query = select(Facility.record_key, Facility.gmina_code).where(
        Facility.source_code == sheet.source_code,
        Facility.ended_release_id.is_(None),
        Facility.gmina_code.is_not(None),
        Facility.gmina_code.not_like(f"{sheet.area_code}%"),
    )
    outside = {str(key): str(code) for key, code in connection.execute(query)}
    for row in changes.added:
        code = outside.get(key_of_added(row))
        if code is not None:
            place = row.texts["locality_name"] or row.texts["street_address"]
            raise SheetError(
                f"{row.reference}: expected a facility in the area of this sheet ({sheet.area_code}), found "
                f"{place!r}, which is in the gmina {code}. Nothing was changed. {advice_of_area(sheet, code)}",
                row=row.reference,
                found=code,
            )


def _withheld(filled: FilledSheet) -> frozenset[tuple[str, str]]:
    """Return the cells (row, column) that name a private person: their words are taken nowhere."""
    found = without_persons([dict(record) for record in filled.records])
    return frozenset(
        (item["facts"]["row"], item["facts"]["field"])
        for item in found
        if item["kind"] == "personal_name"
        and item["facts"]["field"] != "phones"  # their words are never kept
    )


def _left_out(
    filled: FilledSheet, not_kept: Sequence[str], withheld: frozenset[tuple[str, str]]
) -> Iterator[str]:
    """Say which words of a sheet are not taken, where they stand and why."""
    heads = {column.name: column.head for column in columns_of(filled.sheet.support_form)}
    yield from (f"  left out {line}" for line in (*filled.emails, *not_kept))
    for where, field in sorted(withheld):
        yield (
            f"  left out {where}: {heads.get(field, field)}: names a private person, so that the cell is not taken; "
            "what was known stays"
        )


def _compared(
    connection: Connection,
    filled: FilledSheet,
    folder: Path,
    *,
    saved_at: datetime,
    withheld: frozenset[tuple[str, str]],
) -> tuple[SheetChanges, OwnRows]:
    """Return what a sheet changes, and the rows of the file that it becomes."""
    sheet = filled.sheet
    before = rows_in_force(connection, sheet, folder)
    changes = changes_of(
        filled,
        known_rows(connection, sheet),
        other_sheets=sheets_speaking(connection, but=sheet),
        before=before,
        withheld=withheld,
    )
    return changes, own_rows(changes, before, source_code=sheet.source_code, saved_at=saved_at)


@contextmanager
def _taken_back() -> Iterator[list[Path]]:
    """Give a list of files that go when something fails until the load is written."""
    written: list[Path] = []
    try:
        yield written
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def require_loaded(engine: Engine) -> bool:
    """
    Check that there is something to compare with, and tell whether it is the example region.

    Raises
    ------
    SheetError
        If nothing is loaded.
    """
    with engine.connect() as connection:
        query = select(Release.is_invented).where(Release.state == "current")
        found = connection.execute(query).scalars().all()
    if not found:
        raise SheetError(
            "expected a database with areas and registers, found an empty one; run `make data` first"
        )
    return all(found)


@contextmanager
def _folder_to_write(settings: Settings, *, is_committed: bool) -> Iterator[Settings]:
    """Give settings with the folder of own data, or for a plan with a copy that is thrown away."""
    if is_committed:
        yield settings
        return
    with tempfile.TemporaryDirectory() as folder:
        copied, own_data = Path(folder) / "own", _own_data(settings)
        if own_data.is_dir():
            shutil.copytree(own_data, copied)
        yield replace(settings, own_data=copied)


def _own_data(settings: Settings) -> Path:
    if settings.own_data is None:
        raise SheetError("expected a folder for own data, found none: set SUPPORT_MAP_OWN_DATA")
    return settings.own_data
