"""
Which worker takes which tests, and in which turn, so that no core waits; a plugin of pytest.

The long ones come first: the last of a run are short, and all workers end together.
"""

import os

import pytest
from hypothesis import is_hypothesis_test
from xdist.scheduler import LoadScopeScheduling

LONG = (
    "tests/truth/",  # loads the real data, on which all but the next wait
    "tests/browser/test_protected_pages.py",
    "tests/browser/",
    "tests/layers/screens/test_pages_doors.py",
    "tests/layers/screens/test_scenario_page.py",
    "tests/layers/export/test_area_sheet.py",
    "tests/test_protection.py",
    "tests/layers/test_layers_command.py",
    "tests/layers/test_say_partial.py",
    "tests/data/reading/test_protection.py",
    "tests/data/loading/",
    "tests/layers/maps/test_maps_browser.py",
    "tests/test_named_views.py",
    "tests/layers/test_example_region.py",
    "tests/layers/answers/",
)
"""What takes longest, the longest first, by the beginnings of their addresses."""
TOGETHER = "tests/browser/"
"""Modules that one worker takes, because they ask one server of the real data, which starts once and is warm then."""
APART = "tests/browser/test_protected_pages.py"
WHOLE = (
    "tests/data/example/",
    "tests/data/hsds/test_round_trip.py",
    "tests/data/loading/",
    "tests/data/quality/",
    "tests/data/registry/test_status.py",
    "tests/data/sources/registers/test_reader_mutations.py",
    "tests/data/sources/registers/test_register_totals.py",
    "tests/layers/answers/",
    "tests/layers/export/",
    "tests/layers/maps/",
    "tests/layers/screens/",
    "tests/layers/words/area_facts/",
    "tests/layers/test_example_region.py",
    "tests/layers/test_layers_command.py",
    "tests/test_",
    *LONG,
)
"""What `--quick` leaves out beside what needs more than Python: whole loads, pages, files, tables and properties."""
NEEDED = {"chromium", "database_url", "invented_database_url", "mirror", "postgis_programs"}
"""Fixtures of what is not on every machine, and of databases."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what `make quick` asks for."""
    parser.addoption(
        "--quick", action="store_true", help="only tests of a moment that need nothing but Python"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return two workers more than there are cores: two have a browser and wait for it most of their time."""
    return len(os.sched_getaffinity(0)) + 2


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Let what waits for pages in a browser go first: beside the other workers a cold page took over a minute."""
    step_back(item)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling | None:
    """Return what hands out modules; None leaves it to another `--dist`."""
    return _Modules(config, log) if config.getoption("dist") == "loadscope" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put what takes long first, and leave the rest as it is."""
    items.sort(key=lambda item: turn_of(item.nodeid))
    if config.getoption("quick"):
        slow = [item for item in items if not is_quick(item)]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if is_quick(item)]


def is_quick(item: pytest.Item) -> bool:
    """Tell whether a test needs nothing but Python and takes no database, page, file, table or many random examples."""
    fixtures = set(getattr(item, "fixturenames", ()))
    is_on_postgis = item.get_closest_marker("postgis") is not None
    is_property = is_hypothesis_test(getattr(item, "obj", None))
    return not (is_on_postgis or is_property or fixtures & NEEDED or item.nodeid.startswith(WHOLE))


def step_back(item: pytest.Item) -> None:
    """Give a worker without a browser, and what it will start, less of a busy processor than those with one."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    if is_worker and not item.nodeid.startswith(TOGETHER) and not os.getpriority(os.PRIO_PROCESS, 0):
        os.nice(10)


def turn_of(address: str) -> int:
    """Return the place of a test in the row: that of its beginning, or behind all of them."""
    return next((turn for turn, beginning in enumerate(LONG) if address.startswith(beginning)), len(LONG))


def scope_of(address: str) -> str:
    """Return what of a run one worker takes whole: a module, or the modules of one server."""
    module = address.partition("::")[0]
    return TOGETHER if module.startswith(TOGETHER) and module != APART else module


class _Modules(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)
