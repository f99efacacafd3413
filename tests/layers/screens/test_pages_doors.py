"""The pages on the invented region: what a person sees first, chooses, and gets."""

import re

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.export.files import FORMATS
from layers.indicators import INDICATORS
from layers.text import texts_of
from layers.widgets.plain import plain
from tests.support.pages import address_of, open_page, words_of

PAGES = ("first", "planner", "compare", "scenario", "costs", "coordinator", "about", "method")


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


def test_pages_lead_to_those_that_the_server_writes():
    app = open_page("planner", group="homeless", lang="uk")
    written = [element.proto.body for element in app.get("html")]
    for address in ("/?lang=uk&amp;group=homeless", "/pomoc?lang=uk&amp;group=homeless"):
        assert any(f'<a class="light-link" href="{address}">' in one for one in written), written
    assert "Планую послуги" in [link.label for link in app.get("page_link")]


def test_the_language_is_in_the_address_and_stays_with_the_rest():
    app = open_page("planner", group="homeless")
    app.segmented_control(key="view_lang").set_value("uk").run()
    assert address_of(app) == {"group": "homeless", "lang": "uk"}
    assert app.title[0].value == "Планую послуги"


def test_an_address_full_of_nonsense_is_the_plain_view():
    app = open_page("planner", scope="99", level="<b>", form="';--", chosen="000", distance_km="1e9")
    assert not app.error
    assert app.selectbox(key="view_indicator").value == "people"


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
