"""The folder of own data: who may read it, and what is said when it is gone."""

from pathlib import Path
from stat import S_IMODE

import pytest
from sqlalchemy import Engine

from data.store.errors import RegisterError
from tests.support.filled_sheets import HOMES, MAKIETOWO, Book, load, template


@pytest.mark.loaded
def test_nobody_but_its_owner_reads_what_sheets_said(engine: Engine, region: Path, tmp_path: Path) -> None:
    for number in (33, 34):
        book = Book(template(engine, tmp_path))
        book.put(MAKIETOWO, capacity_places=number)
        load(engine, region, book.save())
        for path in (region.parent / "own").rglob("*.csv"):
            assert S_IMODE(path.stat().st_mode) == 0o600
            assert S_IMODE(path.parent.stat().st_mode) == 0o700
            assert S_IMODE(path.parent.parent.stat().st_mode) == 0o700
            path.chmod(0o644)  # as earlier versions wrote it
    (folder,) = (region.parent / "own").rglob(HOMES.source_code)
    modes = sorted(S_IMODE(path.stat().st_mode) for path in folder.glob("*.csv"))
    assert modes == [0o644, 0o644]
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, capacity_places=35)
    load(engine, region, book.save())
    assert {S_IMODE(path.stat().st_mode) for path in folder.glob("*.csv")} == {0o600}


@pytest.mark.loaded
@pytest.mark.parametrize("is_committed", [False, True], ids=["plan", "load"])
def test_a_folder_that_is_gone_is_called_by_its_own_name(
    engine: Engine, region: Path, tmp_path: Path, is_committed: bool
) -> None:
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, capacity_places=33)
    load(engine, region, book.save())
    own = region.parent / "own"
    own.rename(tmp_path / "elsewhere")
    book = Book(template(engine, tmp_path))
    book.put(MAKIETOWO, capacity_places=34)
    with pytest.raises(RegisterError, match="Put it back") as caught:
        load(engine, region, book.save(), is_committed=is_committed)
    assert f"expected {own}/" in str(caught.value)
