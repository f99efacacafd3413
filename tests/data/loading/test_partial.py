"""A load of what is at hand: what is missing is no data, told with what it would add, and what was loaded stays."""

import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine, func, select

from data.__main__ import main
from data.catalogue import REAL_CATALOGUE, read_catalogue
from data.catalogue_file import CatalogueError
from data.commands import loading
from data.duplicates.store import decide
from data.loading.load import LoadSummary, load_all
from data.loading.no_source import NoSource, NoSourceError, why_no_source
from data.people.settlement import settlement_points
from data.quality.areas import doubts_of
from data.reading.area_queries import localities
from data.reading.protection import protect
from data.registry.missing_sources import missing_sources
from data.registry.reading import read_registry
from data.registry.status import read_status
from data.sources.fetch import SourceMissingError, damaged_files
from data.store.engine import open_engine
from data.store.schema import DuplicatePair, Facility, Load, Protection, Release, WorkItem
from data.store.schema_revision import migrate
from data.store.settings import Settings, SettingsError, example_catalogue
from layers import __main__ as layers
from tests.support.invented import (
    NEEDED_FILES,
    TINY_REGION,
    change_file,
    copy_region,
    keep_only,
    replace_text,
    settings_for,
    source_codes,
)

HOMES, LIST = "zmyslone-dps", "zmyslone-placowki"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Give a copy of the tiny region whose files a test may delete."""
    return copy_region(tmp_path / "region")


def _load(engine: Engine, catalogue: Path, **options):
    return load_all(engine, settings_for(catalogue), catalogue_path=catalogue, **options)


def _nowhere(folder: Path) -> Settings:
    return Settings("sqlite://", None, folder / "empty", is_download_allowed=False)


def _count(engine: Engine, table, *conditions) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()


def _places(engine: Engine) -> dict[str, tuple[str | None, str]]:
    with engine.connect() as connection:
        rows = connection.execute(
            select(Facility.name, Facility.gmina_code, Facility.place_grade).where(
                Facility.source_code == HOMES, Facility.ended_release_id.is_(None)
            )
        )
        return {row.name: (row.gmina_code, row.place_grade) for row in rows}


def test_one_register_on_what_is_needed_stands_in_its_gminas(engine: Engine, catalogue: Path) -> None:
    keep_only(catalogue, *NEEDED_FILES, "dps.csv")
    told: list[str] = []
    summary = _load(engine, catalogue, report=told.append)
    assert len(summary.written) == 5
    assert set(summary.missing) == source_codes(catalogue) - set(summary.written)
    # The three homes say their powiat and a village or town that is called as its gmina.
    assert set(_places(engine).values()) == {("980101", "gmina"), ("980107", "gmina"), ("986101", "gmina")}
    assert _count(engine, WorkItem, WorkItem.kind == "locality_unknown") == 0
    assert "  zmyslone-miejscowosci: localities.csv (nikt: dane zmyślone)" in told
    assert any("people live spread over villages and towns" in line for line in told)

    registry = read_registry(engine)
    assert registry.localities.empty
    assert "g:980106" in {place.key for place in registry.places.found_by_name()}
    gminas = registry.areas_of_level("gmina")
    points = settlement_points(gminas, registry.settlement, registry.residents)
    assert (len(points), set(points["share"])) == (9, {1.0})
    assert registry.named_areas("gmina").set_index("area_code")["town_persons"].notna().sum() > 0
    assert registry.population_by_year.empty
    assert registry.people_counts.empty


def test_status_lists_what_is_missing_and_what_each_would_add(engine: Engine, catalogue: Path) -> None:
    keep_only(catalogue, *NEEDED_FILES)
    _load(engine, catalogue)
    with engine.connect() as connection:
        status = read_status(connection, catalogue_path=catalogue)
    assert status.forms == []
    assert [missing.kind for missing in status.not_loaded if missing.is_needed] == []
    (homes,) = [missing for missing in status.to_json()["not_loaded"] if missing["source_code"] == HOMES]
    assert homes["path"] == "dps.csv"
    assert homes["complete_for"] == [["CAL-DPS", "98"]]
    assert homes["adds"].startswith("its facilities; complete for CAL-DPS social care home")
    lines = "\n".join(status.lines())
    assert "zmyslone-prognoza: projection.csv (nikt: dane zmyślone)" in lines
    assert "years to 2040; without it no people of later years there" in lines


@pytest.mark.parametrize("name", NEEDED_FILES)
def test_without_what_all_stands_on_nothing_is_loaded(engine: Engine, catalogue: Path, name: str) -> None:
    keep_only(catalogue, *(needed for needed in NEEDED_FILES if needed != name), "dps.csv")
    with pytest.raises(SourceMissingError, match="without them nothing can be shown") as caught:
        _load(engine, catalogue, is_example_allowed=False)
    assert f"  {name} (nikt: dane zmyślone)" in str(caught.value)
    assert _count(engine, Release) == 0


def test_without_what_all_stands_on_the_example_is_shown_where_it_is_allowed(
    engine: Engine, catalogue: Path
) -> None:
    keep_only(catalogue, *NEEDED_FILES[1:], "dps.csv")
    told: list[str] = []
    summary = _load(engine, catalogue, report=told.append, is_example_allowed=True)
    assert (summary.is_invented, read_registry(engine).state.is_invented) == (True, True)
    assert told[0].startswith("These files of the catalogue are in neither the mirror nor the cache")
    assert "\n  gminas.geojson (nikt: dane zmyślone)\nThe database holds nothing." in told[0]
    assert told[0].endswith("nothing in it is real.")


def test_the_example_of_another_version_goes_whole(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older one with three homes more would vanish beyond every tolerance, and `make run` would stop."""
    homes = (TINY_REGION / "dps.csv").read_text(encoding="utf-8")
    older = tmp_path / "older"
    shutil.copytree(TINY_REGION, older)
    line = next(line for line in homes.splitlines() if "Makieta" in line)
    more = homes + "".join(line.replace("Makieta", f"Makieta {number}") + "\n" for number in range(30))
    (older / "dps.csv").write_text(more, encoding="utf-8")
    now = hashlib.sha256((TINY_REGION / "dps.csv").read_bytes()).hexdigest()
    replace_text(older / "catalogue.toml", now, hashlib.sha256(more.encode()).hexdigest())
    told: list[str] = []

    def load_example(region: Path, **options: str) -> None:
        monkeypatch.setenv("SUPPORT_MAP_EXAMPLE", str(region / "catalogue.toml"))
        monkeypatch.setattr("data.loading.chosen_catalogue.OWN_EXAMPLE", region / "catalogue.toml")
        load_all(engine, _nowhere(tmp_path), is_example_allowed=True, report=told.append, **options)

    load_example(older, accepted_difference="its sums are not those of its rows")
    assert _count(engine, Facility, Facility.source_code == HOMES) > 30
    load_example(TINY_REGION)
    assert "The example that is loaded is of another version of the application: it goes whole." in told
    assert _count(engine, Facility, Facility.source_code == HOMES) < 10
    told.clear()
    load_example(TINY_REGION)
    assert not any("another version" in line for line in told)


