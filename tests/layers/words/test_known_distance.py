"""Why areas are hatched though their own list is complete, and which shorter distance knows more of them."""

import pytest

from layers.answers.table_building import build_area_table
from layers.view.view import View
from layers.words.reasons import known_count, shorter_view, unknown_for_reach
from tests.support.tiny_world import service, tiny_registry


@pytest.mark.usefixtures("every_form_is_near")
@pytest.mark.parametrize(("distance_km", "unknown", "known"), [(2, 0, 2), (10, 1, 1)])
def test_neighbours_without_a_list_leave_an_area_unknown(distance_km, unknown, known):
    # Druga's village lies 4.5 km from voivodeship 24, of which there is no complete list; Pierwsza's 13.5 km.
    view = View(scope="12", norm=100.0, distance_km=distance_km, indicator="coverage_share").with_changes()
    table = build_area_table(tiny_registry([]), view)
    assert (unknown_for_reach(table), known_count(table)) == (unknown, known)


def test_an_area_without_a_list_of_its_own_is_not_told_as_one_of_its_reach():
    view = View(scope="24", norm=100.0, distance_km=2, indicator="coverage_share", level="powiat")
    assert (
        unknown_for_reach(build_area_table(tiny_registry([service(1, "120001")]), view.with_changes())) == 0
    )


@pytest.mark.parametrize(
    ("form", "distance_km", "least_km", "shorter"),
    [("CAL-DPS", 100, 0, 50), ("CAL-DPS", 30, 0, None), ("DZI-KLS", 15, 0, 10), ("DZI-KLS", 15, 15, None)],
)
def test_the_next_shorter_distance_that_is_offered(form, distance_km, least_km, shorter):
    view = View(form=form, distance_km=distance_km, indicator="gap_share", level="powiat").with_changes()
    found = shorter_view(view, least_km=least_km)
    assert (None if found is None else found.distance_km) == shorter
