"""Addresses of pages that lists merged under another record, and what they may not tell of a protected one."""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from data.reading.protection import protect
from data.registry.reading import read_registry
from data.scenarios.scenario import digest_of_key
from data.store.schema import DuplicatePair, Facility
from layers.site import light_pages, report_routes, routes
from tests.support.asking import asked
from tests.support.small_registry import add_areas, add_facility, add_release

NOW = datetime(2026, 11, 30, tzinfo=UTC).replace(tzinfo=None)
OPEN = {"support_form": "CAL-DPS", "need_groups": ["older"]}


def address_of(source, key):
    return f"/placowka/{source}:{digest_of_key(key)}"


OLD, NEW = address_of("older-list", "home"), address_of("register", "house")


@pytest.fixture
def merged(engine):
    """Give a database where two lists have one home, and another home is in one list alone."""
    with Session(engine) as session, session.begin():
        add_areas(session)
        older = add_release(session, "older-list", as_of=None)
        add_facility(session, older, "home", origin="list", verified_on=None, **OPEN)
        register = add_release(session, "register")
        add_facility(session, register, "house", **OPEN)
        add_facility(session, register, "other", **OPEN)
        join(session, "home", "house")
    return engine


def join(session, older, register):
    ends = {"left_source": "older-list", "left_key": older, "right_source": "register", "right_key": register}
    decision = {"verdict": "same", "decided_by": "person", "reason": "x", "score": None, "evidence": {}}
    session.add(DuplicatePair(**ends, **decision, decided_at=NOW))


def ask(engine, monkeypatch, path, query="lang=pl", sent=None, **headers):
    registry = read_registry(engine)
    for module in (light_pages, report_routes):
        monkeypatch.setattr(module, "open_registry", lambda: registry)
    monkeypatch.setattr(report_routes, "form_key", lambda settings: b"k" * 32)
    app = Starlette(routes=routes.site_routes())
    if sent is None:
        return asked(app, path, query, headers={"host": "mapa.example"} | headers)
    body = urlencode(sent).encode()
    named = {"host": "mapa.example", "content-length": str(len(body))} | headers
    return asked(app, path, query, method="POST", headers=named, body=[body])


def report_of(path):
    """Return what the address of a report says of the place of a page."""
    return {"place": path.rpartition("/")[2]}


def is_unknown(engine, monkeypatch, path):
    """Tell whether an address, and those of reports on it, are answered byte for byte as those that never were."""
    never = address_of("register", "never")
    return all(
        is_same_404(ask(engine, monkeypatch, *one), ask(engine, monkeypatch, *other))
        for one, other in (
            ((path,), (never,)),
            (("/zglos", form_of(path)), ("/zglos", form_of(never))),
            (("/zglos", "lang=pl", report_of(path)), ("/zglos", "lang=pl", report_of(never))),
        )
    )


def form_of(path):
    return urlencode({"lang": "pl"} | report_of(path))


def is_same_404(found, never):
    assert never.status == 404
    return (found.status, found.headers, found.body) == (404, never.headers, never.body)


@pytest.mark.parametrize("lang", ["pl", "uk", "en"])
def test_the_old_address_leads_to_the_facility_that_it_is_part_of(merged, monkeypatch, lang):
    moved = ask(merged, monkeypatch, OLD, f"lang={lang}")
    assert (moved.status, moved.headers["location"]) == (301, f"{NEW}?lang={lang}")
    assert moved.headers["cache-control"] == "no-cache"
    assert ask(merged, monkeypatch, NEW).status == 200


@pytest.mark.parametrize("lang", ["pl", "uk", "en"])
def test_a_report_on_the_old_address_is_one_on_the_facility_that_it_is_part_of(merged, monkeypatch, lang):
    query = urlencode({"lang": lang} | report_of(OLD))
    moved = ask(merged, monkeypatch, "/zglos", query)
    to = f"/zglos?lang={lang}&place={report_of(NEW)['place']}"
    assert (moved.status, moved.headers["location"]) == (301, to)
    assert moved.headers["cache-control"] == "no-store"
    assert ask(merged, monkeypatch, *to.split("?")).status == 200


def test_a_form_opened_before_the_two_were_one_comes_back_with_its_words(merged, monkeypatch):
    sent = report_of(OLD) | {"topic": "other", "words": "nie ma rampy", "token": "of the old one"}
    answer = ask(merged, monkeypatch, "/zglos", sent=sent)
    page = answer.body.decode()
    assert answer.status == 400
    assert "nie ma rampy" in page
    assert re.findall(r'name="place" value="([^"]*)"', page) == [report_of(NEW)["place"]]


def test_what_two_lists_do_not_share_stays_where_it_was(merged, monkeypatch):
    assert ask(merged, monkeypatch, address_of("register", "other")).status == 200
    assert is_unknown(merged, monkeypatch, address_of("older-list", "other"))


def test_it_leads_there_also_when_the_old_list_has_the_record_no_more(merged, monkeypatch):
    with Session(merged) as session, session.begin():
        after = add_release(session, "older-list")
        gone = update(Facility).where(Facility.source_code == "older-list")
        session.execute(gone.values(ended_release_id=after))
    assert ask(merged, monkeypatch, OLD).headers["location"] == f"{NEW}?lang=pl"


def test_a_corrected_name_and_address_keep_the_address_of_the_page(merged, monkeypatch):
    """The key of a record is the one it was first known by (`data.loading.continuation`): nothing has to lead on."""
    with Session(merged) as session, session.begin():
        other = update(Facility).where(Facility.record_key == "other")
        session.execute(other.values(name="Nowa nazwa", street_address="ul. Nowa 5"))
    page = ask(merged, monkeypatch, address_of("register", "other"))
    assert page.status == 200
    assert "Nowa nazwa" in page.body.decode()


@pytest.mark.parametrize("visibility", ["gmina_centroid", "staff", "hidden"])
@pytest.mark.parametrize("guarded", ["home", "house"])
def test_of_a_protected_place_no_address_leads_on(merged, monkeypatch, guarded, visibility):
    with Session(merged) as session, session.begin():
        session.execute(update(Facility).where(Facility.record_key == guarded).values(visibility=visibility))
    assert is_unknown(merged, monkeypatch, OLD)


@pytest.mark.parametrize("guarded", [("older-list", "home"), ("register", "house")])
def test_what_a_person_protects_ends_the_way_at_once(merged, monkeypatch, guarded):
    assert ask(merged, monkeypatch, OLD).status == 301
    with merged.begin() as connection:
        protect(connection, [(guarded, "hidden", None)], origin="person", reason="adres ma zostać tajny")
    assert is_unknown(merged, monkeypatch, OLD)
    assert is_unknown(merged, monkeypatch, NEW)


def test_what_was_protected_once_leads_nowhere(merged, monkeypatch):
    """An earlier version was protected: its key may tell an address, so its digest is no name of it any more."""
    with Session(merged) as session, session.begin():
        before = session.scalars(select(Facility).where(Facility.record_key == "home")).one()
        after = add_release(session, "older-list")
        before.visibility, before.ended_release_id = "staff", after
        add_facility(session, after, "home", origin="list", verified_on=None, **OPEN)
    assert is_unknown(merged, monkeypatch, OLD)
