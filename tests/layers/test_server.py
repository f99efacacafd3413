"""Routes of map files, headers and the language of the page."""

import gzip
import json
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import box
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from data.store.settings import Settings, SettingsError
from layers import server
from layers.maps import published_geometry
from layers.maps.browser_files import leaflet_url, our_url
from layers.server import content_security_policy
from layers.serving import page_frame
from layers.words.map_words import background_of
from tests.support.asking import Answer, asked

PAGE = (
    '<!DOCTYPE html><html lang="en"><body><noscript>You need to enable JavaScript to run this app.</noscript>'
    "</body></html>"
)


@pytest.fixture
def ask(tmp_path: Path):
    """Give a function that asks an application with our routes and middleware, through plain ASGI."""
    (tmp_path / "geometry").mkdir()
    (tmp_path / "geometry" / "gmina-2019-0123456789ab.json").write_text('{"type":"Topology"}' + " " * 2000)
    (tmp_path / "secret.json").write_text("{}")
    app = Starlette(
        routes=[
            *server.routes(geometry_folder=tmp_path / "geometry"),
            Route("/_stcore/health", lambda _: PlainTextResponse("ok")),
            Route("/component/streamlit_folium.st_folium/index.html", lambda _: HTMLResponse(PAGE)),
            Route("/planowanie", lambda _: HTMLResponse(PAGE, headers={"etag": '"x"'})),
        ],
        middleware=server.middleware(geometry_folder=tmp_path / "geometry"),
    )

    def ask_app(
        path: str, query: str = "", headers: dict[str, str] | None = None, method: str = "GET"
    ) -> Answer:
        return asked(app, path, query, headers=headers, method=method)

    return ask_app


@pytest.mark.parametrize("name", ["leaflet.js", "leaflet.css", "images/layers.png"])
def test_leaflet_comes_from_the_installed_package(ask, name):
    path, _, query = leaflet_url(name).partition("?")
    answer = ask(path, query)
    assert answer.status == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["support-map.js", "support-map.css"])
def test_our_files_are_kept_only_under_the_address_of_their_content(ask, name):
    path, _, query = our_url(name).partition("?")
    assert "immutable" in ask(path, query).headers["cache-control"]
    assert ask(path, "v=000000000000").headers["cache-control"] == "no-cache"
    assert ask(path).headers["cache-control"] == "no-cache"


