"""A visitor uploads a few scenarios of at most 100 kB; no other request brings anything along."""

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from layers.serving import body_limits
from layers.serving.body_limits import A_WHILE_S, LARGEST_UPLOAD, MOST_IN_A_WHILE, MOST_KEPT, BodyLimits
from tests.support.asking import asked

PIECE = b"x" * 10_000
UPLOAD = "/_stcore/upload_file"


class Kept:
    """A server whose visitors are `anna` and `jan`."""

    def __init__(self):
        self.files = {"anna": {}, "jan": {}}

    def is_visitor(self, session):
        return session in self.files

    def kept(self, session):
        return frozenset(self.files[session])

    def kept_of_all(self):
        return sum(len(files) for files in self.files.values())


class World:
    """The middleware before an application that keeps what it is given."""

    def __init__(self):
        self.kept, self.now, self.read = Kept(), 0.0, 0
        self.app = BodyLimits(self._keep, uploads=self.kept, clock=lambda: self.now)

    async def _keep(self, scope, receive, send):
        body = await Request(scope, receive).body()
        self.read += len(body)
        if scope["method"] == "PUT":
            *_, session, file = scope["path"].split("/")
            self.kept.files[session][file] = body
        await PlainTextResponse("kept")(scope, receive, send)

    def put(self, session, file, body=(b"{}",), **headers):
        sent = headers or {"content-length": str(sum(map(len, body)))}
        path = f"/_stcore/upload_file/{session}/{file}"
        return asked(self.app, path, method="PUT", body=body, headers=sent)


@pytest.fixture
def world():
    return World()


def test_a_scenario_arrives_whole(world):
    assert world.put("anna", "1", [PIECE] * 10).status == 200
    assert len(world.kept.files["anna"]["1"]) == LARGEST_UPLOAD


def test_a_length_beyond_the_limit_is_refused_before_anything_is_read(world):
    answer = world.put("anna", "1", [PIECE], **{"content-length": str(200_000_000)})
    assert (answer.status, world.read) == (413, 0)
    assert answer.headers["connection"] == "close"
    assert answer.body.decode().startswith("Plik jest za duży.")


def test_a_body_without_a_length_is_counted_while_it_comes(world):
    pieces = [PIECE] * 20_000
    answer = world.put("anna", "1", pieces, **{"transfer-encoding": "chunked"})
    assert (answer.status, world.read) == (413, 0)


def test_a_lie_about_the_length_is_counted_too(world):
    assert world.put("anna", "1", [PIECE] * 50, **{"content-length": "12"}).status == 413
    assert world.put("anna", "1", [PIECE], **{"content-length": "many"}).status == 413


def test_more_than_a_few_files_are_refused_until_one_goes(world):
    for number in range(MOST_KEPT):
        assert world.put("anna", str(number)).status == 200
    assert world.put("anna", "one more").status == 429
    assert world.put("anna", "0").status == 200, "the same file again"
    assert world.put("jan", "1").status == 200, "another visitor"
    del world.kept.files["anna"]["3"]
    assert world.put("anna", "one more").status == 200


def test_too_many_in_a_while_are_refused(world):
    for _ in range(MOST_IN_A_WHILE):
        assert world.put("anna", "1").status == 200
    assert world.put("anna", "1").status == 429
    world.now = A_WHILE_S + 1
    assert world.put("anna", "1").status == 200
    assert world.app.turns.names() == {"anna"}


def test_all_visitors_together_have_a_limit(world, monkeypatch):
    monkeypatch.setattr(body_limits, "MOST_KEPT_OF_ALL", 2)
    assert [world.put(name, "1").status for name in ("anna", "jan")] == [200, 200]
    assert world.put("jan", "2").status == 429


def test_who_is_no_visitor_is_refused_and_leaves_no_trace(world):
    for number in range(100):
        assert world.put(f"nobody{number}", "1").status == 400
    assert (len(world.app.turns.names()), len(world.app._coming), world.read) == (0, 0, 0)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/pomoc"),
        ("GET", "/"),
        ("DELETE", "/_stcore/upload_file/anna/1"),
        ("POST", "/_stcore/upload_file/anna/1"),
    ],
)
def test_nothing_else_may_bring_anything_along(world, method, path):
    chunked = {"transfer-encoding": "chunked"}
    assert asked(world.app, path, method=method, body=[PIECE] * 3, headers=chunked).status == 413
    assert asked(world.app, path, method=method).status == 200


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({}, "Plik jest za duży."),
        ({"accept-language": "uk-UA,uk;q=0.9,en;q=0.5"}, "Файл завеликий."),
        ({"referer": "http://host/scenariusz?lang=en", "accept-language": "uk"}, "The file is too large."),
        ({"referer": "http://[broken?lang=en"}, "Plik jest za duży."),
    ],
)
def test_a_refusal_speaks_the_language_of_the_page(world, headers, words):
    answer = world.put("anna", "1", [PIECE], **{"content-length": "999999"}, **headers)
    assert answer.body.decode().startswith(words)


def test_a_body_that_trickles_is_given_up(world, monkeypatch):
    import anyio

    monkeypatch.setattr(body_limits, "LONGEST_UPLOAD_S", 0.05)
    sent = []

    async def receive():
        await anyio.sleep(10)

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "PUT",
        "path": "/_stcore/upload_file/anna/1",
        "headers": [(b"content-length", b"100")],
    }
    anyio.run(world.app, scope, receive, send)
    assert sent[0]["status"] == 408
    assert not world.app._coming
