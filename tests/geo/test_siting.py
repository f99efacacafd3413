import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import FrameError, OptionError
from geo.siting.cuts import Network
from geo.siting.flows import FlowProgram
from geo.siting.need import SitingNeed, open_need
from geo.siting.plan import Outcome
from geo.siting.siting import alternatives, best_sites
from tests.geo.siting_world import left, limits, need, slow_gains, slow_served

xs = st.integers(0, 15)
some_people = st.lists(st.tuples(xs, st.integers(0, 60)), min_size=1, max_size=8)
some_existing = st.lists(st.tuples(xs, st.integers(0, 6)), max_size=3)
some_candidates = st.lists(xs, min_size=1, max_size=5)


# Worked by hand


def test_two_towns_and_one_site():
    # 30 people at km 0, 50 at km 10; the site of 3 places serves 30 of either: but 4 places serve 40 of the larger.
    world = need([(0, 30), (10, 50)], candidates=[0, 10])
    plan = best_sites(world, limits(most=4, sites_count=1))
    assert plan.outcome is Outcome.FOUND
    assert plan.sites["candidate_row"].tolist() == [1]
    assert plan.sites["places"].tolist() == [4]
    assert plan.gained_persons == pytest.approx(40)
    assert plan.bound_persons == pytest.approx(40)
    assert plan.is_proven
    assert plan.unmet_before_persons == 80
    # At km 0 somebody could open a second site; at km 10 the only one in reach is full.
    assert left(plan) == {
        ("120101", "sites_count"): pytest.approx(30),
        ("120102", "sites_full"): pytest.approx(10),
    }


def test_a_site_takes_people_over_so_that_a_full_facility_has_room_for_others():
    # The facility at km 3 (2 places, 20 people) reaches km 0 (20 people) and km 6 (20 people); the only candidate, at
    # km 8, reaches km 6 alone. Whoever the facility served before, with the site all 40 are served.
    world = need([(0, 20), (6, 20)], existing=[(3, 2)], candidates=[8])
    plan = best_sites(world, limits(sites_count=1))
    assert plan.unmet_before_persons == pytest.approx(20)
    assert plan.gained_persons == pytest.approx(20)
    assert plan.sites["places"].tolist() == [2]  # of 3 allowed, the third would serve nobody
    assert plan.left_over.empty


def test_people_whom_a_facility_has_room_for_are_not_gained():
    # 100 people at km 0 beside a facility of 10 places; 20 at km 10 beside nothing.
    world = need([(0, 100), (10, 20)], existing=[(0, 10)], candidates=[0, 10])
    plan = best_sites(world, limits(sites_count=1))
    assert plan.sites["candidate_row"].tolist() == [1]
    assert plan.gained_persons == pytest.approx(20)
    assert plan.candidates_considered == 1
    assert plan.candidates_given == 2


def test_a_budget_and_what_a_zloty_gains():
    # A site costs 1,000, a place 100 to build and 50 a year for 2 years: a site of 3 places costs 1,600. With 2,900
    # there is one site of 3 places for 30 people, or two of 1 place each (2,400) and one more place (2,600): 30 too,
    # and one more (2,800): 40.
    money = {"build_per_site": 1000, "build_per_place": 100, "run_per_place_year": 50, "years": 2}
    world = need([(0, 30), (10, 30)], candidates=[0, 10])
    plan = best_sites(world, limits(budget=2_900, **money))
    assert plan.gained_persons == pytest.approx(40)
    assert plan.sites["places"].sum() == 4
    assert plan.build_cost == 2_400
    assert plan.run_cost_per_year == 200
    assert plan.total_cost == 2_800
    assert {reason for _, reason in left(plan)} <= {"budget"}
    assert plan.left_over["persons"].sum() == pytest.approx(20)


def test_equal_gains_cost_as_little_as_the_sites_allow():
    # All 10 people are in reach of both candidates; two sites are allowed, one is enough.
    world = need([(0, 10)], candidates=[0, 1])
    plan = best_sites(world, limits(sites_count=2, build_per_site=500))
    assert plan.gained_persons == pytest.approx(10)
    assert plan.total_cost == 500
    assert plan.sites["places"].tolist() == [1]


