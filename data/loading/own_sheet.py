"""The load of a filled sheet: what it changes is told, then written as any other load, which `undo` takes back."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, select

from data.catalogue import REAL_CATALOGUE
from data.loading.load import LoadSummary, load_all
from data.sheets.changes import SheetChanges, changes_of, own_rows
from data.sheets.known import known_rows
from data.sheets.own_files import folder_of, rows_in_force, write_rows
from data.sheets.reading import SheetError, read_sheet
from data.store.own_sheets import SheetOf
from data.store.schema import Release
from data.store.schema_revision import require_migrated
from data.store.settings import Settings, example_catalogue


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
    instead of those that they change. Nothing else is loaded. Protected places are not in sheets and stay as they are.

    Raises
    ------
    SheetError, LoadRefusedError and others
        Nothing was changed.
    """
    require_migrated(engine)
    if settings.own_data is None:
        raise SheetError("expected a folder for own data, found none: set SUPPORT_MAP_OWN_DATA")
    filled = read_sheet(path)
    is_invented, own_data = require_loaded(engine), settings.own_data
    folder = folder_of(own_data, is_invented=is_invented)
    with engine.connect() as connection:
        changes = changes_of(filled, known_rows(connection, filled.sheet))
        before = rows_in_force(connection, filled.sheet, folder)
    for line in changes.lines():
        report(line)
    if changes.is_empty:
        return SheetLoad(filled.sheet, changes, None)
    rows = own_rows(changes, before, source_code=filled.sheet.source_code)
    if is_invented:
        catalogue_path = example_catalogue()
        settings = replace(
            settings, mirror=catalogue_path.parent, is_download_allowed=False, boundaries=None, catalogue=None
        )
    with _folder_to_write(own_data, is_committed=is_committed) as written_to:
        target = folder_of(written_to, is_invented=is_invented)
        written = write_rows(target, filled.sheet, rows, saved_at=datetime.now(UTC).replace(tzinfo=None))
        try:
            summary = load_all(
                engine,
                replace(settings, own_data=written_to),
                report=report,
                catalogue_path=catalogue_path,
                is_committed=is_committed,
                accepted_difference=accepted_difference,
                is_example_allowed=False,
                only=filled.sheet.source_code,
            )
        except BaseException:
            written.unlink(missing_ok=True)
            raise
    return SheetLoad(filled.sheet, changes, summary)


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
def _folder_to_write(own_data: Path, *, is_committed: bool) -> Iterator[Path]:
    """Give the folder of own data, or for a plan a copy that is thrown away."""
    if is_committed:
        yield own_data
        return
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "own"
        if own_data.is_dir():
            shutil.copytree(own_data, copied)
        yield copied
