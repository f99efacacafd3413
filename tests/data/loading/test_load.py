"""The load on both databases, in the invented region whose numbers can be counted by hand."""

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Engine, func, select

from data.catalogue_file import CatalogueError
from data.loading.fingerprints import OF_PAGES, vocabulary_files
from data.loading.load import load_all
from data.loading.plan import LoadRefusedError
from data.reading.area_queries import area_of_code
from data.reading.service_queries import public_services
from data.sources.fetch import ChecksumError, SourceMissingError
from data.store.database_errors import NotMigratedError
from data.store.engine import open_engine
from data.store.schema import (
    Area,
    Base,
    Facility,
    Locality,
    Population,
    RejectedRow,
    Release,
    Service,
    ServiceArea,
    WorkItem,
)
from data.store.settings import REPOSITORY, Settings
from data.vocabulary import FOLDER
from tests.support.invented import change_file, copy_region, replace_text, settings_for, source_codes


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Give a copy of the invented region that may be changed."""
    return copy_region(tmp_path / "region")


def _load(engine: Engine, catalogue: Path, report=lambda _: None):
    return load_all(engine, settings_for(catalogue), report=report, catalogue_path=catalogue)


def _nothing(folder: Path) -> Settings:
    return Settings("sqlite://", None, folder / "empty", is_download_allowed=False)


def _content(engine: Engine) -> str:
    """Return a hash of every row of every table."""
    digest = hashlib.sha256()
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table).order_by(table.c.id)):
                cells = [cell.wkb_hex if isinstance(cell, BaseGeometry) else cell for cell in row]
                digest.update(repr((table.name, cells)).encode())
    return digest.hexdigest()


def _scalar(engine: Engine, query):
    with engine.connect() as connection:
        return connection.execute(query).scalar()


def _facility(engine: Engine, name: str):
    with engine.connect() as connection:
        return connection.execute(select(Facility).where(Facility.name == name)).one()


def test_without_any_source_the_invented_region_is_loaded_and_says_so(engine: Engine, tmp_path: Path) -> None:
    told: list[str] = []
    summary = load_all(engine, _nothing(tmp_path), report=told.append)
    assert summary.is_invented
    assert "make data" in summary.message
    assert "SUPPORT_MAP_MIRROR" in summary.message
    assert told[0] == summary.message
    with engine.connect() as connection:
        flags = set(connection.execute(select(Release.is_invented)).scalars())
    assert flags == {True}


def test_whole_region_is_there_and_rows_add_up(engine: Engine, catalogue: Path) -> None:
    summary = _load(engine, catalogue)
    assert set(summary.written) == source_codes(catalogue)
    assert _scalar(engine, select(func.count()).select_from(Area)) == 12
    assert _scalar(engine, select(func.count()).select_from(Locality)) == 13
    assert _scalar(engine, select(func.sum(Population.persons))) == 8280
    with engine.connect() as connection:
        for release in connection.execute(select(Release)):
            assert release.rows_read == release.rows_accepted + release.rows_rejected
            rejected = select(func.count()).where(RejectedRow.release_id == release.id)
            assert connection.execute(rejected).scalar() == release.rows_rejected
        homes = connection.execute(select(Release).where(Release.source_code == "zmyslone-dps")).one()
    # Four rows of homes and two total rows; three homes of which one has two types.
    assert (homes.rows_read, homes.rows_accepted, homes.rows_rejected) == (6, 4, 2)
    assert _scalar(engine, select(func.count()).where(Facility.release_id == homes.id)) == 3
    places = select(func.sum(Service.capacity_places)).join(Facility)
    assert _scalar(engine, places.where(Facility.release_id == homes.id)) == 150


@pytest.mark.loaded
def test_code_of_2026_finds_its_area_of_2019(engine: Engine) -> None:
    with engine.connect() as connection:
        assert area_of_code(connection, "9801083", "2026") == ("980108", False)
        assert area_of_code(connection, "9801092", "2026") == ("980108", True)
        assert area_of_code(connection, "9801092", "2019") == (None, False)
        assert area_of_code(connection, "9801083", "2020") == ("980108", False)


@pytest.mark.loaded
def test_points_have_grades_and_gminas(engine: Engine) -> None:
    shelter = _facility(engine, "Schronisko „Nibyprzystań”")
    assert (shelter.place_grade, shelter.gmina_code) == ("street", "986101")
    by_name = _facility(engine, "Klub Seniora „Wczoraj”")
    assert (by_name.place_grade, by_name.gmina_code) == ("locality", "980106")
    between_namesakes = _facility(engine, "Klub Seniora „Pojutrze”")
    assert (between_namesakes.place_grade, between_namesakes.point) == ("none", None)
    young = _facility(engine, "Środowiskowy Dom Samopomocy „Mgła”")
    assert (young.stated_gmina_code, young.gmina_code) == ("980109", "980108")


@pytest.mark.loaded
def test_work_items_tell_each_disagreement_once(engine: Engine) -> None:
    with engine.connect() as connection:
        found = connection.execute(
            select(WorkItem.kind, WorkItem.subject).order_by(WorkItem.kind, WorkItem.id)
        ).all()
    assert [tuple(row) for row in found] == [
        ("gmina_disagrees", "zmyslone#14"),
        ("gmina_younger_than_boundaries", "980109"),
        ("gmina_younger_than_boundaries", "zmyslone#08"),
        ("locality_ambiguous", "zmyslone#10"),
        ("locality_gmina_disagrees", "12"),
        ("not_located", "zmyslone#17"),
        ("protected_name_told", "row 14"),
    ]


@pytest.mark.loaded
def test_services_without_a_door_cover_areas_and_have_no_point(engine: Engine) -> None:
    query = (
        select(Service.support_form, ServiceArea.area_code, Facility.place_grade)
        .join(Service, ServiceArea.service_id == Service.id)
        .join(Facility, Service.facility_id == Facility.id)
        .order_by(Service.support_form)
    )
    with engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(query)] == [
            ("BEZ-STR", "986101", "none"),
            ("DOM-TEL", "9801", "none"),
            ("DOM-UO", "980108", "none"),
        ]


@pytest.mark.loaded
def test_complete_register_alone_is_counted(engine: Engine) -> None:
    with engine.connect() as connection:
        homes = public_services(connection).query("support_form == 'CAL-DPS'")
    places = homes.groupby(homes["set_aside_by"].fillna("counted"))["capacity_places"].sum()
    assert places.to_dict() == {"counted": 150, "zmyslone-dps": 55}


def test_a_word_of_the_search_loads_nothing_again() -> None:
    names = {path.name for path in vocabulary_files()}
    assert {"support_forms.csv", "need_groups.csv", "subtypes.csv"} <= names
    assert not names & OF_PAGES
    assert all((FOLDER / name).exists() for name in OF_PAGES)


@pytest.mark.loaded
def test_visibility_and_groups_come_from_the_vocabulary(engine: Engine) -> None:
    # Names that tell where a protected place is give way to those of their forms.
    with engine.connect() as connection:
        query = select(Facility.record_key, Facility.visibility, Facility.name).where(
            Facility.visibility != "public"
        )
        found = {row.record_key: (row.visibility, row.name) for row in connection.execute(query)}
    assert found["zmyslone#13"][0] == "hidden"
    assert "Zmyśl" not in found["zmyslone#13"][1]
    assert found["zmyslone#12"] == ("gmina_centroid", "Mieszkanie wspomagane „Kąt”")
    intellectual = select(Service.need_groups).where(Service.subtype.contains("intelektualnie"))
    assert _scalar(engine, intellectual) == ["disabled"]


def test_loading_again_changes_nothing(engine: Engine, catalogue: Path) -> None:
    _load(engine, catalogue)
    before = _content(engine)
    summary = _load(engine, catalogue)
    assert summary.written == ()
    assert set(summary.unchanged) == source_codes(catalogue)
    assert _content(engine) == before


@pytest.mark.loaded
def test_changed_source_becomes_current_and_the_one_before_is_kept(engine: Engine, catalogue: Path) -> None:
    for places in (41, 42):
        change_file(catalogue, "dps.csv", f",{places - 1},3,1,2", f",{places},3,1,2")
        assert _load(engine, catalogue).written == ("zmyslone-dps",)
    with engine.connect() as connection:
        homes = public_services(connection).query("is_counted and support_form == 'CAL-DPS'")
        assert homes["capacity_places"].sum() == 152
        releases = select(Release.state, Release.records_changed, Release.records_unchanged).where(
            Release.source_code == "zmyslone-dps"
        )
        assert [tuple(row) for row in connection.execute(releases.order_by(Release.id))] == [
            ("previous", 0, 0),
            ("previous", 1, 2),
            ("current", 1, 2),
        ]
        facts = select(WorkItem.facts).join(Release, WorkItem.release_id == Release.id)
        differences = connection.execute(
            facts.where(WorkItem.kind == "total_differs", Release.state == "current")
        )
        assert differences.scalars().all() == [{"quantity": "capacity_places", "stated": 90, "computed": 92}]


@pytest.mark.loaded
def test_changed_boundaries_write_everything_that_stands_on_them(engine: Engine, catalogue: Path) -> None:
    change_file(catalogue, "gminas.geojson", "Bajkowice", "Bajkowice Nowe")
    assert set(_load(engine, catalogue).written) == source_codes(catalogue)


@pytest.mark.loaded
def test_changed_profile_writes_its_register_only(engine: Engine, catalogue: Path) -> None:
    replace_text(catalogue.parent / "registers" / "zmyslone-placowki.toml", "claims no", "does not claim")
    assert _load(engine, catalogue).written == ("zmyslone-placowki",)


@pytest.mark.loaded
def test_claim_of_completeness_sets_rows_of_other_registers_aside_without_writing_them(
    engine: Engine, catalogue: Path
) -> None:
    profile = catalogue.parent / "registers" / "zmyslone-dps.toml"
    replace_text(profile, 'complete_for = [{ form = "CAL-DPS", voivodeship = "98" }]\n', "")
    assert _load(engine, catalogue).written == ("zmyslone-dps",)
    with engine.connect() as connection:
        assert public_services(connection)["set_aside_by"].isna().all()


@pytest.mark.loaded
def test_source_that_left_the_catalogue_leaves_the_database(engine: Engine, catalogue: Path) -> None:
    text = catalogue.read_text(encoding="utf-8")
    parts = [part for part in text.split("[[source]]") if "zmyslone-placowki" not in part]
    catalogue.write_text("[[source]]".join(parts), encoding="utf-8")
    _load(engine, catalogue)
    assert _scalar(engine, select(func.count()).where(Release.source_code == "zmyslone-placowki")) == 0
    assert _scalar(engine, select(func.count()).select_from(Facility)) == 3


def test_real_data_takes_the_place_of_the_invented_and_is_never_lost_to_it(
    engine: Engine, catalogue: Path, tmp_path: Path
) -> None:
    load_all(engine, _nothing(tmp_path))
    _rename_sources(catalogue)
    _load(engine, catalogue)
    assert _scalar(engine, select(func.count()).where(Release.is_invented)) == 0
    before = _content(engine)
    summary = load_all(engine, _nothing(tmp_path))
    assert not summary.is_invented
    assert "The database keeps the real data that it has." in summary.message
    assert _content(engine) == before


def _rename_sources(catalogue: Path) -> None:
    for path in (catalogue, *catalogue.parent.glob("registers/*.toml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('code = "zmyslone-', 'code = "prawdziwe-'), encoding="utf-8")


def _with_more_free_places_than_expected(catalogue: Path) -> None:
    """The row and its total agree; that the source is known to give another sum only the catalogue knows."""
    profile = 'profile = "zmyslone-dps"\n'
    replace_text(catalogue, profile, f'{profile}check = {{ "vacant_places" = 8 }}\n')
    change_file(catalogue, "dps.csv", "chorych,30,5,5", "chorych,30,6,6")
    change_file(catalogue, "dps.csv", "X,90,8,6", "X,90,9,7")


@pytest.mark.loaded
@pytest.mark.parametrize(
    ("break_it", "error", "said"),
    [
        (
            lambda region: change_file(
                region, "population.csv", 'Zmyślin (1)";1800;100', 'Zmyślin (1)";1800;101'
            ),
            LoadRefusedError,
            "zmyslone-ludnosc: expected persons = 8280, found 8281. Nothing was changed.",
        ),
        (
            _with_more_free_places_than_expected,
            LoadRefusedError,
            "zmyslone-dps: expected vacant_places = 8, found 9. Nothing was changed.",
        ),
        (
            lambda region: replace_text(region.parent / "population.csv", "Zmyślin", "Zmyślon"),
            ChecksumError,
            "population.csv",
        ),
        (
            lambda region: (region.parent / "dps.csv").unlink(),
            SourceMissingError,
            "dps.csv (nikt: dane zmyślone)\nNothing was changed.",
        ),
        (
            lambda region: replace_text(
                region.parent / "registers" / "zmyslone-dps.toml", "zmyslone-dps", "inne"
            ),
            CatalogueError,
            "expected register.code 'zmyslone-dps'",
        ),
    ],
)
def test_refused_load_changes_nothing(engine: Engine, catalogue: Path, break_it, error, said: str) -> None:
    change_file(catalogue, "gminas.geojson", "Bajkowice", "Bajkowice Nowe")
    before = _content(engine)
    break_it(catalogue)
    with pytest.raises(error) as caught:
        _load(engine, catalogue)
    assert said in str(caught.value)
    assert _content(engine) == before


def test_database_without_schema_is_refused(database_url: str, catalogue: Path) -> None:
    engine = open_engine(database_url)
    with pytest.raises(NotMigratedError, match="python -m data migrate"):
        _load(engine, catalogue)
    engine.dispose()


_STOPS_HALF_WAY = """
    import sys, time
    from pathlib import Path
    from data.store.engine import open_engine
    from data.loading.load import load_all
    from tests.support.invented import settings_for

    def stop(line):
        if line.startswith("zmyslone-ludnosc:"):
            print("half way", flush=True)
            time.sleep(60)

    catalogue = Path(sys.argv[2])
    load_all(open_engine(sys.argv[1]), settings_for(catalogue), report=stop, catalogue_path=catalogue)
