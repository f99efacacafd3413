"""Two presses so quick that the second leaves the browser before it hears what became of the first."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

pytestmark = [pytest.mark.browser, pytest.mark.mirror]


class Line:
    """The connection of a page to the server, on which the answers can be held back."""

    def __init__(self, page: Page) -> None:
        self._held: list[str | bytes] | None = None
        page.route_web_socket(re.compile("/_stcore/stream"), self._join)

    def _join(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()
        self._browser = browser
        browser.on_message(server.send)
        server.on_message(self._answer)

    def _answer(self, message: str | bytes) -> None:
        if self._held is None:
            self._browser.send(message)
        else:
            self._held.append(message)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the answers of the server from the page as long as this lasts."""
        self._held = []
        yield
        held, self._held = self._held, None
        for message in held:
            self._browser.send(message)


def group_choice(page: Page, name: str) -> Locator:
    """Return the row of a choice; while a page changes, that of before may still stand beside the new one."""
    return page.get_by_test_id("stRadioOption").filter(has_text=name).first


def test_a_level_and_a_group_pressed_at_once_are_both_kept_and_each_is_one_step_back(page: Page) -> None:
    line = Line(page)
    page.goto("/planowanie?scope=12&indicator=facilities_count")
    level = group_choice(page, "powiaty")
    homeless = group_choice(page, "Osoby w kryzysie bezdomności")
    expect(level).to_be_visible()
    with line.held():
        level.click()
        homeless.click()
    expect(page).to_have_url(re.compile(r"group=homeless"))
    expect(page).to_have_url(re.compile(r"level=powiat"))
    expect(homeless.locator("input")).to_be_checked()
    expect(level.locator("input")).to_be_checked()

    page.go_back()
    expect(page).not_to_have_url(re.compile(r"group=homeless"))
    expect(homeless.locator("input")).not_to_be_checked()
    expect(level.locator("input")).to_be_checked()
    page.go_back()
    expect(level.locator("input")).not_to_be_checked()
    page.go_forward()
    page.go_forward()
    expect(homeless.locator("input")).to_be_checked()
    expect(page).to_have_url(re.compile(r"group=homeless"))


def test_two_steps_forward_at_once_end_where_the_address_says(page: Page) -> None:
    page.goto("/planowanie?scope=12&indicator=facilities_count")
    homeless = group_choice(page, "Osoby w kryzysie bezdomności")
    homeless.click()
    expect(page).to_have_url(re.compile(r"group=homeless"))
    group_choice(page, "Osoby z niepełnosprawnościami").click()
    expect(page).to_have_url(re.compile(r"group=disabled"))
    page.go_back()
    expect(homeless.locator("input")).to_be_checked()
    page.go_back()
    expect(homeless.locator("input")).not_to_be_checked()
    page.go_forward()
    page.go_forward()
    expect(page).to_have_url(re.compile(r"group=disabled"))
    expect(group_choice(page, "Osoby z niepełnosprawnościami").locator("input")).to_be_checked()
