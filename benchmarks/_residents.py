"""People who search the finder over and over, each with a connection that a browser would keep."""

import asyncio
import gzip
import random
import time
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode, urlsplit

PATIENCE_S: Final = 60.0
_LOOKED_AT: Final = 10
"""One page of so many is unpacked and read."""
_MOST_REDIRECTS: Final = 3


@dataclass
class Searches:
    """Seconds from a query to the whole page of its list, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def crowd(address: str, queries: list[str], *, people: int, every_s: float, for_s: float) -> Searches:
    """
    Let so many people search, each every few seconds on a clock of their own, and return what they met.

    Who is still waiting when their next search is due searches again as soon as the page is there.
    """
    found, chosen = Searches(), random.Random(20261130)
    begins_at = time.monotonic()

    async def person(number: int) -> None:
        connection = _Connection(address)
        due = begins_at + every_s * number / people
        while due < begins_at + for_s:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            query, started = chosen.choice(queries), time.perf_counter()
            try:
                await asyncio.wait_for(connection.search(query), PATIENCE_S)
            except Exception as error:  # noqa: BLE001 - whatever it is, a person saw no list
                found.errors.append(f"{query}: {type(error).__name__} {error}")
                connection = _Connection(address)
            else:
                found.seconds.append(time.perf_counter() - started)
            due = max(due + every_s, time.monotonic())
        connection.close()

    await asyncio.gather(*(person(number) for number in range(people)))
    return found


def run_crowd(address: str, queries: list[str], people: int, every_s: float, for_s: float) -> Searches:
    """Run `crowd` in a process of its own, so that nothing else holds up its clock."""
    return asyncio.run(crowd(address, queries, people=people, every_s=every_s, for_s=for_s))


class _Connection:
    """One connection of HTTP/1.1, opened anew where the server has closed it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = str(parts.hostname), int(parts.port or 80)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._asked = 0

    async def search(self, query: str) -> None:
        """Send what a person typed, go where it leads, and take the whole page."""
        path = f"/pomoc?{urlencode({'lang': 'pl', 'q': query})}"
        for _ in range(_MOST_REDIRECTS):
            try:
                status, headers, body = await self._get(path)
            except (ConnectionError, asyncio.IncompleteReadError):
                # The server had closed what was kept open: a browser asks again over a new one.
                self.close()
                status, headers, body = await self._get(path)
            if status != 303:
                break
            path = headers["location"]
        self._asked += 1
        if status != 200:
            raise ValueError(f"expected 200 of {path}, found {status}")
        if self._asked % _LOOKED_AT == 1:
            page = gzip.decompress(body).decode()
            if 'href="tel:' not in page:
                raise ValueError(f"expected telephones at {path}, found another page")

    async def _get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        if self._streams is None or self._streams[1].is_closing():
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nAccept-Encoding: gzip\r\n"
            "Accept-Language: pl\r\n\r\n".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.close()
        return int(first.split()[1]), headers, body

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
