import pandas as pd
import pytest

from data.counting import ClaimError, collect_claims, set_aside_by
from data.reconcile import reconcile
from tests.data.test_placing import _areas

CLAIMS = collect_claims([("CAL-DPS", "12", "homes"), ("DZI-SDS", "12", "day")])


@pytest.mark.parametrize(
    ("form", "voivodeship", "source", "expected"),
    [
        ("CAL-DPS", "12", "compiled", "homes"),
        ("CAL-DPS", "12", "homes", None),
        ("CAL-DPS", "14", "compiled", None),
        ("BEZ-SCH", "12", "compiled", None),
    ],
)
def test_only_the_complete_register_is_counted(form, voivodeship, source, expected) -> None:
    aside = set_aside_by(CLAIMS, support_form=form, voivodeship_code=voivodeship, source_code=source)
    assert aside == expected


def test_two_complete_registers_of_one_form_are_an_error() -> None:
    with pytest.raises(ClaimError, match="CAL-DPS in voivodeship 12, found two: homes and others"):
        collect_claims([("CAL-DPS", "12", "homes"), ("CAL-DPS", "12", "others")])


def _totals(*rows: tuple[str, str | None, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["label", "powiat_name", "stated", "computed"])
    return frame.assign(quantity="capacity_places")


def test_every_total_is_kept_and_differences_become_work_items() -> None:
    totals = _totals(("krakowski", "krakowski", 817, 817), ("m. Kraków", "m. Kraków", 2158, 2150))
    records = pd.DataFrame({"voivodeship_code": ["12"]})
    rows, items = reconcile(totals, records, _areas())
    assert [(row["area_code"], row["stated"], row["computed"]) for row in rows] == [
        ("1299", 817, 817),
        ("1261", 2158, 2150),
    ]
    assert [(item["kind"], item["subject"]) for item in items] == [("total_differs", "m. Kraków")]
    assert items[0]["facts"] == {"quantity": "capacity_places", "stated": 2158, "computed": 2150}


def test_total_of_an_unknown_powiat_is_told() -> None:
    rows, items = reconcile(
        _totals(("nigdziejski", "nigdziejski", 5, 5)), pd.DataFrame({"voivodeship_code": ["12"]}), _areas()
    )
    assert rows[0]["area_code"] is None
    assert [item["kind"] for item in items] == ["powiat_unknown"]


def test_total_of_the_whole_register_is_of_its_voivodeship() -> None:
    totals = _totals(("Razem", None, 5, 5))
    one, _ = reconcile(totals, pd.DataFrame({"voivodeship_code": ["12", "12"]}), _areas())
    two, _ = reconcile(totals, pd.DataFrame({"voivodeship_code": ["12", "14"]}), _areas())
    assert (one[0]["area_code"], two[0]["area_code"]) == ("12", None)
