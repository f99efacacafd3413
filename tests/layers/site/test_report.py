"""Reports of readers through the server's own routes and middleware: taken, given back, refused, and what is kept."""

import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from data.__main__ import main
from data.corrections import suggestions as store
from data.corrections.versions import MOST_VERSIONS
from data.store.engine import open_engine
from data.store.schema import Suggestion, UnmetNeed
from data.store.schema_revision import migrate
from data.vocabulary.languages import LANGUAGES
from layers import server
from layers.cache.shared_answers import open_registry
from layers.serving.body_limits import LARGEST_REPORT
from layers.site import report_routes
from layers.site.place_page import paged_services
from layers.site.report_page import TRAP
from layers.site.senders import MOST_AN_HOUR, Senders, address_of
from layers.site.signed_form import LEAST_S, MOST_S, new_token, read_token
from layers.text import texts_of
from tests.support.asking import asked

FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
GMINA = "980101"


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = 1_800_000_000.0

    def time(self):
        return self.now

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(report_routes, "time", clock)
    return clock


@pytest.fixture
def database(invented_database_url, monkeypatch, tmp_path):
    """Give a copy of the invented region that a test may write to."""
    path = tmp_path / "copy.sqlite"
    shutil.copyfile(invented_database_url.removeprefix("sqlite:///"), path)
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{path}")
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def site(database, clock, monkeypatch):
    """Give a function that asks the routes and middleware of the server."""
    monkeypatch.setattr(report_routes, "senders", Senders(clock.monotonic))
    app = Starlette(routes=server.routes(), middleware=server.middleware())

    def ask(address, *, sent=None, client=("127.0.0.1", 1), **headers):
        path, _, query = address.partition("?")
        if sent is None:
            return asked(app, path, query, headers={"host": "mapa.example"} | headers, client=client)
        body = urlencode(sent).encode()
        named = {"host": "mapa.example", "content-length": str(len(body))} | headers
        return asked(app, path, query, method="POST", headers=named, body=[body], client=client)

    return ask


def handle():
    services = paged_services(open_registry())
    return services[services["visibility"] == "public"]["facility_handle"].iloc[0]


def hidden_fields(answer):
    return {name: unescape(value) for name, value in FIELD.findall(answer.body.decode())}


@pytest.fixture
def send(site, clock):
    """Give a function that opens a form, waits, and sends it with what is typed in."""

    def send(address, wait_s=LEAST_S, client=("127.0.0.1", 1), **typed):
        fields = hidden_fields(site(address))
        clock.now += wait_s
        return site("/zglos?lang=pl", sent=fields | typed, client=client)

    return send


def kept(database, table=Suggestion):
    with database.connect() as connection:
        return connection.execute(select(table).order_by(table.id)).mappings().all()


def said(answer):
    return re.search(r'role="alert" id="problem">([^<]*)<', answer.body.decode())[1]


# The way there.


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_light_page_leads_to_a_form(site, lang):
    place = f"/placowka/{handle()}?lang={lang}"
    for address, wanted in (
        (place, {f"/zglos?lang={lang}", f"/zglos?lang={lang}&place={handle()}"}),
        (
            f"/gmina/{GMINA}?lang={lang}",
            {f"/zglos?lang={lang}&gmina={GMINA}", f"/zglos?lang={lang}&what=need&gmina={GMINA}&group=older"},
        ),
    ):
        page = site(address).body.decode()
        links = {unescape(link) for link in re.findall(r'href="(/zglos[^"]*)"', page)}
        assert wanted <= links
        for link in links:
            form = site(link)
            assert form.status == 200
            assert f'<html lang="{lang}">' in form.body.decode()
            assert "<script" not in form.body.decode()
            assert form.headers["cache-control"] == "no-store"
            assert 'name="robots" content="noindex"' in form.body.decode()


