"""The finder on the invented region: what a person types, chooses, is told and gets, without scripts."""

import contextlib
import re
import shutil
import sqlite3
from dataclasses import fields
from datetime import datetime

import pytest
from shapely import from_wkb, to_wkb
from shapely.affinity import translate

from data.finding.understood import Understood
from data.finding.whom_reader import Whom
from data.opening_hours import POLISH_TIME
from data.vocabulary import forms_for_group, need_groups, screen_groups
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.needs import needs
from layers.answers.resident_filters import Offered
from layers.cache.shared_answers import open_registry
from layers.site import light_pages
from layers.site.finder_choices import NOW
from layers.site.finder_whom import whom_lines
from layers.site.written import POLICY_OF_FINDER
from layers.text import texts_of
from layers.view.finder_request import FinderRequest
from layers.view.reading import says
from layers.view.view import View
from tests.support.asking import asked
from tests.support.light_page import LightPage, Visitor

FIRST = "/pomoc"
ASK_PLACE = "Dopisz miejscowość, a pokażemy pomoc w pobliżu"


@pytest.fixture
def visitor(monkeypatch, invented_database_url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
    return Visitor()


def headings(page, tag="h2"):
    return [words for of_tag, words in page.headings if of_tag == tag]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_first_it_asks_what_is_needed_most_urgent_needs_first(visitor, lang):
    page, texts = visitor.find(lang=lang), texts_of(lang)
    assert headings(page, "h1") == [texts.t("page.resident")]
    assert headings(page) == [
        texts.t("finder.now_title"),
        texts.t("choice.group_for_whom"),
        texts.t("choice.forms"),
        texts.t("finder.helplines"),
    ]
    urgent = [texts.t(f"finder.now_{name}") for name in NOW]
    assert urgent == [words for words, _ in page.links if words in urgent]
    assert page.calls == ["tel:112", "tel:116123", "tel:+48800120002", "tel:116111", "tel:+48226350954"]
    assert texts.t("example.what") in page.words


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("need", NOW.values())
def test_an_urgent_need_waits_for_a_place_and_leads_to_a_number(visitor, lang, need):
    texts = texts_of(lang)
    name = next(name for name, code in NOW.items() if code == need)
    page = visitor.follow(visitor.find(lang=lang), texts.t(f"finder.now_{name}"))
    assert visitor.query["need"] == need
    assert texts.t("find.ask_place") in page.words
    page = visitor.type(page, "Zmyślona Wola")
    assert (visitor.query["need"], visitor.query["place"], visitor.query["lang"]) == (need, "l:1", lang)
    assert len(page.calls) >= 2
    assert "tel:112" in page.calls


def test_in_danger_nobody_is_sent_to_an_office_for_want_of_a_list(visitor):
    texts = texts_of("pl")
    page = visitor.find(need="emergency", place="l:1")
    assert "tel:112" in page.calls
    for key in ("resident.none_anywhere", "resident.none_listed"):
        assert texts.t(key) not in page.words


def test_who_wants_to_talk_is_given_the_telephones_for_it_before_any_list(visitor):
    page = visitor.find(need="talk_now", place="l:1")
    assert page.calls[:2] == ["tel:116123", "tel:+48226350954"]
    assert headings(page)[headings(page).index("Zadzwoń od razu") + 1] != "Telefony dla każdego"
    assert page.words.index("116 123") < page.words.index("Gdzie złożyć wniosek")
    assert "Godziny: poniedziałek–piątek 17:00–20:00. Stan: 1 grudnia 2025." in page.words


def texts_before_choices(page, texts):
    """Return the words of the page before its choices of groups."""
    return page.words.split(texts.t("choice.group_for_whom"))[0]


class TestBox:
    def test_a_unique_name_without_polish_letters_goes_straight_to_the_list(self, visitor):
        page = visitor.type(visitor.find(), "zmyslona wola")
        assert visitor.redirects == 1
        assert visitor.query["place"] == "l:1"
        assert "Szukamy wokół: Zmyślona Wola (miasto)" in page.words
        assert "Zmyślony Dom Pomocy „Pod Bajką”" in page.words

    def test_namesakes_are_told_apart_and_none_is_chosen(self, visitor):
        page = visitor.type(visitor.find(), "Niby Wieś")
        assert visitor.redirects == 0
        assert "place" not in visitor.query
        offered = [(words, address) for words, address in page.links if words.startswith("Niby Wieś")]
        assert ["gmina Nigdzieżyce" in offered[0][0], "gmina Baśniowo" in offered[1][0]] == [True, True]
        page = visitor.open(offered[0][1])
        assert visitor.query["place"] == "l:3"
        assert "gmina Nigdzieżyce" in page.words
        assert "Inne miejsca o podobnej nazwie" in page.words

    def test_an_unknown_name_says_what_to_do_and_is_no_markup(self, visitor):
        page = visitor.type(visitor.find(), "<b>Qxqxqxqx</b>")
        assert visitor.redirects == 0
        assert "Nie zrozumieliśmy: „<b>Qxqxqxqx</b>”" in page.words
        assert "<b>" not in page.source

    def test_a_need_with_a_place_goes_to_the_list_of_its_forms(self, visitor):
        page = visitor.type(visitor.find(), "DPS zmyslona wola")
        assert (visitor.query["place"], visitor.query["forms"], visitor.query["need"]) == (
            "l:1",
            "CAL-DPS",
            "dps",
        )
        assert "Rozumiemy: dom pomocy społecznej – Zmyślona Wola" in page.words
        assert page.fields["q"] == "DPS zmyslona wola"

    def test_a_need_alone_asks_for_a_place_and_is_kept(self, visitor):
        page = visitor.type(visitor.find(), "nocleg")
        forms = {"BEZ-NOC", "BEZ-OGR", "BEZ-SCH"}
        assert (visitor.query["group"], set(visitor.query["forms"].split("."))) == ("homeless", forms)
        assert "place" not in visitor.query
        assert ASK_PLACE in page.words
        visitor.type(page, "Zmyślona Wola")
        assert (visitor.query["place"], visitor.query["group"]) == ("l:1", "homeless")
        assert set(visitor.query["forms"].split(".")) == forms

    def test_a_need_alone_keeps_the_place_of_before(self, visitor):
        visitor.type(visitor.find(place="l:1"), "obiad")
        assert (visitor.query["place"], visitor.query["need"]) == ("l:1", "meal")
        assert "before" not in visitor.query

    def test_words_that_are_neither_forget_the_place_of_before(self, visitor):
        visitor.type(visitor.find(place="l:1"), "Qxqxqxqx")
        assert "place" not in visitor.query

    def test_needs_that_may_be_meant_are_offered(self, visitor):
        page = visitor.type(visitor.find(place="l:1"), "bezdomny")
        assert "forms" not in visitor.query
        assert visitor.query["place"] == "l:1"
        assert "O jaką pomoc chodzi?" in page.words
        visitor.follow(page, "Schronisko dla osób bezdomnych")
        assert "BEZ-SCH" in visitor.query["forms"]
        assert visitor.query["place"] == "l:1"

    def test_who_is_in_danger_is_told_of_112_first_and_whom_no_list_shows(self, visitor):
        page = visitor.type(visitor.find(place="l:1"), "mąż mnie bije")
        assert page.calls[0] == "tel:112"
        assert "tel:+48800120002" in page.calls
        assert "specjalistyczny ośrodek wsparcia" in page.words

    def test_danger_that_is_only_offered_is_told_of_112_first_too(self, visitor):
        page = visitor.type(visitor.find(place="l:1"), "shelter for women")
        assert "need" not in visitor.query
        assert page.calls[0] == "tel:112"
        assert "800 120 002" in page.words
        assert "Szukamy wokół" not in page.words

    @pytest.mark.parametrize(
        ("typed", "need", "calls"),
        [
            ("mąż mi grozi nożem Zmyślona Wola", "violence", ["tel:112", "tel:+48800120002", "tel:116111"]),
            ("uciekłam z dzieckiem od męża", "violence", ["tel:112", "tel:+48800120002", "tel:116111"]),
            ("хочу померти Zmyślona Wola", "suicidal", ["tel:112", "tel:116123", "tel:116111"]),
            ("przedawkowałem leki, Zmyślona Wola", "emergency", ["tel:112"]),
            ("obiad, he will kill me", "violence", ["tel:112", "tel:+48800120002", "tel:116111"]),
        ],
    )
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_danger_stands_before_the_box_whatever_is_typed_beside_it(
        self, visitor, lang, typed, need, calls
    ):
        texts = texts_of(lang)
        page = visitor.type(visitor.find(lang=lang), typed)
        assert visitor.query["need"] == need
        assert page.calls[: len(calls)] == calls
        assert page.source.index('class="danger"') < page.source.index('class="box"')
        assert headings(page)[0] == texts.t("find.danger")
        assert need_groups()["older"].name[lang] not in texts_before_choices(page, texts)

    def test_danger_that_was_typed_stays_told_when_another_need_is_chosen(self, visitor):
        visitor.type(visitor.find(place="l:1"), "mąż mnie bije")
        page = visitor.find(place="l:1", q="mąż mnie bije", need="meal")
        assert page.calls[:2] == ["tel:112", "tel:+48800120002"]

    @pytest.mark.parametrize(
        "typed", ["umarł mi mąż", "lek przeciwbólowy", "noże", "mąż ma demencję", "dom dla matki"]
    )
    def test_where_there_is_no_danger_none_is_told(self, visitor, typed):
        assert 'class="danger"' not in visitor.type(visitor.find(place="l:1"), typed).source

    def test_for_whom_chooses_the_filter_and_says_so(self, visitor):
        page = visitor.type(visitor.find(), "nocleg dla kobiety z dzieckiem Zmyślona Wola")
        assert visitor.query["only"] == "families.women"
        texts = texts_of("pl")
        asked = "dla rodzin z dziećmi, miejsca dla kobiet"
        assert texts.t("find.whom_unknown", filters=asked) in page.words
        told = headings(page)
        assert texts.t("find.also") in told
        assert "Dom samotnej matki" in [words for words, _ in page.links]
        visitor.follow(page, "Dom samotnej matki")
        assert (visitor.query["need"], "only" in visitor.query) == ("mothers_home", False)

    def test_what_a_list_can_choose_and_what_it_does_not_know_are_told_apart(self):
        whom = (Whom("families", "z dzieckiem", frozenset()), Whom("women", "kobiety", frozenset()))
        understood = Understood(need=needs()["bed_tonight"], whom=whom)
        request = FinderRequest(View(group="homeless"), need="bed_tonight", only=("families", "women"))
        texts = texts_of("pl")
        assert whom_lines(understood, request, Offered(("women",), ("families",)), texts) == [
            texts.t("find.whom_chosen", filters="miejsca dla kobiet"),
            texts.t("find.whom_unknown", filters="dla rodzin z dziećmi"),
        ]

    def test_for_whom_is_told_as_left_out_where_no_filter_asks_it(self, visitor):
        page = visitor.type(visitor.find(), "DPS dla kobiet Zmyślona Wola")
        assert "only" not in visitor.query
        assert texts_of("pl").t("find.unread", words="kobiet") in page.words

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_who_gives_away_is_told_what_this_map_is_for(self, visitor, lang):
        page = visitor.type(visitor.find(lang=lang), "gdzie oddać ubrania")
        assert "need" not in visitor.query
        assert texts_of(lang).t("find.giving") in page.words

    @pytest.mark.parametrize(("lang", "kind"), [("pl", "miasto"), ("en", "town"), ("uk", "місто")])
    def test_the_kind_of_a_place_is_told_in_the_readers_language(self, visitor, lang, kind):
        assert f"Zmyślona Wola ({kind})" in visitor.find(lang=lang, place="l:1").words

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_where_nothing_is_found_the_centre_stands_before_map_and_area(self, visitor, lang):
        texts = texts_of(lang)
        page = visitor.find(lang=lang, place="l:1", forms="MOB-WYP")
        told = headings(page)
        assert told.index(texts.t("resident.centre")) < told.index(texts.t("resident.area"))
        page = visitor.find(lang=lang, place="l:1", group="homeless", need="bed_tonight")
        told = headings(page)
        assert told.index(texts.t("resident.area")) < told.index(texts.t("resident.centre"))

    def test_a_form_that_no_list_has_is_not_told_as_only_far_away(self, visitor):
        text = texts_of("pl").t("resident.none_listed")
        assert text in visitor.find(place="l:1", forms="REI-PS").words
        assert text not in visitor.find(place="l:1", forms="CAL-DPS", distance_km="2").words

    def test_the_centre_is_not_told_as_help_that_the_centre_knows(self, visitor):
        page = visitor.find(place="l:1", need="alcohol")
        assert "O adres zapytaj w ośrodku" not in page.words
        assert "W tej sprawie pomagają: ośrodek pomocy" in visitor.find(place="l:1", need="money").words

    def test_what_was_not_understood_is_told(self, visitor):
        page = visitor.type(visitor.find(), "fryzjer Zmyślona Wola")
        assert visitor.query["place"] == "l:1"
        assert "Tych słów nie uwzględniliśmy: fryzjer" in page.words
        page = visitor.type(page, "nocleg w Berlinie")
        assert "place" not in visitor.query
        assert "To miejsce za granicą" in page.words

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_care_of_children_is_said_to_be_no_help_of_this_map(self, visitor, lang):
        page = visitor.type(visitor.find(lang=lang, place="g:980103"), "opiekunka do dziecka")
        assert visitor.query["need"] == "childcare"
        assert texts_of(lang).t("find.outside_childcare") in page.words
        told = headings(page)[-3:]
        assert told == [
            texts_of(lang).t(key) for key in ("finder.ask_there", "resident.centre", "finder.helplines")
        ]
        assert {"tel:112", "tel:116123"} < {*page.calls, ""}

    def test_what_is_typed_is_cut_and_never_decided_again_in_its_own_address(self, visitor):
        visitor.type(visitor.find(), "DPS zmyslona wola" + " x" * 500)
        assert len(visitor.query["q"]) <= 200
        answer = visitor.get(FIRST, visitor.address.partition("?")[2])
        assert answer.status == 200

    def test_the_way_to_what_was_decided_is_not_kept_by_caches(self, visitor):
        answer = visitor.get(FIRST, "q=zmyslona+wola&lang=en")
        assert (answer.status, answer.headers["cache-control"]) == (303, "no-store")
        assert answer.headers["location"].startswith("/pomoc?lang=en&")


class TestAddresses:
    def test_a_link_to_a_place_is_the_list(self, visitor):
        page = visitor.find(place="l:1")
        assert page.fields["q"] == "Zmyślona Wola"
        assert "Zmyślony Dom Pomocy „Pod Bajką”" in page.words

    def test_help_that_was_not_found_can_be_told(self, visitor):
        page = visitor.find(place="l:1")
        (form,) = [url for words, url in page.links if words == texts_of("pl").t("report.not_found")]
        assert form.startswith("/zglos?lang=pl&what=need&gmina=98")
        assert 'action="/zglos' in visitor.open(form).source

    def test_with_and_without_the_last_stroke_it_is_the_same(self, visitor):
        assert visitor.get("/pomoc/", "place=l:1").body == visitor.get(FIRST, "place=l:1").body

    def test_a_link_to_a_place_that_is_gone_says_so(self, visitor):
        assert "Nie znamy miejsca z tego linku" in visitor.find(place="l:999999").words

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("distance_km=7", "Odległość: wartości „7” nie ma do wyboru. Pokazujemy: 15 km."),
            ("group=people", "Grupa: nie można odczytać „people”. Pokazujemy: osoby starsze."),
            ("place=x%3A1", "Miejsce: nie można odczytać „x:1”, więc tego nie pokazujemy."),
            ("forms=BEZ-NOC", "„noclegownia” nie dotyczy wybranej grupy (osoby starsze)"),
            ("group=older&group=homeless", "Grupa: link mówi to kilka razy i różnie (older / homeless)."),
            ("colour=red", "Link: nie ma tu „colour=red”"),
            ("shown=7", "Link: nie ma tu „shown=7”"),
            ("only=sauna", "Link: nie ma tu „only=sauna”"),
            ("need=gold", "Link: nie ma tu „need=gold”"),
            ("scope=12", "Województwo: w danych nie ma „małopolskie”. Pokazujemy: cały obszar przykładu"),
        ],
    )
    def test_what_cannot_be_read_is_said(self, visitor, query, said):
        said_there = LightPage(visitor.get(FIRST, f"lang=pl&{query}").body).words
        assert "To nie jest dokładnie to, o co prosi link albo wybór" in said_there
        assert said in said_there

    def test_what_matters_on_maps_alone_is_not_told(self, visitor):
        page = visitor.find(lang="pl", place="l:1", level="powiat", indicator="facilities_count", year=2035)
        assert "To nie jest dokładnie" not in page.words

    def test_the_language_changes_nothing_else(self, visitor):
        page = visitor.find(lang="pl", place="l:1", group="homeless", forms="BEZ-NOC", only="open", shown=30)
        before = visitor.query
        visitor.follow(page, "Українська")
        assert visitor.query == before | {"lang": "uk"}

    def test_a_need_alone_is_an_address_too(self, visitor):
        page = visitor.find(need="bed_tonight", place="l:1")
        assert "osoby w kryzysie bezdomności · nocleg · do 15 km" in page.words

    def test_the_distance_of_the_list_is_no_loss_though_a_map_would_count_with_another(self, visitor):
        page = visitor.find(lang="pl", place="l:1", group="older", distance_km=15)
        assert "To nie jest dokładnie" not in page.words
        assert "do 15 km" in page.words

    @pytest.mark.parametrize("damage", [")", ".", "x" * 500, "٣", "", "\0"])
    def test_every_damaged_parameter_is_told(self, visitor, damage):
        names = [field.name for field in fields(View) if field.name != "lang"]
        page = visitor.find(lang="pl", **dict.fromkeys(names, damage))
        for name in names:
            is_told = f"<li>{texts_of('pl').t(f'lost.name_{name}')}: " in page.source
            assert is_told != says(View(), name, damage), name

    def test_a_number_that_none_can_choose_is_told(self, visitor):
        assert "Rok: wartości „99999” nie ma do wyboru. Pokazujemy: dziś." in visitor.find(year=99999).words