def test_the_example_of_another_version_goes_whole_where_a_list_has_another_day_only(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same rows of an earlier day: beside the later one they would be two states of what is one."""
    older = tmp_path / "older"
    shutil.copytree(TINY_REGION, older)
    (older / "dps.csv").rename(older / "dps_2025-06-30.csv")
    replace_text(older / "catalogue.toml", 'path = "dps.csv"', 'path = "dps_2025-06-30.csv"')
    told: list[str] = []
    for region in (older, TINY_REGION):
        monkeypatch.setenv("SUPPORT_MAP_EXAMPLE", str(region / "catalogue.toml"))
        monkeypatch.setattr("data.loading.chosen_catalogue.OWN_EXAMPLE", region / "catalogue.toml")
        load_all(engine, _nowhere(tmp_path), is_example_allowed=True, report=told.append)
    assert "The example that is loaded is of another version of the application: it goes whole." in told
    assert _count(engine, Release, Release.source_code == HOMES) == 1


def test_the_example_takes_no_place_of_real_data_that_lost_a_file(engine: Engine, catalogue: Path) -> None:
    keep_only(catalogue, *NEEDED_FILES, "dps.csv")
    _load(engine, catalogue)
    keep_only(catalogue, *NEEDED_FILES[1:], "dps.csv")
    summary = _load(engine, catalogue, is_example_allowed=True)
    assert (summary.is_invented, summary.written, summary.kept) == (False, (), ("zmyslone-granice",))


def test_a_missing_complete_register_leaves_no_data_and_no_zero(engine: Engine, catalogue: Path) -> None:
    keep_only(catalogue, *NEEDED_FILES, "places_of_help.csv")
    _load(engine, catalogue)
    registry = read_registry(engine)
    assert registry.register_coverage.empty
    homes = registry.services[registry.services["support_form"] == "CAL-DPS"]
    # The list's own home is counted now, at least: nothing sets it aside.
    assert (len(homes), homes["is_counted"].all()) == (1, True)


@pytest.mark.parametrize("beside", [(), ("localities.csv",)], ids=["without localities", "with localities"])
def test_a_facility_of_unknown_gmina_takes_the_zero_from_where_it_may_stand(
    engine: Engine, catalogue: Path, beside: tuple[str, ...]
) -> None:
    change_file(catalogue, "dps.csv", "Makietowo 7,00-007,Makietowo", "Dom 7,00-007,Gdziekolwiek")
    keep_only(catalogue, *NEEDED_FILES, "dps.csv", *beside)
    _load(engine, catalogue)
    registry = read_registry(engine)
    (lost,) = registry.services[registry.services["gmina_code"].isna()].to_dict("records")
    assert (lost["powiat_code"], lost["place_grade"], lost["is_counted"]) == ("9801", "none", True)
    doubts = doubts_of(registry.services, registry.register_coverage, "CAL-DPS")
    gminas = registry.areas_of_level("gmina")["area_code"]
    is_doubtful = doubts.of(pd.Index(gminas))
    # Somewhere in the land powiat of eight gminas; that of the city is not among them, and the powiat counts it.
    assert sorted(is_doubtful[is_doubtful].index) == [f"98010{number}" for number in range(1, 9)]
    assert not doubts.of(pd.Index(["9801", "9861", "98"])).any()


_SECOND_LIST = """
[[source]]
code = "zmyslone-adresy"
name = "Zmyślone miejscowości z adresami"
kind = "address_localities"
publisher = "nikt: dane zmyślone"
licence = "MIT"
attribution = "Dane zmyślone, nie opisują żadnego prawdziwego miejsca"

[[source.files]]
path = "addresses.csv"
sha256 = "{sha256}"
"""


def _add_second_list(catalogue: Path) -> None:
    """Add a list of localities that has a Makietowo in Baśniowo (980103) too, of 15 addresses."""
    rows = "teryt,locality,addresses,lat,lon\n980107,Makietowo,91,54.8903,15.9585\n980103,Makietowo,15,54.72,16.13\n"
    (catalogue.parent / "addresses.csv").write_text(rows, encoding="utf-8")
    sha256 = hashlib.sha256(rows.encode()).hexdigest()
    with catalogue.open("a", encoding="utf-8") as file:
        file.write(_SECOND_LIST.format(sha256=sha256))


@pytest.mark.loaded
def test_a_namesake_of_the_second_list_takes_the_zero_from_its_gmina(engine: Engine, catalogue: Path) -> None:
    """Tuchola was told 0 homes: the list that was read has one Wysoka in the powiat, and not that of the home."""
    assert _places(engine)["Zmyślony Dom Pomocy w Makietowie"] == ("980107", "locality")
    _add_second_list(catalogue)
    with engine.connect() as connection:
        told = "\n".join(read_status(connection, catalogue_path=catalogue).lines())
    assert "hamlets that they lack" in told
    summary = _load(engine, catalogue)
    # What registers say is placed anew; areas, people and the first list are not.
    assert {"zmyslone-adresy", HOMES} <= set(summary.written)
    assert "zmyslone-miejscowosci" not in summary.written
    assert _places(engine)["Zmyślony Dom Pomocy w Makietowie"] == (None, "none")
    registry = read_registry(engine)
    doubts = doubts_of(registry.services, registry.register_coverage, "CAL-DPS")
    assert doubts.of(pd.Index(["980103", "980107", "9801", "986101"])).tolist() == [True, True, False, False]
    (catalogue.parent / "addresses.csv").unlink()
    change_file(catalogue, "dps.csv", "Makietowo 7", "Makietowo 8")
    with pytest.raises(SourceMissingError, match=r"addresses\.csv .*which was loaded before"):
        _load(engine, catalogue)


def test_a_second_list_is_none_without_a_first(engine: Engine, catalogue: Path) -> None:
    _add_second_list(catalogue)
    keep_only(catalogue, *NEEDED_FILES, "dps.csv", "addresses.csv")
    summary = _load(engine, catalogue)
    assert "zmyslone-adresy" in summary.missing
    assert _places(engine)["Zmyślony Dom Pomocy w Makietowie"] == ("980107", "gmina")


@pytest.mark.loaded
def test_what_was_loaded_stays_when_its_file_is_gone(engine: Engine, catalogue: Path) -> None:
    before = _places(engine)
    names = [path.name for path in catalogue.parent.iterdir()]
    gone = {"localities.csv": "", "places_of_help.csv": "", "projection.csv": ""}
    for name in gone:
        gone[name] = (catalogue.parent / name).read_text(encoding="utf-8")
    keep_only(catalogue, *(set(names) - set(gone)))
    told: list[str] = []
    summary = _load(engine, catalogue, report=told.append)
    assert (summary.written, summary.missing) == ((), ())
    assert set(summary.kept) == {"zmyslone-miejscowosci", "zmyslone-prognoza", LIST}
    said = f"{LIST}: places_of_help.csv (nikt: dane zmyślone) is not at hand; what was loaded of it stays"
    assert said in told
    assert _places(engine) == before
    assert _count(engine, Facility, Facility.source_code == LIST) == 16

    change_file(catalogue, "dps.csv", "Papierowa 5", "Papierowa 6")
    with pytest.raises(SourceMissingError, match=r"localities\.csv .*which was loaded before"):
        _load(engine, catalogue)
    (catalogue.parent / "localities.csv").write_text(gone["localities.csv"], encoding="utf-8")
    assert _load(engine, catalogue).written == (HOMES,)
    assert _count(engine, Facility, Facility.source_code == LIST) == 16


def test_a_damaged_file_that_can_be_done_without_does_not_stop_the_others(
    engine: Engine, catalogue: Path
) -> None:
    """Taken away it would have stopped nothing; damaged it stopped the whole load."""
    whole = (catalogue.parent / "dps.csv").read_bytes()
    (catalogue.parent / "dps.csv").write_bytes(whole[:200])
    told: list[str] = []
    summary = _load(engine, catalogue, report=told.append)
    assert LIST in summary.written
    assert summary.missing == (HOMES,)
    assert list(summary.damaged) == [HOMES]
    assert "dps.csv: expected sha256" in summary.damaged[HOMES]
    assert any(line.startswith(f"{HOMES}: DAMAGED") for line in told)
    assert any("its facilities; complete for CAL-DPS" in line for line in told)
    sources = read_catalogue(catalogue).source
    assert list(damaged_files(sources, settings_for(catalogue))) == [HOMES]

    (catalogue.parent / "dps.csv").write_bytes(whole)
    assert _load(engine, catalogue).damaged == {}
    before = _count(engine, Facility, Facility.source_code == HOMES)
    (catalogue.parent / "dps.csv").write_bytes(whole[:200])
    again = _load(engine, catalogue)
    assert (again.written, again.kept) == ((), (HOMES,))
    # What was loaded of it before stays.
    assert _count(engine, Facility, Facility.source_code == HOMES) == before > 0


def test_what_comes_later_places_anew(engine: Engine, catalogue: Path, tmp_path: Path) -> None:
    whole = copy_region(tmp_path / "whole")
    keep_only(catalogue, *NEEDED_FILES, "dps.csv")
    _load(engine, catalogue)
    (catalogue.parent / "localities.csv").write_bytes((whole.parent / "localities.csv").read_bytes())
    _load(engine, catalogue)
    assert {grade for _, grade in _places(engine).values()} == {"locality"}
    with engine.connect() as connection:
        assert len(localities(connection)) == 13
        assert localities(connection)["population_persons"].isna().all()


def test_real_data_leave_nothing_of_the_example_and_are_not_replaced_by_it(
    engine: Engine, catalogue: Path, tmp_path: Path
) -> None:
    load_all(engine, _nowhere(tmp_path))
    with engine.begin() as connection:
        keys = list(
            connection.execute(select(Facility.record_key).where(Facility.source_code == HOMES)).scalars()
        )
        protect(connection, [((HOMES, keys[0]), "hidden", None)], origin="person", reason="na próbę")
        decide(connection, (HOMES, keys[0]), (HOMES, keys[1]), verdict="different", reason="na próbę")
    assert _count(engine, Protection) > 0
    for path in (catalogue, *catalogue.parent.glob("registers/*.toml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('code = "zmyslone-', 'code = "prawdziwe-'), encoding="utf-8")
    keep_only(catalogue, *NEEDED_FILES)
    assert not _load(engine, catalogue).is_invented
    assert _count(engine, Release, Release.is_invented) == 0
    assert [_count(engine, table) for table in (Facility, Protection, DuplicatePair, Load)] == [0, 0, 0, 1]
    summary = load_all(engine, _nowhere(tmp_path))
    assert (summary.is_invented, summary.written) == (False, ())
    assert "The database keeps the real data that it has." in summary.message
    assert _count(engine, Release, Release.is_invented) == 0


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Give `python -m data` with an own SQLite database and no source at all."""
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", f"sqlite:///{tmp_path / 'own.sqlite'}")
    monkeypatch.setenv("SUPPORT_MAP_MIRROR", "")
    monkeypatch.setenv("SUPPORT_MAP_CACHE", str(tmp_path / "cache"))
    return lambda *words: main(list(words))


def test_without_a_source_the_command_says_why_and_ends_with_one(command, capsys) -> None:
    for words in (("load",), ("load", "--commit")):
        assert command(*words) == 1
        told = capsys.readouterr().err
        assert told.startswith("error: No real data were found. The database holds nothing.\n")
        assert "\n  mirror: SUPPORT_MAP_MIRROR is " in told
        assert (
            "\n  publishers: not asked, because no file of the catalogue has an address of its own\n" in told
        )
        assert "\n  boundaries/gminas_2026.geojson (jusuff/PolandGeoJson" in told
        assert "name the folder in SUPPORT_MAP_MIRROR, then run `make data`" in told
    assert command("status", "--json") == 0
    everything = json.loads(capsys.readouterr().out)["not_loaded"]
    assert len(everything) == len(read_catalogue().source)
    assert command("load", "--commit", "--or-example") == 0
    assert "THE EXAMPLE REGION is loaded instead" in capsys.readouterr().err
    assert command("load", "--commit") == 1
    assert "holds the example region, which is invented, and keeps it" in capsys.readouterr().err
    assert command("status") == 0
    assert capsys.readouterr().out.startswith("EXAMPLE REGION: everything below is INVENTED")


def test_the_command_names_a_damaged_file_when_all_the_rest_is_loaded(command, capsys, monkeypatch) -> None:
    summary = LoadSummary(
        (), (), is_invented=False, seconds=0.0, damaged={HOMES: "dps.csv: expected sha256 1"}
    )
    monkeypatch.setattr(loading, "load_all", lambda *_, **__: summary)
    assert command("load", "--commit") == 1
    assert "everything else was loaded" in (told := capsys.readouterr().err)
    assert f"{HOMES}: dps.csv: expected sha256 1" in told
    # The application starts with what there is.
    assert command("load", "--commit", "--or-example") == 0


def test_error_of_a_load_without_sources_has_the_reason(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'own.sqlite'}")
    migrate(engine)
    with pytest.raises(NoSourceError) as caught:
        load_all(engine, _nowhere(tmp_path), is_example_allowed=False)
    engine.dispose()
    assert (caught.value.reason.cache, caught.value.reason.publishers) == ("no_files", "no_addresses")


class TestWhyNoSource:
    """The reason in parts, for pages and for the command."""

    def why(self, folder: Path, *, catalogue: Path = REAL_CATALOGUE, **options) -> NoSource:
        settings = Settings("sqlite://", options.pop("mirror", None), folder / "cache", **options)
        return why_no_source(settings, catalogue_path=catalogue)

    @pytest.mark.parametrize(("has_default", "state"), [(True, "turned_off"), (False, "not_set")])
    def test_no_mirror_is_turned_off_or_not_set(self, tmp_path, monkeypatch, has_default, state) -> None:
        default = tmp_path if has_default else tmp_path / "none"
        monkeypatch.setattr("data.loading.no_source.DEFAULT_MIRROR", default)
        assert self.why(tmp_path).mirror == state

    def test_a_folder_has_none_some_or_is_none(self, tmp_path: Path) -> None:
        assert self.why(tmp_path, mirror=tmp_path / "none").mirror == "no_folder"
        empty = self.why(tmp_path, mirror=tmp_path)
        assert (empty.mirror, empty.is_any_at_hand) == ("no_files", False)
        (tmp_path / "boundaries").mkdir()
        (tmp_path / "boundaries" / "gminas_2026.geojson").touch()
        some = self.why(tmp_path, mirror=tmp_path)
        assert (some.mirror, some.is_any_at_hand) == ("has_files", True)
        assert len(empty.lacking) == 4
        assert some.lacking == tuple(path for path in empty.lacking if not path.startswith("boundaries/"))
        (tmp_path / "boundaries").rename(tmp_path / "cache")
        (tmp_path / "cache" / "boundaries").mkdir()
        (tmp_path / "cache" / "gminas_2026.geojson").rename(
            tmp_path / "cache" / "boundaries" / "gminas_2026.geojson"
        )
        assert self.why(tmp_path).cache == "has_files"

    def test_publishers_are_asked_unless_there_is_no_address_or_no_leave(self, tmp_path: Path) -> None:
        region = copy_region(tmp_path / "region")
        assert self.why(tmp_path).publishers == "no_addresses"
        text = region.read_text(encoding="utf-8")
        address = 'path = "dps.csv"\ndownload_url = "https://zmyslone.example/dps.csv"'
        region.write_text(text.replace('path = "dps.csv"', address), encoding="utf-8")
        assert self.why(tmp_path, catalogue=region).publishers == "not_asked"
        assert self.why(tmp_path, catalogue=region, is_download_allowed=False).publishers == "offline"
        asked = why_no_source(
            Settings("sqlite://", None, tmp_path / "cache"), catalogue_path=region, is_asked=True
        )
        assert asked.publishers == "silent"
        lines = list(asked.lines(Settings("sqlite://", None, tmp_path / "cache")))
        assert lines[-1] == "publishers: asked, and none answered"


def test_every_source_of_the_catalogue_says_what_it_adds() -> None:
    adds = {missing.source_code: missing for missing in missing_sources(set())}
    assert len(adds) == len(read_catalogue().source)
    assert adds["projection-malopolskie"].last_year == 2040
    assert adds["projection-malopolskie"].adds.startswith("years to 2040")
    assert adds["population-history"].adds.startswith("people counted in the years 2000 to 2023")
    assert adds["malopolskie-dps"].complete_for == (("CAL-DPS", "12"),)
    assert "complete nowhere" in adds["lodzkie-dps"].adds
    assert [code for code, missing in adds.items() if missing.is_needed] == [
        "boundaries", "terc", "gmina-codes", "population",
    ]  # fmt: skip
    assert "malopolskie-dps" not in {missing.source_code for missing in missing_sources({"malopolskie-dps"})}


REAL_PART = (
    "boundaries/gminas_2026.geojson",
    "teryt/TERC_Urzedowy_2020-09-26.zip",
    "teryt/gmina_code_crosswalk.csv",
    "population/LUDN_2137_CTAB_20210625164329.csv",
    "registers/malopolskie/senior_plus_2026-06-02.xlsx",
)


@pytest.fixture(scope="module")
def partial_url(tmp_path_factory: pytest.TempPathFactory, mirror: Path) -> str:
    """Give a database of five files of the mirror: what is needed and one register."""
    folder = tmp_path_factory.mktemp("partial")
    for name in REAL_PART:
        (folder / "mirror" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "mirror" / name).symlink_to(mirror / name)
    url = f"sqlite:///{folder / 'partial.sqlite'}"
    engine = open_engine(url)
    migrate(engine)
    load_all(engine, Settings(url, folder / "mirror", folder / "cache"))
    engine.dispose()
    return url


@pytest.mark.mirror
def test_five_files_of_the_mirror_are_a_registry(partial_url: str) -> None:
    engine = open_engine(partial_url)
    with engine.connect() as connection:
        status = read_status(connection)
        placed = connection.execute(
            select(Facility.place_grade, func.count()).group_by(Facility.place_grade)
        ).all()
    engine.dispose()
    assert not status.is_invented
    assert (status.rows["gmina"], status.rows["locality"], status.rows["facility"]) == (2479, 0, 107)
    assert len(status.not_loaded) == len(read_catalogue().source) - 5
    # Five say a town that shares its name with the gmina round it, or no gmina; all others stand in theirs.
    assert dict(tuple(row) for row in placed) == {"gmina": 102, "none": 5}
    assert {form.support_form for form in status.forms} == {"DZI-KLS", "DZI-DDS"}


@pytest.mark.mirror
def test_what_the_five_files_do_not_tell_is_no_data(partial_url, monkeypatch, capsys) -> None:
    """All indicators are asked for in the tiny region (tests/layers/test_say_partial.py); here one of each part."""
    indicators = ("facilities_count", "day_per_1000", "organisation", "local_plan")
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", partial_url)
    views = [f"scope=12&level=powiat&group=older&indicator={indicator}" for indicator in indicators]
    assert layers.main(["say", *views]) == 0
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for indicator, view in zip(indicators, said, strict=True):
        cells = {row["written"].get(indicator) for row in view["rows"]}
        # The clubs and day homes are all that is loaded.
        assert (cells == {"brak danych"}) is (indicator != "day_per_1000"), indicator


@pytest.mark.parametrize("named", ["nonsense", "."])
def test_an_example_that_is_no_file_names_the_variable(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("SUPPORT_MAP_EXAMPLE", named)
    with pytest.raises(SettingsError, match="SUPPORT_MAP_EXAMPLE: expected the catalogue"):
        example_catalogue()


def test_a_catalogue_of_real_sources_is_no_example(
    monkeypatch: pytest.MonkeyPatch, engine: Engine, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUPPORT_MAP_EXAMPLE", str(REAL_CATALOGUE))
    settings = Settings("sqlite://", None, tmp_path / "cache", is_download_allowed=False)
    with pytest.raises(CatalogueError, match="expected an example region"):
        load_all(engine, settings)
