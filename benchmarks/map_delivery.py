"""
How the map of all gminas reaches the browser: our layer by address against the plain way.

Run `python -m benchmarks.map_delivery`. In one run, with Debian's Chromium and an empty browser cache each time:

- plain: `folium.GeoJson` of the full geometry through streamlit-folium, everything over the websocket;
- ours: geometry fetched by address and kept by the browser, only values over the websocket.

Bytes and seconds are those of the map: from opening the page until every gmina is drawn, less what the same
Streamlit page takes without a map. Streamlit's own 2.7 MB and start are the same in both and not ours to shorten;
the figures with them are printed too. Then the indicator is switched once, and the bytes of geometry that come
over the network again are counted. Exits with 1 when a target is missed.
"""

import base64
import os
import pickle
import tempfile
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks._serving import Server, serving
from data.store.settings import Settings

LARGEST_BYTES_SHARE = 1 / 5
LARGEST_TIME_SHARE = 1 / 3
REPEATS = 5
GMINAS = 2477

COLOURS = ("#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84")

# The plain app has Leaflet's files, because no foreign host may be asked, and nothing else of ours.
APP = """
import os
from pathlib import Path
import streamlit as st
from layers import server

folder = Path(os.environ["BENCHMARK_FOLDER"])
app = st.App(
    folder / "page.py",
    routes=server.routes(geometry_folder=folder),
    middleware={middleware},
)
"""
APPS = {
    "plain": APP.format(middleware="[]"),
    "ours": APP.format(middleware="server.middleware(geometry_folder=folder)"),
}
PAGE = "from benchmarks.map_delivery import show_page\nshow_page()\n"


# --- the pages, run by Streamlit -------------------------------------------------------------------------------


def show_page() -> None:
    """Show the way of delivery that the address names: plain, ours or none."""
    import streamlit as st

    folder = Path(os.environ["BENCHMARK_FOLDER"])
    way = st.query_params.get("way", "none")
    shift = int(st.radio("indicator", ["0", "1"]))
    if way == "plain":
        _show_plain(st.cache_resource(_unpickled, show_spinner=False)(folder / "full.pickle"), shift)
    elif way == "ours":
        _show_ours(st.cache_resource(_published, show_spinner=False)(folder), shift)
    st.text("done")


def _unpickled(path: Path) -> Any:
    return pickle.loads(path.read_bytes())


def _published(folder: Path) -> tuple[list[str], dict[str, str]]:
    """Return the codes of all gminas and the addresses of the geometry, as the application keeps them."""
    from layers.maps import published_geometry

    levels = _unpickled(folder / "drawn.pickle")
    urls = {
        level: published_geometry(areas, level=level, vintage="2019", folder=folder)
        for level, areas in levels.items()
    }
    return levels["gmina"]["area_code"].to_list(), urls


