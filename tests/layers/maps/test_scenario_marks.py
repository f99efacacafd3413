"""What a scenario opens has a mark of its own: on the map, in its legend and in print."""

from dataclasses import replace

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from shapely import Point

from data.scenarios import Change, Scenario, to_text
from geo.crs import GEOGRAPHIC
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.table_building import build_area_table
from layers.export.legend import NEW, legend_rows
from layers.export.marks import draw_marks, marked_places
from layers.maps import LegendTexts
from layers.maps.facility_points import facility_points
from layers.maps.legend import Legend
from layers.text import texts_of
from layers.text.style import SITE_COLOUR, mark_of
from layers.view.view import View
from layers.widgets.planner_map import facility_marks, has_new_marks
from layers.words.caption import build_caption
from tests.support.tiny_world import middle_of, service, tiny_registry

FIRST, SECOND = "120001", "120002"
PL = texts_of("pl")


@pytest.fixture(scope="module")
def table():
    """Give a home in the first gmina, a second one that a scenario opens beside it, and one alone in the second."""
    at_first = Point(*(round(one, 5) for one in middle_of(FIRST).coords[0]))
    old = service(1, FIRST, capacity_places=5, place_grade="locality")
    registry = tiny_registry([old])
    registry = replace(registry, services=registry.services.set_geometry([at_first], crs=GEOGRAPHIC))
    opened = tuple(
        Change(
            kind="open",
            support_form="CAL-DPS",
            gmina_code=code,
            latitude=round(middle_of(code).y, 5),
            longitude=round(middle_of(code).x, 5),
            places=10,
        )
        for code in (FIRST, SECOND)
    )
    packed = to_text(Scenario("Plan", "CAL-DPS", "older", opened))
    return build_area_table(apply_packed(registry, packed).registry, View(scenario=packed))


def test_a_mark_of_old_and_new_counts_both_and_says_so(table):
    places = {len(one["facilities"]): one for one in facility_points(facility_marks(table, PL))}
    assert (places[2]["new"], places[2]["told"]) == (
        True,
        "placówki w tym miejscu: 2, w tym nowe w scenariuszu: 1",
    )
    assert (places[1]["new"], places[1]["told"]) == (True, "nowa placówka w scenariuszu")
    assert ["nowa placówka w scenariuszu" in lines for _, lines, _ in places[2]["facilities"]] == [
        False,
        True,
    ]


def test_without_a_scenario_no_mark_is_new():
    table = build_area_table(tiny_registry([service(1, FIRST)]), View())
    assert not has_new_marks(table)
    (place,) = facility_points(facility_marks(table, PL))
    assert (place["new"], place["told"]) == (False, "")


def test_the_legend_of_the_map_explains_the_sign(table):
    assert has_new_marks(table)
    legend = Legend(LegendTexts("Domy", mark_labels={"older": "dom"}, new_label=PL.t("map.new")))
    assert legend.value["entries"][-1] == {
        "kind": "new",
        "shape": "circle",
        "colour": SITE_COLOUR,
        "label": "nowa placówka w scenariuszu",
    }


def test_the_print_has_the_same_signs_and_explains_them(table):
    places = marked_places(table.services)
    assert sorted(zip(places["facilities"], places["is_new"], strict=True)) == [(1, True), (2, True)]
    with mpl.rc_context():
        axes = Figure().add_subplot()
        draw_marks(axes, table.services, mark_of("older"), diameter_pt=6.5)
    assert [text.get_text() for text in axes.texts] == ["2"]
    assert {collection.get_gid() for collection in axes.collections} == {
        "facilities-new",
        "facilities-new-plus",
        "facilities-new-many",
        "facilities-hollow-many",
    }
    rows = legend_rows(build_caption(table, PL), drawn=set(), borders={}, marks={"facilities", NEW})
    assert "nowa placówka w scenariuszu" in [row.label for row in rows if row.name == NEW]
