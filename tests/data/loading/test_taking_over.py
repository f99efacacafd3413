"""Rows that say what they said before are not read again: nothing that is stored or said may show it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select

from data.loading import fingerprints
from data.loading.load import load_all
from data.loading.undo import undo_last_load
from data.sources.registers import registers, row_prints
from data.sources.registers.profile import load_profile
from data.sources.registers.register_row import stage_row
from data.sources.registers.row_prints import ReadBefore, RowPrints
from data.store.engine import open_engine
from data.store.schema import Base, Facility, Release
from data.store.schema_revision import migrate
from tests.support.invented import (
    TINY_REGION,
    change_file,
    copy_region,
    replace_text,
    settings_for,
    sha256_of,
)

LIST = "places_of_help.csv"
KEY, OTHER_KEY = "zmyslone#01", "zmyslone#02"
Rows = list[str]


def _other_phone(rows: Rows) -> Rows:
    return [row.replace("000 000 005", "000 000 055") for row in rows]


def _without_one(rows: Rows) -> Rows:
    return [*rows[:3], *rows[4:]]


def _with_one_more(rows: Rows) -> Rows:
    return [*rows, rows[1].replace(KEY, "zmyslone#99").replace("Nibyprzystań", "Druga przystań")]


def _said_twice(rows: Rows) -> Rows:
    return [*rows, rows[1]]


def _key_used_twice(rows: Rows) -> Rows:
    return [rows[0], rows[2].replace(OTHER_KEY, KEY), *rows[1:]]


def _other_order(rows: Rows) -> Rows:
    return [rows[0], *reversed(rows[1:])]


def _cut_short(rows: Rows) -> Rows:
    return [*rows[:1], rows[1].rsplit(",", 3)[0], *rows[2:]]


def _other_organization(rows: Rows) -> Rows:
    return [rows[0], *(row.replace("Fundacja Zmyślona", "Fundacja Inna") for row in rows[1:3]), *rows[3:]]


def _damaged(rows: Rows) -> Rows:
    return [rows[0], rows[1].replace("Nibyprzystań", "NibyprzystaĹ„"), *rows[2:]]


def _refused(rows: Rows) -> Rows:
    return [rows[0], rows[1].replace(",25,", ",-25,"), *rows[2:]]


CHANGES = (
    _other_phone,
    _without_one,
    _with_one_more,
    _said_twice,
    _key_used_twice,
    _other_order,
    _cut_short,
    _other_organization,
    _damaged,
    _refused,
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return copy_region(tmp_path / "region")


def _write(catalogue: Path, rows: Rows) -> None:
    path = catalogue.parent / LIST
    before = sha256_of(path)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    replace_text(catalogue, before, sha256_of(path))


def _load(engine: Engine, catalogue: Path, *, is_again: bool = False) -> None:
    settings, reason = settings_for(catalogue), "a test takes rows out"
    load_all(engine, settings, catalogue_path=catalogue, is_again=is_again, accepted_difference=reason)


def _is_compared(table: str, name: str) -> bool:
    # Pairs are found anew by each load and counted on, on PostgreSQL without end; nothing refers to them.
    return name != "row_print" and not name.endswith("_at") and (table, name) != ("duplicate_pair", "id")


def _stored(engine: Engine) -> dict[str, list[dict[str, object]]]:
    """Return every row of every table, but for what is of the moment."""
    found = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(select(table).order_by(*inspect(table).primary_key)).mappings()
            found[table.name] = [
                {name: value for name, value in row.items() if _is_compared(table.name, name)} for row in rows
            ]
    return found


@pytest.fixture
def staged(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Give the names of facilities whose rows are read, as they are read."""
    names: list[str] = []

    def stage(profile, cells, *, form):
        names.append(cells["facility_name"])
        return stage_row(profile, cells, form=form)

    monkeypatch.setattr(registers, "stage_row", stage)
    return names


@pytest.fixture
def other(tmp_path: Path) -> Engine:
    """Give a second database, in which every row is read each time."""
    engine = open_engine(f"sqlite:///{tmp_path / 'other.sqlite'}")
    migrate(engine)
    return engine


