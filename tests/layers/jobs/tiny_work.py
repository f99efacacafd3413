"""Small functions for processes of a test, in place of those of `layers.jobs.work`."""

import os
import time

from data.scenarios import ScenarioError


def echo(_bench, value):
    return value


def process_id(_bench):
    return os.getpid(), os.nice(0)


def sleep(_bench, seconds):
    time.sleep(seconds)
    return seconds


def busy(_bench, seconds):
    """Hold the interpreter in one call, as a long computation in C may."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sum(range(100_000))


def die(_bench):
    os._exit(9)


def exhaust(_bench):
    raise MemoryError


def refuse(_bench):
    raise ScenarioError("expected a scenario, found none", field="text", found="x")


class OddError(Exception):
    """Cannot be made from its message alone."""

    def __init__(self, left, right):
        super().__init__(f"{left} {right}")


def be_odd(_bench):
    raise OddError("one", "two")
