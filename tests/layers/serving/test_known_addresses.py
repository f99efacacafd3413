"""What is not there answers 404, in the language of the page, with ways back and 112."""

import anyio
import pytest
from starlette.responses import PlainTextResponse

from layers.serving.known_addresses import LONGEST_ADDRESS, MOST_HEADERS, KnownAddresses
from layers.view.page_addresses import ADDRESSES
from tests.support.asking import asked

STRANGER = ("203.0.113.7", 40000)


@pytest.fixture
def app():
    return KnownAddresses(PlainTextResponse("inside"), status_token="geheim-żółw")


@pytest.mark.parametrize("address", [*ADDRESSES.values(), "pomoc/"])
def test_every_page_is_known(app, address):
    assert asked(app, f"/{address}").body == b"inside"


@pytest.mark.parametrize(
    "path",
    [
        "/healthz",
        "/readyz",
        "/_stcore/health",
        "/_stcore/host-config",
        "/media/abc.png",
        "/component/streamlit_folium.st_folium/index.html",
        "/geometry/gmina.json",
        "/favicon.png",
    ],
)
def test_what_pages_need_is_known(app, path):
    assert asked(app, path).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/wp-login.php",
        "/planner",
        "/pomoc/x",
        "/pomoc/_stcore/health",
        "//pomoc",
        "/static/nothing.js",
        "/static/../index.html",
        "/index.html",
        "/_stcore/agent/mcp",
        "/_stcore/anything",
        "/_stcore/stream",
        "/placowka/../x",
        "/placowka/a\r\nb",
        "/gmina/a\x00b",
        "/placowka/..\\x",
        "/_stcore/script-health-check",
        "/auth/login",
        "/.git/config",
        "/api/",
    ],
)
def test_what_is_not_there_is_said(app, path):
    answer = asked(app, path, client=STRANGER)
    assert answer.status == 404
    page = answer.body.decode()
    assert '<html lang="pl">' in page
    assert "Nie ma takiej strony." in page
    assert [
        f'href="/{ADDRESSES[name]}?lang=pl"' in page
        for name in ("first", "resident", "planner", "coordinator")
    ] == [True] * 4
    assert 'href="tel:112"' in page
    assert path not in page


@pytest.mark.parametrize(
    ("query", "headers", "words"),
    [
        ("lang=uk", {}, "Такої сторінки немає."),
        ("lang=en", {"accept-language": "uk"}, "There is no such page."),
        ("", {"accept-language": "de-DE,en;q=0.7"}, "There is no such page."),
        ("lang=de", {}, "Nie ma takiej strony."),
    ],
)
def test_it_is_said_in_the_language_of_the_reader(app, query, headers, words):
    page = asked(app, "/nic", query, headers=headers).body.decode()
    assert words in page
    if query == "lang=uk":
        assert 'href="/pomoc?lang=uk"' in page


def test_pages_are_only_opened(app):
    answer = asked(app, "/pomoc", method="POST")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert asked(app, "/pomoc", method="HEAD").status == 200
    report = asked(app, "/zglos", method="PUT")
    assert (report.status, report.headers["allow"]) == (405, "GET, HEAD, POST")
    assert asked(app, "/zglos", method="POST").status == 200
    assert asked(app, "/_stcore/upload_file/a/b").status == 405
    assert asked(app, "/_stcore/upload_file/a/b", method="PUT").status == 200
    missing = asked(app, "/nic", method="HEAD")
    assert (missing.status, missing.body) == (404, b"")


def test_an_endless_address_is_refused(app):
    assert asked(app, "/pomoc", "x" * LONGEST_ADDRESS).status == 414
    assert asked(app, "/pomoc", "x" * 7_500).status == 200


def test_headers_without_end_are_refused(app):
    heavy = asked(app, "/pomoc", headers={"cookie": "x" * MOST_HEADERS, "accept-language": "en"})
    assert heavy.status == 431
    assert "The browser sent too much data." in heavy.body.decode()
    assert asked(app, "/pomoc", headers={"cookie": "x" * (MOST_HEADERS - 10)}).status == 200


def test_metrics_are_for_who_runs_the_server(app):
    path = "/_stcore/metrics"
    assert asked(app, path).status == 200
    assert asked(app, path, client=("::1", 1)).status == 200
    assert asked(app, path, client=STRANGER).status == 404
    assert asked(app, path, headers={"x-forwarded-for": "127.0.0.1"}).status == 404, "a proxy on this machine"
    assert asked(app, path, headers={"forwarded": "for=1.2.3.4"}).status == 404
    assert asked(app, path, client=None).status == 404
    assert asked(app, path, client=("a socket", 1)).status == 404


@pytest.mark.parametrize(
    ("authorization", "status"),
    [("Bearer geheim", 404), ("Basic geheim", 404), ("Bearer ", 404), ("Bearer ążź", 404)],
)
def test_a_wrong_token_opens_nothing(app, authorization, status):
    assert (
        asked(app, "/_stcore/metrics", headers={"authorization": authorization}, client=STRANGER).status
        == status
    )


def test_the_right_token_opens_metrics():
    app = KnownAddresses(PlainTextResponse("inside"), status_token="geheim")
    told = {"authorization": "Bearer geheim", "x-forwarded-for": "203.0.113.7"}
    assert asked(app, "/_stcore/metrics", headers=told, client=STRANGER).status == 200
    without = KnownAddresses(PlainTextResponse("inside"))
    assert (
        asked(without, "/_stcore/metrics", headers={"authorization": "Bearer "}, client=STRANGER).status
        == 404
    )


def test_a_websocket_is_at_one_address(app):
    sent = []

    async def send(message):
        sent.append(message)

    anyio.run(app, {"type": "websocket", "path": "/pomoc", "headers": []}, None, send)
    assert sent == [{"type": "websocket.close", "code": 1008}]
