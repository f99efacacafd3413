"""
Allocating people to places: our flow against the naive way, the linear programme over all points × all facilities.

A newcomer writes a variable for every point and every facility, in reach or not, in a full matrix, and gives it to
`scipy.optimize.linprog` (HiGHS). That fits into memory for small worlds only, so the ratio is taken on one that it
can do. Beside it stands the better way of a newcomer: the same programme with sparse rows for the pairs in reach
only. All must place the same people at the same total cost, or the comparison means nothing.

Then what a page needs, from pairs to the triad of each gmina: a voivodeship with its surroundings and the country, at
several limits; and growth with 1, 2, 4 and 8 times as many people and facilities in as many times the area. At 15 km
the time per pair should stay the same. At 50 km it is printed and has no target: nearly everything hangs together there
and people compete along long chains, so the solver needs more time per pair the larger the world is.

Worlds are invented: points strewn evenly, people log-normal, facilities where people are. Each runs in a process of its
own, so its peak of memory is its own. Time is processor time: nothing here uses threads or waits, so on a quiet machine
it is the time on the clock, and on a busy one it still compares.
"""

import argparse
import json
import math
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy import sparse
from scipy.optimize import linprog

from benchmarks._plain_work import beside_plain_work, told
from geo.allocation import allocate
from geo.crs import METRIC
from geo.gaps import GroupPlaces, gap_triad, gaps_by_area
from geo.straight_lines import straight_line_reach

POINTS, FACILITIES, SIDE_M = 44_000, 550, 560_000.0  # The country: 312,000 km².
PERSONS_PER_POINT, GMINAS = 205, 2_477
NORM = 5.0
TARGET = 1 / 20
MOST_GROWTH = 2.0  # of the time per pair, from once to eight times
# Name, part of the country, limit in metres, seconds that it may take.
QUESTIONS = (
    ("voivodeship and surroundings, 15 km", 1 / 8, 15_000.0, 0.5),
    ("voivodeship and surroundings, 50 km", 1 / 8, 50_000.0, None),
    ("country, 15 km", 1.0, 15_000.0, 2.0),
    ("country, 50 km", 1.0, 50_000.0, 30.0),
    ("country, 100 km", 1.0, 100_000.0, None),
)
TIMES = (1, 2, 4, 8)
GROWTH_PART = 1 / 4  # The once of the growth, so that eight times is two countries.


def world(part: float, limit_m: float):
    """Persons, places and reach of a square as large as a part of the country."""
    chance = np.random.default_rng(2026)
    count, facilities = round(POINTS * part), round(FACILITIES * part)
    xy = chance.uniform(200_000, 200_000 + SIDE_M * part**0.5, size=(count, 2))
    persons = chance.lognormal(3.5, 1.3, size=count)
    persons *= PERSONS_PER_POINT * count / persons.sum()
    at = chance.choice(count, facilities, replace=False, p=persons / persons.sum())
    places = chance.integers(10, 150, size=facilities).astype(float)
    homes, houses = (gpd.GeoDataFrame(geometry=shapely.points(points), crs=METRIC) for points in (xy, xy[at]))
    codes = pd.Series(np.arange(count) % max(1, round(GMINAS * part)))
    started = time.process_time()
    reach = straight_line_reach(homes, houses, max_distance_m=limit_m)
    return pd.Series(persons), pd.Series(places), reach, codes, time.process_time() - started


def run(part: float, limit_m: float) -> dict[str, float]:
    """Time the triad of a world; the quickest of five."""
    persons, places, reach, codes, reach_s = world(part, limit_m)
    before_mb = peak_mb()
    is_uncertain = pd.Series(np.arange(len(persons)) % 10 == 0)
    seconds = []
    for _ in range(5):
        started = time.process_time()
        triad = gap_triad(persons, GroupPlaces(places), reach, norm_per_1000=NORM, is_uncertain=is_uncertain)
        gaps = gaps_by_area(triad, persons, codes)
        seconds.append(time.process_time() - started)
    return {
        "pairs": len(reach.demand),
        "seconds": min(seconds),
        "reach_s": reach_s,
        "before_mb": before_mb,
        "peak_mb": peak_mb(),
        "served_share": float(gaps["served_persons"].sum() / gaps["demand_persons"].sum()),
    }