def test_all_that_is_stored_is_as_if_every_row_was_read(
    engine: Engine, other: Engine, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_both(*, is_undone: bool = False) -> None:
        for database, is_each_read in ((engine, False), (other, True)):
            with monkeypatch.context() as patch:
                if is_each_read:
                    patch.setattr(row_prints, "_is_each_row_alone", lambda _: False)
                _load(database, catalogue, is_again=True)
                if is_undone:
                    undo_last_load(database)

    rows = (catalogue.parent / LIST).read_text(encoding="utf-8").splitlines()
    load_both()
    for change in CHANGES:
        _write(catalogue, change(rows))
        load_both()
        assert _stored(engine) == _stored(other), change.__name__
    _write(catalogue, _other_phone(_other_organization(rows)))
    load_both(is_undone=True)
    assert _stored(engine) == _stored(other)
    # A number that was given is not given again on PostgreSQL, though its row is gone.
    if engine.dialect.name == "sqlite":
        load_both()
        assert _stored(engine) == _stored(other)


def test_only_the_changed_row_is_read(engine: Engine, catalogue: Path, staged: list[str]) -> None:
    _load(engine, catalogue)
    silent = [name for name in staged if name.startswith("Schronisko")]
    assert silent == ["Schronisko „Nibyprzystań”"]
    staged.clear()
    change_file(catalogue, LIST, "000 000 005", "000 000 055")
    _load(engine, catalogue)
    with engine.connect() as connection:
        printed = select(Facility.name).where(
            Facility.row_print.is_not(None), Facility.ended_release_id.is_(None)
        )
        names = set(connection.execute(printed).scalars())
        counts = select(Release.records_changed, Release.records_unchanged).order_by(Release.id.desc())
        changed, unchanged = connection.execute(counts).first()
    assert "Schronisko „Nibyprzystań”" in staged
    assert not (names - {"Schronisko „Nibyprzystań”"}) & set(staged)
    assert len(names) > 3
    assert (changed, unchanged > len(names) - 2) == (1, True)


def test_another_program_reads_every_row_once(
    engine: Engine, catalogue: Path, staged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _load(engine, catalogue)
    first = len(staged)
    monkeypatch.setattr(fingerprints, "LOADER_VERSION", 99)
    _load(engine, catalogue)
    assert len(staged) == 2 * first
    change_file(catalogue, LIST, "000 000 005", "000 000 055")
    _load(engine, catalogue)
    assert len(staged) < 3 * first, "the prints of unchanged records are those of the new program"


def test_protected_places_and_those_with_a_work_item_have_no_print(engine: Engine, catalogue: Path) -> None:
    change_file(catalogue, LIST, "Schronisko „Nibyprzystań”", "Schronisko NibyprzystaĹ„")
    _load(engine, catalogue)
    with engine.connect() as connection:
        rows = connection.execute(select(Facility.name, Facility.visibility, Facility.row_print)).all()
    assert {row.visibility for row in rows if row.row_print} == {"public"}
    assert {row.visibility for row in rows} > {"public"}
    assert next(row.row_print for row in rows if row.name.startswith("Schronisko")) is None


def test_a_print_is_of_the_words_their_columns_the_basis_and_the_year() -> None:
    profile = load_profile(TINY_REGION / "registers" / "zmyslone-placowki.toml")

    def of(cells: dict[str, str], basis: str = "a", day: date | None = date(2026, 5, 1)) -> str | None:
        return RowPrints(profile, ReadBefore(basis), day).of(cells)

    first = {"facility_key": "1", "facility_name": "Dom"}
    assert of(first) == of(dict(first)) == of(first, day=date(2026, 12, 31))
    others = (
        of({"facility_key": "1", "facility_name": "Dom "}),
        of({"facility_key": "1", "note": "Dom"}),
        of({"facility_key": "1Dom", "facility_name": ""}),
        of(first, basis="b"),
        of(first, day=date(2025, 12, 31)),
        of(first, day=None),
    )
    assert len({of(first), *others}) == 7
    assert RowPrints(profile, None, None).of(first) is None
