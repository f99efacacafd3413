"""A served application and a Chromium that notes every host it is asked to call."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support import application

REPOSITORY = Path(__file__).resolve().parents[2]
SCREENSHOTS = REPOSITORY / "var" / "screenshots"
WAIT_MS = 120_000
"""The first page of a server computes cold, beside the other workers of a run."""


@pytest.fixture(scope="session")
def served_application(real_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the application on real data from a process of its own and give its address."""
    with application.served_application(
        real_database_url, tmp_path_factory.mktemp("server") / "log.txt"
    ) as address:
        yield address


@pytest.fixture(scope="session")
def address(invented_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the application on the invented region and give its address."""
    log = tmp_path_factory.mktemp("invented") / "log.txt"
    with application.served_application(invented_database_url, log) as served:
        yield served


@pytest.fixture
def opened(chromium: Browser, address: str) -> Iterator[Any]:
    """Give a function that opens a page in a browser of its own; afterwards nothing may have been refused or thrown."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(path: str, *, viewport: dict[str, int], **options: Any) -> Page:
        context = chromium.new_context(base_url=address, viewport=viewport, locale="pl-PL", **options)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda told: problems.append(told.text) if told.type == "error" else None)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def requested_hosts() -> set[str]:
    """Collect the hosts that the page of this test asks."""
    return set()


@pytest.fixture
def context(
    chromium: Browser, served_application: str, requested_hosts: set[str]
) -> Iterator[BrowserContext]:
    """Give a fresh browser profile; after the test, no host but ours may have been asked."""
    context = chromium.new_context(
        base_url=served_application,
        locale="pl-PL",
        viewport={"width": 1280, "height": 900},
        accept_downloads=True,
    )
    context.on("request", lambda request: requested_hosts.add(urlsplit(request.url).netloc))
    yield context
    context.close()
    own = {urlsplit(served_application).netloc, ""}  # data: and blob: addresses have no host
    assert requested_hosts - own == set(), "the page asked a foreign host"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Give a page; waiting is patient, the machine may be busy."""
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    expect.set_options(timeout=WAIT_MS)
    return page


@pytest.fixture
def screenshot(page: Page, request: pytest.FixtureRequest):
    """Give a function that keeps a picture of the page in `var/screenshots`, to be looked at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def take(name: str) -> None:
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=False)

    return take
