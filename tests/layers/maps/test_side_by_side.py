"""Two maps that move together: one document, one legend, and in a browser one movement and one pointer."""

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from layers import server
from layers.maps import LegendTexts, MapTexts, published_geometry
from layers.maps.side_by_side import SecondMap, Side, side_by_side
from layers.serving.known_addresses import KnownAddresses
from layers.text import style

HOSTILE = "</script><img src=x onerror='window.wasRun=1'>"
TEXTS = MapTexts(
    lang="pl",
    label="Dwie mapy",
    zoom_in="Przybliż",
    zoom_out="Oddal",
    whole_area="Cały obszar",
    close="Zamknij",
    loading_failed="Nie udało się wczytać granic.",
    attribution="Granice: PRG",
)
LEGEND = LegendTexts(
    title="Miejsca na 1000 osób",
    unit="jednostka: miejsca",
    as_of="Dziś: 2026; Prognoza: 2035",
    class_labels=("0,5-1", "1-2"),
    zero_label="0",
    no_data_label="brak danych",
)
COLOURS = style.class_colours(2)
SQUARES = {
    "120101": ("Pierwsza", box(20, 50.5, 20.5, 51)),
    "120102": ("Druga", box(20.5, 50.5, 21, 51)),
    "120103": ("Trzecia", box(20, 50, 20.5, 50.5)),
    "220101": ("Północna", box(18, 54, 18.5, 54.5)),
    "220102": ("Morska", box(18.5, 54, 19, 54.5)),
}
SOUTH, NORTH = [[50, 20], [51, 21]], [[54, 18], [54.5, 19]]
SOON_MS = 5_000


def values_of(**classes: int | None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "class_index": pd.array([pd.NA if one is None else one for one in classes.values()], "Int64"),
            "value_text": ["brak danych" if one is None else f"klasa {one}" for one in classes.values()],
        },
        index=[code.removeprefix("g") for code in classes],
    )


def side(title="Dziś", values=None, **changes) -> Side:
    given = {
        "title": title,
        "answer": f"{title}: w 1 gminie",
        "texts": TEXTS,
        "values": values_of(g120101=1, g120102=2, g120103=0) if values is None else values,
        "level": "gmina",
        "geometry_urls": {"gmina": "/geometry/gmina.json"},
        "bounds": SOUTH,
        "scope": "12",
    }
    return Side(**{**given, **changes})


def pair(left=None, right=None, **changes):
    second = side("Prognoza", values_of(g120101=2, g120102=2, g120103=None))
    given = {"class_colours": COLOURS, "legend": LEGEND}
    return side_by_side(left or side(), right or second, **{**given, **changes})


def second_of(made) -> dict:
    (found,) = (one for one in made._children.values() if isinstance(one, SecondMap))
    return json.loads(found.payload)


def test_one_document_with_two_maps_and_no_host():
    page = pair().get_root().render()
    assert re.findall(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}", page) == []
    sources = re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"]*)"', page)
    assert [source.split("?")[0].split("/")[-1] for source in sources] == [
        "leaflet.js",
        "support-map-drawing.js",
        "support-map.js",
        "leaflet.css",
        "support-map.css",
        "support-map-pair.js",
    ]


def test_the_second_map_has_its_own_values_and_the_same_colours():
    made = second_of(pair())
    ((call, areas),) = made["parts"]
    assert call == "areas"
    assert areas["values"]["classes"] == "22-"
    assert areas["fills"] == [style.ZERO_COLOUR, *COLOURS]
    assert made["titles"] == ["Dziś", "Prognoza"]
    assert (made["second"]["title"], made["second"]["isSecond"]) == ("Prognoza", True)
    assert made["legend"]["lines"] == [LEGEND.unit, LEGEND.as_of]
    assert [entry["label"] for entry in made["legend"]["entries"]] == ["1-2", "0,5-1", "0", "brak danych"]


def test_a_class_of_either_side_without_a_colour_is_refused():
    with pytest.raises(ValueError, match="120101"):
        pair(right=side("Prognoza", values_of(g120101=3)))


def test_streamlit_folium_takes_both_maps_as_one():
    import streamlit_folium

    scripts = []
    for _ in range(2):
        made = pair()
        made.get_root().render()
        scripts.append(streamlit_folium.generate_leaflet_string(made, base_id="div"))
    assert 'var map_div = SupportMap.start("map_div"' in scripts[0]
    assert "SupportMap.beside(map_div, {" in scripts[0]
    assert scripts[0] == scripts[1], "otherwise every run of the page would make the maps anew"
    # This name would make the component lay out two boxes of its own.
    assert "map_div2" not in scripts[0]


