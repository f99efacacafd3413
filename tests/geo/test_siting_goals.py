"""One site in each area, and the worst-off areas first: worked by hand, and against every choice there is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import OptimizeResult, linprog

from geo.errors import OptionError
from geo.siting.fair import FairProgram, lack_of
from geo.siting.fair_first import lack_gains
from geo.siting.first import first_places
from geo.siting.goal import FAIR_LEVELS, OneInEach, WorstFirst
from geo.siting.need import open_need
from geo.siting.plan import Outcome
from geo.siting.siting import alternatives, best_sites
from tests.geo.siting_world import LIMIT_M, left, limits, need, slow_gains, slow_served

xs = st.integers(0, 15)
some_people = st.lists(st.tuples(xs, st.integers(1, 40)), min_size=1, max_size=5)
some_existing = st.lists(st.tuples(xs, st.integers(0, 3)), max_size=2)
some_candidates = st.lists(xs, min_size=1, max_size=3)


def by_four(x):
    """Give the gmina of a kilometre: one begins every 4 km."""
    return f"1201{int(x) // 4 + 1:02d}"


def world(people, existing=(), candidates=()):
    """Give a world on a line with a gmina every 4 km."""
    made = need(people, existing, candidates)
    return replace(made, demand=made.demand.assign(gmina_code=[by_four(x) for x, _ in people]))


def one_in_each(candidates, *codes):
    return OneInEach(area_codes=codes, candidate_areas=tuple(by_four(x) for x in candidates))


def chosen(plan):
    """Give places by the row of the candidate."""
    return dict(zip(plan.sites["candidate_row"], plan.sites["places"], strict=True))


class TestOneInEach:
    """50 people at km 0, 30 at km 4, 10 at km 8 and 4 at km 12, a gmina and a candidate with each, too far apart."""

    people = ((0, 50), (4, 30), (8, 10), (12, 4))
    candidates = (0, 4, 8, 12)
    need = world(people, candidates=candidates)

    def goal(self, *codes):
        return one_in_each(self.candidates, *codes)

    def test_the_areas_that_need_one_come_before_the_people(self):
        most = best_sites(self.need, limits(most=5, sites_count=2))
        assert chosen(most) == {0: 5, 1: 3}
        plan = best_sites(self.need, limits(most=5, sites_count=2), goal=self.goal("120103"))
        assert chosen(plan) == {0: 5, 2: 1}
        assert plan.areas_needed == ("120103",)
        assert plan.is_proven
        plan = best_sites(self.need, limits(most=5, sites_count=2), goal=self.goal("120103", "120104"))
        assert chosen(plan) == {2: 1, 3: 1}
        assert plan.gained_persons == pytest.approx(14)

    def test_no_area_needs_one(self):
        plan = best_sites(self.need, limits(most=5, sites_count=2), goal=self.goal())
        assert chosen(plan) == {0: 5, 1: 3}

    def test_fewer_sites_than_areas(self):
        plan = best_sites(self.need, limits(sites_count=1), goal=self.goal("120103", "120104"))
        assert (plan.outcome, plan.areas_needed) == (Outcome.AREAS_SITES, ("120103", "120104"))
        assert plan.sites.empty

    def test_fewer_places_than_areas_and_less_money(self):
        goal = self.goal("120103", "120104")
        plan = best_sites(self.need, limits(least=2, places_count=3), goal=goal)
        assert plan.outcome is Outcome.AREAS_PLACES
        plan = best_sites(self.need, limits(budget=199, build_per_site=100), goal=goal)
        assert plan.outcome is Outcome.AREAS_BUDGET
        plan = best_sites(self.need, limits(budget=200, build_per_site=100), goal=goal)
        assert chosen(plan) == {2: 1, 3: 1}

    def test_an_area_without_a_candidate_is_named(self):
        plan = best_sites(self.need, limits(sites_count=3), goal=self.goal("120109", "120103"))
        assert (plan.outcome, plan.areas_blocked) == (Outcome.AREAS_CANDIDATE, ("120109",))

    def test_a_site_that_gains_nobody_stands_where_the_most_people_are(self):
        # A full home at km 4 serves everybody of gmina 02; both its candidates gain nobody, km 5 reaches 20 more.
        candidates = (4, 6, 0)
        made = world([(4, 10), (8, 20), (0, 9)], existing=[(4, 1), (8, 2)], candidates=candidates)
        goal = one_in_each(candidates, "120102")
        plan = best_sites(made, limits(least=2, sites_count=2), goal=goal)
        assert set(chosen(plan)) == {1, 2}
        assert plan.gained_persons == pytest.approx(9)
        assert chosen(plan)[1] == 2

    def test_where_nobody_is_left_over_the_smallest_is_opened(self):
        made = world([(4, 10), (8, 20)], existing=[(4, 1), (8, 2)], candidates=(4, 6))
        plan = best_sites(made, limits(least=2, sites_count=3), goal=one_in_each((4, 6), "120102"))
        assert plan.outcome is Outcome.FOUND
        assert (chosen(plan), plan.gained_persons) == ({1: 2}, 0)

    def test_a_site_that_reaches_nobody_who_lacks_a_place_is_opened_all_the_same(self):
        # One site, wanted at km 6 where everybody is served; who lacks a place lives at km 0.
        candidates = (6, 0)
        made = world([(6, 10), (0, 9)], existing=[(6, 5)], candidates=candidates)
        plan = best_sites(made, limits(least=2, sites_count=1), goal=one_in_each(candidates, "120102"))
        assert (chosen(plan), plan.gained_persons) == ({0: 2}, 0)

    def test_the_preselection_keeps_what_an_area_needs(self):
        goal = self.goal("120104")
        plan = best_sites(self.need, limits(most=5, sites_count=2), goal=goal, candidates_count=1)
        assert set(chosen(plan)) == {0, 3}

    def test_alternatives_keep_to_it(self):
        people, candidates = ((0, 50), (4, 50), (8, 10), (9, 10)), (0, 4, 8, 9)
        made, goal = world(people, candidates=candidates), one_in_each(candidates, "120103")
        allowed = limits(most=5, sites_count=2)
        best = best_sites(made, allowed, goal=goal)
        others = alternatives(made, allowed, best, goal=goal)
        assert others
        for plan in (best, *others):
            assert plan.sites["candidate_row"].isin([2, 3]).any()
            assert plan.gained_persons >= 0.98 * best.gained_persons


@settings(max_examples=30, deadline=None)
@given(
    some_people,
    some_existing,
    some_candidates,
    st.sampled_from(
        [
            {"sites_count": 2},
            {"places_count": 3},
            {"budget": 260, "build_per_site": 100, "build_per_place": 15},
        ]
    ),
)
def test_a_first_plan_is_one_of_the_choices(people, existing, candidates, limited):
    allowed = limits(most=2, **limited)
    opened = open_need(world(people, existing, candidates))
    found = first_places(opened, allowed, persons_per_place=10)
    places = np.zeros(len(candidates), dtype=int)
    places[opened.site_rows] = found
    assert tuple(places) in slow_gains(people, existing, candidates, allowed)
    assert found.any() or not opened.sites.nnz


def test_a_first_plan_opens_one_in_each_area_before_others():
    candidates = (0, 4, 8, 12)
    made = world([(0, 50), (4, 30), (8, 10), (12, 4)], candidates=candidates)
    opened = open_need(made)
    allowed = limits(most=5, places_count=7, sites_count=3)
    places = first_places(opened, allowed, persons_per_place=10, one_of=[np.array([2]), np.array([3])])
    # All 7 places: the most of km 8, and what is left for km 12; none remains for km 0.
    assert places.tolist() == [0, 0, 5, 2]


@settings(max_examples=20, deadline=None)
@given(some_people, some_existing, some_candidates, st.integers(1, 3), st.data())
def test_one_in_each_is_the_best_of_every_choice(people, existing, candidates, sites_count, data):
    codes = sorted({by_four(x) for x in candidates})
    needed = data.draw(st.lists(st.sampled_from(codes), unique=True))
    allowed = limits(most=2, sites_count=sites_count)
    plan = best_sites(
        world(people, existing, candidates),
        allowed,
        goal=one_in_each(candidates, *needed),
        unproven_share=1e-6,
    )

    def is_allowed(places):
        opened = {by_four(x) for x, count in zip(candidates, places, strict=True) if count}
        return opened >= set(needed)

    gains = [
        gain
        for places, gain in slow_gains(people, existing, candidates, allowed).items()
        if is_allowed(places)
    ]
    if not gains:
        assert plan.outcome is Outcome.AREAS_SITES
        assert len(needed) > sites_count
    elif plan.outcome is Outcome.FOUND:
        assert plan.gained_persons == pytest.approx(max(gains), abs=1e-3)
        rows = np.zeros(len(candidates), dtype=int)
        rows[plan.sites["candidate_row"]] = plan.sites["places"]
        assert is_allowed(rows)
    else:
        assert not needed
        assert max(gains) == pytest.approx(0, abs=1e-3)


class TestWorstFirst:
    def test_a_gmina_without_anything_comes_before_more_people(self):
        # Gmina 01: 100 people, a home for 50. Gmina 03: 20 people, nothing. One site of at most 5 places.
        made = world([(0, 100), (8, 20)], existing=[(0, 5)], candidates=(0, 8))
        assert chosen(best_sites(made, limits(most=5, sites_count=1))) == {0: 5}
        plan = best_sites(made, limits(most=5, sites_count=1), goal=WorstFirst())
        assert chosen(plan) == {1: 2}
        assert plan.gained_persons == pytest.approx(20)
        assert plan.is_proven
        shares = plan.area_shares.set_index("area_code")
        assert shares["share_before"].tolist() == pytest.approx([0.5, 0])
        assert shares["share_after"].tolist() == pytest.approx([0.5, 1])
        assert left(plan) == {("120101", "sites_count"): pytest.approx(50)}

    def test_places_are_shared_between_two_gminas_from_the_lowest_up(self):
        # 40 people each in gminas 01 and 02, all in reach of one site of 2 places: 20 of 80 people. A quarter of each.
        made = world([(2, 40), (5, 40)], candidates=(4,))
        plan = best_sites(made, limits(most=2, sites_count=1), goal=WorstFirst())
        assert plan.area_shares["share_after"].tolist() == pytest.approx([0.25, 0.25])

    def test_no_site_more_than_is_needed(self):
        made = world([(0, 10)], candidates=(0, 1, 2))
        plan = best_sites(made, limits(sites_count=3), goal=WorstFirst())
        assert (len(plan.sites), plan.gained_persons) == (1, pytest.approx(10))

    def test_powiats_by_the_first_four_digits(self):
        made = world([(0, 10), (8, 10)], candidates=(0,))
        plan = best_sites(made, limits(sites_count=1), goal=WorstFirst(digits=4))
        assert plan.area_shares[["area_code", "persons"]].to_numpy().tolist() == [["1201", 20]]
        with pytest.raises(OptionError, match="4 or 6"):
            WorstFirst(digits=5)

    def test_nobody_left_over_and_no_others(self):
        made = world([(0, 10)], existing=[(0, 1)], candidates=(0,))
        plan = best_sites(made, limits(sites_count=1), goal=WorstFirst())
        assert plan.outcome is Outcome.NO_UNMET
        with pytest.raises(OptionError, match="worst-off"):
            alternatives(made, limits(sites_count=1), plan, goal=WorstFirst())

    def test_where_no_run_of_the_solver_ends_in_time_the_worst_off_come_first(self, monkeypatch):
        solve = FairProgram._solve

        def too_slow(program, **asked):
            return (
                solve(program, **asked)
                if asked.get("places") is not None
                else OptimizeResult(x=None, mip_dual_bound=None)
            )

        monkeypatch.setattr(FairProgram, "_relaxed", lambda program, until: OptimizeResult(status=1))
        monkeypatch.setattr(FairProgram, "_solve", too_slow)
        # Gminas 01 (100 people, a home for 50), 02 (30, nothing), 03 (20, nothing): most people are left over in 01.
        made = world([(0, 100), (4, 30), (8, 20)], existing=[(0, 5)], candidates=(0, 4, 8))
        plan = best_sites(made, limits(most=5, sites_count=2), goal=WorstFirst())
        assert plan.outcome is Outcome.FOUND
        assert chosen(plan) == {1: 3, 2: 2}
        assert (plan.is_proven, plan.unproven_share) == (False, 1)
        # Of one site, too: 20 people of gmina 03 are all of it, and 20 of 30 in gmina 02 are not.
        plan = best_sites(made, limits(most=2, sites_count=1), goal=WorstFirst())
        assert chosen(plan) == {2: 2}


class TestLackGains:
    """Two areas of 100 and 50 people; a share below 5 % counts 10,000, below 25 % 1,000, below 50 % 100."""

    def test_the_lowest_level_first_and_of_two_areas_the_smaller(self):
        near = np.array([[10.0, 0], [0, 10], [10, 10], [0, 0]])
        gains = lack_gains(near, np.zeros(2), np.array([100.0, 50]), room_persons=10)
        # 5 people are 5 % of the first and 2.5 are of the second; what is left of 10 goes on within 25 %.
        assert gains == pytest.approx([500 + 0.05 * 1000, 500 + 0.15 * 1000, 500 + 500 + 2.5 / 50 * 1000, 0])

    def test_what_is_served_already_counts_no_more(self):
        gains = lack_gains(np.array([[10.0]]), np.array([0.24]), np.array([100.0]), room_persons=100)
        assert gains == pytest.approx([0.01 * 1000 + 0.09 * 100])


def slow_lack(people, existing, new):
    """Share places as evenly as can be, a variable for every pair and level; existing facilities serve as many."""
    facilities = [(x, 10 * places) for x, places in [*existing, *new]]
    codes = sorted({by_four(x) for x, _ in people})
    all_of = {code: sum(n for x, n in people if by_four(x) == code) for code in codes}
    cells = [(i, j) for i in range(len(people)) for j in range(len(facilities))]
    levels = [(code, level) for code in codes for level in range(len(FAIR_LEVELS))]
    widths = np.diff([0, *FAIR_LEVELS])
    rows = [[float(i == row) for i, _ in cells] + [0.0] * len(levels) for row in range(len(people))]
    rows += [[float(j == row) for _, j in cells] + [0.0] * len(levels) for row in range(len(facilities))]
    tops = [n for _, n in people] + [room for _, room in facilities]
    for code in codes:
        served = [-(by_four(people[i][0]) == code) / all_of[code] for i, _ in cells]
        rows.append(served + [-float(of == code) for of, _ in levels])
        tops.append(-1.0)
    rows.append([-float(j < len(existing)) for _, j in cells] + [0.0] * len(levels))
    tops.append(-slow_served(people, facilities[: len(existing)]) + 1e-9)
    near = [1000 * abs(people[i][0] - facilities[j][0]) <= LIMIT_M for i, j in cells]
    answer = linprog(
        [0.0] * len(cells) + [10.0 ** (len(FAIR_LEVELS) - 1 - level) for _, level in levels],
        A_ub=rows,
        b_ub=tops,
        bounds=[(0, None if is_near else 0) for is_near in near]
        + [(0, widths[level]) for _, level in levels],
    )
    return answer.fun


@settings(max_examples=20, deadline=None)
@given(some_people, some_existing, some_candidates, st.integers(1, 2))
def test_worst_first_lacks_the_least_of_every_choice(people, existing, candidates, sites_count):
    allowed = limits(most=2, sites_count=sites_count)
    plan = best_sites(world(people, existing, candidates), allowed, goal=WorstFirst(), unproven_share=1e-7)
    lacks = {
        places: slow_lack(people, existing, [(x, n) for x, n in zip(candidates, places, strict=True) if n])
        for places in slow_gains(people, existing, candidates, allowed)
    }
    best = min(lacks.values())
    if plan.outcome is not Outcome.FOUND:
        assert plan.outcome in (Outcome.NO_UNMET, Outcome.NO_CANDIDATE)
        assert best == pytest.approx(lacks[(0,) * len(candidates)])
        return
    rows = np.zeros(len(candidates), dtype=int)
    rows[plan.sites["candidate_row"]] = plan.sites["places"]
    found = lacks[tuple(rows)]
    assert found == pytest.approx(best, abs=1e-2)
    # Areas that a site cannot help lack nothing.
    assert lack_of(plan.area_shares["share_after"].to_numpy()) == pytest.approx(found, abs=1e-2)
    # Whoever lacks least is served by the most that these places can serve.
    standing, new = existing, [(x, n) for x, n in zip(candidates, rows, strict=True) if n]
    most = slow_served(people, [(x, 10 * n) for x, n in [*standing, *new]])
    before = slow_served(people, [(x, 10 * n) for x, n in standing])
    assert plan.gained_persons == pytest.approx(most - before, abs=1e-2)
