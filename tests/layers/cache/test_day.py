"""The registry of an earlier day, and figures taken in spite of a difference, on pages and printed sheets."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from data.loading.load import load_all
from data.registry.accepted_differences import AcceptedDifference
from data.registry.reading import read_registry
from data.store.engine import open_engine
from data.store.schema_revision import migrate
from data.vocabulary.languages import LANGUAGES
from layers import __main__ as command
from layers.answers.cost_report import build_cost_report
from layers.answers.table_building import build_area_table
from layers.cache.shared_answers import area_table, card_of_area, open_registry, printed
from layers.export.command import snapshot_command
from layers.jobs import bench
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from tests.support.invented import change_file, copy_region, replace_text, settings_for, sha256_of
from tests.support.pages import address_of, open_page, words_of

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)


@pytest.fixture(scope="module")
def two_months(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give a database with the homes of May and of June, which differ from their own total by a floor."""
    folder = tmp_path_factory.mktemp("months")
    catalogue = copy_region(folder / "region")
    homes = catalogue.parent / "dps.csv"
    shutil.copy(homes, catalogue.parent / "may.csv")
    may = sha256_of(catalogue.parent / "may.csv")
    replace_text(catalogue.parent / "registers" / "zmyslone-dps.toml", "fixed = 2026-06-30", "")
    newer = f'path = "dps.csv"\nsha256 = "{may}"'
    replace_text(
        catalogue,
        newer,
        f'path = "may.csv"\nsha256 = "{may}"\nas_of = 2026-05-31\n\n[[source.files]]\n{newer}',
    )
    change_file_of_june(catalogue)
    url = f"sqlite:///{folder / 'months.sqlite'}"
    engine = open_engine(url)
    migrate(engine)
    load_all(
        engine, settings_for(catalogue), catalogue_path=catalogue, accepted_difference="piętro w remoncie"
    )
    engine.dispose()
    return url


def change_file_of_june(catalogue: Path) -> None:
    """Halve the places of a home; the catalogue names the checksum of the file twice, once for May."""
    before = catalogue.read_text(encoding="utf-8")
    change_file(catalogue, "dps.csv", ",60,0,0,0,10,120,", ",30,0,0,0,10,120,")
    first, _, rest = before.partition('path = "dps.csv"')
    june = sha256_of(catalogue.parent / "dps.csv")
    old = sha256_of(catalogue.parent / "may.csv")
    catalogue.write_text(f'{first}path = "dps.csv"{rest.replace(old, june, 1)}', encoding="utf-8")


def _registry(url: str, day: date | None = None):
    engine = open_engine(url)
    registry = read_registry(engine, day)
    engine.dispose()
    return registry


def test_registry_of_a_day_has_the_places_of_that_day(two_months: str) -> None:
    now, then = _registry(two_months), _registry(two_months, MAY)
    places = [
        registry.services.query("support_form == 'CAL-DPS' and is_counted")["capacity_places"].sum()
        for registry in (now, then)
    ]
    assert places == [120, 150]
    assert now.state.fingerprint != then.state.fingerprint
    assert now.days[-2:] == (JUNE, MAY)
    assert now.accepted_differences == (
        AcceptedDifference(
            "piętro w remoncie",
            ("zmyslone-dps: Zmyślin: capacity_places: 60 ≠ 30",),
        ),
    )


EVERY_DAY = (MAY, date(2026, 3, 15), date(1990, 1, 1))
"""A day with homes of May, one after the boundaries' day and before any home, and one before everything."""


@pytest.mark.parametrize("day", EVERY_DAY)
def test_what_a_view_of_an_earlier_day_is_made_of_is_credited_as_today(two_months: str, day: date) -> None:
    """Borders, people and where they live are those of now on any day, and registers are not."""
    registers = set(_registry(two_months).services["source_code"])
    view = View(indicator="coverage_share")
    now = build_area_table(_registry(two_months), view)
    then = build_area_table(_registry(two_months, day), view.with_changes(day=day.isoformat()))
    others = {(note.code, note.as_of) for note in now.sources if note.code not in registers}
    assert {"boundaries", "localities"} <= {note.kind for note in now.sources}
    assert {(note.code, note.as_of) for note in then.sources if note.code not in registers} == others
    held = {note.code: note.as_of for note in then.sources if note.code in registers}
    assert held == ({"zmyslone-dps": MAY} if day == MAY else {})
    people = [note for note in build_caption(now, texts_of("pl")).notes if "w gminie mieszkają" in note]
    assert people
    assert set(people) <= set(build_caption(then, texts_of("pl")).notes)


