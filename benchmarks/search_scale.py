"""
From a typed query to the list of the finder, with 100,000 facilities: the server's time.

Real records are dealt out over the localities of Poland, the same each time, until there are 100,000 facilities; the
light pages are asked in this process, as the server would, for needs and places typed in the box: the redirect, the
page, and its compression. The first queries of a registry make ready what all others use; their time is told apart.
Of the others 95 % take at most 100 ms of a processor on an idle machine: the ratio that counts is to plain work
(`benchmarks._plain_work`) measured the same way in the same run. The page of a gmina is told beside it (aim: 150 ms).
Exits with 1 when the target is missed.
"""

import argparse
import asyncio
import itertools
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import geopandas as gpd
import numpy as np
from starlette.applications import Starlette

from benchmarks import _plain_work
from benchmarks.load import load
from benchmarks.visitors import queries_of
from data.registry.reading import read_registry
from data.registry.registry import Registry
from data.store.engine import open_engine
from data.store.settings import Settings
from layers.cache.settings_in_use import use_settings
from layers.site import light_pages, routes

FACILITIES = 100_000
QUERIES, GMINAS = 200, 60
TARGET_S = 0.1
AIM_OF_GMINA_S = 0.15
_OF_LOCALITY = {"locality_name": "name", "gmina_code": "gmina_code", "gmina_name": "gmina_name"}


def large_registry(registry: Registry, facilities: int) -> Registry:
    """Return a registry with records of a real one dealt out over its localities."""
    own = registry.own_gminas
    rng = np.random.default_rng(15)
    listed = own.services[own.services["is_counted"]]
    services = listed.iloc[rng.integers(0, len(listed), facilities)].reset_index(drop=True)
    places = own.localities[own.localities["gmina_code"].notna()]
    places = places.iloc[rng.integers(0, len(places), facilities)].reset_index(drop=True)
    numbers = np.arange(facilities)
    moved = services.assign(
        facility_id=numbers,
        service_id=numbers,
        facility_handle=[f"made-up:{number:016x}" for number in numbers],
        powiat_code=places["gmina_code"].str[:4],
        voivodeship_code=places["gmina_code"].str[:2],
        **{column: places[of] for column, of in _OF_LOCALITY.items()},
    )
    # Help at home keeps its areas and has no point, as lists have it.
    point = places.geometry.where(services.geometry.notna().to_numpy())
    areas = own.service_areas.merge(
        services[["service_id"]].assign(number=numbers), on="service_id", how="inner"
    ).assign(service_id=lambda rows: rows["number"])
    return replace(
        own,
        services=gpd.GeoDataFrame(moved, geometry=point.to_numpy(), crs=services.crs),
        service_areas=areas.drop(columns="number"),
        by_gmina=None,
    )


class Asked:
    """Asks the light pages of a registry and counts the processor time of this process."""

    def __init__(self, registry: Registry) -> None:
        # What follows is of this registry, whatever the database holds.
        light_pages.open_registry = lambda: registry
        self._app = Starlette(routes=routes.site_routes())

    def seconds(self, path: str) -> float:
        """Return the processor seconds of a page, with the way to it."""
        began = time.process_time()
        status, headers = asyncio.run(self._get(path))
        if status == 303:
            status, _ = asyncio.run(self._get(headers["location"]))
        if status != 200:
            raise SystemExit(f"expected the page {path}, found status {status}")
        return time.process_time() - began

    async def _get(self, path: str) -> tuple[int, dict[str, str]]:
        parts, began = urlsplit(path), {}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1),
            "root_path": "",
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "headers": [(b"host", b"127.0.0.1"), (b"accept-encoding", b"gzip"), (b"accept-language", b"pl")],
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                began.update(message)

        await self._app(scope, receive, send)
        return began["status"], {name.decode(): value.decode() for name, value in began["headers"]}


def plain_processor_s() -> float:
    """Do the plain work and return the processor seconds of it."""
    began = time.process_time()
    _plain_work.plain_seconds()
    return time.process_time() - began


def told(seconds: Sequence[float]) -> str:
    p50, p95 = np.quantile(seconds, [0.5, 0.95], method="higher")
    return f"{len(seconds)}, p50 {1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms, longest {1000 * max(seconds):.0f} ms"


def measure(registry: Registry, queries: Sequence[str]) -> tuple[float, list[float], list[float]]:
    """Return the seconds of what is made once, of each search, and of each page of a gmina."""
    asked = Asked(registry)
    paths = [f"/pomoc?{urlencode({'lang': 'pl', 'q': query})}" for query in queries]
    kinds = ["/pomoc?group=" + group + "&place=g:126101" for group in ("older", "disabled", "homeless")]
    once = sum(asked.seconds(path) for path in (*kinds, "/gmina/126101", paths[0]))
    codes = registry.areas_by_code("gmina").index
    gminas = [f"/gmina/{code}" for code in codes[:: max(1, len(codes) // GMINAS)][:GMINAS]]
    return once, [asked.seconds(path) for path in paths], [asked.seconds(path) for path in gminas]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--database", help="a loaded SQLite file; without it the mirror is loaded")
    parser.add_argument("--facilities", type=int, default=FACILITIES)
    asked, settings = parser.parse_args(), Settings.from_environment()
    if settings.mirror is None:
        print("no mirror of real data; set SUPPORT_MAP_MIRROR", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        database = Path(asked.database).resolve() if asked.database else Path(name) / "search.sqlite"
        if not asked.database:
            load(database)
        url = f"sqlite:///{database}"
        use_settings(replace(settings, database_url=url, jobs=0))
        engine = open_engine(url)
        registry = large_registry(read_registry(engine), asked.facilities)
        engine.dispose()
        queries = list(itertools.islice(itertools.cycle(queries_of(settings.mirror)[::4]), QUERIES))
        before = plain_processor_s()
        once, searches, gminas = measure(registry, queries)
        plain = (before + plain_processor_s()) / 2
    p95, of_gmina = (float(np.quantile(some, 0.95, method="higher")) for some in (searches, gminas))
    ratio, most = p95 / plain, TARGET_S / _plain_work.IDLE_S
    is_met, what = ratio <= most, f"search of {asked.facilities:,}"
    print(f"{what}: made once for a registry: {once:.1f} s of a processor")
    print(
        f"{what}: query to list: {told(searches)} of a processor: p95 1/{1 / ratio:.0f} of plain work "
        f"(target 1/{1 / most:.1f}, {1000 * TARGET_S:.0f} ms idle): {'met' if is_met else 'MISSED'}"
    )
    print(
        f"{what}: page of a gmina: {told(gminas)}: p95 1/{plain / of_gmina:.0f} of plain work "
        f"(aim 1/{_plain_work.IDLE_S / AIM_OF_GMINA_S:.0f}, {1000 * AIM_OF_GMINA_S:.0f} ms idle)"
    )
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
