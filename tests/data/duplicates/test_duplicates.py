"""Records that are one facility: found after a load, decided by a person, merged and parted again."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.__main__ import main
from data.duplicates.store import UnknownPairError, UnlikelyPairError, decide
from data.loading.load import load_all
from data.reading.clusters import duplicate_pairs
from data.reading.merged_services import read_services
from data.reading.registry_state import registry_fingerprint
from data.reading.service_queries import public_services
from data.registry.reading import read_registry
from data.registry.work_items import work_items
from data.store.engine import open_engine
from data.store.transactions import exclusive
from tests.support.invented import change_file, copy_region, settings_for
from tests.support.small_registry import LABEL_POINT, TRUE_ADDRESS, add_areas, add_facility, add_release

HOME = ("zmyslone-dps", "zmyslony dom pomocy makieta|ul papierowa 5|zmyslin")
SAME_HOME = ("zmyslone-placowki", "zmyslone#11")


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Give a copy of the invented region that may be changed."""
    return copy_region(tmp_path / "region")


@pytest.fixture
def loaded(engine: Engine, catalogue: Path) -> Engine:
    """Give the invented region, in which one home stands in two lists, the second without its street."""
    load_all(engine, settings_for(catalogue), catalogue_path=catalogue)
    return engine


def _decide(engine: Engine, verdict: str, one=HOME, other=SAME_HOME) -> None:
    with exclusive(engine) as connection:
        decide(connection, one, other, verdict=verdict, reason="widziane na miejscu")


def _homes(engine: Engine):
    with engine.connect() as connection:
        services = read_services(connection)
    return services[services["facility_name"] == "Zmyślony Dom Pomocy „Makieta”"]


def test_doubtful_pair_waits_for_a_person(loaded: Engine) -> None:
    with loaded.connect() as connection:
        (pair,) = duplicate_pairs(connection).to_dict("records")
        items = work_items(connection, "possible_duplicate").to_dict("records")
    assert (pair["left_source"], pair["right_key"], pair["verdict"]) == (*(HOME[0], SAME_HOME[1]), "doubtful")
    assert pair["decided_by"] == "rule"
    assert pair["evidence"]["points"]["phones"] == 25
    assert [item["facts"]["other"] for item in items] == [":".join(SAME_HOME)]
    assert len(_homes(loaded)) == 2


def test_merged_home_is_one_and_says_where_its_fields_are_from(loaded: Engine) -> None:
    facilities = read_registry(loaded).state.facilities
    with loaded.connect() as connection:
        before = registry_fingerprint(connection)
    _decide(loaded, "same")
    (home,) = _homes(loaded).to_dict("records")
    # The official register is trusted first; its day is told, so no page of another list stands beside that.
    assert (home["source_code"], home["capacity_places"], home["street_address"]) == (
        "zmyslone-dps",
        60,
        "ul. Papierowa 5",
    )
    assert (home["is_counted"], home["set_aside_by"]) == (True, None)
    assert home["phones"] == ["000 000 004"]
    assert home["field_sources"]["capacity_places"] == ["zmyslone-dps"]
    assert home["field_days"]["capacity_places"] == (home["dated_on"], "day")
    assert set(home["field_days"]) == set(home["field_sources"])
    assert "source_url" not in home["field_sources"]
    assert not home["source_url"]
    registry = read_registry(loaded)
    assert registry.state.facilities == facilities  # the second record was set aside before, too
    assert registry.state.fingerprint != before
    assert "record_key" not in registry.services
    with loaded.connect() as connection:
        assert work_items(connection, "possible_duplicate").empty
        assert work_items(connection, "set_aside_unmatched").empty


def test_parted_again_they_are_as_they_were(loaded: Engine) -> None:
    with loaded.connect() as connection:
        before = public_services(connection)
    _decide(loaded, "same")
    _decide(loaded, "different")
    with loaded.connect() as connection:
        after = read_services(connection)
        assert work_items(connection, "set_aside_unmatched")["subject"].tolist() == ["zmyslone#11"]
    assert after.drop(columns=["field_sources", "field_days", "said_on", "corrections"]).equals(
        before.drop(columns="said_fields")
    )


