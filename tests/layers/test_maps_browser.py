"""Our script in a real browser, under our own content security policy."""

import socket
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from layers import server, style
from layers.maps import LegendTexts, MapTexts, coverage_map, nearby_map, published_geometry, sites_map
from layers.serving.known_addresses import KnownAddresses

pytestmark = pytest.mark.browser

HOSTILE = "</script><img src=x onerror='window.wasRun=1'>"
TEXTS = MapTexts(
    lang="uk",
    label="Мапа",
    zoom_in="Наблизити",
    zoom_out="Віддалити",
    whole_area="Уся територія",
    close="Закрити",
    loading_failed="Не вдалося",
    attribution=HOSTILE,
)


def _areas() -> gpd.GeoDataFrame:
    """Four squares of half a degree: 120101 and 120102 above 120103 and 140101."""
    return gpd.GeoDataFrame(
        {
            "area_code": ["120101", "120102", "120103", "140101"],
            "name": ["Pierwsza", HOSTILE, "Trzecia", "Obca"],
            "powiat_name": ["bocheński"] * 4,
        },
        geometry=[
            box(20, 50.5, 20.5, 51),
            box(20.5, 50.5, 21, 51),
            box(20, 50, 20.5, 50.5),
            box(20.5, 50, 21, 50.5),
        ],
        crs="EPSG:4326",
    )


def _services() -> gpd.GeoDataFrame:
    count = 30
    return gpd.GeoDataFrame(
        {
            "facility_id": range(count),
            "mark_group": "older",
            "label": [f"Dom {i}" for i in range(count - 1)] + [HOSTILE],
            "details": [["dom pomocy"]] * count,
            "phones": [["12 345 67 89"]] * count,
        },
        geometry=[Point(20.2, 50.7)] * count,
        crs="EPSG:4326",
    )


def _pages(folder: Path) -> dict[str, str]:
    areas = _areas()
    urls = {"gmina": published_geometry(areas, level="gmina", vintage="2019", folder=folder)}
    values = pd.DataFrame(
        {"class_index": pd.array([1, None, 0], dtype="Int64"), "value_text": ["1,5", "brak danych", "0"]},
        index=["120101", "120102", "120103"],
    )
    given = {
        "class_colours": style.class_colours(1),
        "level": "gmina",
        "bounds": [[50, 20], [51, 21]],
        "legend": LegendTexts(
            title=HOSTILE, class_labels=("1-2",), zero_label="0", no_data_label="brak danych"
        ),
        "texts": TEXTS,
        "scope": "12",
    }
    made = {
        "coverage": coverage_map(values, geometry_urls=urls, services=_services(), chosen="120103", **given),
        "broken": coverage_map(
            values, geometry_urls={"gmina": "/geometry/none.json"}, services=_services(), **given
        ),
        "nearby": nearby_map(
            _services(),
            place=Point(20.2, 50.7),
            place_name=HOSTILE,
            distance_m=10_000,
            legend=LegendTexts(title="Pomoc"),
            texts=TEXTS,
            geometry_urls=urls,
        ),
        "sites": sites_map(
            gpd.GeoDataFrame(
                {"number": [1, 2], "label": ["Pierwsza", HOSTILE], "details": [["30"], ["20"]]},
                geometry=[Point(20.2, 50.8), Point(20.7, 50.7)],
                crs="EPSG:4326",
            ),
            services=_services(),
            geometry_urls=urls,
            bounds=[[50, 20], [51, 21]],
            scope="12",
            legend=LegendTexts(title="Пропозиція", site_labels=["Pierwsza", HOSTILE]),
            texts=TEXTS,
        ),
    }
    # As streamlit-folium calls the map.
    tail = (
        "<script>window.map = Object.values(window).find((one) => window.L && one instanceof L.Map);</script>"
    )
    return {name: one.get_root().render() + tail for name, one in made.items()}


