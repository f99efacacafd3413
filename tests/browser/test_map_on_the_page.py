"""The planner's map as it stands on the page: how much is seen of it, and what its first click does."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.mirror]

LEAST_MAP_PX = 420
END_OF_WORDS = """
heading => {
    const words = document.createRange();
    words.selectNodeContents(heading);
    return words.getBoundingClientRect().bottom;
}
"""
SOUTH_PX = "map.latLngToContainerPoint(map.support.bounds[0]).y"


def open_map(page: Page, address: str, *, width: int, height: int):
    """Open a page of Małopolska and return the frame of its map, drawn, and the box of the frame."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
    frame = page.frame_locator("iframe[src*='st_folium']").first
    expect(frame.locator("[data-drawn='182']").first).to_be_visible()
    page.wait_for_timeout(1500)  # the legend comes last and makes room for itself
    return frame, page.locator("iframe[src*='st_folium']").first.bounding_box()


@pytest.mark.parametrize("height", [768, 900])
def test_title_one_line_and_the_map_are_seen_and_the_first_click_chooses_what_is_under_it(
    page: Page, screenshot, height: int
) -> None:
    frame, box = open_map(page, "/planowanie?scope=12", width=1366, height=height)
    legend = frame.locator(".support-legend")
    assert legend.evaluate("box => box.open && box.scrollHeight <= box.clientHeight"), "the legend is cut"
    subtitle = page.get_by_text("województwo małopolskie · według gmin").first.bounding_box()
    heading = page.get_by_role("heading", level=2).first.bounding_box()
    assert 0 <= heading["y"] < subtitle["y"] < box["y"]
    assert min(box["y"] + box["height"], height) - box["y"] >= LEAST_MAP_PX
    assert box["width"] >= 0.7 * 1366
    screenshot(f"planner-{height}")

    # Not scrolled before, as a person clicks.
    page.mouse.move(box["x"] + 0.35 * box["width"], box["y"] + 0.45 * box["height"])
    tooltip = frame.locator(".support-tooltip strong")
    expect(tooltip).to_be_visible()
    name = tooltip.inner_text()
    script = next(one for one in page.frames if "st_folium" in one.url)
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    page.mouse.down()
    page.wait_for_timeout(100)
    assert page.evaluate(scrolled) == 0, "the page moves between press and release"
    page.mouse.up()
    expect(page.locator(".st-key-area_card").get_by_role("heading", level=2).first).to_have_text(
        re.compile(f"^{re.escape(name)}")  # of two of one name the card says which
    )
    assert page.evaluate(scrolled) == 0
    # The card takes its room, and the legend docks under the map: it would cover the south, and nothing is hidden.
    script.wait_for_function(f"map.getSize().x < 0.8 * {box['width']}")
    page.wait_for_timeout(500)
    assert script.evaluate(f"{SOUTH_PX} < map.support.legend.getBoundingClientRect().top")
    assert script.evaluate("map.getBounds().contains(map.support.bounds)")


def test_beside_other_maps_and_a_scenario_as_much_is_seen(page: Page, screenshot) -> None:
    compared = "/porownanie?scope=12&form=DZI-KLS"
    for address in (
        compared,
        f"{compared}&indicator=gap_share",
        f"{compared}&indicator=coverage_share&other=s02",
        # A heading of three lines, with a notice of losses.
        f"{compared}&indicator=gap_share&own=True&year=2035&age_from=70&norm=x&lang=uk&other=y2040",
    ):
        frame, box = open_map(page, address, width=1366, height=768)
        for number in (0, 1):
            one = frame.locator(".support-pair-map").nth(number).bounding_box()
            assert min(one["y"] + one["height"], 768) - one["y"] >= LEAST_MAP_PX, address
        words = page.locator(".st-key-view_answer h2").first.evaluate(END_OF_WORDS)
        choice = page.locator(".st-key-view_actions [data-testid=stSelectbox] [role=group]").bounding_box()
        assert words <= choice["y"], f"the frame of a choice lies on the heading: {address}"
        screenshot("compare-768")
    address = "/scenariusz?scope=12&indicator=gap_share&form=DZI-KLS"
    frame, box = open_map(page, address, width=1366, height=768)
    assert min(box["y"] + box["height"], 768) - box["y"] >= LEAST_MAP_PX
    screenshot("scenario-768")


