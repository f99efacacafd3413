"""A file with a column for each month of its year: earlier months are history of free places and hold on no day."""

import csv
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data.loading.load import load_all
from data.loading.months import earlier_months
from data.loading.timeline import LoadedFile
from data.loading.undo import undo_last_load
from data.reading.editions import held_from
from data.reading.release_queries import release_days
from data.reading.service_queries import public_services
from data.reading.stated_days import stated_days
from data.reading.stated_vacancies import stated_vacancies
from data.registry.status import read_status
from data.sources.fetch import FoundFile
from data.store.schema import Facility, Release
from data.store.schema_revision import migrate
from tests.support.invented import copy_region, replace_text, settings_for, sha256_of

HOMES = "zmyslone-dps"
MONTHS = ("I", "II", "III", "IV", "V", "VI")
JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE = (
    date(2026, month, day) for month, day in enumerate((31, 28, 31, 30, 31, 30), start=1)
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """
    Give a copy of the invented region whose register of homes has a column of free places for each month.

    Its file of March tells 1, 2 and 3 free places of each row in January to March, that of June as many as the number
    of the month, of January to May 10 more; of May it tells none.
    """
    catalogue = copy_region(tmp_path / "region")
    profile = catalogue.parent / "registers" / f"{HOMES}.toml"
    replace_text(
        profile,
        "fixed = 2026-06-30",
        "months = [\"vacant_places\"]\nfile_name = '(?P<date>2026-\\d\\d-\\d\\d)'",
    )
    replace_text(profile, 'header = "vacant"', 'header = "free {roman_month}"')
    for name in ("vacant_women", "vacant_men"):
        replace_text(profile, f'[columns.{name}]\nheader = "{name}"\n', "")
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.split("[totals]")[0] + TOTALS, encoding="utf-8")
    _write(catalogue, "dps_2026-03-31.csv", {"I": 1, "II": 2, "III": 3})
    _write(catalogue, "dps_2026-06-30.csv", {"I": 11, "II": 12, "III": 13, "IV": 14, "VI": 6})
    return catalogue


TOTALS = """
[totals]
column = "facility_name"
pattern = '^X$'
group = "register"
quantities = ["capacity_places", "vacant_places"]
"""


