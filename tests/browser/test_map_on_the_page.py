"""The planner's map as it stands on the page: how much is seen of it, and what its first click does."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.mirror]

LEAST_MAP_PX = 420


@pytest.mark.parametrize("height", [768, 900])
def test_title_one_line_and_the_map_are_seen_and_the_first_click_chooses_what_is_under_it(
    page: Page, screenshot, height: int
) -> None:
    page.set_viewport_size({"width": 1366, "height": height})
    page.goto("/planowanie?scope=12")
    frame = page.frame_locator("iframe[src*='st_folium']").first
    expect(frame.locator("[data-drawn='182']")).to_be_visible()
    page.wait_for_timeout(1500)  # the legend comes last and makes room for itself
    box = page.locator("iframe[src*='st_folium']").first.bounding_box()
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
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    page.mouse.down()
    page.wait_for_timeout(100)
    assert page.evaluate(scrolled) == 0, "the page moves between press and release"
    page.mouse.up()
    expect(page.locator(".st-key-area_card").get_by_role("heading", level=2).first).to_have_text(name)
    assert page.evaluate(scrolled) == 0
