"""
Siting: plans for one voivodeship, and maximum coverage as spopt's MCLP finds it.

1. Where room never limits (a place for each person, no facility yet), a plan is a maximum coverage: 620 areas x 125
   candidates, 5 sites within 30 km. spopt solves the same (from_cost_matrix, CBC); when the two gain different
   numbers of people, a plan is wrong and the benchmark fails. The ratio is printed and has no target: a plan counts
   room, which MCLP cannot.
2. Plans with capacities in a made-up voivodeship (123 km x 123 km, 4,000 localities, 600,000 people, 120 facilities,
   400 candidates, 15 km): how long, how far from proven.
"""

import sys
import time
import warnings

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import METRIC
from geo.siting.limits import SitingLimits
from geo.siting.need import SitingNeed
from geo.siting.siting import alternatives, best_sites
from geo.straight_lines import straight_line_reach

AREAS, CANDIDATES, SITES, DISTANCE_M = 620, 125, 5, 30_000
WEST, SOUTH, EAST, NORTH = 171_000, 133_000, 862_000, 775_000


def frame(xy: np.ndarray) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=shapely.points(xy), crs=METRIC)


def areas(seed: int = 2026):
    """Give places and persons of areas, and places of candidates."""
    rng = np.random.default_rng(seed)
    xy = rng.uniform((WEST, SOUTH), (EAST, NORTH), size=(AREAS, 2))
    persons = np.round(rng.lognormal(7, 1, AREAS))
    return xy, persons, xy[rng.choice(len(xy), CANDIDATES, replace=False)]


def ours(xy, persons, candidates):
    started = time.perf_counter()
    people, nothing = frame(xy), frame(xy[:0])
    need = SitingNeed(
        demand=pd.DataFrame({"gmina_code": "120101", "demand_persons": persons}),
        existing=straight_line_reach(people, nothing, max_distance_m=DISTANCE_M),
        existing_places=pd.Series([], dtype=float),
        candidates=straight_line_reach(people, frame(candidates), max_distance_m=DISTANCE_M),
        places_per_1000=1000,
    )
    in_reach = need.candidates.sum_by_facility(persons[need.candidates.demand])
    limits = SitingLimits(least_places=1, most_places=int(in_reach.max()), sites_count=SITES)
    return best_sites(need, limits, unproven_share=0.0), time.perf_counter() - started


def spopts(xy, persons, candidates):
    import pulp
    from scipy.spatial.distance import cdist
    from spopt.locate import MCLP

    cost = cdist(xy, candidates)
    started = time.perf_counter()
    model = MCLP.from_cost_matrix(cost, persons, DISTANCE_M, SITES)
    built_s = time.perf_counter() - started
    model = model.solve(pulp.PULP_CBC_CMD(msg=False))
    return model.problem.objective.value(), time.perf_counter() - started, built_s


def compare_coverage() -> bool:
    world = areas()
    ours(*world)  # the first run loads libraries
    plan, ours_s = ours(*world)
    value, peer_s, built_s = spopts(*world)
    is_equal = plan.is_proven and abs(plan.gained_persons - value) <= 1e-6 * value
    print(
        f"siting: coverage {AREAS} x {CANDIDATES}, {SITES} sites: {ours_s:.3f} s, spopt {peer_s:.2f} s (building "
        f"{built_s:.2f} s): ratio {ours_s / peer_s:.2f}; {plan.gained_persons:,.0f} and {value:,.0f} people, "
        f"{'equal' if is_equal else 'DIFFERENT'}",
        flush=True,
    )
    return is_equal


def voivodeship(norm: float, distance_m: float, times: float = 1) -> SitingNeed:
    rng = np.random.default_rng(7)
    count, side = int(4_000 * times), 123_000 * np.sqrt(times)
    towns = rng.uniform(0, side, (int(20 * times), 2))
    near_towns = towns[rng.integers(0, len(towns), count // 2)] + rng.normal(0, 9_000, (count // 2, 2))
    xy = np.vstack([rng.uniform(0, side, (count // 2, 2)), near_towns % side])
    persons = rng.lognormal(4, 1.2, count)
    persons *= 600_000 * times / persons.sum()
    candidates = xy[rng.choice(count, int(400 * times), replace=False)]
    existing = xy[rng.choice(count, int(120 * times), p=persons / persons.sum())]
    return SitingNeed(
        demand=pd.DataFrame({"gmina_code": "120101", "demand_persons": persons}),
        existing=straight_line_reach(frame(xy), frame(existing), max_distance_m=distance_m),
        existing_places=pd.Series(rng.integers(10, 60, len(existing)).astype(float)),
        candidates=straight_line_reach(frame(xy), frame(candidates), max_distance_m=distance_m),
        places_per_1000=norm,
    )


def told(name: str, plan, seconds: float) -> None:
    state = "proven" if plan.is_proven else f"not proven, at most {plan.unproven_share:.2%} from the best"
    print(
        f"siting: {name}: {seconds:.2f} s, {len(plan.sites)} sites, {plan.gained_persons:,.0f} of "
        f"{plan.unmet_before_persons:,.0f} unmet gained, {plan.candidates_considered} candidates, {state}",
        flush=True,
    )


def plans() -> None:
    for norm in (40, 10, 7, 5):
        for sites_count in (5, 20):
            need = voivodeship(norm, 15_000)
            limits = SitingLimits(least_places=15, most_places=30, sites_count=sites_count)
            started = time.perf_counter()
            plan = best_sites(need, limits)
            told(f"plan at {norm} places per 1,000, {sites_count} sites", plan, time.perf_counter() - started)
    started = time.perf_counter()
    others = alternatives(need, limits, plan)
    print(f"siting: {len(others)} alternatives: {time.perf_counter() - started:.2f} s")
    need = voivodeship(7, 15_000)
    limits = SitingLimits(
        least_places=15, most_places=30, budget=10e6, build_per_site=5e5, build_per_place=2e4,
        run_per_place_year=1.2e4, years=3,
    )  # fmt: skip
    started = time.perf_counter()
    told("plan for 10 million zł", plan := best_sites(need, limits), time.perf_counter() - started)
    started = time.perf_counter()
    others = alternatives(need, limits, plan)
    print(f"siting: {len(others)} alternatives: {time.perf_counter() - started:.2f} s")
    # Shortage in many small spots: the hardest kind.
    limits = SitingLimits(least_places=15, most_places=30, sites_count=20)
    for count in (None, 150):
        started = time.perf_counter()
        plan = best_sites(voivodeship(5, 10_000), limits, candidates_count=count)
        told(f"scattered need, candidates {count or 'all'}", plan, time.perf_counter() - started)
    for times in (1, 2, 4):
        need = voivodeship(10, 15_000, times)
        started = time.perf_counter()
        told(
            f"plan {times}x, 10 sites",
            best_sites(need, SitingLimits(least_places=15, most_places=30, sites_count=10)),
            time.perf_counter() - started,
        )


def main() -> int:
    warnings.filterwarnings("ignore", module="spopt|mapclassify|libpysal|pulp")
    is_equal = compare_coverage()
    plans()
    return 0 if is_equal else 1


if __name__ == "__main__":
    sys.exit(main())
