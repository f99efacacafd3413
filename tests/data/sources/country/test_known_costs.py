"""Announced costs: what is a cost is read with its home and year, what is none is left out with its reason."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.reading.cost_queries import known_costs
from data.sources.country.known_costs import read_known_costs
from data.sources.staged import SourceFormatError

HOMES = """year,home_name,locality,powiat,voivodeship,monthly_cost_pln,act_or_notice,source_url,certainty,note
2025,Dom A,Nowe,krakowski,małopolskie,7000.50,Wykaz,https://a.pl,A,
2026,Dom B,Stare,krakowski,małopolskie,9800,Artykuł,https://b.pl,B,second-hand quote
2025,Dom C,Stare,krakowski,małopolskie,7100,Lista,https://c.pl,C,rounded
,Dom D,Stare,krakowski,małopolskie,7100,Lista,https://c.pl,A,
2019,Dom E,Stare,krakowski,małopolskie,3100,Lista,https://c.pl,A,
2025,Dom F,Stare,krakowski,Małopolska,7100,Lista,https://c.pl,A,
2025,Dom G,Stare,krakowski,małopolskie,999999,Lista,https://c.pl,A,
"""
HOURS = """year,gmina,voivodeship,price_per_hour_pln,kind,source_url,valid_from,act_or_notice,certainty,note
2026,Kowary,dolnośląskie,51.94,zwykłe,https://k.pl,2026-01-01,Uchwała,A,full cost per hour
2023,Krzykosy,wielkopolskie,32.00,specjalistyczne,https://k.pl,,Uchwała,A,
2024,Kęty,małopolskie,30.00,zwykłe,https://k.pl,,Uchwała,A,fee table
2023,Widawa,łódzkie,23.50,zwykłe,https://k.pl,,strona,B,"not a cost calculation"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "costs.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_homes_by_month(tmp_path: Path) -> None:
    staged = read_known_costs(written(tmp_path, HOMES))
    records = staged.records.set_index("name")
    assert records.index.tolist() == ["Dom A", "Dom B"]
    assert records.loc[
        "Dom A", ["support_form", "unit", "year", "voivodeship_code", "value_zl"]
    ].tolist() == [
        "CAL-DPS",
        "month",
        2025,
        "12",
        7000.5,
    ]
    assert records["is_first_hand"].tolist() == [True, False]
    assert staged.rejected["reason"].tolist() == [
        "unsure",
        "no_year",
        "too_old",
        "unknown_area",
        "absurd_number",
    ]
    assert staged.rows_read == 7


def test_hours_by_kind_and_no_fees(tmp_path: Path) -> None:
    staged = read_known_costs(written(tmp_path, HOURS))
    assert staged.records[["support_form", "name", "value_zl"]].values.tolist() == [
        ["DOM-UO", "Kowary", 51.94],
        ["DOM-SUO", "Krzykosy", 32.0],
    ]
    assert staged.rejected["reason"].tolist() == ["not_a_cost", "not_a_cost"]


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceFormatError, match=r"monthly_cost_pln or price_per_hour_pln, found a, b"):
        read_known_costs(written(tmp_path, "a,b\n1,2\n"))


@pytest.mark.mirror
def test_real_costs(real_engine: Engine) -> None:
    with real_engine.connect() as connection:
        known = known_costs(connection)
    homes = known[known["support_form"] == "CAL-DPS"]
    assert homes.groupby("year").size().to_dict() == {2024: 97, 2025: 104, 2026: 14}
    assert set(known.loc[known["unit"] == "hour", "year"]) == {2022, 2023, 2026}


def test_kinds_of_an_hour_with_prices_of_their_own_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    head = (
        "year,gmina,voivodeship,price_per_hour_pln,kind,source_url,valid_from,act_or_notice,certainty,note\n"
    )
    row = "2022,Dobrzyń,kujawsko-pomorskie,{},specjalistyczne: {},https://x.example,,Zarządzenie 4,A,\n"
    path.write_text(head + row.format(95, "rehabilitacja") + row.format(98, "logopedia"), encoding="utf-8")
    records = read_known_costs(path).records
    assert records["name"].tolist() == ["Dobrzyń (rehabilitacja)", "Dobrzyń (logopedia)"]
    assert set(records["support_form"]) == {"DOM-SUO"}