class TestChoices:
    def test_another_group_of_a_first_page_has_lost_nothing(self, visitor):
        page = visitor.find(lang="pl")
        for group in ("Osoby z niepełnosprawnościami", "Osoby w kryzysie bezdomności", "Osoby starsze"):
            page = visitor.follow(page, group)
            assert "To nie jest dokładnie" not in page.words
            assert group in page.chosen

    def test_a_group_is_a_link_and_what_it_leaves_out_is_told(self, visitor):
        page = visitor.find(lang="pl", place="l:1", group="homeless", forms="BEZ-NOC")
        assert "Osoby w kryzysie bezdomności" in page.chosen
        page = visitor.follow(page, "Osoby starsze")
        assert visitor.query["place"] == "l:1"
        assert "„noclegownia” nie dotyczy wybranej grupy (osoby starsze)" in page.words

    def test_forms_are_put_on_and_off(self, visitor):
        page = visitor.find(lang="pl", place="l:1")
        page = visitor.follow(page, "Dom pomocy społecznej")
        assert visitor.query["forms"] == "CAL-DPS"
        assert "Dom pomocy społecznej" in page.chosen
        link = next(address for words, address in page.links if words == "Dom pomocy społecznej")
        visitor.open(link)
        assert "forms" not in visitor.query

    def test_forms_that_nothing_is_known_of_are_not_offered(self, visitor):
        page = visitor.find(lang="pl", group="older")
        urls = [url for _, url in page.links if "forms=" in url and "need=" not in url]
        offered = {re.search(r"forms=([A-Z-]+)", url)[1] for url in urls}
        assert offered
        assert offered < set(forms_for_group("older"))

    def test_a_distance_is_a_link(self, visitor):
        visitor.follow(visitor.find(lang="pl", place="l:1"), "50 km")
        assert visitor.query["distance_km"] == "50"

    def test_a_choice_of_forms_ends_the_need(self, visitor):
        page = visitor.find(lang="pl", place="l:1", need="bed_tonight", forms="BEZ-NOC", group="homeless")
        assert "Szukasz: nocleg" not in page.words