def test_a_notice_of_losses_is_one_line_that_everybody_can_read_and_leaves_the_map_its_height(
    page: Page, screenshot
) -> None:
    gaps = "/planowanie?scope=12&form=DZI-KLS&indicator=gap_share&year=2035)"
    for address, said in (
        (gaps, "Pokazujemy: dziś"),
        (f"{gaps}&norm=x&age_from=12", "3 rzeczy: Rok, Własny cel, Wiek"),
    ):
        _, box = open_map(page, address, width=1366, height=768)
        assert 768 - box["y"] >= LEAST_MAP_PX, address
        notice = page.locator("[class*='st-key-losses']")
        assert notice.bounding_box()["height"] < 50
        # 16:1 on the pale yellow ground; its border 4:1.
        expect(notice.get_by_text(said)).to_have_css("color", "rgb(31, 31, 31)")
        framed = notice.locator("details, [data-testid=stAlertContainer]").first
        expect(framed).to_have_css("border-top-color", "rgb(118, 118, 118)")
    screenshot("losses-768")
    page.locator("[class*='st-key-losses'] summary").click()
    expect(page.get_by_text("Wiek: wartości „12” nie ma do wyboru")).to_be_visible()


def test_the_legend_leaves_the_map_beside_a_card_its_room(page: Page, screenshot) -> None:
    gaps = "scope=12&form=DZI-KLS&indicator=gap_share&chosen=126101"
    for path in ("planowanie", "scenariusz"):
        frame, _ = open_map(page, f"/{path}?{gaps}", width=1366, height=900)
        legend = frame.locator(".support-legend")
        assert legend.evaluate("box => box.open") is False
        assert legend.bounding_box()["height"] < 60
        # Małopolska was 300 px wide beside the open legend.
        wide = next(one for one in page.frames if "st_folium" in one.url).evaluate(
            "map.latLngToContainerPoint([50, 21.42]).x - map.latLngToContainerPoint([50, 19.08]).x"
        )
        assert wide > 440
    screenshot("card-legend-900")


def test_a_card_that_narrows_the_map_hides_no_part_of_it_and_the_map_goes_along_with_the_card(
    page: Page, screenshot
) -> None:
    gaps = "/planowanie?scope=12&form=DZI-KLS&indicator=gap_share"
    _, box = open_map(page, gaps, width=1366, height=768)
    # Zakopane lay under the folded legend, which then docks under the map, until the page was loaded again.
    page.mouse.click(box["x"] + 0.42 * box["width"], box["y"] + 0.5 * box["height"])
    expect(page.locator(".st-key-area_card").get_by_role("heading", level=2).first).to_be_visible()
    script = next(one for one in page.frames if "st_folium" in one.url)
    script.wait_for_function("map.getSize().x < 700")
    page.wait_for_timeout(500)
    assert script.evaluate(f"{SOUTH_PX} < map.support.legend.getBoundingClientRect().top")
    screenshot("card-narrows-768")
    # Under the map, beside the rest of a card of some 1900 px, nothing stood.
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 800")
    page.wait_for_timeout(300)
    assert 0 <= page.locator("iframe[src*='st_folium']").first.bounding_box()["y"] < 40


def test_the_largest_town_is_named_on_a_phone_and_a_chosen_area_within_its_outline(page: Page) -> None:
    gaps = "/planowanie?scope=12&form=DZI-KLS&indicator=gap_share"
    for address, width, height, name, code in (
        (gaps, 390, 844, "Kraków", "126101"),
        (f"{gaps}&chosen=121112", 1366, 768, "Rabka-Zdrój", "121112"),
    ):
        open_map(page, address, width=width, height=height)
        script = next(one for one in page.frames if "st_folium" in one.url)
        assert script.evaluate(
            """([name, code]) => {
                const one = map.support.layers.labels._placed.find(({ text }) => text === name);
                const at = one && map.support.areas.at(map.layerPointToLatLng([one.x, one.y]));
                return at?.options.area.code === code;
            }""",
            [name, code],
        ), name


