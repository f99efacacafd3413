"""A load of a sheet that was killed after its file was written is completed before anything is compared."""

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.loading import own_sheet
from data.loading.load import load_all
from data.loading.undo import undo_last_load
from data.sheets.own_files import left_over
from data.store.own_sheets import SheetOf
from tests.support.filled_sheets import (
    BAJKA,
    HOMES,
    MAKIETA,
    MAKIETOWO,
    Book,
    load,
    settings,
    shown,
    template,
)


def places(engine: Engine, name: str) -> list[int]:
    return [row["capacity_places"] for row in shown(engine, name).values()]


def kill_load(engine: Engine, region: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load a sheet as if the process were killed when its file is written: nobody takes it away."""

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(own_sheet, "load_all", killed)
        patched.setattr(own_sheet, "_taken_back", lambda: nullcontext([]))
        with pytest.raises(KeyboardInterrupt):
            load(engine, region, path)


@pytest.mark.loaded
@pytest.mark.parametrize("killed", [HOMES, SheetOf("CAL-DPS", "9801")], ids=["the same", "another area"])
def test_the_next_sheet_is_compared_with_what_a_killed_load_left(
    engine: Engine, region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: SheetOf
) -> None:
    book = Book(template(engine, tmp_path, killed))
    book.put(BAJKA, phones="12 111 11 11")
    first = book.save().rename(tmp_path / "first.xlsx")
    book = Book(template(engine, tmp_path))
    book.put(MAKIETA, capacity_places=44)
    second = book.save()
    kill_load(engine, region, first, monkeypatch)
    assert next(iter(shown(engine, BAJKA).values()))["phones"] != ["12 111 11 11"]

    completed = (
        f"{killed.source_code}: a load of this sheet was killed before it was done; it is completed first"
    )
    _, told = load(engine, region, second, is_committed=False)
    assert told[0] == completed
    with engine.connect() as connection:
        assert left_over(connection, next((region.parent / "own").glob("*"))) == (killed.source_code,)

    done, told = load(engine, region, second)
    assert told[0] == completed
    assert "1 changed, 0 added, 0 deleted, 2 unchanged" in told
    assert done.summary.report.releases[0].records_vanished == 0
    assert next(iter(shown(engine, BAJKA).values()))["phones"] == ["12 111 11 11"]
    assert places(engine, MAKIETA) == [44]
    undo_last_load(engine)
    assert next(iter(shown(engine, BAJKA).values()))["phones"] == ["12 111 11 11"]
    assert places(engine, MAKIETA) != [44]
    # What undo took back is not left over.
    _, told = load(engine, region, first, is_committed=False)
    assert told[0].startswith("0 changed, 0 added, 0 deleted, ")


@pytest.mark.loaded
def test_the_same_sheet_again_completes_what_was_begun(
    engine: Engine, region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, capacity_places=33)
    path = book.save()
    kill_load(engine, region, path, monkeypatch)
    done, _ = load(engine, region, path, is_committed=False)
    assert done.changes.is_empty
    assert places(engine, MAKIETOWO) == [30]  # a plan writes nothing
    done, _ = load(engine, region, path)
    assert done.changes.is_empty
    assert places(engine, MAKIETOWO) == [33]
    assert len(list((region.parent / "own").rglob("*.csv"))) == 1


def test_files_that_a_new_database_reads_are_not_left_over(
    engine: Engine, region: Path, tmp_path: Path
) -> None:
    load_all(engine, settings(region), catalogue_path=region)
    for number in (33, 34):
        book = Book(template(engine, tmp_path))
        book.put(MAKIETOWO, capacity_places=number)
        load(engine, region, book.save())
    own = tmp_path / "copied"
    (region.parent / "own").rename(own)
    with engine.connect() as connection:
        assert left_over(connection, next(own.glob("*"))) == ()
    load_all(engine, replace(settings(region), own_data=own), catalogue_path=region)
    assert places(engine, MAKIETOWO) == [34]


@pytest.mark.loaded
def test_a_load_that_was_killed_is_completed_by_the_next_one(
    engine: Engine, region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, capacity_places=33)
    path = book.save()
    with monkeypatch.context() as patched:
        patched.setattr(own_sheet, "load_all", killed)
        with pytest.raises(KeyboardInterrupt):
            load(engine, region, path)
        assert not list((region.parent / "own").rglob("*.csv"))
        # Nobody takes the file away where the process is killed.
        patched.setattr(own_sheet, "_taken_back", lambda: nullcontext([]))
        with pytest.raises(KeyboardInterrupt):
            load(engine, region, path)
    assert len(list((region.parent / "own").rglob("*.csv"))) == 1
    assert [row["capacity_places"] for row in shown(engine, MAKIETOWO).values()] == [30]
    summary = load_all(engine, settings(region), catalogue_path=region)
    assert summary.written == (HOMES.source_code,)
    assert [row["capacity_places"] for row in shown(engine, MAKIETOWO).values()] == [33]
    assert load(engine, region, path)[0].changes.is_empty
