"""
From a clone to the first page: how much of it is pip, and how long everything else takes.

A clone of this repository is set up as `make run` does, without real data: a virtual environment, pip, the load of the
example region, the server, the first page in Chromium. Python compiles what it imports the first time, which is part of
it. Downloads depend on the net (pip's cache is not used), so pip stands apart.

Targets: the plain application installs at most 1,050 MB; everything else takes at most 15 s on an idle machine of two
cores, and at most a quarter of pip's time in the same run, on which the benchmark fails.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks._serving import serving
from data.store.settings import REPOSITORY
from tests.support.chromium import find_chromium, running_chromium

MOST_MB = 1_050
MOST_SECONDS = 15
MOST_OF_PIP = 0.25
TITLE = "Mapa Wsparcia Społecznego"


def run(words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """Run a command in a folder and return its seconds; its words are not kept."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        subprocess.run(
            words, cwd=folder, env={**os.environ, **environment}, stdout=output, stderr=output, check=True
        )
    return time.perf_counter() - started


def megabytes(folder: Path) -> float:
    """Return the size of a folder's files."""
    return (
        sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
        / 1e6
    )


def first_page(clone: Path, environment: Mapping[str, str]) -> float:
    """Return the seconds from starting the server to the title of the first page in Chromium."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("no Chromium; `make tools` installs it")
    with running_chromium(chromium) as browser:
        started = time.perf_counter()
        program = ["-m", "streamlit", "run", str(clone / "app.py")]
        with serving(
            program, clone.parent / "server.log", environment, python=clone / ".venv/bin/python"
        ) as server:
            page = browser.new_page()
            page.goto(server.address)
            page.get_by_role("heading", name=TITLE).wait_for(timeout=120_000)
            return time.perf_counter() - started


def main() -> int:
    """Measure and print; 1 when a target is missed."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        environment = {
            "SUPPORT_MAP_MIRROR": "",
            "SUPPORT_MAP_CACHE": str(Path(folder) / "cache"),
            "SUPPORT_MAP_DATABASE_URL": f"sqlite:///{folder}/map.sqlite",
        }
        cloning = run(["git", "clone", "-q", str(REPOSITORY), str(clone)], REPOSITORY, {})
        making = run(["make", ".venv/bin/python"], clone, environment)
        # A newcomer has nothing in pip's cache.
        pip = run(["make", ".venv/runtime"], clone, environment | {"PIP_NO_CACHE_DIR": "1"})
        installed = megabytes(clone / ".venv")
        load = [".venv/bin/python", "-m", "data", "load", "--commit", "--or-example"]
        loading = run(load, clone, environment)
        page = first_page(clone, environment)
    rest = cloning + making + loading + page
    print(
        f"pip {pip:.0f} s, {pip / (pip + rest):.0%} of the whole; {installed:,.0f} MB installed (target {MOST_MB:,})"
    )
    print(
        f"clone {cloning:.1f} s, environment {making:.1f} s, load {loading:.1f} s, server and page {page:.1f} s"
    )
    print(
        f"everything but pip: {rest:.1f} s (target {MOST_SECONDS} on an idle machine), {rest / pip:.2f} of pip's time"
    )
    is_met = installed <= MOST_MB and rest <= MOST_OF_PIP * pip
    print(f"targets met: {is_met}")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
