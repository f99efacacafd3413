"""Light pages in Chromium with scripts switched off: on a telephone, by keyboard, on a narrow screen, on paper."""

from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from data.registry.reading import read_registry
from data.store.engine import open_engine
from layers.site.place_page import paged_services

SIZES = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})
GMINA = "/gmina/980101"
FINDER = "/pomoc"
FINDER_LIST = "/pomoc?place=l:1&distance_km=100&need=bed_tonight&only=xyz&map=1"


@pytest.fixture(scope="module")
def place(invented_database_url: str) -> str:
    """Give the address of a place with a telephone."""
    engine = open_engine(invented_database_url)
    services = paged_services(read_registry(engine))
    engine.dispose()
    with_phone = services[services["phones"].map(bool) & (services["gmina_code"] == "980101")]
    return f"/placowka/{with_phone['facility_handle'].iloc[0]}"


@pytest.fixture(params=SIZES, ids=lambda size: str(size["width"]))
def context(request, chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """Give a browser without scripts, in a size."""
    context = chromium.new_context(
        base_url=address, java_script_enabled=False, viewport=request.param, locale="pl-PL"
    )
    yield context
    context.close()


def goes_sideways(page: Page) -> bool:
    """Tell whether the page is wider than the window; Chromium measures it without the page's scripts."""
    metrics = page.context.new_cdp_session(page).send("Page.getLayoutMetrics")
    return bool(metrics["cssContentSize"]["width"] > metrics["cssLayoutViewport"]["clientWidth"])


@pytest.mark.browser
def test_from_a_gmina_to_a_telephone_without_scripts(context: BrowserContext, place: str):
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(GMINA)
    assert len(asked) <= 8
    assert not goes_sideways(page)
    page.locator(f'a[href^="{place}?"]').first.click()
    assert page.url.endswith(f"{place}?lang=pl")
    call = page.locator("main a.call").first
    assert (call.get_attribute("href") or "").startswith("tel:+48")
    box = call.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] < 844  # seen without scrolling
    assert not goes_sideways(page)
    page.get_by_role("link", name="Українська").click()
    assert page.locator("html").get_attribute("lang") == "uk"
    assert page.locator('nav [aria-current="true"]').inner_text() == "Українська"


@pytest.mark.browser
def test_keyboard_alone_reaches_the_telephone_and_shows_where_it_is(context: BrowserContext, place: str):
    page = context.new_page()
    page.goto(place)
    seen = []
    for _ in range(8):
        page.keyboard.press("Tab")
        focused = page.locator(":focus-visible")
        assert focused.count() == 1
        seen.append(focused.get_attribute("href") or "")
        box = focused.bounding_box()
        assert box is not None
        assert box["x"] >= 0  # the skip link comes into view, too
        if seen[-1].startswith("tel:"):
            break
    assert seen[0] == "#tresc"
    assert seen[-1].startswith("tel:")
    styles = page.context.new_cdp_session(page)
    styles.send("DOM.enable")
    styles.send("CSS.enable")
    root = styles.send("DOM.getDocument")["root"]["nodeId"]
    node = styles.send("DOM.querySelector", {"nodeId": root, "selector": ":focus"})["nodeId"]
    computed = styles.send("CSS.getComputedStyleForNode", {"nodeId": node})["computedStyle"]
    assert {one["name"]: one["value"] for one in computed}["outline-width"] == "3px"


@pytest.mark.browser
def test_the_finder_without_scripts_leads_from_a_need_to_a_telephone(context: BrowserContext):
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto("/pomoc?lang=pl")
    page.get_by_role("link", name="Jedzenie").click()
    page.get_by_label("Czego szukasz i gdzie").fill("Zmyślona Wola")
    page.get_by_role("button", name="Szukaj").click()
    page.wait_for_url("**place=l%3A1**")
    assert "need=meal" in page.url
    # Two pages, the list, the way from the words to its address, style and icon.
    assert len(set(asked)) <= 6
    assert not goes_sideways(page)
    page.goto("/pomoc?lang=pl&place=l:1&forms=CAL-DPS")
    call = page.locator("main a.call").first
    box = call.bounding_box()
    assert box is not None
    assert (call.get_attribute("href") or "").startswith("tel:+48")
    assert box["height"] >= 44
    warning = page.locator(
        "main > .notice"
    ).first.bounding_box()  # that data are invented; real pages have none
    assert warning is not None
    assert box["y"] + box["height"] - warning["height"] < 844  # seen without scrolling
    page.locator("summary", has_text="zmień albo zawęź").click()
    page.get_by_role("link", name="50 km").click()
    page.wait_for_url("**distance_km=50**")
    page.get_by_role("link", name="Pokaż mapę").click()
    frame = page.frame_locator("iframe[title^='Mapa pomocy']")
    assert "Mapa potrzebuje JavaScriptu." in frame.locator("noscript p").inner_text()


