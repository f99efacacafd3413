"""The area card on the planner's page: the answer first, sections that open, every number explained in one click."""

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.world import World
from layers.text import texts_of
from layers.view.view import View
from layers.widgets.area_sections import bar_html
from layers.widgets.explained import explanation_lines
from layers.words.area_facts import area_facts
from layers.words.explain import explanation
from tests.layers.export.test_area_sheet import FIRST, facts_of
from tests.support.pages import address_of, open_page, words_of
from tests.support.tiny_world import AS_OF, service, tiny_registry

AREA = "986101"
SECTIONS = (
    "people", "services", "gauges", "triad", "reach", "balance", "forecast", "organisation", "quality", "neighbours"
)  # fmt: skip


@pytest.fixture(autouse=True)
def _invented(monkeypatch, invented_database_url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)


def opened(*sections, **query):
    app = open_page("planner", chosen=AREA, **query)
    for section in sections:
        app.session_state[f"area_section_{section}"] = True
    app.run()
    assert not app.exception
    return app


def popovers(block):
    """Give the popovers in a block, outermost first."""
    found = []
    for child in getattr(block, "children", {}).values():
        if child.type == "popover":
            found.append(child)
        found += popovers(child)
    return found


def explained_names(app):
    """Give the names of what has an explanation, as its button says them."""
    labels = [block.proto.popover.label.replace("\\", "") for block in popovers(app.main)]
    return [label.removeprefix("Jak policzono: ") for label in labels]


def test_the_answer_comes_first_and_is_explained():
    app = open_page("planner", chosen=AREA, indicator="facilities_count")
    assert "Liczba placówek: **1**" in words_of(app)
    # The first button explains the columns of the whole view.
    assert explained_names(app)[:2] == ["Jak policzono te liczby", "Liczba placówek"]
    words = words_of(app)
    assert "Wzór:" in words
    assert "liczba różnych placówek na obszarze" in words


def test_sections_are_folded_and_open_one_by_one():
    closed = open_page("planner", chosen=AREA, form="CAL-DPS")
    labels = [expander.label.replace("\\", "") for expander in closed.expander]
    # The limits of classes are folded in the rail, before the card. A gmina has no lack of care homes by itself.
    shown = [name for name in SECTIONS if name not in {"gauges", "triad", "reach"}]
    assert [texts_of("pl").t(f"area_card.{name}") for name in shown] == labels[1 : len(shown) + 1]
    assert "nie liczymy, ilu miejsc brakuje w jednej gminie" in words_of(closed)
    club = open_page("planner", chosen=AREA, form="DZI-KLS")
    labels = [expander.label.replace("\\", "") for expander in club.expander]
    assert [texts_of("pl").t(f"area_card.{name}") for name in SECTIONS] == labels[1 : len(SECTIONS) + 1]
    assert "w wieku 80 lat i więcej" not in words_of(closed)
    assert "w wieku 80 lat i więcej" in words_of(opened("people"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_sections_open_in_every_language(lang):
    app = opened(*SECTIONS, lang=lang, since="2026-07-01", norm="5.0")
    assert texts_of(lang).t("area_card.people_today") in words_of(app)
    assert len(popovers(app.main)) > 30


@pytest.mark.parametrize("group", ["disabled", "homeless"])
def test_groups_without_projection_say_so(group):
    words = words_of(opened(*SECTIONS, group=group))
    assert "Nie ma prognozy liczby osób z tej grupy." in words


def test_larger_areas_tell_how_many_gminas_are_how_far():
    app = open_page("planner", level="powiat", chosen=AREA[:4])
    app.session_state["area_section_organisation"] = True
    app.run()
    assert "Gminy z działającym CUS: **" in words_of(app)


def test_a_card_beside_counts_of_different_days_leads_to_rates_of_one():
    app = open_page("planner", group="homeless", indicator="known_places", chosen="98")
    labels = [expander.label for expander in app.expander]
    assert not {texts_of("pl").t(f"area_card.{name}") for name in ("triad", "reach", "balance")} & set(labels)
    app.button(key="area_show_lack").click().run()
    assert not app.exception
    asked = address_of(app)
    assert View.from_query(asked).indicator == "places_per_1000"
    assert (asked["scope"], asked["chosen"]) == ("98", "98")


def test_a_neighbour_is_chosen_with_a_click():
    app = opened("neighbours")
    buttons = [button for button in app.button if (button.key or "").startswith("neighbour_")]
    assert buttons
    buttons[0].click().run()
    assert address_of(app)["chosen"] == buttons[0].key.removeprefix("neighbour_")


def test_the_card_can_be_printed():
    labels = [button.label for button in open_page("planner", chosen=AREA).get("download_button")]
    assert labels == ["Karta obszaru (PDF, A4)"]


def test_knowledge_keeps_its_own_card():
    app = open_page("planner", chosen=AREA, indicator="knowledge")
    assert texts_of("pl").t("area_card.quality") not in [item.label for item in app.expander]
    assert "Formy tej grupy z pełnym rejestrem" in words_of(app)


@pytest.mark.usefixtures("every_form_is_near")
def test_the_bar_says_in_words_what_it_shows():
    html = bar_html(facts_of([service(1, FIRST, capacity_places=2)], distance_km=5), texts_of("pl"))
    # 2 places at 20 per 1,000 are for 100 of 200 people.
    assert 'role="img"' in html
    assert (
        "placówka w zasięgu, starcza miejsc: 50,0%; placówka w zasięgu, miejsc już nie starcza: 50,0%"
        in html.replace("\u00a0", " ")
    )
    assert html.count("support-part-") == 2


def test_words_of_others_are_shown_letter_by_letter():
    registry = tiny_registry([service(1, FIRST, capacity_places=3)])
    sources = registry.sources.assign(name="**Źródło** :red[x] $y$")
    object.__setattr__(registry, "sources", sources)
    facts = area_facts(World(registry), View(), FIRST, today=AS_OF)
    explained = explanation(facts.table, "capacity_places", FIRST, texts_of("pl"))
    markdown = "\n".join(explanation_lines(explained, texts_of("pl")))
    assert "\\*\\*Źródło\\*\\*" in markdown
    assert ":red[" not in markdown
