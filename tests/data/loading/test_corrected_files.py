"""Files of one day, files seen before and older files, loaded one after the other, on both databases."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data.loading import fingerprints
from data.loading.load import load_all
from data.loading.undo import undo_last_load
from data.reading.history import record_history, release_changes
from data.reading.record_search import record_keys
from data.reading.service_queries import public_services
from data.registry.status import read_status
from data.store.schema import Facility, Release
from tests.support.invented import copy_region, replace_text, settings_for, sha256_of

HOMES = "zmyslone-dps"
FABLE = "Zmyślony Dom Pomocy „Pod Bajką”"
JUNE = date(2026, 6, 30)
MAY = date(2026, 5, 31)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Give a copy of the invented region whose register of homes takes its day from the catalogue."""
    catalogue = copy_region(tmp_path / "region")
    replace_text(catalogue.parent / "registers" / "zmyslone-dps.toml", "fixed = 2026-06-30", "")
    return catalogue


def _load(engine: Engine, catalogue: Path, **options) -> list[str]:
    told: list[str] = []
    load_all(engine, settings_for(catalogue), catalogue_path=catalogue, report=told.append, **options)
    return told


def _list(catalogue: Path, *files: tuple[str, date]) -> None:
    """Let the catalogue name these files of homes, in this order."""
    text = catalogue.read_text(encoding="utf-8")
    head, entry = text.split(f'code = "{HOMES}"')
    own, *others = entry.split("[[source]]")
    own = own.split("[[source.files]]")[0]
    for name, day in files:
        digest = sha256_of(catalogue.parent / name)
        own += f'[[source.files]]\npath = "{name}"\nsha256 = "{digest}"\nas_of = {day}\n\n'
    catalogue.write_text(f'{head}code = "{HOMES}"' + "[[source]]".join([own, *others]), encoding="utf-8")


def _copy(catalogue: Path, name: str, *, vacant: int) -> str:
    """Write the register with other free places of one home under a name of its own."""
    text = (catalogue.parent / "dps.csv").read_text(encoding="utf-8")
    text = text.replace(",40,3,1,2,4,", f",40,{vacant},0,{vacant},4,")
    text = text.replace(",90,8,6,2,6,", f",90,{vacant + 5},5,{vacant},6,")
    (catalogue.parent / name).write_text(text, encoding="utf-8")
    return name


def _vacant(engine: Engine, day: date | None = None) -> int | None:
    with engine.connect() as connection:
        homes = public_services(connection, day)
    found = homes[homes["facility_name"] == FABLE]["vacant_places"]
    return int(found.sum()) if len(found) else None


