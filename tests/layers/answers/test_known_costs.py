"""Announced costs are offered in their own voivodeship alone, the newest of each home, quartiles of one sure year."""

import pandas as pd
import pytest

from data.reading.cost_queries import COST_COLUMNS
from layers.answers.known_costs import offered_costs, per_year
from layers.answers.same_homes import homes_of
from layers.text import texts_of
from layers.words.known_costs_words import cost_sources, offer_label, quartiles_sentence, who_pays

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


@pytest.mark.parametrize("empty", [None, float("nan")])
def test_hours_of_a_whole_powiat_have_no_locality_and_are_offered(empty) -> None:
    """Every page of costs of an area with home care by the hour ended in an error."""
    hours = {"support_form": "DOM-UO", "unit": "hour", "value_zl": 35.0, "locality_name": empty}
    rows = known({**hours, "powiat_name": empty}, {**hours, "name": "Usługi", "value_zl": 41.0})
    # As a database gives them: of text, with missing values.
    rows = rows.astype({"locality_name": "str", "powiat_name": "str"})
    offered = offered_costs(rows, "DOM-UO", "12")
    assert sorted(offer.value_zl for offer in offered.offers) == [35.0, 41.0]
    labels = [offer_label(offer, offered.unit, texts_of("pl")) for offer in offered.offers]
    assert not [label for label in labels if "nan" in label or label.strip().startswith(",")]


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


def test_one_home_that_lists_spell_in_several_ways_is_offered_once() -> None:
    spelt = [
        {"name": "Dom Pomocy Społecznej (ul. Polna 6)", "year": 2026, "value_zl": 9800.0},
        {"name": "Dom Pomocy Społecznej (ul. Polna 6 31-222 Nowe)", "value_zl": 9500.0},
        {"name": "Dom Pomocy Społecznej (ul. Polna 6 31-222 Nowe)", "year": 2024, "value_zl": 8700.0},
        {"name": "Dom Pomocy Społecznej (ul. Leśna 1B 31-222 Nowe)", "value_zl": 7000.0},
        {"name": "Dom Pomocy Społecznej (ul. Leśna 1 31-222 Nowe)", "year": 2024, "value_zl": 6900.0},
    ]
    offered = offered_costs(known(*spelt), "CAL-DPS", "12")
    assert sorted((offer.year, offer.value_zl) for offer in offered.offers) == [
        (2024, 6900.0),
        (2025, 7000.0),
        (2026, 9800.0),
    ]


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (("Dom w Nowem", "Dom w Nowem (32-854 Nowe 272)"), 1),
        (("Dom im. św. Anny w Nowem", "Dom im. Sw. Anny w Nowem Nowe 35 (33-221 Poczta)"), 1),
        (("Dom „Diana” (34-741 Nowe 448)", "Dom „Diana” (34-741 Nowe 448a, 448b)"), 1),
        (("Dom Nowe 28 (32-002 Poczta)", "Dom „Samarytanin” Nowe 28 (32-002 Poczta)"), 1),
        (("Dom (ul. Polna 6)", "Dom (ul. Leśna 1)"), 2),
        (("Dom (ul. Polna 1)", "Dom (ul. Polna 1B)"), 2),
    ],
)
def test_homes_are_told_by_their_door_and_by_a_name_of_their_own(names, count: int) -> None:
    rows = known(*({"name": name, "year": 2024 + number} for number, name in enumerate(names)))
    assert homes_of(rows).nunique() == count


def test_two_rows_of_one_year_are_two_homes() -> None:
    assert homes_of(known({"name": "Dom „Diana”"}, {"name": "Dom „Diana”"})).nunique() == 2


def test_a_median_between_two_homes_is_told_to_the_grosz_so_that_times_12_is_the_year() -> None:
    rows = homes(12)
    rows[5]["value_zl"], rows[6]["value_zl"] = 6695.0, 6700.0
    offered = offered_costs(known(*rows), "CAL-DPS", "12")
    assert offered.quartiles.zl[1] == 6697.5
    sentence = quartiles_sentence(offered.quartiles, "month", "małopolskie", texts_of("pl"))
    assert "w połowie do 6697,50 zł" in sentence.replace("\u00a0", "")
    assert per_year(6697.5) == 80_370


def test_a_cost_that_equals_an_announced_one_says_home_year_act_and_quartile() -> None:
    offered = offered_costs(known(*homes(11)), "CAL-DPS", "12")
    said = cost_sources(72_000, offered, "małopolskie", texts_of("pl"))
    assert said[0].startswith("Wpisana kwota jest równa ogłoszonej: Dom 06, Nowe: 6")
    assert said[0].endswith("Źródło: Wykaz, https://a.pl")
    assert said[1].startswith("Wpisana kwota jest równa medianie. Województwo małopolskie, 2025 r., 11 domów")
    assert cost_sources(72_001, offered, "małopolskie", texts_of("pl")) == []
