"""Who lacks a place, where a new one may stand, and whom the sites found serve: answers worked by hand."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.scenarios.costs import UnitCosts
from data.scenarios.scenario import Scenario
from data.scenarios.text import to_text
from data.vocabulary import forms_for_group, has_door
from geo.crs import GEOGRAPHIC
from geo.errors import OptionError
from geo.reach import Reach
from geo.siting.limits import SitingLimits
from geo.siting.plan import Outcome
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.measures.gap_answer import Amount
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.siting import (
    SitingObstacle,
    candidate_localities,
    part_of_reach,
    siting_need,
    siting_obstacle,
    usual_places,
)
from layers.answers.measures.siting_found import find_others, find_sites
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.view.siting_request import GOALS, SitingRequest, pack_siting, read_siting
from layers.view.view import View
from layers.words.siting_plan_words import changes_of
from tests.support.tiny_world import GMINAS, middle_of, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
# One place serves 10 people. Two kilometres reach one's own village alone, ten the next one.
NEAR = View(scope="12", norm=100.0, distance_km=2, indicator="gap_share").with_changes()
FAR = NEAR.with_changes(distance_km=10)


def asked(services, view=NEAR, **changes):
    registry = replace(tiny_registry(services), **changes)
    gminas = registry.areas_of_level("gmina").set_index("area_code")
    return MeasureInputs(World(registry), view.question, gminas[gminas.index.str.startswith(view.scope)])


def sites(count, *, least=1, most=50, **more):
    return SitingLimits(least_places=least, most_places=most, sites_count=count, **more)


class TestBestSites:
    """A home of 10 places in Pierwsza serves 100 of its 200 people; the 100 of Druga have none."""

    view = staticmethod(lambda: asked([service(1, FIRST, capacity_places=10)]))

    def question(self):
        return siting_need(self.view())

    def find(self, limits):
        return find_sites(self.view(), self.question(), limits)

    def test_people_who_lack_a_place_are_those_of_the_gap_triad(self):
        question = self.question()
        assert question.before.missing_places == Amount(20, 20, 20)
        assert question.need.demand["gmina_code"].tolist() == [FIRST, SECOND]
        assert question.need.existing_places.tolist() == [10]

    def test_two_sites_serve_everybody_with_no_more_places_than_needed(self):
        found = self.find(sites(2))
        assert found.plan.gained_persons == pytest.approx(200)
        assert found.after.missing_places == Amount(0, 0, 0)
        assert found.plan.sites["places"].tolist() == [10, 10]
        assert found.plan.left_over.empty

    def test_one_site_leaves_the_other_village_because_sites_ended(self):
        found = self.find(sites(1))
        assert found.plan.gained_persons == pytest.approx(100)
        assert found.after.missing_places == Amount(10, 10, 10)
        assert found.plan.left_over[["reason", "persons"]].to_numpy().tolist() == [
            ["sites_count", pytest.approx(100)]
        ]

    def test_the_other_village_is_an_alternative_as_good(self):
        question = self.question()
        best = self.find(sites(1))
        others = find_others(self.view(), question, best)
        rows = [plan.plan.sites["candidate_row"].tolist() for plan in (best, *others)]
        assert sorted(rows) == [[0], [1]]
        assert others[0].plan.gained_persons == pytest.approx(100)

    def test_a_budget_pays_for_one_place_in_five(self):
        # 100,000 zł for a site, 10,000 for a place and 3 years of 10,000: 300,000 buy one site of 5 places.
        limits = sites(
            2,
            budget=300_000.0,
            build_per_site=100_000.0,
            build_per_place=10_000.0,
            run_per_place_year=10_000.0,
            years=3.0,
        )
        found = self.find(limits)
        assert found.plan.gained_persons == pytest.approx(50)
        assert found.plan.total_cost == pytest.approx(300_000)


class TestNoMoreThanMissing:
    """A home of 10 places in Pierwsza: 10 places are missing there and 10 in Druga, 20 in all."""

    def find(self, limits, *, goal="most", services=(), **changes):
        view = asked(services or [service(1, FIRST, capacity_places=10)], NEAR.with_changes(**changes))
        question = siting_need(view, goal=goal)
        return question, find_sites(view, question, limits)

    @pytest.mark.parametrize(("least", "places"), [(5, [10, 10]), (10, [10, 10]), (11, [11]), (25, [25])])
    def test_places_are_at_most_those_missing_or_those_of_the_smallest_site(self, least, places):
        _, found = self.find(sites(2, least=least))
        assert found.plan.sites["places"].tolist() == places
        assert found.places <= max(20, least)

    def test_who_says_how_many_places_gets_them(self):
        _, found = self.find(sites(2, least=25, places_count=60))
        assert found.plan.sites["places"].tolist() == [25, 25]

    def test_a_site_that_lessens_nothing_is_not_proposed(self):
        # At 71 per 1,000 the 7 places of Druga are for 98.6 of its 100 people: a tenth of a place is missing, and
        # 14.2 in Pierwsza; 15 in all, told of Pierwsza. With 15 places there none is left to tell: a tenth of a
        # place in Druga is what no site is opened for.
        question, found = self.find(
            sites(2, places_count=60), services=[service(1, SECOND, capacity_places=7)], norm=71.0
        )
        assert question.before.missing_places.estimate == 15
        assert found.plan.sites["places"].tolist() == [15]
        assert (found.closed_places.tolist(), found.spare_sites) == ([15], 1)
        assert found.plan.left_over["reason"].tolist() == ["not_worth_a_site"]

    def test_nothing_is_proposed_where_no_site_lessens_anything(self):
        # Within 10 km 21 places are for 210 of 300 people, 140 of Pierwsza and 70 of Druga: 6 places are missing for
        # certain in Pierwsza. One more is shared by both, and 5.3 places are told as 6.
        found = self.find(sites(1, most=1), services=[service(1, FIRST, capacity_places=21)], distance_km=10)[
            1
        ]
        assert (found.plan.outcome, found.plan.sites.empty) == (Outcome.NO_GAIN, True)
        assert found.after.missing_places.estimate == 6

    def test_one_in_each_powiat_may_lessen_nothing(self):
        view = asked([], NEAR.with_changes(scope="24"))
        question = siting_need(view, goal="each")
        found = find_sites(view, question, sites(3, least=5))
        assert (found.plan.outcome, found.closed_places.tolist()) == (Outcome.FOUND, [0])


class TestBeyondTheBorder:
    """
    A home of 8 places in Trzecia, another voivodeship without a register: room for 80 people.

    Shared alike among 150 people within 10 km, 26.7 of Trzecia have a place and 53.3 of Druga. The others of Druga may
    have a home in Trzecia that nobody listed; the 200 of Pierwsza are too far from it.
    """

    services = (service(1, THIRD, capacity_places=8),)

    def view(self, **changes):
        return asked(list(self.services), FAR.with_changes(**changes))

    def find(self, limits, **options):
        return find_sites(self.view(), siting_need(self.view(), **options), limits)

    def test_people_beyond_keep_their_places_and_are_not_counted(self):
        question = siting_need(self.view())
        assert question.need.existing_places.tolist() == [pytest.approx(8 - 8 / 3)]
        assert question.unsure_persons.tolist() == pytest.approx([0, 100 - 160 / 3])
        # 200 people for certain; at worst the rest of Druga, too: 4.67 places.
        assert question.before.missing_places == Amount(20, 20, 25)

    def test_what_may_not_be_missing_is_not_looked_for(self):
        found = self.find(sites(1))
        assert found.plan.gained_persons == pytest.approx(200)
        assert found.plan.sites["places"].tolist() == [20]
        # Everybody near uses the new places: Druga has its share of them, and Pierwsza lacks what it takes.
        assert found.after.missing_places.estimate < 20
        assert found.unsure_near_persons == pytest.approx(100 - 160 / 3)

    def test_counted_when_asked_for(self):
        found = self.find(sites(1), is_unsure_counted=True)
        assert found.plan.gained_persons == pytest.approx(200 + 100 - 160 / 3, abs=1e-3)
        # 25 places are enough for all 247, but people of Trzecia come, too: 33 places for 350 people in all.
        assert found.plan.sites["places"].tolist() == [25]
        assert found.after.missing_places == Amount(0, 2, 2)

    def test_nothing_is_missing_for_certain_where_no_list_is_complete(self):
        view = self.view(scope="24")
        assert find_sites(view, siting_need(view), sites(1)).plan.outcome is Outcome.NO_UNMET


@pytest.mark.parametrize("distance_km", [2, 10])
def test_what_is_told_is_what_the_scenario_with_the_sites_tells(distance_km):
    services = [service(1, FIRST, capacity_places=7), service(2, THIRD, capacity_places=2)]
    view = NEAR.with_changes(distance_km=distance_km)
    before = asked(services, view)
    question = siting_need(before)
    found = find_sites(before, question, sites(2, most=6))
    assert question.before == build_area_table(before.registry, view).answer
    plan = Scenario("Plan", "CAL-DPS", "older", tuple(changes_of(found.plan, question, "CAL-DPS")))
    after = build_area_table(apply_packed(before.registry, to_text(plan)).registry, view)
    assert found.after == after.answer
    assert found.after.missing_places.estimate < question.before.missing_places.estimate


@settings(max_examples=10, deadline=None)
@given(
    places=st.lists(st.one_of(st.none(), st.integers(0, 30)), min_size=3, max_size=3),
    distance_km=st.sampled_from([2, 10, 20]),
    is_unsure_counted=st.booleans(),
)
def test_what_is_missing_before_is_the_triads_and_sites_never_add_to_it(
    places, distance_km, is_unsure_counted
):
    services = [
        service(number, code, capacity_places=pd.NA if count is None else count)
        for number, (code, count) in enumerate(zip(GMINAS, places, strict=True), start=1)
    ]
    view = asked(services, NEAR.with_changes(distance_km=distance_km))
    question = siting_need(view, is_unsure_counted=is_unsure_counted)
    found = find_sites(view, question, sites(1, most=7))
    before, after = question.before.missing_places, found.after.missing_places
    told = before.most if is_unsure_counted else before.estimate
    # One place is for ten people, and a part of one is told as one.
    assert told - 1 < found.plan.unmet_before_persons / 10 < told + 1e-3
    for name in ("least", "estimate", "most"):
        assert 0 <= getattr(after, name) <= getattr(before, name)
    assert found.unsure_near_persons <= question.unsure_persons.sum() + 1e-3


class TestGoals:
    """Powiat 1200 has both gminas of the voivodeship, powiat 2400 the one beyond."""

    def test_a_powiat_with_a_listed_facility_needs_no_site(self):
        question = siting_need(asked([service(1, FIRST, capacity_places=10)]), goal="each")
        assert question.asked_goal.goal.area_codes == ()

    def test_a_powiat_without_one_gets_a_site(self):
        view = asked([service(1, THIRD, capacity_places=10)])
        question = siting_need(view, goal="each")
        assert question.asked_goal.goal.area_codes == (FIRST[:4],)
        assert question.asked_goal.goal.candidate_areas == (FIRST[:4],) * 2
        assert question.asked_goal.unsure_areas == ()
        found = find_sites(view, question, sites(1))
        assert len(found.plan.sites) == 1

    def test_where_no_list_is_complete_one_may_stand_unlisted(self):
        view = asked([], NEAR.with_changes(scope="24"))
        question = siting_need(view, goal="each")
        assert question.asked_goal.unsure_areas == (THIRD[:4],)
        # Nobody is known to lack a place, and the goal asks for a facility all the same.
        found = find_sites(view, question, sites(1, least=5))
        assert (found.plan.outcome, found.plan.gained_persons) == (Outcome.FOUND, 0)
        assert found.plan.sites["places"].tolist() == [5]

    @pytest.mark.usefixtures("every_form_is_near")
    def test_the_gmina_without_anything_comes_before_more_people(self):
        # Pierwsza has places for 90 of 200 people, Druga for none of 100.
        view = asked([service(1, FIRST, capacity_places=9)])
        most = find_sites(view, siting_need(view), sites(1))
        assert most.plan.gained_persons == pytest.approx(110)
        worst = find_sites(view, siting_need(view, goal="worst"), sites(1))
        assert worst.plan.gained_persons == pytest.approx(100)
        assert worst.plan.area_shares["share_after"].tolist() == pytest.approx([0.45, 1])
        assert worst.plan.area_shares["area_code"].tolist() == [FIRST, SECOND]

    def test_powiats_are_compared_where_people_come_from_anywhere(self):
        view = asked([service(1, FIRST, capacity_places=9)])
        worst = find_sites(view, siting_need(view, goal="worst"), sites(1))
        assert worst.plan.area_shares["area_code"].tolist() == [FIRST[:4]]


class TestObstacles:
    def test_a_form_without_a_door_has_no_site(self):
        form = next(form for form in forms_for_group("older") if not has_door(form))
        assert siting_obstacle(asked([], NEAR.with_changes(form=form))) is SitingObstacle.NO_DOOR

    def test_the_country_is_too_large(self):
        registry = tiny_registry([])
        gminas = registry.areas_of_level("gmina").set_index("area_code")
        whole = MeasureInputs(World(registry), NEAR.with_changes(scope="00").question, gminas)
        assert siting_obstacle(whole) is SitingObstacle.COUNTRY

    def test_unknown_people(self):
        view = NEAR.with_changes(group="homeless", form="BEZ-SCH")
        assert siting_obstacle(asked([], view)) is SitingObstacle.NO_PEOPLE

    def test_no_norm_where_places_are_not_known(self):
        question = asked([service(1, FIRST)], NEAR.with_changes(norm=0.0))
        assert siting_obstacle(question) is SitingObstacle.NO_NORM

    def test_none(self):
        assert siting_obstacle(asked([service(1, FIRST, capacity_places=10)])) is None


def localities(*rows):
    """Return localities from key, name, gmina, residents and metres east of the gmina's middle."""
    columns = ["locality_key", "name", "gmina_code", "population_persons", "east_m"]
    frame = pd.DataFrame(rows, columns=columns)
    points = [
        middle_of(code if code in GMINAS else FIRST, east_m=east)
        for code, east in zip(frame["gmina_code"], frame["east_m"], strict=True)
    ]
    return gpd.GeoDataFrame(frame.drop(columns="east_m"), geometry=points, crs=GEOGRAPHIC)