def test_each_decision_makes_another_state_and_one_that_was_not_kept_makes_none(loaded: Engine) -> None:
    """The lines of decisions are kept from page to page: whatever changes one must be seen at once."""

    def state() -> str:
        with loaded.connect() as connection:
            return registry_fingerprint(connection)

    states = [state()]
    with loaded.connect() as connection:
        with connection.begin() as transaction:
            decide(connection, HOME, SAME_HOME, verdict="same", reason="widziane na miejscu")
            unkept = registry_fingerprint(connection)
            transaction.rollback()
        assert registry_fingerprint(connection) == states[0] != unkept
    for verdict in ("same", "different", "same"):
        _decide(loaded, verdict)
        states.append(state())
    assert states[1] == states[3] == unkept, "the same decisions are the same state"
    assert len(set(states)) == 3


def test_decision_outlives_the_next_load(loaded: Engine, catalogue: Path) -> None:
    _decide(loaded, "different")
    change_file(catalogue, "dps.csv", "60,0,0,0,10,120", "60,0,0,0,10,90")
    load_all(loaded, settings_for(catalogue), catalogue_path=catalogue)
    with loaded.connect() as connection:
        (pair,) = duplicate_pairs(connection).to_dict("records")
    assert (pair["verdict"], pair["decided_by"]) == ("different", "person")


def test_records_with_nothing_in_common_are_not_merged_by_a_slip(loaded: Engine) -> None:
    other = ("zmyslone-placowki", "zmyslone#01")
    with pytest.raises(UnlikelyPairError, match="forms CAL-DPS and BEZ-SCH") as caught:
        _decide(loaded, "same", other=other)
    assert "--force" in str(caught.value)
    assert len(_homes(loaded)) == 2
    with exclusive(loaded) as connection:
        decide(connection, HOME, other, verdict="same", reason="widziane na miejscu", is_forced=True)
    assert len(_homes(loaded)) == 3  # the forced one, with its shelter, and the one of the other list


def test_records_that_are_not_there_cannot_be_merged(loaded: Engine) -> None:
    with pytest.raises(UnknownPairError, match="found 'zmyslone-dps:nowhere', which is none"):
        _decide(loaded, "same", other=("zmyslone-dps", "nowhere"))
    with pytest.raises(UnknownPairError, match="expected two records"):
        _decide(loaded, "same", other=HOME)


@pytest.mark.parametrize("visibility", ["gmina_centroid", "hidden"])
def test_what_one_list_protects_another_does_not_tell(engine: Engine, visibility: str) -> None:
    with Session(engine) as session, session.begin():
        add_areas(session)
        open_list = add_release(session, "open", as_of=date(2026, 6, 30))
        careful = add_release(session, "careful", as_of=date(2026, 6, 30))
        add_facility(session, open_list, "a", visibility="public")
        add_facility(session, careful, "b", visibility=visibility)
    _decide(engine, "same", one=("open", "a"), other=("careful", "b"))
    with engine.connect() as connection:
        services = read_services(connection)
    if visibility == "hidden":
        assert services.empty
        return
    (row,) = services.to_dict("records")
    assert row["geometry"].equals(LABEL_POINT)
    assert (row["place_grade"], row["visibility"]) == ("gmina", "gmina_centroid")
    told = str({key: value for key, value in row.items() if key != "geometry"})
    assert TRUE_ADDRESS not in told
    assert "Sekretowo" not in told


def test_commands_list_merge_and_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = copy_region(tmp_path / "region")
    url = f"sqlite:///{tmp_path / 'own.sqlite'}"
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", url)
    assert main(["migrate"]) == 0
    engine = open_engine(url)
    load_all(engine, settings_for(catalogue), catalogue_path=catalogue)
    engine.dispose()
    assert main(["duplicates"]) == 0
    assert "doubtful (by rule, score 0.95)" in capsys.readouterr().out
    pair = [":".join(HOME), ":".join(SAME_HOME)]
    assert main(["merge", *pair, "--because", "jeden dom, dwa spisy"]) == 0
    assert capsys.readouterr().out.endswith("are one facility from now on\n")
    assert main(["duplicates"]) == 0
    assert capsys.readouterr().out == "no pairs wait for a person\n"
    assert main(["duplicates", "--all"]) == 0
    assert "same (by person, score 0.95): jeden dom, dwa spisy" in capsys.readouterr().out
    assert main(["part", *pair, "--because", "to jednak dwa domy"]) == 0
    assert main(["merge", *pair[:1], "nigdzie", "--because", "jeden dom, dwa spisy"]) == 1
    assert "expected a record in force as SOURCE:KEY, found 'nigdzie:'" in capsys.readouterr().err
