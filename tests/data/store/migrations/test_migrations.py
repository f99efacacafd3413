"""The migrations make exactly the tables of the schema and can be taken back, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from data.loading.load import load_all
from data.store.database_errors import DatabaseAddressError
from data.store.engine import open_engine
from data.store.schema import Base
from data.store.schema_revision import is_migrated, migrate
from data.store.settings import Settings


def _differences(engine):
    def is_ours(name, kind, _parents):
        # Spatial indexes exist on PostGIS only, and PostGIS brings a table of its own.
        return not (kind == "index" and name.startswith("gx_")) and (
            kind != "table" or name in Base.metadata.tables
        )

    def is_compared(_item, name, kind, _reflected, _other):
        return not (kind == "index" and name.startswith("gx_") and engine.dialect.name == "sqlite")

    with engine.connect() as connection:
        options = {"include_name": is_ours, "include_object": is_compared}
        return compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)


def _ignoring_gist(differences):
    return [row for row in differences if not (row[0] == "add_index" and row[1].name.startswith("gx_"))]


def test_migrated_schema_is_the_models(engine):
    assert is_migrated(engine)
    assert _ignoring_gist(_differences(engine)) == []


def test_migrations_can_be_taken_back_and_applied_again(engine):
    migrate(engine, "base")
    assert not set(inspect(engine).get_table_names()) & set(Base.metadata.tables)
    assert not is_migrated(engine)
    migrate(engine)
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())


def test_what_a_downgrade_drops_is_loaded_again(engine, tmp_path):
    settings = Settings(str(engine.url), None, tmp_path / "cache", is_download_allowed=False)
    load_all(engine, settings)
    migrate(engine, "0002")
    migrate(engine)
    # The people have towns and villages of their own, which a later revision keeps.
    assert load_all(engine, settings).written == (
        "zmyslone-ludnosc",
        "zmyslone-lata",
        "zmyslone-prognoza",
        "zmyslone-plany",
    )


KEPT_BEFORE = {
    "listed_twice": "Dom Pod Lipą Bochnia 10 Jadwiga Niewidoczna 600 100 200",
    "total_row": "Razem 120 sporządziła Jadwiga Niewidoczna",
    "not_a_number": "column C 'Liczba miejsc': capacity_places: 'pyta Jadwiga Niewidoczna', expected a whole number. "
    "Write digits only, and put words into a column of notes.",
    "too_many_cells": "4 or more cells, 3 in the header; beyond it 'Jadwiga Niewidoczna'. "
    "Put text with the separator in it between quotation marks.",
    "part_of_gmina": "",
}
"""Reason → detail of a rejected row, as versions before 0005 wrote it."""


def test_rejected_rows_kept_before_are_cut(engine, tmp_path):
    settings = Settings(str(engine.url), None, tmp_path / "cache", is_download_allowed=False)
    load_all(engine, settings)
    migrate(engine, "0003")
    with engine.begin() as connection:
        release = connection.execute(text("SELECT min(id) FROM release")).scalar_one()
        connection.execute(text("DELETE FROM rejected_row"))
        connection.execute(
            text(
                "INSERT INTO rejected_row (release_id, row_reference, reason, detail) VALUES (:r, :row, :reason, :d)"
            ),
            [
                {"r": release, "row": str(row), "reason": reason, "d": detail}
                for row, (reason, detail) in enumerate(KEPT_BEFORE.items())
            ],
        )

    migrate(engine)

    query = text("SELECT row_reference, reason, detail FROM rejected_row ORDER BY row_reference")
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    cut = "(cut: words of rejected rows are no longer kept; look at the row in the file)"
    assert [tuple(row) for row in rows] == [
        ("0", "listed_twice", cut),
        ("1", "total_row", cut),
        (
            "2",
            "not_a_number",
            f"column C 'Liczba miejsc': {cut}. Write digits only, and put words into a column of notes.",
        ),
        ("3", "too_many_cells", f"{cut}. Put text with the separator in it between quotation marks."),
        ("4", "part_of_gmina", ""),
    ]
    if engine.dialect.name == "sqlite":
        # Not between the rows of the file either.
        engine.dispose()
        assert b"Niewidoczna" not in Path(engine.url.database).read_bytes()


def test_migrating_from_several_processes_at_once(database_url):
    engines = [open_engine(database_url) for _ in range(3)]
    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(migrate, engines))
    assert all(map(is_migrated, engines))
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/srv/map.sqlite", "an address without ://"),
        ("postgis://reader:secret@host/map", "postgis://…"),
        ("mysql://reader:secret@host/map", "mysql://…"),
        ("postgresql+nodriver://reader:secret@host/map", r"postgresql\+nodriver://…"),
    ],
)
def test_addresses_of_other_databases_are_refused_without_their_password(address, found):
    with pytest.raises(DatabaseAddressError, match=f"expected .* found {found}; correct it") as caught:
        open_engine(address)
    assert "secret" not in str(caught.value)


def test_postgis_has_spatial_indexes(engine):
    if engine.dialect.name == "sqlite":
        expected = set()
        query = "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'gx%'"
    else:
        expected = {"gx_area_geometry", "gx_facility_point"}
        query = "SELECT indexname FROM pg_indexes WHERE indexname LIKE 'gx%'"
    with engine.connect() as connection:
        assert set(connection.execute(text(query)).scalars()) == expected
