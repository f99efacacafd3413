"""Fixtures: databases of both kinds, the mirror, and the invented and the real region loaded once."""

import gc
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine, create_engine, text

from data.loading.load import load_all
from data.registry.reading import read_registry
from data.registry.registry import Registry
from data.store.engine import open_engine
from data.store.schema_revision import migrate
from data.store.settings import Settings
from layers.cache.settings_in_use import use_settings
from tests.support.chromium import find_chromium, running_chromium
from tests.support.invented import TINY_CATALOGUE, copy_region, settings_for
from tests.support.postgis import find_server, running_cluster
from tests.support.shared_folder import made_once

# What a worker compiled is there for the others and for every process that a test starts; where Python may not keep it,
# each of them compiles the whole program again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Databases and files of tests live for a moment; in memory a new PostGIS database takes 0.02 s instead of 0.25 s.
MEMORY = Path("/dev/shm")
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 4 * 1024**3:
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None

# On a busy machine a first example takes as long as its imports; speed is measured in benchmarks/.
hypothesis.settings.register_profile("without_deadline", deadline=None)
hypothesis.settings.load_profile("without_deadline")

# Pages under test compute in their own thread, where a test can see and replace what they do; tests/layers/jobs and
# those with a browser set another number.
os.environ.setdefault("SUPPORT_MAP_JOBS", "0")

# Where no real data are at hand, tests see a region small enough to be counted by hand; the one that visitors
# see has tests of its own (tests/data/example).
os.environ["SUPPORT_MAP_EXAMPLE"] = str(TINY_CATALOGUE)

IS_CI = os.environ.get("CI") == "true"

# Who takes which tests, and in which turn.
pytest_plugins = ["tests.support.turns"]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[object]:
    """Let the garbage collector pass over what tests and their libraries hold until the end anyway."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        # Looking for cycles as often as Python does by itself took a sixth of the time.
        gc.set_threshold(50_000, 20, 20)
        gc.enable()


def _skip_or_fail(reason: str) -> None:
    """Skip on a newcomer's machine and say why; in CI a missing part is a failure."""
    if IS_CI:
        pytest.fail(f"in CI this may not be missing: {reason}")
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def settings_of_the_test() -> Iterator[None]:
    """Let each test say by its environment what its settings are, and leave none to the next."""
    yield
    use_settings(None)


@pytest.fixture
def every_form_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Let the care homes of the tiny worlds stand for any form that is used every day by whoever is in reach.

    How a form is shown that people come to from anywhere, as they do to real care homes, has tests of its own
    (tests/layers/answers/test_use.py).
    """
    modules = (
        "view.offered",
        "view.question",
        "view.view",
        "view.reading",
        "words.view_notes",
        "answers.measures.siting_goal",
        "words.siting_words",
        "words.siting_left_words",
    )
    for module in (f"layers.{name}" for name in modules):
        monkeypatch.setattr(f"{module}.is_wide", lambda form: False)


@pytest.fixture(scope="session")
def mirror() -> Path:
    """Give the folder of real data."""
    folder = Settings.from_environment().mirror
    if folder is None:
        _skip_or_fail("no mirror of real data; set SUPPORT_MAP_MIRROR")
    return folder


@pytest.fixture(scope="session")
def postgis_programs() -> Path:
    """Give the folder of the programs of PostgreSQL with PostGIS."""
    server = find_server()
    if server is None:
        _skip_or_fail("no PostGIS; install postgresql-15-postgis-3 (make test does)")
    return server


@pytest.fixture(scope="session")
def postgis_server(postgis_programs: Path) -> Iterator[str]:
    """Give the address of a private PostGIS cluster, without a database name."""
    with running_cluster(postgis_programs) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Give Chromium to the tests of one module; no longer, it would keep its event loop running beside others."""
    path = find_chromium()
    if path is None:
        _skip_or_fail("no Chromium; install the package chromium (make test does)")
    with running_chromium(path) as browser:
        yield browser


