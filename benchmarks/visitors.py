"""
Eight planners open pages that nobody has opened before, and a resident looks for help meanwhile.

The real application serves real data; planners speak Streamlit's own websocket protocol, so no browser takes the
cores that are measured. A resident's search is the page of a place, until the server has sent all of it. First 48 of
them alone, then as many as fit while eight pages with other norms, distances and days are computed, in waves until
there are 48 again. The 95th percentile of a search may be at most 3 times what it is alone.

The same with `SUPPORT_MAP_JOBS=0`, where pages compute in their own threads, stands beside it for comparison, and so do
the first and the later visits of the page about the data. Exits with 1 when the target is missed.
"""

import argparse
import asyncio
import itertools
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import numpy as np
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks._serving import Server, serving
from benchmarks.load import load
from data.store.settings import Settings

CORES = 2
PLANNERS = 8
SEARCHES = 48
MOST_WAVES = 6
TARGET_RATIO = 3.0
PLACES = ("g:126101", "g:146501", "g:246901", "g:306401", "g:026401", "g:106101", "g:206101", "g:086101")
INDICATORS = ("gap_share", "coverage_share", "access_per_1000")
FORM = "DZI-KLS"
DAYS = ("2026-06-10", "2026-05-12", "2026-06-25", "2025-06-01")


@dataclass(frozen=True)
class Measured:
    """What a server takes: seconds of each search alone and beside planners, of each planner's page, of /dane."""

    alone: list[float]
    beside: list[float]
    pages: list[float]
    about: list[float]

    @property
    def ratio(self) -> float:
        """How many times longer the 95th percentile of a search is beside planners."""
        return p95(self.beside) / p95(self.alone)


def p95(seconds: list[float]) -> float:
    return float(np.quantile(seconds, 0.95, method="higher"))


async def visit(server: Server, page: str, *, expected: str = "", **query: object) -> float:
    """
    Open a page in a session of its own; return the seconds until the server has sent all of it.

    A page without the `expected` words is another page than meant, and no measurement.
    """
    message = BackMsg()
    message.rerun_script.query_string = urlencode(query)
    message.rerun_script.page_name = page
    is_as_meant = not expected
    started = time.perf_counter()
    stream = server.address.replace("http", "ws", 1) + "/_stcore/stream"
    async with websockets.connect(
        stream, subprotocols=["streamlit"], max_size=None, origin=server.address, ping_interval=None
    ) as socket:
        await socket.send(message.SerializeToString())
        while True:
            received = ForwardMsg()
            content = await socket.recv()
            is_as_meant = is_as_meant or expected.encode() in content
            received.ParseFromString(content)
            if received.WhichOneof("type") == "script_finished":
                seconds = time.perf_counter() - started
                break
    if not is_as_meant:
        raise SystemExit(f"expected {expected!r} on the page {page} of {query}, found it nowhere")
    return seconds


async def search(server: Server, places: "itertools.cycle[str]") -> float:
    return await asyncio.to_thread(_search, f"{server.address}/pomoc?{urlencode({'place': next(places)})}")


def _search(address: str) -> float:
    started = time.perf_counter()
    with urlopen(address, timeout=60) as answer:
        page = answer.read().decode()
    if "Gdzie złożyć wniosek" not in page:
        raise SystemExit(f"expected the list of a place at {address}, found another page")
    return time.perf_counter() - started


async def plan(server: Server, **view: object) -> float:
    return await visit(server, "planowanie", expected="Jak rozkładają się obszary", **view)


def wave(number: int) -> list[dict[str, object]]:
    """Return eight views that no earlier wave had."""
    distances = itertools.cycle((100, 50, 30, 20))
    return [
        {
            "form": FORM,
            "indicator": INDICATORS[place % len(INDICATORS)],
            "distance_km": next(distances),
            "norm": round(1 + number + place / 100, 2),
            **({"day": DAYS[place % len(DAYS)]} if place % 2 else {}),
        }
        for place in range(PLANNERS)
    ]


async def measure(server: Server) -> Measured:
    places = itertools.cycle(PLACES)
    about = [await visit(server, "dane", expected="Licencje") for _ in range(3)]
    # What a server reads once is read: the registry here, and in the process that computes.
    await plan(server, scope="12", form=FORM)
    for _ in PLACES:
        await search(server, places)
    alone = [await search(server, places) for _ in range(SEARCHES)]
    beside: list[float] = []
    pages: list[float] = []
    for number in range(MOST_WAVES):
        if len(beside) >= SEARCHES:
            break
        planners = [
            asyncio.create_task(visit(server, "planowanie", expected="Jak rozkładają się obszary", **view))
            for view in wave(number)
        ]
        while not all(planner.done() for planner in planners):
            beside.append(await search(server, places))
        pages += [await planner for planner in planners]
    return Measured(alone, beside, pages, about)


def measured(database: Path, folder: Path, *, jobs: int) -> Measured:
    environment = {"SUPPORT_MAP_DATABASE_URL": f"sqlite:///{database}", "SUPPORT_MAP_JOBS": str(jobs)}
    program = ["-m", "streamlit", "run", "app.py"]
    with serving(program, folder / "server.log", environment) as server:
        return asyncio.run(measure(server))


def told(name: str, found: Measured) -> None:
    print(
        f"visitors: {name}: a search alone p95 {p95(found.alone):.2f} s, beside {PLANNERS} cold pages p95 "
        f"{p95(found.beside):.2f} s (of {len(found.beside)}), {found.ratio:.1f} times; "
        f"a cold page: median {np.median(found.pages):.1f} s, longest {max(found.pages):.1f} s; "
        f"about the data: first {found.about[0]:.2f} s, then {min(found.about[1:]):.2f} s"
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", help="a loaded SQLite file; without it the mirror is loaded")
    asked = parser.parse_args()
    if not asked.database and Settings.from_environment().mirror is None:
        print("no mirror of real data; set SUPPORT_MAP_MIRROR", file=sys.stderr)
        return 1
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = Path(asked.database).resolve() if asked.database else folder / "visitors.sqlite"
        if not asked.database:
            load(database)
        told("in threads", measured(database, folder, jobs=0))
        found = measured(database, folder, jobs=CORES - 1)
        told("in processes", found)
    is_met = found.ratio <= TARGET_RATIO
    print(
        f"visitors: a search beside cold pages, p95 {found.ratio:.1f} times that alone (target {TARGET_RATIO:g}): "
        f"{'met' if is_met else 'MISSED'}; {CORES} cores, load average {os.getloadavg()[0]:.1f}"
    )
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
