import gzip
from pathlib import Path

import pytest

from data.places.address_index_file import write_index
from data.sources.country.addresses import AddressLine, address_lines, street_lines
from data.sources.staged import SourceFormatError


def _file(folder: Path, text: str) -> Path:
    path = folder / "addresses.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_are_found_by_any_of_their_names_in_any_order(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "\ufeffLatitude;longitude;Ulica;numer;MIEJSCOWOSC;terc;kod\n50,5;20.5; Szkolna ;1 A;Dobra;1207022;34-642\n",
    )
    assert [*address_lines(path)] == [AddressLine("120702", "Dobra", "Szkolna", "1 A", 50.5, 20.5)]


def test_a_packed_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "addresses.bin"
    path.write_bytes(
        gzip.compress(b"teryt,locality,street,addresses,lat,lon,half_diag_km\n126101,A,B,3,50,20,0.5\n")
    )
    (line,) = street_lines(path)
    assert (line.street, line.addresses, line.half_diagonal_m, line.fault) == ("B", 3, 500.0, "")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("126101,Kraków,Józefa,1,50.0,19.9", ""),
        ("126101,,Józefa,1,50.0,19.9", "missing_name_or_point"),
        ("1261,Kraków,Józefa,1,50.0,19.9", "missing_name_or_point"),
        ("126101,Kraków,Józefa,1,,19.9", "missing_name_or_point"),
        ("126101,Kraków,Józefa,1", "missing_name_or_point"),
        ("126101,Kraków,Józefa,,50.0,19.9", "missing_number"),
    ],
)
def test_a_line_that_says_nothing_has_its_fault(tmp_path: Path, line: str, fault: str) -> None:
    path = _file(tmp_path, f"teryt,miejscowosc,street,housenumber,lat,lon\n{line}\n")
    assert [found.fault for found in address_lines(path)] == [fault]


def test_a_file_without_a_column_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SourceFormatError, match="housenumber or numer"):
        next(address_lines(_file(tmp_path, "teryt,miejscowosc,street,lat,lon\n")))


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(
        b"teryt,miejscowosc,street,housenumber,lat,lon\n" + b"126101,A,B,1,50,20\n" * 9_000
    )
    path = tmp_path / "addresses.csv.gz"
    path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(SourceFormatError, match=r"addresses\.csv\.gz"):
        list(address_lines(path))


def test_a_file_of_other_things_is_refused(tmp_path: Path) -> None:
    text = "teryt,miejscowosc,street,housenumber,lat,lon\n" + "126101,A,B,1,north,east\n" * 3
    with pytest.raises(SourceFormatError, match="3 of 3"):
        write_index(tmp_path / "index", _file(tmp_path, text), "addresses")
