"""The migrations make exactly the tables of the schema and can be taken back, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from data.engine import is_migrated, migrate
from data.schema import Base


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


def test_postgis_has_spatial_indexes(engine):
    if engine.dialect.name == "sqlite":
        expected = set()
        query = "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'gx%'"
    else:
        expected = {"gx_area_geometry", "gx_facility_point"}
        query = "SELECT indexname FROM pg_indexes WHERE indexname LIKE 'gx%'"
    with engine.connect() as connection:
        assert set(connection.execute(text(query)).scalars()) == expected