def test_a_form_says_what_is_hidden_and_that_nobody_comes(site):
    page = site(f"/zglos?place={handle()}").body.decode()
    assert "ukryjemy w nim wszystkie liczby, adresy e-mail" in page
    assert "Nie zapisujemy, kto to wysłał" in page
    need = site(f"/zglos?what=need&gmina={GMINA}").body.decode()
    assert "nikt na nią nie odpowie" in need
    assert "Zapisujemy tylko gminę, grupę, rodzaj pomocy i dzień." in need
    assert "<textarea" not in need


# Taken.


def test_a_report_is_kept_without_persons_and_its_sender_finds_the_answer(site, send, database, capsys):
    answer = send(
        f"/zglos?place={handle()}", topic="phone", proposal="12 345 67 89",
        words="Powiedziała Anna Nowak, 600 100 200, anna@example.org <b>dziś</b>",
    )  # fmt: skip
    assert answer.status == 303
    receipt = answer.headers["location"]
    page = site(receipt).body.decode()
    assert "Czeka na sprawdzenie." in page
    assert "12 345" not in page
    [row] = kept(database)
    assert (row["topic"], row["proposal"]) == ("phone", "12 345 67 89")
    assert row["words"] == "Powiedziała […] <b>dziś</b>"
    whole = Path(database.url.database).read_bytes()
    assert not [word for word in (b"Nowak", b"600 100", b"anna@", b"127.0.0.1") if word in whole]
    before = site(f"/placowka/{handle()}").body.decode()
    assert "12 345 67 89" not in before
    assert main(["suggestions", "accept", "1", "--reason", "zadzwoniliśmy do placówki"]) == 0
    after = site(f"/placowka/{handle()}").body.decode()
    assert 'href="tel:+48123456789"' in after
    assert "Telefony – poprawione" in after
    assert "powód: zadzwoniliśmy do placówki" in after
    assert "poprawiliśmy dane" in site(receipt).body.decode()
    capsys.readouterr()


def test_an_answer_is_escaped_where_its_sender_reads_it(site, send, database, capsys):
    receipt = send(f"/zglos?place={handle()}", topic="other", words="nie ma rampy").headers["location"]
    assert main(["suggestions", "answer", "1", "--because", "sprawdzamy <script>alert</script>"]) == 0
    page = site(receipt).body.decode()
    assert "sprawdzamy &lt;script&gt;" in page
    assert "<script" not in page
    capsys.readouterr()


def test_a_missing_place_is_reported_by_gmina_or_by_words(site, send, database):
    assert send(f"/zglos?gmina={GMINA}", words="brakuje klubu seniora", proposal="12 345 67 89").status == 303
    assert send("/zglos", words="brakuje jadłodajni", where="Wydumka").status == 303
    rows = kept(database)
    assert [(row["kind"], row["gmina_code"]) for row in rows] == [("missing", GMINA), ("missing", None)]
    assert rows[0]["proposal"] == "12 345 67 89"
    assert rows[1]["words"].endswith("brakuje jadłodajni")


def test_a_need_keeps_gmina_group_and_form_alone(site, send, database):
    address = f"/zglos?what=need&gmina={GMINA}&group=homeless"
    answer = send(address, group="homeless", form="BEZ-NOC", words="nazywam się Jan", proposal="600 100 200")
    assert "Nikt na nie nie odpowie" in site(answer.headers["location"]).body.decode()
    assert kept(database) == []
    [row] = kept(database, UnmetNeed)
    assert {name: row[name] for name in ("gmina_code", "need_group", "support_form")} == {
        "gmina_code": GMINA,
        "need_group": "homeless",
        "support_form": "BEZ-NOC",
    }


