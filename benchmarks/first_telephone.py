"""
From a link to the first telephone of a place, on a telephone with a thin connection: the light finder against before.

Run `python -m benchmarks.first_telephone`. The commit before the finder was a light page is checked out into a folder
and serves the same real data; both are opened in Debian's Chromium as a person on a telephone does, with an empty
cache, at 1.6 Mbit/s and 300 ms. Until the first number of a place is seen, the seconds, bytes and requests are counted;
each server has shown the page once before. What Streamlit sends over its websocket Chromium does not slow down, so the
page of before is measured faster than it was. Exits with 1 when a target is missed: at most 1/8 of the seconds, 1/40 of
the bytes, 8 requests.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from benchmarks._serving import serving
from data.store.settings import REPOSITORY, Settings
from tests.support.chromium import find_chromium, running_chromium

BEFORE = "be2ef9bdde63b3b170f6d5b9143c81cb11263485"
"""The last commit whose finder is a page of Streamlit."""
LARGEST_TIME_SHARE = 1 / 8
LARGEST_BYTES_SHARE = 1 / 40
MOST_REQUESTS = 8
REPEATS = 3
ADDRESS = "/pomoc?place=g:126101"
TELEPHONE = 'a[href^="tel:+48"]'
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
"""1.6 Mbit/s down and 750 kbit/s up, in bytes a second; the latency in milliseconds."""


@dataclass
class Visit:
    """What one visit took until the first telephone was seen."""

    seconds: float = 0.0
    requests: int = 0
    sizes: list[int] = field(default_factory=list)

    @property
    def kilobytes(self) -> float:
        """All that came over the network, headers and websocket included."""
        return sum(self.sizes) / 1000


def visit(browser: Browser, address: str) -> Visit:
    """Open the finder with an empty cache on a slow telephone and wait for the first number of a place."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="pl-PL")
    page = context.new_page()
    page.set_default_timeout(120_000)
    network, taken = context.new_cdp_session(page), Visit()

    def asked(_: Mapping[str, Any]) -> None:
        taken.requests += 1

    network.on("Network.requestWillBeSent", asked)
    network.on("Network.webSocketCreated", asked)
    network.on("Network.loadingFinished", lambda told: taken.sizes.append(int(told["encodedDataLength"])))
    network.on(
        "Network.webSocketFrameReceived",
        lambda told: taken.sizes.append(len(told["response"]["payloadData"]) * 3 // 4),
    )
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    started = time.perf_counter()
    page.goto(f"{address}{ADDRESS}", wait_until="commit")
    page.locator(TELEPHONE).first.wait_for(state="visible")
    taken.seconds = time.perf_counter() - started
    context.close()
    return taken


def visits(folder: Path, database: Path, log: Path, *, repeats: int) -> list[Visit]:
    """Serve a checkout on a database and visit it; the first visit, of a cold server, is left out."""
    environment = {
        "SUPPORT_MAP_DATABASE_URL": f"sqlite:///{database}",
        "SUPPORT_MAP_CACHE": str(database.parent / f"cache-{database.stem}"),
    }
    python = folder / ".venv/bin/python"
    with (
        serving(["-m", "streamlit", "run", "app.py"], log, environment, python=python) as server,
        running_chromium(str(find_chromium())) as browser,
    ):
        return [visit(browser, server.address) for _ in range(repeats + 1)][1:]


def checkout(commit: str, folder: Path) -> None:
    """Write the files of a commit into a folder, with this environment as its own."""
    folder.mkdir()
    archive = subprocess.Popen(["git", "archive", commit], cwd=REPOSITORY, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", folder], stdin=archive.stdout, check=True)
    if archive.wait():
        raise SystemExit(f"expected commit {commit} in the history, found none; fetch all of it")
    (folder / ".venv").symlink_to(sys.prefix)


def load(folder: Path, database: Path, mirror: Path) -> None:
    """Load the real data with the code of a checkout."""
    environment = {
        "SUPPORT_MAP_DATABASE_URL": f"sqlite:///{database}",
        "SUPPORT_MAP_CACHE": str(database.parent / f"cache-{database.stem}"),
        "SUPPORT_MAP_MIRROR": str(mirror),
    }
    command = [folder / ".venv/bin/python", "-m", "data", "load", "--commit"]
    inherited = {**os.environ, **environment, "PYTHONPATH": str(folder)}
    done = subprocess.run(command, check=False, cwd=folder, env=inherited, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"expected all sources to load, it says:\n{done.stderr[-2000:]}")


def main() -> int:
    """Measure both and print them; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--repeats", type=int, default=REPEATS)
    repeats, mirror = parser.parse_args().repeats, Settings.from_environment().mirror
    if mirror is None:
        raise SystemExit("expected the real data in SUPPORT_MAP_MIRROR, found none")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checkout(BEFORE, folder / "before")
        checkout("HEAD", folder / "now")
        measured = {}
        for which in ("before", "now"):
            database = folder / f"{which}.sqlite"
            load(folder / which, database, mirror)
            measured[which] = visits(folder / which, database, folder / "log.txt", repeats=repeats)
        shutil.rmtree(folder / "before")
    return report(measured["before"], measured["now"])


def report(before: list[Visit], now: list[Visit]) -> int:
    """Print the medians of both and their ratios; 1 when a target is missed."""
    seconds, kilobytes = (
        [statistics.median(one) for one in zip(*pairs, strict=True)] for pairs in _pairs(before, now)
    )
    requests = max(one.requests for one in now)
    rows = (
        ("seconds to the first telephone", *seconds, LARGEST_TIME_SHARE),
        ("kB until then", *kilobytes, LARGEST_BYTES_SHARE),
    )
    is_missed = requests > MOST_REQUESTS
    for words, was, became, most in rows:
        is_missed |= became > most * was
        print(
            f"{words}: {became:.2f}, before {was:.2f}: 1/{was / became:.1f}, target at most 1/{1 / most:.0f}"
        )
    print(
        f"requests: {requests}, before {max(one.requests for one in before)}, target at most {MOST_REQUESTS}"
    )
    print("missed" if is_missed else "met")
    return int(is_missed)


def _pairs(
    before: list[Visit], now: list[Visit]
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    both = list(zip(before, now, strict=True))
    return [(was.seconds, one.seconds) for was, one in both], [
        (was.kilobytes, one.kilobytes) for was, one in both
    ]


if __name__ == "__main__":
    sys.exit(main())
