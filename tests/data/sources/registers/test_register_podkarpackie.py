"""Care homes and self-help houses of Podkarpackie: a few rows of each list, then the lists themselves."""

import datetime as dt
from pathlib import Path
from shutil import copy

import pytest

from data.sources.registers.profile import load_profile
from data.sources.registers.registers import read_register
from tests.support.folders import EXAMPLES, REGISTERS

HOMES = REGISTERS / "podkarpackie-dps.toml"
HOUSES = REGISTERS / "podkarpackie-sds.toml"


def _read(folder, profile, example, name):
    path = Path(copy(EXAMPLES / example, folder / name))
    return read_register(load_profile(profile), path)


def test_a_home_has_a_row_for_each_profile_and_short_stay_is_a_form_of_its_own(tmp_path):
    records = _read(tmp_path, HOMES, "register_dps_podkarpackie.csv", "dps_2026-06-30.csv").records

    assert records["facility_key"].nunique() == 4
    assert records["support_form"].tolist() == ["CAL-DPS", "OPW-KRO", "CAL-DPS", "CAL-DPS", "CAL-DPS"]
    assert records[["capacity_places", "vacant_places"]].sum().tolist() == [240, 20]
    assert records.loc[1, "subtype"] is None


def test_names_and_addresses_of_homes_are_parted(tmp_path):
    records = _read(tmp_path, HOMES, "register_dps_podkarpackie.csv", "dps_2026-06-30.csv").records

    assert records.loc[1:, ["facility_name", "street_address", "locality_name"]].to_numpy().tolist() == [
        ['Dom Pomocy Społecznej "Spokojna Przystań"', "ul. Nowa 13", "Brzozów"],
        ["Dom Pomocy Społecznej w Sośnicy", "ul. Zamkowa 10", "Sośnica"],
        ["Dom Pomocy Społecznej Łąka", "Łąka 260", "Łąka"],
        ["Dom Pomocy Społecznej „Nazaret”", "Aleja Nowa 19", "Kołaczyce"],
    ]
    assert records["organization_name"].tolist() == [None, None, None, "Zgromadzenie Sióstr", None]
    assert records["stated_powiat_name"].tolist()[2:] == ["jarosławski", "Rzeszów", None]
    assert records["stated_gmina_name"].tolist()[2:] == [None, None, "Kołaczyce"]
    assert records["stated_gmina_code"].tolist()[2:] == [None, None, "180511"]


def test_headings_that_the_list_lost_are_put_back(tmp_path):
    """Rows 40 to 44 stand below the heading of another powiat, and the club below that of the last one."""
    records = _read(tmp_path, HOUSES, "register_sds_podkarpackie.csv", "sds_2024-10.csv").records

    assert records["stated_powiat_name"].tolist() == [
        "przeworski", "rzeszowski", "przeworski", "jarosławski", "Rzeszów",
    ]  # fmt: skip
    assert records["support_form"].tolist() == ["DZI-SDS"] * 4 + ["DZI-KSP"]
    assert records["street_address"].tolist() == [
        "ul. Niepodległości 9", "Kamień 376", "Gać 120", "ul. Nowa 39", "ul. Kraszewskiego 1",
    ]  # fmt: skip
    assert records.loc[3, "facility_name"] == "Środowiskowy Dom Samopomocy PSONI Koło w Jarosławiu"
    assert records.loc[3, "note"] == "filia: ul. Sanowa 12b, 37-500 Jarosław"


def test_a_list_that_lost_two_rows_is_not_called_complete():
    assert load_profile(HOUSES).register_.complete_for == ()


@pytest.mark.mirror
class TestRealFiles:
    @pytest.mark.parametrize(
        ("day", "rows", "homes", "places", "free", "short"),
        [
            ("2025-08-31", 89, 54, 4913, 327, (21, 19)),
            ("2026-05-31", 88, 53, 4905, 257, (21, 11)),
            ("2026-06-30", 88, 53, 4912, 254, (21, 15)),
        ],
    )
    def test_homes(self, mirror, day, rows, homes, places, free, short):
        """The sums are those that the office's sheet states, with short stay inside."""
        staged = read_register(load_profile(HOMES), mirror / f"registers/podkarpackie/dps_{day}.csv")
        records = staged.records

        assert staged.as_of == dt.date.fromisoformat(day)
        assert (staged.rows_read, len(records), records["facility_key"].nunique()) == (rows, rows, homes)
        counted = ["capacity_places", "vacant_places"]
        assert records[counted].sum().tolist() == [places, free]
        stays = records[records["support_form"] == "OPW-KRO"]
        assert tuple(stays[counted].sum()) == short
        assert not records["facility_name"].str.contains(r"\||\d\d-\d{3}").any()

    def test_houses(self, mirror):
        staged = read_register(load_profile(HOUSES), mirror / "registers/podkarpackie/sds_2024-10.csv")
        records = staged.records

        assert (staged.rows_read, len(records), staged.as_of) == (71, 71, dt.date(2024, 10, 14))
        assert records["support_form"].value_counts().to_dict() == {"DZI-SDS": 70, "DZI-KSP": 1}
        assert records["capacity_places"].isna().all()
        assert records["stated_powiat_name"].nunique() == 25
        assert records["latitude"].notna().sum() == 64
        assert not records["facility_name"].str.contains(r"\||\d\d-\d{3}").any()
