from pathlib import Path

import pytest

from data.sources.country.people_counts import read_people_counts
from data.sources.country.population import choose_bands, read_population
from data.sources.staged import SourceFormatError
from tests.support.invented import TINY_REGION

OWN_CODES = {code: code for code in [f"98010{number}" for number in range(1, 9)] + ["986101"]}


def test_sums_count_nobody_twice() -> None:
    staged = read_population(TINY_REGION / "population.csv", area_of_code=OWN_CODES)
    persons = staged.records.groupby("area_code")["persons"].sum()
    # Gmina n has 10 n people in each of 18 bands, the city 100: 180 * (1 + ... + 8) + 1800.
    assert persons["980103"] == 540
    assert persons["986101"] == 1800
    assert persons.sum() == 8280
    assert staged.records.loc[staged.records["age_from"] >= 65, "persons"].sum() == 2300
    assert staged.records.loc[staged.records["age_from"] >= 80, "persons"].sum() == 920


def test_parts_are_rejected_and_rows_add_up() -> None:
    staged = read_population(TINY_REGION / "population.csv", area_of_code=OWN_CODES)
    assert staged.rejected["reason"].tolist() == ["part_of_gmina"] * 2
    assert staged.records["area_code"].nunique() + len(staged.rejected) == staged.rows_read == 11


def test_gmina_that_we_have_not_is_rejected() -> None:
    without = {code: code for code in OWN_CODES if code != "980101"}
    staged = read_population(TINY_REGION / "population.csv", area_of_code=without)
    assert staged.rejected["reason"].tolist() == ["unknown_area", "part_of_gmina", "part_of_gmina"]


def test_narrowest_bands_are_chosen() -> None:
    columns = ["Kod", "0-4", "5-9", "10-14", "15 i więcej", "0-14", "15-64", "65 i więcej"]
    assert choose_bands(columns, file_name="x.csv") == [
        ("0-4", 0, 4),
        ("5-9", 5, 9),
        ("10-14", 10, 14),
        ("15-64", 15, 64),
        ("65 i więcej", 65, None),
    ]


def test_age_left_out_is_an_error() -> None:
    with pytest.raises(SourceFormatError, match="no age band begins at 5"):
        choose_bands(["0-4", "10-14", "15 i więcej"], file_name="x.csv")


def test_people_counts_keep_their_unit_and_day() -> None:
    staged = read_people_counts(TINY_REGION / "people_counts.csv", known_areas={"98", "9801", "986101"})
    assert staged.rows_read == len(staged.records) == 5
    share = staged.records.iloc[2]
    assert (share["value"], share["unit"], share["as_of_text"]) == (10.5, "percent", "2021-03-31")


def test_people_counts_refuse_unknown_areas_and_words_for_numbers(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(
        "teryt,indicator,group,value,unit,as_of,source_url,note\n"
        "00,homeless_count_mrpips,total,30330,people,,https://zmyslone.example,\n"
        "97,homeless_count_mrpips,total,5,people,2019,https://zmyslone.example,\n"
        "98,homeless_count_mrpips,total,około 5,people,2019,https://zmyslone.example,\n"
        "98,,total,5,people,2019,https://zmyslone.example,\n",
        encoding="utf-8",
    )
    staged = read_people_counts(path, known_areas={"98"})
    assert staged.records[["area_code", "as_of_text"]].to_numpy().tolist() == [["00", None]]
    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [
        ["3", "unknown_area"],
        ["4", "missing_number"],
        ["5", "missing_description"],
    ]
