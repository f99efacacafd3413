"""Residents by year on both databases: what adds up is loaded, and what does not leaves all as it was."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.loading.load import load_all
from data.loading.plan import LoadRefusedError
from data.reading.people_queries import residents_by_year
from data.reading.registry_state import registry_fingerprint
from data.registry.reading import read_registry
from tests.support.invented import copy_region, settings_for

HEAD = "table,sex,age_group,2022,2023,2030"
OLDER = {"9801011": 40, "9801022": 60}


def _rows(code: str, older: int, *, more: int = 1) -> list[str]:
    """Give all people, half of them of 65 and more, and some more of both in 2030."""
    groups = {"total": 2 * older, "65+": older}
    return [f"{code},2,T,{name},{count},{count},{count + more}" for name, count in groups.items()]


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Give the invented region with residents of two gminas, and of their powiat in a file of its own."""
    catalogue = copy_region(tmp_path / "region")
    _write(
        catalogue, "gminas", "teryt7", [row for code, older in OLDER.items() for row in _rows(code, older)]
    )
    _write(
        catalogue,
        "powiats",
        "teryt4",
        _rows("9801", 100, more=2),
    )
    return catalogue


def _write(catalogue: Path, name: str, code: str, rows: list[str]) -> None:
    file = catalogue.parent / f"residents_{name}.csv"
    file.write_text("\n".join([f"{code},{HEAD}", *rows]) + "\n", encoding="utf-8")
    entry = (
        f'\n[[source]]\ncode = "zmyslone-{name}"\nname = "Zmyślone"\nkind = "residents_by_year"\npublisher = "nikt"\n'
        f'licence = "MIT"\nattribution = "nikt"\ncounted_to = 2022\n\n[[source.files]]\npath = "{file.name}"\n'
        f'sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"\n'
    )
    known = catalogue.read_text(encoding="utf-8").partition(f'\n[[source]]\ncode = "zmyslone-{name}"')[0]
    catalogue.write_text(known + entry, encoding="utf-8")


def _load(engine: Engine, catalogue: Path):
    return load_all(engine, settings_for(catalogue), catalogue_path=catalogue)


def test_what_adds_up_is_loaded_and_decides_what_now_is(engine: Engine, catalogue: Path) -> None:
    _load(engine, catalogue)
    registry = read_registry(engine)
    told = registry.residents_by_year.set_index(["area_code", "year"])
    assert told.loc[("980101", 2022), ["kind", "persons", "persons_65_plus"]].tolist() == ["counted", 80, 40]
    assert told.loc[("980101", 2023), "kind"] == "projected"
    # 40 + 1 and 60 + 1 people in 2030, as the powiat has them.
    assert told.loc[("9801", 2030), "persons_65_plus"] == 102
    assert told["persons_75_plus"].isna().all()
    assert registry.year_of_now in {2023, 2030}
    assert registry.residents.loc["980102"] == 120


def test_what_does_not_add_up_is_refused_and_changes_nothing(engine: Engine, catalogue: Path) -> None:
    _load(engine, catalogue)
    with engine.connect() as connection:
        before, state = residents_by_year(connection), registry_fingerprint(connection)
    _write(catalogue, "powiats", "teryt4", _rows("9801", 99))
    with pytest.raises(LoadRefusedError) as refused:
        _load(engine, catalogue)
    said = str(refused.value)
    assert "residents_gminas.csv and residents_powiats.csv" in said
    assert "persons_65_plus of 9801 in 2022: 100 ≠ 99" in said
    with engine.connect() as connection:
        assert residents_by_year(connection).equals(before)
        assert registry_fingerprint(connection) == state
