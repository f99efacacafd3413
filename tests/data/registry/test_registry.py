"""The registry as one dated whole, read from both databases: the invented region, whose numbers are known."""

from datetime import date

import pytest

from data.loading.load import load_all
from data.registry.reading import read_registry
from data.store.settings import Settings
from layers.answers.measures.world import World
from layers.view.view import View
from tests.support.tiny_world import tiny_registry


@pytest.fixture
def registry(engine, tmp_path):
    settings = Settings(
        database_url=str(engine.url), mirror=None, cache=tmp_path / "cache", is_download_allowed=False
    )
    load_all(engine, settings)
    return read_registry(engine)


def test_registry_holds_the_invented_region(registry):
    assert registry.state.is_invented
    assert len(registry.areas_of_level("gmina")) == 9
    assert registry.residents.sum() == 8280
    assert set(registry.sources["is_invented"]) == {True}


def test_older_people_stand_on_localities_and_add_up_in_every_gmina(registry):
    world, view = World(registry), View()
    points, persons = world.points, world.demand_persons(view.question.people)
    assert points.crs.to_epsg() == 2180
    by_gmina = persons.groupby(points["gmina_code"]).sum()
    assert by_gmina.to_dict() == pytest.approx(world.people(view.question.people, "gmina").persons.to_dict())


def test_people_add_up_the_levels(registry):
    world, view = World(registry), View()
    assert world.people(view.question.people, "gmina").persons.sum() == 2300
    assert world.people(view.question.people, "powiat").persons.sum() == 2300
    people = world.people(view.question.people, "voivodeship")
    assert people.persons.to_dict() == {"98": 2300.0}
    assert people.counted_on == date(2020, 12, 31)


def test_places_of_the_region_are_found(registry):
    assert "Zmyślona Wola" in {place.name for place in registry.places.found_by_name()}


def test_known_figures_of_a_group_are_the_newest_of_each_method():
    registry = tiny_registry([])
    known = registry.known_people("homeless", "12")
    assert known[["area_code", "value", "as_of_text"]].to_numpy().tolist() == [["12", 2093.0, "2024-02-29"]]
    assert registry.known_people("disabled", "12")["area_code"].tolist() == ["00"]
    assert registry.known_people("homeless", "24").empty


def test_areas_of_a_level_are_whole_rows_whatever_was_done_to_what_was_given_before():
    registry = tiny_registry([])
    for areas in (registry.areas_of_level("gmina"), registry.areas_by_code("gmina")):
        areas["name"] = "inna"
        areas.loc[areas.index[0], "level"] = "powiat"
    again, by_code = registry.areas_of_level("gmina"), registry.areas_by_code("gmina")
    assert again.columns.tolist() == registry.areas.columns.tolist()
    assert again.index.tolist() == [0, 1, 2]
    assert again["name"].tolist() == by_code["name"].tolist() == ["Pierwsza", "Druga", "Trzecia"]
    assert by_code.index.tolist() == ["120001", "120002", "240001"]
    assert set(again["level"]) == set(by_code["level"]) == {"gmina"}
    assert again.crs == by_code.crs == registry.areas.crs
    assert len(registry.areas_by_code("voivodeship")) == 2
