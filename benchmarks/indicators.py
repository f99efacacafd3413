"""
All indicators for the country from a database of real data, and how their cost grows with people and facilities.

1. In a process of its own: the registry is read and the table of every view is built in one world, as the server
   does: each indicator, at each level that it can be told for, for each group (of people that are known for larger
   areas only, with the estimate), three forms where it depends on one, 15 and 50 km in a straight line, of older
   people today and 2035, and the balance of support also with its change since the day before the latest. The last 64
   tables are kept, as the server's cache keeps them. At most 3 minutes on the clock, reading included, and 2 GB at the
   peak of the whole process.

2. Growth: the people and homes of the country's default view (older people, care homes) once, twice, four and eight
   times, each in a process of its own: reach, coverage, access and the gap triad by gmina. Three ways to have more,
   each of which makes as many times more pairs:

   - *people*: each point becomes so many near it (±250 m), among which its people are divided;
   - *facilities*: each home becomes so many near it (±250 m), among which its places are divided;
   - *both*: so many copies of the country side by side, 1,000 km apart.

   People and places in all, and with them how scarce places are, stay as they are (of copies, in each), so that the
   same question is asked each time. From 2× on, each doubling may take at most 1.3 times what linear growth would, in
   time and in memory; before, fixed costs rule. At 15 km that holds for all four together. At 50 km, where pairs are
   many, it holds for reach, coverage and access; the gap triad is printed and has no target there: people compete along
   long chains (benchmarks/gaps.py). Memory is the peak of all four. Time is that of the processor, which a busy machine
   disturbs least.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from benchmarks._plain_work import beside_plain_work
from benchmarks._plain_work import told as measured
from benchmarks.load import load
from data.registry.reading import read_registry
from data.registry.registry import Registry
from data.store.engine import open_engine
from data.store.settings import Settings
from data.vocabulary import forms_for_group, screen_groups
from geo.access import access_by_area, floating_catchment
from geo.coverage import share_by_area
from geo.crs import METRIC
from geo.decay import GaussianDecay
from geo.gaps import GroupPlaces, gap_triad, gaps_by_area
from geo.straight_lines import straight_line_reach
from layers.answers.listed_forms import listed_forms
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.uncertain_points import uncertain_points
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.indicators import INDICATORS
from layers.indicators.balance import BALANCE
from layers.indicators.indicator import DISTANCE, FORM, PEOPLE, SINCE, YEAR
from layers.view.offered import FIRST_FORMS
from layers.view.view import View

MOST_SECONDS, MOST_MB = 180.0, 2048.0
DISTANCES_KM, YEARS = (15, 50), (0, 2035)
FORMS_OF_GROUP = 3
TABLES_KEPT = 64
SLOWEST = 10
WAYS, TIMES = ("people", "facilities", "both"), (1, 2, 4, 8)
MOST_PER_DOUBLING = 1.3
STEPS = ("reach", "coverage", "access", "gaps")
# Limit in km, and the steps that the target is for.
LIMITS = ((15, STEPS), (50, STEPS[:3]))
JITTER_M, APART_M = 250.0, 1_000_000.0
RUNS, LONG_S = 3, 5.0


def peak_mb() -> float:
    # Not `ru_maxrss`, which starts with the peak of the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def run_apart(*words: str) -> dict:
    """Run one measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.indicators", *words]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


# --- all indicators --------------------------------------------------------------------------------------------


def views(registry: Registry) -> Iterator[View]:
    """Give every view of the country that the measurement builds."""
    listed = listed_forms(registry)
    for group, indicator in product(screen_groups(), INDICATORS.values()):
        if group != View.group and not {FORM, PEOPLE} & indicator.choices:
            continue  # the same table for every group
        first = FIRST_FORMS[group]
        others = [form for form in forms_for_group(group) if form in listed and form != first]
        is_projected = group == "older" and YEAR in indicator.choices
        for level, form, distance, year, since in product(
            indicator.levels,
            [first, *others[: FORMS_OF_GROUP - 1]] if FORM in indicator.choices else [first],
            DISTANCES_KM if DISTANCE in indicator.choices else DISTANCES_KM[:1],
            YEARS if is_projected else YEARS[:1],
            ["", registry.days[1].isoformat()] if SINCE in indicator.choices else [""],
        ):
            yield View(
                level=level,
                group=group,
                form=form,
                indicator=indicator.code,
                distance_km=distance,
                year=year,
                since=since,
                is_estimate=True,
            ).with_changes()


