import pandas as pd
import pytest

from data.loading.plan import LoadRefusedError
from data.loading.residents_sums import require_equal_sums

COLUMNS = [
    "area_code",
    "year",
    "kind",
    "variant",
    "persons",
    "persons_65_plus",
    "persons_75_plus",
    "file_name",
]


def _residents(*changed: tuple[str, int, str, float], without: tuple[str, ...] = ()) -> pd.DataFrame:
    """Give two gminas of 30 and 70 people in a powiat, a voivodeship and the country; gminas tell no 75+."""
    rows = []
    for code, persons, file in (
        ("120101", 30, "gminas.csv"),
        ("120102", 70, "gminas.csv"),
        ("1201", 100, "powiats.csv"),
        ("12", 100, "voivodeships.csv"),
        ("00", 100, "voivodeships.csv"),
    ):
        oldest = float("nan") if len(code) == 6 else persons / 10
        # Only powiats reach 2023; in 2022 gminas have a count of another file, too.
        rows += [(code, 2022, "projected", "main", persons, persons / 5, oldest, file)]
        rows += (
            [(code, 2023, "projected", "main", persons, persons / 5, oldest, file)] if len(code) == 4 else []
        )
        rows += (
            [(code, 2022, "counted", "main", 11, float("nan"), float("nan"), "count.csv")]
            if len(code) == 6
            else []
        )
    frame = pd.DataFrame(rows, columns=COLUMNS).astype({"kind": "category", "file_name": "category"})
    for code, year, column, value in changed:
        is_row = (frame["area_code"] == code) & (frame["year"] == year) & (frame["kind"] == "projected")
        frame.loc[is_row, column] = value
    return frame[~frame["area_code"].isin(without)]


@pytest.mark.parametrize("without", [(), ("1201",), ("00",), ("120101", "120102"), ("1201", "12", "00")])
def test_levels_that_are_there_are_compared(without: tuple[str, ...]) -> None:
    residents = _residents(without=without)
    assert not set(without) & set(residents["area_code"])
    require_equal_sums(residents)


def test_a_difference_names_files_year_area_and_both_numbers() -> None:
    with pytest.raises(LoadRefusedError) as refused:
        require_equal_sums(_residents(("120101", 2022, "persons_65_plus", 7.0)))
    said = str(refused.value)
    # 7 + 14 people of 65 and more in the gminas, 20 in the powiat.
    assert "gminas.csv and powiats.csv: persons_65_plus of 1201 in 2022: 21 ≠ 20" in said
    assert "Nothing was changed" in said
    assert "count.csv" not in said


@pytest.mark.parametrize(
    ("residents", "said"),
    [
        (_residents(("1201", 2022, "persons", 99.0)), "persons of 12 in 2022: 99 ≠ 100"),
        (_residents(("00", 2022, "persons", 101.0)), "persons of 00 in 2022: 100 ≠ 101"),
        (_residents(("12", 2022, "persons_75_plus", 11.0)), "persons_75_plus of 12 in 2022: 10 ≠ 11"),
        (_residents(without=("120102",)), "persons of 1201 in 2022: 30 ≠ 100"),
    ],
)
def test_every_level_and_age_must_add_up(residents: pd.DataFrame, said: str) -> None:
    with pytest.raises(LoadRefusedError, match=said):
        require_equal_sums(residents)
