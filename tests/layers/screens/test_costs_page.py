"""The page of the cost diagnosis: an area is chosen, costs are typed, and the address holds both."""

from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.scenarios import Change, Scenario, to_text
from data.vocabulary.languages import LANGUAGES
from layers.cache import shared_answers
from layers.jobs import bench
from tests.support.pages import address_of, open_page, words_of

TOWN = "986101"
"""A city of the invented region with a home for older people."""
INVENTED = {"level": "gmina", "chosen": TOWN}


@pytest.fixture(autouse=True)
def _invented(monkeypatch, invented_database_url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)


def costs_of(app: AppTest) -> list[str]:
    return [box.label for box in app.number_input]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_in_every_language(lang):
    app = open_page("costs", lang=lang, **INVENTED, costs="CAL-DPS___72000")
    assert not app.error
    assert len(app.title) == 1
    assert app.get("table")


def test_it_asks_for_an_area_first():
    app = open_page("costs")
    assert "Wybierz gminę albo powiat." in words_of(app)
    assert not app.number_input
    assert not app.get("download_button")


def test_names_of_areas_are_chosen_from_without_any_numbers(monkeypatch):
    def fail(*_arguments, **_options):
        raise ZeroDivisionError("a table was computed")

    monkeypatch.setattr(bench, "build_area_table", fail)
    # An age that no other test has asked for.
    app = open_page("costs", **INVENTED, age_from=85)
    assert not app.error
    assert len(app.selectbox(key="costs_area").options) == 1 + 9
    assert app.get("table")


def test_choosing_an_area_puts_it_into_the_address():
    app = open_page("costs")
    app.selectbox(key="costs_area").set_value(TOWN).run()
    assert address_of(app)["chosen"] == TOWN
    assert "podaj koszty jednostkowe, a policzymy koszt roczny" in words_of(app)
    assert "Żaden koszt nie wpisuje się sam" in words_of(app)


def test_a_cost_that_is_typed_is_in_the_address_and_in_the_answer():
    app = open_page("costs", **INVENTED)
    box = app.number_input(key="unit_cost_CAL-DPS_run_per_place_zl_year")
    assert box.value is None
    assert box.label == "Dom pomocy społecznej: zł rocznie za 1 miejsce"
    box.set_value(72_000).run()
    assert address_of(app)["costs"] == "CAL-DPS___72000"
    assert "wsparcie kosztuje rocznie co najmniej" in words_of(app)
    assert "Żaden koszt nie wpisuje się sam" not in words_of(app)
    app.number_input(key="unit_cost_CAL-DPS_run_per_place_zl_year").set_value(None).run()
    assert "costs" not in address_of(app)


def test_costs_of_other_forms_stay_when_one_is_typed():
    app = open_page("costs", **INVENTED, costs="BEZ-NOC_1_2_3")
    app.number_input(key="unit_cost_CAL-DPS_run_per_place_zl_year").set_value(0).run()
    assert address_of(app)["costs"] == "CAL-DPS___0.BEZ-NOC_1_2_3"


def test_only_gminas_and_powiats_have_a_diagnosis():
    app = open_page("costs", level="voivodeship")
    assert app.radio(key="costs_level").value == "powiat"
    app.selectbox(key="costs_area").set_value("9861").run()
    assert address_of(app)["chosen"] == "9861"
    assert address_of(app)["level"] == "powiat"
    assert app.get("download_button")


def test_a_level_that_the_map_does_not_tell_takes_another_indicator():
    app = open_page("costs", indicator="organisation")
    app.radio(key="costs_level").set_value("powiat").run()
    assert address_of(app)["level"] == "powiat"
    assert address_of(app)["indicator"] == "places_per_1000"


def test_a_group_narrows_the_forms():
    app = open_page("costs", **INVENTED)
    everything = costs_of(app)
    app.radio(key="view_costs_group").set_value("homeless").run()
    assert set(costs_of(app)) < set(everything)


def test_an_address_full_of_nonsense_is_the_plain_page():
    app = open_page("costs", chosen="'; --", costs="CAL-DPS_<b>", level="x", group="y")
    assert not app.error
    assert "Wybierz gminę albo powiat." in words_of(app)


