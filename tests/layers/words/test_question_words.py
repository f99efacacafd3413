"""How far is near, in words, and what is said of a road that is estimated from a line."""

from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from layers.words.question_words import way_of
from tests.support.tiny_world import GMINAS, service, tiny_registry

PL = texts_of("pl")


def plain(text):
    return text.replace("\u00a0", " ")


def test_a_way_is_a_line_or_an_estimated_road_and_may_end_at_the_border_of_the_gmina():
    assert plain(way_of(View(distance_km=5), PL)) == "w odległości do 5 km w linii prostej"
    road = way_of(View(distance_km=5, detour_pct=130), PL)
    assert plain(road) == "w odległości do 5 km drogi (linia prosta × 1,3)"


def test_a_road_is_not_called_longer_than_itself():
    registry = tiny_registry([service(1, next(iter(GMINAS)))])
    view = View().with_changes(scope="12", level="powiat", indicator="coverage_share", distance_km=5)
    said = {
        detour: " ".join(
            build_caption(build_area_table(registry, view.with_changes(detour_pct=detour)), PL).notes
        )
        for detour in (100, 130)
    }
    assert "Droga jest zwykle dłuższa." in said[100]
    assert "Droga jest zwykle dłuższa." not in said[130]
    assert "szacunkiem z linii prostej" in said[130]
