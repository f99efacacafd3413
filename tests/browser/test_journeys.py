"""Three whole journeys in Chromium on real data, one per door. Pictures are kept in var/screenshots."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.drawn_map import map_frame, press_an_area

pytestmark = [pytest.mark.browser, pytest.mark.mirror]


def test_resident_finds_a_bed_near_a_mistyped_town(page: Page, screenshot) -> None:
    page.goto("/?lang=pl")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mapa Wsparcia Społecznego")
    expect(page.get_by_role("link", name="112").first).to_have_attribute("href", "tel:112")
    page.get_by_role("link", name="Szukam pomocy").first.click()

    page.get_by_role("link", name="Nocleg na dziś").click()
    # On a busy machine the old page's box could be filled before the new page came.
    expect(page).to_have_url(re.compile("need=bed_tonight"))
    box = page.get_by_label("Czego szukasz i gdzie")
    box.fill("krakuw")
    box.press("Enter")
    page.get_by_role("link", name=re.compile(r"^Kraków \(miasto\)")).click()

    expect(page.get_by_role("heading", name=re.compile(r"\d+ miejsc[ae]? pomocy"))).to_be_visible()
    assert page.locator(".cards h3 + p strong").first.inner_text() == "Noclegownia"
    assert page.locator(".cards a[href^='tel:+48']").count()
    for part in ("group=homeless", "need=bed_tonight", "place="):
        expect(page).to_have_url(re.compile(part))
    screenshot("resident")
    page.get_by_role("link", name="Pokaż mapę").click()
    frame = page.frame_locator("iframe[title^='Mapa pomocy: Kraków']")
    expect(frame.locator(".leaflet-container")).to_be_visible()
    expect(frame.get_by_text("Pomoc w pobliżu")).to_be_visible()
    screenshot("resident-map")

    expect(page).to_have_title("Pomoc w pobliżu: Kraków – Mapa Wsparcia Społecznego")
    page.reload()  # the link is the view
    expect(page.locator("a[href^='tel:+48']").first).to_be_visible()


def test_resident_in_an_empty_place_is_told_what_to_do(page: Page, screenshot) -> None:
    # No care-and-housing centre is listed within 5 km of Zakopane.
    page.goto("/pomoc?lang=pl&place=g:121701&group=disabled&forms=DZI-COM&distance_km=5")
    expect(page.get_by_role("heading", name="Do 5 km nic nie znaleźliśmy")).to_be_visible()
    expect(page.get_by_text("To nie znaczy, że jej nie ma").first).to_be_visible()
    expect(page.get_by_text(re.compile("Wniosek o pomoc składa się w ośrodku")).first).to_be_visible()
    screenshot("resident-empty")
    page.get_by_role("link", name=re.compile(r"Szukaj do \d+ km")).click()
    expect(page.get_by_role("heading", name=re.compile(r"^[1-9]\d* miejsc"))).to_be_visible()


def test_resident_in_a_town_is_led_to_its_help_beyond_the_distance(page: Page, screenshot) -> None:
    # No care home stands within 1 km of the middle of Kraków, and several do farther away.
    page.goto("/pomoc?lang=pl&place=g:126101&group=older&forms=CAL-DPS&distance_km=1")
    heading = re.compile(r"^W tym mieście: [1-9]\d* miejsc[ae]? pomocy, dalej niż 1 km od środka miasta")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.get_by_text("Odległości liczymy w linii prostej od środka miasta: Kraków.")).to_be_visible()
    screenshot("resident-beyond")
    page.get_by_role("link", name=re.compile(r"Pokaż do \d+ km")).click()
    expect(page.get_by_role("heading", name=re.compile(r"^[1-9]\d* miejsc[ae]? pomocy do"))).to_be_visible()


def transferred_geometry(page: Page) -> list[tuple[str, int]]:
    """Return what the frames of a page fetched of borders: address and bytes that came over the line."""
    return page.evaluate(
        """() => [...document.querySelectorAll('iframe')].flatMap(f =>
             f.contentWindow.performance.getEntriesByType('resource')
               .filter(e => e.name.includes('/geometry/')).map(e => [e.name, e.transferSize]))"""
    )


def test_planner_sees_what_stands_and_opens_a_gmina(page: Page, screenshot) -> None:
    came: list[str] = []
    page.on("requestfinished", lambda request: came.append(request.url))
    page.goto("/planowanie?scope=12")
    # People come to a care home from anywhere: gminas show what stands there, and never a lack.
    expect(page.get_by_role("heading", name=re.compile("43.placówki w 32.gminach"))).to_be_visible()
    expect(page.get_by_text("Stoją tu, ale mogą przyjmować osoby spoza gminy").first).to_be_visible()
    frame = map_frame(page)
    expect(
        frame.get_by_text("brak danych").or_(frame.get_by_text("0 – żadna dla tej grupy tu nie stoi")).first
    ).to_be_visible()
    # What is still on its way is in no cache yet.
    for _ in range(120):
        page.wait_for_timeout(250)
        if {level for level in ("gmina", "voivodeship") for url in came if f"/geometry/{level}" in url} == {
            "gmina",
            "voivodeship",
        }:
            break
    assert any("/geometry/gmina" in url for url in came)
    screenshot("planner")

    drawn = {name for name, _ in transferred_geometry(page)}
    assert drawn, "the map on the page was drawn of geometry"
    # What came first stays on the list of a frame that is not made anew.
    page.evaluate(
        """() => document.querySelectorAll('iframe')
             .forEach(f => f.contentWindow.performance.clearResourceTimings())"""
    )
    page.get_by_role("combobox", name="Co pokazać").click()
    page.get_by_role("option", name="Liczba placówek").click()
    expect(page).to_have_url(re.compile("indicator=facilities_count"))
    map_frame(page)
    page.wait_for_timeout(2000)
    # An address asked again must come from the browser's own cache: nothing is transferred.
    assert [(name, size) for name, size in transferred_geometry(page) if size and name in drawn] == []

    press_an_area(page)
    expect(page).to_have_url(re.compile(r"chosen=12\d{4}"))
    card = page.locator(".st-key-area_card")
    expect(card).to_be_visible()
    expect(card.get_by_text(re.compile("Osoby|osób"))).not_to_have_count(0)
    screenshot("planner-card")


def test_planner_is_told_that_people_are_not_known(page: Page, screenshot) -> None:
    page.goto("/planowanie?scope=12&group=disabled")
    expect(page.get_by_role("heading", name=re.compile("nie jest znana"))).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("3.471.193"))).to_be_visible()
    # The ranking is drawn on a canvas; its cells stand beside it for screen readers, in full words.
    expect(page.locator("[role=gridcell]", has_text=re.compile("co najmniej"))).not_to_have_count(0)
    expect(page.locator("[role=gridcell]", has_text=re.compile("brak danych"))).not_to_have_count(0)
    screenshot("planner-unknown")


def test_choices_are_seen_and_the_focus_is_outlined(page: Page) -> None:
    page.goto("/planowanie?scope=12&chosen=121112")
    card = page.locator(".st-key-area_card")
    # A polling station contradicts no complete register: that there is none here is known.
    expect(card.get_by_text("nie liczymy, ilu miejsc brakuje w jednej gminie")).to_be_visible()
    expect(card.get_by_text(re.compile("Placówkę wymienia"))).to_have_count(0)
    # The CSV of Streamlit's own toolbar has neither "at least" nor sources.
    expect(page.locator("[data-testid=stElementToolbar]").first).to_be_hidden()
    grey = "rgb(118, 118, 118)"  # 4.5:1 on white
    rows = page.get_by_test_id("stRadioOption")
    ring = page.locator("[data-testid=stRadioOption]:not([data-selected]) > div > div:first-child").first
    expect(ring).to_have_css("border-top-color", grey)
    box = page.locator("[data-testid=stSelectbox] [role=group]").first
    expect(box).to_have_css("border-top-color", grey)
    assert min(row.bounding_box()["height"] for row in rows.all()) >= 32
    page.get_by_role("combobox").first.focus()
    expect(box).to_have_css("outline-style", "solid")
    page.locator("[data-testid=stRadio] input").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("label:has(input:focus-visible)")).to_have_css("outline-style", "solid")
    page.locator("[data-testid=stDataFrame] canvas").first.focus()
    expect(page.get_by_test_id("stDataFrame")).to_have_css("outline-style", "solid")


def test_coordinator_takes_the_same_map_as_four_files(page: Page, screenshot, tmp_path: Path) -> None:
    page.goto("/raport?scope=12")
    picture = page.get_by_role("img").first
    expect(picture).to_be_visible()
    snapshot_id = re.search(r"[0-9a-f]{12}", page.get_by_text("Identyfikator stanu").first.inner_text())
    assert snapshot_id is not None
    screenshot("coordinator")
    signatures = {"PNG": b"\x89PNG", "SVG": b"<?xml", "XLSX": b"PK", "CSV": b"\xef\xbb\xbf"}
    for name, signature in signatures.items():
        with page.expect_download() as waiting:
            page.get_by_role("button", name=re.compile(f"Pobierz {name}")).click()
        download = waiting.value
        assert snapshot_id.group() in download.suggested_filename
        target = tmp_path / download.suggested_filename
        download.save_as(target)
        assert target.read_bytes().startswith(signature), name
        if name == "CSV":
            rows = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig")), delimiter=";"))
            codes = [cell for row in rows for cell in row if re.fullmatch(r"12\d{4}(?:\+12\d{4})?", cell)]
            assert len(set(codes)) == 182


@pytest.mark.parametrize(("language", "words"), [("uk", "Шукаю допомогу"), ("en", "I need help")])
def test_page_speaks_other_languages(page: Page, language: str, words: str) -> None:
    page.goto(f"/?lang={language}")
    expect(page.get_by_role("link", name=words).first).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == language


def test_about_fits_a_phone_and_its_tables_are_read_as_tables(page: Page, screenshot) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/dane")
    expect(
        page.get_by_role("cell", name="Małopolskie: rejestr środowiskowych domów samopomocy")
    ).to_be_visible()
    totals = page.locator(".st-key-table_totals")
    expect(totals.get_by_role("row").filter(has_text="małopolskie")).to_contain_text("pełny rejestr")
    expect(totals.get_by_role("row").filter(has_text="lubuskie")).to_contain_text("brak danych")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("summary", has_text="Pokaż formy i podstawy prawne").click()
    expect(page.get_by_role("cell", name="NIE – niesprawdzone")).to_have_count(1)
    screenshot("about-phone")


def test_a_card_names_its_lists_and_greys_old_vacancies(page: Page, screenshot) -> None:
    page.goto("/pomoc?lang=pl&place=g:046301&group=older&forms=CAL-DPS&distance_km=10")
    card = page.locator("#k1")
    expect(card.get_by_text(re.compile("Wpis połączony z list: .+; .+"))).to_be_visible()
    old = card.get_by_text(re.compile("woln.+ – stan na 30 czerwca 2026, może być nieaktualny"))
    expect(old.first).to_be_visible()
    # Grey, and still dark enough to be read by weak eyes (7:1 on white).
    assert old.first.evaluate("element => getComputedStyle(element).color") == "rgb(89, 89, 89)"
    screenshot("resident-card")
