"""Care homes of Mazowieckie: their register, and the doors that were found for it."""

import datetime as dt
from pathlib import Path
from shutil import copy

import pytest

from data.sources.registers.profile import load_profile
from data.sources.registers.registers import read_register
from data.vocabulary import need_groups_of
from tests.support.folders import EXAMPLES, REGISTERS


@pytest.fixture
def records(tmp_path):
    """Give what is read of three rows."""
    path = Path(copy(EXAMPLES / "register_dps_mazowieckie.csv", tmp_path / "dps_2024-05-10.csv"))
    return read_register(load_profile(REGISTERS / "mazowieckie-dps.toml"), path).records


def test_a_street_with_a_post_town_stands_in_the_village_of_the_name(records):
    assert records[["street_address", "locality_name", "post_town"]].to_numpy().tolist() == [
        ["ul. Wierzbowa 4", "Niegów", "Zabrodzie"],
        ["ul. Jedlina 12", "Mienia", "Cegłów"],
        ["ul. Nowa 18", "Płock", "Płock"],
    ]


def test_a_powiat_that_runs_or_entrusts_a_home_has_it(records):
    assert records["stated_powiat_name"].tolist() == ["wyszkowski", "miński", None]


def test_private_persons_are_not_named(records):
    assert records["organization_name"].tolist() == ["Zgromadzenie Sióstr", "Powiat Miński", None]
    assert records["facility_name"].tolist()[2] == "Dom Pomocy Społecznej „DOM”"
    assert "Ktoś" not in records.to_csv()


def test_short_stay_is_told_beside_the_places_of_residents(records):
    assert records["capacity_places"].tolist() == [100, 105, 54]
    assert records["note"].tolist() == [None, "miejsca wsparcia krótkoterminowego: 3", None]
    assert records["eligibility_text"].tolist() == [None, "dla kobiet", None]
    assert [need_groups_of("CAL-DPS", text) for text in records["subtype"]] == [
        ("disabled",),
        ("older", "chronically_ill"),
        ("older",),
    ]


@pytest.mark.mirror
class TestRealFiles:
    def test_the_register(self, mirror):
        staged = read_register(
            load_profile(REGISTERS / "mazowieckie-dps.toml"),
            mirror / "registers/mazowieckie/dps_2024-05-10.csv",
        )
        records = staged.records

        assert staged.as_of == dt.date(2024, 5, 10)
        assert (staged.rows_read, len(records), records["facility_key"].nunique()) == (107, 107, 107)
        assert records["capacity_places"].sum() == 9982
        assert records["vacant_places"].isna().all()
        assert records["phones"].map(len).min() == 1
        # One home has its own name in the place of its profile.
        assert records["subtype"].isna().sum() == 1
        known = records["subtype"].dropna()
        assert all(need_groups_of("CAL-DPS", text) for text in known)
        assert records["organization_name"].isna().sum() == 4
        assert (
            not records[["facility_name", "organization_name"]]
            .stack()
            .str.contains(r"s\. ?c\.|^Pani? ")
            .any()
        )

    def test_the_doors(self, mirror):
        """93 addresses have a door; two of them are those of a namesake and of the next town."""
        staged = read_register(
            load_profile(REGISTERS / "mazowieckie-dps-doors.toml"),
            mirror / "registers/mazowieckie/dps_2024-05-10_geocoded.csv",
        )

        assert (staged.rows_read, len(staged.records)) == (107, 91)
        assert staged.rejected["reason"].tolist() == ["no_door"] * 16
        assert set(staged.records["file_place_grade"]) == {"door"}
        assert staged.records["latitude"].notna().all()
        assert staged.records["capacity_places"].isna().all(), "the register tells them"