def test_nine_free_places_that_do_not_exist_go_with_the_corrected_file(
    engine: Engine, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, right = _copy(catalogue, "wrong.csv", vacant=9), _copy(catalogue, "right.csv", vacant=0)
    _list(catalogue, (wrong, JUNE))
    _load(engine, catalogue)
    assert _vacant(engine) == 9
    _list(catalogue, (right, JUNE), (wrong, JUNE))
    line = f"{HOMES}: 2026-06-30: right.csv takes the place of wrong.csv of the same day"
    assert line in _load(engine, catalogue, is_committed=False)
    assert line in _load(engine, catalogue)
    held = f"{HOMES}: wrong.csv: seen before, nothing new: right.csv of the same day (2026-06-30) holds"
    _list(catalogue, (wrong, JUNE), (right, JUNE))
    assert held in _load(engine, catalogue)
    assert (_vacant(engine), _vacant(engine, JUNE), _vacant(engine, date(2026, 7, 1))) == (0, 0, 0)
    monkeypatch.setattr(fingerprints, "LOADER_VERSION", 99)
    told = _load(engine, catalogue)
    assert held in told
    assert f"{HOMES}: right.csv is read anew: its entry, its profile or the program changed" in told
    assert (_vacant(engine), _vacant(engine, JUNE)) == (0, 0)
    with engine.connect() as connection:
        names = select(Release.file_name).where(Release.source_code == HOMES).order_by(Release.id)
        assert connection.execute(names).scalars().all() == ["wrong.csv", "right.csv", "right.csv"]
        status = read_status(connection)
    (homes,) = (row for row in status.releases if row["source_code"] == HOMES)
    assert homes["takes_place_of"] == ["wrong.csv"]
    assert any("right.csv, in place of wrong.csv of the same day" in line for line in status.lines())


def test_corrected_file_that_was_taken_back_gives_way_to_the_first(engine: Engine, catalogue: Path) -> None:
    wrong, right = _copy(catalogue, "wrong.csv", vacant=9), _copy(catalogue, "right.csv", vacant=0)
    _list(catalogue, (wrong, JUNE))
    _load(engine, catalogue)
    _list(catalogue, (right, JUNE), (wrong, JUNE))
    _load(engine, catalogue)
    undo_last_load(engine)
    told = _load(engine, catalogue)
    assert f"{HOMES}: right.csv was taken back; `--again` loads it all the same" in told
    assert (_vacant(engine), _vacant(engine, JUNE)) == (9, 9)
    _load(engine, catalogue, is_again=True)
    assert (_vacant(engine), _vacant(engine, JUNE)) == (0, 0)


def test_corrected_file_of_a_register_that_told_no_day_holds(engine: Engine, catalogue: Path) -> None:
    wrong, right = _copy(catalogue, "wrong.csv", vacant=9), _copy(catalogue, "right.csv", vacant=0)
    _list(catalogue, (wrong, JUNE))
    replace_text(catalogue, f"as_of = {JUNE}", "")
    _load(engine, catalogue)
    assert (_vacant(engine), _vacant(engine, JUNE)) == (9, None)
    _list(catalogue, (wrong, JUNE), (right, JUNE))
    told = _load(engine, catalogue)
    assert f"{HOMES}: wrong.csv told no day and holds from 2026-06-30, as the catalogue says now" in told
    assert f"{HOMES}: 2026-06-30: right.csv takes the place of wrong.csv of the same day" in told
    assert (_vacant(engine), _vacant(engine, JUNE)) == (0, 0)
    assert _load(engine, catalogue)[-1].startswith("0 sources written")


def test_wrong_totals_of_a_file_that_gives_way_in_the_same_load_refuse_nothing(
    engine: Engine, catalogue: Path
) -> None:
    wrong, right = _copy(catalogue, "wrong.csv", vacant=9), _copy(catalogue, "right.csv", vacant=0)
    replace_text(catalogue.parent / wrong, ",60,0,0,0,10,120,", ",30,0,0,0,10,120,")
    _list(catalogue, (wrong, JUNE), (right, JUNE))
    told = _load(engine, catalogue)
    assert f"{HOMES}: 2026-06-30: right.csv takes the place of wrong.csv of the same day" in told
    assert _vacant(engine) == 0


def _states(engine: Engine) -> dict[str, object]:
    """Return what each day shows, and the histories of all homes, without numbers of rows."""
    days = [date(2026, 4, 30), MAY, date(2026, 6, 1), JUNE, date(2026, 7, 31), None]
    with engine.connect() as connection:
        keys = record_keys(connection, HOMES, "Zmyślony")
        histories = {
            key: [(change.kind, change.effective_on, change.fields) for change in record]
            for key in keys
            if (record := record_history(connection, HOMES, key))
        }
        changed = select(Facility.record_key, Facility.changed_on).where(
            Facility.source_code == HOMES, Facility.ended_release_id.is_(None)
        )
        dated = dict(map(tuple, connection.execute(changed)))
    return {"days": [_vacant(engine, day) for day in days], "histories": histories, "dated": dated}


def test_older_file_added_later_gives_the_history_of_one_load(engine: Engine, catalogue: Path) -> None:
    months = [
        (_copy(catalogue, "april.csv", vacant=1), date(2026, 4, 30)),
        (_copy(catalogue, "may.csv", vacant=2), MAY),
        (_copy(catalogue, "june.csv", vacant=4), JUNE),
        (_copy(catalogue, "july.csv", vacant=5), date(2026, 7, 31)),
    ]
    for name in ("april.csv", "may.csv"):
        replace_text(catalogue.parent / name, "ul. Papierowa 5", "Zmyślin 1")
    _list(catalogue, months[0], *months[2:])
    _load(engine, catalogue)
    before = _states(engine)
    assert before["days"] == [1, 1, 1, 4, 5, 5]
    _list(catalogue, *months)
    told = _load(engine, catalogue)
    assert (
        f"{HOMES}: may.csv speaks of 2026-05-31, older than what is loaded (july.csv of 2026-07-31): it becomes "
        "history, and 2 later files are read again"
    ) in told
    after = _states(engine)
    with engine.connect() as connection:
        of_may = select(Release).where(Release.file_name == "may.csv")
        may = connection.execute(of_may).one()
        (change,) = release_changes(connection, may.id, limit=9)
    assert (may.records_added, may.records_changed, may.records_unchanged, may.records_vanished) == (
        0,
        1,
        2,
        0,
    )
    assert [(field.before, field.after) for field in change.fields] == [(1, 2), (1, 2)]
    assert after["days"] == [1, 2, 2, 4, 5, 5]
    fable = next(key for key in after["histories"] if "bajka" in key)
    assert [kind for kind, _, _ in after["histories"][fable]] == ["added", "changed", "changed", "changed"]
    moved = next(key for key in after["histories"] if key.endswith("zmyslin 1|zmyslin"))
    assert [(kind, day) for kind, day, _ in after["histories"][moved]] == [
        ("added", date(2026, 4, 30)),
        ("changed", JUNE),
    ]
    assert after["dated"][moved] == JUNE
    assert _load(engine, catalogue)[-1].startswith("0 sources written")
    undo_last_load(engine)
    assert _states(engine) == before
    assert _load(engine, catalogue, is_again=True)[-1].startswith("1 sources written")
    assert _states(engine) == after


def test_older_file_with_what_is_in_force_tells_since_when_it_is_so(engine: Engine, catalogue: Path) -> None:
    months = [
        (_copy(catalogue, "april.csv", vacant=1), date(2026, 4, 30)),
        (_copy(catalogue, "may.csv", vacant=5), MAY),
        (_copy(catalogue, "june.csv", vacant=5), JUNE),
    ]
    replace_text(catalogue.parent / "april.csv", "ul. Papierowa 5", "Zmyślin 1")
    # An empty line: another file that says the same.
    with (catalogue.parent / "june.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    _list(catalogue, months[0], months[2])
    _load(engine, catalogue)
    before = _states(engine)
    assert set(before["dated"].values()) == {None, JUNE}
    _list(catalogue, *months)
    _load(engine, catalogue)
    after = _states(engine)
    assert set(after["dated"].values()) == {None, MAY}
    fable = next(key for key in after["histories"] if "bajka" in key)
    assert [(kind, day) for kind, day, _ in after["histories"][fable]] == [
        ("added", date(2026, 4, 30)),
        ("changed", MAY),
    ]
    undo_last_load(engine)
    assert _states(engine) == before


def test_register_that_goes_back_to_an_earlier_content_has_an_edition_of_that_day(
    engine: Engine, catalogue: Path
) -> None:
    april, june, july = date(2026, 4, 30), JUNE, date(2026, 7, 31)
    first = _copy(catalogue, "first.csv", vacant=1)
    second, again = _copy(catalogue, "second.csv", vacant=4), _copy(catalogue, "again.csv", vacant=1)
    assert (catalogue.parent / first).read_bytes() == (catalogue.parent / again).read_bytes()
    _list(catalogue, (first, april), (second, june))
    _load(engine, catalogue)
    before = _states(engine)
    assert before["days"] == [1, 1, 1, 4, 4, 4]
    _list(catalogue, (first, april), (second, june), (again, july))
    line = f"{HOMES}: again.csv says again what was said before another file: it is the edition of {july}"
    assert line in _load(engine, catalogue)
    after = _states(engine)
    assert after["days"] == [1, 1, 1, 4, 1, 1]
    fable = next(key for key in after["histories"] if "bajka" in key)
    assert [(kind, day) for kind, day, _ in after["histories"][fable]] == [
        ("added", april),
        ("changed", june),
        ("changed", july),
    ]
    assert _load(engine, catalogue)[-1].startswith("0 sources written")
    undo_last_load(engine)
    assert _states(engine) == before
    assert f"{HOMES}: again.csv was taken back; `--again` loads it all the same" in _load(engine, catalogue)
    _load(engine, catalogue, is_again=True)
    assert _states(engine) == after


def test_all_three_days_of_a_register_that_goes_back_come_with_one_load(
    engine: Engine, catalogue: Path
) -> None:
    days = zip((1, 4, 1), (date(2026, 4, 30), JUNE, date(2026, 7, 31)), strict=True)
    _list(catalogue, *((_copy(catalogue, f"{day}.csv", vacant=vacant), day) for vacant, day in days))
    _load(engine, catalogue)
    assert _states(engine)["days"] == [1, 1, 1, 4, 1, 1]
