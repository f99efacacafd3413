"""A page says at its top what its link or a choice asked for and it does not show."""

import re
from dataclasses import fields

import pytest

from data.scenarios import Change, Scenario
from data.scenarios.text import to_text
from layers.text import texts_of
from layers.view.page_addresses import ADDRESSES, LIGHT_PAGES
from layers.view.reading import says
from layers.view.view import View
from tests.support.pages import address_of, open_page, words_of


@pytest.fixture(autouse=True)
def _invented(monkeypatch, invented_database_url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)


def notices(app, lang="pl"):
    """Return the notices of losses on a page with what unfolds of them, without the escapes of Markdown."""
    told = [warning.value for warning in app.warning]
    told += ["\n".join([fold.label, *(one.value for one in fold.markdown)]) for fold in app.expander]
    texts = [text.replace("\\", "").replace("\u2060", "") for text in told]
    return [text for text in texts if texts_of(lang).t("lost.title") in text]


def test_one_loss_is_told_without_a_click_and_several_are_counted_and_named_in_one_line():
    one = open_page("about", year="2035)")
    assert "Pokazujemy: dziś." in next(iter(notices(one)))
    assert any("dziś" in warning.value for warning in one.warning)
    (notice,) = notices(open_page("about", year="2035)", norm="x", group="y"))
    first, *rest = notice.splitlines()
    assert re.search("3 rzeczy: (Rok|Grupa|Własny cel)(, (Rok|Grupa|Własny cel)){2}$", first)
    assert len(rest) == 3
    assert all(line.startswith("- ") for line in rest)
    many = dict.fromkeys(("year", "norm", "group", "level", "form", "indicator", "distance_km"), ")")
    (notice,) = notices(open_page("about", **many))
    assert "7 rzeczy: " in notice.splitlines()[0]
    assert notice.splitlines()[0].endswith(", …")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("pl", "Rok: nie można odczytać „2035)”. Pokazujemy: dziś."),
        ("uk", "Рік: неможливо прочитати «2035)». Показуємо: сьогодні."),
        ("en", "Year: “2035)” cannot be read. Shown instead: today."),
    ],
)
def test_a_damaged_link_is_told_in_the_language_of_the_page(lang, said):
    (notice,) = notices(open_page("about", lang=lang, year="2035)"), lang)
    assert said in notice


DAMAGES = (")", ".", "x" * 3000, "٣", "", "\0")


@pytest.mark.parametrize("page", [name for name in ADDRESSES if name not in LIGHT_PAGES])
def test_every_page_is_drawn_and_tells_every_damaged_parameter(page):
    """All parameters at once, each damaged in another way on another page: a page takes a second to draw."""
    names = [field.name for field in fields(View) if field.name != "lang"]
    turn = list(ADDRESSES).index(page)
    damaged = {name: DAMAGES[(number + turn) % len(DAMAGES)] for number, name in enumerate(names)}
    app = open_page(page, **damaged)
    (notice,) = notices(app)
    assert not app.error
    assert app.title
    for name, written in damaged.items():
        is_told = f"- {texts_of('pl').t(f'lost.name_{name}')}: " in notice
        assert is_told != says(View(), name, written), (name, written)


@pytest.mark.parametrize("page", ["planner", "compare", "costs", "scenario"])
def test_a_scenario_that_was_cut_leaves_the_page_and_says_so(page):
    app = open_page(page, scenario="1.abc", other="c", other_scenario="1.abc")
    (notice,) = notices(app)
    assert "Scenariusz: nie można odczytać „1.abc”, więc tego nie pokazujemy. Link mógł się uciąć" in notice
    assert "Scenariusz drugiej mapy: nie można odczytać" in notice
    assert not app.error
    assert app.header or page == "costs"


@pytest.mark.parametrize("page", ["planner", "coordinator", "scenario"])
def test_a_scenario_of_another_region_changes_nothing_and_the_page_says_so(page):
    change = Change(kind="open", support_form="DZI-KLS", gmina_code="120611", locality_key="9", places=5)
    packed = to_text(Scenario("Plan", "DZI-KLS", "older", (change,)))
    app = open_page(page, form="DZI-KLS", scenario=packed)
    (notice,) = notices(app)
    assert "Scenariusz: zmiany, które w całości pasują do tych danych: 0 z 1;" in notice
    assert "jak by było po" not in words_of(app)


def test_untrusted_text_is_plain_and_cut():
    (notice,) = notices(open_page("about", scope="<b>[x](javascript:alert(1))" + "y" * 5000))
    assert len(notice) < 400
    raw = next(
        warning.value
        for warning in open_page("about", scope="[x](https://e.x)").warning
        if "x" in warning.value
    )
    assert "[x](" not in raw


def test_a_good_link_says_nothing():
    assert notices(open_page("about", year="2035", group="older")) == []


def test_an_age_that_is_not_projected_stays_and_the_page_says_so():
    app = open_page("planner", form="DZI-KLS", age_from=75)
    app.selectbox(key="view_year").set_value(2035).run()
    assert notices(app) == []
    assert app.selectbox(key="view_age_from").value == 75
    assert any("Nie mamy prognozy liczby osób z tej grupy na rok 2035" in told.value for told in app.info)


def test_a_number_that_none_can_choose_is_told_on_every_page():
    (notice,) = notices(open_page("about", year="99999"))
    assert "Rok: wartości „99999” nie ma do wyboru. Pokazujemy: dziś." in notice


def test_another_group_opens_with_its_own_map_and_nothing_is_lost():
    app = open_page("planner")
    app.radio(key="view_group").set_value("disabled").run()
    assert notices(app) == []
    assert "ktoś z mieszkańców ma placówkę" in words_of(app)


def test_another_language_does_not_take_the_notice_away():
    app = open_page("about", year="2035)")
    app.segmented_control(key="view_lang").set_value("en").run()
    (notice,) = notices(app, "en")
    assert "“2035)” cannot be read" in notice


def test_an_old_link_to_the_lack_of_a_gmina_opens_at_powiats_and_says_so():
    app = open_page("planner", indicator="gap_share", form="CAL-DPS", norm=5)
    (notice,) = notices(app)
    assert (
        "„gminy”, pokazujemy: powiaty. Dom pomocy społecznej: mogą z tego korzystać osoby spoza gminy"
        in notice
    )
    assert app.radio(key="view_level").options == ["powiaty", "województwa"]
    assert [str(km) for km in app.selectbox(key="view_distance_km").options] == ["30 km", "50 km", "100 km"]
    app.radio(key="view_level").set_value("voivodeship").run()
    assert notices(app) == []
    assert address_of(app)["level"] == "voivodeship"


def test_own_residents_are_offered_for_clubs_only():
    app = open_page("planner", indicator="coverage_share", form="DZI-KLS")
    app.checkbox(key="view_own").set_value(True).run()
    assert address_of(app)["own"] == "True"
    assert "tylko mieszkańcy gminy" in app.header[0].value
    assert not [
        box for box in open_page("planner", indicator="coverage_share").checkbox if box.key == "view_own"
    ]
