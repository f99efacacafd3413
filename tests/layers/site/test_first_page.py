"""The first page: what is asked first, the doors, and what is known of each part of the region."""

import re

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.known_areas import known_areas, parts_level
from layers.cache.shared_answers import open_registry
from layers.text import texts_of
from tests.support.light_page import Visitor


@pytest.fixture
def visitor(monkeypatch, invented_database_url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
    return Visitor()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_has_the_box_the_doors_the_telephones_and_the_state_of_the_data(visitor, lang):
    page, texts = visitor.open(f"/?lang={lang}"), texts_of(lang)
    assert page.headings[0] == ("h1", texts.t("title"))
    assert "q" in page.fields
    for door in ("resident", "planner", "coordinator", "about", "method"):
        assert f"lang={lang}" in page.link(texts.t(f"page.{door}"))
    assert page.calls == ["tel:112", "tel:116123", "tel:+48800120002", "tel:116111", "tel:+48226350954"]
    assert texts.t("example.what") in page.words
    assert texts.t("count.voivodeships", count=1) in page.words


def test_its_box_leads_to_the_list(visitor):
    page = visitor.type(visitor.open("/?lang=pl&group=homeless"), "Zmyślona Wola")
    assert (visitor.query["place"], visitor.query["group"]) == ("l:1", "homeless")
    assert "Szukamy wokół: Zmyślona Wola" in page.words


def test_doors_lead_on_with_the_view_and_what_cannot_be_read_is_said(visitor):
    page = visitor.open("/?lang=pl&group=homeless&form=BEZ-NOC&year=x")
    assert page.link("Planuję usługi") == "/planowanie?lang=pl&group=homeless&form=BEZ-NOC"
    assert "Rok: nie można odczytać „x”. Pokazujemy: dziś." in page.words
    visitor.follow(page, "English")
    assert visitor.query == {"lang": "en", "group": "homeless", "form": "BEZ-NOC"}


def test_of_a_single_voivodeship_each_powiat_is_drawn_and_told(visitor):
    registry = open_registry()
    assert parts_level(registry) == "powiat"
    areas = known_areas(registry, "powiat")
    counted = registry.services[registry.services["is_counted"]]
    assert sum(area.facilities for area in areas) == counted["facility_id"].nunique()
    page = visitor.open("/?lang=pl")
    drawn = re.findall(r'<path(?: class="unknown")? d="(M[-0-9Ml z]+)"/>', page.source)
    assert len(drawn) == len(areas)
    for area in areas:
        said = f"pełne listy rodzajów pomocy: {area.whole_forms}\u00a0z\u00a050"
        assert said.replace("\u00a0", " ") in page.words.replace("\u00a0", " ")
        assert page.source.count(f"chosen={area.code}") == 2


def test_an_area_without_a_place_is_said_to_be_unknown_and_not_empty(visitor):
    empty = [area for area in known_areas(open_registry(), "powiat") if not area.facilities]
    page = visitor.open("/?lang=pl")
    assert page.source.count('class="unknown"') == len(empty)
    assert page.words.count("co nie znaczy, że ich nie ma") >= len(empty)


def test_it_is_light(visitor):
    assert len(visitor.get("/", "lang=uk", accept_encoding="gzip").body) < 30_000


def test_its_title_is_that_of_the_application(visitor):
    assert "<title>Mapa Wsparcia Społecznego</title>" in visitor.open("/?lang=pl").source


def test_the_sitemap_and_the_foot_lead_to_it(visitor):
    assert "<loc>http://mapa.example/?lang=pl</loc>" in visitor.get("/sitemap.xml").body.decode()
    page = visitor.open("/gmina/980101?lang=pl")
    assert page.link("Strona główna") == "/?lang=pl"