def test_on_a_phone_the_map_comes_before_the_choices(page: Page, screenshot) -> None:
    frame, box = open_map(page, "/planowanie?scope=12", width=390, height=844)
    assert 844 - box["y"] >= LEAST_MAP_PX
    legend = frame.locator(".support-legend")
    assert legend.evaluate("box => box.open") is False
    assert legend.bounding_box()["height"] < 80
    screenshot("planner-phone")
    choice = page.get_by_role("combobox", name="Co pokazać")
    expect(choice).to_be_hidden()
    page.locator(".rail-fold summary").click()
    expect(choice).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def middle_of(box: dict, *, side: int, east: float = 0, south: float = 0) -> dict:
    """Return a square in the middle of a map, moved by pixels, as Playwright clips pictures."""
    return {
        "x": box["x"] + box["width"] / 2 - side / 2 + east,
        "y": box["y"] + box["height"] / 2 - side / 2 + south,
        "width": side,
        "height": side,
    }


def open_hatched(page: Page, level: str) -> dict:
    """Open Poland on a day before any list, all of it hatched and without names, and return the box of its map."""
    page.set_viewport_size({"width": 1366, "height": 900})
    page.goto(f"/planowanie?level={level}&indicator=places_per_1000&day=2016-01-04")
    frame = page.frame_locator("iframe[src*='st_folium']").first
    expect(frame.locator("[data-drawn]").first).to_be_visible()
    page.wait_for_timeout(1500)
    return page.locator("iframe[src*='st_folium']").first.bounding_box()


def drag(page: Page, box: dict, east: int, south: int) -> None:
    """Take the map at a third of it and leave the button pressed at the end of the way."""
    x, y = box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + east, y + south, steps=4)
    page.wait_for_timeout(50)


def test_the_hatch_of_a_whole_country_stands_still_under_a_pointer_and_goes_along_with_a_drag(
    page: Page, screenshot
) -> None:
    box = open_hatched(page, "gmina")
    still = page.screenshot(clip=middle_of(box, side=160))
    screenshot("hatched-country")
    for step in range(12):
        # Along the border, far from what is compared.
        page.mouse.move(box["x"] + (0.1 + 0.06 * step) * box["width"], box["y"] + 0.12 * box["height"])
        assert page.screenshot(clip=middle_of(box, side=160)) == still, (
            f"moved under the pointer, step {step}"
        )
    drag(page, box, 45, 27)
    moved = middle_of(box, side=160, east=45, south=27)
    assert page.screenshot(clip=moved) == still, "did not go along with the drag"
    page.mouse.up()
    page.wait_for_timeout(500)
    assert page.screenshot(clip=moved) == still, "jumped after the drag"


def test_the_hatch_of_a_whole_country_stands_still_while_areas_are_zoomed_under_it(page: Page) -> None:
    box = open_hatched(page, "voivodeship")
    # Ways that are no multiple of the tile: the drawing begins elsewhere at each zoom.
    drag(page, box, 45, 3)
    page.mouse.up()
    page.wait_for_timeout(500)
    script = next(one for one in page.frames if "st_folium" in one.url)
    # In the midst of Wielkopolska, far from its borders and below its name.
    at = script.evaluate("map.latLngToContainerPoint([52.25, 17.2])")
    within = {"x": box["x"] + at["x"] + 5, "y": box["y"] + at["y"] + 5, "width": 30, "height": 25}
    still = page.screenshot(clip=within)
    for step in (0.5, 0.5, -0.25):
        script.evaluate(f"map.setZoomAround(L.point({at['x']}, {at['y']}), map.getZoom() + {step})")
        page.wait_for_timeout(500)
        assert page.screenshot(clip=within) == still, step