class TestCandidates:
    frame = localities(
        ("a", "Duża", FIRST, 1500.0, 0.0),
        ("b", "Pierwsza", FIRST, 90.0, 100.0),
        ("c", "Pierwsza", FIRST, 120.0, 200.0),
        ("d", "Daleka", SECOND, None, 900.0),
        ("e", "Bliska", SECOND, None, -50.0),
        ("f", "Trzecia", THIRD, 5000.0, 0.0),
        ("g", "Niczyja", None, 9000.0, 0.0),
    )

    @pytest.mark.parametrize(("is_wide", "keys"), [(False, ["c", "e"]), (True, ["a", "c", "e"])])
    def test_one_of_each_gmina_and_the_large_ones_when_wide(self, is_wide, keys):
        found = candidate_localities(asked([], localities=self.frame), is_wide=is_wide)
        assert found["locality_key"].tolist() == keys

    def test_none_where_no_locality_is_listed(self):
        found = candidate_localities(asked([], localities=self.frame[5:]), is_wide=True)
        assert found.empty


def test_usual_places_are_the_middle_half_of_what_is_known():
    homes = [service(n, FIRST, capacity_places=places) for n, places in enumerate([10, 20, 30, 41], start=1)]
    # Between 10 and 20, and between 30 and 41, a quarter of the way in: 17.5 and 32.75.
    assert usual_places(asked([*homes, service(9, SECOND)])) == (18, 33)
    assert usual_places(asked(homes[:3])) == (10, 30)


