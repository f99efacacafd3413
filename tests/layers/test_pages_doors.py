"""The pages on the invented region: what a person sees first, chooses, and gets."""

import pytest

from data.vocabulary import screen_groups
from tests.support.pages import address_of, open_page, words_of

PAGES = ("first", "resident", "planner", "coordinator", "about")


@pytest.fixture(autouse=True)
def _invented(monkeypatch, invented_database_url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)


@pytest.mark.parametrize("lang", ["pl", "uk", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_every_language_and_says_that_data_are_invented(page, lang):
    app = open_page(page, lang=lang)
    assert not app.error
    assert len(app.title) == 1
    assert any("`make data`" in warning.value for warning in app.warning)


def test_the_first_page_has_three_doors_helplines_and_the_state_of_the_data():
    app = open_page()
    links = [link.label for link in app.get("page_link")]
    assert links[-3:] == ["Szukam pomocy", "Planuję usługi", "Przygotowuję raport"]
    numbers = [button.url for button in app.get("link_button")]
    assert numbers == ["tel:112", "tel:116123", "tel:+48800120002", "tel:116111"]
    assert "Dane: stan na 30 czerwca 2026" in words_of(app)
    assert "1 województwo" in words_of(app)


def test_the_language_is_in_the_address_and_stays_with_the_rest():
    app = open_page("planner", group="homeless")
    app.segmented_control(key="view_lang").set_value("uk").run()
    assert address_of(app) == {"group": "homeless", "lang": "uk"}
    assert app.title[0].value == "Планую послуги"


def test_an_address_full_of_nonsense_is_the_plain_view():
    app = open_page("planner", scope="99", level="<b>", form="';--", chosen="000", distance_km="1e9")
    assert not app.error
    assert app.selectbox(key="view_form").value == "CAL-DPS"


class TestResident:
    def test_asks_for_a_place_first(self):
        app = open_page("resident")
        assert "Wpisz nazwę miejscowości" in words_of(app)
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
        assert "Nie znaleźliśmy miejscowości „<b>Qxqxqxqx</b>”" in words_of(app)

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
        assert app.header[0].value.startswith("0 miejsc pomocy")
        app.button(key="resident_widen").click().run()
        assert int(address_of(app)["distance_km"]) > 1
        assert not app.header[0].value.startswith("0 ")

    def test_the_gminas_own_centre_is_shown_or_explained(self):
        makietowo = words_of(open_page("resident", place="g:980103"))
        unknown = words_of(open_page("resident", place="l:1"))
        assert "Nie mamy jeszcze jego adresu" in unknown
        assert "Gdzie złożyć wniosek" in makietowo

    def test_services_without_a_door_are_apart(self):
        app = open_page("resident", place="l:1", group="older")
        headers = [header.value.replace("\\", "") for header in app.header]
        assert "Pomoc, która przyjeżdża lub obejmuje cały obszar" in headers

    def test_a_protected_address_is_nowhere(self):
        for group in screen_groups():
            words = words_of(open_page("resident", place="l:7", group=group, distance_km=100))
            assert "Ukryta" not in words
            assert "Tajna" not in words


class TestPlanner:
    def test_title_is_the_answer_and_the_table_has_the_same_areas(self):
        app = open_page("planner")
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
        app = open_page("planner", group="homeless")
        assert "Nie wiadomo, ile osób z tej grupy" in words_of(app)
        known = app.table[0].value
        assert list(known["Stan na"]) == ["14 lutego 2019"]
        app.button(key="show_facilities").click().run()
        assert address_of(app)["indicator"] == "facilities_count"
        assert not app.info

    def test_an_area_that_the_data_do_not_cover_is_said(self):
        app = open_page("planner", scope="12")
        assert "Dane nie obejmują tego obszaru" in words_of(app)
        app.button(key="show_country").click().run()
        assert "scope" not in address_of(app)
        assert app.header

    def test_a_new_group_changes_form_and_address_together(self):
        app = open_page("planner")
        app.radio(key="view_group").set_value("homeless").run()
        assert address_of(app) == {"group": "homeless"}
        assert app.selectbox(key="view_form").value == "BEZ-SCH"


class TestCoordinator:
    def test_four_formats_the_picture_and_the_command(self):
        app = open_page("coordinator")
        labels = [button.label for button in app.get("download_button")]
        assert labels == ["Pobierz PNG (A4, 300 dpi)", "Pobierz SVG", "Pobierz XLSX", "Pobierz CSV"]
        assert app.code[0].value.startswith(
            "python -m layers snapshot --scope 00 --group older --form CAL-DPS"
        )
        assert len(app.get("image")) == 1

    def test_title_is_the_planners(self):
        planner, coordinator = open_page("planner"), open_page("coordinator")
        assert coordinator.header[0].value == planner.header[0].value


def test_about_names_every_source_with_licence_and_date():
    app = open_page("about")
    words = words_of(app)
    assert words.count("Licencja: ") == len(app.subheader) - 9
    assert "Wiersze odrzucone" in words
    assert "wiersz sumy w rejestrze: **2**" in words
