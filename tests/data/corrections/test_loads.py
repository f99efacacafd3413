"""A correction survives loads and `undo`, and the load says when the register catches up."""

import pytest

from data.corrections.correcting import correct
from data.corrections.standing import standing_corrections
from data.loading.load import load_all
from data.loading.undo import undo_last_load
from data.reading.merged_services import read_services
from tests.support.invented import change_file, copy_region, settings_for

HOME = "Zmyślony Dom Pomocy w Makietowie"
ROW = "Makietowo 7,00-007,Makietowo,dla osób przewlekle somatycznie chorych,{places},5,5,0,0,0"


@pytest.fixture
def catalogue(tmp_path):
    return copy_region(tmp_path / "region")


def load(engine, catalogue):
    """Load, and return what the load says of corrections."""
    lines = []
    load_all(engine, settings_for(catalogue), catalogue_path=catalogue, report=lines.append)
    return [line for line in lines if line.startswith("correction ")]


def home_in(engine):
    with engine.connect() as connection:
        services = read_services(connection)
    return services[services["facility_name"] == HOME].iloc[0]


@pytest.mark.loaded
def test_a_correction_outlives_loads_and_undo_and_is_told_when_it_is_needless(engine, catalogue):
    home = home_in(engine)
    assert home["capacity_places"] == 30
    record = (home["source_code"], home["record_key"])
    with engine.begin() as connection:
        correct(connection, record, "capacity_places", "31", reason="policzyliśmy z dyrekcją", by="ola")
    assert load(engine, catalogue) == []

    change_file(catalogue, "dps.csv", "000 000 001", "000 000 099")  # of another home
    assert load(engine, catalogue) == []
    assert home_in(engine)["capacity_places"] == 31

    change_file(catalogue, "dps.csv", ROW.format(places=30), ROW.format(places=31))
    [line] = load(engine, catalogue)
    assert "capacity_places" in line
    assert "the register says the same by now: it can be dropped (`python -m data correct --undo 1" in line

    undo_last_load(engine, report=lambda _: None)
    assert home_in(engine)["capacity_places"] == 31
    with engine.connect() as connection:
        assert [one.standing for one in standing_corrections(connection)] == ["needed"]