def _write(catalogue: Path, name: str, free: dict[str, int]) -> None:
    with (catalogue.parent / "dps.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["home"] != "X"]
    places = sum(int(row["places"] or 0) for row in rows)
    total = dict.fromkeys(rows[0], "") | {"home": "X", "places": str(places)}
    for month in MONTHS:
        for row in rows:
            row[f"free {month}"] = str(free.get(month, ""))
        total[f"free {month}"] = str(len(rows) * free[month]) if month in free else "0"
    with (catalogue.parent / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows([*rows, total])


def _load(engine: Engine, catalogue: Path, *files: tuple[str, date]) -> list[str]:
    text = catalogue.read_text(encoding="utf-8")
    head, entry = text.split(f'code = "{HOMES}"')
    own, *others = entry.split("[[source]]")
    own = own.split("[[source.files]]")[0]
    for name, day in files:
        digest = sha256_of(catalogue.parent / name)
        own += f'[[source.files]]\npath = "{name}"\nsha256 = "{digest}"\nas_of = {day}\n\n'
    catalogue.write_text(f'{head}code = "{HOMES}"' + "[[source]]".join([own, *others]), encoding="utf-8")
    told: list[str] = []
    load_all(engine, settings_for(catalogue), catalogue_path=catalogue, report=told.append)
    return told


OF_MARCH, OF_JUNE = ("dps_2026-03-31.csv", MARCH), ("dps_2026-06-30.csv", JUNE)


def _free(engine: Engine) -> dict[date, tuple[int, bool]]:
    """Return by day the free places of one row, and whether its places are told."""
    with engine.connect() as connection:
        stated = stated_vacancies(connection)
    homes = stated[stated["source_code"] == HOMES]
    return {
        day: (int(rows["vacant_places"].max()), bool(rows["capacity_places"].notna().any()))
        for day, rows in homes.groupby("day")
    }


def test_each_month_is_told_once_and_of_its_own_file(engine: Engine, catalogue: Path) -> None:
    told = _load(engine, catalogue, OF_MARCH, OF_JUNE)
    assert _free(engine) == {
        JANUARY: (1, False), FEBRUARY: (2, False), MARCH: (3, True), APRIL: (14, False), JUNE: (6, True),
    }  # fmt: skip
    # A month without a number is no data and not none free.
    line = f"{HOMES}: dps_2026-06-30.csv (2026-05): the file has no number of this month, which is left out"
    assert line in told
    with engine.connect() as connection:
        (homes,) = (of for of in stated_days(connection) if of.source_code == HOMES)
        lines = read_status(connection).lines()
    assert homes.months == (JANUARY, FEBRUARY, APRIL)
    assert homes.missing_months == (MAY,)
    # Of a month free places alone, of a file both.
    assert (homes.totals, homes.equal) == (3 + 2 * 2, 7)
    (row,) = (
        line for line in lines if line.strip().startswith(HOMES) and "2026-05" in line and " 7 " in line
    )
    assert row.split()[:3] == [HOMES, "5", "3"]


def test_a_month_holds_on_no_day(engine: Engine, catalogue: Path) -> None:
    _load(engine, catalogue, OF_MARCH, OF_JUNE)
    with engine.connect() as connection:
        assert not {JANUARY, FEBRUARY, APRIL} & set(release_days(connection))
        # From a month on queues are others, and nothing else is.
        assert held_from(connection, date(2026, 5, 15)) == APRIL
        may = public_services(connection, date(2026, 5, 15))
        homes = may[may["source_code"] == HOMES]
        assert set(homes["vacant_places"]) == {3}
        assert set(homes["dated_on"]) == {MARCH}


def test_a_later_file_adds_its_months_and_changes_none(engine: Engine, catalogue: Path) -> None:
    _load(engine, catalogue, OF_MARCH)
    _load(engine, catalogue, OF_MARCH, OF_JUNE)
    assert [free for free, _ in _free(engine).values()] == [1, 2, 3, 14, 6]
    told = _load(engine, catalogue, OF_MARCH, OF_JUNE)
    assert any(line.startswith(f"{HOMES}: files seen before, nothing new") for line in told)
    undo_last_load(engine)
    assert [free for free, _ in _free(engine).values()] == [1, 2, 3]


def test_months_of_a_file_that_is_loaded_become_history(engine: Engine, catalogue: Path) -> None:
    """A database of before, whose release of June had no months."""
    profile = catalogue.parent / "registers" / f"{HOMES}.toml"
    replace_text(profile, 'months = ["vacant_places"]\n', "")
    _load(engine, catalogue, OF_JUNE)
    assert list(_free(engine)) == [JUNE]
    replace_text(profile, "[as_of]\n", '[as_of]\nmonths = ["vacant_places"]\n')
    _load(engine, catalogue, OF_JUNE)
    assert [free for free, _ in _free(engine).values()] == [11, 12, 13, 14, 6]
    with engine.connect() as connection:
        newest = select(Release.file_name, Release.file_on).where(
            Release.source_code == HOMES, Release.state == "current"
        )
        assert connection.execute(newest).all() == [("dps_2026-06-30.csv", None)]


def test_a_later_file_tells_a_month_of_which_the_earlier_one_has_no_number(
    engine: Engine, catalogue: Path
) -> None:
    _write(catalogue, "dps_2026-03-31.csv", {"I": 1, "III": 3})
    _load(engine, catalogue, OF_MARCH)
    assert [free for free, _ in _free(engine).values()] == [1, 3]
    _load(engine, catalogue, OF_MARCH, OF_JUNE)
    assert [free for free, _ in _free(engine).values()] == [1, 12, 3, 14, 6]
    with engine.connect() as connection:
        # What holds on a day is as before: the file of March was read again after that month.
        assert held_from(connection, date(2026, 5, 15)) == APRIL
        homes = public_services(connection, date(2026, 5, 15))
        assert set(homes[homes["source_code"] == HOMES]["vacant_places"]) == {3}


def test_a_home_is_as_it_is_since_the_day_of_its_file_and_not_of_a_month_in_it(
    engine: Engine, catalogue: Path
) -> None:
    march = catalogue.parent / "dps_2026-03-31.csv"
    with march.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    new = rows[-2]["home"]
    kept = [row for row in rows if row["home"] not in {new, "X"}]
    with march.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)
    _load(engine, catalogue, OF_MARCH, OF_JUNE)
    with engine.connect() as connection:
        since = select(Facility.changed_on).where(
            Facility.source_code == HOMES, Facility.name == new, Facility.ended_release_id.is_(None)
        )
        assert connection.execute(since).scalars().all() == [JUNE]


def test_months_are_months_again_after_a_downgrade(engine: Engine, catalogue: Path) -> None:
    _load(engine, catalogue, OF_MARCH, OF_JUNE)
    whole = select(Release.id, Release.file_on).order_by(Release.id)
    with engine.connect() as connection:
        before, free = connection.execute(whole).all(), _free(engine)
    migrate(engine, "0011")
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(whole).all() == before
    assert _free(engine) == free


def test_which_months_are_read() -> None:
    def file(name: str, day: date | None) -> FoundFile:
        return FoundFile(Path(f"{name}.xls"), name, day)

    files = [file("march", MARCH), file("may", MAY), file("undated", None)]
    found = earlier_months(files, (), tells=lambda _: True)
    assert [(month.name, month.as_of, month.whole_on) for month in found] == [
        ("march.xls (2026-01)", JANUARY, MARCH),
        ("march.xls (2026-02)", FEBRUARY, MARCH),
        ("may.xls (2026-04)", APRIL, MAY),
    ]
    of_another = LoadedFile(1, "other#2026-01", "print", "other.xls (2026-01)", JANUARY, JANUARY)
    own = LoadedFile(2, "march#2026-02", "print", "march.xls (2026-02)", FEBRUARY, FEBRUARY)
    march = [file("march", MARCH)]
    # What is loaded is not read again to know whether it has numbers.
    found = earlier_months(march, (of_another, own), tells=lambda _: False)
    assert [month.as_of for month in found] == [FEBRUARY]
    assert earlier_months([file("january", JANUARY)], (), tells=lambda _: True) == []
    found = earlier_months(files, (), tells=lambda month: month.path.name == "may.xls")
    assert [(month.path.name, month.as_of) for month in found] == [
        ("may.xls", JANUARY),
        ("may.xls", FEBRUARY),
        ("may.xls", APRIL),
    ]
