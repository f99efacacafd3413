"""Debian's Chromium, driven by Playwright, that calls nobody by itself."""

import contextlib
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

# Without these Chromium looks for updates and Google's hosts: calls of its own, not of the page.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """Return the path of Chromium, or None."""
    return shutil.which("chromium")


@contextlib.contextmanager
def running_chromium(path: str) -> Iterator[Browser]:
    """Start Chromium and stop it; while it runs, no other event loop can run in this thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
