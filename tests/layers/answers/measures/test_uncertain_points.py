"""How far what nobody listed may be and still be in reach."""

import pytest

from layers.answers.measures.uncertain_points import greatest_distance_m
from layers.view.view import View


@pytest.mark.parametrize(
    ("view", "expected_m"),
    [
        (View(distance_km=15), 15_000),
        (View(distance_km=15, detour_pct=150), 10_000),
        (View(travel="car", minutes=30), 70_000),
        (View(travel="foot", minutes=30), 2_500),
    ],
)
def test_how_far_an_unlisted_facility_may_be(view, expected_m):
    assert greatest_distance_m(view.question.way) == pytest.approx(expected_m)