@pytest.mark.browser
def test_nothing_in_the_finder_is_chosen_by_moving(context: BrowserContext):
    page = context.new_page()
    page.goto("/pomoc?lang=pl&q=Niby+Wie%C5%9B")
    before, seen = page.url, []
    while True:
        page.keyboard.press("Tab")
        focused = page.locator(":focus-visible")
        if not focused.count():
            break  # past the last link, the browser's own buttons
        seen.append(focused.inner_text() or focused.get_attribute("name") or "")
        page.keyboard.press("ArrowDown")
        assert page.url == before
    assert seen[0] == "Przejdź do treści"
    assert sum("Niby Wieś" in words for words in seen) == 2
    page.get_by_role("link", name="gmina Nigdzieżyce").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**place=l%3A3**")


@pytest.mark.browser
def test_the_map_of_the_finder_has_the_marks_of_its_list(chromium: Browser, address: str):
    page = chromium.new_page(base_url=address, viewport=SIZES[1])
    page.goto("/pomoc?lang=pl&place=l:1&distance_km=100&map=1#mapa")
    frame = page.frame_locator("iframe[title^='Mapa pomocy: Zmyślona Wola']")
    frame.locator(".leaflet-container").wait_for()
    frame.get_by_text("Pomoc w pobliżu").wait_for()
    assert frame.locator("html").get_attribute("lang") == "pl"
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", [GMINA, "place", "/nie-ma-takiej-strony", FINDER, FINDER_LIST])
def test_nothing_is_cut_at_320_pixels(chromium: Browser, address: str, place: str, path: str):
    context = chromium.new_context(
        base_url=address, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    for lang in ("pl", "uk", "en"):
        path = place if path == "place" else path
        page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        assert not goes_sideways(page)
    context.close()


@pytest.mark.browser
def test_a_place_prints_on_one_sheet_of_a4_with_the_place_itself_on_its_first_side(
    chromium: Browser, address: str, place: str, tmp_path: Path
):
    page = chromium.new_page(base_url=address, java_script_enabled=False)
    page.goto(f"{place}?lang=pl")
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    (tmp_path / "place.pdf").write_bytes(printed)
    sheet = pypdf.PdfReader(tmp_path / "place.pdf")
    assert len(sheet.pages) <= 2
    width, height = (round(float(side) / 72 * 25.4) for side in sheet.pages[0].mediabox.upper_right)
    assert (width, height) == (210, 297)
    first, *others = (" ".join(side.extract_text().split()) for side in sheet.pages)
    for said in ("112 – numer alarmowy", "Zadzwoń: ", "Gdzie to jest", "Skąd to wiemy", "Źródło: "):
        assert said in first
    assert "Jak się dostać, krok po kroku" in " ".join([first, *others])


@pytest.mark.browser
def test_a_list_prints_with_its_telephones_and_without_what_cannot_be_pressed(
    chromium: Browser, address: str, tmp_path: Path
):
    page = chromium.new_page(base_url=address, java_script_enabled=False)
    page.goto("/pomoc?lang=pl&place=l:1")
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    (tmp_path / "list.pdf").write_bytes(printed)
    told = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "list.pdf").pages)
    assert "Zadzwoń: 000 000 001" in " ".join(told.split())
    assert "112" in told
    for gone in ("Szukaj", "Pokaż mapę", "Pokaż tylko", "Dla kogo?"):
        assert gone not in told
