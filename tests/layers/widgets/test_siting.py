"""The question for sites on a page: asked by a button, answered in a sentence, taken over into a scenario."""

import pytest
from streamlit.testing.v1 import AppTest

from data.vocabulary.languages import LANGUAGES
from layers.cache.once import forget_all
from tests.support.pages import address_of, open_page, words_of

QUERY = {"scope": "12", "norm": "100", "distance_km": "2", "indicator": "gap_share"}


def page(name, is_adding=False):
    """Draw the widget alone; what would be added is kept in the session."""
    import streamlit as st

    from layers.text import texts_of
    from layers.widgets.address import current_view
    from layers.widgets.scenario.edit import add_changes
    from layers.widgets.siting import show_siting
    from layers.words.scenario_words import ScenarioWords
    from tests.support.tiny_world import service, tiny_registry

    registry = tiny_registry([service(1, "120001", capacity_places=15)])
    registry.localities["name"] = name + registry.localities["gmina_name"]
    view = current_view()

    def keep(changes):
        st.session_state["kept"] = list(changes)

    on_add = add_changes if is_adding else keep
    show_siting(registry, view, ScenarioWords(registry, texts_of(view.lang)), on_add=on_add)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", "sqlite://")
    forget_all()
    yield
    forget_all()


def opened(name="Wieś ", *, adding=False, **query):
    app = AppTest.from_function(page, args=(name, adding), default_timeout=60)
    app.query_params.update({**QUERY, **query})
    app.run()
    assert not app.exception, app.exception
    return app


def pressed(app, key):
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def test_nothing_is_looked_for_before_the_button():
    app = opened(siting="1_1_50___5_")
    assert "nowa placówka" not in words_of(app)
    assert "będzie brakować 5 zamiast 15 miejsc" in words_of(pressed(app, "siting_find"))
    (table,) = app.table
    assert table.value.iloc[0].tolist() == ["1", "Wieś Druga", "gmina Druga", "10", "10"]


def test_another_question_takes_the_answer_away():
    app = pressed(opened(siting="1_1_50___5_"), "siting_find")
    app.number_input(key="siting_sites_count").set_value(2).run()
    assert address_of(app)["siting"] == "2_1_50___5_"
    assert "zamiast 15 miejsc" not in words_of(app)
    assert "będzie brakować 0 zamiast 15 miejsc" in words_of(pressed(app, "siting_find"))


def test_two_parts_of_the_question_typed_at_once_are_both_kept():
    app = opened(siting="1_1_50___5_")
    app.number_input(key="siting_sites_count").set_value(2).run()
    # The second came from a browser that had not heard of the first.
    app.query_params.clear()
    app.query_params.update({**QUERY, "siting": "1_1_50___5_"})
    app.number_input(key="siting_most_places").set_value(40).run()
    assert address_of(app)["siting"] == "2_1_40___5_"


def test_a_number_typed_with_the_press_is_part_of_the_question():
    app = opened(siting="1_1_50___5_")
    app.number_input(key="siting_sites_count").set_value(2)
    assert "będzie brakować 0 zamiast 15 miejsc" in words_of(pressed(app, "siting_find"))


def test_a_press_is_forgotten_where_nothing_can_be_asked():
    app = opened(siting="1_1_50___5_")
    app.number_input(key="siting_least_places").set_value(51)
    assert "Najmniejsza wielkość placówki jest większa" in words_of(pressed(app, "siting_find"))
    app.number_input(key="siting_least_places").set_value(1).run()
    assert "nowa placówka" not in words_of(app)