def test_a_scenario_that_cannot_be_read_is_said():
    app = open_page("costs", **INVENTED, scenario="1.AAAA")
    assert "poproś o cały link albo o plik scenariusza" in words_of(app)


def test_the_title_of_a_scenario_is_words_and_its_costs_are_asked_for():
    # The invented region has no codes that a scenario could name, so its changes are of facilities that are gone.
    change = Change(kind="enlarge", facility="register:00000000000000aa", places=5)
    packed = to_text(Scenario("**:red[Plan]**", "CAL-DPS", "older", (change,)))
    app = open_page("costs", **INVENTED, scenario=packed)
    assert "Scenariusz: **:red[Plan]**" in words_of(app)
    said = next(item.value for item in app.markdown if "Scenariusz" in item.value)
    assert "**:red" not in said  # escaped
    assert "1 zmiana scenariusza nie pasuje do dzisiejszych danych" in words_of(app)
    assert "Dom pomocy społecznej: koszt utworzenia (raz), zł za 1 miejsce" in costs_of(app)


def test_costs_of_a_scenario_can_be_given_before_an_area_is_chosen():
    change = Change(kind="open", support_form="DZI-KLS", gmina_code="126101", locality_key="1")
    app = open_page("costs", scenario=to_text(Scenario("Plan", "DZI-KLS", "older", (change,))))
    app.number_input(key="unit_cost_DZI-KLS_build_per_site_zl").set_value(5).run()
    assert address_of(app)["costs"] == "DZI-KLS_5__"


def test_a_protected_address_is_nowhere():
    for area in ("986101", "980101", "980102", "980103"):
        words = words_of(open_page("costs", level="gmina", chosen=area))
        assert "Ukryta" not in words
        assert "Tajna" not in words


@pytest.fixture
def _with_known_costs(monkeypatch):
    """Let the invented voivodeship have ten homes with announced costs, 1,000 to 10,000 zł a month."""
    row = {"support_form": "CAL-DPS", "unit": "month", "year": 2025, "voivodeship_code": "98"}
    row |= {"powiat_name": "zmyślański", "locality_name": "Nibyty", "is_first_hand": True}
    row |= {"act": "Wykaz", "source_url": "https://a.example", "source_code": "costs-dps"}
    known = pd.DataFrame(
        [row | {"name": f"Dom {number:02}", "value_zl": 1000.0 * number} for number in range(1, 11)]
    )
    opened = shared_answers.open_registry
    monkeypatch.setattr(
        shared_answers, "open_registry", lambda day=None: replace(opened(day), known_costs=known)
    )


@pytest.mark.usefixtures("_with_known_costs")
def test_announced_costs_are_offered_and_taken_with_one_click_only():
    app = open_page("costs", **INVENTED)
    assert "costs" not in address_of(app)  # nothing is filled in by itself
    assert "2025 r., 10 domów" in words_of(app)
    box = next(box for box in app.expander if box.label == "Znane koszty z tego województwa")
    assert not box.proto.expanded
    app.button(key="offered_costs_CAL-DPS_middle").click().run()
    assert address_of(app)["costs"] == "CAL-DPS___66000"
    assert "Wpisana kwota jest równa medianie. Województwo" in words_of(app)
    # Who took one over goes on looking at the list.
    assert next(box for box in app.expander if box.label == "Znane koszty z tego województwa").proto.expanded
    app.selectbox(key="offered_costs_CAL-DPS").set_value(2).run()
    assert address_of(app)["costs"] == "CAL-DPS___36000"
    assert "Wpisana kwota jest równa ogłoszonej: Dom 03, Nibyty" in words_of(app)
    assert "Źródło: Wykaz, https://a.example" in words_of(app)


@pytest.mark.usefixtures("_with_known_costs")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_pays_for_a_home_has_a_column_each(lang):
    app = open_page("costs", lang=lang, **INVENTED)
    tables = [table.value for table in app.table]
    assert any(len(table.columns) == 4 and "70" in str(table.iloc[0, 0]) for table in tables)
