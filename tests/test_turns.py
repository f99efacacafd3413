"""Which worker takes which tests, and in which turn."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.support.turns import APART, LONG, NEEDED, TOGETHER, WHOLE, is_quick, scope_of, step_back, turn_of

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("beginning", [*LONG, *WHOLE, TOGETHER, APART])
def test_what_is_named_is_there(beginning):
    assert list(REPOSITORY.glob(f"{beginning.removesuffix('/')}*"))


def test_quick_leaves_out_what_needs_more_than_python_and_nothing_else(request):
    """This test is quick by its fixtures, and left out by its address; beside it stand others."""
    item = request.node
    assert not is_quick(item)
    for address, fixtures, is_taken in [
        ("tests/geo/test_gaps.py::a", (), True),
        ("tests/geo/test_joins.py::a", ("mirror", "tmp_path"), False),
        ("tests/layers/screens/test_pages_plain.py::a", (), False),
        *[("tests/data/store/test_origins.py::a", (name,), False) for name in NEEDED],
    ]:
        other = SimpleNamespace(nodeid=address, fixturenames=fixtures, get_closest_marker=lambda name: None)
        assert is_quick(other) == is_taken, (address, fixtures)


def test_the_long_come_first_and_what_is_longest_before_them():
    ordered = ["tests/truth/test_truth.py::a", f"{APART}::a", "tests/browser/test_journeys.py::a"]
    assert sorted(["tests/geo/test_gaps.py::a", *ordered], key=turn_of) == [
        *ordered,
        "tests/geo/test_gaps.py::a",
    ]


@pytest.mark.parametrize(
    ("address", "scope"),
    [
        ("tests/browser/test_journeys.py::test_a[pl]", "tests/browser/"),
        ("tests/browser/test_siting_journey.py::test_b", "tests/browser/"),
        ("tests/browser/test_protected_pages.py::test_c", "tests/browser/test_protected_pages.py"),
        ("tests/geo/test_gaps.py::TestGaps::test_d[a::b]", "tests/geo/test_gaps.py"),
    ],
)
def test_one_worker_takes_a_module_and_all_that_ask_one_server(address, scope):
    assert scope_of(address) == scope


@pytest.mark.parametrize(
    ("address", "worker", "priority", "steps"),
    [
        ("tests/geo/test_gaps.py::a", "gw0", 0, [10]),
        ("tests/geo/test_gaps.py::a", "gw0", 10, []),
        ("tests/browser/test_journeys.py::a", "gw0", 0, []),
        ("tests/geo/test_gaps.py::a", None, 0, []),
    ],
)
def test_workers_without_a_browser_step_back_once(monkeypatch, address, worker, priority, steps):
    taken: list[int] = []
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    if worker:
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
    monkeypatch.setattr(os, "nice", taken.append)
    monkeypatch.setattr(os, "getpriority", lambda which, who: priority)
    step_back(SimpleNamespace(nodeid=address))
    assert taken == steps
