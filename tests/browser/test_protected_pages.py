"""
Pages of a server that ran before a load protected what it had shown, searched for the true address and point.

Searched are sources of all frames, answers, websocket messages, tooltips and popups, the console and the server's log;
other outputs are searched in `tests/test_protection.py`.
"""

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from layers.view.page_addresses import is_light
from tests.support.application import served_application
from tests.support.protected_world import FIRST_DAY, OPEN_ADDRESS, SECRETS, changing_world

RESIDENT = "/pomoc?place=g:980108&distance_km=50"
PAGES = (
    "/",
    f"{RESIDENT}&group=homeless",
    f"{RESIDENT}&group=disabled",
    f"{RESIDENT}&group=older",
    f"{RESIDENT}&group=homeless&map=1",
    f"{RESIDENT}&group=disabled".replace("/pomoc", "/pomoc/mapa"),
    "/planowanie?group=homeless&form=BEZ-SCH&indicator=facilities_count&chosen=980108",
    "/planowanie?group=disabled&form=REI-WTZ&indicator=coverage_share&level=powiat",
    "/planowanie?group=homeless&form=BEZ-SCH&indicator=gap_share&norm=50&is_estimate=True&chosen=980108",
    "/porownanie?group=homeless&form=BEZ-SCH&indicator=facilities_count",
    "/scenariusz?group=homeless&form=BEZ-SCH&indicator=gap_share&norm=50&is_estimate=True&chosen=980108",
    "/koszty?level=gmina&chosen=980108&indicator=facilities_count",
    "/raport?group=homeless&form=BEZ-SCH&indicator=facilities_count",
    "/dane",
)
SHOWN_BEFORE = (
    f"{RESIDENT}&group=homeless",
    f"/planowanie?group=homeless&form=BEZ-NOC&indicator=facilities_count&day={FIRST_DAY}&chosen=980108",
    f"/porownanie?group=homeless&form=BEZ-SCH&indicator=facilities_count&day={FIRST_DAY}",
    f"/dane?day={FIRST_DAY}",
)
"""Pages that fill the caches of the server with what is protected later."""
OF_TWO_DAYS = (
    f"/porownanie?group=homeless&form=BEZ-SCH&indicator=facilities_count&other=d{FIRST_DAY}",
    f"/planowanie?group=homeless&form=BEZ-SCH&indicator=community_share&since={FIRST_DAY}",
    f"/planowanie?group=homeless&form=BEZ-NOC&indicator=facilities_count&day={FIRST_DAY}&chosen=980108",
)


AT_A_TIME = 3
"""Pages that are open at once: one computes while another draws."""


@pytest.mark.browser
def test_no_page_of_a_server_that_ran_before_tells(chromium: Browser, tmp_path: Path):
    """The server is up, and its caches are warm, when a load and a person protect what it has shown."""
    log = tmp_path / "server.log"
    before: list[tuple[str, bytes]] = []
    heard: list[tuple[str, bytes]] = []
    of_day = f"day={FIRST_DAY}"
    with changing_world(tmp_path) as (url, protect), served_application(url, log) as address:
        context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        visit(context, SHOWN_BEFORE, before)
        assert SECRETS.found_in(b"\n".join(content for _, content in before))
        lasting = light_pages(context)
        assert SECRETS.found_in(b"\n".join(lasting.values()))
        told = protect()
        visit(context, PAGES, heard)
        visit(context, [f"{path}{'&' if '?' in path else '?'}{of_day}" for path in PAGES], heard)
        visit(context, OF_TWO_DAYS, heard)
        paths = {*lasting, *light_pages(context)}
        heard += [(f"answer {path}", context.request.get(path).body()) for path in paths]
        context.close()
    heard += [("server log", log.read_bytes()), ("commands", told.encode())]
    kinds = {kind.partition(" ")[0] for kind, _ in heard}
    assert {"websocket", "answer", "source", "server"} <= kinds
    assert "page not shown" not in log.read_text(encoding="utf-8", errors="replace")
    everything = b"\n".join(content for _, content in heard)
    assert OPEN_ADDRESS.encode() in everything
    assert b"Schronisko dla rodzin" in everything
    # Each page hears again what the page before did: fonts, programs, borders.
    kind_of = {content: kind for kind, content in heard}
    assert {kind: found for content, kind in kind_of.items() if (found := SECRETS.found_in(content))} == {}


def light_pages(context: BrowserContext) -> dict[str, bytes]:
    """Return every page that the sitemap has, and the sitemap, by their addresses."""
    whole = context.request.get("/sitemap.xml").body()
    paths = [urlsplit(address) for address in re.findall(r"<loc>([^<]+)</loc>", whole.decode())]
    pages = {f"{path.path}?{path.query}": b"" for path in paths}
    return {"/sitemap.xml": whole} | {path: context.request.get(path).body() for path in pages}


def visit(context: BrowserContext, paths: Sequence[str], heard: list[tuple[str, bytes]]) -> None:
    """Open pages and keep everything that they hear until they are quiet; some at a time, as visitors come."""
    for first in range(0, len(paths), AT_A_TIME):
        pages = [(path, context.new_page()) for path in paths[first : first + AT_A_TIME]]
        for path, page in pages:
            page.set_default_timeout(60_000)
            listen(page, heard)
            page.goto(path, wait_until="commit")
        for path, page in pages:
            page.locator("h1, [data-testid=stHeading], .folium-map").first.wait_for()
            if not is_light(path.partition("?")[0]):
                page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
            elif page.locator("iframe").count():
                # A map that is far below loads when somebody comes near, and a frame without a page is waited for.
                page.locator("iframe").scroll_into_view_if_needed()
                page.frame_locator("iframe").locator(".folium-map").first.wait_for()
        page.wait_for_timeout(1000)  # frames of maps draw by themselves
        for path, page in pages:
            heard += [(f"source of {path}", frame.content().encode()) for frame in page.frames]
            page.close()


def listen(page: Page, heard: list[tuple[str, bytes]]) -> None:
    """Keep every answer, websocket message and word of the console."""

    def keep_frame(payload: bytes | str) -> None:
        heard.append(("websocket message", payload if isinstance(payload, bytes) else payload.encode()))

    def keep_answer(response) -> None:
        # Programs of the installed packages are the same whatever the database holds.
        if not response.ok or "/static/js/" in response.url or "/static/css/" in response.url:
            return
        with contextlib.suppress(Exception):  # a redirect or an aborted preload has no body
            heard.append((f"answer {response.url}", response.body()))

    def keep_socket(socket) -> None:
        socket.on("framereceived", keep_frame)
        socket.on("framesent", keep_frame)

    page.on("websocket", keep_socket)
    page.on("response", keep_answer)
    page.on("console", lambda message: heard.append(("console", message.text.encode())))
