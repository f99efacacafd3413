"""The box with its script in Chromium: by keyboard, by touch, on a narrow screen, with a position and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from data.registry.reading import read_registry
from data.store.engine import open_engine
from layers.text import texts_of

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}
TELEPHONE = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}
"""A desk of 1280 × 1024 at 400 %."""
LABEL = "Czego szukasz i gdzie"
NEAR = "Szukaj blisko mnie"


@pytest.fixture(scope="module")
def town(invented_database_url: str) -> tuple[float, float]:
    """Give the latitude and longitude of a town's middle."""
    engine = open_engine(invented_database_url)
    point = read_registry(engine).places.get("l:1").point
    engine.dispose()
    return point.y, point.x


def located(page: Page, town: tuple[float, float], *, accuracy: float = 25.0) -> None:
    """Let the browser say where it is, with the consent of its person."""
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": town[0], "longitude": town[1], "accuracy": accuracy})


def goes_sideways(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_keyboard_alone_chooses_nothing_by_moving(opened):
    page = opened("/?lang=pl", viewport=DESK)
    box = page.get_by_role("combobox", name=LABEL)
    box.focus()
    page.keyboard.type("niby")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(page.locator("form.box > [role=status]")).to_have_text(texts_of("pl").t("box.suggested", count=2))
    before = page.url
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    assert options.nth(1).evaluate("one => getComputedStyle(one).outlineWidth") == "3px"
    assert box.input_value() == "niby"
    assert page.url == before
    page.keyboard.press("Enter")
    page.wait_for_url("**place=l%3A*")
    assert "gmina" in page.locator("main").inner_text()


def test_enter_in_the_box_sends_what_was_typed_and_escape_keeps_it(opened):
    page = opened("/pomoc?lang=pl", viewport=DESK)
    box = page.get_by_role("combobox", name=LABEL)
    box.focus()
    page.keyboard.type("niby")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.input_value() == "niby"
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("Enter")
    page.wait_for_url("**q=niby**")
    assert "place=" not in page.url


def test_tab_leaves_the_list_behind_and_reaches_every_button(opened):
    page = opened("/pomoc?lang=pl", viewport=DESK)
    page.get_by_role("combobox", name=LABEL).focus()
    page.keyboard.type("niby")
    expect(page.get_by_role("option")).to_have_count(2)
    seen = []
    for _ in range(2):
        page.keyboard.press("Tab")
        expect(page.get_by_role("listbox")).to_be_hidden()
        seen.append(page.locator(":focus-visible").inner_text())
    assert seen == ["Szukaj", NEAR]
    assert page.url.endswith("/pomoc?lang=pl")


@pytest.mark.parametrize("viewport", [TELEPHONE, ZOOMED], ids=["320 px", "400 %"])
@pytest.mark.parametrize("lang", ["pl", "uk", "en"])
def test_on_a_narrow_screen_the_list_is_whole_and_a_touch_chooses(opened, viewport, lang):
    page = opened(f"/?lang={lang}", viewport=viewport, has_touch=True, is_mobile=True)
    box = page.get_by_role("combobox")
    box.tap()
    page.keyboard.type("niby")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    assert not goes_sideways(page)
    first = options.first.bounding_box()
    assert first is not None
    assert first["x"] >= 0
    assert first["x"] + first["width"] <= viewport["width"]
    assert first["height"] >= 44
    assert first["y"] + first["height"] <= viewport["height"], "the first one is seen without scrolling"
    options.nth(1).tap()
    page.wait_for_url("**place=l%3A*")


def test_a_position_is_rounded_before_it_leaves(opened, town):
    page = opened("/?lang=pl", viewport=TELEPHONE)
    located(page, town)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer', '')}"))
    page.get_by_label(LABEL).fill("obiad")
    page.get_by_role("button", name=NEAR).click()
    page.wait_for_url("**place=p%3A**")
    assert f"p%3A{town[0]:.2f}%2C{town[1]:.2f}" in page.url
    assert "need=meal" in page.url
    assert not [url for url in asked if re.search(r"\d+\.\d{3,}", url)]
    assert "Odległości liczymy od położenia zaokrąglonego do około 1 km" in page.locator("main").inner_text()
    assert not goes_sideways(page)
    page.go_back()
    expect(page.locator(".near [role=status]")).to_have_text("")


@pytest.mark.parametrize("lang", ["pl", "uk", "en"])
def test_a_refusal_is_told_and_announced(opened, lang):
    texts = texts_of(lang)
    page = opened(f"/pomoc?lang={lang}", viewport=TELEPHONE)
    button = page.get_by_role("button", name=texts.t("box.near"))
    assert "1" in (page.locator(".near .quiet").inner_text())  # how coarse, before anything is asked
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".near [role=status]")).to_have_text(texts.t("box.near_denied"))
    assert page.locator(":focus").inner_text() == texts.t("box.near")
    assert page.url.endswith(f"/pomoc?lang={lang}")
    assert not goes_sideways(page)


def test_a_position_that_is_too_coarse_or_abroad_is_told(opened, town):
    page = opened("/pomoc?lang=pl", viewport=DESK)
    located(page, town, accuracy=20_500)
    page.get_by_role("button", name=NEAR).click()
    expect(page.locator(".near [role=status]")).to_have_text(texts_of("pl").t("box.near_coarse", km="21"))
    assert page.url.endswith("/pomoc?lang=pl")
    located(page, (48.8566, 2.3522))
    page.get_by_role("button", name=NEAR).click()
    page.wait_for_url("**place=p%3A48.86**")
    assert texts_of("pl").t("box.point_outside") in page.locator("main").inner_text()


def test_without_scripts_nothing_of_it_is_there_and_the_box_works(opened):
    page = opened("/?lang=pl", viewport=TELEPHONE, java_script_enabled=False)
    assert page.get_by_role("combobox").count() == 0
    assert page.get_by_role("button", name=NEAR).count() == 0
    assert not page.locator("#podpowiedzi").is_visible()
    page.get_by_label(LABEL).fill("Zmyślona Wola")
    page.keyboard.press("Enter")
    page.wait_for_url("**place=l%3A1**")


def test_nothing_moves_when_the_script_comes(opened):
    tops = []
    for is_there in (False, True):
        page = opened("/gmina/980101?lang=pl", viewport=TELEPHONE)
        if not is_there:
            page.route("**/finder-box.js*", lambda route: route.fulfill(status=200, body=""))
        page.goto("/pomoc?lang=pl&place=l:1&distance_km=100")
        assert page.get_by_role("button", name=NEAR).count() == is_there
        tops.append(page.locator("#wynik").bounding_box())
    assert tops[0] == tops[1]


def test_without_the_host_of_suggestions_the_box_works(opened):
    page = opened("/?lang=pl", viewport=DESK)
    page.route("**/podpowiedzi**", lambda route: route.fulfill(status=200, body="no JSON"))
    page.get_by_role("combobox", name=LABEL).focus()
    page.keyboard.type("Zmyślona Wola")
    page.wait_for_timeout(500)
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**place=l%3A1**")