def _page(request: Request, *, html: str) -> HTMLResponse:
    return HTMLResponse(html)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the maps with our routes and middleware on a free loopback port."""
    import uvicorn

    folder = tmp_path_factory.mktemp("geometry")
    pages = _pages(folder)
    app = Starlette(
        routes=[
            *server.routes(geometry_folder=folder),
            *(Route(f"/{name}", partial(_page, html=html)) for name, html in pages.items()),
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
    """Give a function that opens a map and returns its page, which collects requests and complaints."""
    contexts = []

    def open_map(name: str, *, width: int = 1000):
        contexts.append(chromium.new_context(viewport={"width": width, "height": 700}))
        page = contexts[-1].new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{address}/{name}")
        page.wait_for_selector("[data-drawn]" if name != "broken" else ".support-notice")
        page.wait_for_timeout(300)  # the style sheet may come after the drawing and move it once
        return page

    yield open_map
    for context in contexts:
        context.close()


def _at(page, lng: float, lat: float) -> tuple[float, float]:
    point = page.evaluate(
        f"(() => {{ const p = map.latLngToContainerPoint([{lat}, {lng}]); return [p.x, p.y]; }})()"
    )
    return point[0], point[1]


def _colour(page, lng: float, lat: float) -> str:
    """Return the colour drawn at a place, as `#rrggbb`."""
    return page.evaluate(
        f"""(() => {{
            let shape; map.eachLayer((one) => {{ if (one.options.area) shape = one; }});
            const renderer = map.getRenderer(shape);
            const at = map.latLngToLayerPoint([{lat}, {lng}]).subtract(renderer._bounds.min);
            const ratio = L.Browser.retina ? 2 : 1;
            const data = renderer._ctx.getImageData(Math.round(at.x * ratio), Math.round(at.y * ratio), 1, 1).data;
            return "#" + [...data.slice(0, 3)].map((one) => one.toString(16).padStart(2, "0")).join("");
        }})()"""
    )


@pytest.mark.parametrize("name", ["coverage", "nearby", "sites"])
def test_a_map_asks_only_this_host_and_runs_nothing_foreign(opened, address, name):
    page = opened(name)
    assert {url.split("/")[2] for url in page.requests} == {address.removeprefix("http://")}
    assert page.complaints == []
    assert page.evaluate("window.wasRun") is None
    assert page.evaluate("[document.documentElement.lang, document.title]") == ["uk", "Мапа"]


def test_new_sites_are_numbers_that_the_keyboard_finds(opened):
    page = opened("sites")
    marks = page.locator(".support-site")
    assert marks.all_inner_texts() == ["1", "2"]
    assert marks.first.get_attribute("title") == "1. Pierwsza; 30"
    marks.last.focus()
    page.keyboard.press("Enter")
    assert page.locator(".support-popup strong").inner_text() == f"2. {HOSTILE}"
    assert page.evaluate("window.wasRun") is None


def test_areas_are_filled_by_class_and_the_scope_is_kept(opened):
    page = opened("coverage")
    assert page.evaluate("document.querySelector('[data-drawn]').dataset.drawn") == "3"
    assert _colour(page, 20.4, 50.9) == style.class_colours(1)[0]
    assert _colour(page, 20.4, 50.1) == style.ZERO_COLOUR
    assert _colour(page, 20.8, 50.2) == "#000000", (
        "outside the scope nothing is drawn: black is transparent here"
    )


def test_no_data_is_hatched_and_not_filled(opened):
    page = opened("coverage")
    seen = {_colour(page, 20.6 + step / 400, 50.9) for step in range(40)}
    assert style.NO_DATA_GROUND in seen
    assert len(seen) > 3, "the lines of the hatch are there as well"


def test_the_pointer_is_told_name_and_value_as_text(opened):
    page = opened("coverage")
    page.mouse.move(*_at(page, 20.3, 50.85))
    page.wait_for_timeout(100)  # Leaflet looks at the pointer 30 times a second
    page.mouse.move(*_at(page, 20.4, 50.9))
    page.wait_for_selector(".support-tooltip")
    assert page.inner_text(".support-tooltip").split("\n") == ["Pierwsza · bocheński", "1,5"]
    page.wait_for_timeout(100)
    page.mouse.move(*_at(page, 20.8, 50.8))
    page.wait_for_function("document.querySelector('.support-tooltip').innerText.includes('brak danych')")
    assert HOSTILE in page.inner_text(".support-tooltip")
    assert page.evaluate("window.wasRun") is None


def test_a_click_answers_with_the_code_and_no_geometry(opened):
    page = opened("coverage")
    # As streamlit-folium listens to every layer that is there when the map is made.
    page.evaluate(
        """() => {
            window.heard = [];
            for (const id in map._layers) map._layers[id].on("click", (event) => {
                if (event.layer && typeof event.layer.toGeoJSON === "function") heard.push(event.layer.toGeoJSON());
            });
        }"""
    )
    page.mouse.click(*_at(page, 20.4, 50.9))
    page.wait_for_function("heard.length > 0")
    answer = page.evaluate("heard[0]")
    assert (answer["geometry"], answer["properties"]["area_code"]) == (None, "120101")
    assert page.evaluate("map.support.chosen") == "120101"


def test_all_facilities_of_one_point_can_be_read(opened):
    page = opened("coverage")
    page.mouse.click(*_at(page, 20.2, 50.7))
    page.wait_for_selector(".support-places")
    assert page.locator(".support-facility").count() == 30
    assert page.locator(".support-facility strong").last.inner_text() == HOSTILE
    assert page.locator(".support-facility a").first.get_attribute("href") == "tel:123456789"
    sizes = page.evaluate(
        "(() => { const e = document.querySelector('.support-places'); return [e.clientHeight, e.scrollHeight]; })()"
    )
    assert sizes[0] <= 240 < sizes[1], "the list scrolls"
    assert page.get_attribute(".leaflet-popup-close-button", "aria-label") == "Закрити"
    assert page.evaluate("window.wasRun") is None


def test_the_keyboard_reads_and_chooses(opened):
    page = opened("coverage")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('support-reading')")
    page.evaluate("void map.setView([50.9, 20.4], map.getZoom(), { animate: false })")
    assert page.text_content(".support-spoken") == "Pierwsza, bocheński, 1,5"
    page.keyboard.press("Enter")
    assert page.evaluate("map.support.chosen") == "120101"


def test_geometry_that_cannot_be_fetched_is_said_and_help_still_shown(opened):
    page = opened("broken")
    assert page.inner_text(".support-notice") == "Не вдалося"
    page.mouse.click(*_at(page, 20.2, 50.7))
    page.wait_for_selector(".support-places")
    assert page.locator(".support-facility").count() == 30


def test_the_legend_is_beside_the_map_on_a_desk_and_under_it_on_a_phone(opened):
    page = opened("coverage", width=1000)
    assert page.evaluate("document.querySelector('.support-legend').open") is True
    assert _at(page, 21, 50)[0] < page.locator(".support-legend").bounding_box()["x"]
    assert page.inner_text(".support-legend summary") == HOSTILE
    phone = opened("coverage", width=390)
    assert phone.evaluate("document.querySelector('.support-legend').open") is True
    assert _at(phone, 21, 50)[1] < phone.locator(".support-legend").bounding_box()["y"]


def test_the_legend_makes_room_when_a_card_narrows_the_map(opened):
    page = opened("coverage", width=1000)
    page.set_viewport_size({"width": 560, "height": 700})
    page.wait_for_function("document.querySelector('.support-legend-strip')")
    assert page.evaluate("document.querySelector('.support-legend').open") is True
    assert _at(page, 21, 50)[1] < page.locator(".support-legend").bounding_box()["y"]


def test_a_legend_of_marks_alone_is_folded_on_a_phone(opened):
    assert opened("nearby", width=390).evaluate("document.querySelector('.support-legend').open") is False


def test_the_readers_view_is_kept_when_the_map_is_made_anew(opened):
    page = opened("coverage")
    page.click(".leaflet-control-zoom-in")
    page.wait_for_timeout(600)
    zoom = page.evaluate("map.getZoom()")
    page.reload()
    page.wait_for_selector("[data-drawn]")
    assert page.evaluate("map.getZoom()") == zoom
    page.click(".support-whole-area")
    assert page.evaluate("map.getZoom()") < zoom
