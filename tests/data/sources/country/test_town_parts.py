"""People of the town and of the villages of urban-rural gminas, from both files of GUS."""

import pytest

from data.sources.country.town_parts import PART_COLUMNS, read_town_parts, read_town_parts_by_age
from data.sources.staged import SourceFormatError

AREA_OF_CODE = {"120611": "120611", "020104": "020104"}
HEADER = "Kod;Nazwa;ogółem;0-64;65-69;70 i więcej;70-74;75 i więcej;"


def test_both_parts_of_a_gmina_are_told(tmp_path):
    path = tmp_path / "residents.csv"
    path.write_text(
        "teryt7,name,type,population\n1206113,Skawina,3,43999\n1206114,Skawina,4,23868\n1206115,Skawina,5,20131\n"
        "0201044,Nowogrodziec,4,4050\n9999994,Nigdzie,4,1\n9999995,Nigdzie,5,1\n",
        encoding="utf-8",
    )
    found = read_town_parts(path, area_of_code=AREA_OF_CODE)
    assert list(found.columns) == PART_COLUMNS
    # The villages of Nowogrodziec are not told, so nothing is known of its town beside them.
    assert found.dropna(axis="columns").to_numpy().tolist() == [["120611", 23868, 20131]]


def test_older_people_of_the_parts_are_counted_once(tmp_path):
    path = tmp_path / "population.csv"
    path.write_text(
        f"{HEADER}\n1206113;Skawina (3);100;80;8;12;7;5;\n1206114;Skawina - miasto (4);60;45;6;9;5;4;\n"
        "1206115;Skawina - obszar wiejski (5);40;35;2;3;2;1;\n",
        encoding="utf-8",
    )
    found = read_town_parts_by_age(path, area_of_code=AREA_OF_CODE)
    assert found.to_numpy().tolist() == [["120611", 60, 40, 15, 5]]


def test_a_file_without_parts_tells_none(tmp_path):
    path = tmp_path / "residents.csv"
    path.write_text("teryt7,name,type,population\n1206112,Skawina,2,43999\n", encoding="utf-8")
    found = read_town_parts(path, area_of_code=AREA_OF_CODE)
    assert (list(found.columns), len(found)) == (PART_COLUMNS, 0)
    with pytest.raises(SourceFormatError, match="population"):
        read_town_parts(_without_column(tmp_path), area_of_code=AREA_OF_CODE)


def _without_column(folder):
    path = folder / "other.csv"
    path.write_text("teryt7,type\n1206112,2\n", encoding="utf-8")
    return path
