"""What needs an extra that is not installed says which, and how it comes."""

from pathlib import Path

import pytest

from data.sources.roads.graph import read_road_network
from data.store import extras
from data.store.engine import open_engine
from data.store.extras import ExtraMissingError, require_extra


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be installed but the plain application."""
    monkeypatch.setattr(extras, "find_spec", lambda module: None)


def test_an_extra_that_is_there_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert require_extra("json", "roads", purpose="roads") is None


def test_postgis_and_roads_without_their_extra_name_the_command(plain: None, tmp_path: Path) -> None:
    path = tmp_path / "region.osm.pbf"
    path.write_bytes(b"")
    for ask in (
        lambda: open_engine("postgresql+psycopg://nobody@localhost/none"),
        lambda: read_road_network(path),
    ):
        with pytest.raises(ExtraMissingError, match=r"an extra that is not installed; run `make extras`"):
            ask()


def test_the_embedded_database_needs_none(plain: None) -> None:
    engine = open_engine("sqlite://")
    assert engine.dialect.name == "sqlite"
    engine.dispose()
