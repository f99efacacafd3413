from pathlib import Path

import pandas as pd
import pytest

from data.sources.country.residents_by_year import read_residents, read_residents_by_year
from data.sources.staged import SourceFormatError

YEARS = "2022,2023"
OWN = {"120101": "120101", "120102": "120102", "1201": "1201", "00": "00"}
# Ages in the groups of gminas; the office calls 50-59 `50-49`.
GROUPS = {"0-49": 50, "50-49": 20, "60-69": 16, "70-79": 9, "80+": 5}


def _rows(code: str, groups: dict[str, int], *, table: int = 1) -> list[str]:
    """Give the rows of an area: of each group one person more in the second year, and half of them women."""
    rows = []
    for group, persons in {"total": sum(groups.values()), **groups}.items():
        grown = len(groups) if group == "total" else 1
        rows.append(f"{code},{table},T,{group},{persons},{persons + grown}")
        women = persons // 2
        rows.append(f"{code},{table},F,{group},{women},{women}")
        rows.append(f"{code},{table},M,{group},{persons - women},{persons - women + grown}")
    return rows


def _file(tmp_path: Path, rows: list[str], *, code: str = "teryt7", before: str = "") -> Path:
    path = tmp_path / "residents.csv"
    path.write_text(
        f"{before}{code},table,sex,age_group,{YEARS}\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    return path


def _read(path: Path) -> pd.DataFrame:
    return read_residents_by_year(path, area_of_code=OWN).records.set_index(["area_code", "year"])


def test_ages_are_told_where_a_group_begins(tmp_path: Path) -> None:
    rows = [*_rows("1201011", GROUPS), "1201011,2,T,65+,20,22", "1201011,2,T,60+/65+,25,27"]
    records = _read(_file(tmp_path, rows))
    now = records.loc[("120101", 2022)]
    # 50 + 20 + 16 + 9 + 5 persons; 65+ is told by a group of its own, 75+ and 85+ by none.
    assert now["persons"] == 100
    assert (now["persons_60_plus"], now["persons_65_plus"]) == (30, 20)
    assert (now["persons_70_plus"], now["persons_80_plus"]) == (14, 5)
    assert now[["persons_75_plus", "persons_85_plus"]].isna().all()
    assert records.loc[("120101", 2023), "persons_65_plus"] == 22


def test_groups_without_a_chain_tell_the_open_ones(tmp_path: Path) -> None:
    rows = [f"{name},1201,3,{sex},{group},{persons},{persons}" for name, plus in (("Niski", 0), ("Wysoki", 2))
            for sex, group, persons in (("T", "total", 100), ("T", "65+", 20 + plus), ("T", "0-17", 18))]  # fmt: skip
    staged = read_residents_by_year(_file(tmp_path, rows, code="teryt", before="scenario,"), area_of_code=OWN)
    told = staged.records.set_index(["variant", "year"])["persons_65_plus"]
    assert (told[("low", 2023)], told[("high", 2023)]) == (20, 22)
    assert staged.records["persons_60_plus"].isna().all()
    assert staged.rows_read == len(rows)


def test_unknown_areas_and_scenarios_are_refused(tmp_path: Path) -> None:
    path = _file(tmp_path, [*_rows("1201011", GROUPS), "9999011,1,T,total,1,1"])
    staged = read_residents_by_year(path, area_of_code=OWN)
    assert staged.rejected[["reason", "detail"]].to_numpy().tolist() == [["unknown_area", "9999011"]]
    path = _file(
        tmp_path, ["Inny,1201,3,T,total,1,1", "Niski,1201,3,T,total,1,1"], code="teryt", before="scenario,"
    )
    assert read_residents_by_year(path, area_of_code=OWN).rejected["reason"].tolist() == ["unknown_value"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("1201011,1,T,total,100", "1201011,1,T,total,101"), "add up to 101 persons in 120101 in 2022, found 100"),
        (("1201011,1,M,80+,3", "1201011,1,M,80+,4"), r"women and men of 80\+ to add up to 5 .* found 6"),
        (("1201011,1,T,80+,5", "1201011,1,T,80+,"), "found nan of 120101, 80+, in 2022|whole numbers"),
        (("1201011,1,T,80+,5", "1201011,1,T,80+,5.5"), "whole numbers of persons, found 5.5"),
    ],
)  # fmt: skip
def test_numbers_that_do_not_add_up_are_an_error(tmp_path: Path, wrong: tuple[str, str], said: str) -> None:
    rows = [row.replace(*wrong) for row in _rows("1201011", GROUPS)]
    with pytest.raises(SourceFormatError, match=said):
        _read(_file(tmp_path, rows))


def test_an_open_group_that_is_not_its_parts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceFormatError, match=r"80\+ of 120101 twice"):
        _read(_file(tmp_path, [*_rows("1201011", GROUPS), "1201011,2,T,80+,6,6"]))
    with pytest.raises(SourceFormatError, match="ages from 70 to add up to 15"):
        _read(_file(tmp_path, [*_rows("1201011", GROUPS), "1201011,2,T,70+,15,16"]))


def test_parts_of_gminas_are_no_residents_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "gus.csv"
    path.write_text(
        "teryt7,name,type,population,deaths\n1201011,A,1,40,2\n1201023,B,3,60,\n1201024,B,4,25,\n1201025,B,5,35,\n"
        "1299011,C,1,9,\n",
        encoding="utf-8",
    )
    staged = read_residents(path, area_of_code=OWN)
    assert staged.records[["area_code", "persons"]].to_numpy().tolist() == [["120101", 40], ["120102", 60]]
    assert staged.rejected["reason"].tolist() == ["part_of_gmina", "part_of_gmina", "unknown_area"]
    assert staged.rows_read == len(staged.records) + len(staged.rejected) == 5
