"""Light pages through the server's own routes and middleware, on the invented region."""

import re
from xml.etree import ElementTree as ET

import pytest
from starlette.applications import Starlette

from data.vocabulary.languages import LANGUAGES
from layers import server
from layers.cache.shared_answers import open_registry
from layers.site.place_page import paged_services
from layers.site.written import POLICY
from tests.support.asking import asked

HOST = {"host": "mapa.example"}
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def ask(invented_database_url, monkeypatch):
    """Give a function that asks the routes and middleware of the server."""
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
    app = Starlette(routes=server.routes(), middleware=server.middleware())

    def ask_app(path, query="", *, method="GET", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return asked(app, path, query, method=method, headers=HOST | named)

    return ask_app


def places():
    return paged_services(open_registry())


def addresses(answer):
    return [loc.text for loc in ET.fromstring(answer.body).iter(f"{NAMESPACE}loc")]


def test_every_address_of_the_sitemap_is_a_page_that_names_itself(ask):
    listed = addresses(ask("/sitemap.xml"))
    assert {address.split("/")[3].partition("?")[0] for address in listed} == {
        "",
        "pomoc",
        "placowka",
        "gmina",
    }
    for address in listed:
        path, _, query = address.removeprefix("http://mapa.example").partition("?")
        answer = ask(path, query)
        assert answer.status == 200, address
        assert f'<link rel="canonical" href="{address}">' in answer.body.decode()


@pytest.mark.parametrize("path", ["place", "/gmina/980101"])
def test_what_is_invented_says_so_and_is_nothing_for_search_engines(ask, path):
    page = ask(f"/placowka/{places()['facility_handle'].iloc[0]}" if path == "place" else path).body.decode()
    assert "To przykład: dane są zmyślone." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "ld+json" not in page
    assert ask("/robots.txt").body.decode() == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_in_each_language(ask, lang):
    services = places()
    sure = services[services["phones"].map(bool)].iloc[0]
    answer = ask(f"/placowka/{sure['facility_handle']}", f"lang={lang}")
    page = answer.body.decode()
    assert f'<html lang="{lang}">' in page
    assert answer.headers["content-language"] == lang
    assert re.search(r'<a class="call" href="tel:[+0-9]+">', page)
    assert [f'hreflang="{code}"' in page for code in (*LANGUAGES, "x-default")] == [True] * 4


@pytest.mark.parametrize(
    ("query", "accepted", "lang"),
    [
        ("", "", "pl"),
        ("", "uk-UA,uk;q=0.9,en;q=0.8", "uk"),
        ("lang=en", "uk", "en"),
        ("lang=de", "de", "pl"),
    ],
)
def test_language_is_the_one_of_the_address_then_of_the_browser(ask, query, accepted, lang):
    answer = ask("/gmina/980101", query, accept_language=accepted)
    assert f'<html lang="{lang}">' in answer.body.decode()
    assert "accept-language" in answer.headers["vary"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_gmina_says_whom_to_call_and_what_no_list_covers(ask, lang):
    gminas = open_registry().own_gminas.areas_by_code("gmina")
    assert len(gminas) == 9
    for code in gminas.index:
        page = ask(f"/gmina/{code}", f"lang={lang}").body.decode()
        assert page.count("<section id=") == 4  # where to ask, and three groups
        assert page.count(f'href="/pomoc?lang={lang}&amp;place=g%3A{code}&amp;group=') == 3
        assert page.count('<p class="quiet">') >= 3
        assert 'href="tel:112"' in page


def test_a_gmina_links_to_every_place_with_a_page_that_stands_in_it(ask):
    services = places()
    for code, here in services.groupby("gmina_code"):
        page = ask(f"/gmina/{code}").body.decode()
        helping = here[~here["support_form"].str.startswith("INS-")]
        assert [handle for handle in helping["facility_handle"] if f"/placowka/{handle}?" not in page] == []


UNKNOWN = [
    "/placowka/",
    "/placowka/nie-ma:0123456789abcdef",
    "/placowka/x",
    "/placowka/x/y",
    "/placowka/a:@1",
    "/gmina/999999",
    "/gmina/98",
    "/gmina/980101x",
    "/sitemap/1.xml",
    "/sitemap/0.xml",
    "/sitemap/abc",
    "/sitemap/-1.xml",
]


@pytest.mark.parametrize("path", UNKNOWN)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_address_is_answered_like_any_other(ask, path, lang):
    answer, other = ask(path, f"lang={lang}"), ask("/nie-ma-takiej-strony", f"lang={lang}")
    assert (answer.status, answer.body) == (404, other.body)
    assert f'<html lang="{lang}">' in answer.body.decode()
    assert 'href="tel:112"' in answer.body.decode()


@pytest.mark.parametrize("path", ["/gmina/980101", "/placowka/x", "/nie-ma"])
def test_no_script_may_run(ask, path):
    answer = ask(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert "script-src" not in POLICY
    assert "default-src 'none'" in POLICY
    assert not re.search(
        r"<script(?! type=\"application/ld\+json\")|<style|\son[a-z]+=|style=", answer.body.decode()
    )


def test_pages_are_only_read(ask):
    assert ask("/gmina/980101", method="POST").status == 405


def test_a_page_is_asked_for_again_and_comes_packed(ask):
    answer = ask("/gmina/980101", accept_encoding="gzip")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-encoding"] == "gzip"


def test_a_host_that_is_none_is_not_repeated(ask):
    page = ask("/gmina/980101", host='"><script>').body.decode()
    assert "<script>" not in page
    assert '<link rel="canonical" href="/gmina/980101?lang=pl">' in page


def test_without_a_database_it_is_said(monkeypatch, tmp_path, ask):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    answer = ask("/gmina/980101")
    assert answer.status == 503
    assert "Nie ma jeszcze bazy danych." in answer.body.decode()
    assert str(tmp_path) not in answer.body.decode()