"""


@pytest.mark.loaded
def test_killed_half_way_leaves_the_previous_state_working(
    engine: Engine, database_url: str, catalogue: Path
) -> None:
    before = _content(engine)
    change_file(catalogue, "gminas.geojson", "Bajkowice", "Bajkowice Nowe")
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(_STOPS_HALF_WAY), database_url, str(catalogue)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half way\n"
        assert _content(engine) == before
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert _content(engine) == before
    assert set(_load(engine, catalogue).written) == source_codes(catalogue)
    assert _content(engine) != before


def test_second_load_waits_for_the_first(engine: Engine, database_url: str, catalogue: Path) -> None:
    is_begun, may_go_on = threading.Event(), threading.Event()
    summaries = {}

    def pause(_: str) -> None:
        is_begun.set()
        may_go_on.wait(30)

    def second() -> None:
        other = open_engine(database_url)
        summaries["second"] = _load(other, catalogue)
        other.dispose()

    first_thread = threading.Thread(target=lambda: summaries.update(first=_load(engine, catalogue, pause)))
    second_thread = threading.Thread(target=second)
    first_thread.start()
    assert is_begun.wait(30)
    second_thread.start()
    second_thread.join(0.5)
    assert second_thread.is_alive()
    may_go_on.set()
    first_thread.join(30)
    second_thread.join(30)
    assert set(summaries["first"].written) == source_codes(catalogue)
    assert summaries["second"].written == ()
