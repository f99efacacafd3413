"""When there is nothing to show, a page says what happened and what to do; never a traceback."""

import sqlite3
import time
from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy import create_engine, text
from streamlit.testing.v1 import AppTest

from data.store.engine import open_engine
from data.store.patience import OF_PAGES
from data.store.schema_revision import migrate
from layers.cache import last_known
from layers.cache import shared_answers as cache
from layers.jobs import bench
from layers.widgets.clock import polish_now
from tests.support.pages import SECONDS, open_page, words_of

DOORS = ("first", "resident", "planner", "coordinator", "about")


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
    assert len(app.get("page_link")) == 10


def test_text_of_a_register_cannot_become_markup():
    app = AppTest.from_function(_hostile_card, default_timeout=SECONDS).run()
    assert not app.exception
    assert app.subheader[0].value == r"\<b\>Dom\<\/b\> \$x\$ \[a\]\(javascript\:" + "\u2060" + r"alert\(1\)\)"
    written = "\n".join(item.value for item in (*app.markdown, *app.caption))
    assert "javascript:" not in written
    assert "](<https://good.example/>)" in written
    assert [button.url for button in app.get("link_button")] == ["tel:+48122762137"]


def _hostile_card():
    """Draw one card whose every text tries to be something else; runs alone, so it imports for itself."""
    from datetime import date
    from types import SimpleNamespace

    import pandas as pd

    from layers.text import texts_of
    from layers.widgets.service_card import show_services

    bad = "<b>Dom</b> $x$ [a](javascript:alert(1))"
    service = {
        "facility_name": bad,
        "organization_name": bad,
        "support_form": "CAL-DPS",
        "subtypes": [bad],
        "street_address": bad,
        "postal_code": bad,
        "locality_name": bad,
        "gmina_name": bad,
        "place_grade": "locality",
        "visibility": "public",
        "phones": ["12 276 21 37", "javascript:alert(1)"],
        "website": "javascript:alert(1)",
        "opening_hours_text": bad,
        "intake_text": bad,
        "eligibility_text": bad,
        "required_documents": [bad],
        "fees_text": bad,
        "fees": [{"option": bad, "amount": 1, "currency": bad, "description": bad}],
        "interpretation_text": bad,
        "languages": [bad],
        "wheelchair": bad,
        "barrier_free": [bad],
        "transportation_text": bad,
        "note": bad,
        "capacity_places": pd.NA,
        "vacant_places": 0,
        "vacant_women": pd.NA,
        "vacant_men": pd.NA,
        "waiting_persons": 2,
        "vacancies_on": None,
        "dated_on": None,
        "dated_precision": None,
        "source_code": "x",
        "source_url": "https://good.example/",
        "field_sources": {"facility_name": ["x"], "phones": [bad]},
        "is_open": True,
        "is_vacancy_old": False,
        "checked": "never",
        "is_to_confirm": True,
        "same_place": "",
        "origin": "list",
        "verified_on": None,
        "is_unconfirmed": False,
        "distance_m": 1234.0,
    }
    sources = {"source_code": ["x"], "name": [bad], "publisher": [bad], "is_official": [True]}
    registry = SimpleNamespace(sources=pd.DataFrame(sources))
    show_services(pd.DataFrame([service]), registry, texts_of("pl"), key="card", today=date(2026, 11, 22))


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
    app = open_page("resident")
    assert "Baza danych teraz nie odpowiada." in words_of(app)
    assert [button.url for button in app.get("link_button")] == ["tel:112"]
    assert time.monotonic() - start < 10
    free()
    # Whether it answers again is asked by a thread of its own, for which a page waits half a second only.
    until = time.monotonic() + 10
    while "nie odpowiada" in (said := words_of(open_page("resident"))) and time.monotonic() < until:
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