def test_no_site_gains_for_a_reason():
    full_house = need([(0, 10)], existing=[(0, 1)], candidates=[0])
    assert best_sites(full_house, limits(sites_count=1)).outcome is Outcome.NO_UNMET
    far = best_sites(need([(0, 10)], candidates=[4]), limits(sites_count=1))
    assert far.outcome is Outcome.NO_CANDIDATE
    assert left(far) == {("120101", "no_candidate"): 10}
    world = need([(0, 10), (12, 7)], candidates=[0])
    poor = best_sites(world, limits(budget=99, build_per_site=100))
    assert poor.outcome is Outcome.BUDGET
    assert left(poor) == {("120101", "budget"): 10, ("120102", "no_candidate"): 7}
    small = best_sites(world, limits(least=2, places_count=1))
    assert small.outcome is Outcome.PLACES_COUNT
    unknown = best_sites(need([(0, None)], candidates=[0]), limits(sites_count=1))
    assert unknown.outcome is Outcome.UNKNOWN_PERSONS
    for plan in (far, poor, small, unknown):
        assert plan.gained_persons == 0
        assert plan.sites.empty
        assert alternatives(world, limits(sites_count=1), plan) == []


def test_unknown_people_are_told_and_not_counted():
    plan = best_sites(need([(0, 10), (0, None)], candidates=[0]), limits(sites_count=1))
    assert plan.gained_persons == pytest.approx(10)
    assert plan.left_over["reason"].tolist() == ["unknown_persons"]
    assert plan.left_over["persons"].isna().all()
    assert plan.left_over["points_count"].tolist() == [1]


def test_a_facility_of_unknown_places_is_counted():
    plan = best_sites(need([(0, 10)], existing=[(0, None)], candidates=[0]), limits(sites_count=1))
    assert plan.unknown_room_count == 1
    assert plan.gained_persons == pytest.approx(10)


def test_people_off_the_road_network_are_told_apart():
    world = need([(0, 10), (8, 5)], candidates=[0])
    world.candidates.is_demand_off[1] = True
    assert left(best_sites(world, limits(sites_count=1))) == {("120101", "unknown_way"): 5}


def test_preselection_is_told():
    world = need([(0, 30), (10, 20)], candidates=[0, 10])
    plan = best_sites(world, limits(sites_count=2), candidates_count=1)
    assert plan.is_preselected
    assert plan.candidates_considered == 1
    assert plan.gained_persons == pytest.approx(30)
    assert left(plan) == {("120102", "not_considered"): 20}
    assert not best_sites(world, limits(sites_count=2), candidates_count=2).is_preselected


def test_a_site_that_nothing_forbids_but_nobody_needs():
    # 5 places are allowed, the sites in reach are full with 1 each.
    plan = best_sites(need([(0, 15)], candidates=[0]), limits(most=1, places_count=5))
    assert left(plan) == {("120101", "sites_full"): pytest.approx(5)}


def test_alternatives_within_two_percent():
    # Sites at km 0, 5, 10, 15 gain 100, 99, 98.5 and 50 people.
    people = [(0, 100), (5, 99), (10, 98.5), (15, 50)]
    world = need(people, candidates=[0, 5, 10, 15], limit_m=1_000)
    allowed = limits(most=10, sites_count=1)
    best = best_sites(world, allowed)
    assert best.sites["candidate_row"].tolist() == [0]
    others = alternatives(world, allowed, best)
    assert [plan.sites["candidate_row"].tolist() for plan in others] == [[1], [2]]
    assert [plan.gained_persons for plan in others] == pytest.approx([99, 98.5])
    assert len(alternatives(world, allowed, best, within_share=0.01, count=3)) == 1
    assert alternatives(world, allowed, best, count=0) == []


def test_the_time_runs_out():
    rng = np.random.default_rng(5)
    people = [
        (float(x), float(n)) for x, n in zip(rng.uniform(0, 99, 200), rng.uniform(1, 90, 200), strict=True)
    ]
    world = need(people, candidates=list(range(0, 99, 3)))
    allowed = limits(least=5, most=41, sites_count=6)
    hasty = best_sites(world, allowed, time_limit_s=1e-6, unproven_share=0)
    patient = best_sites(world, allowed)
    assert patient.is_proven
    assert hasty.gained_persons <= patient.gained_persons * (1 + 1e-5)
    assert patient.gained_persons <= hasty.bound_persons * (1 + 1e-5)
    assert hasty.unproven_share == pytest.approx(1 - hasty.gained_persons / hasty.bound_persons)


