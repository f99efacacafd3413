"""Measures by car and on foot: the real roads of Chełm, with a home that a scenario opens there."""

import pytest
from scipy.spatial import cKDTree

from data.scenarios.changes import Change
from data.scenarios.scenario import Scenario
from data.scenarios.text import to_text
from data.sources.roads.graph import read_road_network
from geo.crs import to_metric
from geo.roads.reach import MAX_SNAP_M
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption

CHELM = "066201"


@pytest.mark.mirror
@pytest.mark.parametrize("travel", ["car", "foot"])
def test_a_home_in_the_town_is_reached_by_the_town_and_nothing_is_said_of_the_rest(
    real_registry, mirror, travel
):
    localities = real_registry.localities[real_registry.localities["gmina_code"] == CHELM]
    town = localities.loc[localities["population_persons"].idxmax(), "locality_key"]
    opened = Change(kind="open", support_form="CAL-DPS", gmina_code=CHELM, locality_key=str(town), places=60)
    scenario = to_text(Scenario("Dom w Chełmie", "CAL-DPS", "older", (opened,)))
    changed = apply_packed(real_registry, scenario).registry
    world = World(changed, network=read_road_network(mirror / "roads" / "Chelm_map.graphml"))
    view = View().with_changes(
        scope="06", indicator="coverage_share", travel=travel, minutes=30, scenario=scenario
    )
    table = build_area_table(changed, view, world=world)
    # Hardly anybody in the town lives farther from these roads than a kilometre.
    homes = world.points[(world.points["gmina_code"] == CHELM).to_numpy()]
    far_m, _ = cKDTree(world.network.node_xy).query(homes.get_coordinates().to_numpy())
    near_share = homes["older_share"][far_m <= MAX_SNAP_M].sum()
    assert 0.99 < near_share < 1
    assert table.bounds.loc[CHELM, "value"] == "least"
    if travel == "car":
        assert table.rows.loc[CHELM, "value"] == pytest.approx(near_share)
    else:
        # In half an hour nobody walks farther than 2.5 km, and whoever lives within 1.5 km has no detour as long.
        door = to_metric(localities.set_index("locality_key").geometry[[town]]).iloc[0]
        within = [homes["older_share"][homes.distance(door) <= far].sum() for far in (1500, 2500)]
        assert within[0] < table.rows.loc[CHELM, "value"] < within[1]
    # Of the villages around the town few stand at these roads, of other gminas none.
    others = table.rows["value"].drop(CHELM).dropna()
    assert all(code.startswith("0603") for code in others.index)
    assert (table.bounds.loc[others.index, "value"] == "least").all()
    people = table.rows["demand_persons"]
    assert table.off_roads.persons == pytest.approx(people.sum() - near_share * people[CHELM], rel=0.02)
    assert any("Poza siecią dróg" in note for note in build_caption(table, texts_of("pl")).notes)