@pytest.fixture(scope="session")
def migrated_postgis(postgis_server: str) -> str:
    """Give the name of a migrated, empty database of the cluster; copy it, do not open it."""
    name = "migrated"
    _administer(postgis_server, f"CREATE DATABASE {name}")
    _migrate(f"{postgis_server}/{name}")
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated, empty SQLite database; copy it, do not open it."""
    path = tmp_path_factory.mktemp("migrated") / "migrated.sqlite"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def loaded_postgis(
    postgis_server: str, migrated_postgis: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Give the name of a database of the cluster with a copied region; copy it, do not open it."""
    name = "loaded"
    _administer(postgis_server, f"CREATE DATABASE {name} TEMPLATE {migrated_postgis}")
    _load_copy(f"{postgis_server}/{name}", tmp_path_factory.mktemp("loaded"))
    return name


@pytest.fixture(scope="session")
def loaded_sqlite(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """Give an SQLite database with a copied region; copy it, do not open it."""
    path = tmp_path_factory.mktemp("loaded") / "loaded.sqlite"
    shutil.copyfile(migrated_sqlite, path)
    _load_copy(f"sqlite:///{path}", path.parent)
    return path


def _migrate(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


def _load_copy(url: str, folder: Path) -> None:
    catalogue, engine = copy_region(folder / "region"), open_engine(url)
    load_all(engine, settings_for(catalogue), catalogue_path=catalogue)
    engine.dispose()


def _administer(server: str, statement: str) -> None:
    admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(statement))
    admin.dispose()


@pytest.fixture
def postgis_url(request: pytest.FixtureRequest, postgis_server: str) -> Iterator[str]:
    """Give the address of a new PostGIS database, as `database_url` says."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    made = _made(request)
    template = request.getfixturevalue(f"{made}_postgis") if made else "template1"
    _administer(postgis_server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield f"{postgis_server}/{name}"
    _administer(postgis_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgis", marks=pytest.mark.postgis)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """
    Give the address of a new database of each kind in turn.

    It is empty, migrated for a test that asks `engine`, and what a load of an unchanged `copy_region` leaves for one
    that is marked `loaded`.
    """
    if request.param == "postgis":
        return request.getfixturevalue("postgis_url")
    path = tmp_path / "test.sqlite"
    if made := _made(request):
        shutil.copyfile(request.getfixturevalue(f"{made}_sqlite"), path)
    return f"sqlite:///{path}"


def _made(request: pytest.FixtureRequest) -> str:
    """Return the beginning of the fixture whose database a test gets a copy of; nothing for an empty one."""
    # Migrations and loads take ten times as long as a copy of what they make, and have tests of their own.
    if request.node.get_closest_marker("loaded"):
        return "loaded"
    return "migrated" if "engine" in request.fixturenames else ""


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give a migrated database of each kind in turn: empty, or loaded (see `database_url`)."""
    engine = open_engine(database_url)
    migrate(engine)
    yield engine
    engine.dispose()


def _loaded_sqlite(folder: Path, mirror: Path | None) -> None:
    url = _address_in(folder)
    engine = open_engine(url)
    migrate(engine)
    load_all(
        engine, Settings(database_url=url, mirror=mirror, cache=folder / "cache", is_download_allowed=False)
    )
    engine.dispose()


def _address_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'loaded.sqlite'}"


@pytest.fixture(scope="session")
def invented_database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give an SQLite database with the invented region; read it, do not change it."""
    made = partial(_loaded_sqlite, mirror=None)
    return _address_in(made_once(tmp_path_factory, "invented", made))


@pytest.fixture(scope="session")
def real_database_url(tmp_path_factory: pytest.TempPathFactory, mirror: Path) -> str:
    """Give an SQLite database with all real data; read it, do not change it."""
    made = partial(_loaded_sqlite, mirror=mirror)
    return _address_in(made_once(tmp_path_factory, "real", made))


@pytest.fixture(scope="session")
def invented_engine(invented_database_url: str) -> Iterator[Engine]:
    """Give the invented region."""
    engine = open_engine(invented_database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def real_engine(real_database_url: str) -> Iterator[Engine]:
    """Give the real data."""
    engine = open_engine(real_database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def real_registry(real_engine: Engine) -> Registry:
    """Give all that pages compute with, of the real data; read it, do not change it."""
    return read_registry(real_engine)
