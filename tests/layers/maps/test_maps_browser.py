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

from layers import server
from layers.maps import LegendTexts, MapTexts, coverage_map, nearby_map, published_geometry, sites_map
from layers.serving.known_addresses import KnownAddresses
from layers.text import style

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


def _towns() -> gpd.GeoDataFrame:
    """A village before a town beside it, far away a village without room, and a town within a gmina of its name."""
    return gpd.GeoDataFrame(
        {
            "area_code": ["120101", "120102", "120103", "120104", "120105"],
            "name": ["Rytro", "Nowy Sącz", "Wieś o nazwie dłuższej niż jej gmina", "Nowy Targ", "Nowy Targ"],
            "town_persons": [None, 83_558, None, 33_000, None],
        },
        geometry=[
            box(20, 50.5, 20.1, 50.6),
            box(20.1, 50.5, 20.2, 50.6),
            box(22, 50, 22.3, 50.3),
            box(21, 49, 21.1, 49.1),
            box(21.1, 48.5, 22.1, 49.5),
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
    counts = values.assign(class_index=pd.array([1, 1, 0], dtype="Int64"), size=[0.25, 1.0, 0.0])
    made["counts"] = coverage_map(
        counts,
        geometry_urls=urls,
        **{
            **given,
            "class_colours": [],
            "legend": LegendTexts(
                title="Placówki",
                symbol_labels=((8.0, "8"), (2.0, "2")),
                symbol_area_label="biały",
                zero_label="0",
            ),
        },
    )
    made["classes"] = coverage_map(
        values,
        geometry_urls=urls,
        **{
            **given,
            "class_colours": style.class_colours(3),
            "legend": LegendTexts(
                title="Udział", class_labels=(">0–24,9%", "25,0–99,9%", "100%"), zero_label="0% – nikt"
            ),
        },
    )
    made["bounds"] = coverage_map(
        values.assign(class_index=pd.array([1, 1, 1], dtype="Int64"), bound=["least", "most", ""]),
        geometry_urls=urls,
        **{
            **given,
            "legend": LegendTexts(
                title="Miejsca",
                class_labels=("1-2",),
                bound_labels={"least": "co najmniej", "most": "najwyżej"},
            ),
        },
    )
    towns = {"gmina": published_geometry(_towns(), level="gmina", vintage="2020", folder=folder)}
    made["towns"] = coverage_map(values, geometry_urls=towns, **{**given, "bounds": [[48, 17], [53, 24]]})
    # As streamlit-folium calls the map.
    tail = (
        "<script>window.map = Object.values(window).find((one) => window.L && one instanceof L.Map);</script>"
    )
    pages = {name: one.get_root().render() + tail for name, one in made.items()}
    frame = '<iframe src="/coverage" style="width: 900px; height: 600px; border: 0"></iframe>'
    pages["framed"] = f'<div style="height: 200px"></div>{frame}<div style="height: 900px"></div>'
    return pages


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

    def open_map(name: str, *, width: int = 1000, height: int = 700):
        contexts.append(chromium.new_context(viewport={"width": width, "height": height}))
        page = contexts[-1].new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{address}/{name}")
        drawn = page.frame_locator("iframe") if name == "framed" else page
        drawn.locator("[data-drawn]" if name != "broken" else ".support-notice").wait_for()
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


def test_the_legend_is_beside_the_map_on_a_desk_and_folded_under_it_on_a_phone(opened):
    page = opened("coverage", width=1000)
    assert page.evaluate("document.querySelector('.support-legend').open") is True
    assert _at(page, 21, 50)[0] < page.locator(".support-legend").bounding_box()["x"]
    assert page.inner_text(".support-legend summary") == HOSTILE
    # The map beside a card on a desk of 1366 px needs what it has.
    beside = opened("classes", width=655, height=580)
    assert beside.evaluate("document.querySelector('.support-legend').open") is False
    assert beside.locator(".support-legend-key").is_visible()
    assert _at(beside, 21, 50)[0] - _at(beside, 20, 50)[0] > 250
    phone = opened("coverage", width=390)
    assert phone.evaluate("document.querySelector('.support-legend').open") is False
    assert _at(phone, 21, 50)[1] < phone.locator(".support-legend").bounding_box()["y"]
    # The whole name, in as many lines as it needs.
    name = phone.locator(".support-legend-name")
    assert name.evaluate("one => getComputedStyle(one).overflow") == "visible"
    # What a reader opens stays open, whatever becomes of the size of the map.
    phone.click(".support-legend summary")
    phone.set_viewport_size({"width": 380, "height": 700})
    phone.wait_for_function("map.getSize().x === 380")
    assert phone.evaluate("document.querySelector('.support-legend').open") is True


def test_a_low_map_shows_the_whole_legend_or_a_folded_one_with_its_colours(opened):
    page = opened("classes", width=1000, height=400)
    fold = page.evaluate("document.querySelector('.support-legend').open")
    assert fold is True
    page.set_viewport_size({"width": 1000, "height": 140})
    page.wait_for_function("!document.querySelector('.support-legend').open")
    key = page.locator(".support-legend-key")
    assert key.inner_text().split() == ["0%", "100%"]
    colours = key.locator("span").evaluate_all(
        "all => all.map((one) => one.style.background).filter(Boolean)"
    )
    assert len(colours) == 4
    page.set_viewport_size({"width": 1000, "height": 400})
    page.wait_for_function("document.querySelector('.support-legend').open")


def test_what_is_seen_stays_where_it_is_when_a_card_narrows_the_map(opened):
    page = opened("coverage", width=1100)
    before = (_at(page, 20, 51), _at(page, 21, 50), page.evaluate("map.getZoom()"))
    page.set_viewport_size({"width": 740, "height": 700})
    page.wait_for_function("map.getSize().x === 740")
    assert (_at(page, 20, 51), _at(page, 21, 50), page.evaluate("map.getZoom()")) == before
    # The legend came to stand over the areas.
    assert page.evaluate("document.querySelector('.support-legend').open") is False
    # Where a part of the areas would be cut off, all of them are fitted again.
    page.set_viewport_size({"width": 420, "height": 700})
    page.wait_for_function("map.getSize().x === 420")
    assert _at(page, 21, 50)[0] <= 420


def test_a_mark_says_how_many_it_stands_for_at_every_size(opened):
    page = opened("coverage")
    page.evaluate("void map.setZoom(map.getMinZoom(), { animate: false })")
    marks = "map.support.layers.marks.getLayers().map((one) => [one.options.count, one._radius])"
    assert page.evaluate(marks) == [[30, 8]]


def test_numbers_of_new_sites_stand_beside_their_points_and_apart(opened):
    page = opened("sites")
    for zoom in ("getZoom", "getMinZoom"):
        page.evaluate(f"void map.setZoom(map.{zoom}(), {{ animate: false }})")
        first, second = (one.bounding_box() for one in page.locator(".support-site span").all())
        assert (
            abs(first["x"] - second["x"]) >= first["width"]
            or abs(first["y"] - second["y"]) >= first["height"]
        )
        x, y = _at(page, 20.2, 50.8)
        is_on_point = (
            first["x"] < x < first["x"] + first["width"] and first["y"] < y < first["y"] + first["height"]
        )
        assert not is_on_point


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


def test_the_first_click_leaves_the_page_where_it_is_and_chooses_what_is_under_it(opened):
    page = opened("framed", height=500)
    frame = page.frames[1]
    at = frame.evaluate(
        "(() => { const p = map.latLngToContainerPoint([50.9, 20.4]); return [p.x, p.y]; })()"
    )
    box = page.locator("iframe").bounding_box()
    assert box["y"] + box["height"] > 500, (
        "the map ends below the window, so focusing it would scroll the page"
    )
    page.mouse.move(box["x"] + at[0], box["y"] + at[1])
    page.mouse.down()
    page.wait_for_timeout(100)
    assert page.evaluate("window.scrollY") == 0
    page.mouse.up()
    frame.wait_for_function("map.support.chosen === '120101'")
    assert page.evaluate("window.scrollY") == 0


def test_counts_are_circles_whose_area_grows_with_the_number(opened):
    page = opened("counts")
    radii = page.evaluate("map.support.layers.symbols.getLayers().map((one) => one.options.radius)")
    # A quarter of the highest number has a quarter of its area: half its radius. Zero has none.
    assert radii == [22, 11]
    assert _colour(page, 20.05, 50.95) == style.PAPER
    assert _colour(page, 20.4, 50.1) == style.ZERO_COLOUR
    assert page.locator(".support-legend li").all_inner_texts() == ["8", "2", "biały", "0"]
    page.mouse.click(*_at(page, 20.75, 50.75))
    page.wait_for_function("map.support.chosen === '120102'")


def test_what_is_known_within_a_bound_has_a_pattern_over_its_colour(opened):
    page = opened("bounds")
    fill = style.class_colours(1)[0]
    sure = {_colour(page, 20.2 + step / 400, 50.2) for step in range(20)}
    assert sure == {fill}
    for lng in (20.2, 20.7):
        seen = {_colour(page, lng + x / 300, 50.9 + y / 300) for x in range(12) for y in range(12)}
        assert fill in seen
        assert len(seen) > 1, "dots or lines lie over it"
    assert page.locator(".support-legend li").all_inner_texts()[1:] == ["co najmniej", "najwyżej"]


def test_towns_are_named_before_villages_and_a_name_stands_once_for_a_place(opened):
    page = opened("towns")
    placed = page.evaluate("map.support.layers.labels._placed.map((one) => one.text)")
    assert placed == ["Nowy Sącz", "Nowy Targ"]
    # Nearer, where the gmina around the town has room for the same name.
    page.evaluate("void map.setView([49, 21.4], 10, { animate: false })")
    placed = page.evaluate("map.support.layers.labels._placed.map((one) => [one.text, one.area.code])")
    assert placed == [["Nowy Targ", "120104"]]


def test_at_the_edge_of_the_map_a_name_is_drawn_in_and_not_set_into_the_neighbour(opened):
    """On a phone "przykładowe wschodnie" stood in the middle of "przykładowe", and the western one nowhere."""
    page = opened("towns")
    from_its_place = """() => {
        const { labels } = map.support.layers;
        const width = map.getSize().x;
        const town = labels._areas.find((area) => area.name === "Nowy Targ" && area.rank);
        const at = L.latLng(town.label[1], town.label[0]);
        // The town stands ten pixels from the right edge.
        map.setView(at, 9, { animate: false });
        map.panBy([10 - width / 2, 0], { animate: false });
        labels._update();
        const corner = map.containerPointToLayerPoint([0, 0]);
        const { box } = labels._placed.find((one) => one.text === "Nowy Targ");
        return [width - (box.right - corner.x), map.latLngToContainerPoint(at).x - (box.left - corner.x)];
    }"""
    # The name ends at the edge, and its place lies under it.
    to_edge, to_place = page.evaluate(from_its_place)
    assert to_edge == pytest.approx(0, abs=0.5)
    assert to_place > 0


def test_no_name_stands_on_a_mark(opened):
    page = opened("towns")
    covered = """([radius, crowd]) => {
        const { labels } = map.support.layers;
        const marks = [];
        const at = (lat, lng) => marks.push({ getLatLng: () => L.latLng(lat, lng), _radius: radius, options: {} });
        at(50.55, 20.15);
        at(49.05, 21.05);
        for (let lat = 48; lat < crowd; lat += 0.05) for (let lng = 19; lng < 23; lng += 0.05) at(lat, lng);
        map.support.layers.marks = { getLayers: () => marks };
        labels._update();
        const points = marks.map((mark) => map.latLngToLayerPoint(mark.getLatLng()));
        const isOn = (box, { x, y }) =>
            box.left < x + radius && box.right > x - radius && box.top < y + radius && box.bottom > y - radius;
        const over = labels._placed.filter(({ box }) => points.some((point) => isOn(box, point)));
        return [labels._placed.length, over.length];
    }"""
    assert page.evaluate(covered, [6, 0]) == [2, 0]
    # Past the circle of a large number, too; where there is no room among marks, no name stands.
    assert page.evaluate(covered, [22, 0]) == [2, 0]
    assert page.evaluate(covered, [6, 50]) == [1, 0]


def test_the_hatch_stands_still_while_the_map_zooms(opened):
    page = opened("coverage")
    page.evaluate("void map.panBy([3, 2], { animate: false })")
    page.evaluate("window.before = map.latLngToLayerPoint(map.containerPointToLatLng([0, 0]))")
    shot = page.evaluate(
        """() => {
            window.shifts = [];
            const set = CanvasPattern.prototype.setTransform;
            CanvasPattern.prototype.setTransform = function (matrix) {
                shifts.push([matrix.e, matrix.f]);
                set.call(this, matrix);
            };
            map.setZoom(map.getZoom() + 1, { animate: false });
            return shifts.at(-1);
        }"""
    )
    # The drawing went back to the corner of the map; its patterns stay where the drag had put them.
    assert shot == page.evaluate("[-before.x, -before.y]")
    assert page.evaluate("map.options.zoomAnimation") is False
