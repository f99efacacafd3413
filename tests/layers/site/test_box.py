"""The box on the invented region: what it suggests, and what it finds near a rounded position."""

import gzip
import json
import re
from urllib.parse import urlencode

import pytest

from data.finding.points import POINT_KEY
from data.finding.suggesting import LONGEST
from data.vocabulary.languages import LANGUAGES
from layers.cache.shared_answers import open_registry
from layers.maps.browser_files import OUR_FOLDER
from layers.site.written import POLICY_WITH_SCRIPT
from layers.text import texts_of
from layers.words.point_words import LARGEST_ERROR_KM
from tests.support.light_page import Visitor

PATIENCE_S = 15
SUGGESTIONS = "/pomoc/podpowiedzi"


@pytest.fixture
def visitor(monkeypatch, invented_database_url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
    return Visitor()


def suggested(visitor, typed, **query):
    answer = visitor.get(SUGGESTIONS, urlencode({"lang": "pl", **query, "q": typed}))
    assert answer.status == 200
    return json.loads(answer.body)


class TestSuggestions:
    def test_each_leads_where_its_words_would(self, visitor):
        told = suggested(visitor, "zmyślona w")
        first = told["options"][0]
        assert first["name"] == "Zmyślona Wola"
        assert first["about"].startswith("(miasto), gmina")
        visitor.type(visitor.find(lang="pl"), "Zmyślona Wola")
        typed = visitor.query
        visitor.open(first["url"])
        # What was typed is said by the address itself.
        assert visitor.query == {name: value for name, value in typed.items() if name != "q"}
        assert visitor.redirects == 0

    def test_a_need_before_a_place_goes_into_the_address(self, visitor):
        first = suggested(visitor, "nocleg zmyślona w")["options"][0]
        assert first["name"] == "Nocleg – Zmyślona Wola"
        page = visitor.open(first["url"])
        assert (visitor.query["need"], visitor.query["place"]) == ("bed_tonight", "l:1")
        assert "Szukasz: nocleg." in page.words

    def test_a_place_keeps_the_need_and_a_need_the_place_that_were_chosen(self, visitor):
        page = visitor.find(lang="pl", need="meal")
        first = suggested(visitor, "zmyślona w", **page.fields)["options"][0]
        page = visitor.open(first["url"])
        assert (visitor.query["need"], visitor.query["place"]) == ("meal", "l:1")
        first = suggested(visitor, "nocl", **page.fields)["options"][0]
        visitor.open(first["url"])
        assert (visitor.query["need"], visitor.query["place"]) == ("bed_tonight", "l:1")

    def test_words_that_only_a_person_can_decide_on_stay_in_the_box(self, visitor):
        first = suggested(visitor, "bezdomny zmyślona w")["options"][0]
        page = visitor.open(first["url"])
        assert page.fields["q"] == "bezdomny Zmyślona Wola"
        assert "O jaką pomoc chodzi?" in page.words
        assert visitor.query["place"] == "l:1"

    def test_namesakes_are_told_apart(self, visitor):
        both = suggested(visitor, "niby")["options"]
        assert [one["name"] for one in both] == ["Niby Wieś", "Niby Wieś"]
        assert len({one["about"] for one in both}) == 2

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_how_many_there_are_is_said_in_the_readers_language(self, visitor, lang):
        texts = texts_of(lang)
        assert suggested(visitor, "niby", lang=lang)["said"] == texts.t("box.suggested", count=2)
        assert suggested(visitor, "qxqx", lang=lang) == {"said": texts.t("box.no_suggestions"), "options": []}

    @pytest.mark.parametrize("typed", ["", "n", "x" * 5000, "zmys" + " " * 5000 + "x" * LONGEST, "<b>"])
    def test_nothing_is_suggested_for_too_little_or_too_much(self, visitor, typed):
        assert suggested(visitor, typed)["options"] == []

    def test_nobody_keeps_it_and_it_is_only_read(self, visitor):
        answer = visitor.get(SUGGESTIONS, "q=zmys")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex"
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert b"zmys" not in visitor.get(SUGGESTIONS, "q=qqzmys").body


class TestNear:
    @pytest.fixture
    def point(self, visitor):
        """Give the rounded point of the town's middle."""
        at = open_registry().places.get("l:1").point
        return f"p:{at.y:.2f},{at.x:.2f}"

    def test_a_position_becomes_the_place_of_the_address(self, visitor, point):
        page = visitor.find(lang="pl", near=point, q="")
        assert visitor.query["place"] == point
        assert "near" not in visitor.query
        assert dict(page.headings)["h1"] == "Pomoc w pobliżu: Zmyślona Wola"
        assert "Szukamy wokół: okolice miejscowości Zmyślona Wola, gmina" in page.words
        assert page.fields["q"] == ""
        assert page.fields["before"] == point

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_is_said_how_far_distances_may_be_off(self, visitor, point, lang):
        texts = texts_of(lang)
        page = visitor.find(lang=lang, place=point)
        said = texts.t("box.point_rounded", rounded=0.7, error=LARGEST_ERROR_KM)
        assert said in page.words
        assert "0,7 km" in said.replace("0.7", "0,7").replace("км", "km")
        gmina = open_registry().places.get("l:1").gmina_name
        assert texts.t("box.point_gmina", gmina=gmina) in page.words

    def test_no_distance_is_finer_than_the_point(self, visitor, point):
        words = visitor.find(lang="pl", place=point, distance_km=100).words
        told = re.findall(r"(około )?(\d[\d,]*) (k?m) w linii prostej", words)
        assert told
        assert {(about, unit) for about, _, unit in told} == {("około ", "km")}
        assert not any("," in number for _, number, _ in told)
        assert "w tej miejscowości" not in words

    def test_a_need_in_the_box_goes_along_and_a_place_does_not(self, visitor, point):
        visitor.find(lang="pl", near=point, q="obiad")
        assert (visitor.query["need"], visitor.query["place"]) == ("meal", point)
        visitor.find(lang="pl", near=point, q="obiad Niby Wieś", before="l:3")
        assert (visitor.query["need"], visitor.query["place"]) == ("meal", point)
        assert not {"q", "before"} & set(visitor.query)
        page = visitor.find(lang="pl", near=point, q="bezdomny")
        assert "O jaką pomoc chodzi?" in page.words
        page = visitor.find(lang="pl", near=point, q="qxqxqx")
        assert "Nie zrozumieliśmy: „qxqxqx”" in page.words
        assert visitor.query["place"] == point

    def test_what_is_chosen_next_keeps_the_point(self, visitor, point):
        page = visitor.find(lang="pl", place=point)
        for words in ("Nocleg na dziś", "50 km", "Pokaż mapę", "Українська"):
            visitor.follow(page, words)
            assert visitor.query["place"] == point
        visitor.type(page, "obiad")
        assert (visitor.query["need"], visitor.query["place"]) == ("meal", point)
        visitor.type(page, "Zmyślona Wola")
        assert visitor.query["place"] == "l:1"

    def test_the_map_is_drawn_around_it(self, visitor, point):
        [frame] = visitor.find(lang="pl", place=point, map=1, distance_km=100).frames
        assert frame["title"].startswith("Mapa pomocy: okolice miejscowości Zmyślona Wola, do 100 km.")
        drawn = visitor.get(*frame["src"].split("?"))
        assert drawn.status == 200
        assert "okolice miejscowości Zmyślona Wola" in drawn.body.decode()

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_position_abroad_is_told_and_finds_nothing(self, visitor, lang):
        page = visitor.find(lang=lang, near="p:48.85,2.35", q="")
        assert texts_of(lang).t("box.point_outside") in page.words
        assert "k1" not in page.ids

    @pytest.mark.parametrize("written", ["p:50.0614,19.9366", "50.06,19.94", "p:x,y"])
    def test_what_is_finer_or_damaged_is_not_taken(self, visitor, written):
        page = visitor.find(lang="pl", near=written)
        assert "place" not in visitor.query
        assert written in page.words  # told as not shown
        visitor.find(lang="pl", place=written)
        assert not re.search(r"w linii prostej", visitor.find(lang="pl", place=written).words)

    def test_no_other_page_is_led_to_with_it(self, visitor, point):
        page = visitor.find(lang="pl", place=point, distance_km=100)
        away = [url for _, url in page.links if not url.startswith(("/pomoc", "#"))]
        assert away
        assert [url for url in away if "p%3A" in url or "p:" in url.replace("http:", "")] == []


class TestScript:
    def test_script_and_server_agree(self):
        script = (OUR_FOLDER / "finder-box.js").read_text(encoding="utf-8")
        constants = dict(re.findall(r"const ([A-Z_]+) = (\d+);", script))
        assert constants["DECIMALS"] == re.findall(r"\\\.\[0-9\]\{(\d)\}", POINT_KEY)[0]
        assert int(constants["LARGEST_ERROR_M"]) == LARGEST_ERROR_KM * 1000
        assert int(constants["PATIENCE_MS"]) == PATIENCE_S * 1000

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("path", ["/", "/pomoc"])
    def test_what_needs_the_script_is_hidden_without_it(self, visitor, path, lang):
        answer = visitor.get(path, f"lang={lang}")
        source, texts = answer.body.decode(), texts_of(lang)
        assert answer.headers["content-security-policy"].startswith(POLICY_WITH_SCRIPT)
        assert re.search(r'<ul id="podpowiedzi" role="listbox" aria-label="[^"]+" hidden></ul>', source)
        [near] = re.findall(r'<div class="near" hidden .*?</div>', source, re.DOTALL)
        for key in ("near", "near_how", "near_wait", "near_denied", "near_unknown"):
            assert texts.t(f"box.{key}").replace("'", "&#39;") in near
        assert texts.t("box.near_slow", seconds=PATIENCE_S) in near
        assert texts.t("box.near_coarse", km="{km}") in near
        assert 'role="combobox"' not in source

    def test_scripts_of_light_pages_are_small(self):
        both = [(OUR_FOLDER / f"finder-{name}.js").read_bytes() for name in ("box", "list")]
        assert sum(len(gzip.compress(script, 9)) for script in both) <= 6_000
