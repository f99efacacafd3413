"""The best sites on real data: found, seen on the map, added, and then the numbers of the page change."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.mirror]

START = "/scenariusz?scope=12&indicator=gap_share&form=DZI-KLS&siting=3_16_30___5_"


def find(page: Page):
    """Ask for the sites and return the frame with their map."""
    page.get_by_role("button", name="Znajdź najlepsze miejsca").click()
    expect(page.get_by_text("Numery na mapie są te same co w tabeli")).to_be_visible()
    frame = page.frame_locator(".st-key-siting iframe[src*='st_folium']")
    expect(frame.locator(".support-site")).to_have_count(3)
    return frame


def test_sites_are_seen_before_they_are_added(page: Page, screenshot) -> None:
    page.goto(START)
    expect(page.get_by_role("heading", name="Scenariusz: 0 zmian")).to_be_visible()
    answer = page.get_by_role("heading", level=2).filter(has_text="osoby starsze").first
    before = answer.inner_text()
    frame = find(page)
    rows = page.locator(".st-key-siting table tbody tr")
    names = [rows.nth(i).locator("td").nth(1).inner_text() for i in range(3)]
    assert all(names)
    # The map tells what the table tells, number by number.
    for number, name in enumerate(names, start=1):
        mark = frame.get_by_role("button", name=re.compile(rf"^{number}\. {re.escape(name)}; gmina "))
        expect(mark).to_have_text(str(number))
        places = rows.nth(number - 1).locator("td").nth(3).inner_text()
        assert f"Liczba miejsc: {places}" in mark.get_attribute("title")
    assert "scenario=" not in page.url
    screenshot("siting")

    page.get_by_role("button", name="Dodaj te miejsca do scenariusza").click()
    expect(page.get_by_role("heading", name="Scenariusz: 3 zmiany")).to_be_visible()
    expect(page).to_have_url(re.compile(r"scenario=1\."))
    expect(answer).not_to_have_text(before)
    # What was added is still there, and says where it is now.
    expect(page.get_by_role("button", name="Dodane do scenariusza")).to_be_disabled()
    expect(frame.locator(".support-site")).to_have_count(3)
    page.get_by_role("link", name="Zobacz listę zmian").click()
    expect(page.get_by_role("heading", name="Scenariusz: 3 zmiany")).to_be_in_viewport()


def test_a_press_while_the_page_is_drawn_is_answered(page: Page) -> None:
    page.goto(START)
    box = page.get_by_label("Nowe placówki: najwyżej ile")
    box.fill("2")
    page.get_by_role("button", name="Znajdź najlepsze miejsca").click()
    expect(page.locator(".st-key-siting table tbody tr")).to_have_count(3)
    expect(page).to_have_url(re.compile(r"siting=2_16_30___5_"))


def test_the_worst_off_come_first_by_choice_and_by_link(page: Page, screenshot) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(START)
    page.get_by_text("Najpierw gminy w najgorszej sytuacji", exact=True).click()
    expect(page).to_have_url(re.compile(r"siting=3_16_30___5_g"))
    find(page)
    expect(page.get_by_text("Ten układ zaczyna od gmin, w których jest najgorzej")).to_be_visible()
    rows = page.locator(".st-key-siting table tbody tr")
    expect(rows).to_have_count(4)  # and their sum
    expect(rows.filter(has_text="Kraków")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".st-key-siting iframe").scroll_into_view_if_needed()
    screenshot("siting-phone")