def peak_mb() -> float:
    # Not `ru_maxrss`, which starts with the peak of the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def run_apart(part: float, limit_m: float) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.gaps", "--part", str(part), "--limit", str(limit_m)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def linear_programme(persons, room, reach, *, is_dense: bool):
    """Persons placed and cost by HiGHS; dense: a variable for all points × facilities, 0 where out of reach."""
    homes, houses = reach.demand_count, reach.facility_count
    if is_dense:
        cost, most = np.zeros((homes, houses)), np.zeros((homes, houses))
        cost[reach.demand, reach.facility], most[reach.demand, reach.facility] = reach.cost, np.inf
        cost, most = cost.ravel(), most.ravel()
        rows = np.vstack([np.kron(np.eye(homes), np.ones(houses)), np.tile(np.eye(houses), homes)])
        bounds = np.stack([np.zeros_like(most), most], axis=1)
    else:
        cost, bounds, pair = reach.cost, (0, None), np.arange(len(reach.cost))
        ones = np.ones(len(pair))
        rows = sparse.vstack(
            [
                sparse.csr_array((ones, (reach.demand, pair)), shape=(homes, len(pair))),
                sparse.csr_array((ones, (reach.facility, pair)), shape=(houses, len(pair))),
            ]
        )
    # One more person placed is worth more than any chain of longer ways.
    worth = reach.limit * (houses + 1)
    gain = np.where(np.asarray(bounds)[..., 1] == 0, 0.0, cost - worth) if is_dense else cost - worth
    best = linprog(gain / worth, A_ub=rows, b_ub=np.concatenate([persons, room]), bounds=bounds)
    return best.x.sum(), best.x @ cost


def compare(part: float, limit_m: float, *, is_dense: bool) -> float | None:
    """Print our time and HiGHS' on one world; None when they disagree."""
    persons, places, reach, _, _ = world(part, limit_m)
    room = places * (1000 / NORM)
    allocate(persons, room, reach)
    started = time.process_time()
    ours = allocate(persons, room, reach)
    ours_s = time.process_time() - started
    started = time.process_time()
    placed, cost = linear_programme(persons, room, reach, is_dense=is_dense)
    theirs_s = time.process_time() - started
    our_cost = ours.persons_of_pair @ ours.reach.cost
    name = "dense, all points × all facilities" if is_dense else "sparse, pairs in reach only"
    print(
        f"gaps: {reach.demand_count:,} points × {reach.facility_count} facilities, {len(reach.demand):,} pairs: "
        f"ours {1000 * ours_s:.1f} ms, HiGHS ({name}) {1000 * theirs_s:.0f} ms: 1/{theirs_s / ours_s:.0f}"
    )
    # Costs are rounded to a hundred-thousandth of the limit per person.
    is_equal = np.isclose(ours.served_persons.sum(), placed, rtol=1e-7) and np.isclose(
        our_cost, cost, rtol=1e-5, atol=1e-5 * limit_m * placed
    )
    if not is_equal:
        print(f"gaps: the two disagree: {ours.served_persons.sum()}, {our_cost}; HiGHS {placed}, {cost}")
        return None
    return ours_s / theirs_s


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", type=float)
    parser.add_argument("--limit", type=float)
    asked = parser.parse_args()
    if asked.part:
        print(json.dumps(run(asked.part, asked.limit)))
        return 0

    dense = compare(1 / 55, 50_000.0, is_dense=True)
    middle = compare(1 / 8, 50_000.0, is_dense=False)
    if dense is None or middle is None:
        return 1
    is_met = dense <= TARGET
    print(
        f"gaps: ratio to the naive way 1/{1 / dense:.0f} (target 1/{1 / TARGET:.0f}, {'met' if is_met else 'MISSED'})"
    )
    for name, part, limit_m, most_s in QUESTIONS:
        facts, slowness = beside_plain_work(partial(run_apart, part, limit_m))
        is_in_time, words = told(facts["seconds"], most_s or math.inf, slowness)
        is_met &= is_in_time
        target = "" if most_s is None else f" ({words})"
        print(
            f"gaps: {name}: {facts['pairs']:,} pairs, triad by gmina {facts['seconds']:.2f} s{target}, "
            f"reach before it {facts['reach_s']:.2f} s, peak {facts['before_mb']:.0f} to {facts['peak_mb']:.0f} MB, "
            f"{facts['served_share']:.0%} served"
        )
    is_linear = growth(15_000.0) <= MOST_GROWTH
    print(f"gaps: growth at 15 km at most {MOST_GROWTH:g}-fold: {'met' if is_linear else 'MISSED'}")
    growth(50_000.0)
    return 0 if is_met and is_linear else 1


def growth(limit_m: float) -> float:
    """Print times of larger and larger worlds; how many times the time per pair grows from the first to the last."""
    per_pair = []
    for times in TIMES:
        facts = run_apart(GROWTH_PART * times, limit_m)
        per_pair.append(1e6 * facts["seconds"] / facts["pairs"])
        print(
            f"gaps: {times}×, {limit_m / 1000:g} km: {facts['pairs']:,} pairs, {facts['seconds']:.2f} s, "
            f"{per_pair[-1]:.2f} µs per pair, {facts['peak_mb'] - facts['before_mb']:.0f} MB more than its inputs"
        )
    print(f"gaps: time per pair at {limit_m / 1000:g} km grows {per_pair[-1] / per_pair[0]:.2f}-fold")
    return per_pair[-1] / per_pair[0]


if __name__ == "__main__":
    sys.exit(main())