def test_the_places_that_money_can_buy():
    # A site costs 100 and a place 30; 700 pay for 4 sites with 300 left (10 places), 3 with 400 left (13, at most 12
    # in 3 sites of 4), or 2 with 500 left (16, at most 8).
    money = {"build_per_site": 100, "build_per_place": 30}
    assert limits(most=4, budget=700, **money).total_places == 12
    assert limits(most=4, budget=700, places_count=11, **money).total_places == 11
    assert limits(most=4, budget=700, sites_count=2, **money).total_places == 8
    assert limits(most=4, budget=129, **money).total_places == 0
    assert limits(most=4, sites_count=2).total_places == 8


# Against all subsets


@settings(max_examples=15)
@given(some_people, some_existing, st.lists(xs, min_size=1, max_size=3), st.integers(1, 3), st.integers(1, 2))
def test_gain_equals_the_best_of_all_choices(people, existing, candidates, sites_count, least):
    allowed = limits(least=least, most=3, sites_count=sites_count, places_count=5)
    plan = best_sites(need(people, existing, candidates), allowed, unproven_share=0)
    gains = slow_gains(people, existing, candidates, allowed)
    best = max(gains.values())
    assert plan.gained_persons == pytest.approx(best, rel=1e-5, abs=1e-4)
    assert plan.bound_persons >= best * (1 - 1e-5) - 1e-4
    assert plan.is_proven
    others = alternatives(need(people, existing, candidates), allowed, plan)
    near = {
        frozenset(row for row, n in enumerate(places) if n)
        for places, gain in gains.items()
        if gain >= 0.98 * best
    }
    chosen = frozenset(plan.sites["candidate_row"])
    if best > 1e-3:
        assert bool(others) == any(not chosen <= sites for sites in near)


@settings(max_examples=15)
@given(some_people, some_existing, st.lists(xs, min_size=1, max_size=3), st.integers(0, 900))
def test_gain_for_a_budget_equals_the_best_of_all_choices(people, existing, candidates, budget):
    allowed = limits(least=1, most=2, budget=budget, build_per_site=100, build_per_place=30)
    plan = best_sites(need(people, existing, candidates), allowed, unproven_share=0)
    gains = slow_gains(people, existing, candidates, allowed)
    assert plan.gained_persons == pytest.approx(max(gains.values()), rel=1e-5, abs=1e-4)
    assert plan.total_cost <= budget


@settings(max_examples=15)
@given(some_people, some_existing, st.lists(xs, min_size=1, max_size=3), st.integers(1, 2))
def test_the_whole_program_alone_equals_the_best_of_all_choices(people, existing, candidates, sites_count):
    # Small worlds are settled by cuts before the program is asked; here it is asked without them.
    allowed = limits(least=2, sites_count=sites_count)
    part = open_need(need(people, existing, candidates))
    if not len(part.site_rows):
        return
    best = max(slow_gains(people, existing, candidates, allowed).values())
    network = Network.of(part, 30)
    program = FlowProgram.of(
        part,
        allowed.rows(len(part.site_rows)),
        network.gained_alone(),
        persons_per_place=10,
        at_least_persons=0,
    )
    found = program.solve(0.0, unproven_share=0, until=time.perf_counter() + 20)
    assert found.bound_persons == pytest.approx(best, rel=1e-4, abs=1e-3)
    value, _ = network.gained(10.0 * found.places)
    assert value == pytest.approx(best, rel=1e-4, abs=1e-3)
    # And no cut forbids what was just seen to be possible.
    sites, most = network.cut(np.ones(len(part.persons), dtype=bool))
    assert sites.all()
    assert value <= most + 1e-3


# Properties


@settings(max_examples=12)
@given(some_people, some_existing, some_candidates, st.integers(100, 2_000), st.integers(100, 2_000))
def test_more_money_never_serves_fewer(people, existing, candidates, first, second):
    world = need(people, existing, candidates)
    less, more = (
        best_sites(world, limits(budget=budget, build_per_site=200, build_per_place=90), unproven_share=0)
        for budget in sorted([first, second])
    )
    assert less.gained_persons <= more.gained_persons + 1e-4


