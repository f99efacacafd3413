"""Occupational therapy workshops (WTZ) of the whole country: a few rows of the list, then the list itself."""

import datetime as dt
from pathlib import Path
from shutil import copy

import pandas as pd
import pytest

from data.sources.registers.profile import load_profile
from data.sources.registers.registers import read_register
from tests.support.folders import EXAMPLES, REGISTERS

PROFILE = REGISTERS / "wtz.toml"


@pytest.fixture
def records(tmp_path):
    """Give what is read of the six rows, by their numbers in the list."""
    path = Path(copy(EXAMPLES / "register_wtz.csv", tmp_path / "wtz_2023-09-19_geocoded.csv"))
    staged = read_register(load_profile(PROFILE), path)
    assert (staged.rows_read, len(staged.rejected), staged.as_of) == (6, 0, dt.date(2023, 9, 19))
    return staged.records.set_axis(range(1, 7))


def test_a_row_tells_its_powiat_and_the_voivodeship_is_that_of_its_code(records):
    assert records["stated_powiat_name"].tolist() == [
        "średzki", "kielecki", "Ostrołęka", "nidzicki", "chełmski", "Warszawa",
    ]  # fmt: skip
    assert records["voivodeship_code"].tolist() == ["02", "26", "14", "28", "06", "14"]


def test_streets_get_their_word_and_villages_their_number(records):
    assert records["street_address"].tolist() == [
        "ul. Perseusza 9", "Belno 143", "ul. Celna 11A", None, "Majdan Zahorodyński 1/1", "os. Dywizjonu 303 nr 65",
    ]  # fmt: skip
    assert records.loc[2, "locality_name"] == "Belno"
    assert records.loc[[2, 3], "facility_name"].tolist() == [
        "Warsztat Terapii Zajęciowej Belno",
        'Warsztaty Terapii Zajęciowej "Serca"',
    ]


def test_only_a_door_or_a_street_is_a_point_and_only_a_door_tells_the_gmina(records):
    """Belno is the name of two villages of the powiat: its point is not taken, gazetteers decide, or nobody."""
    assert records["latitude"].notna().tolist() == [True, False, False, False, True, True]
    assert records["file_place_grade"].tolist() == ["door", None, None, None, "street", "street"]
    assert records["stated_gmina_code"].tolist() == ["020301", None, None, None, None, None]


@pytest.mark.parametrize(
    ("grade", "radius_km", "expected"),
    [
        ("door", "0.0", ("door", None)),
        ("door", "0.07", ("door", None)),
        # Several houses of the city have the address.
        ("door", "5.27", ("street", 5_270)),
        ("door", "0.14", ("street", 140)),
        ("street", "21.5", ("street", 21_500)),
        ("street", "0.03", ("street", 30)),
        ("door_base_number", "0.02", ("street", 200)),
        ("door_base_number", "0.54", ("street", 540)),
        ("locality", "2.6", (None, None)),
    ],
)
def test_the_list_says_how_far_off_its_points_are(tmp_path, grade, radius_km, expected):
    lines = (EXAMPLES / "register_wtz.csv").read_text(encoding="utf-8").splitlines()
    head, cells = lines[0].split(","), lines[1].split(",")
    cells[head.index("geo_grade")], cells[head.index("geo_radius_km")] = grade, radius_km
    path = tmp_path / "wtz_2023-09-19_geocoded.csv"
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]), encoding="utf-8")
    row = read_register(load_profile(PROFILE), path).records.iloc[0]
    told = row["file_place_radius_m"]
    assert (row["file_place_grade"], None if pd.isna(told) else told) == expected


def test_a_day_of_foundation_begins_with_its_month_and_is_no_day_of_the_list(records):
    assert records.loc[[1, 6], "note"].tolist() == [
        "data utworzenia: 28.02.1999",
        "data utworzenia: 04.02.2024",
    ]
    assert records["stated_on"].isna().all()
    assert records["verified_on"].isna().all()


@pytest.mark.mirror
def test_the_list_itself(mirror):
    staged = read_register(load_profile(PROFILE), mirror / "registers/national/wtz_2023-09-19_geocoded.csv")
    records = staged.records

    assert (staged.rows_read, len(records), records["facility_key"].nunique()) == (724, 724, 724)
    assert records["voivodeship_code"].value_counts().to_dict() == {
        "02": 48, "04": 36, "06": 59, "08": 19, "10": 41, "12": 68, "14": 84, "16": 15,
        "18": 37, "20": 25, "22": 48, "24": 59, "26": 33, "28": 35, "30": 89, "32": 28,
    }  # fmt: skip
    assert set(records["support_form"]) == {"REI-WTZ"}
    assert records["postal_code"].str.fullmatch(r"\d\d-\d{3}").all()
    # Of three doors several houses have the address.
    assert records["file_place_grade"].value_counts().to_dict() == {"door": 600, "street": 59}
    assert records.loc[records["file_place_grade"] == "street", "file_place_radius_m"].notna().all()
    assert records["file_place_radius_m"].notna().sum() == 59
    assert records["note"].str.fullmatch(r"data utworzenia: \d\d\.\d\d\.(?:199|20[012])\d").all()
    assert not records["locality_name"].str.contains(r"\d").any()
    assert not records["stated_powiat_name"].str.contains(r"[.(]").any()
    assert len(load_profile(PROFILE).register_.complete_for) == 16
