"""The pages on the invented region: what a person sees first, chooses, and gets."""

import contextlib
import re
import shutil
import sqlite3
from datetime import datetime

import pytest
from shapely import from_wkb, to_wkb
from shapely.affinity import translate

from data.opening_hours import POLISH_TIME
from data.vocabulary import screen_groups
from data.vocabulary.languages import LANGUAGES
from layers.export.files import FORMATS
from layers.indicators import INDICATORS
from layers.text import texts_of
from layers.widgets import clock
from layers.widgets.plain import plain
from tests.support.pages import address_of, open_page, words_of

PAGES = ("first", "resident", "planner", "compare", "scenario", "costs", "coordinator", "about", "method")


@pytest.fixture(autouse=True)
def _invented(monkeypatch, invented_database_url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_every_language_and_says_that_data_are_invented(page, lang):
    app = open_page(page, lang=lang)
    assert not app.error
    assert len(app.title) == 1
    assert any(plain(texts_of(lang).t("example.what")) in warning.value for warning in app.warning)


def test_the_first_page_has_three_doors_helplines_and_the_state_of_the_data():
    app = open_page()
    links = [link.label for link in app.get("page_link")]
    assert links[-3:] == ["Szukam pomocy", "Planuję usługi", "Przygotowuję raport"]
    numbers = [button.url for button in app.get("link_button")]
    assert numbers == ["tel:112", "tel:116123", "tel:+48800120002", "tel:116111"]
    assert "Dane: najnowszy rejestr z 30 czerwca 2026" in words_of(app)
    assert "1 województwo" in words_of(app)


def test_the_language_is_in_the_address_and_stays_with_the_rest():
    app = open_page("planner", group="homeless")
    app.segmented_control(key="view_lang").set_value("uk").run()
    assert address_of(app) == {"group": "homeless", "lang": "uk"}
    assert app.title[0].value == "Планую послуги"


def test_an_address_full_of_nonsense_is_the_plain_view():
    app = open_page("planner", scope="99", level="<b>", form="';--", chosen="000", distance_km="1e9")
    assert not app.error
    assert app.selectbox(key="view_indicator").value == "people"


class TestResident:
    def test_asks_for_a_place_first(self):
        app = open_page("resident")
        assert "Wpisz miejscowość, kod pocztowy albo to, czego potrzebujesz" in words_of(app)
        assert not app.header

    def test_a_unique_name_without_polish_letters_goes_straight_to_the_list(self):
        app = open_page("resident")
        app.text_input(key="place_typed").set_value("zmyslona wola").run()
        assert address_of(app)["place"] == "l:1"
        assert "Szukamy wokół: Zmyślona Wola (miasto)" in words_of(app)
        assert "Zmyślony Dom Pomocy „Pod Bajką”" in words_of(app)

    def test_namesakes_are_told_apart(self):
        app = open_page("resident")
        app.text_input(key="place_typed").set_value("Niby Wieś").run()
        assert "place" not in address_of(app)
        labels = [label.replace("\\", "") for label in app.radio(key="place_candidate").options]
        assert "gmina Nigdzieżyce" in labels[0]
        assert "gmina Baśniowo" in labels[1]
        app.radio(key="place_candidate").set_value("l:3").run()
        assert address_of(app)["place"] == "l:3"
        assert "gmina Nigdzieżyce" in words_of(app)

    def test_an_unknown_name_says_what_to_do(self):
        app = open_page("resident")
        app.text_input(key="place_typed").set_value("<b>Qxqxqxqx</b>").run()
        assert "Nie zrozumieliśmy: „<b>Qxqxqxqx</b>”" in words_of(app)

    def test_a_need_with_a_place_goes_to_the_list_of_its_forms(self):
        app = open_page("resident")
        app.text_input(key="place_typed").set_value("DPS zmyslona wola").run()
        assert address_of(app)["place"] == "l:1"
        assert address_of(app)["forms"] == "CAL-DPS"
        assert "Rozumiemy: dom pomocy społecznej – Zmyślona Wola" in words_of(app)
        assert app.text_input(key="place_typed").value == "DPS zmyslona wola"

    def test_a_need_alone_asks_for_a_place_and_is_kept(self):
        app = open_page("resident")
        app.text_input(key="place_typed").set_value("nocleg").run()
        forms = {"BEZ-NOC", "BEZ-OGR", "BEZ-SCH"}
        assert address_of(app)["group"] == "homeless"
        assert set(address_of(app)["forms"].split(".")) == forms
        assert "place" not in address_of(app)
        assert "Dopisz miejscowość" in words_of(app)
        app.text_input(key="place_typed").set_value("Zmyślona Wola").run()
        assert address_of(app)["place"] == "l:1"
        assert address_of(app)["group"] == "homeless"
        assert set(address_of(app)["forms"].split(".")) == forms

    def test_needs_that_may_be_meant_are_offered(self):
        app = open_page("resident", place="l:1")
        app.text_input(key="place_typed").set_value("bezdomny").run()
        assert "forms" not in address_of(app)
        assert address_of(app)["place"] == "l:1"
        app.radio(key="need_candidate").set_value("shelter").run()
        assert "BEZ-SCH" in address_of(app)["forms"]
        assert address_of(app)["place"] == "l:1"

    def test_who_is_in_danger_is_told_of_112_and_whom_no_list_shows(self):
        app = open_page("resident", place="l:1")
        app.text_input(key="place_typed").set_value("mąż mnie bije").run()
        assert any("112" in warning.value for warning in app.warning)
        assert "ośrodek interwencji kryzysowej" in words_of(app)

    def test_what_was_not_understood_is_told(self):
        app = open_page("resident")
        app.text_input(key="place_typed").set_value("fryzjer Zmyślona Wola").run()
        assert address_of(app)["place"] == "l:1"
        assert "Tych słów nie uwzględniliśmy: fryzjer" in words_of(app)
        app.text_input(key="place_typed").set_value("nocleg w Berlinie").run()
        assert "place" not in address_of(app)
        assert "To miejsce za granicą" in words_of(app)

    def test_a_link_to_a_place_is_the_list(self):
        app = open_page("resident", place="l:1")
        assert app.text_input(key="place_typed").value == "Zmyślona Wola"
        assert "Zmyślony Dom Pomocy „Pod Bajką”" in words_of(app)

    def test_a_link_to_a_place_that_is_gone_says_so(self):
        assert "Nie znamy miejsca z tego linku" in words_of(open_page("resident", place="l:999999"))

    def test_a_card_says_what_a_person_needs(self):
        app = open_page("resident", place="l:1", forms="CAL-DPS")
        words = words_of(app)
        for said in ("Dom pomocy społecznej", "3 wolne miejsca", "stan na 30 czerwca 2026", "linii prostej"):
            assert said in words
        calls = [button.url for button in app.get("link_button")]
        assert "tel:+48000000001" in calls

    def test_nothing_near_offers_the_distance_that_finds_something(self):
        app = open_page("resident", place="l:4", forms="DZI-KLS", distance_km=1)
        assert app.header[0].value == "Do 1 km nic nie znaleźliśmy"
        app.button(key="resident_widen").click().run()
        assert int(address_of(app).get("distance_km", 15)) > 1  # the default is left out of the address
        assert "nic nie" not in app.header[0].value

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
        texts = texts_of(lang)
        app = open_page("resident", place=place, forms="CAL-DPS", distance_km=2, lang=lang)
        two, middle = texts.t("distance.kilometres", value=2), texts.t("resident.middle_town")
        said = texts.t("resident.only_beyond_city", count=1, distance=two, middle=middle)
        assert app.header[0].value == plain(said)
        measured = texts.t("resident.measured", middle=middle, place="Zmyślona Wola")
        assert app.caption[0].value == plain(measured)
        (button,) = (button for button in app.button if button.key == "resident_town_all")
        button.click().run()
        assert address_of(app)["distance_km"] == "5"
        five = texts.t("distance.kilometres", value=5)
        assert app.header[0].value == plain(texts.t("resident.found", count=1, distance=five))

    def test_help_that_comes_to_the_gmina_is_told_where_no_place_is_near(self):
        app = open_page("resident", place="g:980103", group="older", distance_km=1)
        words = words_of(app)
        assert "Do 1 km nie znaleźliśmy miejsca pomocy, ale jest pomoc, która przyjeżdża" in words
        assert "Niżej jest jeszcze 1 usługa" in words or "Niżej są jeszcze" in words
        assert "Jeśli mieszkasz w innej części gminy, wpisz nazwę swojej miejscowości" in words
        assert "nic nie znaleźliśmy" not in words

    def test_the_gminas_own_centre_is_shown_or_explained(self):
        makietowo = words_of(open_page("resident", place="g:980103"))
        unknown = words_of(open_page("resident", place="l:1"))
        assert "Nie mamy jeszcze jego adresu" in unknown
        assert "Gdzie złożyć wniosek" in makietowo
        workshop = words_of(open_page("resident", place="l:1", group="disabled", forms="REI-WTZ"))
        assert "uzgadnia powiatowe centrum pomocy rodzinie (PCPR)" in workshop
        assert "Wniosek o pomoc składa się" not in workshop

    def test_services_without_a_door_are_apart(self):
        app = open_page("resident", place="l:1", group="older")
        headers = [header.value.replace("\\", "") for header in app.header]
        assert "Pomoc, która przyjeżdża lub obejmuje cały obszar" in headers

    def test_a_protected_address_is_nowhere(self):
        for group in screen_groups():
            words = words_of(open_page("resident", place="l:7", group=group, distance_km=100))
            assert "Ukryta" not in words
            assert "Tajna" not in words


@pytest.mark.parametrize("indicator", INDICATORS)
@pytest.mark.parametrize("page", ["planner", "compare", "coordinator"])
def test_a_page_of_figures_explains_its_columns_in_one_click(page, indicator):
    app = open_page(page, indicator=indicator)
    assert not app.error
    assert "Wzór" in words_of(app)


@pytest.mark.parametrize("group", ["disabled", "homeless"])
@pytest.mark.parametrize("page", ["compare", "coordinator", "scenario", "costs"])
def test_what_a_group_opens_with_is_shown_on_every_page_of_figures(page, group):
    app = open_page(page, group=group)
    assert not app.exception
    assert not app.error


class TestPlanner:
    def test_the_country_opens_with_people(self):
        app = open_page("planner")
        assert app.header[0].value.replace("\\", "").startswith("Osoby starsze (80 lat i więcej): ")
        assert "view_form" not in app.session_state

    def test_title_is_the_answer_and_the_table_has_the_same_areas(self):
        app = open_page("planner", form="CAL-DPS")
        assert app.header[0].value.replace("\\", "").startswith("Dom pomocy społecznej – osoby starsze: ")
        assert len(app.dataframe[0].value) == 9

    def test_choosing_an_area_opens_its_card_without_a_mouse(self):
        app = open_page("planner", indicator="facilities_count")
        app.selectbox(key="view_chosen").set_value("986101").run()
        assert address_of(app)["chosen"] == "986101"
        assert "Liczba placówek: **1**" in words_of(app)
        app.button(key="close_card").click().run()
        assert "chosen" not in address_of(app)

    def test_unknown_people_are_said_and_what_is_known_is_shown(self):
        app = open_page("planner", group="disabled", indicator="places_per_1000")
        assert "Nie wiadomo, ile osób z tej grupy" in words_of(app)
        known = app.table[0].value
        assert list(known["Stan na"]) == ["31 marca 2021"]
        assert "Liczb zebranych różnymi metodami nie można porównywać" in words_of(app)
        app.button(key="show_facilities").click().run()
        assert address_of(app)["indicator"] == "facilities_count"
        assert not app.info

    @pytest.mark.parametrize(
        ("group", "indicator", "level"),
        [("disabled", "reached_residents", "gmina"), ("homeless", "known_places", "voivodeship")],
    )
    def test_what_is_not_known_of_a_gmina_is_offered_where_it_is(self, group, indicator, level):
        opened = open_page("planner", group=group)
        assert opened.selectbox(key="view_indicator").value == indicator
        assert opened.radio(key="view_level").value == level
        app = open_page("planner", group=group, level="gmina")
        app.button(key="show_instead").click().run()
        assert not app.error
        assert app.selectbox(key="view_indicator").value == indicator
        assert address_of(app) == address_of(opened)

    def test_a_scenario_says_unknown_people_and_promises_no_figures_below(self):
        app = open_page("scenario", group="disabled", indicator="gap_share")
        assert len(app.info) == 1
        assert app.info[0].value.endswith("więc nie możemy policzyć wskaźnika\\.")
        assert app.button(key="show_estimate")
        assert not app.table

    def test_a_scope_that_the_data_do_not_have_shows_all_of_them_and_says_so(self):
        app = open_page("planner", scope="12", level="powiat", form="DZI-KLS")
        assert any("w danych nie ma „małopolskie”" in warning.value for warning in app.warning)
        assert address_of(app) == {"level": "powiat", "form": "DZI-KLS"}
        assert "małopolskie" not in app.selectbox(key="view_scope").options
        assert app.header
        app.radio(key="view_level").set_value("gmina").run()
        assert "scope" not in address_of(app)

    @pytest.mark.parametrize("page", ["costs", "scenario", "coordinator", "compare"])
    def test_every_page_does(self, page):
        app = open_page(page, scope="12")
        assert not app.error
        assert any("w danych nie ma „małopolskie”" in warning.value for warning in app.warning)
        assert "scope" not in address_of(app)

    def test_a_new_group_changes_form_and_address_together(self):
        app = open_page("planner")
        app.radio(key="view_group").set_value("homeless").run()
        assert address_of(app) == {"group": "homeless"}
        assert app.selectbox(key="view_form").value == "BEZ-SCH"


class TestCoordinator:
    def test_each_format_the_picture_and_the_command(self):
        app = open_page("coordinator")
        labels = [button.label for button in app.get("download_button")]
        assert labels[0] == "Pobierz PNG (A4, 300 dpi)"
        assert labels == [texts_of("pl").t(f"coordinator.download_{name}") for name in FORMATS]
        assert app.code[0].value.startswith(
            "python -m layers snapshot --scope 00 --group older --form CAL-DPS"
        )
        assert len(app.get("image")) == 1

    def test_title_is_the_planners(self):
        planner, coordinator = open_page("planner"), open_page("coordinator")
        assert coordinator.header[0].value == planner.header[0].value


class TestAbout:
    def test_names_every_source_with_licence_date_and_changes(self):
        app = open_page("about")
        words = words_of(app)
        sources = app.table[0].value
        assert words.count("Licencja: ") == len(sources) == 12
        dps = sources.set_index("Źródło").loc["Zmyślony rejestr domów pomocy społecznej"]
        assert dps.tolist() == ["30 czerwca 2026", "4", "2", "3", "0", "0", "0"]
        assert "Wiersze odrzucone" in words
        assert "wiersz sumy w rejestrze: **2**" in words

    def test_says_what_was_merged_and_what_is_not_verified(self):
        app = open_page("about")
        words = words_of(app)
        assert re.search(r"Połączone wpisy: \d+, powstałe z nich placówki: \d+", words)
        assert (
            "Form w słowniku: 50. Nazwa i podstawa prawna sprawdzone: 34, częściowo: 15, niesprawdzone: 1."
            in words
        )
        marks = [mark for table in app.table[1:] for mark in table.value.get("Sprawdzone?", [])]
        assert len(marks) == 50
        assert marks.count("NIE – niesprawdzone") == 1

    @pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "pl"])
    def test_leaves_no_polish_head_in_other_languages(self, lang):
        polish = {str(column) for table in open_page("about").table for column in table.value.columns}
        other = {
            str(column) for table in open_page("about", lang=lang).table for column in table.value.columns
        }
        assert not polish & other


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

    def open_at(self, monkeypatch, day, hour, **query):
        now = datetime(2026, *day, hour, 5, tzinfo=POLISH_TIME)
        monkeypatch.setattr(clock, "polish_now", lambda: now)
        asked = {"place": "l:1", "forms": "CAL-DPS", "distance_km": 100}
        return open_page("resident", **{**asked, **query})

    @pytest.mark.parametrize(("hour", "said"), [(2, "Otwarte teraz"), (12, "Teraz zamknięte")])
    def test_open_is_told_by_the_clock_also_after_midnight(self, monkeypatch, hour, said):
        app = self.open_at(monkeypatch, (7, 1), hour)
        words = words_of(app)
        assert said in words
        assert "Godziny: codziennie 18:00–8:00" in words
        assert f"stan z godziny {hour}:05" in words

    def test_on_a_public_holiday_weekdays_open_no_door(self, monkeypatch, tmp_path):
        with contextlib.closing(sqlite3.connect(tmp_path / "changed.sqlite")) as database, database:
            database.execute("UPDATE facility SET opening_hours = 'Mo-Fr 08:00-16:00'")
        days = [self.open_at(monkeypatch, (12, day), 10, forms="DZI-KLS") for day in (25, 28)]
        holiday, monday = map(words_of, days)
        assert "Święto: " in holiday
        assert "Nie pokazujemy ich jako otwartych" in holiday
        assert "Otwarte teraz" not in holiday
        assert "Otwarte teraz" in monday
        assert "Święto: " not in monday

    def test_how_to_get_the_help_is_folded_under_its_topics(self, monkeypatch):
        app = self.open_at(monkeypatch, (7, 1), 12)
        labels = [expander.label.replace("\\", "") for expander in app.expander]
        assert "Jak skorzystać: zgłoszenie, dokumenty, opłaty" in labels
        assert "Potrzebne dokumenty: dowód osobisty" in words_of(app)

    def test_vacancies_grey_after_their_expiry(self, monkeypatch):
        fresh, old = (self.open_at(monkeypatch, day, 12) for day in [(8, 14), (8, 15)])
        said = "3 wolne miejsca (dla kobiet: 1, dla mężczyzn: 2)"
        assert any(said in item.value.replace("\\", "") for item in fresh.markdown)
        greyed = [
            item.value.replace("\\", "") for item in old.caption if said in item.value.replace("\\", "")
        ]
        assert len(greyed) == 1
        assert "stan na 30 czerwca 2026, może być nieaktualny" in greyed[0]
        assert not any(said in item.value.replace("\\", "") for item in old.markdown)

    def test_filters_say_how_many_are_left_out_because_nobody_knows(self, monkeypatch):
        app = self.open_at(monkeypatch, (7, 1), 2)
        pills = app.button_group(key="resident_filters")
        assert pills.options == [
            "Otwarte teraz",
            "Są wolne miejsca",
            "Dostępne dla wózków",
            "Język: ukraiński",
        ]
        count = len(app.subheader)
        pills.set_value(["open"]).run()
        assert "Pasuje 1 z 3. O 2 miejscach tego nie wiemy, więc ich nie pokazujemy." in words_of(app)
        assert len(app.subheader) == count - 2
        app.checkbox(key="resident_filters_unknown").check().run()
        assert "Na liście są też 2 miejsca, o których tego nie wiemy." in words_of(app)
        assert len(app.subheader) == count

    def test_without_such_facts_there_are_no_filters(self, monkeypatch, invented_database_url):
        monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
        app = self.open_at(monkeypatch, (12, 1), 12)
        assert "resident_filters" not in app.session_state
