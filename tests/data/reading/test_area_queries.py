import pytest

from data.reading import area_queries
from tests.support.small_registry import EAST, WEST, fill


@pytest.fixture
def connection(engine):
    fill(engine)
    with engine.connect() as connection:
        yield connection


def test_areas_come_with_parents_in_the_order_of_codes(connection):
    gminas = area_queries.areas(connection, "gmina")
    assert gminas["area_code"].tolist() == [WEST, EAST]
    assert gminas["voivodeship_name"].tolist() == ["zmyślone", "zmyślone"]
    assert gminas.crs.to_epsg() == 4326
    assert len(area_queries.areas(connection)) == 4


def test_empty_database_has_no_areas(engine):
    with engine.connect() as connection:
        assert area_queries.areas(connection).empty
        assert area_queries.localities(connection).empty
