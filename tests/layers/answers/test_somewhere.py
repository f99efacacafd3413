"""A home of which the list names only the powiat: the powiat counts it, and no gmina of it is told to have none."""

from datetime import date, datetime

import pandas as pd
import pytest

from data.opening_hours import POLISH_TIME
from data.places.place_search import Place
from data.scenarios.cost_diagnosis import services_here
from data.store.smallest_area import smallest_area
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.siting_goal import asked_goal
from layers.answers.measures.world import World
from layers.answers.nearby import find_help
from layers.answers.table_building import build_area_table
from layers.text import Texts
from layers.view.siting_request import EACH
from layers.view.view import View
from layers.words.area_facts import area_facts
from layers.words.area_facts.wording import somewhere_lines
from layers.words.caption import build_caption
from tests.support.listed import with_frames
from tests.support.tiny_world import middle_of, service, tiny_registry

FIRST, SECOND, POWIAT = "120001", "120002", "1200"
TODAY = date(2026, 6, 30)


def nowhere(number=2, powiat_code=POWIAT, **changes):
    """Return a home of 30 places of which only the powiat is known, or only the voivodeship."""
    lost = {"gmina_code": None, "gmina_name": None, "geometry": None, "place_grade": "none"}
    return service(number, FIRST) | lost | {"powiat_code": powiat_code, "capacity_places": 30} | changes


@pytest.fixture
def registry():
    """Give two homes of the complete register: 20 places in Pierwsza, 30 somewhere in the powiat of both gminas."""
    return tiny_registry([service(1, FIRST, capacity_places=20), nowhere()])


def table(registry, level, **view):
    return build_area_table(
        registry, View(scope="12", level=level, **{"indicator": "facilities_count", **view})
    )


def test_gminas_that_are_known_and_what_is_somewhere_make_the_powiat(registry):
    gminas, powiat = table(registry, "gmina"), table(registry, "powiat")
    assert (gminas.rows.loc[FIRST, "value"], gminas.bounds.loc[FIRST, "value"]) == (1, "least")
    assert pd.isna(gminas.rows.loc[SECOND, "value"]), "it may stand there: no data, and no zero"
    assert (powiat.rows.loc[POWIAT, "value"], powiat.bounds.loc[POWIAT, "value"]) == (2, "")
    assert powiat.rows.loc[POWIAT, "capacity_places"] == 50
    assert powiat.rows.loc[POWIAT, "is_complete"]
    assert table(registry, "voivodeship").rows["value"].tolist() == [2]
    assert gminas.rows["value"].sum() + gminas.left_out.unplaced == powiat.rows["value"].sum()


def test_the_rate_and_the_norm_of_powiats_have_all_its_places(registry):
    rates = table(registry, "powiat", indicator="places_per_1000")
    # 50 places for the 300 older people of both gminas.
    assert rates.rows.loc[POWIAT, "value"] == pytest.approx(1000 * 50 / 300)
    assert rates.norm.places_per_1000 == pytest.approx(1000 * 50 / 300)


def test_of_a_home_with_only_a_voivodeship_no_powiat_has_a_zero():
    only = tiny_registry([nowhere(powiat_code=None)])
    for level in ("gmina", "powiat"):
        assert table(only, level).rows["value"].isna().all()
    assert table(only, "voivodeship").rows["value"].tolist() == [1]
    assert table(only, "voivodeship").bounds["value"].tolist() == [""]


def test_nobody_near_the_powiat_is_told_to_have_none_in_reach():
    far = table(tiny_registry([nowhere()]), "gmina", indicator="coverage_share", distance_km=5)
    assert far.rows["value"].isna().all()


def test_the_page_says_in_which_powiat_it_is(registry):
    said = build_caption(table(registry, "gmina"), Texts("pl")).notes
    assert "W tabeli i na mapie nie ma 1 placówki z listy: nie wiemy, w której gminie stoi." in said
    name = registry.areas.set_index("area_code").loc[POWIAT, "name"]
    assert f"Znany jest tylko powiat: {name} (1)." in said
    assert not any(
        "Znany jest tylko" in note for note in build_caption(table(registry, "powiat"), Texts("pl")).notes
    )


@pytest.mark.parametrize(
    ("lang", "around", "inside"),
    [
        (
            "pl",
            "w jednej z gmin stoi jeszcze 1 placówka z listy. Nie wiemy, w której.",
            "Na tym obszarze stoi 1 ",
        ),
        ("uk", "у гмінах є ще 1 заклад зі списку. Не знаємо, в якій саме.", "На цій території є 1 "),
        (
            "en",
            "1 more listed facility stands in one of its gminas. We do not know in which.",
            "1 listed facility ",
        ),
    ],
)
def test_the_cards_of_its_gminas_and_of_its_powiat_say_it(registry, lang, around, inside):
    world = World(registry)

    def facts(level, code):
        return area_facts(world, View(scope="12", level=level), code, today=TODAY)

    for code in (FIRST, SECOND):
        (line,) = somewhere_lines(facts("gmina", code), Texts(lang))
        assert line.endswith(around)
    (line,) = somewhere_lines(facts("powiat", POWIAT), Texts(lang))
    assert line.startswith(inside)
    assert [fact.name for fact in facts("powiat", POWIAT).facilities] == ["Placówka 2", "Placówka 1"]
    assert [fact.name for fact in facts("gmina", SECOND).facilities] == []


def test_a_person_of_the_powiat_finds_it_without_a_distance(registry):
    place = Place("l:1", "Druga", "wieś", SECOND, "Druga", "x", "x", None, middle_of(SECOND))
    options = {
        "group": "older",
        "forms": (),
        "distance_km": 2,
        "now": datetime(2026, 11, 22, 12, tzinfo=POLISH_TIME),
    }
    found = with_frames(find_help(registry, place, **options))
    assert found.somewhere[["facility_name", "place_grade"]].to_numpy().tolist() == [["Placówka 2", "none"]]
    assert found.somewhere["phones"].tolist() == [["12 000 00 00"]]
    assert found.near.empty
    elsewhere = tiny_registry([nowhere(powiat_code="1201")])
    assert find_help(elsewhere, place, **options).somewhere == []


def test_a_new_home_is_not_asked_for_where_one_stands_somewhere():
    world = World(tiny_registry([nowhere()]))
    view = View(scope="12", level="powiat")
    asked = MeasureInputs(
        world, view.question, world.registry.areas_of_level("powiat").set_index("area_code")
    )
    goal = asked_goal(asked, EACH, pd.DataFrame({"gmina_code": [FIRST, SECOND]}))
    assert POWIAT not in goal.goal.area_codes


def test_the_costs_of_the_powiat_have_its_places(registry):
    here = services_here(POWIAT, registry.services, registry.service_areas)
    assert here["capacity_places"].sum() == 50
    assert services_here(SECOND, registry.services, registry.service_areas).empty


def test_the_smallest_area_is_the_narrowest_that_is_known():
    frame = pd.DataFrame(
        {
            "gmina_code": ["120001", None, None, None],
            "powiat_code": ["1200", "1200", None, None],
            "voivodeship_code": ["12", "12", "12", None],
        }
    )
    assert smallest_area(frame).tolist() == ["120001", "1200", "12", ""]
