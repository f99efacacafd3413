"""A scenario made on the map on real data: kept in the link, undone by the browser, saved and opened again."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.drawn_map import press_an_area

pytestmark = [pytest.mark.browser, pytest.mark.mirror]

# A club is for those near it; of a home, that people come to from anywhere, no gmina is chosen by its lack.
START = "/scenariusz?scope=12&indicator=gap_share&form=DZI-KLS"
SKAWINA = f"{START}&chosen=120611"


def add_opening(page: Page, places: int) -> None:
    """Open a club of the town in the form, by keyboard: a number, Enter, and the button."""
    form = page.locator(".st-key-scenario_form")
    box = form.get_by_label("Liczba miejsc")
    box.fill(str(places))
    box.press("Enter")
    form.get_by_role("button", name="Dodaj otwarcie").press("Enter")


def test_a_club_is_opened_undone_and_saved(page: Page, screenshot, tmp_path: Path) -> None:
    page.goto(START)
    expect(page.get_by_text("Scenariusz nie ma jeszcze zmian")).to_be_visible()
    press_an_area(page)
    expect(page).to_have_url(re.compile(r"chosen=12\d{4}"))
    expect(page.get_by_text(re.compile("^Zmiana w: gmina "))).to_be_visible()

    page.goto(SKAWINA)
    expect(page.get_by_text("Zmiana w: gmina Skawina")).to_be_visible()
    add_opening(page, 10)
    expect(page.get_by_text(re.compile("Otwarcie: klub .+ liczba miejsc: 10"))).to_have_count(2)
    expect(page).to_have_url(re.compile(r"scenario=1\."))
    expect(page.get_by_role("heading", name="Scenariusz: 1 zmiana")).to_be_visible()
    table = page.locator("table.triad").first
    expect(table.get_by_role("row").filter(has_text=re.compile("starcza miejsc"))).to_contain_text("+")
    expect(page.locator(".triad-bar")).to_have_count(2)
    expect(
        page.get_by_role("img", name=re.compile("Osoby, które nie mają placówki w zasięgu: "))
    ).to_have_count(2)
    screenshot("scenario")

    page.go_back()
    expect(page.get_by_role("heading", name="Scenariusz: 0 zmian")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="Scenariusz: 1 zmiana")).to_be_visible()

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Pobierz plik scenariusza (JSON)").click()
    kept = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(kept)
    assert json.loads(kept.read_text(encoding="utf-8"))["changes"][0]["gmina_code"] == "120611"
    for name in ("CSV", "XLSX"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Pobierz {name}").click()
        assert Path(waiting.value.path()).stat().st_size > 500

    page.goto(START)
    page.locator("summary", has_text="Otwórz zapisany scenariusz").click()
    # The upload's own words are English: neither eyes nor a screen reader meet them.
    upload = page.locator(".st-key-scenario_upload")
    expect(upload.get_by_role("button", name="Wybierz plik")).to_be_visible()
    assert not re.search(r"Upload|per file|Browse|Drag", upload.inner_text())
    upload.locator("input[type=file]").set_input_files(kept)
    expect(page.get_by_role("heading", name="Scenariusz: 1 zmiana")).to_be_visible()
    expect(page).to_have_url(re.compile(r"scenario=1\."))


def test_two_scenarios_stand_side_by_side_on_a_phone_too(page: Page, screenshot) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(SKAWINA)
    add_opening(page, 10)
    page.get_by_role("button", name="Odłóż kopię do porównania").click()
    expect(page.get_by_text(re.compile("Porównujesz z drugim scenariuszem"))).to_be_visible()
    places = page.locator(".st-key-scenario_change_1").get_by_label("Liczba miejsc")
    places.fill("30")
    places.press("Enter")
    expect(page.get_by_text(re.compile("liczba miejsc: 30"))).not_to_have_count(0)
    expect(page.locator("table.triad").last.get_by_role("columnheader")).to_have_count(3)
    page.get_by_text("Pokaż dwie mapy obok siebie").click()
    expect(page.locator("iframe[src*='st_folium']")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    screenshot("scenario-phone")
