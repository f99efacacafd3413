"""
How fast this machine is just now: the seconds of a plain piece of work, for targets that are said in seconds.

A target in seconds means an idle machine of two cores. Here it is a ratio: to plain work of the same kind (rows of
text, numbers in frames, a table in SQLite) done just before and after, which takes `IDLE_S` on such a machine. Whatever
else the machine does slows both.
"""

import csv
import io
import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd

IDLE_S = 1.05
ROWS, TIMES = 120_000, 4

Made = TypeVar("Made")


def plain_seconds() -> float:
    """Do the plain work and return its seconds on the clock."""
    started = time.perf_counter()
    for _ in range(TIMES):
        _work()
    return time.perf_counter() - started


def _work() -> None:
    rng = np.random.default_rng(1)
    codes = [f"{number:06d}" for number in rng.integers(0, 2_500, ROWS)]
    places = rng.integers(0, 100, ROWS).tolist()
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(zip(codes, places, strict=True))
    file.seek(0)
    rows = [(code, int(text)) for code, text in csv.reader(file, delimiter=";")]
    frame = pd.DataFrame(rows, columns=["code", "places"])
    sums = frame.merge(frame.groupby("code")["places"].sum().rename("all"), on="code").sort_values("all")
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE place (code TEXT, places INTEGER)")
        database.executemany("INSERT INTO place VALUES (?, ?)", rows)
        (total,) = database.execute("SELECT sum(places) FROM place").fetchone()
    if total != sum(places) or len(sums) != ROWS:
        raise AssertionError("expected the plain work to add up")


def beside_plain_work(measure: Callable[[], Made]) -> tuple[Made, float]:
    """Return what a measurement gives, and how many times slower than an idle machine of two cores this one was."""
    before = plain_seconds()
    made = measure()
    return made, (before + plain_seconds()) / 2 / IDLE_S


def told(seconds: float, target_s: float, slowness: float) -> tuple[bool, str]:
    """Return whether a target is met on this machine as it was, and the words of it."""
    ratio, most = seconds / slowness / IDLE_S, target_s / IDLE_S
    is_met = ratio <= most
    return is_met, (
        f"{seconds:.1f} s here, where plain work takes {slowness:.2f} of its time on an idle machine: "
        f"{ratio:.1f} times plain work (target {most:.3g}, {target_s:g} s idle): {'met' if is_met else 'MISSED'}"
    )