def test_sent_twice_it_is_one(site, clock, database):
    fields = hidden_fields(site(f"/zglos?place={handle()}")) | {"topic": "closed"}
    clock.now += LEAST_S
    first, second = (site("/zglos", sent=fields) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(kept(database)) == 1


def test_amended_after_the_way_back_it_is_a_newer_version(site, clock, database):
    fields = hidden_fields(site(f"/zglos?place={handle()}")) | {"topic": "other"}
    clock.now += LEAST_S
    first = site("/zglos?lang=pl", sent=fields | {"words": "nie ma rampy"}).headers["location"]
    second = site("/zglos?lang=pl", sent=fields | {"words": "nie ma rampy ani windy"}).headers["location"]
    again = site("/zglos?lang=pl", sent=fields | {"words": " nie ma rampy ani windy "}).headers["location"]
    assert [row["words"] for row in kept(database)] == ["nie ma rampy", "nie ma rampy ani windy"]
    assert [row["state"] for row in kept(database)] == ["closed", "open"]
    assert second == again != first
    page = site(second).body.decode()
    assert "To poprawiona wersja" in page
    assert "Czeka na sprawdzenie." in page
    old = site(first).body.decode()
    assert "To poprawiona wersja" not in old
    assert "Zastąpione nowszą wersją" in old
    back = site("/zglos?lang=pl", sent=fields | {"words": "nie ma rampy"}).headers["location"]
    assert "Czeka na sprawdzenie." in site(back).body.decode(), "told as waiting, and it is"
    assert [row["state"] for row in kept(database)] == ["closed", "closed", "open"]


def test_what_is_decided_stays_and_its_newer_version_waits(site, clock, database, capsys):
    fields = hidden_fields(site(f"/zglos?place={handle()}")) | {"topic": "other"}
    clock.now += LEAST_S
    first = site("/zglos?lang=pl", sent=fields | {"words": "nie ma rampy"}).headers["location"]
    assert main(["suggestions", "answer", "1", "--because", "rampa jest od podwórza"]) == 0
    site("/zglos?lang=pl", sent=fields | {"words": "rampa jest za stroma"})
    assert [row["state"] for row in kept(database)] == ["answered", "open"]
    assert "rampa jest od podwórza" in site(first).body.decode()
    capsys.readouterr()


def test_versions_of_one_form_end_and_nothing_is_told_as_received(site, clock, database):
    fields = hidden_fields(site(f"/zglos?place={handle()}")) | {"topic": "other"}
    clock.now += LEAST_S
    answers = [
        site("/zglos?lang=pl", sent=fields | {"words": "nie ma rampy" + " tu" * number})
        for number in range(MOST_VERSIONS + 1)
    ]
    assert [answer.status for answer in answers] == [303] * MOST_VERSIONS + [429]
    assert len(kept(database)) == MOST_VERSIONS


def test_a_need_sent_again_with_another_group_counts_once_as_it_was_sent_last(site, clock, database):
    fields = hidden_fields(site(f"/zglos?what=need&gmina={GMINA}"))
    clock.now += LEAST_S
    for group in ("homeless", "older"):
        answer = site("/zglos?lang=pl", sent=fields | {"group": group})
    assert [row["need_group"] for row in kept(database, UnmetNeed)] == ["older"]
    assert "tak jak wysłano je ostatnio" in site(answer.headers["location"]).body.decode()


def test_signs_that_nobody_types_are_left_out(send, database):
    assert send("/zglos", words="brakuje\x00 klubu\x1b[31m", where="tu").status == 303
    [row] = kept(database)
    assert "brakuje klubu[" in row["words"]
    assert "\x00" not in row["words"]


@pytest.mark.parametrize("receipt", ["%00", "x", "0" * 21, "0" * 20 + "-100", "0" * 20 + "%0a"])
def test_a_receipt_that_no_form_has_is_unknown_before_anybody_is_asked(site, database, monkeypatch, receipt):
    monkeypatch.setattr(report_routes, "receipt_of", None)
    assert site(f"/zglos?receipt={receipt}").status == 404


# Given back.


@pytest.mark.parametrize(
    ("wait_s", "typed", "status", "words"),
    [
        (0, {}, 400, "Nie zdążyliśmy przyjąć zgłoszenia"),
        (MOST_S + 1, {}, 400, "otwarta bardzo długo"),
        (60, {TRAP: "x"}, 400, "pól miało zostać puste"),
        (60, {"token": "x"}, 400, "Nie mogliśmy przyjąć tego zgłoszenia"),
        (60, {"topic": ""}, 400, "Zaznacz, co się nie zgadza"),
        (60, {"topic": "visibility"}, 400, "Zaznacz, co się nie zgadza"),
        (60, {"proposal": "zadzwoń"}, 400, "Nie widzimy tu numeru telefonu"),
        (60, {"proposal": "", "words": ""}, 400, "Napisz, jak jest naprawdę"),
    ],
)
def test_what_cannot_be_taken_comes_back_as_it_was_typed(send, database, wait_s, typed, status, words):
    fields = {"topic": "phone", "proposal": "12 345 67 89", "words": '"><script>alert(1)</script>'} | typed
    answer = send(f"/zglos?place={handle()}", wait_s=wait_s, **fields)
    page = answer.body.decode()
    assert answer.status == status
    assert words in said(answer)
    assert "<title>Popraw:" in page
    assert f'value="{fields["proposal"]}"' in page
    assert "<script" not in page
    assert kept(database) == []


@pytest.mark.parametrize("wait_s", [0, MOST_S + 1])
def test_what_came_back_can_be_sent_again(site, send, clock, database, wait_s):
    answer = send(f"/zglos?place={handle()}", wait_s=wait_s, topic="closed")
    clock.now += LEAST_S
    assert site("/zglos", sent=hidden_fields(answer) | {"topic": "closed"}).status == 303
    assert len(kept(database)) == 1


def test_a_form_is_taken_for_its_own_place_alone(site, clock, database):
    services = paged_services(open_registry())
    one, other = services["facility_handle"].drop_duplicates().iloc[:2]
    fields = hidden_fields(site(f"/zglos?place={one}")) | {"place": other, "topic": "closed"}
    clock.now += LEAST_S
    assert "Nie mogliśmy przyjąć" in said(site("/zglos", sent=fields))
    assert kept(database) == []


def test_floods_end(send, database, monkeypatch):
    monkeypatch.setattr(store, "MOST_AN_HOUR", 2)
    answers = [send("/zglos", words="brakuje miejsca", where="tu") for _ in range(3)]
    assert [answer.status for answer in answers] == [303, 303, 429]
    assert texts_of("pl").t("report.many_now") in said(answers[-1])
    monkeypatch.setattr(store, "MOST_A_DAY", 2)
    assert texts_of("pl").t("report.many") in said(send("/zglos", words="brakuje miejsca", where="tu"))
    assert len(kept(database)) == 2


def test_one_address_sends_so_much_within_an_hour(send, database):
    stranger = ("203.0.113.7", 40000)
    answers = [send("/zglos", client=stranger, words="x", where="tu") for _ in range(MOST_AN_HOUR + 1)]
    assert [answer.status for answer in answers] == [303] * MOST_AN_HOUR + [429]
    assert send("/zglos", client=("203.0.113.8", 1), words="x", where="tu").status == 303
    assert b"203.0.113" not in Path(database.url.database).read_bytes()


def test_while_a_load_holds_the_database_nothing_typed_is_lost(site, clock, database, monkeypatch):
    fields = hidden_fields(site(f"/zglos?place={handle()}")) | {"topic": "other", "words": "nie ma rampy"}
    clock.now += LEAST_S
    with database.connect().execution_options(sqlite_begin="IMMEDIATE") as holding, holding.begin():
        answer = site("/zglos", sent=fields)
    assert answer.status == 503
    assert "Nie możemy teraz zapisać zgłoszenia" in said(answer)
    assert "nie ma rampy" in answer.body.decode()
    assert (
        site("/zglos", sent=hidden_fields(answer) | {"topic": "other", "words": "nie ma rampy"}).status == 303
    )


def test_a_body_has_its_limit(site):
    assert site("/zglos", sent={"words": "ż" * 1000}).status == 400
    large = site("/zglos?lang=uk", sent={"words": "x" * LARGEST_REPORT})
    assert large.status == 413
    assert "Повідомлення задовге, і його не збережено." in large.body.decode()
    assert 'href="tel:112"' in large.body.decode()
    assert site(f"/gmina/{GMINA}", sent={"words": "x"}).status == 405


# Unknown.


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "about",
    [
        {"place": "nie-ma:0123456789abcdef"},
        {"place": "x"},
        {"what": "outdated"},
        {"what": "need"},
        {"what": "need", "gmina": "999999"},
        {"gmina": "<script>"},
        {"what": "visibility"},
        {"receipt": "0" * 20},
    ],
)
def test_what_is_not_there_is_answered_as_any_unknown_address(site, lang, about):
    unknown = site(f"/nie-ma-takiej-strony?lang={lang}")
    answer = site(f"/zglos?lang={lang}&{urlencode(about)}")
    assert (answer.status, answer.body) == (404, unknown.body)
    if "receipt" not in about:
        sent = site(f"/zglos?lang={lang}", sent=about | {"token": "x", "topic": "closed"})
        assert (sent.status, sent.body, sent.headers) == (404, answer.body, answer.headers)


