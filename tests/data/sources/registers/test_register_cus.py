"""Gminas with a centre of social services: a few rows of the list, then the list itself."""

import datetime as dt

import pandas as pd
import pytest

from data.sources.registers.profile import load_profile
from data.sources.registers.registers import read_register
from tests.support.folders import EXAMPLES, REGISTERS

PROFILE = REGISTERS / "compiled-cus.toml"
EXAMPLE = EXAMPLES / "register_cus.csv"


def test_only_centres_that_no_other_list_names_are_read():
    staged = read_register(load_profile(PROFILE), EXAMPLE)
    records = staged.records.set_index("facility_key")

    assert staged.rows_read == 9
    assert staged.rejected["reason"].tolist() == ["listed_twice"] * 4  # Liszki, Grybów, Skawina, Goleszów
    assert records["status"].to_dict() == {
        "120901": "planned",
        "240404": "planned",
        "081108": "planned",
        "046301": "active",
        "286101": "active",
    }
    assert set(records["support_form"]) == {"INS-CUS"}
    assert records.loc["286101", "facility_name"] == "Elbląskie Centrum Usług Społecznych"
    assert records.loc["081108", "facility_name"] == "Centrum Usług Społecznych – Trzebiel"
    # A city is a locality; where in a gmina of many villages the centre stands, the list does not say.
    assert records["locality_name"].dropna().to_dict() == {"046301": "Toruń", "286101": "Elbląg"}


def test_days_of_plans_and_contracts_are_not_days_of_what_was_seen():
    records = read_register(load_profile(PROFILE), EXAMPLE).records.set_index("facility_key")

    assert records["stated_on"].dropna().to_dict() == {
        "046301": dt.date(2023, 5, 1),
        "286101": dt.date(2025, 10, 1),
    }
    assert set(records["stated_precision"].dropna()) == {"month"}
    assert records.loc["240404", "note"] == "umowa 10.2023 (strona gminy); data umowy lub planu: 2023-10"


@pytest.mark.mirror
def test_no_day_on_which_a_place_began_is_told_as_the_day_of_its_list(mirror):
    """The finder told the centre in Skawina "Data wykazu: 1 stycznia 2023": on that day it began to work."""
    folder = mirror / "registers" / "compiled"
    began = pd.read_csv(folder / "cus_gminas.csv", dtype=str).set_index("teryt_gmina")["cus_since"].dropna()
    other = read_register(load_profile(REGISTERS / "compiled-other.toml"), folder / "other.csv").records
    centres = other[other["support_form"] == "INS-CUS"].set_index("facility_key")
    looked_up = centres[centres.index.str.contains("-cus#")]
    assert len(looked_up) == 9
    assert looked_up["stated_on"].isna().all()
    assert looked_up.loc["skawina-cus#01", "note"] == "CUS od 1.01.2023"
    assert looked_up.loc["starozreby-cus#01", "note"] == f"data początku lub uchwały: {began['141914']}"
    # A town hall's own list keeps its day, and so do polling stations.
    assert other.set_index("facility_key").loc["bip-szczecin-2021#02", "stated_on"] == dt.date(2021, 11, 15)
    assert other.loc[other["origin"] == "polling_station", "stated_on"].notna().all()
    profile = load_profile(REGISTERS / "compiled-homelessness.toml")
    shelters = read_register(profile, folder / "homelessness.csv").records.set_index("facility_key")
    opened = shelters.loc["wykluczeni-warszawa-2022#01"]
    assert (pd.isna(opened["stated_on"]), opened["note"]) == (True, "dostęp od 1.12.2022")
    assert shelters.loc["nowiny-wodzislaw-2019#01", "stated_on"] == dt.date(2019, 10, 8)


@pytest.mark.mirror
def test_the_list_itself(mirror):
    staged = read_register(load_profile(PROFILE), mirror / "registers" / "compiled" / "cus_gminas.csv")
    records = staged.records

    assert (staged.rows_read, len(records), records["facility_key"].nunique()) == (32, 6, 6)
    assert staged.rejected["reason"].value_counts().to_dict() == {"listed_twice": 14 + 3 + 9}
    assert records["status"].value_counts().to_dict() == {"planned": 3, "active": 3}
    assert "@" not in records.to_csv()
