import zipfile
from pathlib import Path

import pytest

from data.sources.country.teryt_register import read_crosswalk, read_terc
from data.sources.staged import SourceFormatError
from tests.support.invented import TINY_REGION


def test_parts_of_gminas_are_rejected_with_a_reason() -> None:
    staged = read_terc(TINY_REGION / "terc.csv")
    assert staged.rows_read == len(staged.records) + len(staged.rejected) == 14
    assert staged.rejected["reason"].tolist() == ["part_of_gmina", "part_of_gmina"]
    assert staged.rejected["detail"].tolist() == [
        "9801084 Wydumka: town of an urban-rural gmina",
        "9801085 Wydumka: rural part of an urban-rural gmina",
    ]


def test_zip_and_csv_are_read_alike(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "terc.zip", "w") as archive:
        archive.writestr("TERC.xml", "<terc/>")
        archive.write(TINY_REGION / "terc.csv", "TERC.csv")
    assert read_terc(tmp_path / "terc.zip").records.equals(read_terc(TINY_REGION / "terc.csv").records)


def test_zip_without_csv_is_an_error(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "terc.zip", "w") as archive:
        archive.writestr("TERC.xml", "<terc/>")
    with pytest.raises(SourceFormatError, match="expected one CSV in the zip, found none"):
        read_terc(tmp_path / "terc.zip")


def test_crosswalk_has_a_row_for_each_vintage_that_knows_the_gmina() -> None:
    staged = read_crosswalk(
        TINY_REGION / "gmina_codes.csv", vintages={"stan_2019": "2019", "stan_2026": "2026"}
    )
    assert staged.rows_read == 10
    assert staged.records["vintage"].value_counts().to_dict() == {"2026": 10, "2019": 9}
    young = staged.records[staged.records["gmina_code"] == "980109"]
    assert young[["vintage", "teryt_code", "name"]].to_numpy().tolist() == [
        ["2026", "9801092", "Nowa Wydumka"]
    ]


def test_crosswalk_without_a_vintage_is_an_error() -> None:
    with pytest.raises(SourceFormatError, match="expected columns stan_2031; found terc6"):
        read_crosswalk(TINY_REGION / "gmina_codes.csv", vintages={"stan_2031": "2031"})
