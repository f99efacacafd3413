"""Two maps share one scale of colours only where their numbers mean the same."""

from dataclasses import replace

import pytest

from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.widgets.two_maps import is_of_one_unit
from layers.words.caption import build_caption
from tests.support.tiny_world import service, tiny_registry

REGISTRY = tiny_registry([service(1, "120001"), service(2, "120002", support_form="DZI-KLS")])
GAP = View(scope="00", indicator="gap_share", norm=5.0)


@pytest.mark.parametrize(
    ("right", "is_one"),
    [
        (replace(GAP, distance_km=10), True),
        (replace(GAP, norm=6.0), False),
        (replace(GAP, form="DZI-KLS"), True),  # places of both
        (replace(GAP, indicator="coverage_share"), False),
    ],
)
def test_gaps_are_compared_only_against_one_level(right, is_one):
    tables = [build_area_table(REGISTRY, view) for view in (GAP, right)]
    first, second = (build_caption(table, texts_of("pl")) for table in tables)
    # A level that is a median is said with its people, so that the same level is told in two ways.
    told = replace(second, legend_unit=f"{second.legend_unit}, mediana w 2035 r.")
    assert is_of_one_unit(*tables, (first, told)) is is_one


def test_numbers_of_one_unit_are_compared_where_there_is_no_level():
    view = View(scope="00", indicator="places_per_1000")
    table = build_area_table(REGISTRY, view)
    caption = build_caption(table, texts_of("pl"))
    assert is_of_one_unit(table, table, (caption, caption))
    assert not is_of_one_unit(table, table, (caption, replace(caption, legend_unit="godzin")))