class TestList:
    def test_a_card_says_what_a_person_needs_and_leads_to_its_page(self, visitor, monkeypatch):
        at(monkeypatch, (7, 1), 12)
        page = visitor.find(lang="pl", place="l:1", forms="CAL-DPS")
        for said in ("Dom pomocy społecznej", "3 wolne miejsca", "stan na 30 czerwca 2026", "w tym mieście"):
            assert said in page.cards[0]
        assert "tel:+48000000001" in page.calls
        assert page.link("Pod Bajką").startswith("/placowka/")
        assert visitor.get(page.link("Pod Bajką").partition("?")[0], "lang=pl").status == 200

    def test_nothing_near_offers_the_distance_that_finds_something(self, visitor):
        page = visitor.find(lang="pl", place="l:4", forms="DZI-KLS", distance_km=1)
        assert "Do 1 km nic nie znaleźliśmy" in headings(page)
        page = visitor.follow(page, "Szukaj do")
        assert int(visitor.query.get("distance_km", 15)) > 1
        assert "Do 1 km nic nie znaleźliśmy" not in page.words

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("place", ["g:980101", "l:1"])
    def test_a_town_with_help_beyond_the_distance_says_so_before_all_else(
        self, monkeypatch, tmp_path, invented_database_url, place, lang
    ):
        copy = tmp_path / "far.sqlite"
        shutil.copy(invented_database_url.removeprefix("sqlite:///"), copy)
        with contextlib.closing(sqlite3.connect(copy)) as database, database:
            (middle,) = database.execute("SELECT point FROM locality WHERE source_key = '1'").fetchone()
            # About 3.6 km to the east.
            door = to_wkb(translate(from_wkb(middle), xoff=0.05))
            database.execute(
                "UPDATE facility SET place_grade = 'door', point = ? WHERE name LIKE '%Pod Bajką%'", (door,)
            )
        monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{copy}")
        texts, visitor = texts_of(lang), Visitor()
        page = visitor.find(place=place, forms="CAL-DPS", distance_km=2, lang=lang)
        two, middle = texts.t("distance.kilometres", value=2), texts.t("resident.middle_town")
        said = texts.t("resident.only_beyond_city", count=1, distance=two, middle=middle)
        assert said in headings(page)
        assert texts.t("resident.measured", middle=middle, place="Zmyślona Wola") in page.words
        five = texts.t("distance.kilometres", value=5)
        page = visitor.follow(page, texts.t("resident.town_all", distance=five))
        assert visitor.query["distance_km"] == "5"
        assert texts.t("resident.found", count=1, distance=five) in headings(page)

    def test_help_that_comes_to_the_gmina_is_told_where_no_place_is_near(self, visitor):
        words = visitor.find(lang="pl", place="g:980103", group="older", distance_km=1).words
        assert "Do 1 km nie znaleźliśmy miejsca pomocy, ale jest pomoc, która przyjeżdża" in words
        assert "Niżej jest jeszcze 1 usługa" in words or "Niżej są jeszcze" in words
        assert "Jeśli mieszkasz w innej części gminy, wpisz nazwę swojej miejscowości" in words
        assert "nic nie znaleźliśmy" not in words

    def test_the_gminas_own_centre_is_shown_or_explained(self, visitor):
        makietowo = visitor.find(lang="pl", place="g:980103").words
        unknown = visitor.find(lang="pl", place="l:1").words
        assert "Nie mamy jeszcze jego adresu" in unknown
        assert "Gdzie złożyć wniosek" in makietowo
        workshop = visitor.find(lang="pl", place="l:1", group="disabled", forms="REI-WTZ").words
        assert "uzgadnia powiatowe centrum pomocy rodzinie (PCPR)" in workshop
        assert "Wniosek o pomoc składa się" not in workshop

    def test_services_without_a_door_are_apart(self, visitor):
        page = visitor.find(lang="pl", place="l:1", group="older")
        assert "Pomoc, która przyjeżdża lub obejmuje cały obszar" in headings(page)

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("group", screen_groups())
    def test_every_gmina_has_a_number_to_call_besides_112(self, visitor, group, lang):
        for code in open_registry().own_gminas.areas_by_code("gmina").index:
            page = visitor.find(lang=lang, place=f"g:{code}", group=group)
            assert {"tel:112", "tel:116123"} <= set(page.calls)
            assert texts_of(lang).t("resident.centre") in headings(page)

    def test_a_protected_address_is_nowhere(self, visitor):
        for group in screen_groups():
            words = visitor.find(lang="pl", place="l:7", group=group, distance_km=100).source
            assert "Ukryta" not in words
            assert "Tajna" not in words

    def test_a_long_list_goes_on_where_it_ended(self, visitor, monkeypatch):
        for module in ("layers.site.finder_results", "layers.view.finder_request"):
            monkeypatch.setattr(f"{module}.PAGE_OF_LIST", 1)
        page = visitor.find(lang="pl", place="l:1", distance_km=100, shown=1)
        first, (more,) = page.cards, [url for words, url in page.links if words.startswith("Pokaż jeszcze")]
        assert more.endswith("#k2")
        page = visitor.open(more)
        assert visitor.query["shown"] == "2"
        assert page.cards[0] == first[0]
        assert "k2" in page.ids


