"""
A crowd: 200 people search, five planners work and eight views that nobody has asked for are computed, on two cores.

The server is the one that `make run` starts, with real data. Each person of the crowd types a need and a town into the
finder every 5 seconds, over a connection of their own that stays open, and has the answer when the whole page of the
list has come. Five planners change their page every 10 seconds, every other time to one that was computed before; each
change opens the address in a session of its own, which is more work than a box of an open page. Eight views with other
norms, distances and days are opened at once, and eight more when they are there. People, planners and server share two
cores.

Residents' 95th percentile is at most 1 s on an idle machine, nobody meets an error, and 200 people cost at most 0.1 MB
each. Seconds are told beside plain work of the same run (`benchmarks._plain_work`), and beside one person alone. Exits
with 1 when a target is missed.
"""

import argparse
import asyncio
import gzip
import itertools
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from csv import DictReader
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import _plain_work
from benchmarks._residents import Searches, run_crowd
from benchmarks._serving import Server, serving
from benchmarks.load import load
from data.store.settings import Settings

CORES = 2
PEOPLE, SEARCH_EVERY_S = 200, 5.0
CHANGE_EVERY_S = 10.0
KEPT_KM = (5, 10, 15, 20, 30)
"""The page of each planner that was computed before."""
COLD = 8
ALONE_S, CROWD_S, BUSY_S = 10.0, 20.0, 60.0
TARGET_S, TARGET_MB = 1.0, 0.1
NEEDS = (
    *(
        "nocleg",
        "obiad",
        "opieka dla mamy",
        "klub seniora",
        "dom pomocy społecznej",
        "wózek inwalidzki",
        "dps",
    ),
    *("warsztat terapii zajęciowej", "środowiskowy dom samopomocy", "gdzie się umyć", "noclegownia", ""),
)
INDICATORS = ("gap_share", "coverage_share", "access_per_1000")
FORM = "DZI-KLS"
DAYS = ("2026-06-10", "2026-05-12", "2026-06-25", "2025-06-01")
PLANNED = "Tabela"
"""Stands on each page that has its numbers."""
MOST_WARMINGS = 6


@dataclass
class Pages:
    """Seconds of planners' pages that were computed before, of new ones and of cold views, and what went wrong."""

    kept: list[float] = field(default_factory=list)
    new: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Measured:
    """What one person alone meets, the crowd alone and beside planners; `megabytes` is what a person costs."""

    alone: Searches
    crowd: Searches
    busy: Searches
    pages: Pages
    megabytes: float


def queries_of(mirror: Path) -> list[str]:
    """Return needs with towns of Poland, always the same: larger towns come more often."""
    with gzip.open(mirror / "gazetteer" / "localities_prng_2021.csv.gz", "rt", encoding="utf-8") as file:
        cities = sorted({row["name"] for row in DictReader(file) if row["kind"] == "miasto"})
    chosen = random.Random(15)
    towns = [chosen.choice(cities) for _ in range(600)]
    large = (
        "Kraków",
        "Warszawa",
        "Łódź",
        "Wrocław",
        "Poznań",
        "Gdańsk",
        "Szczecin",
        "Lublin",
        "Katowice",
        "Tarnów",
    )
    return [f"{chosen.choice(NEEDS)} {town}".strip() for town in (*towns, *large * 20)]


async def visit(server: Server, **view: object) -> float:
    """Open a planner's page in a session of its own; return the seconds until the server has sent all of it."""
    message = BackMsg()
    message.rerun_script.query_string = urlencode(view)
    message.rerun_script.page_name = "planowanie"
    is_as_meant = False
    started = time.perf_counter()
    stream = server.address.replace("http", "ws", 1) + "/_stcore/stream"
    async with websockets.connect(
        stream, subprotocols=["streamlit"], max_size=None, origin=server.address, ping_interval=None
    ) as socket:
        await socket.send(message.SerializeToString())
        while True:
            received, content = ForwardMsg(), await socket.recv()
            is_as_meant = is_as_meant or PLANNED.encode() in content
            received.ParseFromString(content)
            if received.WhichOneof("type") == "script_finished":
                break
    if not is_as_meant:
        raise ValueError(f"expected {PLANNED!r} on the page of {view}, found it nowhere")
    return time.perf_counter() - started


async def warmed(server: Server, view: dict[str, object]) -> None:
    """Open a page until it is there: on a busy machine what is read once may take longer than a job may."""
    for _ in range(MOST_WARMINGS):
        with suppress(ValueError):
            await visit(server, **view)
            return
    raise SystemExit(
        f"expected {PLANNED!r} on the page of {view}, found it nowhere in {MOST_WARMINGS} visits"
    )


def new_views() -> Iterator[dict[str, object]]:
    """Give views that nobody has asked for before."""
    distances, days = itertools.cycle((100, 50, 30, 20)), itertools.cycle(DAYS)
    for number in itertools.count():
        day = {"day": next(days)} if number % 2 else {}
        indicator = INDICATORS[number % len(INDICATORS)]
        norm = round(1 + number / 100, 2)
        yield {"form": FORM, "indicator": indicator, "distance_km": next(distances), "norm": norm, **day}


