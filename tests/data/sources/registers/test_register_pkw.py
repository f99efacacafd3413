"""Seats of polling stations of 2023 and 2025: a few rows, then the file itself."""

import datetime as dt

import pytest

from data.sources.registers.profile import load_profile
from data.sources.registers.registers import read_register
from tests.support.folders import EXAMPLES, REGISTERS

PROFILE = REGISTERS / "pkw-social-seats.toml"


@pytest.fixture(scope="module")
def staged():
    """Give what is read of seven rows."""
    return read_register(load_profile(PROFILE), EXAMPLES / "register_pkw.csv")


def test_every_seat_is_evidence_with_the_day_of_its_election(staged):
    records = staged.records

    assert records["origin"].tolist() == ["polling_station"] * 4
    assert records["support_form"].tolist() == ["INS-OPS", "DZI-DDS", "CAL-DPS", "CAL-DPS"]
    assert records["stated_on"].tolist() == [dt.date(2023, 10, 15)] * 3 + [dt.date(2025, 5, 18)]
    assert records["verified_on"].isna().all(), "an election is no check of a place"
    assert load_profile(PROFILE).register_.complete_for == ()


def test_the_form_is_that_of_the_words_and_not_that_of_the_guess(staged):
    """A house that was there once, and a library in a square called after older people."""
    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [
        ["3", "no_longer_there"],
        ["5", "form_not_told"],
        ["8", "repeated_row"],
    ]


def test_addresses_are_parted(staged):
    assert staged.records[["street_address", "locality_name", "post_town"]].to_numpy().tolist() == [
        ["Wierzbowa 19", "Wierzbowa", "Gromadka"],
        ["ul. Nowa 35", "Dzierżoniów", "Dzierżoniów"],
        ["ul. Leśna 11", "Jałówka", "Michałowo"],
        ["ul. Leśna 11", "Jałówka", "Michałowo"],
    ]


@pytest.mark.mirror
def test_the_file_itself(mirror):
    path = mirror / "registers/national/pkw_social_seats_2023_2025.csv"
    staged = read_register(load_profile(PROFILE), path)
    records = staged.records

    assert (staged.rows_read, len(records)) == (1896, 1463)
    assert staged.rejected["reason"].value_counts().to_dict() == {
        "form_not_told": 396,
        "repeated_row": 21,
        "conflicting_rows": 12,
        "no_longer_there": 4,
    }
    assert set(records["origin"]) == {"polling_station"}
    assert records["stated_on"].value_counts().to_dict() == {
        dt.date(2023, 10, 15): 1057,
        dt.date(2025, 5, 18): 406,
    }
    assert records["stated_gmina_code"].notna().all()
    assert records["support_form"].value_counts().to_dict() == {
        "CAL-DPS": 661, "DZI-SDS": 217, "INS-OPS": 163, "CAL-ZOL": 89, "REI-WTZ": 81, "DZI-DDP": 65, "DZI-DDS": 64,
        "DZI-KLS": 51, "INS-CUS": 30, "REI-CIS": 25, "REI-ZAZ": 7, "INS-PCPR": 6, "REI-KIS": 4,
    }  # fmt: skip
