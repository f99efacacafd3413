"""
The pictures of docs/guide: a phone 390 px wide, the words typed into the box, and what the page answers.

They show the database of `SUPPORT_MAP_DATABASE_URL`, so numbers and days in them are of its lists: look at each before
it is committed.
"""

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page

from data.store.settings import Settings
from tests.support.application import served_application
from tests.support.chromium import find_chromium, running_chromium
from tests.support.folders import REPOSITORY

FOLDER: Final = REPOSITORY / "docs" / "guide"
WIDTH_PX: Final = 390
SCREEN_PX: Final = 844
LONGEST_PX: Final = 1200
MOST_BYTES: Final = 60_000
_QUALITIES: Final = (80, 60, 40)


@dataclass(frozen=True)
class Picture:
    """
    A question and the part of its answer that is shown.

    The picture is from the top of what the selector `first` finds to the bottom of `last`, at most `LONGEST_PX`.
    """

    name: str
    lang: str
    words: str
    first: str
    last: str


PICTURES: Final = (
    Picture("wroclaw", "pl", "nie mam gdzie spać wroclaw", "h1", "ol.cards > li:first-child"),
    Picture(
        "raciechowice",
        "pl",
        "kto mi przyniesie zakupy Raciechowice",
        "#wynik h2",
        "ol.cards > li:first-child",
    ),
    Picture(
        "lodz",
        "pl",
        "jestem na wózku, kto mnie zawiezie do lekarza Łódź",
        "#wynik h2",
        "ol.cards > li:first-child",
    ),
    Picture("poznan", "en", "shelter for women Poznan", "h1", "section.helplines"),
    Picture(
        "wloclawek", "pl", "DPS wolne miejsce od zaraz Włocławek", "#wynik h2", "ol.cards > li:first-child"
    ),
    Picture("gorzow", "pl", "gdzie się ogrzać w Gorzowie", "h1", "h2.asked + ul"),
    Picture("konskie", "pl", "mąż pije i bije Końskie", "h1", "section.helplines"),
    Picture("warszawa", "uk", "помитися і випрати одяг Варшава", "#wynik h2", "ol.cards > li:first-child"),
)


def write_pictures(folder: Path = FOLDER) -> None:
    """Serve the application on the database of the environment and write each picture."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("error: expected chromium, found none; `make tools` installs it")
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as temporary,
        served_application(Settings.from_environment().database_url, Path(temporary) / "log.txt") as address,
        running_chromium(chromium) as browser,
    ):
        for picture in PICTURES:
            path = folder / f"{picture.name}.webp"
            path.write_bytes(packed(_taken(browser, address, picture)))
            sys.stdout.write(f"{path.relative_to(REPOSITORY)}: {path.stat().st_size} bytes\n")


def packed(png: bytes) -> bytes:
    """Return a picture as WebP of at most `MOST_BYTES`."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise SystemExit(f"error: expected at most {MOST_BYTES} bytes, found {out.tell()}; show less of the page")


def _taken(browser: Browser, address: str, picture: Picture) -> bytes:
    page = browser.new_page(viewport={"width": WIDTH_PX, "height": SCREEN_PX}, locale=picture.lang)
    try:
        page.goto(f"{address}/pomoc?lang={picture.lang}")
        page.fill("#q", picture.words)
        page.press("#q", "Enter")
        page.wait_for_url("**/pomoc?*q=*")
        page.wait_for_load_state()
        return page.screenshot(full_page=True, clip=_part(page, picture))
    finally:
        page.close()


def _part(page: Page, picture: Picture) -> dict[str, float]:
    top, bottom = (page.locator(where).first.bounding_box() for where in (picture.first, picture.last))
    if top is None or bottom is None:
        raise SystemExit(
            f"error: expected {picture.first} and {picture.last} on the page of {picture.words!r}"
        )
    height = min(bottom["y"] + bottom["height"] - top["y"] + 16, LONGEST_PX)
    return {"x": 0, "y": max(top["y"] - 8, 0), "width": WIDTH_PX, "height": height}


if __name__ == "__main__":
    write_pictures()