def at(monkeypatch, day, hour):
    now = datetime(2026, *day, hour, 5, tzinfo=POLISH_TIME)
    monkeypatch.setattr(light_pages, "_now", lambda: now)


class TestFacts:
    """Facts that no invented list has: the invented registry with a few of its rows changed."""

    @pytest.fixture(autouse=True)
    def _changed(self, monkeypatch, tmp_path, invented_database_url):
        copy = tmp_path / "changed.sqlite"
        shutil.copy(invented_database_url.removeprefix("sqlite:///"), copy)
        with contextlib.closing(sqlite3.connect(copy)) as database, database:
            database.execute(
                "UPDATE facility SET opening_hours = 'Mo-Su 18:00-08:00', wheelchair = 'yes', languages = '[\"uk\"]'"
                " WHERE name LIKE '%Pod Bajką%'"
            )
            database.execute(
                "UPDATE service SET required_documents = '[\"dowód osobisty\"]', fees_text = 'do 70% dochodu',"
                " intake_text = 'wniosek w ośrodku pomocy społecznej' WHERE support_form = 'CAL-DPS'"
            )
        monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{copy}")
        self.visitor = Visitor()

    def open_at(self, monkeypatch, day, hour, **query):
        at(monkeypatch, day, hour)
        asked = {"lang": "pl", "place": "l:1", "forms": "CAL-DPS", "distance_km": 100}
        return self.visitor.find(**{**asked, **query})

    @pytest.mark.parametrize(("hour", "said"), [(2, "Otwarte teraz"), (12, "Teraz zamknięte")])
    def test_open_is_told_by_the_clock_also_after_midnight(self, monkeypatch, hour, said):
        page = self.open_at(monkeypatch, (7, 1), hour)
        assert said in page.cards[0]
        assert "Godziny: codziennie 18:00–8:00" in page.words
        assert f"stan z godziny {hour}:05" in page.words
        assert ("Następne otwarcie: dziś, 18:00" in page.words) == (hour == 12)

    def test_on_a_public_holiday_weekdays_open_no_door(self, monkeypatch, tmp_path):
        with contextlib.closing(sqlite3.connect(tmp_path / "changed.sqlite")) as database, database:
            database.execute("UPDATE facility SET opening_hours = 'Mo-Fr 08:00-16:00'")
        days = [self.open_at(monkeypatch, (12, day), 10, forms="DZI-KLS") for day in (25, 28)]
        holiday, monday = (" ".join([*page.cards, page.words]) for page in days)
        assert "Święto: " in holiday
        assert "Nie pokazujemy ich jako otwartych" in holiday
        assert "Otwarte teraz" not in " ".join(days[0].cards)
        assert "Otwarte teraz" in " ".join(days[1].cards)
        assert "Święto: " not in monday

    def test_how_to_get_the_help_is_folded_under_its_topics(self, monkeypatch):
        page = self.open_at(monkeypatch, (7, 1), 12)
        assert "<summary>Jak skorzystać: zgłoszenie, dokumenty, opłaty</summary>" in page.source
        assert "Potrzebne dokumenty: dowód osobisty" in page.words

    def test_what_it_costs_and_how_one_begins_is_folded_and_leads_to_all_steps(self, monkeypatch):
        page = self.open_at(monkeypatch, (7, 1), 12)
        assert "<summary>Ile kosztuje i jak się dostać</summary>" in page.source
        assert "Pierwszy krok: " in page.words
        steps = [url for words, url in page.links if words.startswith("Wszystkie kroki: ")]
        assert steps
        for url in steps:
            path, _, name = url.partition("#")
            assert f'id="{name}"' in self.visitor.get(*path.split("?")).body.decode()

    def test_vacancies_grey_after_their_expiry(self, monkeypatch):
        fresh, old = (self.open_at(monkeypatch, day, 12) for day in [(8, 14), (8, 15)])
        said = "3 wolne miejsca (dla kobiet: 1, dla mężczyzn: 2)"
        assert f"<strong>{said}" in fresh.source
        assert f'<p class="quiet">{said}' in old.source
        assert "stan na 30 czerwca 2026, może być nieaktualny" in old.cards[0]

    def test_filters_say_how_many_are_left_out_because_nobody_knows(self, monkeypatch):
        page = self.open_at(monkeypatch, (7, 1), 2)
        offered = [words for words, url in page.links if "only=" in url]
        assert offered == ["Otwarte teraz", "Są wolne miejsca", "Dostępne dla wózków", "Język: ukraiński"]
        count = len(page.cards)
        page = self.visitor.follow(page, "Otwarte teraz")
        assert self.visitor.query["only"] == "open"
        assert "Otwarte teraz" in page.chosen
        assert "Pasuje 1 z 3. O 2 miejscach tego nie wiemy, więc ich nie pokazujemy." in page.words
        assert len(page.cards) == count - 2
        page = self.visitor.follow(page, "Pokaż także te, o których tego nie wiemy")
        assert "Na liście są też 2 miejsca, o których tego nie wiemy." in page.words
        assert len(page.cards) == count

    def test_a_filter_that_no_place_can_answer_is_shown_with_the_reason_and_does_nothing(self, monkeypatch):
        page = self.open_at(monkeypatch, (7, 1), 2)
        assert "Tego żadne miejsce z tej listy nie podaje" in page.words
        assert '<span class="cannot">Bezpłatnie</span>' in page.source
        narrowed = self.open_at(monkeypatch, (7, 1), 2, only="free")
        assert narrowed.cards == page.cards
        assert "Pasuje" not in narrowed.words

    def test_beds_are_asked_whom_they_take_in(self, monkeypatch):
        page = self.open_at(monkeypatch, (7, 1), 2, forms="", group="homeless")
        for name in ("Dla par", "Dla rodzin z dziećmi", "Bez skierowania", "Bez wymogu trzeźwości"):
            assert f'<span class="cannot">{name}</span>' in page.source

    def test_the_list_and_the_map_are_narrowed_alike(self, monkeypatch):
        drawn = {}
        for only in ("", "open"):
            page = self.open_at(monkeypatch, (7, 1), 2, only=only, map=1)
            drawn[only] = self.visitor.get(*page.frames[0]["src"].split("?")).body.decode()
            names = [words for words, url in page.links if url.startswith("/placowka/") and "#" not in url]
            assert [name for name in names[: len(page.cards)] if name not in drawn[only]] == []
        assert len(drawn["open"]) < len(drawn[""])


