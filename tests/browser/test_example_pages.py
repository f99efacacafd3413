"""Pages of the example region, under the notice that all of it is invented: the map keeps its height there too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from data.loading.load import load_all
from data.store.engine import open_engine
from data.store.schema_revision import migrate
from data.store.settings import OWN_EXAMPLE, Settings
from tests.browser.test_map_on_the_page import LEAST_MAP_PX
from tests.support import application

pytestmark = pytest.mark.browser

MAP, DRAWN = "iframe[src*='st_folium']", "[data-testid=stApp][data-test-script-state=notRunning]"
_GAP = "scope=98&form=DZI-KLS&indicator=gap_share"
_LONGEST = f"{_GAP}&own=True&year=2035&age_from=70&norm=x&lang=uk"


@pytest.fixture(scope="module")
def example_application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the example region that comes with the application and give its address."""
    folder = tmp_path_factory.mktemp("example_pages")
    url = f"sqlite:///{folder / 'example.sqlite'}"
    engine = open_engine(url)
    migrate(engine)
    settings = Settings(url, OWN_EXAMPLE.parent, folder / "cache", is_download_allowed=False)
    load_all(engine, settings, catalogue_path=OWN_EXAMPLE)
    engine.dispose()
    with application.served_application(url, folder / "log.txt") as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def test_under_two_notices_the_map_keeps_its_height(page: Page, example_application: str) -> None:
    for address in (f"/scenariusz?{_GAP}&norm=abc", f"/scenariusz?{_LONGEST}"):
        page.goto(f"{example_application}{address}")
        for part in (".st-key-example_notice", "[class*='st-key-losses']", MAP, DRAWN):
            page.wait_for_selector(part)
        box = page.locator(MAP).first.bounding_box()
        assert box is not None
        assert min(box["y"] + box["height"], 768) - box["y"] >= LEAST_MAP_PX, address
    # What is not known, and what can be shown instead, is seen above the map; why stands below it.
    assert "на 2035 рік у нас немає" in page.locator(".st-key-view_answer h2").inner_text()
    for offered in (".st-key-show_today", ".st-key-show_facilities"):
        assert page.locator(offered).bounding_box()["y"] < box["y"]
    why = page.get_by_text("показник не можна порахувати").bounding_box()
    assert why["y"] > box["y"]