@settings(max_examples=15)
@given(some_people, some_existing, some_candidates, st.integers(1, 3), st.randoms(use_true_random=False))
def test_sums_and_order(people, existing, candidates, sites_count, chance):
    allowed = limits(sites_count=sites_count)
    plan = best_sites(need(people, existing, candidates), allowed, unproven_share=0)
    assert plan.sites["gained_persons"].sum() == pytest.approx(plan.gained_persons)
    assert (plan.sites["gained_persons"] <= 10 * plan.sites["places"] + 1e-5).all()
    assert plan.sites["places"].between(1, 3).all()
    assert len(plan.sites) <= sites_count
    assert plan.gained_persons <= plan.unmet_before_persons + 1e-4
    # Everybody left over before is gained or has a reason.
    assert plan.left_over["persons"].sum() == pytest.approx(
        plan.unmet_before_persons - plan.gained_persons, abs=1e-4
    )
    # What stands goes on serving: before and gained is what all of them can serve together.
    standing = [(x, 10 * places) for x, places in existing]
    opened = [(candidates[row.candidate_row], 10 * row.places) for row in plan.sites.itertuples()]
    assert slow_served(people, standing + opened) == pytest.approx(
        slow_served(people, standing) + plan.gained_persons, abs=1e-4
    )
    mixed = [chance.sample(rows, len(rows)) for rows in (people, existing, candidates)]
    again = best_sites(need(*mixed), allowed, unproven_share=0)
    assert again.gained_persons == pytest.approx(plan.gained_persons, rel=1e-5, abs=1e-4)


@settings(max_examples=10)
@given(some_people, some_candidates, st.integers(1, 3))
def test_alternatives_are_near_and_other_sets(people, candidates, sites_count):
    world, allowed = need(people, candidates=candidates), limits(sites_count=sites_count)
    best = best_sites(world, allowed)
    sets = [set(best.sites["candidate_row"])]
    for plan in alternatives(world, allowed, best):
        assert plan.gained_persons >= 0.98 * best.gained_persons - 1e-4
        chosen = set(plan.sites["candidate_row"])
        assert not any(earlier <= chosen for earlier in sets[:1])
        assert chosen not in sets
        sets.append(chosen)


@settings(max_examples=25)
@given(some_people, some_existing, some_candidates)
def test_the_open_part_holds_all_that_is_unmet(people, existing, candidates):
    part = open_need(need(people, existing, candidates))
    assert part.unmet_persons[part.points].sum() == pytest.approx(part.unmet_persons.sum())
    served = slow_served(people, [(x, 10 * places) for x, places in existing])
    assert part.unmet_persons.sum() == pytest.approx(sum(n for _, n in people) - served, abs=1e-4)


def test_inputs_stay_and_wrong_ones_are_named():
    world = need([(0, 30)], candidates=[0])
    before = world.demand.copy()
    best_sites(world, limits(sites_count=1))
    pd.testing.assert_frame_equal(world.demand, before)
    with pytest.raises(FrameError, match="found -1"):
        need([(0, -1)])
    with pytest.raises(FrameError, match="existing facilities with places, found 0"):
        SitingNeed(
            demand=world.demand,
            existing=world.candidates,
            existing_places=pd.Series([], dtype=float),
            candidates=world.candidates,
            places_per_1000=5,
        )
    with pytest.raises(OptionError, match="norm above 0"):
        need([(0, 1)], norm=0)
    for wrong in (
        {},
        {"sites_count": 0},
        {"budget": 10},
        {"sites_count": 1, "years": -1},
        {"sites_count": 1, "least": 4},
    ):
        with pytest.raises(OptionError):
            limits(**wrong)
    for wrong in ({"unproven_share": 1}, {"time_limit_s": 0}, {"candidates_count": 0}):
        with pytest.raises(OptionError):
            best_sites(world, limits(sites_count=1), **wrong)
    plan = best_sites(world, limits(sites_count=1))
    for wrong in ({"within_share": 1}, {"count": -1}):
        with pytest.raises(OptionError):
            alternatives(world, limits(sites_count=1), plan, **wrong)