def test_a_part_of_a_reach_is_what_counting_pairs_one_by_one_gives():
    rng = np.random.default_rng(4)
    pairs = [(f, d) for f in range(6) for d in range(9) if rng.random() < 0.4]
    counts = np.bincount([f for f, _ in pairs], minlength=6)
    whole = Reach(
        first=np.concatenate([[0], np.cumsum(counts)]),
        demand=np.array([d for _, d in pairs], dtype=np.int32),
        cost=np.arange(len(pairs), dtype=float),
        demand_count=9,
        limit=99.0,
        unit="m",
        is_demand_off=np.arange(9) == 3,
        is_facility_off=np.arange(6) == 5,
    )
    is_demand, is_facility = np.arange(9) % 2 == 1, np.arange(6) > 1
    part = part_of_reach(whole, is_demand=is_demand, is_facility=is_facility)
    expected = [(f - 2, d // 2, float(cost)) for cost, (f, d) in enumerate(pairs) if d % 2 == 1 and f > 1]
    assert list(zip(part.facility, part.demand, part.cost, strict=True)) == expected
    assert part.is_demand_off.tolist() == [False, True, False, False]
    assert part.is_facility_off.tolist() == [False, False, False, True]


class TestRequest:
    @given(
        st.builds(
            SitingRequest,
            sites_count=st.none() | st.integers(1, 30),
            least_places=st.none() | st.integers(1, 9999),
            most_places=st.none() | st.integers(1, 9999),
            places_count=st.none() | st.integers(1, 9999),
            budget_zl=st.none() | st.integers(1, 9_999_999_999),
            years=st.integers(0, 30),
            is_unsure_counted=st.booleans(),
            is_wide=st.booleans(),
        )
    )
    def test_a_link_is_the_request(self, request_):
        packed = pack_siting(request_)
        assert read_siting(packed) == request_
        assert View.from_query({"siting": packed}).siting == packed

    @pytest.mark.parametrize("text", ["", "x", "3", "3_1_2", "3_1_2___5_z", "-1______", "3______\n"])
    def test_what_is_none_is_the_default(self, text):
        assert read_siting(text) == SitingRequest()

    def test_numbers_out_of_range_are_not_said(self):
        request = read_siting("99_0_0_0_0_77_u")
        assert request == SitingRequest(sites_count=None, years=5, is_unsure_counted=True)

    @pytest.mark.parametrize("goal", GOALS)
    @pytest.mark.parametrize("flags", ["", "u", "w", "uw"])
    def test_a_goal_comes_back_and_a_view_takes_it(self, goal, flags):
        request = SitingRequest(
            sites_count=4, goal=goal, is_unsure_counted="u" in flags, is_wide="w" in flags
        )
        packed = pack_siting(request)
        assert read_siting(packed) == request
        assert View.from_query({"siting": packed}).siting == packed

    def test_old_links_ask_for_the_most_people(self):
        assert read_siting("3_15_30___5_uw").goal == "most"

    def test_sizes_not_said_are_the_usual_ones(self):
        limits = SitingRequest(most_places=8).limits(UnitCosts(), usual_places=(16, 30))
        assert (limits.least_places, limits.most_places) == (8, 8)
        limits = SitingRequest(least_places=40).limits(UnitCosts(), usual_places=(16, 30))
        assert (limits.least_places, limits.most_places) == (40, 40)

    def test_a_budget_waits_for_a_cost(self):
        request = SitingRequest(budget_zl=1_000_000)
        assert request.limits(UnitCosts(), usual_places=(1, 2)).budget is None
        assert request.limits(UnitCosts(run_per_place_zl_year=1), usual_places=(1, 2)).budget == 1_000_000

    def test_nothing_limited_is_refused(self):
        with pytest.raises(OptionError, match="limit"):
            SitingRequest(sites_count=None, budget_zl=1).limits(UnitCosts(), usual_places=(1, 2))
