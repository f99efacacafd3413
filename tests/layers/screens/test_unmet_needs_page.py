"""The planner's page tells what readers did not find, of areas with five reports, and nothing of others."""

import shutil
from datetime import date

import pytest

from data.corrections.unmet_needs import Unmet, take_need
from data.store.engine import open_engine
from tests.support.pages import open_page, words_of

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


def _told(app):
    return words_of(app) + "\n".join(one.label for one in app.expander)
