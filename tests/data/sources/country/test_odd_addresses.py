"""Odd lines of files of addresses: each is told by its row, and none ends the reading of a file."""

from pathlib import Path

import pytest

from data.sources.country.addresses import address_lines, street_lines


@pytest.mark.parametrize(
    ("latitude", "longitude", "fault"),
    [
        ("50.06", "19.94", ""),
        ("500700000000000000", "19.94", "outside_poland"),
        ("19.94", "50.06", "outside_poland"),
        ("487000", "567000", "outside_poland"),
        ("inf", "19.94", "missing_name_or_point"),
        ("", "19.94", "missing_name_or_point"),
    ],
)
def test_an_odd_point_is_the_fault_of_its_line(
    tmp_path: Path, latitude: str, longitude: str, fault: str
) -> None:
    path = tmp_path / "addresses.csv"
    path.write_text(
        f"teryt,locality,street,housenumber,lat,lon\n126101,Kraków,Długa,1,{latitude},{longitude}\n",
        encoding="utf-8",
    )
    assert [line.fault for line in address_lines(path)] == [fault]


@pytest.mark.parametrize(("addresses", "half_km"), [("²", "0.1"), ("3", "inf"), ("3", "")])
def test_an_odd_number_of_a_street_ends_no_reading(tmp_path: Path, addresses: str, half_km: str) -> None:
    path = tmp_path / "streets.csv"
    path.write_text(
        f"teryt,locality,street,addresses,lat,lon,half_diag_km\n126101,Kraków,Długa,{addresses},50.06,19.94,{half_km}\n",
        encoding="utf-8",
    )
    (line,) = street_lines(path)
    assert (line.addresses, line.fault) == ((0, "") if addresses == "²" else (3, "missing_name_or_point"))
