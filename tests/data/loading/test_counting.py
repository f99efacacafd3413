import pandas as pd
import pytest

from data.loading.counting import ClaimError, collect_claims
from data.loading.reconcile import Tolerance, beyond_official, reconcile
from tests.data.places.test_placing import _areas


def test_two_complete_registers_of_one_form_are_an_error() -> None:
    with pytest.raises(ClaimError, match="CAL-DPS in voivodeship 12, found two: homes and others"):
        collect_claims([("CAL-DPS", "12", "homes"), ("CAL-DPS", "12", "others")])


def _totals(*rows: tuple[str, str | None, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["label", "powiat_name", "stated", "computed"])
    return frame.assign(quantity="capacity_places")


def test_every_total_is_kept_and_differences_become_work_items() -> None:
    totals = _totals(("krakowski", "krakowski", 817, 817), ("m. Kraków", "m. Kraków", 2158, 2150))
    records = pd.DataFrame({"voivodeship_code": ["12"]})
    found = reconcile(totals, records, _areas(), tolerance=Tolerance())
    assert [(row["area_code"], row["stated"], row["computed"]) for row in found.rows] == [
        ("1299", 817, 817),
        ("1261", 2158, 2150),
    ]
    items = found.work_items
    assert [(item["kind"], item["subject"]) for item in items] == [("total_differs", "m. Kraków")]
    assert items[0]["facts"] == {"quantity": "capacity_places", "stated": 2158, "computed": 2150}


def test_total_of_an_unknown_powiat_is_told() -> None:
    totals = _totals(("nigdziejski", "nigdziejski", 5, 5))
    found = reconcile(totals, pd.DataFrame({"voivodeship_code": ["12"]}), _areas(), tolerance=Tolerance())
    assert found.rows[0]["area_code"] is None
    assert [item["kind"] for item in found.work_items] == ["powiat_unknown"]


def test_total_of_the_whole_register_is_of_its_voivodeship() -> None:
    totals = _totals(("Razem", None, 5, 5))
    codes = [
        reconcile(totals, pd.DataFrame({"voivodeship_code": of}), _areas(), tolerance=Tolerance()).rows[0][
            "area_code"
        ]
        for of in (["12", "12"], ["12", "14"])
    ]
    assert codes == ["12", None]


@pytest.mark.parametrize(
    ("stated", "computed", "is_passed"),
    [(1000, 1020, False), (1000, 1021, True), (10, 12, False), (10, 13, True), (0, 2, False), (0, 3, True)],
)
def test_tolerance_is_two_per_cent_and_two_places(stated: int, computed: int, is_passed: bool) -> None:
    assert Tolerance().is_passed(stated, computed) is is_passed
    assert Tolerance().is_passed(computed, computed) is False


def test_difference_beyond_the_tolerance_is_a_sentence() -> None:
    totals = _totals(("krakowski", "krakowski", 817, 717), ("m. Kraków", "m. Kraków", 2158, 2150))
    records = pd.DataFrame({"voivodeship_code": ["12"]})
    found = reconcile(totals, records, _areas(), tolerance=Tolerance())
    assert found.beyond_tolerance == ("krakowski: capacity_places: 817 ≠ 717",)


def test_official_totals_count_only_where_a_register_is_complete_and_a_tolerance_is_set() -> None:
    row = {
        "source_code": "gus",
        "area_code": "12",
        "quantity": "facilities",
        "support_forms": ["CAL-DPS"],
        "official": 94,
        "ours": 80,
        "is_complete": True,
        "tolerance_pct": 10.0,
    }
    comparison = pd.DataFrame(
        [
            row,
            row | {"area_code": "14", "is_complete": False},
            row | {"area_code": "04", "ours": 89},
            row | {"quantity": "capacity_places", "tolerance_pct": None},
        ]
    )
    assert beyond_official(comparison) == ["gus: 12: CAL-DPS: facilities: 94 ≠ 80"]