def build_all(database: str) -> dict:
    """Read the registry and build everything; return what it took."""
    clock, started = time.perf_counter(), time.process_time()
    engine = open_engine(f"sqlite:///{database}")
    registry = read_registry(engine)
    earlier = read_registry(engine, registry.days[1])
    facts = {"read_s": time.process_time() - started, "read_mb": peak_mb()}
    world, tables, took = World(registry), deque(maxlen=TABLES_KEPT), []
    known: Counter[str] = Counter()
    for view in views(registry):
        before = time.process_time()
        table = build_area_table(registry, view, world=world, earlier=earlier if view.since else None)
        took.append((time.process_time() - before, " ".join(f"{k}={v}" for k, v in view.to_query().items())))
        known[view.indicator] += int(table.rows["value"].notna().sum())
        tables.append(table)
    return facts | {
        "seconds": time.process_time() - started,
        "clock_s": time.perf_counter() - clock,
        "peak_mb": peak_mb(),
        "tables": len(took),
        "known": known,
        "slowest": sorted(took, reverse=True)[:SLOWEST],
    }


def report_all(database: Path) -> bool:
    facts, slowness = beside_plain_work(lambda: run_apart("all", str(database)))
    # A table without a single number would be quick and tell nothing.
    told = {code for code, count in facts["known"].items() if count}
    # No list of the mirror names help at home or flats in places; the other kinds stand for them.
    if told & set(BALANCE):
        told |= set(BALANCE)
    empty = sorted(set(INDICATORS) - told)
    if empty:
        raise SystemExit(f"expected values of every indicator, found none of {', '.join(empty)}")
    is_fast, words = measured(facts["clock_s"], MOST_SECONDS, slowness)
    is_met = is_fast and facts["peak_mb"] <= MOST_MB
    print(
        f"indicators: {facts['tables']} tables of the country in {facts['clock_s']:.0f} s on the clock, "
        f"{facts['seconds']:.0f} s of the processor, {1000 * facts['seconds'] / facts['tables']:.0f} ms each "
        f"({facts['read_s']:.1f} s to read two states of the registry), peak {facts['peak_mb']:.0f} MB "
        f"({facts['read_mb']:.0f} MB when read); {words}, at most {MOST_MB:.0f} MB: "
        f"{'met' if is_met else 'MISSED'}"
    )
    for seconds, view in facts["slowest"]:
        print(f"indicators: slowest: {seconds:.2f} s {view}")
    return is_met


# --- growth ----------------------------------------------------------------------------------------------------


def keep_world(database: Path, file: Path) -> None:
    """Write the people and homes of the default view, from which larger worlds are made."""
    view = View()
    world = World(read_registry(open_engine(f"sqlite:///{database}")))
    points, supply = world.points, world.supply(view.question.help)
    doors = supply.points.drop_duplicates("row")
    areas = world.registry.areas_of_level(view.level).set_index("area_code")
    np.savez(
        file,
        homes=shapely.get_coordinates(points.geometry.to_numpy()),
        persons=world.demand_persons(view.question.people).to_numpy(),
        gminas=points["gmina_code"].to_numpy(dtype=str),
        is_uncertain=uncertain_points(world, view.question).to_numpy(),
        doors=shapely.get_coordinates(doors.geometry.to_numpy()),
        places=supply.facilities["capacity_places"].to_numpy()[doors["row"]],
        norm=MeasureInputs(world, view.question, areas).norm.places_per_1000,
    )


def grown(file: Path, way: str, times: int) -> dict[str, np.ndarray]:
    """Return the kept world so many times."""
    with np.load(file) as kept:
        world = {name: kept[name] for name in kept.files}
    chance = np.random.default_rng(2026)
    copy = np.arange(times)
    of_people, of_doors = ("homes", "persons", "gminas", "is_uncertain"), ("doors", "places")
    for names, is_more in ((of_people, way != "facilities"), (of_doors, way != "people")):
        if not is_more:
            continue
        xy, amount, *others = names
        count = len(world[xy])
        # The first copy stays where it is: once is the real world.
        shift = chance.uniform(-JITTER_M, JITTER_M, size=(times, count, 2)) * (copy > 0)[:, None, None]
        if way == "both":
            shift = np.zeros((times, count, 2))
            shift[..., 0] = APART_M * copy[:, None]
        world[xy] = (world[xy] + shift).reshape(-1, 2)
        world[amount] = np.tile(world[amount] / (1 if way == "both" else times), times)
        world |= {name: np.tile(world[name], times) for name in others}
        if way == "both" and "gminas" in names:
            world["gminas"] = np.char.add(np.repeat(copy, count).astype(str), world["gminas"])
    return world


