"""What Streamlit says around our pages, in the reader's language: its boxes, and a connection that is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support import application

WAIT_MS = 120_000


@pytest.mark.browser
def test_a_ukrainian_reader_meets_no_english_word_of_streamlit(
    chromium: Browser, invented_database_url: str, tmp_path: Path
) -> None:
    """A lost connection asked a carer whether Streamlit is still running."""
    page = chromium.new_page(locale="uk-UA")
    with application.served_application(invented_database_url, tmp_path / "log.txt") as address:
        page.goto(f"{address}/planowanie?lang=uk&scope=98")
        expect(page.locator("h1").first).to_be_visible(timeout=WAIT_MS)
        expect(page.get_by_text("Перейти до змісту")).to_have_count(1)
        assert page.locator("link[rel=icon]").get_attribute("href").startswith("/vendor/ours/icon.svg")
        assert page.get_by_text("Skip to main content").count() == 0
    expect(page.get_by_text("Немає з’єднання із сервером")).to_be_visible(timeout=WAIT_MS)
    said = page.get_by_role("dialog").first.inner_text()
    assert "112" in said
    assert "Streamlit" not in said
    page.close()
