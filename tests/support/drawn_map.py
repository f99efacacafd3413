"""The map of a page as a person sees and presses it: once it is drawn, and again when a press met no area."""

from playwright.sync_api import FrameLocator, Page, expect


def map_frame(page: Page) -> FrameLocator:
    """Return the frame with the Leaflet map, once it is drawn."""
    frame = page.frame_locator("iframe[src*='st_folium']").first
    expect(frame.locator(".leaflet-container")).to_be_visible(timeout=30_000)
    expect(frame.locator("canvas")).not_to_have_count(0)
    return frame


def press_an_area(page: Page) -> None:
    """Press the middle of the map until an area is chosen, as far as thirty times.

    The shapes come after the frame: on a busy machine a press within the first seconds meets none.
    """
    frame = map_frame(page)
    # Scrolled first: a click that scrolls the page lands beside the place it was meant for.
    frame.locator(".support-legend").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    for attempt in range(30):
        box = frame.locator(".leaflet-container").bounding_box()
        middle = {"x": box["width"] / 2 + 5 * (attempt % 15), "y": box["height"] / 2}
        frame.locator(".leaflet-container").click(position=middle)
        page.wait_for_timeout(1500)
        if "chosen=" in page.url:
            return
