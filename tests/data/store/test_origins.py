"""A polling station is no facility: it is told apart, contradicts no register and is never a check of anybody."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from data.loading.plan import FacilityPlan
from data.loading.versions import READING, Known, compare_records, hashes_of
from data.quality.areas import doubts_of
from data.reading.merged_services import read_services
from data.reading.merging import merge_facilities
from data.reading.registry_state import registry_state
from data.reading.service_queries import public_services, register_coverage
from data.registry.counts import form_counts
from data.registry.status import read_status
from data.sources.registers.profile import load_profile
from data.sources.registers.registers import read_register
from data.store.origins import EVIDENCE, ORIGINS, is_evidence
from data.store.schema import Facility, RegisterCoverage, Service
from data.store.schema_revision import migrate
from tests.support.small_registry import WEST, add_release

ELECTION, LIST_DAY, REGISTER_DAY = date(2019, 5, 26), date(2023, 12, 1), date(2026, 6, 30)
COMPILED = Path("data/registers/compiled-other.toml")
HEAD = (
    "source_id,name,facility_kind,operator,street_address,postal_code,locality,gmina_name,powiat_name,voivodeship,phone,"
    "email,website,capacity_places,capacity_women,capacity_men,intake_conditions,opening_hours_raw,as_of_date,source_url,"
    "source_title,lat,lon,geo_grade,teryt_gmina,status,note\n"
)


def add_home(session, release_id, source_code, key, **facts):
    """Add a care home in the west of the invented region."""
    facility = Facility(
        release_id=release_id,
        source_code=source_code,
        record_key=key,
        row_reference="1",
        content_hash=key,
        core_hash=key,
        name=f"Dom {key}",
        voivodeship_code="98",
        place_grade="none",
        phones=[],
        languages=[],
        barrier_free=[],
        **{"gmina_code": WEST, "visibility": "public", "origin": "list", **facts},
    )
    session.add(facility)
    session.flush()
    session.add(
        Service(
            facility_id=facility.id,
            service_key=key,
            support_form="CAL-DPS",
            need_groups=["older"],
            status="active",
            required_documents=[],
            fees=[],
            funding=[],
            languages=[],
        )
    )


@pytest.fixture
def lists(engine):
    """Give a list with one home of a list and one that is only the address of a polling station."""
    with Session(engine) as session:
        release = add_release(session, "lista", as_of=None)
        add_home(session, release, "lista", "dom", stated_on=LIST_DAY, stated_precision="month")
        add_home(
            session,
            release,
            "lista",
            "lokal",
            origin="polling_station",
            stated_on=ELECTION,
            stated_precision="day",
        )
        session.commit()
    return engine


def test_evidence_is_known_and_the_least_trusted():
    assert set(EVIDENCE) < set(ORIGINS)
    assert is_evidence("polling_station")
    assert not is_evidence("list")
    assert not is_evidence(None)


def test_a_polling_station_is_told_apart_and_counted_nowhere(lists):
    with lists.connect() as connection:
        services = public_services(connection).set_index("record_key")
        state = registry_state(connection)
        counts = form_counts(connection)
        lines = "\n".join(read_status(connection).lines())
    assert services["is_counted"].to_dict() == {"dom": True, "lokal": False}
    assert services["is_unconfirmed"].to_dict() == {"dom": False, "lokal": True}
    assert (state.facilities, state.unconfirmed) == (1, 1)
    assert [(count.facilities, count.unconfirmed, count.set_aside) for count in counts] == [(1, 1, 0)]
    assert "unconfirmed" in lines


def test_a_day_of_a_list_is_no_check(lists):
    with lists.connect() as connection:
        services = public_services(connection).set_index("record_key")
    assert services["verified_on"].isna().all()
    assert services["stated_on"].to_dict() == {"dom": LIST_DAY, "lokal": ELECTION}
    assert services["dated_on"].to_dict() == {"dom": LIST_DAY, "lokal": ELECTION}
    assert services["dated_precision"].to_dict() == {"dom": "month", "lokal": "day"}


def test_a_register_dates_its_rows_and_a_check_goes_before_it(engine):
    with Session(engine) as session:
        release = add_release(session, "rejestr", as_of=REGISTER_DAY)
        add_home(session, release, "rejestr", "a", origin="register")
        add_home(session, release, "rejestr", "b", verified_on=date(2026, 5, 1), verified_precision="day")
        session.commit()
    with engine.connect() as connection:
        services = public_services(connection).set_index("record_key")
    assert services["dated_on"].to_dict() == {"a": REGISTER_DAY, "b": date(2026, 5, 1)}
    assert services["verified_on"].notna().to_dict() == {"a": False, "b": True}


def test_a_polling_station_contradicts_no_complete_register(lists):
    with Session(lists) as session:
        release = add_release(session, "rejestr", as_of=REGISTER_DAY)
        claim = {"support_form": "CAL-DPS", "voivodeship_code": "98", "except_area_codes": []}
        session.add(RegisterCoverage(release_id=release, **claim))
        session.commit()
    with lists.connect() as connection:
        services, coverage = public_services(connection), register_coverage(connection)
    assert not (services["is_counted"] | services["is_unconfirmed"]).any()
    assert doubts_of(services, coverage, "CAL-DPS").contradicted == {WEST}, "the list does"
    only_evidence = services[services["origin"] == "polling_station"]
    assert doubts_of(only_evidence, coverage, "CAL-DPS").contradicted == set()


def test_read_services_keeps_what_is_unconfirmed(lists):
    with lists.connect() as connection:
        services = read_services(connection)
    assert services["is_unconfirmed"].sum() == 1


LIST = {
    "source_code": "list",
    "record_key": "7",
    "is_official": False,
    "origin": "list",
    "dated_on": None,
    "place_grade": "locality",
}
STATION = LIST | {
    "source_code": "election",
    "record_key": "3",
    "origin": "polling_station",
    "dated_on": ELECTION,
    "dated_precision": "day",
    "stated_on": ELECTION,
    "street_address": "ul. Wyborcza 1",
}


def test_a_list_that_knows_the_place_is_trusted_before_a_polling_station():
    merged = merge_facilities([STATION, LIST])
    assert merged.records[0] == "list:7"
    assert merged.fields["origin"] == "list"
    assert merged.fields["dated_on"] is None, "the day of voting is none of the list's"
    assert merged.fields["street_address"] == "ul. Wyborcza 1"


def test_two_polling_stations_stay_one():
    merged = merge_facilities([STATION, STATION | {"record_key": "4", "dated_on": date(2014, 5, 25)}])
    assert (merged.fields["origin"], merged.fields["dated_on"]) == ("polling_station", ELECTION)


def test_a_later_election_takes_the_place_of_an_earlier_one():
    day = date(2025, 5, 18)
    later = STATION | {"source_code": "pkw", "record_key": "dps", "stated_on": day, "dated_on": day}
    for records in ([STATION, later], [later, STATION]):
        merged = merge_facilities(records)
        assert merged.records == ("pkw:dps", "election:3")
        assert (merged.fields["origin"], merged.fields["dated_on"]) == ("polling_station", day)


def test_the_compiled_list_says_which_rows_are_polling_stations(tmp_path):
    place = "58-260,Bielawa,Bielawa,dzierżoniowski,dolnośląskie,,,,,,,,"
    source = "https://a.example,A,,,,020201,as_of_source,"
    rows = [
        f"pkw-pe2019#1,Dom Pomocy Społecznej,CAL-DPS,,ul. Prosta 2,{place},2019-05-26,{source}",
        f"mops#1,Dom w Bielawie,CAL-DPS,,ul. Prosta 3,{place},2023-12,{source}",
    ]
    path = tmp_path / "other.csv"
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    records = read_register(load_profile(COMPILED), path).records.set_index("facility_key")
    assert records["origin"].to_dict() == {"pkw-pe2019#1": "polling_station", "mops#1": None}
    assert records["verified_on"].isna().all()
    assert records["stated_on"].to_dict() == {"pkw-pe2019#1": ELECTION, "mops#1": LIST_DAY}
    assert records["stated_precision"].to_dict() == {"pkw-pe2019#1": "day", "mops#1": "month"}


ROW = {
    "record_key": "1",
    "name": "Dom",
    "origin": "list",
    "verified_on": ELECTION,
    "verified_precision": "day",
}
AS_READ_NOW = ROW | {
    "origin": "polling_station",
    "verified_on": None,
    "verified_precision": None,
    "stated_on": ELECTION,
    "stated_precision": "day",
}


def test_what_a_record_is_taken_for_may_change_while_it_says_the_same():
    before, now = hashes_of(FacilityPlan(ROW, ())), hashes_of(FacilityPlan(AS_READ_NOW, ()))
    assert before == now
    known = Known(before.content, before.core, None, tuple(ROW.get(name) for name in READING))
    changes = compare_records([FacilityPlan(AS_READ_NOW, ())], {"1": known})
    assert [plan.row["origin"] for plan, _, _ in changes.changed] == ["polling_station"]
    assert not changes.are_of_facilities
    assert compare_records([FacilityPlan(ROW, ())], {"1": known}).unchanged == 1


def test_migration_tells_polling_stations_and_days_of_lists(engine):
    with Session(engine) as session:
        release = add_release(session, "compiled-other", as_of=None)
        add_home(
            session, release, "compiled-other", "pkw-pe2019#1", verified_on=ELECTION, verified_precision="day"
        )
        add_home(
            session, release, "compiled-other", "mops#1", verified_on=LIST_DAY, verified_precision="month"
        )
        other = add_release(session, "malopolskie-dps", as_of=REGISTER_DAY)
        add_home(session, other, "malopolskie-dps", "a", origin="register")
        osm = add_release(session, "osm-social-facility", as_of=None)
        add_home(session, osm, "osm-social-facility", "n1", verified_on=LIST_DAY, verified_precision="day")
        session.commit()
    migrate(engine, "0005")
    migrate(engine)
    with engine.connect() as connection:
        query = (
            "SELECT record_key, origin, verified_on, stated_on, stated_precision FROM facility ORDER BY id"
        )
        found = {row[0]: tuple(str(value) for value in row[1:]) for row in connection.execute(text(query))}
    assert found == {
        "pkw-pe2019#1": ("polling_station", "None", "2019-05-26", "day"),
        "mops#1": ("list", "None", "2023-12-01", "month"),
        "a": ("register", "None", "None", "None"),
        "n1": ("list", "2023-12-01", "None", "None"),
    }


def test_the_powiat_of_a_place_kept_from_sight_is_not_told(engine):
    nowhere = {"gmina_code": None, "powiat_code": "9801"}
    with Session(engine) as session:
        release = add_release(session, "lista", as_of=None)
        for visibility in ("public", "gmina_centroid", "hidden", "staff"):
            add_home(session, release, "lista", visibility, visibility=visibility, **nowhere)
        # Street work is listed however secret its door is.
        session.execute(update(Service).values(support_form="BEZ-STR"))
        session.commit()
    with engine.connect() as connection:
        services = public_services(connection).set_index("record_key")
    assert set(services.index) == {"public", "gmina_centroid", "hidden", "staff"}
    assert services["powiat_code"].dropna().to_dict() == {"public": "9801", "gmina_centroid": "9801"}
