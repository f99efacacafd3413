"""When there is nothing to show, a page says what happened and what to do; never a traceback."""

import sqlite3
import time
from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy import create_engine, text

from data.store.engine import open_engine
from data.store.patience import OF_PAGES
from data.store.schema_revision import migrate
from layers.cache import last_known
from layers.cache import shared_answers as cache
from layers.jobs import bench
from layers.widgets.clock import polish_now
from tests.support.pages import open_page, words_of

DOORS = ("first", "planner", "coordinator", "about")


def _use(monkeypatch, url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", url)


@pytest.mark.parametrize("page", DOORS)
def test_without_a_database_every_page_names_the_command(monkeypatch, tmp_path, page):
    missing = tmp_path / "missing.sqlite"
    _use(monkeypatch, f"sqlite:///{missing}")
    words = words_of(open_page(page))
    assert "Nie ma jeszcze bazy danych." in words
    assert "`python -m data load --commit --or-example`" in words
    assert not missing.exists()
    assert str(tmp_path) not in words


def test_an_old_schema_names_the_migration(monkeypatch, tmp_path):
    _use(monkeypatch, f"sqlite:///{tmp_path / 'bare.sqlite'}")
    engine = create_engine(f"sqlite:///{tmp_path / 'bare.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE something (id INTEGER)"))
    engine.dispose()
    assert "`python -m data migrate`" in words_of(open_page("planner"))


def test_an_empty_database_names_the_load(monkeypatch, tmp_path):
    url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    _use(monkeypatch, url)
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()
    words = words_of(open_page("planner", lang="en"))
    assert "There are no data in the database yet." in words
    assert "`python -m data load --commit --or-example`" in words


def test_a_file_that_is_no_database_is_said_without_its_path(monkeypatch, tmp_path):
    (tmp_path / "odd.sqlite").write_text("not a database" * 100, encoding="utf-8")
    _use(monkeypatch, f"sqlite:///{tmp_path / 'odd.sqlite'}")
    words = words_of(open_page("planner"))
    assert "Nie możemy teraz odczytać danych." in words
    assert "112" in words
    assert str(tmp_path) not in words


def test_an_unexpected_error_has_words_and_the_navigation_stays(monkeypatch, invented_database_url):
    _use(monkeypatch, invented_database_url)

    def fail(*_args, **_options):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(bench, "build_area_table", fail)
    # A norm that no other test has asked for.
    app = open_page("planner", norm=7.77)
    assert "Coś poszło nie tak po naszej stronie." in words_of(app)
    assert "secret detail" not in words_of(app)
    assert len(app.get("page_link")) == 8


def test_frames_of_the_card_have_the_columns_of_the_query(invented_engine):
    from data.reading import service_queries

    with invented_engine.connect() as connection:
        services = service_queries.public_services(connection)
    assert isinstance(services, pd.DataFrame)
    assert {"facility_name", "phones", "website", "dated_precision", "place_grade", "gmina_name"} <= set(
        services
    )


@pytest.fixture
def held(monkeypatch, tmp_path, invented_database_url):
    """Give a copy of the invented region and functions that lock and free it from another process."""
    file = tmp_path / "held.sqlite"
    source = sqlite3.connect(invented_database_url.removeprefix("sqlite:///"))
    target = sqlite3.connect(file)
    source.backup(target)
    source.close()
    target.close()
    _use(monkeypatch, f"sqlite:///{file}")
    monkeypatch.setattr(cache, "OF_PAGES", replace(OF_PAGES, lock_s=1))
    monkeypatch.setattr(last_known, "RETRY_S", 0.0)
    holders = []

    def hold():
        holder = sqlite3.connect(file, isolation_level=None)
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        holders.append(holder)

    def free():
        holders.pop().close()

    yield hold, free
    for holder in holders:
        holder.close()


@pytest.mark.parametrize(
    ("lang", "words"),
    [("pl", "baza nie odpowiada"), ("uk", "база не відповідає"), ("en", "the database does not answer")],
)
def test_what_is_in_memory_is_shown_while_the_database_is_silent(held, lang, words):
    hold, free = held
    assert words not in words_of(open_page("first", lang=lang))
    cache._engine(cache._database_url()).dispose()
    hold()
    said = words_of(open_page("planner", lang=lang))
    assert words in said
    assert polish_now().strftime("%H:") in said
    free()
    # The thread that asks again may be in the middle of its last vain attempt; a visitor waits half a second for it.
    assert any(words not in words_of(open_page("first", lang=lang)) for _ in range(10))


def test_without_anything_in_memory_a_page_says_so_and_gives_112(held):
    hold, free = held
    hold()
    start = time.monotonic()
    app = open_page("coordinator")
    assert "Baza danych teraz nie odpowiada." in words_of(app)
    assert [button.url for button in app.get("link_button")] == ["tel:112"]
    assert time.monotonic() - start < 10
    free()
    # Whether it answers again is asked by a thread of its own, for which a page waits half a second only.
    until = time.monotonic() + 10
    while "nie odpowiada" in (said := words_of(open_page("coordinator"))) and time.monotonic() < until:
        time.sleep(0.2)
    assert "nie odpowiada" not in said


def test_a_database_of_a_newer_program_is_said(monkeypatch, tmp_path):
    url = f"sqlite:///{tmp_path / 'newer.sqlite'}"
    _use(monkeypatch, url)
    engine = open_engine(url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    words = words_of(open_page("planner"))
    assert "Baza danych pochodzi z nowszej wersji aplikacji." in words
    assert "migrate" not in words
