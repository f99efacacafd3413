"""The finder's list in Chromium where choices and the map come without a reload: what is shown, kept, said and left."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}
TELEPHONE = {"width": 320, "height": 640}
WIDE = "/pomoc?lang=pl&place=l:1&distance_km=100"


def start(page: Page) -> list[str]:
    """Mark the page and fold its choices out; gives the addresses that it asks for from now on."""
    page.evaluate("() => { window.isSamePage = true; }")
    page.locator("details.change > summary").click()
    asked: list[str] = []

    def note(request) -> None:
        # A browser asks for the icon of its tab when it has time to.
        if "/icon.svg" not in request.url:
            asked.append(f"{request.resource_type} {request.url}")

    page.on("request", note)
    return asked


def is_same_page(page: Page) -> bool:
    return page.evaluate("window.isSamePage === true")


def choice_of(page: Page, name: str) -> Locator:
    """Find a choice, which is chosen or not."""
    return page.locator(".change nav a", has_text=re.compile(f"^{name}$"))


def wait_until_chosen(page: Page, name: str) -> None:
    expect(choice_of(page, name)).to_have_attribute("aria-current", "true")


def choose(page: Page, name: str) -> None:
    """Choose by keyboard, and wait until it is said what was found."""
    choice_of(page, name).press("Enter")
    wait_until_chosen(page, name)


def answer(page: Page) -> list[object]:
    """Return what a page says and leads to, the box left out, which knows whether it has its script."""
    said = page.locator("main > :not(form)").all_text_contents()
    links = page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    head = "link[rel=canonical], link[rel=alternate], meta[property], meta[name]:not([name=viewport])"
    named = page.locator(head).evaluate_all("all => all.map(one => one.outerHTML)")
    languages = page.locator(".languages a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    fields = page.locator("form.box input").evaluate_all("all => all.map(one => one.name + '=' + one.value)")
    return [page.title(), said, links, sorted(named), languages, fields]


@pytest.mark.parametrize("lang", ["pl", "uk", "en"])
def test_what_is_put_in_place_is_the_page_that_everybody_gets(opened, lang):
    page = opened(WIDE.replace("lang=pl", f"lang={lang}"), viewport=DESK)
    asked = start(page)
    page.locator(".change a[href*='distance_km=50']").press("Enter")
    page.wait_for_url("**distance_km=50**")
    assert len(asked) == 1
    assert asked[0].startswith("fetch ")
    assert is_same_page(page)
    without = opened(page.url.rpartition("#")[0], viewport=DESK, java_script_enabled=False)
    assert answer(page) == answer(without)


def test_the_choice_keeps_the_focus_and_its_place_and_the_result_is_said(opened):
    page = opened(WIDE, viewport=TELEPHONE)
    start(page)
    choice = choice_of(page, "50 km")
    choice.focus()
    before = choice.bounding_box()
    choose(page, "50 km")
    assert is_same_page(page)
    assert page.locator(":focus").inner_text() == "50 km"
    assert page.locator(":focus").get_attribute("aria-current") == "true"
    assert page.locator(":focus").evaluate("one => getComputedStyle(one).outlineWidth") == "3px"
    after = choice.bounding_box()
    assert before
    assert after
    assert (after["x"], after["y"]) == pytest.approx((before["x"], before["y"]), abs=1)
    assert page.locator("details.change").get_attribute("open") is not None
    heading = page.locator("#wynik > h2").inner_text()
    assert page.locator("body > [role=status]").inner_text() == heading
    assert page.locator(".found").inner_text() == heading, "it is seen, too"
    expect(page.locator(".found")).to_be_in_viewport()
    assert page.locator("[aria-busy]").count() == 0


def test_nothing_that_has_the_focus_lies_under_what_was_found(opened):
    page = opened(WIDE, viewport=TELEPHONE)
    start(page)
    links = page.locator(".change nav a")
    for number in range(links.count()):
        links.nth(number).focus()
        box, found = links.nth(number).bounding_box(), page.locator(".found").bounding_box()
        assert box
        assert found
        assert box["y"] + box["height"] <= found["y"], links.nth(number).inner_text()


def test_back_and_forward_lead_to_the_lists_as_they_were_left(opened):
    page = opened(WIDE, viewport=TELEPHONE)
    start(page)
    first = answer(page)
    choose(page, "50 km")
    second = answer(page)
    page.evaluate("window.scrollTo(0, 700)")
    page.wait_for_timeout(500)
    page.go_back()
    wait_until_chosen(page, "100 km")
    assert page.locator(":focus").inner_text() == "50 km"
    assert answer(page) == first
    page.go_forward()
    wait_until_chosen(page, "50 km")
    assert answer(page) == second
    assert page.evaluate("window.scrollY") == pytest.approx(700, abs=1)
    assert is_same_page(page)


def test_who_comes_back_from_a_place_is_where_they_were(opened):
    page = opened(WIDE, viewport=TELEPHONE)
    start(page)
    choose(page, "50 km")
    card = page.locator(".cards h3 a").nth(2)
    expect(card).not_to_be_in_viewport()
    card.press("Enter")
    page.wait_for_url("**/placowka/**")
    page.go_back()
    page.wait_for_url("**distance_km=50**")
    assert not is_same_page(page), "the browser kept the page, and nothing was tried"
    expect(card).to_be_in_viewport()
    page.go_back()
    page.wait_for_url("**distance_km=100**")
    wait_until_chosen(page, "100 km")


def test_the_map_opens_and_closes(opened):
    page = opened(WIDE, viewport=DESK)
    asked = start(page)
    page.get_by_role("link", name="Pokaż mapę").press("Enter")
    page.frame_locator("iframe").locator(".leaflet-container").wait_for()
    assert page.locator(":focus").inner_text() == "Mapa"
    assert page.url.endswith("map=1#mapa")
    page.get_by_role("link", name="Schowaj mapę").press("Enter")
    expect(page.locator("iframe")).to_have_count(0)
    assert page.locator(":focus").inner_text() == "Pokaż mapę"
    assert [url for url in asked if url.startswith("document ") and "/pomoc/mapa" not in url] == []
    page.go_back()
    page.frame_locator("iframe").locator(".leaflet-container").wait_for()
    assert is_same_page(page)


def test_the_box_goes_on_working(opened):
    page = opened(WIDE, viewport=DESK)
    start(page)
    choose(page, "50 km")
    assert page.get_by_role("button", name="Szukaj blisko mnie").is_visible()
    page.get_by_role("combobox").fill("")
    page.keyboard.type("niby")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**place=l%3A3**")
    assert "distance_km=50" in page.url


@pytest.mark.parametrize(
    "said", ["no page", "<!DOCTYPE html><html lang='pl'><main>Proszę się zalogować</main></html>"]
)
def test_what_is_unexpected_opens_the_page_by_its_link(opened, said):
    page = opened(WIDE, viewport=DESK)
    start(page)

    def spoil(route: Route) -> None:
        if route.request.resource_type == "fetch":
            kind = "text/html" if said.startswith("<") else "text/plain"
            route.fulfill(status=200, content_type=kind, body=said)
        else:
            route.continue_()

    page.route("**/pomoc?**", spoil)
    choice_of(page, "50 km").press("Enter")
    wait_until_chosen(page, "50 km")
    assert not is_same_page(page)


def test_a_press_for_a_new_tab_opens_one(opened):
    page = opened(WIDE, viewport=DESK)
    start(page)
    with page.context.expect_page() as tab:
        choice_of(page, "50 km").click(modifiers=["ControlOrMeta"])
    tab.value.wait_for_url("**distance_km=50**")
    assert "distance_km=100" in page.url


def test_without_scripts_every_choice_opens_its_page(opened):
    page = opened(WIDE, viewport=TELEPHONE, java_script_enabled=False)
    page.locator("details.change > summary").click()
    choice_of(page, "50 km").click()
    page.wait_for_url("**distance_km=50**#wynik")
    assert page.locator("body > [role=status]").count() == 0


@pytest.mark.parametrize("lang", ["pl", "en", "uk"])
@pytest.mark.parametrize("place", ["", "&place=l:1"])
def test_on_a_telephone_112_is_seen_at_once_above_what_was_not_understood(
    page: Page, lang: str, place: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/pomoc?lang={lang}&q=qwrtzx{place}")
    call = page.locator(".emergency a[href='tel:112']")
    expect(call).to_be_visible()
    box = call.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 740
    assert box["x"] + box["width"] <= 360