async def opened(server: Server, view: dict[str, object], seconds: list[float], pages: Pages) -> None:
    try:
        seconds.append(await visit(server, **view))
    except Exception as error:  # noqa: BLE001 - whatever it is, a planner saw no page
        pages.errors.append(f"{view}: {type(error).__name__} {error}")


async def plan(
    server: Server, kept: dict[str, object], views: Iterator[dict[str, object]], pages: Pages
) -> None:
    """Change a page every few seconds, every other time to one that was computed before."""
    for number in itertools.count():
        due = time.monotonic() + CHANGE_EVERY_S
        if number % 2:
            await opened(server, {"scope": "12", **next(views)}, pages.new, pages)
        else:
            await opened(server, kept, pages.kept, pages)
        await asyncio.sleep(max(0.0, due - time.monotonic()))


async def keep_cold(server: Server, views: Iterator[dict[str, object]], pages: Pages) -> None:
    """Open eight views at once that nobody has asked for, and eight others when they are there."""
    while True:
        await asyncio.gather(*(opened(server, next(views), pages.cold, pages) for _ in range(COLD)))


async def measure(server: Server, queries: list[str]) -> Measured:
    loop, pages, views = asyncio.get_running_loop(), Pages(), new_views()
    kept: list[dict[str, object]] = [{"scope": "12", "form": FORM, "distance_km": km} for km in KEPT_KM]
    # What a server reads once is read: the registry here, and in the process that computes.
    for view in kept:
        await warmed(server, view)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:

        def searching(people: int, for_s: float) -> "asyncio.Future[Searches]":
            return loop.run_in_executor(
                beside,
                run_crowd,
                server.address,
                queries,
                people,
                SEARCH_EVERY_S if people > 1 else 0.2,
                for_s,
            )

        await searching(20, SEARCH_EVERY_S * 2)
        alone = await searching(1, ALONE_S)
        before = server.megabytes()
        crowd = await searching(PEOPLE, CROWD_S)
        megabytes = (server.megabytes() - before) / PEOPLE
        busy = searching(PEOPLE, BUSY_S)
        working = [asyncio.create_task(plan(server, view, views, pages)) for view in kept]
        working.append(asyncio.create_task(keep_cold(server, views, pages)))
        found = await busy
        for one in working:
            one.cancel()
        await asyncio.gather(*working, return_exceptions=True)
    return Measured(alone, crowd, found, pages, megabytes)


def spread(seconds: list[float]) -> str:
    """Return the middle, the 95th percentile and the most of some seconds, in words."""
    if not seconds:
        return "none"
    p50, p95 = np.quantile(seconds, [0.5, 0.95], method="higher")
    return f"{len(seconds)}, p50 {p50:.2f} s, p95 {p95:.2f} s, longest {max(seconds):.2f} s"


def report(found: Measured, slowness: float) -> bool:
    """Print what was measured; whether all targets are met."""
    print(f"visitors: searches of one person alone: {spread(found.alone.seconds)}")
    print(f"visitors: searches of {PEOPLE} people: {spread(found.crowd.seconds)}")
    print(
        f"visitors: the same beside {len(KEPT_KM)} planners and {COLD} cold views: {spread(found.busy.seconds)}"
    )
    print(f"visitors: planners' pages computed before: {spread(found.pages.kept)}")
    print(f"visitors: planners' new pages: {spread(found.pages.new)}; cold views: {spread(found.pages.cold)}")
    errors = [*found.alone.errors, *found.crowd.errors, *found.busy.errors, *found.pages.errors]
    for error in errors[:5]:
        print(f"visitors: error: {error[:300]}")
    p95 = float(np.quantile(found.busy.seconds, 0.95, method="higher"))
    ratio = p95 / float(np.quantile(found.alone.seconds, 0.95, method="higher"))
    is_fast, words = _plain_work.told(p95, TARGET_S, slowness)
    is_light = found.megabytes <= TARGET_MB
    print(f"visitors: residents' p95 in the crowd, {ratio:.1f} times that of one alone: {words}")
    print(f"visitors: errors: {len(errors)} (target 0): {'MISSED' if errors else 'met'}")
    print(
        f"visitors: memory of a person: {found.megabytes:.3f} MB (target {TARGET_MB:g}): "
        f"{'met' if is_light else 'MISSED'}; {CORES} cores, load average {os.getloadavg()[0]:.1f}"
    )
    return is_fast and is_light and not errors


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--database", help="a loaded SQLite file; without it the mirror is loaded")
    asked, mirror = parser.parse_args(), Settings.from_environment().mirror
    if mirror is None:
        print("no mirror of real data; set SUPPORT_MAP_MIRROR", file=sys.stderr)
        return 1
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = Path(asked.database).resolve() if asked.database else folder / "visitors.sqlite"
        if not asked.database:
            load(database)
        program = ["-m", "streamlit", "run", "app.py"]
        environment = {"SUPPORT_MAP_DATABASE_URL": f"sqlite:///{database}"}

        def visited() -> Measured:
            with serving(program, folder / "server.log", environment) as server:
                return asyncio.run(measure(server, queries_of(mirror)))

        found, slowness = _plain_work.beside_plain_work(visited)
    return 0 if report(found, slowness) else 1


if __name__ == "__main__":
    sys.exit(main())
