"""Sheets of own data of the invented region, as a person fills them in and loads them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
from sqlalchemy import Engine

from data.loading.own_sheet import load_sheet
from data.reading.merged_services import read_services
from data.sheets.columns import FACILITIES, columns_of
from data.sheets.known import known_rows
from data.sheets.workbook import write_sheet
from data.store.own_sheets import SheetOf
from data.store.settings import Settings
from tests.support.invented import settings_for

HOMES, CLUBS = SheetOf("CAL-DPS", "98"), SheetOf("DZI-KLS", "98")
BAJKA, MAKIETOWO, MAKIETA = (
    "Zmyślony Dom Pomocy „Pod Bajką”",
    "Zmyślony Dom Pomocy w Makietowie",
    "Zmyślony Dom Pomocy „Makieta”",
)
HEADS = {column.name: column.head for column in columns_of("CAL-DPS")}


def settings(region: Path) -> Settings:
    return replace(settings_for(region), own_data=region.parent / "own")


def template(engine: Engine, folder: Path, sheet: SheetOf = HOMES) -> Path:
    path = folder / f"{sheet.support_form}.xlsx"
    with engine.connect() as connection:
        write_sheet(known_rows(connection, sheet), path, made_on=date(2026, 7, 1))
    return path


def load(engine: Engine, region: Path, path: Path, **options):
    told: list[str] = []
    done = load_sheet(engine, settings(region), path, catalogue_path=region, report=told.append, **options)
    return done, told


class Book:
    """A workbook as a person edits it: by the heads of its columns and the names in its rows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book[FACILITIES]
        self.column = {cell.value: cell.column for cell in self.sheet[1]}

    def row(self, name: str) -> int:
        names = self.sheet.iter_rows(min_col=self.column["Nazwa"], max_col=self.column["Nazwa"])
        return next(cell.row for (cell,) in names if cell.value == name)

    def put(self, name: str, **values) -> None:
        for field, value in values.items():
            self.sheet.cell(self.row(name), self.column[HEADS[field]]).value = value

    def add(self, **values) -> None:
        line = self.sheet.max_row + 1
        for field, value in values.items():
            self.sheet.cell(line, self.column[HEADS[field]]).value = value

    def delete(self, name: str) -> None:
        self.sheet.delete_rows(self.row(name))

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


def shown(engine: Engine, name: str) -> dict:
    """Return the counted services of a name, by profile."""
    with engine.connect() as connection:
        services = read_services(connection)
    mine = services[(services["facility_name"] == name) & services["is_counted"]]
    return {row["subtype"]: row for row in mine.to_dict("records")}
