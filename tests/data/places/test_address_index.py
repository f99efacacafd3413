import shutil
import sqlite3
from pathlib import Path

import pytest

from data.places.address_answers import DoorAddress
from data.places.address_index import AddressIndex, FoundAddress
from data.places.address_index_file import (
    CacheFolderError,
    ensure_index,
    index_figures,
    index_path,
    is_whole,
    write_index,
)
from data.sources.staged import SourceFormatError

ADDRESSES = Path(__file__).parents[2] / "examples" / "prg_addresses.csv"
STREETS = """teryt,locality,street,addresses,lat,lon,half_diag_km
126101,Kraków,Józefa Dietla,86,50.05348,19.94322,0.59
126101,Kraków,Plac Tadeusza Kościuszki,4,50.06,19.95,0.02
120801,Miechów-Charsznica,Młyńska,14,50.39692,19.94422,0.2
146502,Warszawa,Elekcyjna,20,52.235,20.96,0.3
"""
CODES = {"126101": "126101", "121004": "121004", "120801": "120801", "146501": "146501"}


@pytest.fixture
def doors(tmp_path: Path) -> AddressIndex:
    write_index(tmp_path / "doors", ADDRESSES, "addresses")
    return AddressIndex([tmp_path / "doors"], area_of_code=CODES)


@pytest.fixture
def both(tmp_path: Path, doors: AddressIndex) -> AddressIndex:
    (tmp_path / "streets.csv").write_text(STREETS, encoding="utf-8")
    write_index(tmp_path / "streets", tmp_path / "streets.csv", "address_streets")
    return AddressIndex([tmp_path / "doors", tmp_path / "streets"], area_of_code=CODES)


def find(
    index: AddressIndex, street: str | None, number: str | None, *, town="Kraków", gmina_code="126101"
) -> FoundAddress | None:
    return index.find(DoorAddress(town, street, number), gmina_code=gmina_code)


def place(found: FoundAddress | None) -> tuple[str, int, float, float]:
    assert found is not None
    return found.grade, found.radius_m, round(found.point.y, 5), round(found.point.x, 5)


@pytest.mark.parametrize(
    ("street", "number", "expected"),
    [
        ("Kluzeka", "6", ("door", 100, 50.09284, 19.93508)),
        ("ul. Józefa", "1", ("door", 100, 50.05021, 19.94301)),
        ("ks. Józefa", "1", ("door", 100, 50.05244, 19.91321)),
        ("Rynek Kleparski", "9 a", ("door", 100, 50.06716, 19.9396)),
        ("Józefa", "3/14", ("door", 100, 50.05033, 19.94346)),
        # The neighbour in the same yard is not the door.
        ("Rynek Kleparski", "11", ("street", 200, 50.06744, 19.94051)),
        ("Rynek Kleparski", "9b", ("street", 200, 50.06698, 19.94008)),
        # Between 2 and 10, three quarters of the way: 8.
        ("Józefa", "8", ("street", 100, 50.05049, 19.94359)),
        # Beyond the last one of its side.
        ("Józefa", "7", ("street", 200, 50.05038, 19.94371)),
    ],
)
def test_a_house_is_found(doors: AddressIndex, street: str, number: str, expected: tuple) -> None:
    assert place(find(doors, street, number)) == expected


def test_without_a_number_the_middle_of_the_street_stands_for_it(doors: AddressIndex) -> None:
    grade, radius_m, latitude, longitude = place(find(doors, "Józefa", None))
    # The median of five doors; their box is 36 m by 54 m.
    assert (grade, radius_m, latitude, longitude) == ("street", 100, 50.05037, 19.94346)


def test_a_village_without_streets_has_numbers(doors: AddressIndex) -> None:
    of_village = {"town": "Siołkowa", "gmina_code": "121004"}
    assert place(find(doors, None, "31", **of_village)) == ("door", 100, 49.6337, 20.93759)
    assert place(find(doors, None, "31a", **of_village)) == ("street", 300, 49.6337, 20.93759)
    # Number 30 may stand anywhere in the village: it is no neighbour of 31.
    assert find(doors, None, "30", **of_village) is None
    assert find(doors, None, "31", town="Siołkowa", gmina_code="126101") is None


def test_a_village_written_like_a_street_of_its_town_is_that_village(both: AddressIndex) -> None:
    of_town = {"town": "Grybów", "gmina_code": "121004"}
    assert place(find(both, "Siołkowa", "31", **of_town)) == ("door", 100, 49.6337, 20.93759)
    # Of a number that the village has not nothing is known, nor of the village without one.
    assert find(both, "Siołkowa", "31a", **of_town) is None
    assert find(both, "Siołkowa", None, **of_town) is None
    assert find(both, "Siołkowa", "31", town="Kraków") is None


