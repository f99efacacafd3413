"""The page of two maps on the invented region, and on it with a projection."""

import contextlib
import re
import shutil
import sqlite3

import pytest

from data.registry.reading import read_registry
from data.scenarios.changes import Change
from data.scenarios.scenario import Scenario
from data.scenarios.text import to_text
from data.vocabulary.languages import LANGUAGES
from layers.text import texts_of
from layers.widgets import two_maps
from tests.support.pages import address_of, open_page, words_of


@pytest.fixture(autouse=True)
def _invented(monkeypatch, invented_database_url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)


def changes_of(app):
    return app.dataframe[0].value


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("indicator", ["places_per_1000", "gap_share", "organisation", "day_per_1000"])
def test_it_opens_with_every_kind_of_indicator(lang, indicator):
    app = open_page("compare", lang=lang, indicator=indicator, norm=30)
    assert not app.error
    assert app.title[0].value == texts_of(lang).t("page.compare")


def test_it_opens_where_there_is_nothing_to_compare_with():
    app = open_page("compare", group="homeless", indicator="facilities_count")
    assert not app.error
    assert len(app.selectbox(key="view_other").options) >= 1


def test_a_second_map_that_there_is_not_is_told_with_the_reason():
    app = open_page("compare", lang="pl", indicator="facilities_count", other="d2019-01-31")
    assert not app.error
    assert "Druga mapa: w danych nie ma „rejestr z dnia 31 stycznia 2019”" in words_of(app)


def test_the_second_map_is_in_the_address():
    app = open_page("compare", indicator="facilities_count")
    box = app.selectbox(key="view_other")
    if len(box.options) > 1:
        box.set_value(box.options[1]).run()
        assert "other" in address_of(app)
    assert not app.error


@pytest.fixture
def scenario(invented_engine):
    """Close a care home for older people of the invented region."""
    services = read_registry(invented_engine).services
    is_home = services["is_counted"] & (services["support_form"] == "CAL-DPS")
    is_home &= services["need_groups"].map(lambda groups: "older" in groups)
    home = services[is_home].iloc[0]
    change = Change(kind="close", facility=home["facility_handle"])
    return to_text(Scenario("Bez domu", "CAL-DPS", "older", (change,)))


def test_a_scenario_beside_today(scenario):
    app = open_page("compare", scenario=scenario, other="c", indicator="facilities_count")
    assert not app.error
    told = changes_of(app)
    assert list(told.columns)[1:] == ["Bez domu", "bez scenariusza"]
    # The gmina whose home is closed stands on top: it has one more today.
    first = told.iloc[0]
    assert (first["Bez domu"], first["bez scenariusza"]) == ("0", "1")
    assert len(told) == 9


def test_two_scenarios_change_places_in_the_link(scenario):
    app = open_page("compare", other_scenario=scenario, indicator="facilities_count")
    assert list(changes_of(app).columns)[1:] == ["bez scenariusza", "Bez domu"]


def test_a_scenario_and_today_have_ids_of_their_own(scenario):
    words = words_of(open_page("compare", scenario=scenario, other="c"))
    assert len(set(re.findall("Identyfikator stanu: ([0-9a-f]{12})", words))) == 2


def test_the_page_says_that_a_map_is_of_a_scenario(scenario):
    app = open_page("compare", scenario=scenario, other="c")
    assert "scenariusz „Bez domu”" in app.header[0].value.replace("\\", "")
    assert "SCENARIUSZ „Bez domu”" in words_of(app)


class TestYears:
    def test_the_answer_is_the_heading_once_and_over_each_map_stands_what_differs(self, monkeypatch):
        made = []
        of_both = two_maps.side_by_side
        monkeypatch.setattr(
            two_maps, "side_by_side", lambda *sides, **more: made.append(sides) or of_both(*sides, **more)
        )
        app = open_page(
            "compare", other="y2035", indicator="gap_share", form="DZI-KLS", norm=30, distance_km=5
        )
        words = words_of(app)
        left, right = made[-1]
        assert words.count(app.header[0].value.replace("\\", "").replace("\u2060", "")) == 1
        for side in (left, right):
            assert re.fullmatch(r"może brakować od 0 do \d+ miejsc", side.answer)
        assert left.answer != right.answer
        # The whole answer of the second one is not lost.
        (whole,) = [line for line in words.splitlines() if line.startswith("**2035:** ")]
        assert "prognoza ludności na 2035 r., miejsca dzisiejsze" in whole
        most = re.findall(r"\d+", right.answer)[-1]
        assert re.search(rf"może brakować nawet {most}\b", whole)

    def test_today_and_a_later_year(self):
        app = open_page("compare", other="y2035", indicator="places_per_1000")
        assert list(changes_of(app).columns)[1:] == ["dziś", "2035"]
        assert "2035" in words_of(app)

    def test_no_year_is_offered_that_nobody_projected(self, monkeypatch, tmp_path, invented_database_url):
        copy = tmp_path / "plain.sqlite"
        shutil.copy(invented_database_url.removeprefix("sqlite:///"), copy)
        with contextlib.closing(sqlite3.connect(copy)) as database, database:
            database.execute("DELETE FROM population_by_year WHERE kind = 'projected'")
        monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{copy}")
        options = open_page("compare").selectbox(key="view_other").options
        assert options
        assert not any("2035" in option for option in options)


def test_a_broken_link_to_a_scenario_says_what_to_do():
    app = open_page("compare", scenario="1.abc", other="c")
    assert "poproś o cały link albo o plik scenariusza" in words_of(app)


def test_nobody_set_the_median_of_the_first_map_as_a_target_of_the_second():
    words = words_of(open_page("compare", indicator="gap_share", scope="98", level="powiat", other="s00"))
    assert "do mediany powiatów" in words
    assert "Druga mapa ma poziom pierwszej: " in words
    assert "Cel: " not in words
    # A target that the planner set is one on both maps.
    words = words_of(
        open_page("compare", indicator="gap_share", scope="98", level="powiat", other="s00", norm=30)
    )
    assert "poziom pierwszej" not in words
    assert "Cel: 30" in words
