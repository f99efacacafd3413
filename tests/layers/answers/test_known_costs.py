"""Announced costs are offered in their own voivodeship alone, the newest of each home, quartiles of one sure year."""

import pandas as pd
import pytest

from data.reading.cost_queries import COST_COLUMNS
from layers.answers.known_costs import offered_costs, per_year
from layers.text import texts_of
from layers.words.known_costs_words import offer_label, quartiles_sentence, who_pays

ROW = {
    "support_form": "CAL-DPS",
    "unit": "month",
    "year": 2025,
    "voivodeship_code": "12",
    "powiat_name": "krakowski",
    "name": "Dom",
    "locality_name": "Nowe",
    "value_zl": 7000.0,
    "is_first_hand": True,
    "act": "Wykaz",
    "source_url": "https://a.pl",
    "source_code": "costs-dps",
}


def known(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame([ROW | row for row in rows], columns=COST_COLUMNS)


def homes(count: int, **fields) -> list[dict]:
    return [
        {"name": f"Dom {number:02}", "value_zl": 1000.0 * number, **fields} for number in range(1, count + 1)
    ]


def test_nothing_is_offered_of_another_voivodeship_or_form() -> None:
    assert offered_costs(known({}), "CAL-DPS", "14") is None
    assert offered_costs(known({}), "DZI-SDS", "12") is None
    assert offered_costs(known(), "CAL-DPS", "12") is None


def test_the_newest_figure_of_each_home_is_offered_for_a_year() -> None:
    offered = offered_costs(known({"year": 2024, "value_zl": 6000.0}, {"value_zl": 7000.5}), "CAL-DPS", "12")
    (offer,) = offered.offers
    assert (offer.year, offer.value_zl, offer.zl_year) == (2025, 7000.5, 84_006)
    assert offered.quartiles is None


def test_quartiles_are_of_the_newest_year_that_offices_told_of_ten_homes() -> None:
    rows = [
        *homes(11),
        *homes(12, year=2024),
        *homes(10, year=2026, is_first_hand=False),
        *homes(9, year=2027),
    ]
    offered = offered_costs(known(*rows), "CAL-DPS", "12")
    assert (offered.quartiles.year, offered.quartiles.count) == (2025, 11)
    quarters = offered.quartiles.zl
    assert quarters == pytest.approx((3500.0, 6000.0, 8500.0))
    assert per_year(quarters[1]) == 72_000


def test_words_tell_year_home_and_hand() -> None:
    texts = texts_of("pl")
    offered = offered_costs(known(*homes(11), {"name": "Dom X", "is_first_hand": False}), "CAL-DPS", "12")
    labels = {offer.name: offer_label(offer, offered.unit, texts) for offer in offered.offers}
    assert labels["Dom 03"] == "Dom 03, Nowe: 3\xa0000 zł miesięcznie, 2025 r."
    assert labels["Dom X"].endswith("2025 r. (z drugiej ręki)")
    said = quartiles_sentence(offered.quartiles, "month", "małopolskie", texts)
    assert "2025 r., 11 domów" in said
    assert "w połowie do 6\xa0000 zł" in said


def test_who_pays_is_told_of_care_homes_alone() -> None:
    rules = who_pays("CAL-DPS", texts_of("pl"))
    assert rules["resident"] == "najwyżej 70 % swojego dochodu"
    assert "2004" in rules["state"]
    assert set(who_pays("DZI-SDS", texts_of("pl")).values()) == {""}