@pytest.mark.parametrize(("street", "number"), [("Nieznana", "1"), (None, "1"), ("pl. Nikogo", None)])
def test_what_is_not_there_is_not_found(both: AddressIndex, street: str | None, number: str | None) -> None:
    assert find(both, street, number) is None


def test_a_street_of_the_second_file_is_known_to_its_half_diagonal(both: AddressIndex) -> None:
    assert place(find(both, "Dietla", "48")) == ("street", 590, 50.05348, 19.94322)
    assert place(find(both, "Kluzeka", "6"))[0] == "door"
    # A square, where there is no street of the name.
    assert place(find(both, "Kościuszki", "2")) == ("street", 100, 50.06, 19.95)


def test_a_locality_with_the_name_in_its_own_and_a_city_of_districts(both: AddressIndex) -> None:
    found = find(both, "Młyńska", "2", town="Charsznica", gmina_code="120801")
    assert place(found) == ("street", 200, 50.39692, 19.94422)
    assert place(find(both, "Elekcyjna", "6", town="Warszawa", gmina_code="146501"))[:2] == ("street", 300)


def test_an_index_is_made_once_and_again_where_it_is_damaged(tmp_path: Path) -> None:
    path = ensure_index(ADDRESSES, "addresses", tmp_path, sha256="a" * 64)
    made_at = path.stat().st_mtime_ns
    assert ensure_index(ADDRESSES, "addresses", tmp_path, sha256="a" * 64) == path
    assert path.stat().st_mtime_ns == made_at
    for damage in (b"", b"no database", path.read_bytes()[: path.stat().st_size // 2]):
        path.write_bytes(damage)
        assert not is_whole(path)
        ensure_index(ADDRESSES, "addresses", tmp_path, sha256="a" * 64)
        assert index_figures(path) == (17, [])
    path.unlink()
    assert ensure_index(ADDRESSES, "addresses", tmp_path, sha256="a" * 64).is_file()
    assert [*path.parent.iterdir()] == [path]


def test_an_index_that_was_not_finished_is_not_whole(tmp_path: Path) -> None:
    path = tmp_path / "index"
    write_index(path, ADDRESSES, "addresses")
    assert is_whole(path)
    torn = tmp_path / "torn"
    shutil.copy(path, torn)
    with sqlite3.connect(torn) as connection:
        connection.execute("DELETE FROM meta WHERE name = 'form'")
    connection.close()
    assert not is_whole(torn)


def test_a_sample_can_be_left_out(tmp_path: Path) -> None:
    write_index(tmp_path / "index", ADDRESSES, "addresses", leaves_out=lambda line: line.number == "6")
    index = AddressIndex([tmp_path / "index"], area_of_code=CODES)
    assert place(find(index, "Kluzeka", "1"))[0] == "door"
    assert place(find(index, "Kluzeka", "6"))[0] == "street"


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    with pytest.raises(CacheFolderError, match="SUPPORT_MAP_CACHE"):
        ensure_index(ADDRESSES, "addresses", tmp_path / "cache", sha256="a" * 64)


@pytest.mark.parametrize("lost", ["TABLE door", "TABLE word", "INDEX door_of_street"])
def test_an_index_in_which_a_table_is_missing_is_made_again(tmp_path: Path, lost: str) -> None:
    path = ensure_index(ADDRESSES, "addresses", tmp_path, sha256="a" * 64)
    connection = sqlite3.connect(path)
    connection.execute(f"DROP {lost}")
    connection.commit()
    connection.close()
    assert not is_whole(path)
    assert is_whole(ensure_index(ADDRESSES, "addresses", tmp_path, sha256="a" * 64))


def test_a_folder_in_the_place_of_an_index_is_told(tmp_path: Path) -> None:
    path = index_path(tmp_path, "a" * 64)
    (path / "something").mkdir(parents=True)
    with pytest.raises(CacheFolderError, match=r"found a folder .* Take away what is there"):
        ensure_index(ADDRESSES, "addresses", tmp_path, sha256="a" * 64)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_of_addresses_with_its_head_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "addresses.csv"
    path.write_text("teryt,miejscowosc,street,housenumber,lat,lon\n", encoding="utf-8")
    with pytest.raises(SourceFormatError, match=r"found none. Fetch the file again"):
        ensure_index(path, "addresses", tmp_path / "cache", sha256="a" * 64)
