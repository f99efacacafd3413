"""What a printed map names: its main towns, or each voivodeship of a map of them all."""

from geo.teryt import COUNTRY
from layers.export.map_names import main_towns, map_names
from layers.view.view import View
from tests.support.tiny_world import tiny_registry


def test_a_map_of_all_voivodeships_names_each_and_another_its_main_towns():
    registry = tiny_registry([])
    names = map_names(registry, View(scope=COUNTRY, level="voivodeship"))
    assert names["name"].tolist() == ["małopolskie", "śląskie"]
    assert names["is_area"].all()
    assert all(area.contains(point) for area, point in zip(names["area"], names.geometry, strict=True))
    for view in (View(scope=COUNTRY, level="gmina"), View(scope="12", level="voivodeship")):
        assert not map_names(registry, view)["is_area"].any()


def test_names_of_the_data_are_on_one_line():
    registry = tiny_registry([])
    registry.areas["name"] = "Nowe\nMia\u202esto"
    assert set(main_towns(registry, COUNTRY)["name"]) == {"Nowe Mia sto"}


def test_main_towns_are_those_of_the_scope_by_their_people():
    registry = tiny_registry([])
    found = main_towns(registry, COUNTRY)
    persons = registry.areas_of_level("gmina").set_index("name").area_code.map(registry.residents)
    known = persons.dropna().sort_values(ascending=False, kind="stable")
    assert found["name"].tolist() == known.index.tolist()
    assert found.crs.to_epsg() == 2180
    assert all(area.contains(point) for area, point in zip(found["area"], found.geometry, strict=True))
    assert main_towns(registry, "02").empty