class TestMap:
    def test_it_is_drawn_on_demand_in_a_frame_that_has_a_name(self, visitor):
        page = visitor.find(lang="pl", place="l:1")
        assert page.frames == []
        page = visitor.follow(page, "Pokaż mapę")
        [frame] = page.frames
        assert frame["title"] == "Mapa pomocy: Zmyślona Wola, do 15 km. To samo jest na liście."
        assert frame["loading"] == "lazy"
        answer = visitor.get(*frame["src"].split("?"))
        drawn = answer.body.decode()
        assert answer.status == 200
        assert drawn.startswith('<!DOCTYPE html>\n<html lang="pl">')
        assert frame["title"] in drawn
        assert "Mapa potrzebuje JavaScriptu. To samo jest na liście." in drawn
        assert "Pod Bajką" in drawn
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", drawn)

    def test_it_is_put_away_again(self, visitor):
        page = visitor.follow(visitor.find(lang="pl", place="l:1", map="1"), "Schowaj mapę")
        assert page.frames == []
        assert "map" not in visitor.query
        assert visitor.query["place"] == "l:1"

    def test_only_files_of_this_host_run_and_nothing_that_stands_in_a_page(self, visitor):
        page = visitor.get(FIRST, "place=l:1&map=1")
        assert page.headers["content-security-policy"] == POLICY_OF_FINDER
        assert "script-src 'self';" in POLICY_OF_FINDER
        own = r'<script src="/vendor/ours/finder-(?:box|list)\.js\?v=[0-9a-f]{12}" defer></script>'
        source, count = re.subn(own, "", page.body.decode())
        assert count == 2
        assert not re.search(r"<script|<style|\son[a-z]+=|style=", source)
        drawn = visitor.get("/pomoc/mapa", "place=l:1")
        assert "script-src 'self'" in drawn.headers["content-security-policy"]
        assert "frame-ancestors 'self'" in drawn.headers["content-security-policy"]
        assert drawn.headers["x-robots-tag"] == "noindex"

    @pytest.mark.parametrize("query", ["", "place=l:999999", "place=x"])
    def test_without_a_place_there_is_none(self, visitor, query):
        assert visitor.get("/pomoc/mapa", query).status == 404


