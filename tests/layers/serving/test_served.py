"""The application as it is served: real requests against a real server."""

import asyncio
import contextlib
import http.client
import json
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.support.application import REPOSITORY, served_application

FORM = "multipart/form-data; boundary=frame"


def _form(size):
    head = b'--frame\r\nContent-Disposition: form-data; name="file"; filename="s.json"\r\n\r\n'
    return head + b"x" * size + b"\r\n--frame--\r\n"


@pytest.fixture(scope="module")
def address(invented_database_url, tmp_path_factory):
    """Give the address of the application, served for this module."""
    with served_application(invented_database_url, tmp_path_factory.mktemp("served") / "log") as address:
        yield urlsplit(address).netloc


def _ask(address, method, path, body=None, headers=None, *, chunked=False):
    connection = http.client.HTTPConnection(address, timeout=20)
    try:
        connection.request(method, path, body=body, headers=headers or {}, encode_chunked=chunked)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


async def _first_messages(socket, until):
    rerun = BackMsg()
    rerun.rerun_script.query_string = ""
    await socket.send(rerun.SerializeToString())
    received = []
    while True:
        content = await asyncio.wait_for(socket.recv(), 60)
        received.append(content)
        if ForwardMsg.FromString(content).WhichOneof("type") == until:
            return received


def _connect(address):
    return websockets.connect(f"ws://{address}/_stcore/stream", subprotocols=["streamlit"], max_size=None)


def test_a_visitor_uploads_a_few_scenarios_and_nothing_more(address):
    async def visit():
        async with _connect(address) as socket:
            received = await _first_messages(socket, "new_session")
            session = ForwardMsg.FromString(received[-1]).new_session.initialize.session_id
            return await asyncio.to_thread(_upload, address, session), b"".join(received)

    statuses, told = asyncio.run(visit())
    assert statuses == {
        "few": [204] * 5,
        "one more": 429,
        "200 MB": 413,
        "200 kB without a length": 413,
        "nobody": 400,
        "removed": 204,
        "after that": 204,
    }
    assert str(REPOSITORY).encode() not in told
    import streamlit

    assert streamlit.__version__.encode() not in told


def _upload(address, session):
    _, headers, _ = _ask(address, "GET", "/_stcore/health")
    token = headers["set-cookie"].split(";")[0].partition("=")[2]
    sent = {"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}", "Content-Type": FORM}
    place = f"/_stcore/upload_file/{session}"

    def put(path, body, **more):
        return _ask(address, "PUT", path, body, {**sent, **more.pop("headers", {})}, **more)[0]

    return {
        "200 MB": put(f"{place}/big", b"", headers={"Content-Length": "200000000"}),
        "200 kB without a length": put(
            f"{place}/big", iter([_form(200_000)]), headers={"Transfer-Encoding": "chunked"}, chunked=True
        ),
        "few": [put(f"{place}/{number}", _form(90_000)) for number in range(5)],
        "one more": put(f"{place}/more", _form(10)),
        "nobody": put("/_stcore/upload_file/nobody/1", _form(10)),
        "removed": _ask(address, "DELETE", f"{place}/0", None, sent)[0],
        "after that": put(f"{place}/more", _form(10)),
    }


def test_a_huge_message_ends_the_visit_and_caches_stay(address):
    async def visit():
        async with _connect(address) as socket:
            await _first_messages(socket, "script_finished")
            clear = BackMsg(clear_cache=True)
            await socket.send(clear.SerializeToString())
            await _first_messages(socket, "script_finished")
            await socket.send(b"\x00" * 1_500_000)
            with contextlib.suppress(websockets.ConnectionClosed):
                while True:
                    await asyncio.wait_for(socket.recv(), 20)
            return socket.close_code

    assert asyncio.run(visit()) == 1009


def test_unknown_addresses_and_wrong_methods_are_said(address):
    status, headers, page = _ask(address, "GET", "/nie-ma?lang=uk")
    assert (status, headers["content-language"]) == (404, "uk")
    assert "Такої сторінки немає." in page.decode()
    assert "content-security-policy" in headers
    assert _ask(address, "GET", "/pomoc")[0] == 200
    assert _ask(address, "POST", "/pomoc")[0] == 405
    assert _ask(address, "GET", "/_stcore/agent/mcp")[0] == 404


_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW")
_ADDRESSES = (
    "/",
    "/pomoc",
    "/pomoc/mapa",
    "/pomoc/podpowiedzi",
    "/placowka/x:0000000000000000",
    "/placowka/..%2fx",
    "/placowka/a%0d%0ab",
    "/placowka/%5c%5cx",
    "/gmina/%00",
    "/gmina/999999",
    "/zglos",
    "/zglos?receipt=nobody",
    "/sitemap.xml",
    "/sitemap/9.xml",
    "/robots.txt",
    "/planowanie",
    "/planowanie/x",
    "/healthz",
    "/geometry/nothing.json",
    "/vendor/nothing.js",
    "/media/nothing.png",
    "/component/nothing/index.html",
    "/_stcore/stream",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/bidi-components/nothing",
    "/static/nothing.js",
    "//evil.example",
    "/%ff",
)


@pytest.mark.parametrize("lang", ["pl", "uk", "en"])
def test_every_error_is_a_page_in_words_with_ways_back_and_112(address, lang):
    for path in _ADDRESSES:
        for method in _METHODS:
            asked = f"{path}{'&' if '?' in path else '?'}lang={lang}"
            status, headers, body = _ask(address, method, asked)
            if status < 400:
                continue
            assert headers.get("content-language") == lang, (method, path, status)
            assert headers["content-type"].startswith("text/html"), (method, path)
            if method != "HEAD":
                assert f'href="/pomoc?lang={lang}"' in body.decode(), (method, path)
                assert 'href="tel:112"' in body.decode(), (method, path)


def test_whatever_is_not_there_is_answered_alike(address):
    unknown = _ask(address, "GET", "/placowka/x:0000000000000000")
    for path in ("/placowka/..%2fx", "/placowka/a%0d%0ab", "/placowka/x", "/gmina/%5c", "/nie-ma"):
        status, headers, body = _ask(address, "GET", path)
        assert (status, body) == (404, unknown[2]), path
        # Answers of a route say that they could be packed.
        told = {"date": "", "vary": ""}
        assert headers | told == unknown[1] | told, path


def test_health_is_told(address):
    assert _ask(address, "GET", "/healthz")[::2] == (200, b"ok")
    status, _, told = _ask(address, "GET", "/readyz")
    assert (status, json.loads(told)["schema"]) == (200, "newest")
    status, _, told = _ask(address, "GET", "/readyz", headers={"X-Forwarded-For": "203.0.113.7"})
    assert (status, json.loads(told)) == (200, {"is_ready": True})
    assert _ask(address, "GET", "/_stcore/metrics")[0] == 200
    assert _ask(address, "GET", "/_stcore/metrics", headers={"X-Forwarded-For": "203.0.113.7"})[0] == 404


def test_the_settings_of_the_repository_keep_the_server_on_this_machine_and_its_pages_light():
    names = ("address", "maxUploadSize", "maxMessageSize", "maxWidgetStateSize", "fileWatcherType")
    asked = f"from streamlit import config; print([config.get_option(f'server.{{n}}') for n in {names!r}])"
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "['127.0.0.1', 1, 10, 1, 'none']"
