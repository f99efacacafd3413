"""Loads shown before they are written, taken back, and the history that they leave, on both databases."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from data.loading.load import load_all
from data.loading.plan import LoadRefusedError
from data.loading.undo import UndoError, undo_last_load
from data.reading.history import record_history, release_changes
from data.reading.record_search import record_keys
from data.reading.registry_state import registry_state
from data.reading.release_queries import newest_release
from data.reading.service_queries import public_services
from data.registry.counts import official_comparison
from data.registry.work_items import work_items
from data.store.schema import Area, Facility, Load, Release
from tests.support.invented import change_file, copy_region, replace_text, settings_for, sha256_of

HOMES = "zmyslone-dps"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Give a copy of the invented region that may be changed."""
    return copy_region(tmp_path / "region")


def _load(engine: Engine, catalogue: Path, **options):
    return load_all(engine, settings_for(catalogue), catalogue_path=catalogue, **options)


def _homes(engine: Engine, day: date | None = None) -> dict[str, int]:
    with engine.connect() as connection:
        homes = public_services(connection, day).query("source_code == @HOMES")
        return homes.groupby("facility_name")["vacant_places"].sum().to_dict()


def _free_one_place(catalogue: Path) -> None:
    change_file(catalogue, "dps.csv", ",40,3,1,2,4,", ",40,4,2,2,4,")
    change_file(catalogue, "dps.csv", ",90,8,6,2,6,", ",90,9,7,2,6,")


@pytest.mark.loaded
def test_planning_shows_and_writes_nothing(engine: Engine, catalogue: Path) -> None:
    before = _homes(engine)
    _free_one_place(catalogue)
    planned = _load(engine, catalogue, is_committed=False)
    assert (planned.written, planned.is_committed) == ((HOMES,), False)
    assert _homes(engine) == before
    with engine.connect() as connection:
        assert connection.execute(select(Load.id)).scalars().all() == [1]
    (shown,) = planned.report.releases
    assert (shown.records_added, shown.records_changed, shown.records_unchanged) == (0, 1, 2)
    assert (shown.rows_read, shown.rows_accepted, shown.reasons) == (6, 4, {"total_row": 2})
    (record,) = shown.records
    assert [(change.field, change.before, change.after) for change in record.fields] == [
        ("CAL-DPS dla osób w podeszłym wieku: vacant_places", 3, 4),
        ("CAL-DPS dla osób w podeszłym wieku: vacant_women", 1, 2),
    ]
    lines = planned.report.lines(is_detailed=True)
    assert any("vacant_women: 1 → 2" in line for line in lines)
    assert any("row 4: total_row" in line for line in lines) or any("total_row" in line for line in lines)
    assert _load(engine, catalogue).report.releases == planned.report.releases


@pytest.mark.loaded
def test_undo_brings_back_what_was_and_the_next_load_leaves_the_file_alone(
    engine: Engine, catalogue: Path
) -> None:
    before = _homes(engine)
    with engine.connect() as connection:
        state_before = registry_state(connection)
    _free_one_place(catalogue)
    _load(engine, catalogue)
    after = _homes(engine)
    assert after["Zmyślony Dom Pomocy „Pod Bajką”"] == before["Zmyślony Dom Pomocy „Pod Bajką”"] + 1
    undone = undo_last_load(engine)
    assert undone.source_codes == (HOMES,)
    assert _homes(engine) == before
    with engine.connect() as connection:
        assert registry_state(connection) == state_before
    told: list[str] = []
    assert _load(engine, catalogue, report=told.append).written == ()
    assert any("dps.csv was taken back; `--again`" in line for line in told)
    assert _homes(engine) == before
    assert _load(engine, catalogue, is_again=True).written == (HOMES,)
    assert _homes(engine) == after


@pytest.mark.loaded
def test_undo_of_boundaries_brings_back_the_areas(engine: Engine, catalogue: Path) -> None:
    change_file(catalogue, "gminas.geojson", "Bajkowice", "Bajkowice Nowe")
    _load(engine, catalogue)
    undo_last_load(engine)
    with engine.connect() as connection:
        names = connection.execute(select(Area.name).where(Area.level == "gmina")).scalars().all()
    assert "Bajkowice" in names
    assert "Bajkowice Nowe" not in names


