"""What axe-core finds on pages, in each language and state: nothing that breaks WCAG 2.1 or 2.2 at level A or AA."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from data.registry.reading import read_registry
from data.store.engine import open_engine
from layers.site.place_page import paged_services
from layers.text import LANGUAGES

pytestmark = pytest.mark.browser

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DRAWN = "[data-testid=stApp][data-test-script-state=notRunning]"
MAP = "iframe[src*='st_folium']"
PLANNER = "scope=98&form=DZI-KLS&indicator=gap_share"
STREAMLIT = {
    f"/planowanie?{PLANNER}": MAP,
    f"/planowanie?{PLANNER}&chosen=980101&year=x": ".st-key-area_card h2",
    f"/porownanie?{PLANNER}&other=y2040": MAP,
    f"/scenariusz?{PLANNER}&scenario=z": MAP,
    "/koszty?scope=98": "h1",
    "/raport?scope=98": "h1",
    "/dane": "h1",
    "/metoda": "h1",
}
"""Pages of planners and coordinators, and what stands on each once it is there."""
LIGHT = (
    "/gmina/980101",
    "/nie-ma-takiej-strony",
    "/",
    "/?colour=red&year=x",
    "/pomoc",
    "/pomoc?q=Niby+Wie%C5%9B",
    "/pomoc?q=bezdomny&place=l:1",
    "/pomoc?q=Qxqxqxqx",
    "/pomoc?need=violence&place=l:1",
    "/pomoc?need=childcare&place=g:980103",
    "/pomoc?place=l:4&forms=DZI-KLS&distance_km=1&colour=red",
    "/pomoc?place=l:1&distance_km=100&map=1",
    "/pomoc/mapa?place=l:1&distance_km=100",
    "/pomoc?place=p:48.86,2.35",
)
"""Light pages in their states: nothing asked, offered, not understood, found, not found, with the map."""
NOT_OURS = ('scrollable-region-focusable: <div class="st-emotion',)
"""What Streamlit writes and we cannot change, listed in docs/accessibility.md."""


@pytest.fixture(scope="module")
def place(invented_database_url: str) -> str:
    """Give the address of a place that has a page."""
    engine = open_engine(invented_database_url)
    services = paged_services(read_registry(engine))
    engine.dispose()
    return f"/placowka/{services['facility_handle'].iloc[0]}"


@pytest.fixture(scope="module")
def town(invented_database_url: str) -> str:
    """Give the rounded point of a town."""
    engine = open_engine(invented_database_url)
    point = read_registry(engine).places.get("l:1").point
    engine.dispose()
    return f"p:{point.y:.2f},{point.x:.2f}"


@pytest.fixture(params=[{"width": 320, "height": 640}, {"width": 1280, "height": 900}], ids=["320", "1280"])
def page(request, chromium: Browser, address: str) -> Iterator[Page]:
    """Give a page on a small telephone and on a desk."""
    context = chromium.new_context(base_url=address, viewport=request.param, locale="pl-PL")
    context.set_default_timeout(120_000)
    yield context.new_page()
    context.close()


def breaches(page: Page) -> list[str]:
    """Return what axe-core finds in the page and in the frames of its maps, as "rule: element"; it must have looked."""
    for frame in page.frames:
        frame.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    assert len(found["passes"]) > 10, "axe-core looked at nothing"
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["place", *LIGHT])
def test_a_light_page_breaks_no_rule(page: Page, place: str, path: str, lang: str) -> None:
    path = place if path == "place" else path
    page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    if "map=1" in path:
        page.locator("iframe").scroll_into_view_if_needed()  # it loads once it is near the window
        page.frame_locator("iframe").locator(".leaflet-container").wait_for()
    assert breaches(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/pomoc?need=meal"])
def test_the_box_with_its_list_and_without_a_position_breaks_no_rule(
    page: Page, path: str, lang: str
) -> None:
    page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    page.get_by_role("combobox").focus()
    page.keyboard.type("niby")
    page.get_by_role("option").first.wait_for()
    assert breaches(page) == []
    page.keyboard.press("ArrowDown")
    assert page.locator("[aria-selected=true]").count() == 1
    assert breaches(page) == []
    page.keyboard.press("Escape")
    page.locator(".near button").click()
    page.locator(".near .problem").wait_for()
    assert breaches(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_and_map_that_came_without_a_reload_break_no_rule(page: Page, lang: str) -> None:
    page.goto(f"/pomoc?lang={lang}&place=l:1&distance_km=100")
    page.evaluate("() => { window.isSamePage = true; }")
    page.locator("details.change > summary").click()
    page.locator(".change a[href*='distance_km=50']").click()
    page.wait_for_url("**distance_km=50**")
    assert breaches(page) == []
    page.locator("#mapa a").first.click()
    page.locator("iframe").scroll_into_view_if_needed()
    page.frame_locator("iframe").locator(".leaflet-container").wait_for()
    assert breaches(page) == []
    assert page.evaluate("window.isSamePage")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_near_a_position_breaks_no_rule(page: Page, town: str, lang: str) -> None:
    page.goto(f"/pomoc?lang={lang}&place={town}&distance_km=100")
    assert page.locator(".cards").count()
    assert breaches(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("about", ["", "&gmina=980101", "&what=need&gmina=980101&group=older", "place"])
def test_a_form_of_readers_breaks_no_rule(page: Page, place: str, about: str, lang: str) -> None:
    handle = place.rpartition("/")[2]
    page.goto(f"/zglos?lang={lang}" + (f"&place={handle}" if about == "place" else about))
    assert breaches(page) == []


def test_a_form_that_comes_back_breaks_no_rule_and_says_what_is_wrong(page: Page, place: str) -> None:
    page.goto(f"/zglos?lang=pl&place={place.rpartition('/')[2]}")
    page.get_by_label("Coś innego").check()
    page.get_by_label("Chcesz coś dodać?").fill("nie ma rampy")
    page.get_by_role("button", name="Wyślij").click()  # sooner than a person could
    assert "wyślij jeszcze raz" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Chcesz coś dodać?").input_value() == "nie ma rampy"
    assert page.title().startswith("Popraw:")
    assert breaches(page) == []


@pytest.mark.parametrize("path", STREAMLIT)
def test_a_page_of_planners_and_coordinators_breaks_no_rule(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_selector(STREAMLIT[path])
    page.wait_for_selector(DRAWN)
    page.wait_for_timeout(1500)
    assert [one for one in breaches(page) if not one.startswith(NOT_OURS)] == []


def test_a_breach_is_found(page: Page, place: str) -> None:
    """Text too pale to read and a picture without words, put into a good page, are named."""
    page.goto(place)
    # A style attribute the policy of these pages refuses, so it is set from the script.
    page.evaluate(
        """() => {
            const pale = document.createElement("p");
            pale.textContent = "blady tekst";
            Object.assign(pale.style, {color: "#ccc", background: "#fff"});
            document.querySelector("main").append(pale, document.createElement("img"));
        }"""
    )
    assert {found.split(":")[0] for found in breaches(page)} == {"color-contrast", "image-alt"}