def _class_of(code: str, shift: int) -> int:
    return (int(code) // 10 + shift) % 6 + 1


def _show_plain(areas, shift: int) -> None:
    import folium
    from streamlit_folium import st_folium

    from layers.maps.browser_files import leaflet_url

    made = folium.Map(location=[52, 19], zoom_start=6, tiles=None)
    # No foreign host can be asked here; apart from that this is folium as everybody writes it.
    made.default_js = [("leaflet", leaflet_url("leaflet.js"))]
    made.default_css = [("leaflet_css", leaflet_url("leaflet.css"))]
    coloured = areas.assign(colour=[COLOURS[_class_of(code, shift) - 1] for code in areas["area_code"]])
    folium.GeoJson(
        coloured,
        style_function=lambda feature: {
            "fillColor": feature["properties"]["colour"],
            "color": "#5a5a5a",
            "weight": 0.4,
            "fillOpacity": 1,
        },
        tooltip=folium.GeoJsonTooltip(["name"]),
    ).add_to(made)
    st_folium(made, height=600, use_container_width=True, returned_objects=[])


def _show_ours(prepared, shift: int) -> None:
    import pandas as pd
    from streamlit_folium import st_folium

    from layers.maps import CLICK_OBJECTS, POLAND, LegendTexts, MapTexts, coverage_map

    codes, urls = prepared
    classes = [_class_of(code, shift) for code in codes]
    values = pd.DataFrame(
        {"class_index": classes, "value_text": [f"{one},25" for one in classes]}, index=codes
    )
    labels = [str(one) for one in range(1, 7)]
    texts = MapTexts("pl", "Mapa", "+", "-", "Polska", "Zamknij", "Nie ma granic", "PRG")
    made = coverage_map(
        values,
        class_colours=COLOURS,
        level="gmina",
        geometry_urls=urls,
        bounds=POLAND,
        legend=LegendTexts(title="Mapa", class_labels=labels),
        texts=texts,
    )
    st_folium(made, height=600, use_container_width=True, returned_objects=CLICK_OBJECTS)


# --- the measurement -------------------------------------------------------------------------------------------


@dataclass
class Visit:
    """What one visit of a page took."""

    seconds: float
    http_bytes: int
    websocket_bytes: int
    switch_seconds: float = 0.0
    switch_bytes: int = 0
    switch_geometry_bytes: int = 0

    @property
    def all_bytes(self) -> int:
        return self.http_bytes + self.websocket_bytes


class Traffic:
    """Counts bytes that come over the network, not from the browser's cache."""

    def __init__(self, session) -> None:
        self.http: dict[str, int] = {}
        self.websocket = 0
        self._urls: dict[str, str] = {}
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._framed)
        session.send("Network.enable")

    def _asked(self, event) -> None:
        self._urls[event["requestId"]] = event["request"]["url"]

    def _finished(self, event) -> None:
        url = self._urls.get(event["requestId"], "?")
        self.http[url] = self.http.get(url, 0) + int(event["encodedDataLength"])

    def _framed(self, event) -> None:
        response = event["response"]
        data = response["payloadData"]
        self.websocket += len(base64.b64decode(data)) if response["opcode"] == 2 else len(data.encode())

    def sums(self) -> tuple[int, int, int]:
        """Return bytes over HTTP, those of them for geometry, and bytes over the websocket."""
        geometry = sum(size for url, size in self.http.items() if "/geometry/" in url)
        return sum(self.http.values()), geometry, self.websocket


def prepare(folder: Path, mirror: Path) -> None:
    """Write the geometry both pages use, as the application has it after a load."""
    from data.sources.country.boundaries import SIMPLIFICATION_M, read_gminas
    from geo.crs import to_geographic, to_metric
    from geo.geometry import dissolve, simplify_coverage

    full = read_gminas(mirror / "boundaries" / "gminas_2019.geojson")[["area_code", "name", "geometry"]]
    drawn = to_geographic(simplify_coverage(to_metric(full), tolerance_m=SIMPLIFICATION_M))
    regions = dissolve(drawn.assign(area_code=drawn["area_code"].str[:2]), by="area_code")
    levels = {"gmina": drawn, "voivodeship": regions.assign(name=regions["area_code"])}
    (folder / "full.pickle").write_bytes(pickle.dumps(full))
    (folder / "drawn.pickle").write_bytes(pickle.dumps(levels))
    for way, app in APPS.items():
        (folder / f"{way}.py").write_text(app)
    (folder / "page.py").write_text(PAGE)


def served(folder: Path, way: str) -> AbstractContextManager[Server]:
    """Run the pages of one way."""
    program = ["-m", "streamlit", "run", str(folder / f"{way}.py")]
    return serving(program, folder / f"{way}.log", {"BENCHMARK_FOLDER": str(folder)})


DRAWN = {
    "plain": f"() => document.querySelectorAll('.leaflet-overlay-pane path').length >= {GMINAS}",
    "ours": f"() => (document.querySelector('[data-drawn]')?.dataset.drawn ?? 0) >= {GMINAS}",
}
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


def visit(playwright, address: str, way: str, *, is_switched: bool = False) -> Visit:
    """Open a page with an empty cache and wait until its map is drawn."""
    from tests.support.chromium import ARGUMENTS, find_chromium

    with tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=find_chromium(), args=ARGUMENTS, viewport={"width": 1280, "height": 900}
        )
        page = context.pages[0]
        traffic = Traffic(context.new_cdp_session(page))
        started = time.perf_counter()
        page.goto(f"{address}/?way={way}")
        _wait_drawn(page, way)
        seconds = time.perf_counter() - started
        page.wait_for_timeout(1000)  # late frames belong to the visit
        http, geometry, websocket = traffic.sums()
        found = Visit(seconds, http, websocket)
        if is_switched:
            old_map = next(frame for frame in page.frames if "folium" in frame.url)
            started = time.perf_counter()
            page.get_by_text("1", exact=True).click()
            _wait_gone(old_map)
            _wait_drawn(page, way)
            found.switch_seconds = time.perf_counter() - started
            page.wait_for_timeout(1000)
            http_after, geometry_after, websocket_after = traffic.sums()
            found.switch_bytes = http_after - http + websocket_after - websocket
            found.switch_geometry_bytes = geometry_after - geometry
        context.close()
    return found


