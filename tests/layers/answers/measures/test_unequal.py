"""Inequality between areas, worked by hand on three square gminas."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from layers.answers.measures.unequal import inequality_of
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.widgets.summary import inequality_lines
from tests.support.tiny_world import GMINAS, service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

FIRST, SECOND, THIRD = GMINAS
EVERYWHERE = (("CAL-DPS", "12"), ("CAL-DPS", "24"))


def table(services, *, claims=EVERYWHERE, **view):
    return build_area_table(tiny_registry(services, claims=claims), View().with_changes(**view))


def test_gini_theil_and_palma():
    # 20 places for 200 people and 20 for 100, none for 50: shares of people 4/7, 2/7, 1/7, of places 1/2, 1/2, 0.
    found = inequality_of(
        table([service(1, FIRST, capacity_places=20), service(2, SECOND, capacity_places=20)])
    )
    # Lorenz curve from the worst: (1/7, 0), (5/7, 1/2), (1, 1); twice the area below it is 2/7 + 3/7.
    assert found.gini == pytest.approx(1 - (4 / 7 * 1 / 2 + 2 / 7 * 3 / 2))
    theil = 1 / 2 * np.log((1 / 2) / (4 / 7)) + 1 / 2 * np.log((1 / 2) / (2 / 7))
    assert found.theil == pytest.approx(theil)
    # Powiat 1200 has 6/7 of the people and everything; what is left lies within it.
    assert found.theil_between == pytest.approx(np.log(7 / 6))
    assert found.theil_within == pytest.approx(theil - np.log(7 / 6))
    # The best-served tenth are of the second gmina: 1/10 of people at (1/2) / (2/7) of the mean.
    assert found.best_served_share == pytest.approx(0.1 * 7 / 4)
    # The worst-served 40 %: 1/7 with nothing, and the rest of the first gmina at (1/2) / (4/7).
    assert found.worst_served_share == pytest.approx((0.4 - 1 / 7) * 7 / 8)
    assert (found.areas_counted, found.areas_left_out) == (3, 0)


def test_bounds_are_left_out_and_counted():
    services = [service(1, FIRST, capacity_places=20), service(2, THIRD, capacity_places=5)]
    found = inequality_of(table(services, claims=(("CAL-DPS", "12"),)))
    assert (found.areas_counted, found.areas_left_out) == (2, 1)
    # "Unsure" is no number to compare either.
    whole = table(services)
    unsure = replace(whole, bounds=whole.bounds.assign(value=["", "", "unsure"]))
    assert (inequality_of(unsure).areas_counted, inequality_of(unsure).areas_left_out) == (2, 1)


def test_voivodeships_have_no_groups():
    found = inequality_of(table([service(1, FIRST, capacity_places=20)], level="voivodeship"))
    assert np.isnan(found.theil_within)
    # 6/7 of people have everything.
    assert found.gini == pytest.approx(1 / 7)


def test_of_shares_and_counts_it_is_not_asked():
    for indicator in ("coverage_share", "facilities_count", "organisation"):
        assert inequality_of(table([], indicator=indicator)) is None
        assert inequality_lines(table([], indicator=indicator), texts_of("pl")) == []


def test_nothing_to_share_is_said():
    lines = inequality_lines(table([]), texts_of("pl"))
    assert len(lines) == 1
    assert lines[0].startswith("Nie ma czego porównać")


def test_few_exact_areas_say_nothing_of_all():
    """Two of six gminas have an exact figure."""
    few = table([service(1, FIRST, capacity_places=20), service(2, SECOND, capacity_places=10)])
    rows = pd.concat([few.rows, few.rows.set_axis(["120003", "120004", "240002"])])
    bounds = pd.concat([few.bounds, few.bounds.set_axis(["120003", "120004", "240002"])])
    bounds = bounds.assign(value=["", "", *["most"] * 4])
    assert inequality_lines(replace(few, rows=rows, bounds=bounds), texts_of("pl")) == [
        "Nierówności nie liczymy: dokładną liczbę znamy w mniej niż połowie obszarów. Znamy ją w: 2. Pominięto: 4."
    ]
    # Of half of them it is told.
    half = bounds.assign(value=["", "", "", *["most"] * 3])
    assert len(inequality_lines(replace(few, rows=rows, bounds=half), texts_of("pl"))) == 4


def test_powiats_of_one_voivodeship_have_no_part_between_voivodeships():
    services = [service(1, FIRST, capacity_places=20), service(2, THIRD, capacity_places=5)]
    assert not np.isnan(inequality_of(table(services, level="powiat")).theil_between)
    assert np.isnan(inequality_of(table(services, level="powiat", scope="12")).theil_between)
