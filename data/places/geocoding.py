"""
The address service of GUGiK (UUG): one question a second, every answer kept, no failure passed on.

The service is off unless its address is set. Its published limit is not known; it blocks addresses that ask in
bulk (docs/geocoding.md), so the client is slow on purpose and gives up early.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import Any, Protocol
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from data.places.address_answers import Candidate, DoorAddress, candidates
from geo.errors import OptionError

UUG_URL = "https://services.gugik.gov.pl/uug/"
_USER_AGENT = "mapa-wsparcia-spolecznego (one request a second)"
_TRIES = 3
_FIRST_PAUSE_S = 2.0
_LONGEST_PAUSE_S = 60.0
_FAILURES_TO_GIVE_UP = 3
_BUSY = frozenset({429, 500, 502, 503, 504})
_LARGEST_ANSWER_BYTES = 1_000_000
_REFUSED = frozenset({401, 403})
"""The service blocks who asks too much: more questions would make it worse."""


class AddressFinder(Protocol):
    """Whatever finds candidates for an address: the client of UUG, or a stand-in of a test."""

    def find(self, address: DoorAddress) -> Sequence[Candidate]:
        """Return the candidates of an address; none when there is none, or when the service fails."""
        ...


class _UnavailableError(Exception):
    """The service did not answer, in spite of waiting; `is_final` when it refuses to."""

    def __init__(self, *, is_final: bool = False) -> None:
        super().__init__()
        self.is_final = is_final


class Geocoder:
    """
    A client of UUG that is polite and forgets nothing.

    Parameters
    ----------
    url
        Address of the service, http or https.
    cache
        File of answers, one JSON object a line; made when missing. What is asked once is not asked again
        until the line is deleted or older than `keep_days`.
    pause_s
        Shortest time between the beginnings of two requests.
    most_requests
        Requests of one run, so that a first load does not last for days; the rest is asked by the next run.

    Attributes
    ----------
    counts
        `asked`, `from_cache`, `failed`, and `not_asked`: the limit was reached, or three failures in a row or a
        refusal ended the asking.
    """

    def __init__(
        self,
        url: str,
        cache: Path,
        *,
        pause_s: float = 1.0,
        timeout_s: float = 10.0,
        most_requests: int = 3_600,
        keep_days: int = 730,
        today: Callable[[], date] = date.today,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
            raise OptionError(
                f"expected the address of an address service, such as {UUG_URL}, found {url!r}; "
                "correct SUPPORT_MAP_GEOCODER_URL, or leave it empty to ask nobody",
                url=url,
            )
        self.counts: Counter[str] = Counter()
        self._url = url
        self._answers = AnswerFile(cache, url=url, keep_days=keep_days, today=today)
        self._pause_s = pause_s
        self._timeout_s = timeout_s
        self._requests_left = most_requests
        self._failures_in_row = 0
        self._next_at: float | None = None
        self._now = now
        self._sleep = sleep

    def find(self, address: DoorAddress) -> list[Candidate]:
        """
        Return answers whose locality, street and house number are those of an address.

        Only when no house of that number is known the street itself is asked for. A failure of the service is
        counted and gives no candidates; nothing is raised.
        """
        found: list[Candidate] = []
        if address.house_number:
            found = candidates(self._answer(_question(address)), address)
        if not found and address.street:
            street = DoorAddress(address.locality_name, address.street, None)
            found = candidates(self._answer(_question(street)), street)
        return found

    def report(self) -> str:
        """Return one line for the report of a load."""
        words = ("asked", "from_cache", "failed", "not_asked")
        return "address service: " + ", ".join(
            f"{self.counts[word]} {word.replace('_', ' ')}" for word in words
        )

    def _answer(self, question: str) -> Mapping[str, Any] | None:
        kept = self._answers.get(question)
        if kept is not None:
            self.counts["from_cache"] += 1
            return kept
        if self._requests_left <= 0 or self._failures_in_row >= _FAILURES_TO_GIVE_UP:
            self.counts["not_asked"] += 1
            return None
        try:
            answer = self._request(question)
        except _UnavailableError as error:
            self.counts["failed"] += 1
            self._failures_in_row = _FAILURES_TO_GIVE_UP if error.is_final else self._failures_in_row + 1
            return None
        self._failures_in_row = 0
        self.counts["asked"] += 1
        self._answers.keep(question, answer)
        return answer

    def _request(self, question: str) -> Mapping[str, Any]:
        """Ask, and ask again after a growing pause while the service is busy or unreachable."""
        query = urlencode({"request": "GetAddress", "address": question, "srid": "4326"})
        request = Request(  # noqa: S310 - the scheme was checked when the client was made
            f"{self._url}{'&' if '?' in self._url else '?'}{query}", headers={"User-Agent": _USER_AGENT}
        )
        pause_s = _FIRST_PAUSE_S
        for attempt in range(_TRIES):
            self._wait_for_turn()
            try:
                with urlopen(request, timeout=self._timeout_s) as response:  # noqa: S310 - as above
                    return _parsed(response.read(_LARGEST_ANSWER_BYTES))
            except HTTPError as error:
                with error:
                    if error.code not in _BUSY:
                        raise _UnavailableError(is_final=error.code in _REFUSED) from error
                    wished_s = _retry_after_s(error.headers)
            except (OSError, HTTPException):
                wished_s = None
            if attempt + 1 < _TRIES and self._requests_left > 0:
                self._sleep(min(max(pause_s, wished_s or 0.0), _LONGEST_PAUSE_S))
                pause_s *= 2
            else:
                break
        raise _UnavailableError

    def _wait_for_turn(self) -> None:
        if self._next_at is not None and (wait_s := self._next_at - self._now()) > 0:
            self._sleep(wait_s)
        self._next_at = self._now() + self._pause_s
        self._requests_left -= 1


class AnswerFile:
    """
    Answers by question, kept in a file of JSON lines with the day of each.

    A line is added at the end and never rewritten: a load that is broken off loses at most its last line.
    """

    def __init__(self, path: Path, *, url: str, keep_days: int, today: Callable[[], date]) -> None:
        self._path = path
        self._url = url
        self._today = today
        self._answers = dict(self._read(keep_days))

    def get(self, question: str) -> Mapping[str, Any] | None:
        """Return the answer kept for a question, or None."""
        return self._answers.get(question)

    def keep(self, question: str, answer: Mapping[str, Any]) -> None:
        """Keep an answer with today's date."""
        self._answers[question] = answer
        line = {"asked_on": self._today().isoformat(), "url": self._url, "question": question} | {
            "answer": answer
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError:
            return  # a full disk costs the next run a question, not this one its load

    def _read(self, keep_days: int) -> Iterable[tuple[str, Mapping[str, Any]]]:
        if not self._path.is_file():
            return
        for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                kept = json.loads(line)
                age_days = (self._today() - date.fromisoformat(kept["asked_on"])).days
                question, answer = kept["question"], kept["answer"]
            except (ValueError, KeyError, TypeError):
                continue  # the torn last line of a load that was broken off
            if kept.get("url") == self._url and age_days <= keep_days and isinstance(answer, dict):
                yield question, answer


def _question(address: DoorAddress) -> str:
    """Return "Town, Street 1" or "Village 1"; the comma after a town with streets is needed."""
    if not address.street:
        return f"{address.locality_name} {address.house_number}"
    return f"{address.locality_name}, {' '.join(filter(None, (address.street, address.house_number)))}"


def _parsed(body: bytes) -> Mapping[str, Any]:
    """Return the answer; a page that says the service is closed counts as no answer."""
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise _UnavailableError from error
    if not isinstance(answer, dict) or "results" not in answer:
        raise _UnavailableError
    return answer


def _retry_after_s(headers: Message) -> float | None:
    text = headers.get("Retry-After", "")
    return float(text) if text.isdigit() else None
