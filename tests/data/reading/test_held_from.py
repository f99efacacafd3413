"""Every day between two releases has one registry; days before and to come make no other."""

from datetime import date, timedelta

import pandas as pd

from data.loading.load import load_all
from data.reading.editions import held_from
from data.reading.registry_state import registry_fingerprint
from data.registry.reading import read_edition, read_registry, registry_of_edition
from data.store.settings import Settings


def loaded(engine, tmp_path):
    load_all(engine, Settings(str(engine.url), None, tmp_path / "cache", is_download_allowed=False))
    return read_registry(engine)


def test_days_of_one_edition_are_held_from_one_day(engine, tmp_path):
    now = loaded(engine, tmp_path)
    newest, oldest = now.days[0], now.days[-1]
    with engine.connect() as connection:
        for day in (newest, newest + timedelta(1), date(9999, 12, 31)):
            first = held_from(connection, day)
            assert registry_fingerprint(connection, first) == now.state.fingerprint
            assert first == held_from(connection, first)
        early = {held_from(connection, day) for day in (date.min, date(1990, 1, 1), date(1991, 1, 1))}
        assert held_from(connection, oldest) == oldest
    assert early == {date.min}


def test_an_earlier_edition_shares_areas_and_people_with_the_registry_of_now(engine, tmp_path):
    now = loaded(engine, tmp_path)
    then = registry_of_edition(now, read_edition(engine, date.min), date.min)
    assert then.services.empty
    assert then.areas is now.areas
    # Its areas and people are from sources of now, which are invented whatever the day.
    assert then.state.is_invented
    registers = now.sources["kind"] == "register"
    pd.testing.assert_frame_equal(
        then.sources, now.sources[~registers].reset_index(drop=True), check_dtype=False
    )
    assert (then.held_from, then.now) == (date.min, now.state.fingerprint)
    assert (now.held_from, now.now) == (None, "")
    read = read_registry(engine, date(1990, 1, 1))
    assert (read.held_from, read.now) == (date.min, now.state.fingerprint)
    assert read.state == then.state
