"""A local server that plays answers of the address service (UUG), and a clock that nobody waits for."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

NOTHING = {"type": "address", "found objects": 15, "returned objects": 0, "results": None}
QUESTIONS = {
    "Sypniewo, Miodowa 10": "address_one",
    "Zakrzewo 45": "address_ambiguous",
    "Warszawa, Marszałkowska": "street",
    "Swarzędz 3": "city_one",
}
"""What was asked when the answers of the mirror were recorded; the rest is answered with `address_none`."""


def recorded_answers(mirror: Path) -> dict[str, Any]:
    """Return the answers of the mirror by question."""
    text = (mirror / "api_samples" / "gugik_uug" / "uug_recorded_2026-09-18.json").read_text(encoding="utf-8")
    recorded = json.loads(text)
    return {question: recorded[name] for question, name in QUESTIONS.items()}


class UugServer(ThreadingHTTPServer):
    """
    Plays `answers` by question; before them, once each, the HTTP codes or raw pages of `faults`.

    `questions` keeps what was asked, `queries` with all parameters.
    """

    def __init__(
        self, answers: Mapping[str, Any], faults: list[int | bytes], retry_after: str | None
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.faults = faults
        self.retry_after = retry_after
        self.queries: list[dict[str, str]] = []
        self.agents: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/uug/"

    @property
    def questions(self) -> list[str]:
        return [query["address"] for query in self.queries]


class _Handler(BaseHTTPRequestHandler):
    server: UugServer

    def do_GET(self) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.server.queries.append(query)
        self.server.agents.append(self.headers["User-Agent"])
        fault = self.server.faults.pop(0) if self.server.faults else None
        answer = self.server.answers.get(query["address"], NOTHING)
        body = fault if isinstance(fault, bytes) else json.dumps(answer).encode()
        self.send_response(fault if isinstance(fault, int) else 200)
        if fault is not None and self.server.retry_after:
            self.send_header("Retry-After", self.server.retry_after)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def playing(
    answers: Mapping[str, Any], *, faults: list[int | bytes] | None = None, retry_after: str | None = None
) -> Iterator[UugServer]:
    """Run a server for the time of a test."""
    with UugServer(answers, list(faults or []), retry_after) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class Clock:
    """A clock that sleeping moves on; `slept` keeps how long each sleep was."""

    def __init__(self) -> None:
        self.at = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


def result(
    city: str, street: str | None, number: str | None, unit: str, x: float, y: float, **more: str
) -> dict:
    """Return one result as the service writes it: coordinates are text, `jednostka` is in braces."""
    return {
        "city": city,
        "street": street,
        "number": number,
        "code": more.get("code"),
        "jednostka": unit,
        "x": str(x),
        "y": str(y),
    }


def answer(*results: dict, kind: str = "address") -> dict:
    """Return an answer with some results."""
    numbered = {str(number): one for number, one in enumerate(results, start=1)}
    return {"type": kind, "found objects": 15, "returned objects": len(results), "results": numbered or None}