def test_first_load_cannot_be_undone(engine: Engine, catalogue: Path) -> None:
    with pytest.raises(UndoError, match="found none; there is nothing to go back to"):
        undo_last_load(engine)
    _load(engine, catalogue)
    before = _homes(engine)
    with pytest.raises(UndoError, match="found only the first one"):
        undo_last_load(engine)
    assert _homes(engine) == before


@pytest.mark.loaded
def test_undo_refuses_when_the_rows_before_are_no_longer_kept(engine: Engine, catalogue: Path) -> None:
    for new in ("Bajkowice I", "Bajkowice II"):
        change_file(catalogue, "gminas.geojson", "Bajkowice", new)
        _load(engine, catalogue)
    undo_last_load(engine)
    with pytest.raises(UndoError, match="zmyslone-granice"):
        undo_last_load(engine)


def _add_older_file(catalogue: Path) -> None:
    """Give the register of homes a file of May beside that of June: one home less, other vacancies."""
    text = (catalogue.parent / "dps.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("Zmyślin,")]
    older = catalogue.parent / "dps_may.csv"
    older.write_text("".join(lines).replace(",40,3,1,2,4,", ",40,1,0,1,4,").replace(",90,8,6", ",90,6,5"))
    replace_text(older, ",2,6,,", ",1,6,,")
    replace_text(catalogue.parent / "registers" / "zmyslone-dps.toml", "fixed = 2026-06-30", "")
    newer = f'path = "dps.csv"\nsha256 = "{sha256_of(catalogue.parent / "dps.csv")}"'
    replace_text(
        catalogue,
        newer,
        f'path = "dps_may.csv"\nsha256 = "{sha256_of(older)}"\nas_of = 2026-05-31\n\n[[source.files]]\n{newer}',
    )


def test_older_files_give_the_register_its_history(engine: Engine, catalogue: Path) -> None:
    _add_older_file(catalogue)
    _load(engine, catalogue)
    may, june = _homes(engine, date(2026, 6, 15)), _homes(engine)
    assert "Zmyślony Dom Pomocy „Makieta”" not in may
    assert june["Zmyślony Dom Pomocy „Makieta”"] == 0
    assert (may["Zmyślony Dom Pomocy „Pod Bajką”"], june["Zmyślony Dom Pomocy „Pod Bajką”"]) == (1, 3)
    assert _homes(engine, date(2026, 6, 30)) == june
    assert _homes(engine, date(2026, 5, 30)) == {}
    with engine.connect() as connection:
        (key,) = record_keys(connection, HOMES, "pod bajka")
        history = record_history(connection, HOMES, key)
        assert [(change.kind, change.effective_on) for change in history] == [
            ("added", date(2026, 5, 31)),
            ("changed", date(2026, 6, 30)),
        ]
        told = {change.field.split(": ")[-1]: (change.before, change.after) for change in history[1].fields}
        assert told == {"vacant_places": (1, 3), "vacant_women": (0, 1), "vacant_men": (1, 2)}
        release = newest_release(connection, HOMES)
        assert {change.kind for change in release_changes(connection, release.id, limit=9)} == {
            "added",
            "changed",
        }
        # Vacancies come and go; the record itself has not changed since our first release of it.
        days = select(Facility.name, Facility.changed_on).where(
            Facility.source_code == HOMES, Facility.ended_release_id.is_(None)
        )
        assert dict(map(tuple, connection.execute(days))) == {
            "Zmyślony Dom Pomocy „Pod Bajką”": None,
            "Zmyślony Dom Pomocy w Makietowie": None,
            "Zmyślony Dom Pomocy „Makieta”": date(2026, 6, 30),
        }
        states = select(Release.state).where(Release.source_code == HOMES).order_by(Release.id)
        assert connection.execute(states).scalars().all() == ["previous", "current"]


@pytest.mark.loaded
def test_changed_name_dates_the_record(engine: Engine, catalogue: Path) -> None:
    change_file(catalogue, "dps.csv", "000 000 004", "000 000 005")
    _load(engine, catalogue)
    query = select(Facility.changed_on).where(
        Facility.source_code == HOMES,
        Facility.name == "Zmyślony Dom Pomocy „Makieta”",
        Facility.ended_release_id.is_(None),
    )
    with engine.connect() as connection:
        assert connection.execute(query).scalar() == date(2026, 6, 30)


@pytest.mark.loaded
def test_difference_from_the_registers_own_total_refuses_the_load_until_it_is_explained(
    engine: Engine, catalogue: Path
) -> None:
    before = _homes(engine)
    change_file(catalogue, "dps.csv", ",60,0,0,0,10,120,", ",30,0,0,0,10,120,")
    said = "Zmyślin: capacity_places: 60 ≠ 30"
    with pytest.raises(LoadRefusedError, match=said) as caught:
        _load(engine, catalogue)
    assert "--accept-difference" in str(caught.value)
    assert _homes(engine) == before
    summary = _load(engine, catalogue, accepted_difference="dom zamknął jedno piętro")
    assert summary.report.differences == (f"{HOMES}: {said}",)
    with engine.connect() as connection:
        load = connection.execute(select(Load).order_by(Load.id.desc())).first()
    assert (load.accepted_difference, load.differences) == ("dom zamknął jedno piętro", [f"{HOMES}: {said}"])


@pytest.mark.loaded
def test_file_cut_short_is_refused(engine: Engine, catalogue: Path) -> None:
    source = catalogue.parent / "places_of_help.csv"
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    before = sha256_of(source)
    source.write_text("".join(lines[:5]), encoding="utf-8")
    replace_text(catalogue, before, sha256_of(source))
    with pytest.raises(LoadRefusedError, match="facilities: 16 → 4"):
        _load(engine, catalogue)


OFFICIAL = """
[[source]]
code = "zmyslone-gus"
name = "Zmyślone liczby urzędowe"
kind = "official_totals"
publisher = "nikt: dane zmyślone"
licence = "CC0"
attribution = "dane zmyślone"
columns = {{ "domy" = "facilities" }}
support_forms = ["CAL-DPS"]
tolerance_pct = {{ "facilities" = 10.0 }}

[[source.files]]
path = "gus.csv"
sha256 = "{sha256}"
"""


@pytest.mark.parametrize(("official", "is_refused"), [(3, False), (5, False), (6, True)])
def test_official_totals_are_compared_where_a_register_is_complete(
    engine: Engine, catalogue: Path, official: int, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The invented voivodeship has no name that an official table could use.
    monkeypatch.setattr("data.sources.registers.register_totals._CODES", {"zmyślone": "98"})
    file = catalogue.parent / "gus.csv"
    file.write_text(f"wojewodztwo,domy\nZmyślone,{official}\nNiebywałe,7\n", encoding="utf-8")
    with catalogue.open("a", encoding="utf-8") as out:
        out.write(OFFICIAL.format(sha256=sha256_of(file)))
    if is_refused:
        with pytest.raises(LoadRefusedError, match=f"facilities: {official} ≠ 3"):
            _load(engine, catalogue)
        return
    _load(engine, catalogue)
    with engine.connect() as connection:
        (row,) = official_comparison(connection).to_dict("records")
    assert (row["area_code"], row["official"], row["ours"], row["is_complete"]) == ("98", official, 3, True)


def _move(engine: Engine, catalogue: Path, before: str, after: str) -> None:
    change_file(catalogue, "dps.csv", before, after)
    _load(engine, catalogue)


@pytest.mark.loaded
def test_home_whose_address_alternates_is_one_record_with_history(engine: Engine, catalogue: Path) -> None:
    with engine.connect() as connection:
        (known,) = record_keys(connection, HOMES, "Zmyślin")
    for before, after in (("ul. Papierowa 5", "Zmyślin 1"), ("Zmyślin 1,00-010", "ul. Nowa 2,00-010")):
        _move(engine, catalogue, before, after)
        with engine.connect() as connection:
            release = newest_release(connection, HOMES)
            assert not len(work_items(connection, "perhaps_moved"))
        assert (release.records_added, release.records_changed, release.records_vanished) == (0, 1, 0)
    # Another waiting time, so that the file is not one seen before.
    change_file(catalogue, "dps.csv", ",10,120,000 000 004", ",10,90,000 000 004")
    _move(engine, catalogue, "ul. Nowa 2,00-010", "ul. Papierowa 5,00-010")
    with engine.connect() as connection:
        assert list(record_keys(connection, HOMES, "Zmyślin")) == [known]
        assert list(record_keys(connection, HOMES, "Zmyślin 1")) == [known]
        history = record_history(connection, HOMES, known)
    addresses = [
        (change.before, change.after)
        for record in history
        for change in record.fields
        if change.field == "street_address"
    ]
    assert [record.kind for record in history] == ["added", "changed", "changed", "changed"]
    assert addresses == [
        ("ul. Papierowa 5", "Zmyślin 1"),
        ("Zmyślin 1", "ul. Nowa 2"),
        ("ul. Nowa 2", "ul. Papierowa 5"),
    ]


def test_one_of_two_homes_of_one_name_is_only_perhaps_the_one_that_is_gone(
    engine: Engine, catalogue: Path
) -> None:
    other = "Zmyślin,Zmyślony Dom Pomocy „Makieta”,Miasto Zmyślin,ul. Nowa 2,00-010,Zmyślin,"
    kind = "dla osób dorosłych niepełnosprawnych intelektualnie"
    change_file(catalogue, "dps.csv", "Zmyślin,X,", f"{other}{kind},0,0,0,0,0,0,\nZmyślin,X,")
    _load(engine, catalogue)
    _move(engine, catalogue, "ul. Papierowa 5", "ul. Papierowa 6")
    with engine.connect() as connection:
        (item,) = work_items(connection, "perhaps_moved").to_dict("records")
        release = newest_release(connection, HOMES)
    assert (release.records_added, release.records_vanished) == (1, 1)
    assert item["facts"] == {"was": "zmyslony dom pomocy makieta|ul papierowa 5|zmyslin"}
    assert item["subject"].endswith("ul papierowa 6|zmyslin")


def test_history_is_found_by_the_village_in_the_nominative(engine: Engine, catalogue: Path) -> None:
    change_file(catalogue, "dps.csv", "Makietowo 7,00-007,Makietowo", "ul. Polna 7,00-007,")
    _load(engine, catalogue)
    with engine.connect() as connection:
        (key,) = record_keys(connection, HOMES, "Makietowo")
        assert list(record_keys(connection, HOMES, "Polna")) == [key]
        assert record_keys(connection, HOMES, "Zmyślona Wola") != {}


@pytest.mark.loaded
def test_protected_home_keeps_its_key_at_a_new_address_and_is_not_found_by_it(
    engine: Engine, catalogue: Path
) -> None:
    with engine.begin() as connection:
        (known,) = record_keys(connection, HOMES, "Papierowa")
        connection.execute(update(Facility).where(Facility.record_key == known).values(visibility="hidden"))
    _move(engine, catalogue, "ul. Papierowa 5", "ul. Nowa 2")
    with engine.connect() as connection:
        keys = select(Facility.record_key).where(Facility.street_address == "ul. Nowa 2")
        assert connection.execute(keys).scalars().all() == [known]
        for place in ("Zmyślin", "Papierowa", "Nowa", "ul. Nowa 2"):
            assert known not in record_keys(connection, HOMES, place)
        assert known in record_keys(connection, HOMES, "makieta")
        assert "Nowa" not in repr(record_history(connection, HOMES, known))


def test_vacancies_that_cannot_be_are_work_items(engine: Engine, catalogue: Path) -> None:
    change_file(catalogue, "dps.csv", ",30,5,5,0,0,0,", ",30,35,5,0,0,0,")
    change_file(catalogue, "dps.csv", ",90,8,6,2,6,", ",90,38,6,2,6,")
    _load(engine, catalogue)
    with engine.connect() as connection:
        found = work_items(connection).query("source_code == @HOMES")
    facts = dict(zip(found["kind"], found["facts"], strict=True))
    assert facts["vacancies_exceed_capacity"]["vacant_places"] == 35
    assert facts["places_by_sex_differ"] == {
        "row": "4",
        "vacant_places": 35,
        "vacant_women": 5,
        "vacant_men": 0,
    }


def test_text_with_a_persons_name_stays_out(engine: Engine, catalogue: Path) -> None:
    change_file(
        catalogue, "places_of_help.csv", "codziennie 18:00–8:00", "codziennie 18:00–8:00 (Jan Kowalski)"
    )
    _load(engine, catalogue)
    with engine.connect() as connection:
        shown = public_services(connection).astype(str).to_string()
        (item,) = work_items(connection, "personal_name").to_dict("records")
    assert "Kowalski" not in shown
    assert item["facts"]["field"] == "opening_hours_text"
    assert "Kowalski" not in str(item)
