"""What views say of a registry that has only areas, codes, people and one register: the rest is no data."""

import contextlib
import io
import json
from functools import cache
from pathlib import Path

import pytest

from data.loading.load import load_all
from data.store.engine import open_engine
from data.store.schema_revision import migrate
from layers import __main__ as command
from layers.indicators import INDICATORS
from layers.indicators.indicator import FORM
from tests.support.invented import NEEDED_FILES, copy_region, keep_only, settings_for
from tests.support.light_page import Visitor
from tests.support.pages import open_page

GROUPS = ("older", "disabled", "homeless")
TOLD = {code for code, indicator in INDICATORS.items() if FORM in indicator.choices}
"""Told of the homes that the one register names; what is made of other lists is not."""


@pytest.fixture(scope="module")
def partial_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the tiny region without localities, numbers of people in groups, other lists, plans and later years."""
    folder: Path = tmp_path_factory.mktemp("partial")
    catalogue = copy_region(folder / "region")
    keep_only(catalogue, *NEEDED_FILES, "dps.csv")
    url = f"sqlite:///{folder / 'partial.sqlite'}"
    engine = open_engine(url)
    migrate(engine)
    load_all(engine, settings_for(catalogue), catalogue_path=catalogue)
    engine.dispose()
    return url


def address_of(indicator: str, group: str) -> str:
    return f"scope=98&level=gmina&group={group}&indicator={indicator}&area=980101"


@cache
def said_of(group: str) -> dict[str, dict[str, object]]:
    """Return what the command says of each indicator: once a group, because each time it reads the whole registry."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        assert command.main(["say", *(address_of(indicator, group) for indicator in INDICATORS)]) == 0
    return dict(zip(INDICATORS, map(json.loads, printed.getvalue().splitlines()), strict=True))


@pytest.mark.parametrize(
    ("indicator", "group"),
    [(code, group) for code, what in INDICATORS.items() for group in GROUPS if what.is_of_group(group)],
)
@pytest.mark.usefixtures("every_form_is_near")
def test_what_is_missing_is_no_data(partial_url, monkeypatch, indicator: str, group: str) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", partial_url)
    said = said_of(group)[indicator]
    cells = {row["written"].get(indicator) for row in said["rows"]}
    if group != "older" or indicator not in TOLD | {"people", "round_the_clock_per_1000"}:
        assert cells == {"brak danych"}
    else:
        assert cells != {"brak danych"}


def test_people_of_a_gmina_without_localities_are_at_one_point_and_that_is_told(
    partial_url, monkeypatch, capsys
) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", partial_url)
    assert command.main(["say", "scope=98&level=gmina&group=older&indicator=coverage_share"]) == 0
    assert "w jednym punkcie gminy, bo miejscowości nie wczytano" in capsys.readouterr().out


@pytest.mark.parametrize("page", ["planner", "compare", "scenario", "costs", "coordinator", "about"])
def test_pages_open_on_it(partial_url, monkeypatch, page: str) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", partial_url)
    app = open_page(page, scope="98", place="g:980106")
    assert not app.error


def test_a_gmina_is_found_where_no_locality_is_known(partial_url, monkeypatch) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", partial_url)
    page = Visitor().find(place="g:980101", group="older", forms="CAL-DPS")
    assert "Zmyślona Wola" in page.words