def test_sites_that_were_added_stay_and_say_where_they_are():
    app = pressed(opened(siting="1_1_50___5_", adding=True), "siting_find")
    pressed(app, "siting_add_best")
    assert address_of(app)["scenario"].startswith("1.")
    (said,) = app.success
    assert said.value.replace("\\", "").startswith("Dodano: w scenariuszu jest teraz 1 zmiana.")
    assert "(#scenario-changes)" in said.value
    button = app.button(key="siting_add_best")
    assert (button.label, button.disabled) == ("Dodane do scenariusza", True)
    assert "będzie brakować 5 zamiast 15 miejsc" in words_of(app)
    assert "Te miejsca są już w scenariuszu" in words_of(app)
    # Asked again, the scenario stands already.
    assert "będzie brakować 0 zamiast 5 miejsc" in words_of(pressed(app, "siting_find"))
    assert not app.success


def test_a_goal_is_chosen_and_said_in_the_address():
    app = opened(siting="1_1_50___5_")
    app.radio(key="siting_goal").set_value("worst").run()
    assert address_of(app)["siting"] == "1_1_50___5_g"
    said = words_of(pressed(app, "siting_find"))
    assert "zaczyna od powiatów, w których jest najgorzej" in said, "people come to a home from anywhere"
    assert not [button for button in app.button if button.key == "siting_find_others"]


def test_sites_are_on_a_map_before_they_are_added():
    app = pressed(opened(siting="1_1_50___5_"), "siting_find")
    assert "Numery na mapie są te same co w tabeli" in words_of(app)
    assert "kept" not in app.session_state


def test_costs_come_after_and_change_the_answer_s_costs_only():
    app = pressed(opened(siting="1_1_50___5_", costs="CAL-DPS_100000_10000_8000"), "siting_find")
    assert app.table[0].value.shape == (2, 8)
    assert "Uruchomienie: 200 000 zł, prowadzenie rocznie: 80 000 zł" in words_of(app).replace("\xa0", " ")


def test_the_best_and_the_others_can_be_added():
    # 5 places each: the two villages are as good as each other.
    app = pressed(opened(siting="1_1_5___5_"), "siting_find")
    pressed(app, "siting_find_others")
    added = []
    for key in ("siting_add_best", "siting_add_1"):
        (change,) = pressed(app, key).session_state["kept"]
        added.append((change.gmina_code, change.places))
    assert sorted(added) == [("120001", 5), ("120002", 5)]


def test_names_of_others_are_shown_letter_by_letter():
    app = pressed(opened("[x](javascript:alert(1)) ", siting="2_1_50___5_"), "siting_find")
    cell = app.table[0].value.iloc[0, 1]
    assert cell.startswith(r"\[x\]\(javascript")


def test_money_without_costs_is_said():
    app = opened(siting="1_1_50__500000_5_")
    assert "niczego tu nie ogranicza, bo nie podano kosztów" in words_of(app)


@pytest.mark.parametrize(
    ("siting", "words"),
    [("___0__5_", "Podaj, ile może być"), ("1_9_3___5_", "Najmniejsza wielkość placówki jest większa")],
)
def test_a_question_without_an_answer_says_why(siting, words):
    app = opened(siting=siting)
    assert words in words_of(app)
    assert not [button for button in app.button if button.key == "siting_find"]


def test_the_country_asks_for_a_voivodeship():
    assert "Wybierz województwo" in words_of(opened(scope="00"))


def test_no_norm_is_told_after_the_question():
    app = pressed(opened(norm="", group="homeless", siting="1_1_50___5_"), "siting_find")
    assert "Nie wiemy, ile osób z tej grupy" in words_of(app)


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "pl"])
def test_other_languages(lang):
    app = pressed(opened(lang=lang, siting="1_1_50___5_"), "siting_find")
    assert len(app.table) == 1


def test_the_page_of_scenarios_finds_sites_in_an_invented_region_too(monkeypatch, invented_database_url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
    # A norm far above what there is: places are missing.
    app = open_page("scenario", norm=100, siting="1_1_20___5_u")
    pressed(app, "siting_find")
    assert "1 nowa placówka" in words_of(app)
    assert [button for button in app.button if button.key == "siting_add_best"]