def test_pages_are_only_read(visitor):
    assert asked(visitor.app, FIRST, method="POST").status == 405
    assert asked(visitor.app, FIRST, "place=l:1", method="HEAD").status == 200


def test_a_page_is_light(visitor):
    answer = visitor.get(FIRST, "place=l:1&distance_km=100&lang=pl", accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "no-cache"
    assert len(answer.body) < 20_000


def test_without_a_database_it_is_said_and_112_stays(monkeypatch, tmp_path, visitor):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    answer = visitor.get(FIRST, "place=l:1&lang=pl")
    assert answer.status == 503
    assert "Nie ma jeszcze bazy danych." in answer.body.decode()
    assert 'href="tel:112"' in answer.body.decode()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("typed", ["qwrtzx", "mieszkanie", "qwrtzx mieszkanie", "opieka pielęgniarka qwrtzx"])
@pytest.mark.parametrize("place", ["", "l:1"])
def test_112_stands_above_what_was_not_understood(visitor, lang, typed, place):
    page = visitor.find(lang=lang, q=typed, place=place)
    assert page.calls[0] == "tel:112"
    assert texts_of(lang).t("find.emergency") in page.words


def test_112_stands_above_an_empty_list_and_above_no_list_that_answers(visitor):
    said = texts_of("pl").t("find.emergency")
    assert said not in visitor.find(place="l:1").words
    assert said not in visitor.find().words
    empty = visitor.find(need="dps", place="l:1", distance_km="2")
    assert (said in empty.words) is not any(tag == "h3" for tag, _ in empty.headings)


def test_a_need_that_is_only_offered_has_no_list_of_other_matters(visitor):
    texts = texts_of("pl")
    page = visitor.find(q="mieszkanie", place="l:1")
    assert texts.t("find.which_need") in page.words
    assert texts.t("resident.centre") in page.words
    assert "Szukamy wokół" not in page.words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_hospice_is_on_no_list_and_no_other_place_stands_for_one(visitor, lang):
    page = visitor.find(lang=lang, need="hospice", place="l:1")
    assert texts_of(lang).t("find.outside_hospice") in page.words
    assert needs()["hospice"].forms == ("INS-OPS",)
