"""Records of a plan beside those in force."""

from datetime import date

from shapely import Point

from data.loading.plan import FacilityPlan, ServicePlan
from data.loading.versions import Known, compare_records, hashes_of


def _plan(key: str, *, vacant: int = 3, services: tuple[str, ...] = ("CAL-DPS",), **changes) -> FacilityPlan:
    row = {
        "record_key": key,
        "row_reference": "1",
        "name": "Dom",
        "point": Point(20, 50),
        "phones": [],
    } | changes
    return FacilityPlan(
        row,
        tuple(
            ServicePlan({"support_form": form, "vacant_places": vacant, "vacancies_on": None})
            for form in services
        ),
    )


def _known(*plans: FacilityPlan) -> dict[str, Known]:
    found = {plan.row["record_key"]: hashes_of(plan) for plan in plans}
    return {key: Known(hashes.content, hashes.core, date(2026, 5, 31)) for key, hashes in found.items()}


def test_records_are_sorted_by_what_happened_to_them() -> None:
    known = _known(_plan("same"), _plan("renamed"), _plan("gone"))
    changes = compare_records([_plan("same"), _plan("renamed", name="Dom Pomocy"), _plan("new")], known)
    assert [plan.row["record_key"] for plan, _ in changes.added] == ["new"]
    assert [plan.row["record_key"] for plan, _, _ in changes.changed] == ["renamed"]
    assert changes.unchanged == 1
    assert changes.vanished == ("gone",)


def test_another_row_of_the_file_or_another_order_of_services_is_no_change() -> None:
    known = _known(_plan("a", services=("CAL-DPS", "DZI-SDS")))
    assert (
        compare_records([_plan("a", services=("DZI-SDS", "CAL-DPS"), row_reference="99")], known).unchanged
        == 1
    )


def test_vacancies_change_the_content_and_not_the_core() -> None:
    before, after, moved = _plan("a", vacant=3), _plan("a", vacant=2), _plan("a", point=Point(20, 51))
    assert hashes_of(before).content != hashes_of(after).content
    assert hashes_of(before).core == hashes_of(after).core
    assert hashes_of(before).core != hashes_of(moved).core


def test_what_a_service_covers_is_content() -> None:
    service = {"support_form": "DOM-UO"}
    plans = [
        FacilityPlan({"record_key": "a"}, (ServicePlan(service, area_codes=codes),))
        for codes in (("120601",), ("120602",))
    ]
    assert hashes_of(plans[0]).core != hashes_of(plans[1]).core