def measure_once(world: dict[str, np.ndarray], limit_m: float) -> dict[str, float]:
    """Do what the views of coverage, access and gaps do, from points to gminas; return seconds of each step."""
    homes, doors = (
        gpd.GeoDataFrame(geometry=shapely.points(world[name]), crs=METRIC) for name in ("homes", "doors")
    )
    persons, places, gminas = (pd.Series(world[name]) for name in ("persons", "places", "gminas"))
    took = {}

    def timed(name: str, since: float) -> float:
        took[name] = time.process_time() - since
        return time.process_time()

    at = time.process_time()
    reach = straight_line_reach(homes, doors, max_distance_m=limit_m)
    at = timed("reach", at)
    is_reached = np.zeros(reach.demand_count, dtype=bool)
    is_reached[reach.demand] = True
    share_by_area(persons.where(is_reached, 0.0), persons, gminas)
    at = timed("coverage", at)
    access = floating_catchment(
        persons, places, reach, method="e2sfca", decay=GaussianDecay.to_limit(limit_m)
    )
    access_by_area(access, persons, gminas)
    at = timed("access", at)
    is_uncertain = pd.Series(world["is_uncertain"])
    triad = gap_triad(
        persons, GroupPlaces(places), reach, norm_per_1000=float(world["norm"]), is_uncertain=is_uncertain
    )
    gaps_by_area(triad, persons, gminas)
    timed("gaps", at)
    return took | {"pairs": len(reach.demand)}


def grow(file: str, way: str, times: int, limit_m: float) -> dict[str, float]:
    world = grown(Path(file), way, times)
    # A small world first, so that libraries are loaded and only memory of the large one is counted.
    measure_once({name: value[:100] if value.ndim else value for name, value in world.items()}, limit_m)
    before_mb = peak_mb()
    runs = [measure_once(world, limit_m)]
    if sum(runs[0][step] for step in STEPS) < LONG_S:
        runs += [measure_once(world, limit_m) for _ in range(RUNS - 1)]
    return {step: min(run[step] for run in runs) for step in STEPS} | {
        "pairs": runs[0]["pairs"],
        "people": len(world["homes"]),
        "facilities": len(world["doors"]),
        "grown_mb": peak_mb() - before_mb,
    }


def report_growth(file: Path, way: str, limit_km: int, wanted: tuple[str, ...]) -> bool:
    found = []
    for times in TIMES:
        facts = run_apart("grow", str(file), way, str(times), str(limit_km * 1000))
        facts["seconds"] = sum(facts[step] for step in wanted)
        found.append(facts)
        millions = facts["pairs"] / 1e6
        steps = ", ".join(f"{step} {facts[step]:.2f}" for step in STEPS)
        print(
            f"indicators: {way} {times}×, {limit_km} km: {facts['people']:,} points, {facts['facilities']:,} "
            f"facilities, {millions:.2f} M pairs: {steps} s; {facts['seconds'] / millions:.2f} s and "
            f"{facts['grown_mb'] / millions:.0f} MB per million pairs",
            flush=True,
        )
    beyond = [
        max(large[name] / small[name] / 2 for small, large in pairwise(found[1:]))
        for name in ("seconds", "grown_mb")
    ]
    is_met = max(beyond) <= MOST_PER_DOUBLING
    print(
        f"indicators: {way}, {limit_km} km, {' + '.join(wanted)}: a doubling beyond 2× takes at most "
        f"{beyond[0]:.2f} of linear in time, {beyond[1]:.2f} in memory (target {MOST_PER_DOUBLING:g}): "
        f"{'met' if is_met else 'MISSED'}"
    )
    return is_met


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", help="a loaded SQLite file; without it the mirror is loaded")
    parser.add_argument(
        "part", nargs="*", help="`all` and a database, or `grow`, a world, a way, how many times, metres"
    )
    asked = parser.parse_args()
    match asked.part:
        case ["all", database]:
            print(json.dumps(build_all(database)))
            return 0
        case ["grow", file, way, times, limit_m]:
            print(json.dumps(grow(file, way, int(times), float(limit_m))))
            return 0
    if not asked.database and Settings.from_environment().mirror is None:
        print("no mirror of real data; set SUPPORT_MAP_MIRROR", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        database = Path(asked.database or Path(name) / "indicators.sqlite").resolve()
        if not asked.database:
            load(database)
        is_met = report_all(database)
        file = Path(name) / "world.npz"
        keep_world(database, file)
        results = [report_growth(file, way, *limit) for limit, way in product(LIMITS, WAYS)]
    return 0 if is_met and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