def test_hostile_words_stay_words():
    page = pair(left=side(HOSTILE), legend=replace(LEGEND, title=HOSTILE)).get_root().render()
    assert "<img" not in page
    assert page.count("</script>") == len(re.findall(r"<script", page))


# ---------- in a browser ----------


def _page(request: Request, *, html: str) -> HTMLResponse:
    return HTMLResponse(html)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve pairs of maps with our routes and middleware on a free loopback port."""
    import uvicorn

    folder = tmp_path_factory.mktemp("geometry")
    areas = gpd.GeoDataFrame(
        {"area_code": list(SQUARES), "name": [name for name, _ in SQUARES.values()]},
        geometry=[shape for _, shape in SQUARES.values()],
        crs="EPSG:4326",
    )
    urls = {"gmina": published_geometry(areas, level="gmina", vintage="2019", folder=folder)}
    services = gpd.GeoDataFrame(
        {"facility_id": [1], "mark_group": "older", "label": ["Nowy dom"], "details": [["dom"]]},
        geometry=[Point(20.1, 50.1)],
        crs="EPSG:4326",
    )
    here = {"geometry_urls": urls}
    # Streamlit-folium puts the page's own map into a box of its own, without folium's class and with a height.
    bare = ('class="folium-map" id="', 'style="height: 620px; width: nullpx" id="')
    later = side("Prognoza", values_of(g120101=2, g120102=2, g120103=None), services=services, **here)
    far = side("Pomorskie", values_of(g220101=1, g220102=2), scope="22", bounds=NORTH, **here)
    made = {
        "years": pair(side(HOSTILE, **here), later),
        "regions": pair(side("Małopolskie", **here), far),
    }
    pages = {name: one.get_root().render().replace(*bare) for name, one in made.items()}
    tail = """<script>
        window.first = Object.values(window).find((one) => window.L && one instanceof L.Map);
        window.second = first.support.twin;
        window.centres = () => [first, second].map((map) => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]);
    </script>"""
    app = Starlette(
        routes=[
            *server.routes(geometry_folder=folder),
            *(Route(f"/{name}", partial(_page, html=html + tail)) for name, html in pages.items()),
            Route("/favicon.ico", partial(_page, html="")),
        ],
        # These pages are none of the application's addresses.
        middleware=[
            one for one in server.middleware(geometry_folder=folder) if one.cls is not KnownAddresses
        ],
    )
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        running = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        running.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def opened(chromium, address):
    """Give a function that opens a pair and returns its page, which collects requests and complaints."""
    contexts = []

    def open_pair(name: str = "years", *, width: int = 1000, height: int = 620):
        contexts.append(chromium.new_context(viewport={"width": width, "height": height}))
        page = contexts[-1].new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{address}/{name}")
        page.wait_for_function("document.querySelectorAll('[data-drawn]').length === 2")
        page.wait_for_timeout(300)  # the style sheet may come after the drawing and move it once
        return page

    yield open_pair
    for context in contexts:
        context.close()


def _at(page, which: str, lng: float, lat: float) -> tuple[float, float]:
    """Return where a place stands on the page."""
    x, y = page.evaluate(
        f"""(() => {{
            const box = {which}.getContainer().getBoundingClientRect();
            const at = {which}.latLngToContainerPoint([{lat}, {lng}]);
            return [box.x + at.x + 1, box.y + at.y + 1];
        }})()"""
    )
    return x, y


def _colour(page, which: str, lng: float, lat: float) -> str:
    return page.evaluate(
        f"""(() => {{
            let shape; {which}.eachLayer((one) => {{ if (one.options.area) shape = one; }});
            const renderer = {which}.getRenderer(shape);
            const at = {which}.latLngToLayerPoint([{lat}, {lng}]).subtract(renderer._bounds.min);
            const data = renderer._ctx.getImageData(Math.round(at.x), Math.round(at.y), 1, 1).data;
            return "#" + [...data.slice(0, 3)].map((one) => one.toString(16).padStart(2, "0")).join("");
        }})()"""
    )


def _drag(page, start: tuple[float, float], by: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(start[0] + by[0] * step / 5, start[1] + by[1] * step / 5)
        page.wait_for_timeout(20)
    page.wait_for_timeout(250)  # held still, so that the map does not glide on
    page.mouse.up()
    page.wait_for_timeout(250)


@pytest.mark.browser
def test_both_maps_ask_only_this_host_and_run_nothing_foreign(opened, address):
    page = opened()
    assert {url.split("/")[2] for url in page.requests} == {address.removeprefix("http://")}
    assert page.complaints == []
    assert page.evaluate("window.wasRun") is None
    assert sum("/geometry/" in url for url in page.requests) == 1, (
        "one file of borders is enough for two maps"
    )


@pytest.mark.browser
def test_the_same_class_has_the_same_colour_on_both(opened):
    page = opened()
    assert _colour(page, "first", 20.9, 50.9) == _colour(page, "second", 20.9, 50.9) == COLOURS[1]
    assert _colour(page, "first", 20.4, 50.9) == COLOURS[0]
    assert _colour(page, "second", 20.4, 50.9) == COLOURS[1]
    assert _colour(page, "first", 20.4, 50.1) == style.ZERO_COLOUR
    assert _colour(page, "second", 20.4, 50.1) != style.ZERO_COLOUR, "no data is hatched, zero is not"
    assert page.locator(".support-pair-legend").count() == 1
    assert page.locator(".support-pair-legend li").count() == 4


@pytest.mark.browser
@pytest.mark.parametrize(("leader", "follower"), [("first", "second"), ("second", "first")])
def test_moving_one_map_moves_the_other(opened, leader, follower):
    page = opened()
    before = page.evaluate("centres()")
    assert before[0] == pytest.approx(before[1], abs=1e-6)
    _drag(page, _at(page, leader, 20.5, 50.5), (60, 40))
    first, second = page.evaluate("centres()")
    # One pixel at this zoom is less than 0.01 of a degree.
    assert first == pytest.approx(second, abs=0.01)
    assert first[1] < before[0][1] - 0.1
    assert first[0] > before[0][0] + 0.05
    page.locator(".leaflet-control-zoom-in").nth(0 if leader == "first" else 1).click()
    page.wait_for_timeout(300)
    first, second = page.evaluate("centres()")
    assert first[2] == second[2] == before[0][2] + 1
    page.locator(".support-whole-area").nth(0 if follower == "first" else 1).click()
    assert page.evaluate("centres()") == [pytest.approx(one, abs=0.01) for one in before]


@pytest.mark.browser
def test_two_regions_keep_one_zoom_and_move_by_the_same_way(opened):
    page = opened("regions")
    first, second = page.evaluate("centres()")
    assert first[2] == second[2]
    assert first[:2] == pytest.approx([50.5, 20.5], abs=0.02)
    assert second[:2] == pytest.approx([54.25, 18.5], abs=0.02)
    _drag(page, _at(page, "first", 20.5, 50.5), (-50, 0))
    moved, followed = page.evaluate("centres()")
    assert moved[1] - first[1] > 0.1
    assert followed[1] - second[1] == pytest.approx(moved[1] - first[1], abs=0.01)
    assert followed[2] == moved[2]


@pytest.mark.browser
def test_an_area_is_told_and_outlined_on_both(opened):
    page = opened()
    page.mouse.move(*_at(page, "second", 20.3, 50.85))
    page.wait_for_timeout(100)  # Leaflet looks at the pointer 30 times a second
    page.mouse.move(*_at(page, "second", 20.4, 50.9))
    page.wait_for_function("document.querySelectorAll('.support-tooltip').length === 2")
    assert [text.split("\n") for text in page.locator(".support-tooltip").all_inner_texts()] == [
        ["Pierwsza", "klasa 1"],
        ["Pierwsza", "klasa 2"],
    ]
    assert page.evaluate("[first, second].map((map) => map.support.hovered)") == ["120101", "120101"]
    page.mouse.move(5, 5)
    page.wait_for_function("document.querySelectorAll('.support-tooltip').length === 0")
    page.wait_for_function("!first.support.layers.hovered && !second.support.layers.hovered")


@pytest.mark.browser
@pytest.mark.parametrize("clicked", ["first", "second"])
def test_a_click_on_either_map_is_told_by_the_first_and_chooses_on_both(opened, clicked):
    page = opened()
    # As streamlit-folium listens: to every layer of the page's own map.
    page.evaluate(
        """() => {
            window.heard = [];
            for (const id in first._layers) first._layers[id].on("click", (event) => {
                if (event.layer && typeof event.layer.toGeoJSON === "function") heard.push(event.layer.toGeoJSON());
            });
        }"""
    )
    page.mouse.click(*_at(page, clicked, 20.9, 50.9))
    page.wait_for_function("heard.length > 0")
    assert page.evaluate("heard[0].properties.area_code") == "120102"
    assert page.evaluate("[first, second].map((map) => map.support.chosen)") == ["120102", "120102"]
    assert page.evaluate("[first, second].every((map) => map.hasLayer(map.support.layers.chosen))")


@pytest.mark.browser
def test_an_area_of_one_region_is_told_on_its_map_only(opened):
    page = opened("regions")
    page.mouse.move(*_at(page, "second", 18.3, 54.2))
    page.wait_for_timeout(100)
    page.mouse.move(*_at(page, "second", 18.35, 54.25))
    page.wait_for_selector(".support-tooltip")
    assert page.locator(".support-tooltip").all_inner_texts() == ["Północna\nklasa 1"]
    page.mouse.click(*_at(page, "second", 18.35, 54.25))
    page.wait_for_function("second.support.layers.chosen")
    assert page.evaluate("Boolean(first.support.layers.chosen)") is False


@pytest.mark.browser
def test_the_keyboard_moves_both_and_hears_both_values(opened):
    page = opened()
    page.evaluate("void first.setView([50.9, 20.4], first.getZoom(), { animate: false })")
    page.locator(".leaflet-container").nth(0).focus()
    assert page.locator(".support-spoken").nth(0).text_content() == (
        f"{HOSTILE}: Pierwsza, klasa 1; Prognoza: klasa 2"
    )
    before = page.evaluate("second.getCenter().lng")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"second.getCenter().lng > {before} + 0.05")
    page.wait_for_function("Math.abs(first.getCenter().lng - second.getCenter().lng) < 0.01")
    page.locator(".leaflet-container").nth(1).focus()
    page.evaluate("void first.setView([50.9, 20.9], first.getZoom(), { animate: false })")
    assert page.locator(".support-spoken").nth(1).text_content() == (
        f"Prognoza: Druga, klasa 2; {HOSTILE}: klasa 2"
    )
    page.keyboard.press("Enter")
    assert page.evaluate("[first, second].map((map) => map.support.chosen)") == ["120102", "120102"]


@pytest.mark.browser
def test_each_map_is_named_and_follows_its_title(opened):
    page = opened()
    names = page.evaluate("[first, second].map((map) => map.getContainer().getAttribute('aria-label'))")
    assert names == [HOSTILE, "Prognoza"]
    assert page.evaluate("document.title") == "Dwie mapy"
    order = page.evaluate(
        "[...document.querySelectorAll('.support-pair h2, .leaflet-container')].map((one) => one.tagName)"
    )
    assert order == ["H2", "DIV", "H2", "DIV"]


@pytest.mark.browser
def test_the_maps_stand_under_each_other_on_a_phone(opened):
    desk, phone = opened(width=701), opened(width=390, height=1120)
    boxes = desk.locator(".leaflet-container")
    left, right = boxes.nth(0).bounding_box(), boxes.nth(1).bounding_box()
    assert desk.evaluate("[first, second].map((map) => map.getContainer().getBoundingClientRect().x)") == [
        left["x"],
        right["x"],
    ]
    title = desk.locator(".support-pair-head").nth(1).bounding_box()
    assert title["x"] == right["x"], "each title stands over its own map"
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]
    boxes = phone.locator(".leaflet-container")
    upper, lower = boxes.nth(0).bounding_box(), boxes.nth(1).bounding_box()
    assert upper["x"] == lower["x"]
    assert upper["y"] + upper["height"] < lower["y"]
    assert upper["height"] == pytest.approx(lower["height"], abs=1)
    assert upper["height"] > 250
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert phone.evaluate("document.documentElement.scrollHeight <= innerHeight")
    # "dziś (2025)" was read as "dziś …" beside what the map says, and the name of the indicator as its first word.
    fits = "one => one.scrollWidth <= one.clientWidth"
    assert phone.locator(".support-pair-legend .support-legend-name").evaluate(fits)
    assert phone.locator(".support-pair-head h2").last.evaluate(fits)


@pytest.mark.browser
def test_marks_of_the_second_map_can_be_read(opened):
    page = opened()
    page.mouse.click(*_at(page, "second", 20.1, 50.1))
    page.wait_for_selector(".support-places")
    assert page.inner_text(".support-facility strong") == "Nowy dom"
    assert page.evaluate("first.support.layers.marks") is None
