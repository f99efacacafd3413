"""The registry as a scenario would have it: measured like today's, and never taken for it."""

from dataclasses import replace

import pytest

from data.scenarios.changes import Change, ScenarioError
from data.scenarios.scenario import Scenario
from data.scenarios.text import to_text
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.table_building import build_area_table
from layers.view.view import View
from tests.support.tiny_world import GMINAS, middle_of, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
HANDLE = "register:@1"


def registry(**changes):
    return tiny_registry([service(1, FIRST, capacity_places=20, facility_handle=HANDLE)], **changes)


def packed(*changes, form="CAL-DPS"):
    return to_text(Scenario("Plan", form, "older", changes))


def opened(places=10):
    return Change(kind="open", support_form="CAL-DPS", gmina_code=SECOND, locality_key="2", places=places)


def rate(registry, **view):
    rows = build_area_table(registry, View().with_changes(**view)).rows
    return rows["value"].fillna(-1).tolist()


def test_a_new_home_is_measured_like_those_of_today():
    before = registry()
    after = apply_packed(before, packed(opened()))
    # 10 places for 100 people in the village of the second gmina.
    assert rate(after.registry) == [100, 100, -1]
    assert rate(before) == [100, 0, -1]
    assert rate(after.registry, indicator="coverage_share", distance_km=2) == [1, 1, -1]
    assert after.scenario.title == "Plan"
    assert after.problems.empty


def test_on_a_day_of_which_nothing_is_listed():
    before = registry()
    # What a database gives for no rows at all: columns of lists look like numbers.
    services = before.services.iloc[:0].astype({"need_groups": float, "phones": float})
    after = apply_packed(replace(before, services=services), packed(opened()))
    assert after.registry.services["need_groups"].tolist() == before.services["need_groups"].tolist()
    assert after.registry.services["capacity_places"].tolist() == [10]


def test_closed_and_enlarged():
    closed = apply_packed(registry(), packed(Change(kind="close", facility=HANDLE)))
    assert rate(closed.registry) == [0, 0, -1]
    larger = apply_packed(registry(), packed(Change(kind="enlarge", facility=HANDLE, places=30)))
    assert rate(larger.registry) == [150, 0, -1]


def test_the_stops_of_a_closed_bus_are_closed_too():
    stop = {"service_id": 1, "name": "Rynek", "geometry": middle_of(SECOND)}
    before = registry(stops=[stop])
    after = apply_packed(before, packed(Change(kind="close", facility=HANDLE)))
    assert len(before.stops) == 1
    assert after.registry.stops.empty


def test_a_new_area_service_reaches_its_area():
    change = Change(kind="start_area_service", support_form="DOM-UO", area_codes=("1200",), places=100)
    after = apply_packed(registry(claims=(("DOM-UO", "12"), ("DOM-UO", "24"))), packed(change, form="DOM-UO"))
    assert rate(after.registry, form="DOM-UO", indicator="coverage_share", distance_km=2) == [1, 1, 0]


def test_a_change_that_no_longer_fits_is_told_and_left_out():
    after = apply_packed(registry(), packed(Change(kind="close", facility="register:@9"), opened()))
    assert after.problems[["change", "problem"]].to_numpy().tolist() == [[1, "facility_gone"]]
    assert rate(after.registry) == [100, 100, -1]


def test_every_scenario_has_a_fingerprint_of_its_own():
    before = registry()
    fingerprints = {
        before.state.fingerprint,
        apply_packed(before, packed(opened(10))).registry.state.fingerprint,
        apply_packed(before, packed(opened(11))).registry.state.fingerprint,
    }
    assert len(fingerprints) == 3
    again = apply_packed(before, packed(opened(10))).registry.state.fingerprint
    assert again in fingerprints


@pytest.mark.usefixtures("every_form_is_near")
def test_the_norm_is_the_median_of_today():
    # 20 places for 300 people: 66.67. With 10 more it would be 100, and the plan would seem to help less.
    after = apply_packed(registry(), packed(opened()))
    table = build_area_table(after.registry, View(scope="12", indicator="gap_share"))
    assert table.norm.places_per_1000 == pytest.approx(20 / 0.3)


@pytest.mark.parametrize("text", ["", "1.abc", "2.abc", "<b>"])
def test_what_tells_no_scenario_is_refused(text):
    with pytest.raises(ScenarioError):
        apply_packed(registry(), text)
