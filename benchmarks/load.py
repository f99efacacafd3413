"""
A full load from the mirror into an empty SQLite database, and the same load again.

Both run as a person would run them, each in a process of its own. The first must take at most 90 s and 1.5 GB; the
second has nothing to do and is measured as a ratio of the first. Seconds are told beside plain work of the same run
(`benchmarks._plain_work`), and that ratio is what a target is missed by. Exits with 1 when one is.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._plain_work import beside_plain_work, told
from data.store.settings import REPOSITORY, Settings

MAX_SECONDS = 90.0
MAX_MEGABYTES = 1500.0


def load(database: Path) -> float:
    """Run `python -m data load --commit` and return its seconds."""
    environment = {**os.environ, "SUPPORT_MAP_DATABASE_URL": f"sqlite:///{database}"}
    started = time.perf_counter()
    command = [sys.executable, "-m", "data", "load", "--commit", "--offline"]
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=REPOSITORY, env=environment, check=True, stdout=quiet, stderr=quiet)
    return time.perf_counter() - started


def main() -> int:
    """Measure and print; 1 when a target is missed."""
    if Settings.from_environment().mirror is None:
        print("no mirror of real data; set SUPPORT_MAP_MIRROR", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "load.sqlite"
        full, slowness = beside_plain_work(lambda: load(database))
        # The largest child so far: the full load. Linux counts in kB.
        megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
        again = load(database)
    is_met, words = told(full, MAX_SECONDS, slowness)
    print(f"full load: {words}, {megabytes:.0f} MB (at most {MAX_MEGABYTES:.0f})")
    print(f"load again: {again:.1f} s, {again / full:.2f} of the full load")
    return int(not is_met or megabytes > MAX_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