def _wait_drawn(page, way: str) -> None:
    if way == "none":
        page.get_by_text("done").wait_for()
        return
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        for frame in page.frames:
            if "folium" in frame.url and not frame.is_detached() and _is_true(frame, DRAWN[way]):
                frame.evaluate(PAINTED)
                return
        page.wait_for_timeout(20)
    raise SystemExit(f"expected {GMINAS} gminas drawn the {way} way within 180 s")


def _is_true(frame, condition: str) -> bool:
    from playwright.sync_api import Error

    try:
        return bool(frame.evaluate(condition))
    except Error:  # the frame was replaced while we asked
        return False


def _wait_gone(frame) -> None:
    """Wait until the map of the indicator before has left the page."""
    deadline = time.monotonic() + 30
    while not frame.is_detached():
        if time.monotonic() > deadline:
            raise SystemExit("expected a new map for the other indicator within 30 s, found the old one")
        frame.page.wait_for_timeout(10)


def main() -> int:
    """Measure both ways, print the ratios and return the exit code."""
    from playwright.sync_api import sync_playwright

    mirror = Settings.from_environment().mirror
    if mirror is None:
        raise SystemExit("expected the mirror of real data; set SUPPORT_MAP_MIRROR")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        prepare(folder, mirror)
        with served(folder, "plain") as plain, served(folder, "ours") as ours:
            addresses = {"none": ours.address, "plain": plain.address, "ours": ours.address}
            for way, address in addresses.items():
                visit(playwright, address, way)  # the server's own first time is not measured
            visits: dict[str, list[Visit]] = {way: [] for way in addresses}
            for _ in range(REPEATS):  # in turn, so that a busy minute of the machine meets all of them
                for way, address in addresses.items():
                    visits[way].append(visit(playwright, address, way, is_switched=way == "ours"))
    return report(visits)


def _middle(visits: list[Visit]) -> Visit:
    return sorted(visits, key=lambda one: one.seconds)[len(visits) // 2]


def report(visits: dict[str, list[Visit]]) -> int:
    """Print medians and ratios; return 1 when a target is missed."""
    empty, plain, ours = (_middle(visits[way]) for way in ("none", "plain", "ours"))
    again = max(one.switch_geometry_bytes for one in visits["ours"])
    print(f"{GMINAS} gminas, cold browser, median of {REPEATS} visits")
    print(f"{'':14}{'map kB':>10}{'map s':>8}{'with Streamlit kB':>20}{'s':>8}")
    for name, one in (("Streamlit", empty), ("plain", plain), ("ours", ours)):
        own = f"{_kb(one.all_bytes - empty.all_bytes):>10}{one.seconds - empty.seconds:>8.2f}"
        print(f"{name:14}{own}{_kb(one.all_bytes):>20}{one.seconds:>8.2f}")
    print(f"websocket: plain {_kb(plain.websocket_bytes)} kB, ours {_kb(ours.websocket_bytes)} kB")
    print(
        f"other indicator: {_kb(ours.switch_bytes)} kB in {ours.switch_seconds:.2f} s, of it geometry {again} B"
    )
    bytes_share = (ours.all_bytes - empty.all_bytes) / (plain.all_bytes - empty.all_bytes)
    time_share = (ours.seconds - empty.seconds) / (plain.seconds - empty.seconds)
    results = (
        (
            bytes_share <= LARGEST_BYTES_SHARE,
            f"bytes {bytes_share:.3f} of plain, target {LARGEST_BYTES_SHARE:.3f}",
        ),
        (
            time_share <= LARGEST_TIME_SHARE,
            f"time {time_share:.3f} of plain, target {LARGEST_TIME_SHARE:.3f}",
        ),
        (again == 0, f"geometry sent again: {again} bytes, target 0"),
    )
    for is_met, text in results:
        print(f"{'met   ' if is_met else 'MISSED'} {text}")
    return 0 if all(is_met for is_met, _ in results) else 1


def _kb(count: int) -> str:
    return f"{count / 1000:,.0f}"


if __name__ == "__main__":
    raise SystemExit(main())
