"""The planner's page tells what readers did not find, of areas with five reports, and nothing of others."""

import shutil
from datetime import date

import pytest

from data.corrections.unmet_needs import Unmet, take_need
from data.store.engine import open_engine
from layers.widgets import planner_map
from tests.support.pages import address_of, open_page, words_of

GMINA = "980101"


@pytest.fixture
def report(monkeypatch, tmp_path, invented_database_url):
    """Give a function that reports needs in a copy of the invented region."""
    copy = tmp_path / "reported.sqlite"
    shutil.copy(invented_database_url.removeprefix("sqlite:///"), copy)
    url = f"sqlite:///{copy}"
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", url)

    def report(count):
        engine = open_engine(url)
        with engine.begin() as connection:
            for number in range(count):
                need = Unmet(f"{count}-{number}", GMINA, "homeless", "BEZ-NOC")
                take_need(connection, need, today=date.today())  # noqa: DTZ011
        engine.dispose()

    return report


def test_from_five_reports_on_they_stand_beside_the_numbers(report):
    view = {"group": "homeless", "level": "gmina", "indicator": "facilities_count"}
    report(4)
    assert "osoby szukające pomocy nie znalazły" not in _told(open_page("planner", **view))
    report(1)
    told = _told(open_page("planner", **view))
    assert "5 zgłoszeń, od" in told
    assert "w tym noclegownia: 5" in told
    assert "nikt ich nie sprawdzał" in told
    assert "5 zgłoszeń" not in _told(open_page("planner", **view | {"group": "older"}))


@pytest.fixture
def drawn(monkeypatch):
    """Give what the maps of the page were made with, the last one last: circles of reports and their legend."""
    made = []

    def coverage_map(*args, **options):
        needs = options["needs"]
        circles = [] if needs is None else list(zip(needs["reports"], needs["told"], strict=True))
        made.append((circles, options["legend"].need_label))
        return planner_map_of(*args, **options)

    planner_map_of = planner_map.coverage_map
    monkeypatch.setattr(planner_map, "coverage_map", coverage_map)
    return made


def test_the_switch_draws_them_on_the_map_and_stands_in_the_address(report, drawn):
    view = {"group": "homeless", "level": "gmina", "indicator": "facilities_count"}
    report(5)
    app = open_page("planner", **view)
    [switch] = [one for one in app.checkbox if "nie znaleziono pomocy" in one.label]
    assert not switch.value
    assert drawn[-1] == ([], "")
    switch.check().run()
    [(count, told)], label = drawn[-1]
    assert count == 5
    assert told.endswith("zgłoszenia, że nie znaleziono pomocy: 5")
    assert "tylko obszary, z których jest ich co najmniej 5" in label
    assert address_of(app)["needs"] == "True"
    open_page("planner", **view | {"level": "powiat", "needs": "True"})
    assert [count for count, _ in drawn[-1][0]] == [5]
    open_page("planner", **view | {"group": "older", "needs": "True"})
    assert drawn[-1] == ([], "")


def test_fewer_than_five_are_drawn_on_no_level_and_the_page_says_so(report, drawn):
    report(4)
    for level in ("gmina", "powiat", "voivodeship"):
        view = {"group": "homeless", "level": level, "indicator": "facilities_count", "needs": "True"}
        app = open_page("planner", **view)
        assert drawn[-1] == ([], "")
        assert "Żaden obszar tego widoku nie ma tylu zgłoszeń" in words_of(app)


def _told(app):
    return words_of(app) + "\n".join(one.label for one in app.expander)
