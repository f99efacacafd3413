"""The command that makes a sheet of what is known of a form in an area, to be filled in and loaded again."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.loading.own_sheet import require_loaded
from data.sheets.known import known_rows
from data.sheets.shown_by_default import default_line
from data.sheets.workbook import write_sheet
from data.store.database_file import require_database
from data.store.own_sheets import SheetOf
from data.store.schema_revision import require_migrated
from data.store.settings import Settings
from data.store.whole_file import whole_file
from geo.errors import SupportMapError


class SheetPathError(SupportMapError, FileExistsError):
    """There is a file already, which may have been filled in, or the name is not that of a workbook."""


def add_to(commands: Any) -> None:
    """Add the command to a parser."""
    command = commands.add_parser("template", help="make a sheet of what is known, to fill in and load again")
    command.add_argument("form", help="the code of a form of support, such as CAL-DPS")
    command.add_argument("path", type=Path, help="the workbook to write (.xlsx)")
    command.add_argument("--area", required=True, help="TERYT code of a voivodeship, powiat or gmina")
    command.add_argument("--force", action="store_true", help="replace the file if there is one")
    command.set_defaults(run=_template)


def _template(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    del settings
    require_database(engine)
    require_migrated(engine)
    require_loaded(engine)
    path: Path = options.path
    if path.suffix.lower() != ".xlsx":
        raise SheetPathError(f"expected a name that ends with .xlsx, found {path.name}", path=str(path))
    if path.exists() and not options.force:
        raise SheetPathError(
            f"{path} is there already, and somebody may have filled it in; give another name, or --force",
            path=str(path),
        )
    with engine.connect() as connection:
        known = known_rows(connection, SheetOf(options.form.upper(), options.area))
    with whole_file(path) as unfinished:
        write_sheet(known, unfinished, made_on=datetime.now(UTC).date())
    yield f"{path}: {known.sheet.support_form} in {known.area_name} ({known.sheet.area_code}): {len(known.rows)} rows"
    if line := default_line(known.sheet):
        yield line
    if known.left_out:
        yield (
            f"{known.left_out} protected places are not in it: their addresses do not leave the database, and a load "
            "of the sheet leaves them as they are"
        )