def test_files_cards_and_costs_of_an_earlier_day_credit_its_boundaries_and_people(
    two_months: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", two_months)
    view = View(day=EVERY_DAY[-1].isoformat(), level="powiat", chosen="9801")
    registry = open_registry(view.date)
    table = area_table(registry, view)
    names = {note.name for note in table.sources}
    assert {"boundaries", "population"} <= {note.kind for note in table.sources}
    beside = printed(registry, table, "pl", "txt").decode("utf-8-sig")
    assert [name for name in names if name not in beside] == []
    assert names <= {note.name for note in card_of_area(registry, table, "9801").sources()}
    costs = build_cost_report(registry, view, area_label="powiat zmyślony")
    assert {note.kind for note in costs.sources} == {"boundaries"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_printed_sheet_says_the_day_and_the_difference(two_months: str, lang: str) -> None:
    view = View(lang=lang, indicator="facilities_count", day=MAY.isoformat())
    registry = _registry(two_months, view.date)
    notes = build_caption(build_area_table(registry, view), texts_of(lang)).notes
    assert any(texts_of(lang).date(MAY) in note for note in notes)
    undated = texts_of(lang).t("export_day_note", date=texts_of(lang).date(MAY))
    assert undated in notes
    assert any("piętro w remoncie" in note and "60" in note for note in notes)


def test_day_is_in_the_address_and_nonsense_is_not() -> None:
    view = View(day="2026-05-31")
    assert View.from_query(view.to_query()) == view
    assert view.date == MAY
    for nonsense in ("2026-13-01", "maj", "2026-05-31'--"):
        assert View.from_query({"day": nonsense}).day == ""


def test_days_of_one_edition_are_one_registry_and_one_table(
    two_months: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", two_months)
    made = []
    build = bench.build_area_table
    monkeypatch.setattr(
        bench, "build_area_table", lambda *args, **rest: made.append(1) or build(*args, **rest)
    )
    tables = []
    for day in (MAY, date(2026, 6, 5), date(2026, 6, 29)):
        view = View(day=day.isoformat(), norm=3.21)
        registry = open_registry(day)
        assert registry is open_registry(MAY)
        tables.append(area_table(registry, view))
        assert tables[-1].view.date == day
    assert len(made) == 1
    assert len({table.snapshot_id for table in tables}) == 1
    assert registry.state.fingerprint != open_registry().state.fingerprint


def test_days_before_the_first_release_are_one_and_days_to_come_none(
    two_months: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", two_months)
    early = open_registry(date(1990, 1, 1))
    assert early is open_registry(date.min)
    assert early.state.facilities == 0
    assert open_registry(date(9999, 12, 31)) is open_registry()
    assert View.from_query({"day": "9999-12-31", "since": "2999-01-01"}) == View.from_query({})
    ages = {
        area_table(early, View(indicator="knowledge", day=day)).measured_on
        for day in ("1990-01-01", "0001-01-01")
    }
    assert ages == {min(early.days)}


def test_planner_chooses_the_day(two_months: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", two_months)
    app = open_page("planner", indicator="facilities_count")
    box = app.selectbox(key="view_day")
    assert box.options[0] == "najnowszy"
    assert "31 maja 2026" in box.options
    box.set_value(MAY.isoformat()).run()
    assert address_of(app)["day"] == "2026-05-31"
    assert "Spisy placówek takie, jakie obowiązywały 31 maja 2026" in words_of(app)


def test_command_makes_the_sheet_of_the_day(
    two_months: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", two_months)
    view = View(indicator="facilities_count", day=MAY.isoformat())
    words = snapshot_command(view)
    assert words[words.index("--day") + 1] == "2026-05-31"
    assert command.main([*words[3:], "--format", "csv", "--out", str(tmp_path / "may")]) == 0
    (sheet,) = (tmp_path / "may").iterdir()
    assert (
        command.main(
            ["snapshot", "--indicator", "facilities_count", "--format", "csv", "--out", str(tmp_path)]
        )
        == 0
    )
    now = next(tmp_path.glob("*.csv"))
    assert sheet.name != now.name  # the name carries the identifier of the state