# Keys and senders.


def test_a_token_holds_for_its_subject_and_time():
    key = b"k" * 32
    token = new_token(key, "outdated|a|", 1000)
    assert read_token(key, token, "outdated|a|", 1000 + LEAST_S).fault is None
    assert read_token(key, token, "outdated|b|", 1000 + LEAST_S).fault == "forged"
    assert read_token(b"x" * 32, token, "outdated|a|", 1000 + LEAST_S).fault == "forged"
    assert read_token(key, token.replace("1000.", "0900."), "outdated|a|", 1003).fault == "forged"
    assert read_token(key, token, "outdated|a|", 1000).fault == "fast"
    assert read_token(key, token, "outdated|a|", 900).fault == "fast"
    assert read_token(key, token, "outdated|a|", 1001 + MOST_S).fault == "old"
    assert read_token(key, "", "outdated|a|", 1000).fault == "forged"


@pytest.mark.parametrize(
    ("client", "passed", "is_behind_proxy", "address"),
    [
        (("203.0.113.7", 1), None, False, "203.0.113.7"),
        (("127.0.0.1", 1), None, False, ""),
        (("203.0.113.7", 1), "198.51.100.1", False, "203.0.113.7"),
        (("127.0.0.1", 1), "198.51.100.9, 198.51.100.1", True, "198.51.100.1"),
        (None, None, False, ""),
    ],
)
def test_the_address_is_the_one_that_somebody_vouches_for(client, passed, is_behind_proxy, address):
    headers = [(b"x-forwarded-for", passed.encode())] if passed else []
    scope = {"type": "http", "client": client, "headers": headers}
    assert address_of(scope, is_behind_proxy=is_behind_proxy) == address


def test_senders_are_forgotten_after_an_hour_and_known_by_no_address():
    clock = Clock()
    senders = Senders(clock.monotonic)
    assert [senders.take_turn("203.0.113.7") for _ in range(MOST_AN_HOUR + 1)] == [True] * MOST_AN_HOUR + [
        False
    ]
    assert "203.0.113.7" not in str(senders.turns.names())
    clock.now += 3601
    assert senders.take_turn("203.0.113.7")
    assert senders.take_turn("")


def test_a_redirect_keeps_the_language(send):
    location = send("/zglos", words="x", where="tu").headers["location"]
    assert parse_qs(urlsplit(location).query)["lang"] == ["pl"]