def test_geometry_is_compressed_and_kept(ask):
    answer = ask("/geometry/gmina-2019-0123456789ab.json", headers={"accept-encoding": "gzip, br"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert gzip.decompress(answer.body).startswith(b'{"type":"Topology"}')
    assert len(answer.body) < 200
    assert ask("/geometry/gmina-2019-0123456789ab.json").body.startswith(b'{"type":"Topology"}')


def test_a_known_file_is_not_sent_again(ask):
    first = ask("/geometry/gmina-2019-0123456789ab.json")
    again = ask("/geometry/gmina-2019-0123456789ab.json", headers={"if-none-match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/geometry/../secret.json",
        "/geometry/..%2fsecret.json",
        "/geometry//etc/passwd",
        "/geometry/./../secret.json",
        "/geometry/gmina.json",
        "/geometry/",
        "/geometry/.hidden.json",
        "/geometry/a\x00.json",
        "/geometry/..\\secret.json",
        "/vendor/ours/../style.py",
        "/vendor/leaflet/../__init__.py",
        "/vendor/leaflet/images",
    ],
)
def test_nothing_outside_the_folders_is_served(ask, path):
    answer = ask(path)
    assert answer.status == 404
    assert b"{}" not in answer.body


def test_a_link_out_of_the_folder_is_not_followed(ask, tmp_path):
    (tmp_path / "geometry" / "link.json").symlink_to(tmp_path / "secret.json")
    assert ask("/geometry/link.json").status == 404


@pytest.mark.parametrize("path", ["/planowanie", "/_stcore/health", "/geometry/none.json"])
def test_every_answer_forbids_other_hosts(ask, path):
    headers = ask(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    own = "'none'" if path == "/geometry/none.json" else "'self'"
    assert policy.startswith(f"default-src {own}; ")
    assert "http" not in policy
    assert "*" not in policy


def test_a_background_map_opens_pictures_of_its_host_alone():
    policy = content_security_policy("https://mapy.example.pl/wss/service/WMS")
    assert "img-src 'self' data: blob: https://mapy.example.pl;" in policy
    assert policy.count("http") == 1
    assert content_security_policy() == content_security_policy(None)
    assert "http" not in content_security_policy()


@pytest.mark.parametrize(
    "found",
    [
        "http://mapy.example.pl/wms",
        "https://mapy.example.pl/wms?layers=a",
        "https://*.example.pl/wms",
        "https://a.pl; script-src *",
        "mapy.example.pl",
    ],
)
def test_an_address_that_would_open_more_is_refused(found):
    with pytest.raises(SettingsError, match="SUPPORT_MAP_WMS"):
        Settings.from_environment({"SUPPORT_MAP_WMS": found})


def test_without_the_setting_no_map_asks_another_host():
    assert background_of(Settings.from_environment({})) is None
    address = "https://mapy.example.pl/wms"
    told = background_of(Settings.from_environment({"SUPPORT_MAP_WMS": address}))
    assert (told.url, told.layers, told.attribution) == (address, "Raster", "GUGiK (geoportal.gov.pl)")


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("", "pl"),
        ("lang=pl", "pl"),
        ("lang=uk&scope=12", "uk"),
        ("scope=12&lang=en", "en"),
        ("lang=de", "pl"),
        ("lang=en%22%3E%3Cscript%3E", "pl"),
        ("lang=%ff", "pl"),
    ],
)
def test_the_page_says_its_language(ask, query, language):
    answer = ask("/planowanie", query, {"accept-encoding": "gzip"})
    page = answer.body.decode()
    assert f'<html lang="{language}">' in page
    assert "You need to enable" not in page
    assert answer.headers["content-language"] == language
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert "etag" not in answer.headers, "the file's tag does not know the language"


def test_the_polish_page_says_what_to_do_without_scripts(ask):
    assert "<noscript>Ta strona wymaga JavaScriptu." in ask("/planowanie").body.decode()


def test_a_head_request_has_no_body(ask):
    answer = ask("/planowanie", "lang=uk", method="HEAD")
    assert answer.headers["content-language"] == "uk"
    assert answer.body == b""


def test_inner_routes_are_left_as_they_are(ask):
    answer = ask("/_stcore/health", "lang=uk")
    assert answer.body == b"ok"
    assert "content-language" not in answer.headers


def test_the_frame_of_a_map_names_the_files_it_will_need(ask, tmp_path):
    square = gpd.GeoDataFrame(
        {"area_code": ["120101"], "name": ["A"]}, geometry=[box(20, 50, 21, 51)], crs=4326
    )
    url = published_geometry(square, level="gmina", vintage="2019", folder=tmp_path / "geometry")
    frame = ask("/component/streamlit_folium.st_folium/index.html")
    named = [link.split(">")[0].lstrip(" <") for link in frame.headers["link"].split(",")]
    assert named[-1] == url
    assert len(named) == 6
    for address in named:
        path, _, query = address.partition("?")
        assert "immutable" in ask(path, query).headers["cache-control"], "else it would be fetched twice"
    assert "link" not in ask("/planowanie").headers


def test_streamlits_own_page_has_what_we_replace():
    import streamlit

    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    changed = page_frame.in_language(page, "uk").decode()
    assert '<html lang="uk">' in changed
    assert "<title>Мапа соціальної підтримки</title>" in changed
    assert "Ця сторінка потребує JavaScript" in changed
    assert "favicon.png" not in changed
    words = json.loads(changed.split('id="frame-words">')[1].split("</script>")[0])
    assert words["Connection error"] == "Немає з’єднання із сервером"


def test_each_phrase_is_one_that_streamlit_says():
    """A later Streamlit that words it otherwise is seen here, and not by a reader."""
    import streamlit

    scripts = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("*.js")
    written = "".join(path.read_text(encoding="utf-8") for path in scripts)
    # Two of them are put together there.
    phrases = [phrase.removesuffix("apply") for phrase in page_frame.PHRASES.values()]
    parts = [part for phrase in phrases for part in phrase.split("exist. ")]
    assert [part for part in parts if part.removesuffix(".") not in written] == []
